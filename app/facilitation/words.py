"""Words for the room's codes."""

from app.facilitation.rules import Refusal, Shown
from app.i18n.catalogues import _l

REFUSALS = {
    Refusal.NAME_KNOWN: _l(
        "Di desa ini sudah ada warga bernama %(name)s. Periksa dulu, supaya tidak ada yang terdaftar dua kali."
    ),
}

SHOWN = {Shown.WAITING: _l("Menunggu verifikasi"), Shown.VERIFIED: _l("Terverifikasi")}

WORDS = (REFUSALS, SHOWN)

"""Words for the room's codes."""

from app.discussion.rules import Refusal
from app.i18n.catalogues import _l

REFUSALS = {
    Refusal.NOT_PUBLISHED: _l("Usulan ini belum terbit. Dukungan dibuka setelah moderator menerbitkannya."),
    Refusal.SET_ASIDE: _l("Usulan ini tidak dilanjutkan, jadi tidak menerima dukungan. Alasannya ada di bawah."),
    Refusal.DEFERRED: _l("Usulan ini ditunda. Dukungan dibuka lagi kalau usulan ini masuk tahun berikut."),
    Refusal.DECIDED: _l("Masa dukungan usulan ini sudah selesai. Usulan ini sudah masuk tahap berikutnya."),
    Refusal.NOT_OPEN_YET: _l("Masa dukungan belum dibuka."),
    Refusal.CLOSED: _l("Masa dukungan sudah ditutup."),
    Refusal.NOT_CONFIRMED: _l(
        "Supaya bisa mendukung, catat NIK dan periksa nomor HP di halaman akun, atau temui pendamping desa."
    ),
}

WORDS = (REFUSALS,)

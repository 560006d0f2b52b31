"""Words for the room's codes."""

from datetime import datetime

from app.facilitation.rules import Deed, Refusal, Shown
from app.facilitation.rules.counts import Question, Sign
from app.facilitation.rules.kiosk import LendRefusal, PinRefusal
from app.i18n.catalogues import _l
from app.i18n.formats import clock_time, number

REFUSALS = {
    Refusal.NAME_KNOWN: _l(
        "Di desa ini sudah ada warga bernama %(name)s. Periksa dulu, supaya tidak ada yang terdaftar dua kali."
    ),
    Refusal.TOO_YOUNG: _l(
        "Umurnya belum 17 tahun. Usulan anak ditulis lewat orang tua atau Forum Anak. "
        "Kalau sudah atau pernah menikah, beri tanda centang di bawah isian ini."
    ),
    Refusal.DAY_FULL: _l(
        "Anda sudah memverifikasi %(most)s warga dalam sehari. Lanjutkan besok, atau minta pendamping lain."
    ),
    Refusal.OWN_PROPOSAL: _l("Usulan Anda sendiri ditulis lewat akun Anda, bukan sebagai pendamping."),
    Refusal.CARD_UNKNOWN: _l("Nomor kartu ini tidak ada di desa dampingan Anda. Periksa lagi kedelapan angkanya."),
    Refusal.NOT_ATTESTED: _l("Warga ini belum diverifikasi. Pilih apa yang Anda lihat waktu bertemu dengannya."),
    Refusal.OWN_RECORD: _l("Data Anda sendiri dibetulkan lewat akun Anda, atau oleh pendamping lain."),
    Refusal.STAFF_PHONE: _l("Orang ini memegang peran. Nomor HP-nya hanya diganti lewat akunnya sendiri."),
}

LEND_REFUSALS = {
    LendRefusal.ONESELF: _l("Untuk memilih sendiri, pakai akun Anda di HP. HP dipinjamkan kepada warga lain."),
    LendRefusal.NOT_ATTESTED: _l("Warga ini belum diverifikasi, jadi suaranya belum dihitung. Verifikasi dulu."),
    LendRefusal.NOTHING_OPEN: _l("Tidak ada pemilihan yang dibuka untuk warga ini sekarang."),
    LendRefusal.ON_PAPER: _l("Warga ini sudah memilih di kertas, dan suara kertas tidak diganti."),
}

PIN_REFUSALS = {
    PinRefusal.WRONG_PIN: _l("PIN tidak cocok. Setelah lima kali salah, pendamping harus masuk lagi."),
    PinRefusal.SHUT: _l("PIN salah terlalu sering. Pendamping masuk lagi dengan kata sandinya."),
}

SHOWN = {Shown.WAITING: _l("Menunggu verifikasi"), Shown.VERIFIED: _l("Terverifikasi")}

DEEDS = {
    Deed.ENROLLED: _l("Mendaftarkan"),
    Deed.ATTESTED: _l("Memverifikasi"),
    Deed.CARD_PRINTED: _l("Mencetak kartu"),
    Deed.CARD_REPLACED: _l("Mengganti kartu"),
    Deed.PROPOSAL_TYPED: _l("Menulis usulan"),
    Deed.PAPER_TYPED: _l("Menyalin lembar"),
    Deed.DEVICE_LENT: _l("Menyerahkan HP"),
    Deed.BALLOT_ASSISTED: _l("Suara lewat HP pendamping"),
}

QUESTIONS = {
    Sign.MANY_ATTESTED: _l("%(count)s verifikasi dalam sehari, lebih dari %(measure)s. Apakah semua warga ditemui?"),
    Sign.MANY_BALLOTS: _l(
        "%(count)s suara dalam satu jam, lebih dari %(measure)s. Apakah setiap warga memilih sendiri?"
    ),
    Sign.ABOVE_USUAL: _l(
        "%(count)s kegiatan, lebih dari tiga kali hari biasa (%(measure)s). Apa yang terjadi hari itu?"
    ),
}

# What people speak at home, as codes of ISO 639; whoever visits or calls knows how to begin.
SPOKEN = {
    "id": _l("Indonesia atau Melayu"),
    "tet": _l("Tetun"),
    "bfn": _l("Bunak"),
    "kem": _l("Kemak"),
    "aoz": _l("Dawan"),
    "other": _l("Bahasa lain"),
}

WORDS = (REFUSALS, LEND_REFUSALS, PIN_REFUSALS, SHOWN, DEEDS)


def question_words(question: Question) -> str:
    """Why a count is worth a question, with its figures."""
    return str(QUESTIONS[question.sign]) % {"count": number(question.count), "measure": number(question.measure)}


def clock(at: datetime) -> str:
    """The time of day: 12.05."""
    return f"{clock_time(at):%H.%M}"

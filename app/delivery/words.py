"""Works in words."""

from app.delivery.rules import Answer, Refusal
from app.i18n.catalogues import _l

ANSWERS = {
    Answer.DONE: _l("Sudah selesai"),
    Answer.NOT_YET: _l("Belum selesai"),
    Answer.DIFFERENT: _l("Tidak sesuai"),
}

REFUSALS = {
    Refusal.DATED_IN_FUTURE: _l("Tanggal ini belum tiba. Laporkan setelah terjadi."),
    Refusal.ENDS_BEFORE_START: _l("Batas selesai harus sesudah tanggal mulai."),
    Refusal.BEFORE_START: _l("Tanggal ini sebelum pekerjaan dimulai."),
    Refusal.NOT_FURTHER: _l("Kemajuan harus lebih besar daripada laporan terakhir dan kurang dari 100 persen."),
    Refusal.PHOTO_MISSING: _l(
        "Tambahkan paling sedikit satu foto: pada 0, 50 dan 100 persen warga harus bisa melihatnya."
    ),
    Refusal.HALF_WAY_MISSING: _l("Laporkan dulu kemajuan 50 persen dengan fotonya."),
    Refusal.NOT_UNDERWAY: _l("Pekerjaan ini belum dimulai."),
    Refusal.NOT_FINISHED: _l("Pekerjaan ini belum dilaporkan selesai."),
    Refusal.NOT_RESIDENT: _l("Hanya warga desa ini yang dapat menjawab."),
    Refusal.NOT_CONFIRMED: _l("Buktikan dulu nomor HP Anda, lalu jawab."),
}

WORDS = (ANSWERS, REFUSALS)

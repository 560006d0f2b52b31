"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.maturity.rules.evidence import Review, State
from app.maturity.rules.index import Category, Lack
from app.maturity.rules.indicators import FileKind
from app.maturity.rules.refusals import Refusal
from app.maturity.rules.tables import TableFault

STATE_KINDS = {State.WAITING: "wait", State.ACCEPTED: "ok", State.RETURNED: "no"}
CATEGORY_KINDS = {Category.VERY: "ok", Category.INNOVATIVE: "ok", Category.LESS: "wait", Category.NONE: "mute"}

STATES = {
    State.WAITING: _l("Menunggu diperiksa"),
    State.ACCEPTED: _l("Diterima"),
    State.RETURNED: _l("Dikembalikan"),
}

REVIEWS = {
    Review.ACCEPT: _l("Terima"),
    Review.RETURN: _l("Kembalikan, dengan alasan"),
}

FILE_KINDS = {
    FileKind.PDF: _l("Dokumen PDF"),
    FileKind.IMAGE: _l("Foto"),
    FileKind.VIDEO: _l("Tautan video"),
}

CATEGORIES = {
    Category.VERY: _l("Sangat inovatif"),
    Category.INNOVATIVE: _l("Inovatif"),
    Category.LESS: _l("Kurang inovatif"),
    Category.NONE: _l("Belum dapat dinilai"),
}

LACKS = {
    Lack.STAGE: _l("Belum diterapkan"),
    Lack.DATES: _l("Tidak diterapkan atau dikembangkan di masa yang dinilai"),
    Lack.DESIGN: _l("Rancang bangun kurang dari 300 kata"),
}

REFUSALS = {
    Refusal.NUMBER_MISSING: _l("Tulis nomor dokumennya, seperti tertulis di surat."),
    Refusal.DATE_MISSING: _l("Tulis tanggal dokumennya, seperti tertulis di surat."),
    Refusal.DATED_IN_FUTURE: _l("Tanggal dokumen belum tiba. Periksa tanggalnya."),
    Refusal.FILE_MISSING: _l("Pilih berkas buktinya. Tanpa berkas, tingkat ini tidak dihitung."),
    Refusal.NO_LINK: _l("Tulis alamat halaman video yang terbuka untuk umum, diawali https://."),
    Refusal.UNKNOWN_BASIS: _l("Pilih salah satu dasar pengukuran."),
    Refusal.OWN_EVIDENCE: _l("Bukti ini Anda yang memasukkan. Minta perencana lain memeriksanya."),
    Refusal.ALREADY_REVIEWED: _l("Bukti ini baru saja diperiksa orang lain. Muat ulang untuk melihat hasilnya."),
    Refusal.LEVEL_TOO_HIGH: _l("Pilih tingkat yang diterima, paling tinggi yang diajukan."),
    Refusal.REASON_MISSING: _l("Tulis alasannya, paling sedikit 10 huruf. Semua orang dapat membacanya."),
    Refusal.ENDED: _l("Bukti ini sudah diganti atau ditarik. Buka yang terbaru."),
    Refusal.INNOVATION_ENDED: _l("Inovasi ini sudah berhenti. Lanjutkan dulu inovasinya, baru tambah bukti."),
    Refusal.YEAR_IN_USE: _l(
        "Tabel %(year)s sudah dipakai bukti, jadi tidak dapat diubah. Buat tabel tahun berikutnya."
    ),
    Refusal.YEAR_EXISTS: _l("Tabel %(year)s sudah ada. Muat ulang, lalu ubah yang itu."),
    Refusal.FIGURE_RANGE: _l("Isi dengan angka dari 0 sampai %(most)s."),
}

TABLE_FAULTS = {
    TableFault.BASIS_SHAPE: _l("“basis” berisi “%(value)s”. Tulis satu huruf kecil, atau kosongkan."),
    TableFault.BASIS_UNNAMED: _l("dasar “%(value)s” belum bernama. Isi “basis_name”."),
    TableFault.TWICE: _l("indikator %(number)s dengan dasar ini sudah ada. Hapus salah satu barisnya."),
    TableFault.BASIS_BESIDE: _l(
        "indikator %(number)s sudah ada di baris %(first)s. Beri setiap barisnya huruf dasar, atau hapus salah satu."
    ),
    TableFault.DIFFERS: _l(
        "indikator %(number)s berbeda dari baris %(first)s. Samakan nama, bobot, wajib, nomor dokumen dan jenis berkas."
    ),
}

WORDS = (STATES, REVIEWS, FILE_KINDS, CATEGORIES, LACKS, REFUSALS, TABLE_FAULTS)

"""Words for what is wrong with registry files."""

from app.i18n.catalogues import _l
from app.innovations.rules.cells import RegistryFault
from app.innovations.rules.workbook import WorkbookFault

REGISTRY_FAULTS = {
    RegistryFault.REGENCY_UNKNOWN: _l(
        "kabupaten “%(value)s” belum dimuat. Perbaiki kodenya, atau jalankan dulu: flask regions import."
    ),
    RegistryFault.PILLAR_UNKNOWN: _l(
        "pilar “%(value)s” tidak ada di rencana kabupaten ini. Pakai: %(known)s; kosongkan bila tidak ada."
    ),
    RegistryFault.STAGE_UNKNOWN: _l("stage “%(value)s” tidak dikenal. Pakai salah satu dari: %(known)s."),
    RegistryFault.NAME_TWICE: _l("nama “%(value)s” sudah ada di %(first)s. Hapus salah satu."),
    RegistryFault.WORD_UNKNOWN: _l(
        "“%(name)s” tidak boleh berisi “%(value)s”. Pakai salah satu dari: %(known)s; kosongkan bila tidak tahu."
    ),
    RegistryFault.AGENCY_NOT_LISTED: _l(
        "dinas “%(value)s” tidak ada di daftar perangkat daerah kabupaten ini. Tulis nama atau singkatannya."
    ),
    RegistryFault.VILLAGE_NOT_LISTED: _l(
        "desa “%(value)s” bukan desa kabupaten ini. Tulis kode desa, misalnya 19.06.01.2001; jadikan kolomnya Teks."
    ),
    RegistryFault.NOT_A_DAY: _l("“%(name)s” berisi “%(value)s”, bukan tanggal. Tulis seperti 31/01/2025."),
    RegistryFault.NOT_YET: _l(
        "“%(name)s” berisi %(value)s, tanggal yang belum tiba. Periksa tahunnya, atau kosongkan."
    ),
    RegistryFault.BEFORE_TRIAL: _l("penerapan (%(value)s) lebih awal dari mulai uji coba. Periksa keduanya."),
    RegistryFault.FORMULA: _l(
        "“%(name)s” berisi rumus. Rumus tidak dihitung di sini: salin, lalu tempel sebagai nilai."
    ),
    RegistryFault.PRIVATE: _l("“%(name)s” memuat NIK atau nomor HP. Hapus: keterangan ini dibaca semua orang."),
    RegistryFault.TOO_BIG: _l("berkas ini lebih dari %(most)s MB. Bagi menjadi beberapa berkas."),
}

WORKBOOK_FAULTS = {
    WorkbookFault.TOO_BIG: _l("berkas ini lebih dari %(most)s MB. Hapus gambar di dalamnya, atau bagi dua."),
    WorkbookFault.UNPACKS_TOO_BIG: _l(
        "isi berkas ini jauh lebih besar daripada tabel biasa, jadi tidak dibuka. Salin tabelnya ke berkas baru."
    ),
    WorkbookFault.OLD_OR_LOCKED: _l(
        "berkas ini dari Excel lama atau dikunci kata sandi. Buka kuncinya, lalu simpan sebagai .xlsx atau CSV UTF-8."
    ),
    WorkbookFault.NOT_A_WORKBOOK: _l(
        "berkas ini tidak terbaca sebagai .xlsx. Simpan lagi sebagai .xlsx atau CSV UTF-8."
    ),
    WorkbookFault.MACROS: _l("berkas ini memuat makro, jadi tidak dibuka. Simpan sebagai .xlsx tanpa makro."),
    WorkbookFault.TOO_MANY_ROWS: _l("lembar ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas."),
}

WORDS = (REGISTRY_FAULTS, WORKBOOK_FAULTS)

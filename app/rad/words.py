"""The plan's codes in words."""

from app.i18n.catalogues import _l
from app.rad.rules.actions import ActionEvent, ActionStatus, Direction, Lack, Measure, Refusal

STATUSES = {
    ActionStatus.DRAFT: _l("Rancangan"),
    ActionStatus.ADOPTED: _l("Ditetapkan"),
    ActionStatus.ENDED: _l("Diakhiri"),
}

STATUS_KINDS = {ActionStatus.DRAFT: "wait", ActionStatus.ADOPTED: "ok", ActionStatus.ENDED: "mute"}

EVENTS = {
    ActionEvent.ADOPT: _l("Tetapkan aksi ini"),
    ActionEvent.REOPEN: _l("Buka lagi untuk diubah"),
    ActionEvent.END: _l("Akhiri aksi ini"),
}

MEASURES = {
    Measure.OUTPUT: _l("Keluaran (yang dikerjakan)"),
    Measure.OUTCOME: _l("Hasil (yang berubah bagi warga)"),
}

DIRECTIONS = {
    Direction.UP: _l("Makin besar makin baik"),
    Direction.DOWN: _l("Makin kecil makin baik"),
}

LACKS = {
    Lack.OUTPUT: _l("indikator keluaran"),
    Lack.OUTCOME: _l("indikator hasil"),
    Lack.TARGETS: _l("target setiap tahun untuk semua indikator keluaran"),
    Lack.FUNDS: _l("sumber dana untuk setiap tahun"),
    Lack.LEGAL: _l("dasar hukum"),
    Lack.RISK: _l("risiko"),
}

REFUSALS = {
    Refusal.CODE_TAKEN: _l("Kode %(taken)s sudah dipakai aksi lain. Pilih kode lain."),
    Refusal.UNKNOWN_PILLAR: _l("Pilih pilar dari daftar."),
    Refusal.UNKNOWN_MISI: _l("Pilih misi dari daftar."),
    Refusal.UNKNOWN_AGENCY: _l("Pilih instansi dari daftar."),
    Refusal.AGENCY_ENDED: _l("Instansi ini sudah tidak ada. Pilih instansi yang meneruskan tugasnya."),
    Refusal.LEADS_AND_SUPPORTS: _l("Penanggung jawab tidak perlu dicentang lagi sebagai pendukung."),
    Refusal.LEGAL_INCOMPLETE: _l(
        "Lengkapi dasar hukum: tentang apa, dan kalau sudah berlaku juga nomor dan tanggalnya."
    ),
    Refusal.DATED_IN_FUTURE: _l("Tanggal peraturan yang berlaku tidak mungkin di masa depan."),
    Refusal.NOT_DRAFT: _l(
        "Aksi yang sudah ditetapkan atau diakhiri tidak dapat diubah. Buka dulu aksinya, dengan alasan."
    ),
    Refusal.NAME_TAKEN: _l("Aksi ini sudah punya indikator dengan nama itu."),
    Refusal.TOO_MANY: _l("Satu aksi memuat paling banyak %(most)s indikator."),
    Refusal.NO_TARGET: _l("Isi target untuk paling sedikit satu tahun."),
    Refusal.YEAR_OUTSIDE: _l("Tahun itu di luar masa rencana."),
    Refusal.BASELINE_LATE: _l("Tahun data awal harus sebelum atau sama dengan tahun target pertama."),
    Refusal.WRONG_WAY: _l("Target terakhir lebih buruk daripada data awal. Periksa angka atau arah indikatornya."),
    Refusal.INCOMPLETE: _l("Belum dapat ditetapkan. Yang masih kurang: %(lacks)s."),
    Refusal.REASON_MISSING: _l("Tulis alasannya, paling sedikit 10 huruf. Semua orang dapat membacanya."),
    Refusal.INNOVATION_ELSEWHERE: _l("Inovasi ini milik kabupaten lain."),
}

WORDS = (STATUSES, EVENTS, MEASURES, DIRECTIONS, LACKS, REFUSALS)

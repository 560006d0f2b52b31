"""What the first page of a regency says on each occasion, the steps of its year, and what each status means."""

from app.cycles.rules import PhaseKind
from app.home.rules import Occasion
from app.i18n.catalogues import _l
from app.proposals.rules import Status

HEADLINES = {
    Occasion.NO_MISI: _l("Usulan dibuka setelah misi kabupaten dimasukkan"),
    Occasion.NO_CYCLE: _l("Tahun perencanaan belum dibuka"),
    Occasion.PROPOSING: _l("Apa yang paling dibutuhkan desa Anda?"),
    Occasion.VOTING: _l("Mana yang dikerjakan lebih dulu?"),
    Occasion.REVIEWING: _l("Usulan warga sedang diperiksa"),
    Occasion.RESULTS: _l("Inilah pilihan warga"),
    Occasion.DELIVERING: _l("Dari usulan menjadi pekerjaan"),
    Occasion.BETWEEN: _l("Setiap usulan dijawab di muka umum"),
}

LEADS = {
    Occasion.NO_MISI: _l(
        "Setiap usulan terhubung pada misi kabupaten. Dokumen yang ada di sini belum memuat misi. "
        "Perencana kabupaten memasukkannya dari dokumen resmi, lalu usulan dibuka."
    ),
    Occasion.NO_CYCLE: _l("Perencana kabupaten akan mengumumkan jadwalnya di halaman ini."),
    Occasion.PROPOSING: _l(
        "Tulis usulan, dukung usulan tetangga, lalu pilih bersama. Setiap usulan dijawab di muka umum."
    ),
    Occasion.VOTING: _l("Pilih usulan yang paling penting di tempat Anda. Pilihan Anda rahasia, hasilnya terbuka."),
    Occasion.REVIEWING: _l("Setiap usulan dijawab dengan alasan. Anda masih dapat membaca dan mengikuti semuanya."),
    Occasion.RESULTS: _l("Lihat hitungannya, alasannya, dan apa yang terjadi dengan setiap usulan."),
    Occasion.DELIVERING: _l("Ikuti usulan yang terpilih sampai selesai dikerjakan."),
    Occasion.BETWEEN: _l("Saat ini tidak ada tahap yang dibuka. Lihat jadwalnya, dan baca usulan warga."),
}

STEPS = {
    PhaseKind.GATHERING: _l("Warga mengusulkan"),
    PhaseKind.REVIEW: _l("Usulan diperiksa bersama"),
    PhaseKind.VOTING: _l("Warga memilih"),
    PhaseKind.RESULTS: _l("Hasil diumumkan"),
    PhaseKind.DELIVERY: _l("Dikerjakan dan dipantau"),
}

MEANINGS = {
    Status.DRAFT: _l("Belum dikirim. Hanya Anda yang dapat membacanya."),
    Status.SUBMITTED: _l("Moderator memeriksanya, paling lama 7 hari."),
    Status.RETURNED: _l("Ada yang kurang. Perbaiki dalam 14 hari, nomornya tetap."),
    Status.PUBLISHED: _l("Semua orang dapat membaca dan mendukungnya."),
    Status.MERGED: _l("Sama dengan usulan lain. Riwayatnya tetap dapat dibaca."),
    Status.REJECTED: _l("Tidak dapat dikerjakan, dengan alasan yang terbuka."),
    Status.SHORTLISTED: _l("Ada di surat suara."),
    Status.SELECTED: _l("Menang dalam pemilihan dan muat dalam pagu. Perencana menentukan jalurnya dalam 14 hari."),
    Status.DEFERRED: _l("Belum terpilih. Ikut lagi tahun berikut dengan nomor yang sama."),
    Status.ESCALATED: _l("Menjadi inovasi daerah: diuji, dibiayai, dan dibuatkan dasar hukumnya."),
    Status.ROUTED: _l("Pekerjaan biasa: dinas yang berwenang mengerjakannya."),
    Status.PLANNED: _l("Tertulis di rencana kerja tahunan kabupaten (RKPD)."),
    Status.BUDGETED: _l("Uangnya tersedia di anggaran kabupaten (APBD)."),
    Status.UNDERWAY: _l("Pekerjaan berjalan di lapangan."),
    Status.COMPLETED: _l("Pekerjaan selesai."),
    Status.WITHDRAWN: _l("Ditarik sendiri oleh pengusul."),
}

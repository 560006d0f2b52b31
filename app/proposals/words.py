"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.kernel.transitions import Transition
from app.proposals.queries import Order
from app.proposals.rules import Event, Holder, ReasonCode, Refusal, Status
from app.proposals.rules.revising import Substance
from app.proposals.rules.writing import Question

STATUSES = {
    Status.DRAFT: _l("Draf, hanya Anda yang melihat"),
    Status.SUBMITTED: _l("Terkirim, sedang diperiksa"),
    Status.RETURNED: _l("Perlu diperbaiki"),
    Status.PUBLISHED: _l("Terbuka untuk dukungan"),
    Status.MERGED: _l("Digabung dengan usulan lain"),
    Status.REJECTED: _l("Tidak diterima"),
    Status.SHORTLISTED: _l("Masuk pemilihan"),
    Status.SELECTED: _l("Terpilih"),
    Status.DEFERRED: _l("Ditunda ke tahun berikut"),
    Status.ESCALATED: _l("Masuk jalur inovasi"),
    Status.ROUTED: _l("Diteruskan ke dinas"),
    Status.PLANNED: _l("Masuk rencana kerja (RKPD)"),
    Status.BUDGETED: _l("Masuk anggaran (APBD)"),
    Status.UNDERWAY: _l("Sedang dikerjakan"),
    Status.COMPLETED: _l("Selesai"),
    Status.WITHDRAWN: _l("Ditarik pengusul"),
}

# The kind of badge that goes with a status; the word always stands beside the colour.
STATUS_KINDS = {
    Status.DRAFT: "mute",
    Status.SUBMITTED: "wait",
    Status.RETURNED: "wait",
    Status.PUBLISHED: "calm",
    Status.MERGED: "mute",
    Status.REJECTED: "no",
    Status.SHORTLISTED: "wait",
    Status.SELECTED: "ok",
    Status.DEFERRED: "mute",
    Status.ESCALATED: "ok",
    Status.ROUTED: "ok",
    Status.PLANNED: "ok",
    Status.BUDGETED: "ok",
    Status.UNDERWAY: "ok",
    Status.COMPLETED: "ok",
    Status.WITHDRAWN: "mute",
}

EVENTS = {
    Event.SUBMIT: _l("Pengusul mengirim usulan"),
    Event.PUBLISH: _l("Moderator menerbitkan usulan"),
    Event.RETURN: _l("Moderator meminta perbaikan"),
    Event.RESUBMIT: _l("Pengusul mengirim perbaikan"),
    Event.REJECT: _l("Moderator tidak menerima usulan"),
    Event.APPEAL: _l("Pengusul menyanggah"),
    Event.MERGE: _l("Moderator menggabungkan usulan"),
    Event.SHORTLIST: _l("Masuk daftar pemilihan"),
    Event.SELECT: _l("Terpilih oleh warga"),
    Event.DEFER: _l("Ditunda ke tahun berikut"),
    Event.REOPEN: _l("Dibuka lagi untuk tahun baru"),
    Event.ESCALATE: _l("Diangkat ke jalur inovasi"),
    Event.ROUTE: _l("Diteruskan ke dinas"),
    Event.PLAN: _l("Masuk rencana kerja (RKPD)"),
    Event.BUDGET: _l("Masuk anggaran (APBD)"),
    Event.START: _l("Pekerjaan dimulai"),
    Event.FINISH: _l("Pekerjaan selesai"),
    Event.WITHDRAW: _l("Pengusul menarik usulan"),
    Event.UNDO: _l("Moderator membatalkan jawabannya"),
    Event.SEPARATE: _l("Penggabungan dibatalkan"),
    Event.TAKE_IN: _l("Usulan lain digabung ke sini"),
    Event.GIVE_BACK: _l("Usulan yang digabung ke sini dipisahkan lagi"),
    Event.SPLIT: _l("Usulan dipecah menjadi dua"),
    Event.VISIT: _l("Moderator meminta tempatnya dilihat"),
    Event.VISITED: _l("Tempatnya sudah dilihat"),
    Event.VERDICT: _l("Putusan baru"),
    Event.DEVIATE: _l("Berita acara berbeda dari urutan nilai"),
    Event.REVISE: _l("Pengusul memperbaiki tulisannya"),
    Event.ADVANCE: _l("Inovasinya pindah tahap"),
}

HOLDERS = {
    Holder.AUTHOR: _l("Pengusul"),
    Holder.MODERATOR: _l("Moderator"),
    Holder.RESIDENTS: _l("Warga"),
    Holder.PLANNER: _l("Perencana kabupaten"),
    Holder.AGENCY: _l("Dinas"),
    Holder.NOBODY: _l("Tidak ada, sudah selesai"),
}

REASON_CODES = {
    ReasonCode.DUPLICATE: _l("Sama dengan usulan lain"),
    ReasonCode.LOCATION_UNCLEAR: _l("Tempatnya salah atau tidak jelas"),
    ReasonCode.ALREADY_BUILT: _l("Sudah diusulkan atau sudah dibangun"),
    ReasonCode.NOT_AUTHORITY: _l("Bukan wewenang kabupaten"),
    ReasonCode.LAND_NOT_READY: _l("Lahan belum siap"),
    ReasonCode.OVER_CEILING: _l("Melebihi pagu"),
    ReasonCode.UNREASONABLE_COST: _l("Ukuran atau biaya tidak wajar"),
    ReasonCode.INCOMPLETE: _l("Keterangan kurang"),
    ReasonCode.OUTSIDE_PLAN: _l("Tidak sesuai rencana daerah"),
    ReasonCode.BREAKS_SPATIAL_PLAN: _l("Melanggar tata ruang atau kawasan hutan"),
    ReasonCode.PRIVATE_DATA: _l("Memuat data pribadi, SARA atau iklan"),
    ReasonCode.WRONG_AGENCY: _l("Bukan tugas dinas ini"),
    ReasonCode.NOT_SELECTED: _l("Belum terpilih"),
}

REFUSALS = {
    Refusal.NO_MISI: _l("Misi kabupaten ini belum dimasukkan perencana. Usulan dibuka setelah misi tersedia."),
    Refusal.UNKNOWN_MISI: _l("Ada misi yang bukan milik kabupaten ini. Pilih dari daftar."),
    Refusal.NO_MISI_CHOSEN: _l("Pilih paling sedikit satu misi."),
    Refusal.OTHER_VILLAGE: _l("Usulan hanya untuk desa atau kelurahan tempat Anda tinggal."),
    Refusal.OTHER_REGENCY: _l("Usulan hanya dapat ditulis di kabupaten tempat Anda tinggal."),
    Refusal.NO_CYCLE_OPEN: _l("Saat ini tahap pengusulan tidak dibuka. Lihat jadwal di beranda kabupaten."),
    Refusal.NOT_CONFIRMED: _l(
        "Draf ini tersimpan. Supaya bisa dikirim, catat NIK dan periksa nomor HP di halaman akun, atau temui pendamping."
    ),
    Refusal.NOT_READ_BACK: _l("Bacakan dulu seluruh usulan kepada warga. Kirim setelah warga membenarkan isinya."),
    Refusal.REASON_MISSING: _l("Tulis alasan yang dapat dibaca semua orang, paling sedikit 10 huruf."),
    Refusal.CHANGED_MEANWHILE: _l("Usulan ini baru saja berubah. Muat ulang halaman untuk melihat keadaan terakhir."),
    Refusal.ALREADY_SENT: _l(
        "Formulir ini sudah terkirim sebagai usulan %(number)s, dan usulan itu tidak berubah. "
        "Kalau ini usulan baru, kirim sekali lagi."
    ),
    Refusal.UNKNOWN_ENTRY: _l("Pekerjaan ini tidak ada di kamus usulan tahun ini. Pilih yang lain dari daftar."),
    Refusal.OTHER_UNIT: _l("Satuannya berbeda dari kamus usulan. Tulis banyaknya sekali lagi."),
    Refusal.GROUP_MISSING: _l(
        "Bantuan ini hanya untuk kelompok yang terdaftar. Tulis nama kelompok dan nomor surat pendaftarannya."
    ),
    Refusal.TOO_MUCH: _l("Kira-kira biayanya lebih dari Rp100 miliar. Periksa lagi banyaknya dan satuannya."),
    Refusal.OUTSIDE_REGENCY: _l("Titik itu di luar kabupaten. Sentuh peta sekali lagi, atau hapus titiknya."),
    Refusal.TOO_MANY_DRAFTS: _l(
        "Anda punya 20 usulan yang belum selesai. Selesaikan atau hapus satu dulu di halaman Tulis usulan."
    ),
    Refusal.NOT_OPEN_TO_CHANGE: _l("Tulisan usulan hanya dapat diperbaiki selama usulan terbuka untuk dukungan."),
    Refusal.NOTHING_CHANGED: _l("Belum ada yang diubah. Perbaiki tulisannya dulu, lalu simpan."),
    Refusal.CHANGES_TOO_MUCH: _l(
        "Masa pemeriksaan sudah mulai, jadi isi pokok tidak dapat diganti lagi: %(parts)s. "
        "Warga mendukung usulan seperti adanya. Salah tulis masih boleh diperbaiki."
    ),
    Refusal.TOO_MANY_VERSIONS: _l("Usulan ini sudah 20 kali diubah. Untuk perubahan lain, hubungi moderator."),
}

SUBSTANCE = {
    Substance.VILLAGE: _l("desa"),
    Substance.ENTRY: _l("jenis pekerjaan"),
    Substance.VOLUME: _l("banyaknya"),
    Substance.ESTIMATE: _l("kira-kira biaya"),
    Substance.PLACE: _l("titik di peta"),
    Substance.MISI: _l("misi"),
    Substance.TEXT: _l("sebagian besar tulisan"),
}

QUESTIONS = {
    Question.PROBLEM: _l("Mulai dari masalahnya"),
    Question.PLACE: _l("Di mana tempatnya?"),
    Question.KIND: _l("Apa yang dibutuhkan?"),
    Question.WORK: _l("Apa persisnya, dan berapa banyak?"),
    Question.PEOPLE: _l("Siapa yang terbantu?"),
    Question.PHOTOS: _l("Ada fotonya?"),
    Question.NAME: _l("Apa judul dan misinya?"),
}

TRANSITIONS = {
    Transition.NOT_NOW: _l("Langkah ini tidak dapat dilakukan lagi: keadaannya sudah berubah. Muat ulang halaman."),
}

ORDERS = {Order.NEWEST: _l("Terbaru"), Order.SUPPORT: _l("Dukungan terbanyak")}

WORDS = (STATUSES, EVENTS, HOLDERS, REASON_CODES, REFUSALS, TRANSITIONS, ORDERS, SUBSTANCE, QUESTIONS)

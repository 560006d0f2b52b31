"""Words for the room's codes, and the texts from which a reason can start."""

from flask_babel import LazyString

from app.i18n.catalogues import _l
from app.moderation.rules import Decision
from app.moderation.rules import reports as reporting
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.reports import Finding, Wrong
from app.moderation.rules.scoring import RankNoteKind
from app.moderation.rules.verdicts import Level, Outcome
from app.proposals.rules import Holder, ReasonCode, Status

DECISIONS = {
    Decision.PUBLISH: _l("Terbitkan"),
    Decision.RETURN: _l("Kembalikan untuk diperbaiki"),
    Decision.REJECT: _l("Tolak"),
}

# What is said when it is done.
DONE = {
    Decision.PUBLISH: _l("Usulan %(number)s sudah terbit."),
    Decision.RETURN: _l("Usulan %(number)s dikembalikan kepada pengusulnya."),
    Decision.REJECT: _l("Usulan %(number)s tidak diterima."),
}

# A no says why and what can be done; the moderator adds what is special in this case.
STARTERS: dict[Decision, dict[ReasonCode, LazyString]] = {
    Decision.PUBLISH: {},
    Decision.RETURN: {
        ReasonCode.LOCATION_UNCLEAR: _l(
            "Tempatnya belum jelas. Tulis nama dusun dan patokan yang dekat, lalu kirim lagi."
        ),
        ReasonCode.INCOMPLETE: _l(
            "Keterangannya belum cukup. Tambahkan keadaan sekarang, ukuran, dan siapa yang terbantu."
        ),
        ReasonCode.UNREASONABLE_COST: _l(
            "Ukuran atau kira-kira biayanya belum wajar. Periksa lagi bersama pendamping desa, lalu kirim lagi."
        ),
        ReasonCode.LAND_NOT_READY: _l(
            "Belum ada keterangan tentang lahan. Tulis milik siapa dan apakah pemiliknya setuju, lalu kirim lagi."
        ),
        ReasonCode.DUPLICATE: _l(
            "Usulan ini mirip dengan usulan lain. Tulis apa bedanya, atau tarik usulan ini dan dukung yang sudah ada."
        ),
        ReasonCode.PRIVATE_DATA: _l("Ada data pribadi di dalamnya. Hapus nama orang dan nomor, lalu kirim lagi."),
    },
    Decision.REJECT: {
        ReasonCode.DUPLICATE: _l("Usulan ini sama dengan usulan lain yang sudah terbit. Silakan dukung usulan itu."),
        ReasonCode.ALREADY_BUILT: _l("Pekerjaan ini sudah dibangun atau sudah masuk rencana tahun berjalan."),
        ReasonCode.NOT_AUTHORITY: _l(
            "Pekerjaan ini bukan wewenang kabupaten. Sampaikan kepada pemerintah desa atau provinsi."
        ),
        ReasonCode.LAND_NOT_READY: _l(
            "Lahannya belum siap. Usulan dapat dikirim lagi setelah pemilik lahan menyatakan setuju."
        ),
        ReasonCode.OVER_CEILING: _l(
            "Biayanya jauh di atas dana yang tersedia. Usulkan bagian yang paling penting dulu."
        ),
        ReasonCode.OUTSIDE_PLAN: _l("Usulan ini tidak sesuai dengan rencana pembangunan daerah."),
        ReasonCode.BREAKS_SPATIAL_PLAN: _l("Tempatnya melanggar tata ruang atau berada di kawasan hutan."),
        ReasonCode.PRIVATE_DATA: _l(
            "Usulan ini memuat data pribadi, penghinaan, atau iklan, jadi tidak dapat ditampilkan."
        ),
    },
}

MERGE_STARTER = _l(
    "Usulan ini meminta hal yang sama dengan usulan %(number)s. Dukungan keduanya dihitung bersama di sana."
)

LEVELS = {
    Level.VILLAGE: _l("Desa atau kelurahan"),
    Level.PLANNING: _l("Bappeda (pemeriksaan)"),
    Level.DISTRICT: _l("Kecamatan"),
    Level.AGENCY: _l("Dinas"),
    Level.REGENCY: _l("Kabupaten"),
}

OUTCOMES = {
    Outcome.ACCEPT: _l("Setuju"),
    Outcome.ACCEPT_WITH_CHANGES: _l("Setuju dengan perubahan"),
    Outcome.DEFER: _l("Tunda ke tahun berikut"),
    Outcome.RETURN: _l("Kembalikan ke tingkat sebelumnya"),
    Outcome.REJECT: _l("Tidak disetujui"),
    Outcome.REROUTE: _l("Alihkan ke dinas lain"),
}

# The kind of badge that goes with a verdict.
OUTCOME_KINDS = {
    Outcome.ACCEPT: "ok",
    Outcome.ACCEPT_WITH_CHANGES: "ok",
    Outcome.DEFER: "mute",
    Outcome.RETURN: "wait",
    Outcome.REJECT: "no",
    Outcome.REROUTE: "calm",
}

# What whoever holds a proposal has to do with it, in general and in a status.
WAITS_FOR = {
    Holder.AUTHOR: _l("Pengusul perlu memperbaikinya. Alasannya ada di perjalanan usulan."),
    Holder.MODERATOR: _l("Moderator memberi putusan desa atau kecamatan."),
    Holder.RESIDENTS: _l("Warga dapat mendukungnya. Pemeriksaan dimulai di tahap pemeriksaan."),
    Holder.PLANNER: _l("Bappeda memberi putusan."),
    Holder.AGENCY: _l("Dinas memeriksa apakah usulan ini dapat dikerjakan."),
    Holder.NOBODY: _l("Tidak ada yang perlu dilakukan lagi. Alasannya ada di perjalanan usulan."),
}
WAITS = {
    (Holder.MODERATOR, Status.SUBMITTED): _l("Moderator memeriksa apakah usulan ini dapat diterbitkan."),
    (Holder.RESIDENTS, Status.SHORTLISTED): _l("Warga memilih di pemungutan suara."),
    (Holder.PLANNER, Status.SELECTED): _l("Perencana menentukan jalan pelaksanaannya."),
    (Holder.AGENCY, Status.ROUTED): _l("Dinas memasukkannya ke rencana kerja."),
    (Holder.AGENCY, Status.PLANNED): _l("Dinas mengusahakan anggarannya."),
    (Holder.AGENCY, Status.BUDGETED): _l("Dinas memulai pekerjaannya."),
    (Holder.AGENCY, Status.UNDERWAY): _l("Dinas mengerjakannya."),
}

WRONGS = {
    Wrong.PRIVATE_DATA: _l("Memuat nama, nomor, atau alamat orang"),
    Wrong.INSULT: _l("Menghina orang, suku, atau agama"),
    Wrong.SPAM: _l("Iklan, atau bukan usulan"),
    Wrong.FALSE: _l("Isinya tidak benar"),
}

FINDINGS = {Finding.UPHELD: _l("Tutup untuk umum"), Finding.DISMISSED: _l("Biarkan, tidak ada yang salah")}

RANK_NOTES = {
    RankNoteKind.DISCUSSION: _l("Hasil pembahasan penilai"),
    RankNoteKind.DEVIATION: _l("Berbeda menurut berita acara"),
}

REPORT_REFUSALS = {
    reporting.Refusal.REPORTED_ALREADY: _l("Anda sudah melaporkannya. Moderator akan memeriksa."),
    reporting.Refusal.CLOSED_ALREADY: _l("Laporan ini sudah dijawab."),
}

REFUSALS = {
    Refusal.ITSELF: _l("Usulan tidak dapat digabung dengan dirinya sendiri. Tulis nomor usulan lain."),
    Refusal.OTHER_REGENCY: _l("Usulan %(number)s ada di kabupaten lain. Hanya usulan sekabupaten yang dapat digabung."),
    Refusal.IN_CIRCLE: _l("Usulan %(number)s sudah digabung ke usulan ini. Pisahkan dulu kalau arahnya mau dibalik."),
    Refusal.INTO_NOT_PUBLIC: _l(
        "Usulan %(number)s tidak terbuka untuk dukungan. Gabungkan ke usulan yang sudah terbit."
    ),
    Refusal.NOT_MERGEABLE: _l("Usulan ini tidak dapat digabung lagi: statusnya sudah berubah. Muat ulang halaman."),
    Refusal.NO_SUCH_PROPOSAL: _l("Nomor %(number)s tidak ada di wilayah Anda. Periksa nomornya."),
    Refusal.SEPARATED_ALREADY: _l("Penggabungan ini sudah dibatalkan."),
    Refusal.TOO_LATE_TO_SEPARATE: _l("Penggabungan hanya dapat dibatalkan dalam 7 hari, dan masa itu sudah lewat."),
    Refusal.INTO_MERGED_ON: _l("Usulan %(number)s sendiri sudah digabung ke usulan lain. Pisahkan yang itu dulu."),
    Refusal.NOT_SPLITTABLE: _l(
        "Hanya usulan yang belum terbit yang dapat dipecah: teks yang sudah didukung tidak diubah."
    ),
    Refusal.TAKEN: _l("%(name)s sudah memegang usulan ini."),
    Refusal.NOT_YOURS: _l("Usulan ini tidak sedang Anda pegang. Muat ulang halaman."),
    Refusal.NO_COLLEAGUE: _l("Rekan ini tidak dapat memutuskan usulan ini. Pilih moderator lain dari daftar."),
    Refusal.VISIT_ASKED: _l("Sudah ada permintaan melihat tempat yang belum dijawab."),
    Refusal.VISIT_DATE: _l("Tanggalnya sudah lewat. Pilih hari ini atau sesudahnya."),
    Refusal.NO_VISIT: _l("Permintaan melihat tempat ini sudah dijawab."),
    Refusal.NOTHING_CHOSEN: _l("Belum ada usulan yang dipilih. Centang paling sedikit satu."),
    Refusal.TOO_MANY: _l("Terlalu banyak sekaligus. Pilih paling banyak 50 usulan."),
    Refusal.UNDONE_ALREADY: _l("Jawaban itu sudah dibatalkan."),
    Refusal.TOO_LATE_TO_UNDO: _l("Jawaban sekaligus hanya dapat dibatalkan dalam satu jam."),
    Refusal.TAKES_NO_VERDICT: _l("Usulan ini tidak sedang menerima putusan."),
    Refusal.NOT_THEIR_TURN: _l("Belum giliran tingkat ini. Lihat siapa yang memegang usulan ini sekarang."),
    Refusal.NOT_AT_THIS_LEVEL: _l("Putusan ini tidak ada di tingkat ini. Pilih putusan lain."),
    Refusal.CHANGES_MISSING: _l("Tulis ukuran atau biaya yang disarankan."),
    Refusal.AGENCY_MISSING: _l("Pilih dinas yang menangani usulan ini."),
    Refusal.SAME_AGENCY: _l("Usulan ini sudah di dinas itu. Pilih dinas lain."),
    Refusal.IN_CONTEST: _l("Usulan ini sedang atau sudah dipilih warga, jadi tidak dapat ditunda atau ditolak lagi."),
    Refusal.WEIGHTS_NOT_100: _l("Jumlah semua bobot harus 100."),
    Refusal.CRITERIA_FIXED: _l("Tahap pemeriksaan sudah dibuka, jadi cara menilai tidak dapat diubah lagi."),
    Refusal.NOT_YET_SCORED: _l("Usulan dinilai selama tahap pemeriksaan, dan tahap itu tidak sedang dibuka."),
    Refusal.POINTS_MISSING: _l("Beri nilai 1 sampai 5 untuk setiap hal."),
    Refusal.APPEALED_ALREADY: _l("Usulan ini sudah pernah disanggah tahun ini. Sanggahan hanya sekali setahun."),
    Refusal.NO_NEXT_CYCLE: _l("Belum ada tahun baru yang membuka pengusulan. Buka siklusnya dulu."),
}

WORDS = (
    DECISIONS,
    LEVELS,
    OUTCOMES,
    WRONGS,
    FINDINGS,
    RANK_NOTES,
    REPORT_REFUSALS,
    REFUSALS,
)

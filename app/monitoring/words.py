"""Monitoring's codes in words."""

from app.i18n.catalogues import _l
from app.innovations.rules.progress import Progress
from app.monitoring.rules.alerts import Alert
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.reports import ReportEvent, ReportStatus

LIGHTS = {
    Progress.GREEN: _l("Hijau: sesuai target"),
    Progress.YELLOW: _l("Kuning: agak tertinggal"),
    Progress.RED: _l("Merah: jauh tertinggal"),
    Progress.GREY: _l("Abu-abu: belum dilaporkan"),
}
LIGHT_KINDS = {Progress.GREEN: "ok", Progress.YELLOW: "wait", Progress.RED: "no", Progress.GREY: "mute"}

STATUSES = {
    ReportStatus.SENT: _l("Menunggu diperiksa"),
    ReportStatus.RETURNED: _l("Dikembalikan untuk diperbaiki"),
    ReportStatus.ACCEPTED: _l("Sudah diperiksa dan diterima"),
}
STATUS_KINDS = {ReportStatus.SENT: "wait", ReportStatus.RETURNED: "no", ReportStatus.ACCEPTED: "ok"}

EVENTS = {
    ReportEvent.ACCEPT: _l("Terima laporan ini"),
    ReportEvent.RETURN: _l("Kembalikan untuk diperbaiki"),
}

ALERTS = {
    Alert.LATE: _l("Laporan terlambat"),
    Alert.RED_TWICE: _l("Merah dua triwulan berturut-turut"),
    Alert.GAP: _l("Pekerjaan dan uang berselisih lebih dari 20 persen"),
    Alert.CONTRADICTED: _l("Jawaban warga bertentangan dengan laporan"),
}

ANSWERS = {
    Answer.YES: _l("Ya, sudah berjalan"),
    Answer.NOT_YET: _l("Belum"),
    Answer.WRONG: _l("Ada, tetapi tidak sesuai"),
}

OCCASIONS = {
    Occasion.TRIAL_END: _l("Akhir uji coba"),
    Occasion.YEARLY: _l("Evaluasi tahunan"),
}

RECOMMENDATIONS = {
    Recommendation.CONTINUE: _l("Lanjutkan"),
    Recommendation.CHANGE: _l("Ubah caranya"),
    Recommendation.STOP: _l("Hentikan"),
    Recommendation.REPLICATE: _l("Tiru di tempat lain"),
}
RECOMMENDATION_KINDS = {
    Recommendation.CONTINUE: "ok",
    Recommendation.CHANGE: "wait",
    Recommendation.STOP: "no",
    Recommendation.REPLICATE: "ok",
}

REFUSALS = {
    Refusal.NOT_OPEN: _l("Yang dilaporkan hanya aksi yang sudah ditetapkan dan inovasi sejak diuji coba."),
    Refusal.NOT_MEASURED: _l("Belum ada indikator dengan target. Isi dulu indikatornya, lalu laporkan."),
    Refusal.QUARTER_RUNNING: _l("Triwulan ini belum berakhir. Laporkan setelah hari terakhirnya."),
    Refusal.OUTSIDE_PLAN: _l("Tahun itu di luar masa rencana."),
    Refusal.REPORTED_ALREADY: _l("Triwulan ini sudah dilaporkan. Buka laporannya, lalu perbaiki di sana."),
    Refusal.NOTHING_TO_CORRECT: _l("Triwulan ini belum dilaporkan, jadi belum ada yang diperbaiki."),
    Refusal.VERIFIED_ALREADY: _l(
        "Laporan ini sudah diterima dan tidak berubah lagi. Laporkan angka baru pada triwulan berikutnya."
    ),
    Refusal.AGENCY_ENDED: _l("Instansinya sudah tidak ada. Minta perencana menunjuk instansi yang meneruskan."),
    Refusal.FIGURE_MISSING: _l("Isi angka semua indikator. Muat ulang halaman kalau indikatornya baru berubah."),
    Refusal.NOT_PERCENT: _l("Kemajuan pekerjaan diisi 0 sampai 100 persen, dan uang tidak kurang dari nol."),
    Refusal.OWN_REPORT: _l("Anda mengirim laporan ini sendiri. Minta perencana lain memeriksanya."),
    Refusal.NOT_SENT: _l("Laporan ini tidak sedang menunggu diperiksa. Muat ulang halaman."),
    Refusal.REASON_MISSING: _l("Tulis apa yang harus diperbaiki, paling sedikit 10 huruf."),
    Refusal.INDICATOR_IN_USE: _l(
        "Indikator ini sudah dipakai laporan, jadi tidak berubah lagi. Tambahkan indikator baru."
    ),
    Refusal.CHECKED_ALREADY: _l(
        "Anda sudah menjawab untuk triwulan ini. Terima kasih; jawab lagi pada triwulan berikutnya."
    ),
    Refusal.NOTHING_TO_CHECK: _l("Inovasi ini belum atau tidak lagi berjalan, jadi belum ada yang diperiksa."),
    Refusal.DATED_IN_FUTURE: _l("Tanggal evaluasi tidak mungkin di masa depan."),
}

WORDS = (LIGHTS, STATUSES, EVENTS, ALERTS, ANSWERS, OCCASIONS, RECOMMENDATIONS, REFUSALS)

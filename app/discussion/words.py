"""Words for the room's codes."""

from app.discussion.rules import Refusal
from app.discussion.rules.comments import CommentOrder, CommentRefusal, HideCode, Stance, Voice
from app.discussion.rules.follows import FollowRefusal, Topic
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

COMMENT_REFUSALS = {
    CommentRefusal.NOT_PUBLISHED: _l("Usulan ini belum terbit. Obrolan dibuka setelah moderator menerbitkannya."),
    CommentRefusal.SET_ASIDE: _l("Usulan ini tidak dilanjutkan, jadi obrolannya sudah ditutup."),
    CommentRefusal.DEFERRED: _l("Usulan ini ditunda. Obrolan dibuka lagi kalau usulan ini masuk tahun berikut."),
    CommentRefusal.NOT_OPEN_YET: _l("Obrolan belum dibuka. Lihat jadwal di beranda kabupaten."),
    CommentRefusal.CLOSED: _l("Masa obrolan sudah ditutup. Semua yang sudah ditulis tetap dapat dibaca."),
    CommentRefusal.NOT_CONFIRMED: _l(
        "Supaya bisa ikut bicara, catat NIK dan periksa nomor HP di halaman akun, atau temui pendamping desa."
    ),
    CommentRefusal.TOO_DEEP: _l("Jawaban tidak dapat dijawab lagi. Jawablah komentar pertamanya."),
    CommentRefusal.GONE: _l("Komentar ini sudah dihapus atau ditutup. Muat ulang halaman obrolan."),
    CommentRefusal.TOO_LATE: _l(
        "Komentar hanya dapat diubah 15 menit setelah dikirim. Anda masih dapat menghapusnya, lalu menulis yang baru."
    ),
    CommentRefusal.CHANGED_MEANWHILE: _l(
        "Komentar ini baru saja diubah dari jendela lain. Salin tulisan Anda, lalu muat ulang halaman."
    ),
    CommentRefusal.REASON_MISSING: _l("Pilih sebabnya dan tulis alasan yang dapat dibaca semua orang."),
}

STANCES = {Stance.FOR: _l("Setuju"), Stance.AGAINST: _l("Tidak setuju"), Stance.QUESTION: _l("Bertanya")}
# The kind of badge that goes with a stance; the word always stands beside the colour.
STANCE_KINDS = {Stance.FOR: "ok", Stance.AGAINST: "no", Stance.QUESTION: "calm"}

VOICES = {
    Voice.RESIDENT: _l("Warga"),
    Voice.AUTHOR: _l("Pengusul"),
    Voice.FACILITATOR: _l("Pendamping desa"),
    Voice.MODERATOR: _l("Moderator"),
    Voice.PLANNER: _l("Perencana kabupaten"),
    Voice.OFFICER: _l("Dinas"),
}

HIDE_CODES = {
    HideCode.PRIVATE_DATA: _l("Memuat data pribadi"),
    HideCode.INSULT: _l("Menghina orang"),
    HideCode.HATE: _l("Menyinggung suku, agama, ras atau golongan"),
    HideCode.SPAM: _l("Iklan atau pesan berulang"),
    HideCode.OFF_TOPIC: _l("Tidak ada hubungannya dengan usulan"),
}

ORDERS = {
    CommentOrder.NEWEST: _l("Terbaru"),
    CommentOrder.OLDEST: _l("Terlama"),
    CommentOrder.QUESTIONS: _l("Belum dijawab dulu"),
}

TOPICS = {Topic.PROPOSAL: _l("Usulan"), Topic.VILLAGE: _l("Desa atau kelurahan"), Topic.MISI: _l("Misi")}

FOLLOW_REFUSALS = {
    FollowRefusal.TOO_MANY: _l(
        "Anda sudah mengikuti %(most)s hal. Berhentilah mengikuti salah satunya di halaman akun, lalu coba lagi."
    ),
}

WORDS = (REFUSALS, COMMENT_REFUSALS, STANCES, VOICES, HIDE_CODES, ORDERS, TOPICS, FOLLOW_REFUSALS)

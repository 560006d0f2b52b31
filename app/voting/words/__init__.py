"""Words for the room's codes, and a sentence for every result."""

from fractions import Fraction
from math import ceil

from app.i18n.catalogues import _, _l, language, speaking, words
from app.i18n.formats import number, rupiah
from app.regions.rules import RegionKind
from app.voting.queries import CodePlace, ContestRow
from app.voting.rules.ballots import BallotRefusal
from app.voting.rules.box import BoxRefusal
from app.voting.rules.contest import ContestEvent, ContestStatus, Refusal, RollEnd
from app.voting.rules.counting import Outcome, Rule
from app.voting.rules.methods import Method
from app.voting.rules.objections import MOST_EACH, ObjectionRefusal
from app.voting.rules.pabulib.tables import PbFault, PbNote
from app.voting.rules.reasons import Explanation, Reason
from app.voting.words import papers

STATUSES = {
    ContestStatus.PREPARED: _l("Disiapkan"),
    ContestStatus.OPENED: _l("Dibuka"),
    ContestStatus.CLOSED: _l("Ditutup, menunggu hasil"),
    ContestStatus.COUNTED: _l("Sudah dihitung, masa keberatan"),
    ContestStatus.CERTIFIED: _l("Hasil ditetapkan"),
    ContestStatus.CANCELLED: _l("Dibatalkan"),
}

STATUS_KINDS = {
    ContestStatus.PREPARED: "mute",
    ContestStatus.OPENED: "calm",
    ContestStatus.CLOSED: "wait",
    ContestStatus.COUNTED: "wait",
    ContestStatus.CERTIFIED: "ok",
    ContestStatus.CANCELLED: "no",
}

STEPS = {
    ContestEvent.OPEN: _l("Periksa, lalu buka pemilihan"),
    ContestEvent.CLOSE: _l("Waktunya habis: tutup pemilihan"),
    ContestEvent.COUNT: _l("Buka kotak suara bersama dua saksi"),
    ContestEvent.CERTIFY: _l("Tetapkan hasil"),
    ContestEvent.CANCEL: _l("Batalkan"),
}

OUTCOMES = {
    Outcome.WON: _l("Terpilih"),
    Outcome.OVER_CEILING: _l("Belum terpilih"),
    Outcome.NO_VOTES: _l("Belum terpilih"),
    Outcome.BELOW_THRESHOLD: _l("Belum terpilih"),
    Outcome.NOT_PAID: _l("Belum terpilih"),
}

RULES = {
    Rule.MOST_VOTES: _l(
        "Usulan dengan suara terbanyak didahulukan, selama biayanya masih cukup dari pagu. Yang biayanya melebihi sisa "
        "pagu dilewati. Kalau suaranya sama, yang lebih murah didahulukan; kalau biayanya juga sama, nomor undian "
        "yang lebih kecil. Usulan tanpa suara tidak terpilih."
    ),
    Rule.EQUAL_SHARES: _l(
        "Pagu dibagi kepada semua pemilih sebagai kupon. Usulan dibiayai bila para pendukungnya patungan dengan iuran "
        "sama. Setelah kupon terpakai, suara itu tidak bisa dipakai lagi untuk usulan berikutnya, sehingga kelompok "
        "lain juga kebagian. Kupon dinaikkan sedikit demi sedikit selama pagu masih cukup; sisa pagu diisi menurut "
        "suara terbanyak."
    ),
}

ROLL_ENDS = {
    RollEnd.AT_OPENING: _l("Warga yang sudah diverifikasi saat pemilihan dibuka; sesudahnya daftar pemilih dikunci."),
    RollEnd.AT_CLOSING: _l("Warga yang diverifikasi sampai pemilihan ditutup."),
}

OBJECTION_REFUSALS = {
    ObjectionRefusal.NOT_COUNTED: _l("Keberatan diterima antara hasil diumumkan dan ditetapkan."),
    ObjectionRefusal.TOO_LATE: _l("Masa keberatan sudah selesai. Sampaikan langsung kepada perencana kabupaten."),
    ObjectionRefusal.NOT_ATTESTED: _l(
        "Temui pendamping desa Anda dengan KTP atau KK supaya dapat mengajukan keberatan."
    ),
    ObjectionRefusal.NOT_RESIDENT: _l("Keberatan diajukan warga wilayah pemilihan ini."),
    ObjectionRefusal.ENOUGH: _l("Anda sudah mengajukan %(most)s keberatan. Tunggu jawabannya.", most=MOST_EACH),
    ObjectionRefusal.ANSWERED: _l("Keberatan ini sudah dijawab. Jawabannya tidak dapat diganti."),
    ObjectionRefusal.OWN_OBJECTION: _l("Ini keberatan Anda sendiri. Minta perencana lain menjawabnya."),
    ObjectionRefusal.WINDOW_OPEN: _l("Masa keberatan belum selesai. Hasil ditetapkan sesudah itu."),
    ObjectionRefusal.UNANSWERED: _l("Masih ada keberatan yang belum dijawab. Jawab semuanya dulu."),
}

REFUSALS = {
    Refusal.REGION_ELSEWHERE: _l("Wilayah ini bukan kecamatan di kabupaten Anda. Pilih dari daftar."),
    Refusal.ENDS_BEFORE_START: _l("Pemilihan harus ditutup sesudah dibuka. Perbaiki salah satu waktunya."),
    Refusal.NO_VOTING_PHASE: _l(
        "Waktu pemilihan harus di dalam tahap pemungutan suara. Atur dulu tanggal tahap itu di halaman siklus."
    ),
    Refusal.NO_CEILING: _l("Pagu harus lebih dari nol rupiah."),
    Refusal.TOO_FEW_OPTIONS: _l("Pilih paling sedikit 2 usulan untuk surat suara."),
    Refusal.TOO_MANY_OPTIONS: _l("Surat suara memuat paling banyak 20 usulan. Kurangi centangnya."),
    Refusal.TOO_MANY_CHOICES: _l("Warga boleh memilih 1 sampai 5 usulan, dan tidak lebih dari isi surat suara."),
    Refusal.UNFIT_OPTION: _l("Ada usulan yang tidak terbuka di wilayah ini. Hilangkan centangnya."),
    Refusal.NO_COST: _l("Isi biaya usulan ini, lebih dari nol rupiah."),
    Refusal.OVER_CEILING: _l("Biaya usulan ini melebihi pagu, jadi tidak mungkin terpilih."),
    Refusal.FROZEN: _l("Pemilihan yang sudah dibuka tidak dapat diubah lagi."),
    Refusal.TOO_LATE: _l("Waktu penutupan pemilihan ini sudah lewat. Ubah dulu waktunya."),
    Refusal.REASON_MISSING: _l(
        "Menutup lebih awal perlu alasan yang dapat dibaca semua orang, paling sedikit 10 huruf."
    ),
    Refusal.OWN_PROPOSAL: _l("Usulan Anda sendiri, %(number)s, ikut terpilih. Minta perencana lain menetapkan hasil."),
}

BALLOT_REFUSALS = {
    BallotRefusal.NOT_YET_OPEN: _l("Pemilihan ini belum dibuka. Lihat waktunya di halaman pemilihan."),
    BallotRefusal.CLOSED: _l("Pemilihan ini sudah ditutup, suara tidak diterima lagi."),
    BallotRefusal.NOT_VERIFIED: _l(
        "Anda belum diverifikasi. Temui pendamping desa Anda dengan KTP atau KK; cukup sekali, lalu Anda bisa memilih."
    ),
    BallotRefusal.VERIFIED_LATE: _l(
        "Daftar pemilih pemilihan ini dikunci saat dibuka, dan Anda diverifikasi sesudahnya. "
        "Anda dapat memilih di pemilihan berikutnya."
    ),
    BallotRefusal.NOT_RESIDENT: _l("Pemilihan ini untuk warga wilayah lain. Lihat pemilihan di wilayah Anda."),
    BallotRefusal.NO_CHOICE: _l("Pilih paling sedikit satu usulan."),
    BallotRefusal.TOO_MANY: _l("Terlalu banyak: pilih paling banyak %(most)s usulan. Hilangkan beberapa centang."),
    BallotRefusal.CHOSEN_TWICE: _l("Satu usulan hanya dapat dipilih satu kali. Periksa pilihan Anda."),
    BallotRefusal.UNKNOWN_OPTION: _l("Ada pilihan yang tidak ada di surat suara ini. Pilih dari daftar."),
    BallotRefusal.ALREADY_VOTED: _l(
        "Suara Anda sudah dicatat: di kertas, atau lewat akun lama Anda yang sudah ditutup. Satu orang satu suara, "
        "jadi suara itu tidak dapat diganti di sini."
    ),
}

BOX_REFUSALS = {
    BoxRefusal.NOT_A_KEY: _l(
        "Kunci umum ini tidak dapat dipakai. Salin 64 huruf dan angka dari kunci-umum.txt, tanpa spasi."
    ),
    BoxRefusal.NOT_A_FINGERPRINT: _l(
        "Sidik bagian saksi %(number)s harus 64 huruf dan angka, seperti yang ditampilkan saksi.py. Periksa salinannya."
    ),
    BoxRefusal.SAME_INSTITUTION: _l(
        "Saksi %(number)s dari lembaga yang sama dengan saksi lain. Ketiga saksi harus dari tiga lembaga berbeda."
    ),
    BoxRefusal.SAME_SHARE: _l(
        "Sidik bagian saksi %(number)s sama dengan milik saksi lain. Setiap saksi memegang bagian yang berbeda."
    ),
    BoxRefusal.KEYS_MISSING: _l(
        "Kotak suara belum punya kunci. Isi dulu kunci umum dan tiga saksi di halaman Saksi dan kunci."
    ),
    BoxRefusal.PAPER_UNFINISHED: _l(
        "Surat suara kertas belum selesai dicocokkan di: %(stations)s. Selesaikan dulu, lalu tutup pemilihan."
    ),
    BoxRefusal.BOX_UNEQUAL: _l(
        "Isi kotak tidak cocok dengan daftar pemilih: %(accepted)s amplop diterima, %(counted)s amplop di dalam kotak. "
        "Jangan lanjutkan. Hubungi inspektorat dan pengelola server."
    ),
    BoxRefusal.NO_SUCH_WITNESS: _l("Pilih saksi yang membawa berkas ini."),
    BoxRefusal.NOT_THE_BALLOTS: _l(
        "Ini bukan suara.pb yang ditulis saksi.py untuk pemilihan ini. Unggah berkas itu tanpa diubah sedikit pun."
    ),
    BoxRefusal.BALLOTS_UNEQUAL: _l(
        "Berkas ini berisi %(found)s suara, padahal di dalam kotak ada %(expected)s. "
        "Buka kotak.zip sekali lagi dengan saksi.py."
    ),
}

CODE_PLACES = {
    CodePlace.WAITING: _l("Sudah diterima; masuk log pada pencatatan berikutnya."),
    CodePlace.LOGGED: _l("Ada di dalam log."),
    CodePlace.COUNTED: _l("Ada di antara yang dihitung."),
    CodePlace.NOT_COUNTED: _l(
        "Ada di dalam log, tetapi tidak dihitung: pemiliknya mengganti suaranya, atau memilih di kertas."
    ),
    CodePlace.UNKNOWN: _l("Tidak ada. Periksa lagi hurufnya; kode tidak memuat angka 0, 1, 8, dan 9."),
}

METHODS = {
    Method.MOST_VOTES: _l("Suara terbanyak dulu"),
    Method.MOST_VOTES_STOP: _l("Suara terbanyak, berhenti di usulan pertama yang tidak muat"),
    Method.EQUAL_SHARES: _l("Patungan setara"),
}

REASONS = {
    Reason.FITTED: _l("%(votes)s suara; biaya %(cost)s masih cukup dari sisa pagu %(left)s."),
    Reason.LEFT_TOO_LITTLE: _l(
        "%(votes)s suara; biaya %(cost)s melebihi sisa pagu %(left)s, kurang %(missing)s. "
        "Dengan %(more)s suara lagi, gilirannya datang saat sisa pagu masih cukup."
    ),
    Reason.ABOVE_CEILING: _l("%(votes)s suara; biaya %(cost)s melebihi seluruh pagu, kurang %(missing)s."),
    Reason.STOPPED: _l(
        "%(votes)s suara; biayanya muat, tetapi penghitungan sudah berhenti di usulan yang tidak muat. "
        "Kurang %(more)s suara."
    ),
    Reason.BOUGHT: _l(
        "Putaran %(round)s: %(votes)s pendukung patungan; %(payers)s orang iuran penuh %(price)s, "
        "yang lain memberi sisa kuponnya."
    ),
    Reason.BOUGHT_EVENLY: _l("Putaran %(round)s: %(votes)s pendukung patungan dengan iuran yang sama, %(price)s."),
    Reason.FILLED: _l("%(votes)s suara; biaya %(cost)s masih muat di sisa pagu setelah patungan selesai."),
    Reason.ALL_FITTED: _l("%(votes)s suara; pagu cukup untuk semua usulan yang didukung."),
    Reason.PURSES_TOO_EMPTY: _l(
        "%(votes)s suara; kupon pendukungnya tinggal %(percent)s persen dari biaya %(cost)s. "
        "Kurang %(missing)s, kira-kira %(more)s pendukung lagi."
    ),
    Reason.UNSUPPORTED: _l("Tidak ada suara untuk usulan ini."),
    Reason.BELOW_THRESHOLD: _l(
        "%(votes)s suara; batas dukungan %(needed)s suara, kurang %(more)s. Usulan ini tidak ikut dihitung."
    ),
}

# The figures of an explanation that are money; the others count voters.
MONEY = frozenset({"cost", "left", "price", "behind", "missing"})

PB_FAULTS = {
    PbFault.UNREADABLE: _l("berkas ini tidak dapat dibuka. Periksa nama dan izinnya."),
    PbFault.NOT_PB: _l(
        "ini bukan berkas .pb: baris berisi yang pertama harus META. Unduh lagi berkasnya, jangan halaman webnya."
    ),
    PbFault.SECTION_MISSING: _l("bagian %(name)s tidak ada. Berkas ini mungkin terpotong; unduh lagi."),
    PbFault.SECTION_TWICE: _l("bagian %(name)s ada dua kali dengan kolom yang berbeda. Gabungkan menjadi satu."),
    PbFault.COLUMN_MISSING: _l("kolom “%(name)s” tidak ada di bagian %(section)s. Tambahkan di baris judulnya."),
    PbFault.COLUMN_TWICE: _l("kolom “%(name)s” ada lebih dari satu di bagian %(section)s. Hapus yang tidak dipakai."),
    PbFault.BROKEN_QUOTES: _l("tanda kutip ganda yang dibuka di baris ini tidak ditutup. Tutup atau hapus kutipnya."),
    PbFault.CELL_COUNT: _l(
        "ada %(count)s sel, seharusnya %(expected)s. Pilihan dalam satu suara dipisahkan koma, bukan titik koma."
    ),
    PbFault.META_MISSING: _l("“%(name)s” tidak ada di bagian META. Tambahkan barisnya."),
    PbFault.META_TWICE: _l("“%(name)s” sudah ada di baris %(first)s dengan isi lain. Hapus salah satu."),
    PbFault.VOTE_TYPE: _l(
        "jenis suara “%(value)s” tidak dapat dihitung di sini, hanya approval dan choose-1. Pakai berkas lain."
    ),
    PbFault.NOT_MONEY: _l("“%(name)s” harus jumlah uang, bukan “%(value)s”. Tulis seperti 50000 atau 50000.25."),
    PbFault.NO_ID: _l("proyek di baris ini tidak punya id. Isi kolom pertamanya."),
    PbFault.PROJECT_TWICE: _l("proyek “%(value)s” sudah ada di baris %(first)s dengan biaya lain. Hapus salah satu."),
    PbFault.UNKNOWN_PROJECT: _l("suara untuk “%(value)s”, padahal proyek itu tidak ada di bagian PROJECTS."),
    PbFault.NO_TIE_COLUMN: _l("tidak ada kolom nomor undian di bagian PROJECTS. Namai salah satu dari: %(known)s."),
    PbFault.NOT_A_DRAW: _l("nomor undian “%(value)s” di kolom %(name)s harus angka bulat yang berbeda tiap proyek."),
}

PB_NOTES = {
    PbNote.NOT_UTF8: _l("berkas ini tidak ditulis dalam UTF-8; huruf pada nama bisa salah, hitungannya tidak."),
    PbNote.LOOSE_QUOTES: _l("tanda kutip yang tidak berpasangan dibaca sebagai huruf biasa."),
    PbNote.COUNT_DIFFERS: _l("“%(name)s” menyebut %(value)s, padahal isinya %(count)s. Yang dihitung adalah isinya."),
    PbNote.EMPTY_BALLOTS: _l("%(count)s suara tanpa pilihan; tetap dihitung sebagai pemilih."),
    PbNote.CHOSEN_TWICE: _l("satu suara memilih proyek yang sama dua kali (%(value)s); dihitung sekali."),
    PbNote.PROJECT_REPEATED: _l("proyek “%(value)s” ditulis dua kali dengan biaya sama; dihitung sekali."),
    PbNote.WITHDRAWN: _l("proyek “%(value)s” sudah ditarik (biaya 999999999); tidak ikut dihitung."),
    PbNote.THRESHOLD_UNUSED: _l("ambang suara di berkas ini tidak dipakai dalam hitungan."),
    PbNote.VOTE_TYPE_ASSUMED: _l("jenis suara tidak disebut; dihitung sebagai approval."),
}

WORDS = (
    STATUSES,
    STEPS,
    OUTCOMES,
    RULES,
    ROLL_ENDS,
    REFUSALS,
    OBJECTION_REFUSALS,
    BALLOT_REFUSALS,
    BOX_REFUSALS,
    CODE_PLACES,
    *papers.WORDS,
    METHODS,
    REASONS,
    PB_FAULTS,
    PB_NOTES,
)


def tell_for_good(explanation: Explanation) -> str:
    """The sentence as it stays on the timeline: in Indonesian, whatever the planner reads."""
    with speaking("id"):
        return tell_why(explanation)


def tell_why(explanation: Explanation, parts: int | None = None) -> str:
    """The sentence for an option: money in rupiah, or in no currency where it is counted in parts of a unit."""
    figures = {name: _figure(name, value, parts) for name, value in explanation.figures.items()}
    return words(explanation.reason, **figures)


def _figure(name: str, value: int | Fraction, parts: int | None) -> str:
    """Money is rounded down, to the hundredth where it has parts; what is missing is rounded up to whole units."""
    if name not in MONEY:
        return number(int(value))
    if name == "missing":
        value = ceil(value * Fraction(1, parts or 1)) * (parts or 1)
    if parts is None:
        return rupiah(int(value))
    whole, hundredths = divmod(int(value * Fraction(100, parts)), 100)
    comma = "." if language() == "en" else ","
    return f"{number(whole)}{comma}{hundredths:02d}" if hundredths else number(whole)


def region_of(contest: ContestRow) -> str:
    """Kecamatan Lamaknen, or the name of the regency."""
    is_district = contest.region_kind is RegionKind.KECAMATAN
    return _("Kecamatan %(name)s", name=contest.region) if is_district else contest.region

"""Words for the room's codes, and a sentence for every result."""

from app.i18n.catalogues import _, _l, speaking
from app.i18n.formats import number, rupiah
from app.regions.rules import RegionKind
from app.voting.queries import ContestRow
from app.voting.rules.ballots import BallotRefusal
from app.voting.rules.contest import ContestEvent, ContestStatus, Refusal
from app.voting.rules.counting import OptionResult, Outcome, Rule

STATUSES = {
    ContestStatus.PREPARED: _l("Disiapkan"),
    ContestStatus.OPENED: _l("Dibuka"),
    ContestStatus.CLOSED: _l("Ditutup, menunggu hasil"),
    ContestStatus.CERTIFIED: _l("Hasil ditetapkan"),
    ContestStatus.CANCELLED: _l("Dibatalkan"),
}

STATUS_KINDS = {
    ContestStatus.PREPARED: "mute",
    ContestStatus.OPENED: "calm",
    ContestStatus.CLOSED: "wait",
    ContestStatus.CERTIFIED: "ok",
    ContestStatus.CANCELLED: "no",
}

STEPS = {
    ContestEvent.OPEN: _l("Periksa, lalu buka pemilihan"),
    ContestEvent.CLOSE: _l("Waktunya habis: tutup pemilihan"),
    ContestEvent.CERTIFY: _l("Tetapkan hasil"),
    ContestEvent.CANCEL: _l("Batalkan"),
}

OUTCOMES = {
    Outcome.WON: _l("Terpilih"),
    Outcome.OVER_CEILING: _l("Belum terpilih"),
    Outcome.NO_VOTES: _l("Belum terpilih"),
}

RULES = {
    Rule.MOST_VOTES: _l(
        "Usulan dengan suara terbanyak didahulukan, selama biayanya masih cukup dari pagu. Yang biayanya melebihi sisa "
        "pagu dilewati. Kalau suaranya sama, yang lebih murah didahulukan; kalau biayanya juga sama, nomor undian "
        "yang lebih kecil. Usulan tanpa suara tidak terpilih."
    ),
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
    BallotRefusal.NOT_RESIDENT: _l("Pemilihan ini untuk warga wilayah lain. Lihat pemilihan di wilayah Anda."),
    BallotRefusal.NO_CHOICE: _l("Pilih paling sedikit satu usulan."),
    BallotRefusal.TOO_MANY: _l("Terlalu banyak: pilih paling banyak %(most)s usulan. Hilangkan beberapa centang."),
    BallotRefusal.CHOSEN_TWICE: _l("Satu usulan hanya dapat dipilih satu kali. Periksa pilihan Anda."),
    BallotRefusal.UNKNOWN_OPTION: _l("Ada pilihan yang tidak ada di surat suara ini. Pilih dari daftar."),
    BallotRefusal.ALREADY_VOTED: _l("Anda sudah memilih. Satu orang satu kali, dan suara Anda sudah masuk kotak."),
}

SENTENCES = {
    Outcome.WON: _l("%(votes)s suara; biaya %(cost)s masih cukup dari sisa pagu %(left)s."),
    Outcome.OVER_CEILING: _l("%(votes)s suara; biaya %(cost)s melebihi sisa pagu %(left)s, kurang %(short)s."),
    Outcome.NO_VOTES: _l("Tidak ada suara untuk usulan ini."),
}

WORDS = (STATUSES, STEPS, OUTCOMES, RULES, REFUSALS, BALLOT_REFUSALS)


def tell(result: OptionResult) -> str:
    """Why an option has won or not, in a sentence."""
    facts = {"votes": number(result.votes), "cost": rupiah(result.cost), "left": rupiah(result.left)}
    return str(SENTENCES[result.outcome]) % (facts | {"short": rupiah(result.short)})


def tell_for_good(result: OptionResult) -> str:
    """The sentence as it stays on the timeline: in Indonesian, whatever the planner reads."""
    with speaking("id"):
        return tell(result)


def region_of(contest: ContestRow) -> str:
    """Kecamatan Lamaknen, or the name of the regency."""
    is_district = contest.region_kind is RegionKind.KECAMATAN
    return _("Kecamatan %(name)s", name=contest.region) if is_district else contest.region


def ballot_number(option: int) -> str:
    """P01: how an option is named on screen and on paper."""
    return f"P{option:02d}"

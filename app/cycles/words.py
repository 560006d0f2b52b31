"""Words for the room's codes."""

from app.cycles.rules import Activity, Part, PhaseKind, Refusal
from app.i18n.catalogues import _l

PHASES = {
    PhaseKind.GATHERING: _l("Tahap pengusulan"),
    PhaseKind.REVIEW: _l("Tahap pemeriksaan"),
    PhaseKind.VOTING: _l("Tahap pemungutan suara"),
    PhaseKind.RESULTS: _l("Tahap hasil"),
    PhaseKind.DELIVERY: _l("Tahap pelaksanaan"),
}

ACTIVITIES = {
    Activity.PROPOSE: _l("menulis usulan"),
    Activity.SUPPORT: _l("mendukung usulan"),
    Activity.COMMENT: _l("berkomentar"),
    Activity.REVIEW: _l("memeriksa usulan"),
    Activity.VOTE: _l("memilih"),
    Activity.CERTIFY: _l("menetapkan hasil dan menindaklanjuti"),
}

REFUSALS = {
    Refusal.ENDS_BEFORE_START: _l("Tahap ini berakhir sebelum mulai. Perbaiki salah satu waktunya."),
    Refusal.CEILING_BELOW_ZERO: _l("Pagu tidak boleh kurang dari nol rupiah."),
    Refusal.YEAR_TAKEN: _l("Siklus tahun rencana %(year)s sudah dibuka. Pilih tahun lain."),
    Refusal.NO_CYCLE: _l("Belum ada siklus untuk tahun ini. Buka siklusnya dulu."),
    Refusal.TOTAL_NOT_ROUND: _l("Isi jumlah yang dibagi, dalam kelipatan seribu rupiah."),
    Refusal.PARTS_NOT_WHOLE: _l("Ketiga bagian harus berjumlah tepat 100 persen. Perbaiki salah satunya."),
    Refusal.NO_FIGURES: _l("Angka penduduk atau rumah tangga miskin belum ada. Isi tabelnya, atau nolkan bagiannya."),
    Refusal.NOT_OPEN: _l("Tahap untuk tindakan ini tidak sedang dibuka. Lihat jadwal di beranda kabupaten."),
}

PARTS = {
    Part.EQUAL: _l("sama rata"),
    Part.PEOPLE: _l("menurut penduduk"),
    Part.POOR: _l("menurut rumah tangga miskin"),
}

WORDS = (PHASES, ACTIVITIES, PARTS, REFUSALS)

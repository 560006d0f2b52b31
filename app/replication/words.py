"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.replication.rules import Event, Refusal, State

STATES = {
    State.ASKED: _l("Menunggu dinas pengampu"),
    State.CONFIRMED: _l("Diterapkan"),
    State.REFUSED: _l("Tidak diakui"),
    State.ENDED: _l("Tidak diterapkan lagi"),
}
# The kind of badge of each state; the word always stands beside the colour.
STATE_KINDS = {State.ASKED: "wait", State.CONFIRMED: "ok", State.REFUSED: "no", State.ENDED: "mute"}

EVENTS = {
    Event.CONFIRM: _l("Akui: desa ini sudah menerapkan"),
    Event.REFUSE: _l("Tidak diakui"),
    Event.END: _l("Desa ini tidak menerapkan lagi"),
}

REFUSALS = {
    Refusal.NOT_IN_USE: _l("Inovasi ini belum diterapkan di tempat asalnya. Tunggu sampai tahap penerapan."),
    Refusal.FOREIGN_VILLAGE: _l("Desa itu di kabupaten lain. Catat di kabupaten desa itu sendiri."),
    Refusal.OWN_VILLAGE: _l("Inovasi ini memang berasal dari desa itu. Pilih desa lain yang menirunya."),
    Refusal.ADOPTED_TWICE: _l("Desa ini sudah tercatat menerapkan inovasi ini."),
    Refusal.IN_FUTURE: _l("Tanggal ini belum tiba. Catat setelah desa benar-benar menerapkannya."),
    Refusal.PROOF_MISSING: _l("Tambahkan bukti: foto kegiatannya di desa, paling sedikit satu."),
    Refusal.FIELD_MISSING: _l("Tulis siapa yang menjalankannya di desa."),
    Refusal.OWN_REPORT: _l("Laporan ini Anda sendiri yang mengirim. Minta petugas lain memeriksanya."),
    Refusal.REASON_MISSING: _l("Tulis alasan yang dapat dibaca semua orang, paling sedikit 10 huruf."),
}

WORDS = (STATES, EVENTS, REFUSALS)

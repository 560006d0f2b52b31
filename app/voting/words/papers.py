"""Words for paper, its stacks and its typing, and for the ways in which people vote."""

from app.i18n.catalogues import _l
from app.voting.rules.contest import Channel
from app.voting.rules.papers import PaperFault, PaperRefusal, Stage

PAPER_REFUSALS = {
    PaperRefusal.NOT_OPENED: _l("Pemilihan ini tidak sedang dibuka, jadi surat suara kertas tidak diterima lagi."),
    PaperRefusal.ON_PAPER_ALREADY: _l("Warga ini sudah dicatat memilih di kertas."),
    PaperRefusal.NOT_ON_PAPER: _l("Warga ini tidak tercatat memilih di kertas."),
    PaperRefusal.VILLAGE_ELSEWHERE: _l("Desa ini di luar wilayah pemilihan. Pilih dari daftar."),
    PaperRefusal.STATION_KNOWN: _l("Tempat memilih dengan nama ini sudah didaftarkan. Buka tumpukannya dari daftar."),
    PaperRefusal.SIZE_TYPED: _l("Surat suaranya sudah mulai diketik, jadi jumlahnya tidak dapat diubah lagi."),
    PaperRefusal.FINISHED: _l("Tumpukan ini sudah selesai dicocokkan dan tidak dapat diubah lagi."),
    PaperRefusal.YOUR_READING_DONE: _l(
        "Anda sudah mengetik semua kertas ini. Minta orang lain mengetiknya sekali lagi."
    ),
    PaperRefusal.TWO_TYPISTS: _l("Dua orang lain sudah mengetik tumpukan ini. Anda dapat melihat kertas yang berbeda."),
    PaperRefusal.NOT_DIFFERENT: _l("Kertas ini tidak berbeda lagi. Muat ulang daftarnya."),
    PaperRefusal.YOU_TYPED: _l("Anda salah satu pengetiknya. Minta orang ketiga melihat kertas ini."),
    PaperRefusal.NOT_ALL_TYPED: _l("Belum semua kertas diketik dua kali. Selesaikan dulu pengetikannya."),
    PaperRefusal.DIFFERENCES_LEFT: _l(
        "Masih ada kertas yang dibaca berbeda. Lihat dulu kertasnya bersama orang ketiga."
    ),
    PaperRefusal.NOTE_MISSING: _l(
        "Jumlah kertas berbeda dari tanda tangan, atau lebih banyak daripada pemilih yang ditandai memilih di kertas. "
        "Tulis sebabnya seperti di berita acara, paling sedikit 10 huruf."
    ),
}

PAPER_FAULTS = {
    PaperFault.NO_NUMBERS: _l("Ketik nomornya saja, misalnya 1 3. Kosong atau tidak sah: 0."),
    PaperFault.TOO_MANY_TICKS: _l("Lebih banyak dari yang boleh: kertas ini tidak sah, ketik 0."),
    PaperFault.TICKED_TWICE: _l("Nomor yang sama dua kali. Lihat lagi kertasnya."),
    PaperFault.NOT_ON_BALLOT: _l("Nomor ini tidak ada di surat suara. Lihat lagi kertasnya."),
}

STAGES = {
    Stage.TYPING: _l("Diketik"),
    Stage.DIFFERING: _l("Ada yang berbeda"),
    Stage.AGREED: _l("Cocok, siap diselesaikan"),
    Stage.FINISHED: _l("Selesai"),
}

STAGE_KINDS = {Stage.TYPING: "wait", Stage.DIFFERING: "no", Stage.AGREED: "calm", Stage.FINISHED: "ok"}

CHANNELS = {
    Channel.INTERNET: _l("lewat HP"),
    Channel.ASSISTED: _l("lewat HP pendamping"),
    Channel.PAPER: _l("di kertas"),
}

WORDS = (PAPER_REFUSALS, PAPER_FAULTS, STAGES, CHANNELS)

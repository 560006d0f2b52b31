"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.innovations.rules.decision import Criterion, Outcome
from app.innovations.rules.gates import Asked, LegalForm, SiloRisk
from app.innovations.rules.provisions import Field, Kind
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Lane, Stage, StageEvent
from app.innovations.words import files, profile

STAGES = {
    Stage.IDEA: _l("Gagasan"),
    Stage.CURATION: _l("Kurasi"),
    Stage.PROPOSAL: _l("Proposal lengkap"),
    Stage.ASSESSED: _l("Dinilai tim independen"),
    Stage.TRIAL_APPROVED: _l("Disetujui untuk uji coba"),
    Stage.TRIAL: _l("Sedang diuji coba"),
    Stage.EVALUATION: _l("Evaluasi uji coba"),
    Stage.ADOPTED: _l("Diterapkan"),
    Stage.INSTITUTIONALISED: _l("Menjadi kebijakan tetap"),
    Stage.REPLICATING: _l("Ditiru di tempat lain"),
    Stage.REVISION: _l("Dikembalikan untuk perbaikan"),
    Stage.STOPPED: _l("Dihentikan"),
    Stage.REJECTED: _l("Tidak diterima"),
}

# The kind of badge that goes with a stage; the word always stands beside the colour.
STAGE_KINDS = {
    Stage.REVISION: "wait",
    Stage.STOPPED: "no",
    Stage.REJECTED: "no",
    Stage.TRIAL_APPROVED: "wait",
    Stage.TRIAL: "wait",
    Stage.EVALUATION: "wait",
    Stage.ADOPTED: "ok",
    Stage.INSTITUTIONALISED: "ok",
    Stage.REPLICATING: "ok",
}

LANES = {
    Lane.IDEAS: _l("Gagasan"),
    Lane.TRIALS: _l("Uji coba"),
    Lane.IN_USE: _l("Penerapan"),
    Lane.LASTING: _l("Pelembagaan dan replikasi"),
    Lane.ENDED: _l("Dihentikan atau tidak diterima"),
}

EVENTS = {
    StageEvent.REGISTER: _l("Dicatat di jalur inovasi"),
    StageEvent.PASS: _l("Lulus ke tahap berikut"),
    StageEvent.REPLICATE: _l("Lulus untuk ditiru di tempat lain"),
    StageEvent.HOLD: _l("Tunda sampai tanggal tertentu"),
    StageEvent.SEND_BACK: _l("Kembalikan untuk diperbaiki"),
    StageEvent.RESUME: _l("Lanjutkan, mulai lagi dari kurasi"),
    StageEvent.STOP: _l("Hentikan, dengan pelajarannya"),
    StageEvent.REJECT: _l("Tolak"),
}

# What the public history says of each event.
HISTORY = {
    StageEvent.REGISTER: _l("Dicatat di jalur inovasi: %(stage)s"),
    StageEvent.PASS: _l("Lulus ke tahap: %(stage)s"),
    StageEvent.REPLICATE: _l("Lulus ke tahap: %(stage)s"),
    StageEvent.HOLD: _l("Ditunda di tahap: %(stage)s"),
    StageEvent.SEND_BACK: _l("Dikembalikan untuk diperbaiki"),
    StageEvent.RESUME: _l("Dilanjutkan di tahap: %(stage)s"),
    StageEvent.STOP: _l("Dihentikan"),
    StageEvent.REJECT: _l("Tidak diterima"),
}

ASKED = {
    Asked.INITIATIVE: _l("Proposal inisiatif"),
    Asked.ASSESSMENT: _l("Hasil penilaian tim independen"),
    Asked.DECREE: _l("Keputusan bupati tentang uji coba"),
    Asked.AGENCY: _l("Dinas pengampu"),
    Asked.TRIAL_PERIOD: _l("Waktu uji coba"),
    Asked.BASELINE: _l("Ukuran awal"),
    Asked.EVALUATION: _l("Evaluasi akhir uji coba"),
    Asked.REGULATION: _l("Dasar hukum penerapan"),
    Asked.PEOPLE: _l("Pelaksana"),
    Asked.BUDGET: _l("Anggaran tahun ini atau sesudahnya"),
    Asked.PARTNER: _l("Mitra"),
    Asked.PILLAR: _l("Pilar"),
    Asked.RAD_ACTION: _l("Aksi RAD dengan target tahunan"),
    Asked.REPLICATION: _l("Desa yang sudah menerapkan"),
}

KINDS = {kind: ASKED[Asked(kind)] for kind in Kind}

FIELDS = {
    Field.TITLE: _l("Judul"),
    Field.DATED: _l("Tanggal"),
    Field.UNTIL: _l("Sampai tanggal"),
    Field.YEAR: _l("Tahun"),
    Field.QUANTITY: _l("Banyaknya"),
    Field.UNIT: _l("Satuan"),
    Field.AMOUNT: _l("Anggaran"),
    Field.TEXT: _l("Isi"),
}

# Where a field is better named for what it holds in this kind.
FIELDS_OF_KIND = {
    (Kind.INITIATIVE, Field.AMOUNT): _l("Kira-kira biaya"),
    (Kind.ASSESSMENT, Field.TITLE): _l("Siapa yang menilai"),
    (Kind.ASSESSMENT, Field.TEXT): _l("Hasil dan catatan"),
    (Kind.TRIAL_PERIOD, Field.DATED): _l("Mulai tanggal"),
    (Kind.TRIAL_PERIOD, Field.TEXT): _l("Tempat dan caranya"),
    (Kind.BASELINE, Field.TITLE): _l("Yang diukur"),
    (Kind.BASELINE, Field.QUANTITY): _l("Angka sebelum uji coba"),
    (Kind.BASELINE, Field.DATED): _l("Tanggal diukur"),
    (Kind.EVALUATION, Field.TEXT): _l("Hasil uji coba"),
    (Kind.RAD_ACTION, Field.TITLE): _l("Aksi"),
    (Kind.RAD_ACTION, Field.QUANTITY): _l("Target tahun itu"),
}

HINTS = {
    (Kind.INITIATIVE, Field.TEXT): _l(
        "Sesuai PP 38/2017: bentuk inovasi, rancangan dan pokok perubahan, tujuan, manfaat, waktu uji coba."
    ),
    (Kind.BASELINE, Field.TITLE): _l("Contoh: waktu tunggu ibu dan anak."),
}

LEGAL_FORMS = {
    LegalForm.ASSIGNMENT: _l("Surat tugas"),
    LegalForm.AGENCY_DECREE: _l("Keputusan kepala dinas"),
    LegalForm.REGENT_DECREE: _l("Keputusan bupati"),
    LegalForm.REGENT_REGULATION: _l("Peraturan bupati"),
    LegalForm.REGIONAL_REGULATION: _l("Peraturan daerah"),
}

CRITERIA = {
    Criterion.NOVELTY: _l("Apakah ini cara baru, seluruhnya atau sebagian?"),
    Criterion.BENEFIT: _l("Apakah bermanfaat bagi warga atau daerah?"),
    Criterion.NO_BURDEN: _l("Apakah warga tetap bebas dari beban dan larangan di luar aturan?"),
    Criterion.AUTHORITY: _l("Apakah ini wewenang kabupaten?"),
    Criterion.REPLICABLE: _l("Apakah dapat ditiru di tempat lain?"),
}

OUTCOMES = {
    Outcome.ESCALATED: _l("Diangkat menjadi inovasi"),
    Outcome.ROUTED: _l("Dikerjakan sebagai kegiatan biasa"),
}

SILO_RISKS = {
    SiloRisk.ONE_PERSON: _l("pelaksana kedua"),
    SiloRisk.NO_AGENCY: _l("dinas pengampu"),
    SiloRisk.NO_PARTNER: _l("mitra"),
    SiloRisk.NO_BUDGET: _l("anggaran"),
}

REFUSALS = {
    Refusal.ANSWER_MISSING: _l("Jawab kelima pertanyaan, masing-masing dengan satu kalimat paling sedikit 10 huruf."),
    Refusal.IS_INNOVATION: _l("Lima kali ya berarti inovasi. Angkat usulan ini, atau perbaiki jawabannya."),
    Refusal.NO_INNOVATION: _l("Inovasi butuh lima kali ya. Teruskan usulan ini, atau perbaiki jawabannya."),
    Refusal.ALREADY_DECIDED: _l("Lima pertanyaan untuk usulan ini sudah dijawab."),
    Refusal.OWN_PROPOSAL: _l("Anda yang menulis usulan ini. Minta perencana lain memutuskannya."),
    Refusal.NAME_TAKEN: _l("Nama %(name)s sudah dipakai inovasi lain di kabupaten ini. Pilih nama lain."),
    Refusal.UNKNOWN_PILLAR: _l("Pilar itu bukan milik kabupaten ini. Pilih dari daftar."),
    Refusal.UNKNOWN_AGENCY: _l("Dinas itu bukan milik kabupaten ini. Pilih dari daftar."),
    Refusal.FIELD_MISSING: _l("Ada isian wajib yang masih kosong. Lengkapi, lalu simpan lagi."),
    Refusal.DATED_IN_FUTURE: _l("Tanggal ini belum tiba. Tulis tanggal dokumen yang sudah ada."),
    Refusal.ENDS_BEFORE_START: _l("Tanggal selesai lebih awal dari tanggal mulai. Periksa keduanya."),
    Refusal.OWN_GATE: _l("Gagasan ini berasal dari Anda sendiri. Minta perencana lain memutuskannya."),
    Refusal.OWN_EVIDENCE: _l(
        "Bukti yang menentukan di gerbang ini Anda sendiri yang memasukkan. Minta perencana lain meluluskannya."
    ),
    Refusal.UNDER_PASSED_GATE: _l(
        "Tahap yang sudah dilewati berdiri di atas ini. Masukkan dulu penggantinya, baru tarik yang ini."
    ),
    Refusal.UNTIL_MISSING: _l("Tulis sampai tanggal berapa ditunda; tanggalnya sesudah hari ini."),
    Refusal.STAGE_SKIPPED: _l("Tahap itu bukan tahap berikutnya, mungkin baru saja berubah. Muat ulang halaman."),
    Refusal.GATE_INCOMPLETE: _l("Syarat tahap itu belum lengkap. Lengkapi dulu yang masih bertanda belum ada."),
    Refusal.REASON_MISSING: _l("Tulis alasan yang dapat dibaca semua orang, paling sedikit 10 huruf."),
    Refusal.ENOUGH_WAITING: _l(
        "Lima gagasan Anda masih menunggu perencana. Tunggu jawabannya dulu, atau lengkapi yang sudah ada."
    ),
    Refusal.NO_SUCH_PROPOSAL: _l("Tidak ada usulan terbit dengan nomor itu di kabupaten ini. Periksa nomornya."),
    Refusal.IS_ORIGIN: _l("Inovasi ini memang berasal dari usulan itu. Tambahkan usulan lain."),
    Refusal.NOT_YET_APPLIED: _l("Tanggal ini belum tiba. Hanya mulai uji coba yang boleh direncanakan."),
    Refusal.APPLIED_BEFORE_TRIAL: _l("Penerapan lebih awal dari mulai uji coba. Periksa keduanya."),
    Refusal.UNKNOWN_VILLAGE: _l("Desa itu bukan desa kabupaten ini. Pilih dari daftar."),
    Refusal.LESSON_MISSING: _l("Tulis pelajaran yang dapat dibaca semua orang, paling sedikit 10 huruf."),
}

WORDS = (
    *profile.WORDS,
    *files.WORDS,
    STAGES,
    LANES,
    EVENTS,
    ASKED,
    KINDS,
    FIELDS,
    LEGAL_FORMS,
    CRITERIA,
    OUTCOMES,
    SILO_RISKS,
    REFUSALS,
)

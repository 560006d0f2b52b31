"""Words for the room's codes."""

from app.backing.rules.acts import ActEvent, ActState, Purpose
from app.backing.rules.partners import PartnerKind, TaskEvent, TaskState
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import CommitmentEvent, CommitmentState, Cover, Fund, Resource
from app.backing.rules.warnings import Subject
from app.i18n.catalogues import _l

RESOURCES = {
    Resource.BUDGET: _l("Anggaran"),
    Resource.PEOPLE: _l("Orang"),
    Resource.TECHNOLOGY: _l("Teknologi"),
}

FUNDS = {
    Fund.REGENCY: _l("APBD kabupaten"),
    Fund.PROVINCE: _l("APBD provinsi"),
    Fund.NATION: _l("APBN atau DAK"),
    Fund.VILLAGE: _l("Dana desa"),
    Fund.COMPANY: _l("Perusahaan (CSR)"),
    Fund.COMMUNITY: _l("Swadaya warga"),
    Fund.OTHER: _l("Sumber lain"),
}

COMMITMENT_STATES = {
    CommitmentState.PLANNED: _l("Direncanakan"),
    CommitmentState.AGREED: _l("Disepakati"),
    CommitmentState.DELIVERED: _l("Sudah ada"),
    CommitmentState.WITHDRAWN: _l("Ditarik"),
}
# The kind of badge of each state; the word always stands beside the colour.
STATE_KINDS = {
    CommitmentState.PLANNED: "wait",
    CommitmentState.AGREED: "ok",
    CommitmentState.DELIVERED: "ok",
    CommitmentState.WITHDRAWN: "mute",
    ActState.DRAFT: "wait",
    ActState.HARMONISED: "wait",
    ActState.IN_FORCE: "ok",
    ActState.REVOKED: "no",
    ActState.WITHDRAWN: "mute",
    TaskState.OPEN: "wait",
    TaskState.DONE: "ok",
    TaskState.DROPPED: "mute",
    Cover.COVERED: "ok",
    Cover.PLANNED: "wait",
    Cover.NOTHING: "no",
}

COMMITMENT_EVENTS = {
    CommitmentEvent.AGREE: _l("Sudah disepakati"),
    CommitmentEvent.DELIVER: _l("Sudah ada"),
    CommitmentEvent.WITHDRAW: _l("Tarik"),
}

COVERS = {
    Cover.COVERED: _l("terjamin"),
    Cover.PLANNED: _l("baru rencana"),
    Cover.NOTHING: _l("kosong"),
}

PURPOSES = {
    Purpose.TRIAL: _l("Untuk uji coba"),
    Purpose.USE: _l("Untuk penerapan"),
}

ACT_STATES = {
    ActState.DRAFT: _l("Draf"),
    ActState.HARMONISED: _l("Harmonisasi"),
    ActState.IN_FORCE: _l("Berlaku"),
    ActState.REVOKED: _l("Dicabut"),
    ActState.WITHDRAWN: _l("Salah catat, ditarik"),
}

ACT_EVENTS = {
    ActEvent.HARMONISE: _l("Masuk harmonisasi"),
    ActEvent.ENACT: _l("Ditetapkan dan berlaku"),
    ActEvent.REVOKE: _l("Dicabut oleh yang berwenang"),
    ActEvent.WITHDRAW: _l("Salah catat, tarik"),
}

PARTNER_KINDS = {
    PartnerKind.AGENCY: _l("Dinas pendukung"),
    PartnerKind.VILLAGE: _l("Desa"),
    PartnerKind.CAMPUS: _l("Kampus"),
    PartnerKind.COMPANY: _l("Perusahaan"),
    PartnerKind.MEDIA: _l("Media"),
    PartnerKind.COMMUNITY: _l("Komunitas"),
}

TASK_STATES = {
    TaskState.OPEN: _l("Belum selesai"),
    TaskState.DONE: _l("Selesai"),
    TaskState.DROPPED: _l("Tidak jadi"),
}

TASK_EVENTS = {
    TaskEvent.FINISH: _l("Selesai dikerjakan"),
    TaskEvent.DROP: _l("Tidak jadi dikerjakan"),
}

SUBJECTS = {
    Subject.BUDGET: _l("Anggaran habis"),
    Subject.PEOPLE: _l("Tidak ada pelaksana lagi"),
    Subject.TECHNOLOGY: _l("Teknologi berakhir"),
    Subject.ACT: _l("Dasar hukum berakhir"),
    Subject.AGREEMENT: _l("Kesepakatan mitra berakhir"),
}

REFUSALS = {
    Refusal.FIELD_MISSING: _l("Ada isian wajib yang masih kosong. Lengkapi, lalu simpan lagi."),
    Refusal.IN_FUTURE: _l("Tanggal ini belum tiba. Tulis tanggal yang sudah lewat, atau catat dulu sebagai rencana."),
    Refusal.ENDS_BEFORE_START: _l("Tanggal berakhir lebih awal dari tanggal mulai. Periksa keduanya."),
    Refusal.EARLIER_STEP: _l("Tanggal ini lebih awal dari langkah sebelumnya. Periksa tanggalnya."),
    Refusal.EXPIRED: _l("Peraturan ini sudah berakhir, jadi tidak berlaku lagi. Catat penggantinya."),
    Refusal.REASON_MISSING: _l("Tulis alasan yang dapat dibaca semua orang, paling sedikit 10 huruf."),
    Refusal.ACT_TWICE: _l("Nomor %(number)s dengan jenis yang sama sudah tercatat di inovasi ini."),
    Refusal.PARTNER_TWICE: _l("%(name)s sudah tercatat sebagai mitra."),
    Refusal.IS_LEAD: _l("Dinas ini sudah menjadi pengampu. Pilih dinas lain sebagai pendukung."),
    Refusal.UNKNOWN_AGENCY: _l("Dinas itu bukan milik kabupaten ini. Pilih dari daftar."),
    Refusal.UNKNOWN_VILLAGE: _l("Desa itu bukan di kabupaten ini. Pilih dari daftar."),
    Refusal.UNKNOWN_PARTNER: _l("Mitra itu tidak ikut lagi di inovasi ini. Pilih dari daftar."),
    Refusal.DUE_IN_PAST: _l("Batas waktu ini sudah lewat. Tulis tanggal hari ini atau sesudahnya."),
    Refusal.ENDED: _l("Ini sudah berakhir sebelumnya. Muat ulang halaman."),
}

WORDS = (
    RESOURCES,
    FUNDS,
    COMMITMENT_STATES,
    COMMITMENT_EVENTS,
    COVERS,
    PURPOSES,
    ACT_STATES,
    ACT_EVENTS,
    PARTNER_KINDS,
    TASK_STATES,
    TASK_EVENTS,
    SUBJECTS,
    REFUSALS,
)

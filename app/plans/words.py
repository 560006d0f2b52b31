"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.plans.rules import PlanKind, Refusal
from app.plans.rules.importing import PlanFault

REFUSALS = {
    Refusal.MISI_TAKEN: _l("Misi nomor %(number)s sudah ada. Muat ulang halaman untuk melihat nomor berikutnya."),
    Refusal.MISI_GAP: _l("Nomor %(number)s melompat. Masukkan misi berurutan, seperti di dokumen rencana."),
}

KINDS = {
    PlanKind.RPJMD: _l("Rencana lima tahun kabupaten (RPJMD)"),
    PlanKind.RAD: _l("Rencana aksi daerah (RAD)"),
}

FAULTS = {
    PlanFault.REGENCY_UNKNOWN: _l(
        "kabupaten %(value)s belum ada. Jalankan flask regions import dahulu, atau perbaiki kodenya."
    ),
    PlanFault.YEARS_ORDER: _l(
        "last_year %(last)s tidak cocok dengan first_year %(first)s. Tulis tahun terakhir setelah tahun pertama."
    ),
    PlanFault.NUMBER_TWICE: _l("%(name)s %(value)s sudah dipakai bagian di baris %(first)s. Beri nomor berurutan."),
    PlanFault.NUMBER_GAP: _l(
        "%(name)s %(value)s tidak berurutan. Tulis %(expected)s di sini, atau urutkan bagiannya mulai dari 1."
    ),
    PlanFault.NATIONAL_UNKNOWN: _l("pilar nasional %(value)s tidak ada di national.toml. Pakai nomor di sana, atau 0."),
    PlanFault.PLAN_TWICE: _l("kabupaten %(value)s sudah punya berkas %(first)s. Gabungkan keduanya."),
    PlanFault.SHORT_NAME_TWICE: _l("short_name “%(value)s” sudah ada di baris %(first)s. Pakai sebutan lain."),
}

WORDS = (REFUSALS, KINDS, FAULTS)

"""Words for the room's codes."""

from app.catalog.rules import Authority, EntryKind, Evidence, Refusal
from app.catalog.rules.importing import CatalogFault
from app.i18n.catalogues import _l

KINDS = {
    EntryKind.WORKS: _l("Bangunan"),
    EntryKind.GOODS: _l("Barang"),
    EntryKind.SERVICE: _l("Layanan atau kegiatan"),
    EntryKind.TRAINING: _l("Pelatihan"),
    EntryKind.GRANT: _l("Hibah untuk kelompok"),
    EntryKind.SOCIAL_AID: _l("Bantuan sosial"),
    EntryKind.REFERRAL: _l("Diteruskan ke instansi lain"),
    EntryKind.FREE: _l("Usulan bebas"),
}

AUTHORITIES = {
    Authority.VILLAGE: _l("desa"),
    Authority.REGENCY: _l("kabupaten"),
    Authority.PROVINCE: _l("provinsi"),
    Authority.NATIONAL: _l("pusat"),
}

EVIDENCE = {
    Evidence.PHOTO: _l("Foto keadaan sekarang"),
    Evidence.LAND: _l("Surat bahwa tanahnya boleh dipakai"),
    Evidence.GROUP: _l("Surat pendaftaran kelompok"),
    Evidence.RECIPIENTS: _l("Daftar penerima dari desa"),
}

REFUSALS = {
    Refusal.LOCKED: _l(
        "Kamus usulan %(year)s sudah dikunci: warga sudah mulai mengusulkan. Perubahan untuk tahun rencana berikutnya."
    ),
}

FAULTS = {
    CatalogFault.CODE_TWICE: _l("kode %(value)s sudah ada di baris %(first)s; beri kode lain atau hapus satu"),
    CatalogFault.PRICE_ORDER: _l("harga terendah %(low)s lebih dari harga tertinggi %(high)s; tukar angkanya"),
    CatalogFault.PRICE_HALF: _l("isi price_low dan price_high, atau kosongkan keduanya"),
    CatalogFault.AGENCY_UNKNOWN: _l(
        "perangkat daerah %(value)s tidak ada; pakai short_name dari agencies.csv, atau tambahkan di sana dulu"
    ),
    CatalogFault.MISI_UNKNOWN: _l("misi %(value)s tidak ada di kabupaten ini"),
    CatalogFault.PILLAR_UNKNOWN: _l("pilar %(value)s tidak ada"),
    CatalogFault.FREE_ENTRY: _l("harus ada tepat satu baris dengan kind free, untuk usulan yang tidak ada di kamus"),
    CatalogFault.LIST_UNKNOWN: _l("%(value)s tidak dikenal di kolom %(name)s; pilihannya: %(known)s"),
}

WORDS = (KINDS, AUTHORITIES, EVIDENCE, REFUSALS, FAULTS)

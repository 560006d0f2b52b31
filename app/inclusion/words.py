"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.inclusion.rules import Band, Division, Measure

MEASURES = {
    Measure.REGISTERED: _l("Terdaftar"),
    Measure.ATTESTED: _l("Terverifikasi"),
    Measure.AUTHORS: _l("Mengusulkan"),
    Measure.SUPPORTERS: _l("Mendukung"),
    Measure.VOTERS: _l("Memilih"),
}

DIVISIONS = {
    Division.SEX: _l("Menurut jenis kelamin"),
    Division.AGE: _l("Menurut umur"),
    Division.GROUP: _l("Menurut kelompok yang disebut sendiri"),
    Division.DISTRICT: _l("Menurut kecamatan"),
    Division.VILLAGE: _l("Menurut desa dan kelurahan"),
}

BANDS = {
    Band.CHILD: _l("Di bawah 17 tahun"),
    Band.YOUTH: _l("17 sampai 24 tahun"),
    Band.YOUNGER: _l("25 sampai 34 tahun"),
    Band.MIDDLE: _l("35 sampai 44 tahun"),
    Band.OLDER: _l("45 sampai 59 tahun"),
    Band.ELDERLY: _l("60 tahun ke atas"),
}

WORDS = (MEASURES, DIVISIONS, BANDS)

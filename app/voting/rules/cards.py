"""What a card of the ballot shows of an option, for small screens and for those who read little."""

import re
from enum import StrEnum

MOST_WORDS = 8
# From so many options on, a ballot can be narrowed down to a village.
CHIPS_ABOVE = 12


class Sign(StrEnum):
    """The drawing on a card without a photo; the sprite has one of each name."""

    WATER = "water"
    HEALTH = "health"
    SCHOOL = "school"
    FARM = "farm"
    LIGHT = "light"
    MARKET = "market"
    ROAD = "road"
    HOUSE = "house"
    PEOPLE = "people"


# The first sign with a word of the title counts: a road to a well is rather a road, a well beside a road a well.
SIGNS: dict[Sign, str] = {
    Sign.ROAD: r"jalan|rabat|jembatan|gorong|aspal|talud|bronjong|drainase",
    Sign.WATER: r"air|pipa|sumur|embung|mata air|bak|banjir|sungai|mck|jamban|sanitasi",
    Sign.HEALTH: r"posyandu|pustu|puskesmas|poskesdes|sehat|kesehatan|gizi|stunting|ambulans|lansia|bidan|obat",
    Sign.SCHOOL: r"sekolah|paud|tk|kelas|belajar|buku|guru|perpustakaan|internet|beasiswa|komputer",
    Sign.LIGHT: r"listrik|lampu|surya|penerangan|plts",
    Sign.MARKET: r"pasar|kios|umkm|usaha|koperasi|tenun|dermaga|wisata|modal",
    Sign.FARM: r"tani|petani|pertanian|sawah|irigasi|kebun|bibit|pupuk|ternak|sapi|babi|traktor|jagung|padi|nelayan|"
    r"ikan|perahu|bakau|pohon",
    Sign.HOUSE: r"rumah|atap|balai|gedung|kantor|pagar|kapela|masjid|gereja",
}


def sign_of(title: str) -> Sign:
    """What the title is about, as a drawing."""
    for sign, words in SIGNS.items():
        if re.search(rf"\b({words})\b", title.lower()):
            return sign
    return Sign.PEOPLE


def short_title(title: str) -> str:
    """The first eight words; whoever wants more opens the proposal."""
    words = title.split()
    return title if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])}\u00a0…"

"""What a text is about: its words without endings, prefixes and those that stand in every text.

Both engines index these stems as they are, so that SQLite and PostgreSQL find the same (decision 0022).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import snowballstemmer

MAX_QUERY_LETTERS = 100
MAX_QUERY_TERMS = 8
MAX_TERMS = 600
WORD, DIGIT = re.compile(r"[^\W_]+"), re.compile("[0-9]")
# Words that stand in every text, and those that every proposal begins with.
STOP_WORDS = frozenset(
    "ada adalah agar akan aku anda antara apa atas atau bagi bahkan bahwa banyak baru beberapa begitu belum biar bisa "
    "boleh bukan buat dalam dan dapat dari daripada dengan di dia hanya harus hingga ia ini itu jadi jangan jika juga "
    "kalau kali kami kamu karena ke kepada kita kurang lagi lain lebih maka masih masing mau mereka merupakan mohon "
    "namun oleh orang pada para pasti per perlu pernah pun saat saja saling sampai sangat satu saya sebab sebagai "
    "sebuah sedang segera sehingga sejak selalu seluruh semua sendiri seorang seperti serta setelah setiap sudah "
    "supaya tapi telah tentang terhadap tetap tetapi tidak tiap untuk usul usulan walau warga yaitu yang".split()
)
# Other spellings of the same word, and what people call it here.
SAME = {
    "jln": "jalan",
    "jl": "jalan",
    "sklh": "sekolah",
    "sd": "sekolah",
    "smp": "sekolah",
    "wc": "jamban",
    "mck": "jamban",
    "toilet": "jamban",
    "kakus": "jamban",
    "lampu": "lampu",
    "pju": "lampu",
    "penerangan": "lampu",
    "wifi": "internet",
    "sinyal": "internet",
    "jaringan": "internet",
    "gorong": "deker",
    "drainase": "saluran",
    "selokan": "saluran",
    "got": "saluran",
    "parit": "saluran",
    "puskesmas": "kesehatan",
    "pustu": "kesehatan",
    "polindes": "kesehatan",
    "gizi": "stunting",
}
_stemmer = snowballstemmer.stemmer("indonesian")


def terms_of(text: str, most: int = MAX_TERMS) -> list[str]:
    """The stems of a text in its order, repetitions kept."""
    words = WORD.findall(_plain(text))
    return [_stem(word) for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())][:most]


def query_terms(text: str) -> list[str]:
    """The stems that somebody looks for, each once."""
    return list(dict.fromkeys(terms_of(text[:MAX_QUERY_LETTERS])))[:MAX_QUERY_TERMS]


def place_word(kind: str, code: str) -> str:
    """The word under which the index knows everything of this kind in a region: `proposal530401`."""
    return kind + "".join(DIGIT.findall(code))


def places_of(kind: str, code: str) -> str:
    """Such words for a village and all that it lies in, from the regency down."""
    parts = code.split(".")
    return " ".join(place_word(kind, ".".join(parts[:size])) for size in range(2, len(parts) + 1))


def _plain(text: str) -> str:
    """Small letters without accents; compatibility forms (full-width letters, ligatures) as the usual ones."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    known = SAME.get(word, word)
    stem: str = _stemmer.stemWord(known)
    return SAME.get(stem, stem)


def likeness(wanted: Sequence[str], found: Sequence[str], weights: dict[str, int]) -> int:
    """0 to 1000: how much of the weight of both lies in the words that they share; rare words weigh more."""
    shared, all_words = set(wanted) & set(found), set(wanted) | set(found)
    total = _weight(all_words, weights)
    return _weight(shared, weights) * 1000 // total if total else 0


def _weight(words: Iterable[str], weights: dict[str, int]) -> int:
    return sum(weights.get(word, 1) for word in words)


def rarity(texts: Iterable[Sequence[str]]) -> dict[str, int]:
    """A weight for each word of some texts: in how few of them it stands, from 1 (in all) up."""
    counted: dict[str, int] = {}
    many = 0
    for terms in texts:
        many += 1
        for word in set(terms):
            counted[word] = counted.get(word, 0) + 1
    return {word: max(1, (many * 4 // count).bit_length()) for word, count in counted.items()}

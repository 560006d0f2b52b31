"""Finding texts by their words: the same on both engines, and good enough to show the right ones first."""

import tomllib
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.search import actions
from app.search.models import SearchDocument
from app.search.queries import alike, matching
from app.search.rules import MAX_QUERY_TERMS, likeness, query_terms, rarity, terms_of

PROPOSALS = Path(__file__).parents[2] / "app" / "demo" / "data" / "proposals.toml"
TEXTS = tomllib.loads(PROPOSALS.read_text("utf-8"))["proposal"]
NUMBERS = {text["key"]: number for number, text in enumerate(TEXTS, 1)}
KIND = "proposal"
REGENCY, PLACE, ELSEWHERE = "53.04", "53.04.01.2005", "53.04.03.2002"

# What a resident might write, and the proposal that says the same in other words.
LABELLED = {
    "Pipa air bersih bocor perlu diganti di Lasiolat": "pipa-lasiolat",
    "WC untuk murid SD Tohe Leten": "sanitasi-sd-tohe-leten",
    "Memperbaiki SD Fatuba'a yang plafonnya runtuh": "kelas-sd-fatubaa",
    "Pembangunan jembatan di kali Ninluli supaya anak bisa bersekolah": "jembatan-kecil-asumanu",
    "Penerangan jalan tenaga matahari di Manumutin": "lampu-manumutin",
    "Bantuan traktor bagi petani Asumanu": "traktor-tangan-asumanu",
    "Longsor tebing di jalan Holgotok, minta bronjong": "bronjong-tebing-maudemu",
    "Jamban keluarga di Nanaenoe": "jamban-nanaenoe",
    "Wifi desa Fohoeka": "titik-internet-fohoeka",
    "Sinyal internet di balai desa Mahuitas": "internet-balai-mahuitas",
    "Kursi dan meja siswa SMP": "mebel-smp-naekasa",
    "Perahu nelayan dengan mesin": "perahu-jenilu",
    "Merawat hutan sekitar mata air Lahurus": "mata-air-fatulotu",
    "Pengeboran sumur dengan pompa surya Rafae": "sumur-bor-rafae",
    "Pengangkutan sampah dengan motor di gang Tenukiik": "gerobak-sampah-tenukiik",
    "Kambing untuk janda": "kambing-bergulir-dafala",
    "Beasiswa anak petani": "beasiswa-nanaet",
    "Rumah tidak layak huni Lawalutolus": "rumah-layak-lawalutolus",
    "Memeriksa kesehatan calon pengantin": "calon-pengantin-fatukbot",
    "Bidan tidak bisa tinggal, pustu rusak di Aitoun": "pustu-aitoun",
    "Selokan di Ainiba meluap dan banjir": "banjir-drainase-ainiba",
    "Rehabilitasi saluran irigasi sawah Manleten": "irigasi-manleten",
    "Makanan tambahan balita dari kelor": "pmt-kelor-halimodok",
    "Pelatihan mengelas bagi pemuda": "pelatihan-las-kabuna",
    "Menanam mangrove di teluk": "mangrove-dualaus",
    "Listrik dusun ujung Lakmaras": "lampu-lakmaras",
    "Penyambungan air minum untuk rumah di bukit Manuaman": "air-manuaman",
    "Jalan tani supaya ubi bisa diangkut": "jalan-tani-lookeu",
    "Mesin penggiling jagung": "giling-jagung-loonuna",
    "Penahan tanah di belakang puskesmas": "talud-umanen",
    "jln rusak ke kebun pinang Dubesi": "jalan-tani-dubesi",
    "Air hujan ditampung di rumah-rumah Dualasi": "bak-hujan-dualasi",
}


@pytest.fixture
def _indexed(session: Session) -> None:
    for text in TEXTS:
        actions.index(
            KIND, NUMBERS[text["key"]], PLACE, f"{text['title']} {text['problem']} {text['work']} {text['hamlet']}"
        )


def found(session: Session, typed: str, place: str = REGENCY) -> set[int]:
    return set(session.scalars(matching(KIND, typed, place)))


@pytest.mark.usefixtures("_indexed")
class TestIndex:
    """Over the proposals of the demonstration."""

    def test_of_what_residents_write_again_nine_of_ten_find_the_first_one_among_five(self) -> None:
        hits = {typed for typed, key in LABELLED.items() if NUMBERS[key] in dict(alike(KIND, typed, REGENCY))}
        assert len(hits) >= 0.9 * len(LABELLED), sorted(set(LABELLED) - hits)

    def test_searching_takes_words_in_any_form_and_needs_all_of_them(self, session: Session) -> None:
        assert NUMBERS["pipa-lasiolat"] in found(session, "perpipaan lasiolat")
        assert NUMBERS["pipa-lasiolat"] not in found(session, "perpipaan lasiolat traktor")
        assert found(session, "memperbaiki rumah") == found(session, "RUMAH, diperbaiki!")

    def test_the_last_word_may_be_its_beginning_only(self, session: Session) -> None:
        assert NUMBERS["pipa-lasiolat"] in found(session, "pipa lasio")
        assert NUMBERS["pipa-lasiolat"] not in found(session, "lasio pipa")

    def test_words_that_stand_everywhere_find_nothing_by_themselves(self, session: Session) -> None:
        assert found(session, "yang dan untuk") == set()
        assert alike(KIND, "yang dan untuk", REGENCY) == []

    def test_another_text_and_none_take_the_old_words_away(self, session: Session) -> None:
        number = NUMBERS["pipa-lasiolat"]
        actions.index(KIND, number, PLACE, "Gedung zeppelin")
        assert number in found(session, "zeppelin")
        assert number not in found(session, "pipa lasiolat")
        actions.forget(KIND, number)
        assert number not in found(session, "zeppelin")

    def test_kinds_are_apart_and_so_are_those_who_are_not_asked_about(self, session: Session) -> None:
        actions.index("other", 1, PLACE, "Gedung zeppelin")
        assert found(session, "zeppelin") == set()
        document = aliased(SearchDocument)
        few = select(document.ref_id).where(document.ref_id <= 10)
        assert {number for number, _ in alike(KIND, "air bersih", REGENCY, few)} <= set(range(1, 11))

    def test_what_lies_elsewhere_is_not_found_within_a_place(self, session: Session) -> None:
        actions.index(KIND, 1_000, ELSEWHERE, "Gedung zeppelin")
        within = {
            place: found(session, "zeppelin", place) for place in (REGENCY, "53.04.03", ELSEWHERE, PLACE, "19.06")
        }
        assert within == {REGENCY: {1_000}, "53.04.03": {1_000}, ELSEWHERE: {1_000}, PLACE: set(), "19.06": set()}
        assert dict(alike(KIND, "zeppelin", PLACE)) == {}

    @given(st.text(max_size=120))
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_whatever_is_typed_is_only_words(self, session: Session, typed: str) -> None:
        for tricky in (typed, f'"{typed}" OR *', f"{typed}:* & !", f"NEAR({typed})", f"terms:{typed}"):
            found(session, tricky, tricky)
            found(session, tricky)
            alike(KIND, tricky, tricky)


def test_rebuilding_leads_to_the_same_index(app: Flask, session: Session) -> None:
    actions.index(KIND, 7, PLACE, "lama")
    before = dict(actions._sources)
    try:
        actions.searches(KIND)(lambda: [(1, PLACE, "Jembatan gantung"), (2, PLACE, "Pipa air")])
        assert dict(actions.rebuild())[KIND] == 2
    finally:
        actions._sources.clear()
        actions._sources.update(before)
    assert [found(session, word) for word in ("lama", "jembatan", "pipa")] == [set(), {1}, {2}]


@given(st.text(max_size=300))
def test_terms_are_plain_words_and_a_query_has_few(text: str) -> None:
    terms = terms_of(text)
    assert all(term and " " not in term and '"' not in term for term in terms)
    assert len(query_terms(text)) <= MAX_QUERY_TERMS
    assert terms_of(text.upper()) == terms_of(text.upper().lower()) or "ß" in text.casefold()


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=2, max_size=6))
def test_likeness_is_the_same_both_ways_and_whole_with_oneself(texts: list[list[str]]) -> None:
    weights, (one, other) = rarity(texts), texts[:2]
    assert 0 <= likeness(one, other, weights) == likeness(other, one, weights) <= 1000
    assert likeness(one, one, weights) == (1000 if one else 0)

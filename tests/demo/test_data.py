"""What the shipped data files promise: counts, codes, prices, and the source word for word."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
DEMO = APP / "demo" / "data"
SOURCES = ROOT.parent / "shared" / "sources"

BELU, BELITUNG_TIMUR = "53.04", "19.06"

VISION = "Belu yang Berkualitas, Mandiri, Harmonis, Demokratis dan Berbudaya"
VALUES = ["Berkualitas", "Mandiri", "Harmonis", "Demokratis", "Berbudaya"]
MISI = [
    (
        "Meningkatkan kualitas sumber daya manusia belu melalui perluasan layanan pendidikan dan "
        "kesehatan yang bermutu dan berkeadilan serta pelayanan sosial yang adaptif dan inklusif"
    ),
    "Meningkatkan ekonomi berbasis potensi daerah",
    "Mewujudkan pembangunan infrastruktur dan lingkungan berbasis tata ruang",
    (
        "Penataan birokrasi daerah dengan berkomitmen pada kepatuhan regulasi untuk mewujudkan mutu "
        "pelayanan publik dan pemerintah yang bersih, berwibawa, tidak korupsi dan demokratis"
    ),
    "Pengembangan dan pelestarian budaya serta kearifan lokal secara berkelanjutan",
]
PILLARS = [
    "Kesehatan",
    "Pendidikan dan Digitalisasi",
    "Ketahanan Pangan",
    "Ekonomi dan Tata Kelola Digital",
]
NAMED_INNOVATIONS = {
    "SIE CANTIK": "Skrining Calon Pengantin",
    "KERITAK": "Kesehatan Ibu Hamil",
    "PILUS BELTIM": "",
    "GANGAN IKAN": "",
    "CEMPEDIK": "Cerdas Mendidik",
    "KETAM LEGIT": "Keterampilan Melalui Literasi Digital",
    "SEMANGAT": "Sistem Manajemen Pendidikan Akuntabel",
    "LAIS": "Literasi Aplikasi Inovasi Sekolah",
    "BEBASUN": "",
    "GEMPAR": "",
    "META KODOK": "",
    "TRAWANG BELTIM": "Transparansi Warga Beltim",
    "SIPESPA.COM": "Sistem Informasi Pencatatan Sumber Pangan",
    "PONDOK UMKM": "",
    "PAK SATAM": "",
}
REASONS = {
    "duplicate",
    "location_unclear",
    "already_built",
    "not_authority",
    "land_not_ready",
    "over_ceiling",
    "unreasonable_cost",
    "incomplete",
    "outside_plan",
    "breaks_spatial_plan",
    "private_data",
}
INITIATIVE = {"INITIATIVE"}
ASSESSED = INITIATIVE | {"ASSESSMENT"}
TRIAL_APPROVED = ASSESSED | {"DECREE", "AGENCY"}
TRIAL = TRIAL_APPROVED | {"TRIAL_PERIOD", "BASELINE"}
EVALUATION = TRIAL | {"EVALUATION"}
NEEDED_BY_STAGE: dict[str, set[str]] = {
    "CURATION": set(),
    "PROPOSAL": INITIATIVE,
    "TRIAL_APPROVED": TRIAL_APPROVED,
    "TRIAL": TRIAL,
    "EVALUATION": EVALUATION,
    "ADOPTED": EVALUATION | {"REGULATION", "PEOPLE", "BUDGET"},
    "STOPPED": TRIAL,
}
FIELDS_BY_KIND = {
    "INITIATIVE": {"text"},
    "ASSESSMENT": {"text", "dated_days_ago"},
    "AGENCY": {"title"},
    "DECREE": {"title", "number", "dated_days_ago"},
    "PARTNER": {"title", "text"},
    "TRIAL_PERIOD": {"text", "dated_days_ago", "lasts_days"},
    "BASELINE": {"title", "unit", "quantity"},
    "EVALUATION": {"text", "dated_days_ago"},
    "REGULATION": {"legal_form", "title", "number", "dated_days_ago"},
    "PEOPLE": {"person", "title"},
    "BUDGET": {"title", "year_offset", "amount"},
}
ORDER_IN_TIME = ["INITIATIVE", "ASSESSMENT", "DECREE", "TRIAL_PERIOD", "EVALUATION", "REGULATION"]
ORDER_OF_KEYS = ["key", "village", "hamlet", "title", "problem", "work", "unit"]
LOOKS_LIKE_A_PHONE = re.compile(r"(?:\+62|\b62|\b0)[\s.-]?8(?:[\s.-]?\d){7,}|\+670")
LOOKS_LIKE_A_NIK = re.compile(r"(?:\d[\s.]?){15}\d")

# Rupiah for one of the unit: the rough ranges of the catalog, over all the works that use it.
PRICE_RANGES = {
    "SR": (1_500_000, 3_500_000),
    "km": (1_800_000_000, 3_500_000_000),
    "m³": (900_000, 1_800_000),
    "meter": (120_000, 1_300_000),
    "titik": (12_000_000, 60_000_000),
    "ha": (8_000_000, 40_000_000),
    "ekor": (150_000, 13_000_000),
    "orang": (300_000, 6_000_000),
    "anak": (1_300_000, 2_200_000),
    "ruang": (90_000_000, 350_000_000),
    "KK": (3_000_000, 10_000_000),
}


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?:\s|$)", text))


REGIONS = rows(APP / "regions" / "data" / "regions.csv")
VILLAGES = {row["code"] for row in REGIONS if row["level"] == "village"}
AGENCIES = rows(APP / "plans" / "data" / "agencies.csv")
BELU_PLAN = toml(APP / "plans" / "data" / "belu.toml")
PROPOSALS: list[dict[str, Any]] = toml(DEMO / "proposals.toml")["proposal"]
DECISIONS = toml(DEMO / "decisions.toml")
INNOVATIONS: list[dict[str, Any]] = toml(DEMO / "innovations.toml")["innovation"]
KEYS = {proposal["key"] for proposal in PROPOSALS}
INNOVATIVE = {proposal["key"] for proposal in PROPOSALS if proposal.get("innovative")}
BELU_AGENCIES = {row["short_name"] for row in AGENCIES if row["regency_code"] == BELU}


# Regions


def test_each_regency_has_its_official_number_of_districts_and_villages() -> None:
    count = Counter((row["code"][:5], row["level"]) for row in REGIONS)
    assert (count[BELU, "district"], count[BELU, "village"]) == (12, 81)
    assert (count[BELITUNG_TIMUR, "district"], count[BELITUNG_TIMUR, "village"]) == (7, 39)


def test_every_region_has_its_parent_in_the_file() -> None:
    codes = {row["code"] for row in REGIONS}
    assert all(row["parent_code"] in codes for row in REGIONS if row["level"] != "regency")


# Plans


def test_vision_values_and_misi_are_those_of_the_source() -> None:
    assert BELU_PLAN["plan"]["vision"] == VISION
    assert [value["name"] for value in BELU_PLAN["value"]] == VALUES
    assert [misi["text"] for misi in BELU_PLAN["misi"]] == MISI
    assert [misi["number"] for misi in BELU_PLAN["misi"]] == [1, 2, 3, 4, 5]


@pytest.mark.skipif(not SOURCES.exists(), reason="the source documents are not beside the clone")
def test_the_plan_of_belu_stands_word_for_word_in_its_source() -> None:
    source = " ".join((SOURCES / "belu-visi-misi.txt").read_text(encoding="utf-8").split())
    plan = BELU_PLAN["plan"]
    assert plan["vision"] in source
    assert plan["vision_meaning"] in source
    for value in BELU_PLAN["value"]:
        assert f"{value['name']}: {value['meaning']}" in source
    for misi in BELU_PLAN["misi"]:
        assert f"{misi['number']}. {misi['text']}" in source


def test_belitung_timur_has_four_pillars_and_no_invented_misi() -> None:
    rad = toml(APP / "plans" / "data" / "belitung-timur.toml")
    assert [pillar["name"] for pillar in rad["pillar"]] == PILLARS
    assert rad["plan"]["innovations_counted"] == 188
    assert rad["plan"]["vision"] == ""
    assert "misi" not in rad


def test_pillars_point_to_the_four_national_ones() -> None:
    national = toml(APP / "plans" / "data" / "national.toml")["pillar"]
    assert [pillar["name"] for pillar in national] == [
        "Kesehatan",
        "Pendidikan",
        "Pangan",
        "Digitalisasi",
    ]
    numbers = {pillar["number"] for pillar in national}
    rad = toml(APP / "plans" / "data" / "belitung-timur.toml")
    assert {pillar["national"] for pillar in rad["pillar"]} <= numbers


def test_agencies_have_one_short_name_each() -> None:
    names = Counter((row["regency_code"], row["short_name"]) for row in AGENCIES)
    assert max(names.values()) == 1
    assert {row["needs_check"] for row in AGENCIES} == {"yes", "no"}
    assert all(row["needs_check"] == "no" for row in AGENCIES if row["regency_code"] != BELU)


def test_named_innovations_say_no_more_than_their_source() -> None:
    named = rows(APP / "innovations" / "data" / "belitung-timur.csv")
    assert {row["name"]: row["expansion"] for row in named} == NAMED_INNOVATIONS
    assert Counter(row["pillar_number"] for row in named) == {"1": 4, "2": 4, "3": 3, "4": 4}
    assert {row["stage"] for row in named} == {"ADOPTED"}
    assert not any(re.search(r"\d", row["description"]) for row in named)


@pytest.mark.skipif(not SOURCES.exists(), reason="the source documents are not beside the clone")
def test_named_innovations_stand_in_their_source() -> None:
    source = (SOURCES / "belitung-timur-inovasi-rad.txt").read_text(encoding="utf-8")
    for name, expansion in NAMED_INNOVATIONS.items():
        assert (f"{name} ({expansion})" if expansion else name) in source


# Proposals


def test_there_are_twelve_proposals_for_every_kecamatan_and_most_villages() -> None:
    assert len(PROPOSALS) >= 144
    by_district = Counter(proposal["village"][:8] for proposal in PROPOSALS)
    assert len(by_district) == 12
    assert min(by_district.values()) >= 12
    assert len({proposal["village"] for proposal in PROPOSALS}) >= 75


def test_every_misi_has_its_share_of_proposals() -> None:
    share = Counter(number for proposal in PROPOSALS for number in proposal["misi"])
    assert set(share) == {1, 2, 3, 4, 5}
    for number, least in {1: 35, 2: 30, 3: 40, 4: 12, 5: 15}.items():
        assert share[number] >= least


def test_keys_and_titles_are_unique_and_titles_fit() -> None:
    assert len(KEYS) == len(PROPOSALS)
    assert len({proposal["title"].casefold() for proposal in PROPOSALS}) == len(PROPOSALS)
    assert max(len(proposal["title"]) for proposal in PROPOSALS) <= 90
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in KEYS)


def test_every_proposal_is_complete_and_lies_in_a_village_of_belu() -> None:
    for proposal in PROPOSALS:
        key = proposal["key"]
        assert list(proposal)[:7] == ORDER_OF_KEYS, key
        assert proposal["village"] in VILLAGES, key
        assert proposal["village"].startswith(BELU), key
        assert len(set(proposal["misi"])) == len(proposal["misi"]) in {1, 2}, key
        assert 2 <= sentences(proposal["problem"]) <= 4, key
        assert 1 <= sentences(proposal["work"]) <= 3, key
        assert min(proposal["volume"], proposal["estimate"], proposal["beneficiaries"]) > 0, key


def test_every_price_stays_in_the_range_of_its_unit() -> None:
    for proposal in PROPOSALS:
        lowest, highest = PRICE_RANGES.get(proposal["unit"], (900_000, 900_000_000))
        assert lowest <= proposal["estimate"] / proposal["volume"] <= highest, proposal["key"]


def test_an_innovative_proposal_has_a_name_made_of_its_expansion() -> None:
    assert 18 <= len(INNOVATIVE) <= 26
    names = [proposal["name"] for proposal in PROPOSALS if proposal["key"] in INNOVATIVE]
    assert len(set(names)) == len(names)
    for proposal in PROPOSALS:
        assert ("name" in proposal) == ("expansion" in proposal) == (proposal["key"] in INNOVATIVE)
        if proposal["key"] in INNOVATIVE:
            capitals = "".join(letter for letter in proposal["expansion"] if letter.isupper())
            assert capitals == proposal["name"].replace(" ", "")


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.toml")), ids=lambda path: path.name)
def test_no_personal_numbers_stand_in_the_demonstration(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not LOOKS_LIKE_A_NIK.search(text)
    assert not LOOKS_LIKE_A_PHONE.search(text)


# Decisions and people


def test_decisions_cover_their_closed_lists() -> None:
    assert len(DECISIONS["reject"]) >= 12
    assert {item["code"] for item in DECISIONS["reject"]} == REASONS
    assert len(DECISIONS["return"]) >= 10
    assert {item["code"] for item in DECISIONS["return"]} <= REASONS
    assert len(DECISIONS["route"]) >= 8
    assert {item["agency"] for item in DECISIONS["route"]} <= BELU_AGENCIES
    assert len(DECISIONS["stop"]) >= 2


def test_five_answers_are_given_for_innovative_proposals_only() -> None:
    answered = [item["for"] for item in DECISIONS["escalate"]]
    assert len(answered) >= 8
    assert len(set(answered)) == len(answered)
    assert set(answered) <= INNOVATIVE
    for item in DECISIONS["escalate"]:
        for question in ("novelty", "benefit", "burden", "authority", "replication"):
            assert sentences(item[question]) == 1


def test_there_are_names_enough_and_none_twice() -> None:
    people = toml(DEMO / "people.toml")
    for group, least in {"women": 60, "men": 60, "family": 50}.items():
        assert len(people[group]) >= least
        assert len(set(people[group])) == len(people[group])


# Innovations


def test_six_innovations_stand_in_six_stages_one_was_stopped_and_all_were_escalated() -> None:
    assert len(INNOVATIONS) == 7
    assert {innovation["stage"] for innovation in INNOVATIONS} == set(NEEDED_BY_STAGE)
    origins = {innovation["proposal"] for innovation in INNOVATIONS}
    assert origins <= {item["for"] for item in DECISIONS["escalate"]}


@pytest.mark.parametrize("innovation", INNOVATIONS, ids=lambda item: item["proposal"])
def test_an_innovation_holds_what_its_stage_needs(innovation: dict[str, Any]) -> None:
    provisions = innovation["provision"]
    assert innovation["proposal"] in INNOVATIVE
    assert innovation["agency"] in BELU_AGENCIES
    assert innovation["pillar"] in range(5)
    assert {item["kind"] for item in provisions} >= NEEDED_BY_STAGE[innovation["stage"]]
    for item in provisions:
        assert set(item) >= FIELDS_BY_KIND[item["kind"]]
        assert "DEMO" in item.get("number", "DEMO")
        assert "(contoh)" in item.get("person", "(contoh)")


@pytest.mark.parametrize("innovation", INNOVATIONS, ids=lambda item: item["proposal"])
def test_dates_of_an_innovation_follow_its_stages(innovation: dict[str, Any]) -> None:
    dated = {item["kind"]: item["dated_days_ago"] for item in innovation["provision"] if "dated_days_ago" in item}
    ages = [dated[kind] for kind in ORDER_IN_TIME if kind in dated]
    assert ages == sorted(ages, reverse=True)
    assert all(age > 0 for age in ages)

"""The NIK's format: every date that can be, both centuries, and nothing that somebody types breaks it."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.identity.rules import OwnFacts, Refusal, Sex, refuse_oneself
from app.identity.rules.nik import ADULT, OLDEST, PROVINCES, Doubt, Fault, Nik, age, doubts, parse_nik
from app.identity.rules.verifying import Claim, FormatVerifier

TODAY = date(2026, 11, 21)
SERIALS = st.integers(1, 9999)
BIRTHDAYS = st.dates(date(TODAY.year - OLDEST - 1, 11, 22), TODAY)


def written(born: date, *, is_woman: bool = False, region: str = "530401", serial: int = 1) -> str:
    return f"{region}{born.day + 40 * is_woman:02d}{born:%m%y}{serial:04d}"


def parsed(digits: str, today: date = TODAY) -> Nik:
    nik = parse_nik(digits, today)
    assert isinstance(nik, Nik), nik
    return nik


@given(BIRTHDAYS, st.booleans(), st.sampled_from(sorted(PROVINCES)), SERIALS)
@example(date(2000, 2, 29), True, 53, 1)
@example(date(1924, 2, 29), False, 53, 1)
@example(date(2024, 2, 29), True, 53, 1)
@example(TODAY, False, 96, 9999)
@example(date(1916, 11, 22), True, 11, 1)
def test_everybody_alive_has_a_nik_that_is_read_back(born: date, is_woman: bool, province: int, serial: int) -> None:
    nik = parsed(written(born, is_woman=is_woman, region=f"{province}0401", serial=serial))
    assert born in nik.birthdays
    assert (nik.sex, nik.last4) == (Sex.FEMALE if is_woman else Sex.MALE, f"{serial:04d}")


def test_every_day_of_a_hundred_and_ten_years_can_be_a_birthday() -> None:
    born = TODAY.replace(year=TODAY.year - OLDEST) + timedelta(days=1)
    while born <= TODAY:
        assert born in parsed(written(born)).birthdays
        born += timedelta(days=1)


@given(BIRTHDAYS)
def test_the_year_is_asked_exactly_where_a_child_or_somebody_very_old_is_meant(born: date) -> None:
    nik = parsed(written(born))
    days = (_in(century + born.year % 100, born) for century in (2000, 1900))
    twins = [day for day in days if day and 0 <= age(day, TODAY) <= OLDEST]
    assert list(nik.birthdays) == (twins if age(twins[0], TODAY) < ADULT else twins[:1])


def _in(year: int, born: date) -> date | None:
    try:
        return born.replace(year=year)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("day_to_year", "years"),
    [
        ("170588", (1988,)),
        ("170509", (2009,)),
        ("170510", (2010,)),
        ("170516", (2016, 1916)),
        ("221115", (2015, 1915)),
        ("211115", (2015,)),  # 1915 would be 111 today
        ("170520", (2020, 1920)),
        ("211126", (2026, 1926)),
        ("221126", (1926,)),  # tomorrow
        ("170527", (1927,)),
        ("290200", (2000,)),  # 1900 had no such day
        ("290224", (2024, 1924)),
        ("290220", (2020, 1920)),
    ],
)
def test_which_years_two_digits_may_mean(day_to_year: str, years: tuple[int, ...]) -> None:
    nik = parsed(f"530401{day_to_year}0001")
    assert nik.birth_years == years


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.NOT_SIXTEEN_DIGITS),
        ("530401570588090", Fault.NOT_SIXTEEN_DIGITS),
        ("53040157058809001", Fault.NOT_SIXTEEN_DIGITS),
        ("530401570588O900", Fault.NOT_SIXTEEN_DIGITS),
        ("5304015705880९00", Fault.NOT_SIXTEEN_DIGITS),
        ("²304015705880900", Fault.NOT_SIXTEEN_DIGITS),
        ("2004015705880900", Fault.NO_SUCH_PROVINCE),
        ("0004015705880900", Fault.NO_SUCH_PROVINCE),
        ("9704015705880900", Fault.NO_SUCH_PROVINCE),
        ("5304010005880900", Fault.NO_SUCH_DATE),
        ("5304013205880900", Fault.NO_SUCH_DATE),
        ("5304014005880900", Fault.NO_SUCH_DATE),
        ("5304017205880900", Fault.NO_SUCH_DATE),
        ("5304011713880900", Fault.NO_SUCH_DATE),
        ("5304011700880900", Fault.NO_SUCH_DATE),
        ("5304013102880900", Fault.NO_SUCH_DATE),
        ("5304017102880900", Fault.NO_SUCH_DATE),
        ("5304012902230900", Fault.NO_SUCH_DATE),  # neither 2023 nor 1923
        ("5304015705880000", Fault.NO_SERIAL),
    ],
)
def test_what_cannot_be_a_nik_says_why(typed: str, fault: Fault) -> None:
    assert parse_nik(typed, TODAY) is fault


def test_there_are_thirty_eight_provinces() -> None:
    assert len(PROVINCES) == 38


@given(
    st.one_of(st.text(max_size=40), st.text("0123456789", min_size=16, max_size=16), st.from_regex(r"53040[1-9]\d{10}"))
)
def test_nothing_typed_breaks_it_and_what_it_takes_is_sane(typed: str) -> None:
    found = parse_nik(typed, TODAY)
    if isinstance(found, Nik):
        assert all(0 <= age(day, TODAY) <= OLDEST for day in found.birthdays)
        assert len(found.digits) == 16
        assert found.digits not in repr(found)


@given(
    BIRTHDAYS,
    st.lists(st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2011", "\u200b", "\t"]), min_size=16, max_size=16),
)
def test_twenty_spellings_are_one_nik(born: date, gaps: list[str]) -> None:
    digits = written(born)
    assert parsed("".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))).digits == digits


def test_doubts_never_say_no() -> None:
    nik = parsed("3171015705880001")
    assert doubts(nik, "53.04", 1990, Sex.MALE) == (Doubt.ELSEWHERE, Doubt.OTHER_BIRTH_YEAR, Doubt.OTHER_SEX)
    assert FormatVerifier().verify(Claim(nik, "53.04", 1990, Sex.MALE)).is_accepted
    assert doubts(nik, "31.71", 1988, Sex.FEMALE) == ()
    assert doubts(nik, "31.71", None, None) == ()


@pytest.mark.parametrize(
    ("digits", "said", "is_child"),
    [
        ("5304012111090001", None, False),  # seventeen today
        ("5304012211090001", None, True),
        ("5304011705200001", None, True),
        ("5304011705200001", 1920, False),
        ("5304011705880001", 2015, True),  # the NIK is wrong, and never corrected
        ("5304011705150001", 1980, False),
    ],
)
def test_children_are_told_from_adults_by_the_day(digits: str, said: int | None, is_child: bool) -> None:
    assert parsed(digits).is_child(said, TODAY) is is_child


@pytest.mark.parametrize("is_attested", [False, True])
@pytest.mark.parametrize("is_recorded", [False, True])
@pytest.mark.parametrize("is_by_others", [False, True])
@pytest.mark.parametrize("is_child", [False, True])
def test_who_may_enter_their_own(is_attested: bool, is_recorded: bool, is_by_others: bool, is_child: bool) -> None:
    refusal = refuse_oneself(OwnFacts(is_attested, is_recorded, is_by_others, is_child))
    if is_by_others or (is_attested and is_recorded):
        assert refusal is Refusal.ALREADY_IDENTIFIED
    else:
        assert refusal is (Refusal.TOO_YOUNG if is_child else None)

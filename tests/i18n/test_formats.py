"""Numbers, rupiah and dates, in both languages and in the zone of the regency."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import formats
from app.regions.rules import Regency

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BELU = Regency("53.04", "belu", "Kabupaten Belu", "BLU", "Asia/Makassar", "Atambua")
BELTIM = Regency("19.06", "belitung-timur", "Kabupaten Belitung Timur", "BTM", "Asia/Jakarta", "Manggar")


@pytest.mark.parametrize(
    ("lang", "regency", "expected"),
    [
        ("id", BELU, "Sabtu, 21 November 2026, 20.00 WITA"),
        ("id", BELTIM, "Sabtu, 21 November 2026, 19.00 WIB"),
        ("en", BELU, "Saturday, 21 November 2026, 20:00 WITA"),
    ],
)
def test_moments_are_told_in_the_regencys_zone(app: Flask, lang: str, regency: Regency, expected: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        g.regency = regency
        assert formats.moment(AT) == expected


def test_a_late_evening_is_the_next_day_further_east(app: Flask) -> None:
    with app.test_request_context("/"):
        for regency, expected in ((BELTIM, "21 November 2026"), (BELU, "22 November 2026")):
            g.regency = regency
            assert formats.day(AT + timedelta(hours=4, minutes=30)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "Rp0"), (999, "Rp999"), (1_250_000, "Rp1.250.000"), (10**12, "Rp1.000.000.000.000"), (-5000, "-Rp5.000")],
)
def test_rupiah_has_dots_in_every_language(app: Flask, value: int, expected: str) -> None:
    for lang in ("id", "en"):
        with app.test_request_context(f"/?lang={lang}"):
            assert formats.rupiah(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(24_500_000_000, "Rp24,5 miliar"), (148_000_000, "Rp148 juta"), (999_999, "Rp999.999"), (1_000_000, "Rp1 juta")],
)
def test_big_sums_are_read_at_a_glance(app: Flask, value: int, expected: str) -> None:
    with app.test_request_context("/"):
        assert formats.rupiah_short(value) == expected


@given(value=st.integers(-(10**15), 10**15))
def test_a_sum_can_be_read_back(value: int) -> None:
    assert int(formats.rupiah(value).replace("Rp", "").replace(".", "")) == value


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=12, hours=3), "12 hari lagi"),
        (timedelta(hours=23), "23 jam lagi"),
        (timedelta(minutes=5), "kurang dari 1 jam lagi"),
    ],
)
def test_what_is_left_is_told_in_its_largest_unit(app: Flask, left: timedelta, expected: str) -> None:
    with app.test_request_context("/"):
        assert formats.remaining(AT + left, AT) == expected

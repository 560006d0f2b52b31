"""NIK and phones: found however they are written, hidden wherever they are kept, and nothing else mistaken for them."""

import logging

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.private import PRIVATE_NUMBER, hidden
from tests.client import Visitor

GAPS = ["", " ", ".", "-", "/", " - "[:2], "\u00a0", "\u2011", "\u2013"]


@given(st.text("0123456789", min_size=16, max_size=16), st.lists(st.sampled_from(GAPS), min_size=15, max_size=15))
def test_sixteen_digits_never_come_through_with_what_stands_between_them(digits: str, gaps: list[str]) -> None:
    written = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    assert digits not in "".join(c for c in hidden(f"NIK saya {written}, ya") if c.isdigit())


@given(
    st.sampled_from(["0", "+62", "62", "+62 ", "0 "]),
    st.text("0123456789", min_size=8, max_size=11),
    st.sampled_from(["", " ", "-", "."]),
    st.integers(2, 5),
)
def test_mobile_numbers_are_found_in_groups_of_any_size(start: str, rest: str, gap: str, size: int) -> None:
    groups = [rest[1:][at : at + size] for at in range(0, len(rest) - 1, size)]
    assert PRIVATE_NUMBER.search(f"hubungi {start}8{rest[0]}{gap}{gap.join(groups)} ya")


@pytest.mark.parametrize(
    "text",
    ["53.04.01-570588-0900", "5304/0157/0588/0900", "5304–0157–0588–0900", "5.304.015.705.880.900", "(0812) 3456-7890",
     "0 8 1 2 3 4 5 6 7 8 9 0", "+670 7723 4567", "+6707723 4567", "0812\u00a03456\u00a07890"],
)  # fmt: skip
def test_written_in_other_ways_they_are_found_too(text: str) -> None:
    assert PRIVATE_NUMBER.search(text)


@pytest.mark.parametrize(
    "text",
    ["Rp10.000.000-25.000.000", "Rp 10.000.000 – 25.000.000", "08.00-10.30 13.00-15.00", "12-11-2026 13-12-2026",
     "1.250.000.000.000", "Perbup 12/2025 dan 13/2026", "-9.08957, 125.16233", "12345678"],
)  # fmt: skip
def test_sums_hours_dates_and_card_numbers_are_left_alone(text: str) -> None:
    assert not PRIVATE_NUMBER.search(text)


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    def view() -> None:
        raise ValueError("tidak terbaca: 5304 0157 0588 0900")

    monkeypatch.setitem(app.view_functions, "home.help", view)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


def test_the_log_keeps_no_number_of_a_person(broken: Flask, client: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/bantuan?q=5304015705880900").status_code == 500
    broken.logger.warning("telepon %s dari %s", "+6281298765432", "Oma")
    assert "tidak terbaca" in caplog.text
    assert "telepon" in caplog.text
    assert not PRIVATE_NUMBER.search(caplog.text)
    assert all(record.levelno >= logging.WARNING for record in caplog.records if record.name == broken.logger.name)

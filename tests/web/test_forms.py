"""Cleaning of typed text, and what must not be published."""

import unicodedata

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.web.forms import PRIVATE_NUMBER, Form, WholeNumberField, clean, clean_line, is_local


@given(st.text(max_size=200))
def test_cleaning_is_done_after_one_pass_and_leaves_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"]
    assert "\n" not in clean_line(text)


def test_zero_width_and_direction_tricks_are_taken_out() -> None:
    assert clean_line("Jalan\u200b \u202etani\u202c\u2066") == "Jalan tani"


@pytest.mark.parametrize(
    "text",
    [
        "5304012345678901",
        "NIK 5304 0123 4567 8901 atas nama",
        "hubungi 0812 3456 7890",
        "WA +62 812-3456-7890 ya",
        "telp 62812.3456.7890",
    ],
)
def test_nik_and_phones_are_found(text: str) -> None:
    assert PRIVATE_NUMBER.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rp 185.000.000 untuk 450 meter",
        "tahun 2025-2029, 1.250.000.000 rupiah",
        "53.04.01.2005",
        "BLU-28-00042",
        "08.00 sampai 16.00",
        "12 titik, 08 meter, 3 x 4",
        "luas 800.000.000 m2",
    ],
)
def test_sums_codes_and_hours_are_no_private_numbers(text: str) -> None:
    assert not PRIVATE_NUMBER.search(text)


@pytest.mark.parametrize("target", ["/", "/akun", "/belu/usulan?q=air#x", "/belu/usulan/BLU-28-00042"])
def test_addresses_on_this_site_are_followed(target: str) -> None:
    assert is_local(target)


@pytest.mark.parametrize(
    "target",
    [
        "", None, 7, "akun", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example",
        "https://evil.example", "HTTPS:evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example",
        "/ok\r\nSet-Cookie: a=b", "/\n/evil.example", " //evil.example", "/\x00", "/ /evil", "/\u2028/evil",
        "http:/evil.example", "http:evil", "mailto:a@b", "ftp://x", ".//evil", "?next=//evil", "#//evil", "/é",
        "/" + "a" * 600,
    ],
)  # fmt: skip
def test_addresses_elsewhere_are_not_followed(target: object) -> None:
    assert not is_local(target)


class NumberForm(Form):
    many = WholeNumberField()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("-5", -5),
        ("2.5", None),
        ("1250000.00", None),
        ("1.25.000", None),
        ("1,250,000", None),
        ("²", None),
        ("9" * 16, None),
    ],
)
def test_a_whole_number_is_what_was_typed_or_nothing(app: Flask, typed: str, meant: int | None) -> None:
    with app.test_request_context("/", method="POST", data={"many": typed}):
        assert NumberForm().many.data == meant

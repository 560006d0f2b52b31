"""Phones, card numbers, passwords, attestation: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import (
    AttestationFacts,
    PasswordFault,
    Refusal,
    card_number,
    is_card_number,
    normal_phone,
    password_fault,
    refuse_attestation,
)
from app.kernel.actor import Level


@pytest.mark.parametrize(
    "typed", ["0812 3456 7890", "081234567890", "62812-3456-7890", "+62 812 3456 7890", "(0812)34567890"]
)
def test_one_phone_however_it_is_typed(typed: str) -> None:
    assert normal_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0389 21234",
        "+670 8723 4567",
        "+1 202 555 0123",
        "08123",
        "0812345678901234",
        "0812abcd7890",
        "٠٨١٢٣٤٥٦٧٨٩٠",
    ],
)
def test_what_is_no_indonesian_mobile_number_is_none(typed: str) -> None:
    assert normal_phone(typed) is None


@given(st.text(max_size=40))
def test_a_normal_phone_is_its_own_normal_form(typed: str) -> None:
    phone = normal_phone(typed)
    assert phone is None or normal_phone(phone) == phone


def test_card_numbers_are_distinct_and_have_a_check_digit() -> None:
    numbers = [card_number(serial) for serial in range(1, 5000)]
    assert len(set(numbers)) == len(numbers)
    assert all(is_card_number(number) for number in numbers)


@given(st.integers(1, 9_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_number_shows(serial: int, place: int, shift: int) -> None:
    number = card_number(serial)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not is_card_number(wrong)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("pendek", PasswordFault.TOO_SHORT),
        ("x" * 129, PasswordFault.TOO_LONG),
        ("aaaaaaaa", PasswordFault.TOO_COMMON),
        ("Password", PasswordFault.TOO_COMMON),
        ("081234567890", PasswordFault.OWN_DATA),
        ("mariabere", PasswordFault.OWN_DATA),
        ("jagung sumur kakak", None),
    ],
)
def test_passwords_are_told_what_is_wrong_with_them(password: str, fault: PasswordFault | None) -> None:
    assert password_fault(password, ("+6281234567890", "Maria Bere")) is fault


@pytest.mark.parametrize("level", Level)
def test_attesting_is_refused_for_oneself_and_for_who_is_attested_already(level: Level) -> None:
    facts = AttestationFacts(5, "53.04.01.2005", level)
    assert refuse_attestation(facts, 5) is Refusal.OWN_ATTESTATION
    assert refuse_attestation(facts, 6) is (Refusal.ALREADY_ATTESTED if level is Level.ATTESTED else None)

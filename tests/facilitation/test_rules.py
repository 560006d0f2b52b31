"""Which residents the desk shows, and why one is not enrolled."""

import pytest

from app.facilitation.rules import LEVELS, Refusal, Shown, refuse_enrolment
from app.facilitation.words import REFUSALS, SHOWN
from app.kernel.actor import Level


def test_every_level_is_on_exactly_one_list() -> None:
    assert sorted(level for shown in Shown for level in LEVELS[shown]) == sorted(Level)


@pytest.mark.parametrize(
    ("namesakes", "is_another", "refusal"),
    [
        (0, False, None),
        (0, True, None),
        (1, False, Refusal.NAME_KNOWN),
        (5, False, Refusal.NAME_KNOWN),
        (1, True, None),
    ],
)
def test_a_known_name_is_enrolled_only_for_another_person(
    namesakes: int, is_another: bool, refusal: Refusal | None
) -> None:
    assert refuse_enrolment(namesakes, is_another=is_another) is refusal


def test_every_code_has_words() -> None:
    assert set(REFUSALS) == set(Refusal)
    assert set(SHOWN) == set(Shown)

"""The questions of a proposal, one a page: their order, what each asks for, and what is still to be answered."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from app.proposals.rules import Answers

# What one person may have begun and not sent.
MOST_DRAFTS = 20


class Question(StrEnum):
    """In the order in which they are asked; the values stand in addresses."""

    PROBLEM = "masalah"
    PLACE = "tempat"
    KIND = "pekerjaan"
    WORK = "kebutuhan"
    PEOPLE = "manfaat"
    PHOTOS = "foto"
    NAME = "judul"


# Which answers each page gives. The work is described in the unit of its entry, so it remembers which one that was.
ASKS: dict[Question, tuple[str, ...]] = {
    Question.PROBLEM: ("problem",),
    Question.PLACE: ("hamlet", "latitude", "longitude", "is_at_home"),
    Question.KIND: ("entry_id",),
    Question.WORK: ("entry_id", "work", "volume", "unit", "estimate", "group_name", "group_registration"),
    Question.PEOPLE: ("beneficiaries",),
    Question.PHOTOS: (),
    Question.NAME: ("title", "misi_ids"),
}
Said = Mapping[str, Mapping[str, Any]]


def is_answered(question: Question, said: Said) -> bool:
    """The work has to be described again when another entry was chosen."""
    if question not in said:
        return False
    if question is Question.WORK:
        return said[question].get("entry_id") == said.get(Question.KIND, {}).get("entry_id")
    return True


def next_question(said: Said) -> Question | None:
    """The first one that still waits; None when all have been answered."""
    return next((question for question in Question if not is_answered(question, said)), None)


def question_before(question: Question) -> Question | None:
    order = list(Question)
    at = order.index(question)
    return order[at - 1] if at else None


def step_of(question: Question) -> tuple[int, int]:
    """Which page it is, and of how many."""
    return list(Question).index(question) + 1, len(Question)


def with_answer(said: Said, question: Question, answer: Mapping[str, Any], *, is_at_home: bool = False) -> Said:
    """What has been said with this answer; work that is usually at a home says so of its place, until corrected."""
    fresh = {**said, question: {name: answer[name] for name in ASKS[question]}}
    is_new = said.get(question, {}).get("entry_id") != answer.get("entry_id")
    if question is Question.KIND and is_at_home and is_new:
        fresh[Question.PLACE] = {**fresh.get(Question.PLACE, {}), "is_at_home": True}
    return fresh


def all_said(answers: Answers) -> Said:
    """Answers that were given at once, as if each had been asked for."""
    plain = {field.name: getattr(answers, field.name) for field in fields(answers)}
    plain["misi_ids"] = sorted(answers.misi_ids)
    return {question: {name: plain[name] for name in names} for question, names in ASKS.items()}


def to_answers(said: Said, village_code: str) -> Answers | None:
    """The whole proposal; None while a question waits."""
    if next_question(said) is not None:
        return None
    plain = {name: said[question][name] for question, names in ASKS.items() for name in names}
    return Answers(**plain | {"village_code": village_code, "misi_ids": frozenset(plain["misi_ids"])})

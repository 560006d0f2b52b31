"""The five questions of PP 38/2017: which winners are innovations, and which are ordinary work."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.innovations.rules.refusals import Refusal

ANSWER_LENGTH = (10, 500)
NOTE_LENGTH = (10, 1000)
NAME_LENGTH = (2, 160)
EXPANSION_LENGTH = (0, 200)
SUMMARY_LENGTH = (20, 2000)


class Criterion(StrEnum):
    NOVELTY = "novelty"
    BENEFIT = "benefit"
    NO_BURDEN = "no_burden"
    AUTHORITY = "authority"
    REPLICABLE = "replicable"


class Outcome(StrEnum):
    ESCALATED = "escalated"
    ROUTED = "routed"


@dataclass(frozen=True)
class Answer:
    """Yes or no, and a sentence that everybody may read."""

    is_yes: bool
    text: str


Answers = Mapping[Criterion, Answer]


def outcome_of(answers: Answers) -> Outcome:
    """Five times yes makes an innovation; anything else is ordinary work."""
    return Outcome.ESCALATED if all(answers[c].is_yes for c in Criterion) else Outcome.ROUTED


@dataclass(frozen=True)
class DecisionFacts:
    """The proposal to be decided on."""

    is_decided: bool
    author_id: int | None
    typed_by_id: int | None


def refuse_decision(facts: DecisionFacts, answers: Answers, wanted: Outcome, actor_id: int | None) -> Refusal | None:
    """Why the actor cannot decide so on the proposal."""
    if facts.is_decided:
        return Refusal.ALREADY_DECIDED
    if actor_id is not None and actor_id in (facts.author_id, facts.typed_by_id):
        return Refusal.OWN_PROPOSAL
    if any(c not in answers or len(answers[c].text.strip()) < ANSWER_LENGTH[0] for c in Criterion):
        return Refusal.ANSWER_MISSING
    if outcome_of(answers) is wanted:
        return None
    return Refusal.IS_INNOVATION if wanted is Outcome.ROUTED else Refusal.NO_INNOVATION

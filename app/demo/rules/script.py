"""The whole script: everything that happened, in order of time."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from app.demo.rules.clock import Clock
from app.demo.rules.contests import tell_contests
from app.demo.rules.deeds import Deeds, first_words
from app.demo.rules.evidence import tell_evidence
from app.demo.rules.gathering import Gathering
from app.demo.rules.monitoring import tell_monitoring
from app.demo.rules.people import gather_people, introduce
from app.demo.rules.pipeline import tell_pipeline
from app.demo.rules.planning import tell_plan
from app.demo.rules.steps import Step, Submit, Support
from app.demo.rules.texts import Texts
from app.demo.rules.works import tell_works

SEED = 5304


def write_script(texts: Texts, villages: Sequence[str], seed: int, today: datetime) -> list[Step]:
    """The same for the same texts, villages, seed and day; `today` is midnight in the regency's zone."""
    clock = Clock(today, Random(seed))  # noqa: S311 (a story that can be told again, not a secret)
    people = gather_people(texts, sorted(villages), clock)
    steps: list[Step] = [
        *introduce(people, texts, clock),
        *tell_contests(texts, people, villages, clock),
        *Gathering(texts, people, clock).tell(),
        *tell_pipeline(texts, clock),
        *tell_plan(texts, clock),
        *tell_works(texts, people, clock),
        *tell_evidence(clock),
    ]
    authors = {step.proposal.key: step.by for step in steps if isinstance(step, Submit)}
    steps += tell_monitoring(texts, clock, _supporters(texts, steps))
    steps += Deeds(texts, people, clock, authors).tell()
    told = (first_words(texts, step) if isinstance(step, Submit) else step for step in steps)
    return sorted(told, key=lambda step: step.at)


def _supporters(texts: Texts, steps: Sequence[Step]) -> dict[str, list[str]]:
    """Who supported the proposal of each innovation, by its name."""
    found: dict[str, list[str]] = {texts.proposals[one.proposal].name: [] for one in texts.innovations}
    for step in steps:
        if isinstance(step, Support) and (name := texts.proposals[step.proposal].name) in found:
            found[name].append(step.by)
    return found

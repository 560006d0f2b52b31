"""What people do with proposals that stand: talk, follow, mend, judge, score; day by day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.demo.rules import standing, steps
from app.demo.rules.clock import Clock
from app.demo.rules.people import OFFICER, PLANNER, People, district_of
from app.demo.rules.steps import Step
from app.demo.rules.texts import DeedText, Texts
from app.discussion.rules.comments import HideCode, Stance, Voice
from app.discussion.rules.follows import Topic
from app.kernel.actor import Role
from app.moderation.rules.reports import Wrong
from app.moderation.rules.verdicts import Level, Outcome
from app.proposals.rules import Event, ReasonCode

# Deeds of one day follow each other by minutes, in the order of the file, and start again at eight when a day is full.
OPENS, APART, DAY_LONG = 8, 4, 640
VOICES = {"pengusul": Voice.AUTHOR, "moderator": Voice.MODERATOR, "pendamping": Voice.FACILITATOR}
VOICES |= {"perencana": Voice.PLANNER, "dinas": Voice.OFFICER}
HELD = {"moderator": Role.MODERATOR, "pendamping": Role.FACILITATOR}
ALWAYS = {"perencana": PLANNER, "dinas": OFFICER}
CODES: dict[str, Callable[[Any], Any]] = {
    "stance": Stance,
    "hide": HideCode,
    "topic": Topic,
    "level": Level,
    "outcome": Outcome,
    "code": ReasonCode,
    "wrong": Wrong,
    "event": Event,
}


@dataclass(frozen=True)
class Deeds:
    """Makes steps of the deeds; `authors` are the people who sent the proposals, by key."""

    texts: Texts
    people: People
    clock: Clock
    authors: Mapping[str, str]

    def tell(self) -> Iterator[Step]:
        for order, deed in enumerate(self.texts.deeds):
            at = self.clock.hour(deed.day, OPENS, APART * order % DAY_LONG)
            yield self._step(deed, at, {name: CODES.get(name, str)(value) for name, value in deed.said.items()})

    def _step(self, deed: DeedText, at: datetime, said: Mapping[str, Any]) -> Step:
        by = self._who(deed)
        match deed.do:
            case "say":
                voice = VOICES.get(deed.by, Voice.RESIDENT)
                return standing.Say(at, by, deed.proposal, voice=voice, **said)
            case "revise":
                return standing.Revise(at, by, self.texts.proposals[deed.proposal])
            case "ask-visit":
                return standing.AskVisit(at, by, deed.proposal, due=self.clock.date(deed.numbers["due"]), **said)
            case _:
                return PLAIN[deed.do](at, by, deed.proposal, **said, **deed.numbers)

    def _who(self, deed: DeedText) -> str:
        """An account, an office of the proposal's place, its author, or one of its neighbours by number."""
        if not deed.proposal:
            return deed.by
        village = self.texts.proposals[deed.proposal].village
        if deed.by == "pengusul":
            return self.authors[deed.proposal]
        if role := HELD.get(deed.by):
            return self.people.holder(role, village)
        if deed.by.startswith("tetangga "):
            return self._neighbours(deed, village)[int(deed.by.removeprefix("tetangga "))]
        return ALWAYS.get(deed.by, deed.by)

    def _neighbours(self, deed: DeedText, village: str) -> Sequence[str]:
        """Those of the village first, then those of the kecamatan."""
        settled = [one for one in self.people.settled(deed.day) if one.key != self.authors[deed.proposal]]
        district = district_of(village)
        near = sorted(settled, key=lambda one: (one.village != village, district_of(one.village) != district))
        return [one.key for one in near]


PLAIN: dict[str, Callable[..., Step]] = {
    "hide": standing.Hide,
    "follow": standing.Follow,
    "judge": standing.Judge,
    "assess": standing.Assess,
    "discuss": standing.Discuss,
    "deviate": standing.Deviate,
    "merge": standing.Unite,
    "split": standing.Part,
    "answer-visit": standing.AnswerVisit,
    "report": standing.Tell,
    "note": standing.Note,
    "move": steps.Move,
}


def first_words(texts: Texts, sent: steps.Submit) -> steps.Submit:
    """What was sent had the slip of the pen that is mended later."""
    slip = texts.slips.get(sent.proposal.key)
    return replace(sent, proposal=replace(sent.proposal, title=slip)) if slip else sent

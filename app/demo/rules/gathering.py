"""How proposals come in, what moderators answer, and who supports them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.demo.rules.clock import Clock
from app.demo.rules.people import RESIDENT, People, district_of
from app.demo.rules.steps import Mend, Move, Step, Submit, Support
from app.demo.rules.texts import ContestText, ProposalText, Texts
from app.kernel.actor import Role
from app.moderation.rules.verdicts import Outcome
from app.proposals.rules import Event

YESTERDAY = -1
# Days on which those are sent whose day the story does not name.
THEN, FOR_CONTEST, NOW, EARLY = (-398, -352), (-44, -14), (-44, -8), (-44, -38)
REJECTED, MENDED, RETURNED = (-42, -9), (-26, -22), (-17, -10)
WITHDRAWN = {True: (-30, -22), False: (-7, -6)}
# The most supported proposal, and how fast the others fall behind it.
MOST_SUPPORTS, FALL, LEAST = 150, 0.6, 3
MOST_BY_TURNOUT = 0.75


@dataclass
class Course:
    """What happens to a proposal: its steps so far, and the days on which it takes support."""

    author: str
    steps: list[Step] = field(default_factory=list)
    public: tuple[int, int] | None = None


@dataclass(frozen=True)
class Gathering:
    """Tells the courses of all proposals."""

    texts: Texts
    people: People
    clock: Clock

    @cached_property
    def talked_of(self) -> set[str]:
        """Proposals that stood early enough for what people do with them later."""
        return {key for deed in self.texts.deeds for key in (deed.proposal, deed.said.get("into", ""))}

    @cached_property
    def ended(self) -> dict[str, int]:
        """Until when a proposal takes support that is united with another later, or put off."""
        ends = [deed for deed in self.texts.deeds if deed.do == "merge" or deed.said.get("outcome") == Outcome.DEFER]
        return {deed.proposal: deed.day - 1 for deed in ends}

    def tell(self) -> Iterator[Step]:
        contests = {key: contest for contest in self.texts.contests for key in contest.options}
        courses = {key: self._course(one, contests.get(key)) for key, one in self.texts.proposals.items()}
        for course in courses.values():
            yield from course.steps
        yield from self._supports({key: course for key, course in courses.items() if course.public})

    def _course(self, proposal: ProposalText, contest: ContestText | None) -> Course:
        key = proposal.key
        if key in self.texts.returned:
            return self._returned(proposal)
        if key in self.texts.waiting:
            return self._sent(proposal, -self.texts.waiting[key])
        if key in self.texts.rejected:
            return self._rejected(proposal)
        if key in self.texts.withdrawn:
            return self._withdrawn(proposal)
        return self._published(proposal, contest)

    def _sent(self, proposal: ProposalText, day: int) -> Course:
        author = self._author(proposal, day)
        return Course(author, [Submit(self.clock.waking(day), author, proposal)])

    def _author(self, proposal: ProposalText, day: int) -> str:
        if proposal.key in self.texts.own:
            return RESIDENT
        neighbours = [one.key for one in self.people.settled(day) if one.village == proposal.village]
        return self.clock.chance.choice(neighbours)

    def _published(self, proposal: ProposalText, contest: ContestText | None) -> Course:
        days = NOW if contest is None else THEN if contest.cycle == "previous" else FOR_CONTEST
        if days is not THEN and proposal.key in self.talked_of:
            days = EARLY
        sent = self.clock.between(*days)
        course = self._sent(proposal, sent)
        until = min(contest.opens - 2 if contest else YESTERDAY, self.ended.get(proposal.key, YESTERDAY))
        self._publish(course, proposal, sent, until)
        return course

    def _publish(self, course: Course, proposal: ProposalText, sent: int, until: int) -> None:
        day = min(sent + self.clock.between(1, 6), until)
        self._answer(course, proposal, day, Event.PUBLISH)
        course.public = (day + 1, until)

    def _answer(self, course: Course, proposal: ProposalText, day: int, event: Event) -> None:
        moderator = self.people.holder(Role.MODERATOR, proposal.village)
        said = (self.texts.returned if event is Event.RETURN else self.texts.rejected).get(proposal.key)
        code, reason = (said.code, said.text) if said and event is not Event.PUBLISH else (None, "")
        course.steps.append(Move(self.clock.office(day), moderator, proposal.key, event, code, reason))

    def _rejected(self, proposal: ProposalText) -> Course:
        sent = self.clock.between(*REJECTED)
        course = self._sent(proposal, sent)
        self._answer(course, proposal, sent + self.clock.between(3, 6), Event.REJECT)
        return course

    def _returned(self, proposal: ProposalText) -> Course:
        """Sent with what has to be mended; whoever has mended it waits again, or is published."""
        said = self.texts.returned[proposal.key]
        sent = self.clock.between(*(MENDED if said.mended else RETURNED))
        course = self._sent(replace(proposal, **said.first), sent)
        self._answer(course, proposal, sent + self.clock.between(3, 5), Event.RETURN)
        if said.mended:
            waiting = self.texts.waiting.get(proposal.key)
            again = -waiting if waiting else sent + self.clock.between(8, 11)
            course.steps.append(Mend(self.clock.waking(again), course.author, proposal))
            if not waiting:
                self._publish(course, proposal, again, YESTERDAY)
        return course

    def _withdrawn(self, proposal: ProposalText) -> Course:
        is_public = self.texts.withdrawn[proposal.key]
        sent = self.clock.between(*WITHDRAWN[is_public])
        course = self._sent(proposal, sent)
        last = sent + self.clock.between(2, 3)
        if is_public:
            last = sent + self.clock.between(12, 14)
            self._publish(course, proposal, sent, last - 1)
        course.steps.append(Move(self.clock.waking(last), course.author, proposal.key, Event.WITHDRAW))
        return course

    def _supports(self, courses: Mapping[str, Course]) -> Iterator[Step]:
        """A few proposals with many supports, most with few."""
        for rank, key in enumerate(self._by_appeal(courses), 1):
            course = courses[key]
            first, last = course.public or (0, YESTERDAY)
            if first > last:  # published yesterday: nobody has seen it yet
                continue
            near = self._nearest_first(self.texts.proposals[key].village, course.author, first)
            wanted = min(int(MOST_SUPPORTS / rank**FALL), int(len(near) * MOST_BY_TURNOUT))
            for person in near[: max(wanted, LEAST)]:
                # Squared: most come in the first days.
                day = first + int((last - first) * self.clock.chance.random() ** 2)
                yield Support(self.clock.waking(day), person, key)

    def _by_appeal(self, keys: Mapping[str, Course]) -> list[str]:
        """The winners and the innovative tend to the front."""
        winners = {key for contest in self.texts.contests for key in contest.winners}
        appeal = {
            key: self.clock.chance.random() * (0.3 if key in winners else 0.6 if self.texts.proposals[key].name else 1)
            for key in keys
        }
        return sorted(keys, key=lambda key: appeal[key])

    def _nearest_first(self, village: str, author: str, day: int) -> Sequence[str]:
        """Neighbours tend to the front, then those of the kecamatan."""
        distance = {
            one.key: (one.village != village) + (district_of(one.village) != district_of(village))
            for one in self.people.settled(day)
            if one.key != author
        }
        strangeness = {key: away + self.clock.chance.random() for key, away in distance.items()}
        return sorted(strangeness, key=lambda key: strangeness[key])

"""A whole contest with invented people, for rehearsals: every step is the action that people use."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode
from app.cycles.actions import open_cycle
from app.cycles.rules import PhaseFacts, PhaseKind
from app.identity import actions as identity
from app.identity.rules.nik import Nik, parse_nik
from app.kernel.actor import CONSOLE, Actor, Role
from app.kernel.windows import Window
from app.plans.queries import misi_of
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.rules import Answers, Event
from app.regions.queries import villages
from app.voting.actions.casting import cast_ballot
from app.voting.actions.opening import open_contest
from app.voting.actions.papers import decide, finish_stack, mark_on_paper, register_stack, type_papers
from app.voting.actions.preparing import prepare_contest
from app.voting.actions.witnesses import set_keys
from app.voting.models import Contest
from app.voting.rules.box import BoxKeys
from app.voting.rules.contest import ContestPlan
from app.voting.rules.counting import Rule
from app.voting.rules.papers import StackPlan

REGENCY, DISTRICT = "53.04", "53.04.01"
WOMAN_DAY = 40
LASTS = timedelta(days=3)
CEILING, MOST_CHOICES = 300_000_000, 3
OPTIONS = (
    ("Pipa air bersih dari mata air", 140_000_000),
    ("Rabat jalan tani ke kebun", 120_000_000),
    ("Atap baru untuk posyandu", 45_000_000),
    ("Sumur bor di dusun atas", 90_000_000),
    ("Jembatan kecil di jalan sekolah", 160_000_000),
    ("Lampu jalan bertenaga surya", 60_000_000),
)
FIRST = ("Maria", "Yosef", "Agustina", "Petrus", "Theresia", "Martinus", "Yuliana", "Dominikus")
LAST = ("Bere", "Mau", "Luruk", "Bete", "Taek", "Manek", "Seran", "Asa")


class Ceremony:
    """The people of a district and its contest; the same for the same moment and the same luck."""

    def __init__(self, start: datetime, luck: Random) -> None:
        self.start, self.luck = start, luck
        self.places = villages(DISTRICT)
        self.planner = self._staff(Role.PLANNER, REGENCY)
        self.moderator = self._staff(Role.MODERATOR, REGENCY)
        self.desk = [self._staff(Role.FACILITATOR, REGENCY) for _ in range(3)]
        self.voters: list[Person] = []

    # People

    def _staff(self, role: Role, scope: str) -> Actor:
        person = accounts.register(accounts.Resident(self._name(), self.places[0].code), self._before)
        accounts.grant(CONSOLE, person, role, scope, self._before)
        return get_actor(person.id, self._before)

    def gather(self, count: int) -> None:
        """Enter so many residents, spread over the villages, and attest them: from now on they may vote."""
        for number in range(count):
            village = self.places[min(self.luck.randrange(len(self.places)), self.luck.randrange(len(self.places)))]
            helper = self.desk[number % len(self.desk)]
            person = accounts.enrol(
                helper, accounts.Resident(self._name(), village.code), Mode.READ_ALOUD, self._before
            )
            identity.identify(helper, person, identity.Particulars(self._nik(village.code, number)), self._before)
            accounts.attest(helper, person, Document.KTP, self._before)
            self.voters.append(person)

    def _name(self) -> str:
        return f"{self.luck.choice(FIRST)} {self.luck.choice(LAST)}"

    def _nik(self, village: str, number: int) -> Nik:
        born = f"{WOMAN_DAY * (number % 2) + number % 28 + 1:02d}{number % 12 + 1:02d}{60 + number % 40}"
        nik = parse_nik(f"{village.replace('.', '')[:6]}{born}{number % 9999 + 1:04d}", self.start.date())
        assert isinstance(nik, Nik)
        return nik

    @property
    def _before(self) -> datetime:
        return self.start - timedelta(days=1)

    # The contest

    def prepare(self) -> Contest:
        phases = [PhaseFacts(kind, Window(self._before, self.start + 2 * LASTS)) for kind in PhaseKind]
        open_cycle(self.planner, REGENCY, self.start.year + 2, phases, self._before)
        costs = {self._publish(title, cost).id: cost for title, cost in OPTIONS}
        window = Window(self.start, self.start + LASTS)
        plan = ContestPlan(
            regency_code=REGENCY,
            region_code=DISTRICT,
            title="Gladi pemilihan usulan",
            ceiling=CEILING,
            max_choices=MOST_CHOICES,
            window=window,
            costs=costs,
            rule=Rule.EQUAL_SHARES,
            is_weighted=True,
            objection_days=1,
        )
        return prepare_contest(self.planner, plan, self._before)

    def _publish(self, title: str, cost: int) -> Proposal:
        author = self.luck.choice(self.voters)
        answers = Answers(
            title=title,
            problem="Warga sudah lama menunggu pekerjaan ini.",
            work="Dikerjakan bersama warga dengan bahan setempat.",
            village_code=author.village_code,
            hamlet="Dusun satu",
            volume=1,
            unit="paket",
            estimate=cost,
            beneficiaries=200,
            misi_ids=frozenset([misi_of(REGENCY)[0].id]),
        )
        actor = get_actor(author.id, self._before)
        draft = proposals.write_draft(actor, answers, str(uuid4()), self._before)
        proposal = proposals.submit(actor, draft, self._before)
        return proposals.move(self.moderator, proposal, Event.PUBLISH, self._before)

    def open(self, contest: Contest, keys: BoxKeys, dice: str) -> Contest:
        set_keys(self.planner, contest, keys, self.start)
        return open_contest(self.planner, contest, dice, self.start)

    # Ballots

    def choose(self) -> list[int]:
        """What somebody likes: low numbers a little more."""
        few = self.luck.choices(range(1, len(OPTIONS) + 1), range(len(OPTIONS) + 3, 3, -1), k=self.luck.randint(1, 3))
        return sorted(set(few))

    def cast(self, contest: Contest, voters: Sequence[Person], at: datetime) -> None:
        """Every fifth person votes on the device of a facilitator."""
        for number, voter in enumerate(voters):
            helper = self.desk[number % len(self.desk)].person_id if number % 5 == 4 else None
            cast_ballot(get_actor(voter.id, at), contest, self.choose(), at, helper)

    def take_paper(self, contest: Contest, voters: Sequence[Person], at: datetime) -> tuple[int, int]:
        """Whoever comes signs; papers are typed by two, and looked at by a third where they differ.

        How many left an envelope behind in the box, and how many papers were read in two ways.
        """
        left = sum(mark_on_paper(self.desk[0], contest.id, voter, at) for voter in voters)
        differing = 0
        for place in self.places:
            papers = sum(voter.village_code == place.code for voter in voters)
            if papers:
                differing += self._type(contest, StackPlan(place.code, f"TPS {place.name}", papers, papers), at)
        return left, differing

    def _type(self, contest: Contest, plan: StackPlan, at: datetime) -> int:
        first, second, third = self.desk
        stack = register_stack(first, contest.id, plan, at)
        read = {number: self.choose() for number in range(1, plan.size + 1)}
        slipped = {number: choices if number > 1 else [7 - choices[0]] for number, choices in read.items()}
        type_papers(first, contest.id, stack.id, read, at)
        type_papers(second, contest.id, stack.id, slipped, at)
        differing = [number for number, choices in read.items() if slipped[number] != choices]
        for number in differing:
            decide(third, contest.id, stack.id, number, read[number], "Dilihat lagi bersama saksi.", at)
        finish_stack(first, contest.id, stack.id, "", at)
        return len(differing)

"""Acting the script out: every step is done by the action that people use, as the person and at the moment it names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatchmethod
from io import BytesIO
from typing import IO

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode
from app.backing import actions as backing
from app.backing.rules.acts import ActState, ActText
from app.backing.rules.resources import CommitmentState, CommitmentText
from app.catalog.actions import import_catalog
from app.cycles import actions as cycles
from app.cycles.models import Cycle
from app.demo import queries
from app.demo.rules import steps
from app.demo.rules.people import BELU, key_of
from app.demo.rules.texts import ProposalText
from app.discussion import actions as discussion
from app.discussion.models import Comment
from app.facilitation import actions as facilitation
from app.facilitation.rules import Deed
from app.files import actions as files
from app.identity import actions as identity
from app.identity.rules.nik import Nik, parse_nik
from app.innovations import actions as innovations
from app.innovations.models import Innovation
from app.kernel.actor import CONSOLE, Actor, AgencyFacts
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import entries_of
from app.proposals.rules import Answers
from app.proposals.rules.works import Entry
from app.voting import actions as voting
from app.voting.actions import rehearsing
from app.voting.models import Contest
from app.voting.queries import options_of
from app.voting.rules.contest import USUAL_CHOICES, ContestPlan
from app.voting.rules.reasons import Explanation


@dataclass(frozen=True)
class Shown:
    """A picture as a form would bring it."""

    filename: str
    stream: IO[bytes]


# Who witnesses every contest of the demonstration.
WITNESSES = (
    ("Maria Goreti Bete", "Panitia kecamatan"),
    ("Yosef Mau Bria", "Badan Permusyawaratan Desa"),
    ("Agustina Luruk", "Inspektorat Kabupaten Belu"),
)


@dataclass
class Play:
    """What has come on stage so far, by the keys of the script; phones and passwords by the key of the account.

    `catalog` is the file of works that is brought in for every cycle, `photos` are pictures by name. `shares` are those
    of the keys of contests that are still open.
    """

    phones: Mapping[str, str]
    passwords: Mapping[str, str]
    tell: Callable[[Explanation], str]
    catalog: bytes
    photos: Mapping[str, bytes]
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    contests: dict[str, Contest] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    shares: dict[str, list[str]] = field(default_factory=dict)
    innovations: dict[str, Innovation] = field(default_factory=dict)
    cycles: list[Cycle] = field(default_factory=list)
    comments: dict[str, Comment] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.misi = queries.misi_ids(BELU)
        self.pillars = queries.pillar_ids(BELU)
        self.agencies = queries.agency_ids(BELU)

    def actor(self, step: steps.Step) -> Actor:
        """Who acts; looked up once, and again after they were attested or given a role."""
        if step.by == steps.CONSOLE:
            return CONSOLE
        if step.by not in self.actors:
            self.actors[step.by] = get_actor(self.people[step.by].id, step.at)
        return self.actors[step.by]

    @singledispatchmethod
    def act(self, step: steps.Step) -> None:
        raise TypeError(step)

    @act.register
    def _(self, step: steps.Register) -> None:
        key, account = key_of(step.account), step.account
        phone = self.phones[key]
        secret = accounts.hash_password(self.passwords[key], phone)
        self.people[key] = accounts.register(accounts.Resident(account.name, account.village, phone, secret), step.at)

    @act.register
    def _(self, step: steps.Enrol) -> None:
        actor, resident = self.actor(step), accounts.Resident(step.name, step.village)
        self.people[step.person] = person = accounts.enrol(actor, resident, Mode.READ_ALOUD, step.at)
        facilitation.note(actor, person, Deed.ENROLLED, step.at)

    @act.register
    def _(self, step: steps.Identify) -> None:
        person, actor, paper = self.people[step.person], self.actor(step), step.paper
        nik = parse_nik(paper.nik, step.at.date())
        assert isinstance(nik, Nik)  # tests/demo looks at every one
        said = identity.Particulars(nik, paper.born.year, paper.sex)
        if step.by == step.person:
            identity.identify_oneself(actor, person, said, step.at)
            accounts.confirm_phone(person, step.at)
            identity.lift_level(person)
        else:
            identity.identify(actor, person, said, step.at)
        if paper.groups:
            mode = Mode.SELF if step.by == step.person else Mode.READ_ALOUD
            identity.declare_groups(actor, person, paper.groups, mode, step.at)
        self.actors.pop(step.person, None)

    @act.register
    def _(self, step: steps.Attest) -> None:
        facilitation.attest(self.actor(step), self.people[step.person], Document.KTP, step.at)
        self.actors.pop(step.person, None)

    @act.register
    def _(self, step: steps.GrantRole) -> None:
        agency = None
        if step.agency:
            agency = AgencyFacts(queries.agency_ids(step.scope)[step.agency], step.scope, step.agency)
        accounts.grant(self.actor(step), self.people[step.person], step.role, step.scope, step.at, step.until, agency)
        self.actors.pop(step.person, None)

    @act.register
    def _(self, step: steps.OpenCycle) -> None:
        actor = self.actor(step)
        import_catalog(actor, step.regency, step.plan_year, "belu.csv", self.catalog, step.at)
        cycle = cycles.open_cycle(actor, step.regency, step.plan_year, step.phases, step.at)
        cycles.set_ceilings(actor, cycle, step.ceilings, step.at)
        self.cycles.append(cycle)
        self.entries = {entry.code: entry for entry in entries_of(step.regency, step.plan_year)}

    def show(self, actor: Actor, form_key: str, names: Sequence[str], at: datetime) -> None:
        """Add pictures to a form."""
        taken = files.take(actor, [Shown(name, BytesIO(self.photos[name])) for name in names], [], at)
        files.keep(actor, form_key, taken, at)

    @act.register
    def _(self, step: steps.Submit) -> None:
        actor, text = self.actor(step), step.proposal
        draft = proposals.write_draft(actor, self.answers(text), text.key, step.at)
        if text.photos:
            self.show(actor, text.key, text.photos, step.at)
            proposals.change_photos(actor, draft, text.key, [])
        self.proposals[text.key] = proposals.submit(actor, draft, step.at)

    @act.register
    def _(self, step: steps.Mend) -> None:
        proposal = self.proposals[step.proposal.key]
        proposals.resubmit(self.actor(step), proposal, self.answers(step.proposal), step.at)

    def answers(self, text: ProposalText) -> Answers:
        return Answers(
            title=text.title,
            problem=text.problem,
            work=text.work,
            village_code=text.village,
            hamlet=text.hamlet,
            volume=text.volume,
            unit=text.unit,
            estimate=text.estimate,
            beneficiaries=text.beneficiaries,
            misi_ids=frozenset(self.misi[number] for number in text.misi),
            entry_id=self.entries[text.entry].id if text.entry else None,
            group_name=text.group[0],
            group_registration=text.group[1],
            latitude=text.pin[0] if text.pin else None,
            longitude=text.pin[1] if text.pin else None,
            is_at_home=text.home,
        )

    @act.register
    def _(self, step: steps.Move) -> None:
        proposal = self.proposals[step.proposal]
        proposals.move(self.actor(step), proposal, step.event, step.at, code=step.code, reason=step.reason)

    @act.register
    def _(self, step: steps.Support) -> None:
        discussion.support(self.actor(step), self.proposals[step.proposal], step.at)

    @act.register
    def _(self, step: steps.PrepareContest) -> None:
        plan = ContestPlan(
            regency_code=BELU,
            region_code=step.region,
            title=step.title,
            ceiling=step.ceiling,
            max_choices=USUAL_CHOICES,
            window=step.window,
            costs={self.proposals[key].id: cost for key, cost in step.costs.items()},
        )
        self.contests[step.contest] = voting.prepare_contest(self.actor(step), plan, step.at)

    @act.register
    def _(self, step: steps.OpenContest) -> None:
        box_keys, self.shares[step.contest] = rehearsing.make_keys(WITNESSES)
        voting.set_keys(self.actor(step), self.contests[step.contest], box_keys, step.at)
        contest = voting.open_contest(self.actor(step), self.contests[step.contest], step.seed, step.at)
        keys = {proposal.id: key for key, proposal in self.proposals.items()}
        drawn = {keys[option.proposal_id]: option.number for option in options_of(contest.id)}
        self.numbers |= {(step.contest, key): number for key, number in drawn.items() if number}

    @act.register
    def _(self, step: steps.Cast) -> None:
        choices = [self.numbers[step.contest, key] for key in step.choices]
        voting.cast_ballot(self.actor(step), self.contests[step.contest], choices, step.at)
        voting.grow_log(self.contests[step.contest].id, step.at)

    @act.register
    def _(self, step: steps.CloseContest) -> None:
        contest, shares = self.contests[step.contest], self.shares.pop(step.contest)
        voting.close_contest(self.actor(step), contest, "", step.at)
        for number, other in ((1, 2), (3, 1)):
            found = rehearsing.open_box(contest, shares[number - 1], shares[other - 1])
            voting.bring_ballots(self.actor(step), contest, number, found, step.at)

    @act.register
    def _(self, step: steps.CertifyContest) -> None:
        voting.certify_contest(self.actor(step), self.contests[step.contest], self.tell, step.at)

    @act.register
    def _(self, step: steps.Escalate) -> None:
        pillar = self.pillars[step.pillar] if step.pillar else None
        proposal = self.proposals[step.proposal]
        self.innovations[step.proposal] = innovations.escalate(
            self.actor(step), proposal, step.answers, step.name, step.expansion, pillar, step.at
        )

    @act.register
    def _(self, step: steps.RouteWork) -> None:
        proposal, agency = self.proposals[step.proposal], self.agencies[step.agency]
        innovations.route(self.actor(step), proposal, step.answers, agency, step.note, step.at)

    @act.register
    def _(self, step: steps.SetLead) -> None:
        agency, pillar = self.agencies[step.agency], self.pillars[step.pillar] if step.pillar else None
        innovations.set_lead(self.actor(step), self.innovations[step.proposal], agency, pillar, step.at)

    @act.register
    def _(self, step: steps.Provide) -> None:
        innovation = self.innovations[step.proposal]
        innovations.add_provision(self.actor(step), innovation, step.kind, step.content, step.at)

    @act.register
    def _(self, step: steps.Back) -> None:
        actor, innovation, what = self.actor(step), self.innovations[step.proposal], step.what
        if isinstance(what, CommitmentText):
            backing.add_commitment(actor, innovation, what, CommitmentState.AGREED, step.on, step.at)
        elif isinstance(what, ActText):
            backing.add_act(actor, innovation, what, ActState.IN_FORCE, step.at)
        else:
            backing.add_partner(actor, innovation, what, step.at)

    @act.register
    def _(self, step: steps.PassGate) -> None:
        innovations.pass_gate(self.actor(step), self.innovations[step.proposal], step.stage, step.reason, step.at)

    @act.register
    def _(self, step: steps.Stop) -> None:
        innovations.stop(self.actor(step), self.innovations[step.proposal], step.reason, step.lesson, step.at)

"""Who asks in the permission matrix, and the things that they ask for: people of every kind, things in each state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.accounts import actions as accounts
from app.accounts.models import Person, RoleGrant
from app.backing import actions as backing
from app.backing import queries as backing_queries
from app.backing.rules.partners import TaskText
from app.credentials.actions import issue_card
from app.db.session import session
from app.discussion.actions import write_comment
from app.discussion.rules.comments import Stance, Voice, Words
from app.facilitation import actions as facilitation
from app.files import actions as files
from app.files.queries import drafts_of
from app.files.rules import Size
from app.innovations import queries as innovation_queries
from app.innovations.models import Innovation
from app.kernel.actor import CONSOLE, SPEAKS, Actor, Level, Role, regency_of
from app.maturity import actions as maturity
from app.maturity.cli import DATA
from app.maturity.rules.evidence import Claim
from app.maturity.rules.tables import read_indicators
from app.moderation.rules import state_mark
from app.monitoring import actions as monitoring
from app.monitoring import queries as monitoring_queries
from app.monitoring.actions.measuring import EvaluationText
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.things import ThingKind
from app.plans.models import Misi
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode
from app.rad import actions as rad
from app.rad import queries as rad_queries
from app.replication.models import Replication
from app.replication.rules import State
from app.voting import actions as voting
from app.voting.actions import papers
from app.voting.models import Contest, Objection
from app.voting.rules.papers import StackPlan
from app.voting.words import tell_for_good
from tests import builders as b
from tests.delivery import works
from tests.files.pictures import photo
from tests.monitoring import things as measured
from tests.rad import matrices

MANGGAR = "19.06.01"
INSIDE, DISTRICT, REGENCY = "inside", "other district", "other regency"
REASON = "Lokasinya belum jelas, tolong sebutkan dusunnya."
NAME = "Domina Seran"  # of the resident to whom the things belong, and of nobody else outside Makir


@dataclass(frozen=True)
class Character:
    """Somebody of a village, who holds a role in a scope or is a resident of a level."""

    village: str = b.MAKIR
    level: Level = Level.CONFIRMED
    role: Role | None = None
    scope: str = ""
    has_factor: bool = True
    is_revoked: bool = False


def _characters() -> dict[str, Character | None]:
    """Columns of the matrix; the things are in Makir of Lamaknen of Belu, and whoever is inside is so for them."""
    homes = {INSIDE: b.MAKIR, DISTRICT: b.TOHE, REGENCY: b.LALANG}
    districts = {INSIDE: b.LAMAKNEN, DISTRICT: b.RAIHAT, REGENCY: MANGGAR}
    regencies = {INSIDE: b.BELU, REGENCY: b.BELTIM}
    scopes = {
        Role.FACILITATOR: homes,
        Role.MODERATOR: districts,
        Role.PLANNER: regencies,
        Role.OFFICER: regencies,
        Role.AUDITOR: regencies,
        Role.ADMINISTRATOR: {INSIDE: "", REGENCY: b.BELTIM},
    }
    residents = {
        f"resident {level} {where}": Character(home, level)
        for level in Level
        for where, home in homes.items()
        if where is not DISTRICT or level is Level.ATTESTED  # where one lives in the regency matters to votes only
    }
    staff = {
        f"{role} {where}": Character(homes[where], role=role, scope=scope)
        for role, where_to_scope in scopes.items()
        for where, scope in where_to_scope.items()
    }
    less = {
        f"{role} without factor": Character(b.MAKIR, role=role, scope=scopes[role][INSIDE], has_factor=False)
        for role in (Role.MODERATOR, Role.ADMINISTRATOR)
    }
    revoked = {"moderator revoked": Character(b.MAKIR, role=Role.MODERATOR, scope=b.LAMAKNEN, is_revoked=True)}
    return {"anyone": None, **residents, **staff, **less, **revoked}


CHARACTERS = _characters()


@dataclass(frozen=True)
class Thing:
    """What an address is about: the values that name it there, and what a form about it has to repeat."""

    values: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """People by column, things that are everybody's, and each one's own."""

    people: Mapping[str, Person | None]
    shared: Mapping[str, Thing]
    own: Mapping[str, Mapping[str, Thing]]

    def thing(self, name: str, column: str) -> Thing:
        """The thing for whoever asks; to those who have none of their own, the resident's."""
        return self.own.get(column, {}).get(name) or self.shared[name]


def make_world() -> World:
    b.make_world()
    b.make_misi(b.BELTIM)
    b.make_cycle(b.BELTIM)
    maker = Maker()
    people = {column: who and _make_person(who) for column, who in CHARACTERS.items()}
    own = {column: maker.own_things(person) for column, person in people.items() if person}
    resident = maker.neighbours[b.MAKIR]
    return World(people, {"": Thing()} | maker.own_things(resident) | maker.things(resident), own)


def _make_person(who: Character) -> Person:
    person = b.make_person(who.village, level=who.level)
    if who.role:
        b.grant_role(person, who.role, who.scope)
    if who.is_revoked:
        row = session.query(RoleGrant).filter_by(person_id=person.id).one()
        accounts.end_grant(CONSOLE, row, REASON, b.NOW)
    return person


class Maker:
    """Makes things, with the help of staff that the matrix does not ask about."""

    def __init__(self) -> None:
        names = {b.MAKIR: NAME, b.TOHE: "Yuliana Bau", b.LALANG: "Harun Saleh"}
        self.neighbours = {village: b.make_person(village, name=name) for village, name in names.items()}
        self.staff = {regency: self._staff(regency) for regency in (b.BELU, b.BELTIM)}
        resident = accounts.Resident("Yosef Mau", b.MAKIR, "+6281299990000", b.PASSWORD_HASH)
        accounts.register(resident, b.NOW)  # who signs in

    def _staff(self, regency: str) -> Actor:
        person = b.make_person(b.KEWAR)
        for role in (Role.MODERATOR, Role.PLANNER):
            accounts.grant(CONSOLE, person, role, regency, b.NOW)
        return b.actor_of(person)

    def proposal(self, author: Person, *events: Event, code: ReasonCode = ReasonCode.LOCATION_UNCLEAR) -> Proposal:
        """A submitted proposal of this author to which these events have happened."""
        proposal = b.make_proposal(author, misi_ids=_third_misi(author))
        for event in events:
            why = {"code": code, "reason": REASON} if event in (Event.RETURN, Event.REJECT) else {}
            proposal = proposals.move(self.staff[proposal.regency_code], proposal, event, b.NOW, **why)
        return proposal

    def own_things(self, person: Person) -> dict[str, Thing]:
        """What differs by who asks; as the resident's, they are what others find.

        Whoever may not send proposals yet has a draft, and no more.
        """
        draft = b.make_draft(person, misi_ids=_third_misi(person))
        first = {
            "own draft": Thing({"key": UUID(draft.form_key), "question": "masalah"}),
            "oneself": Thing({"card_number": person.card_number}),
        }
        if person.level < SPEAKS:
            return first
        typed = self.proposal(self.neighbours[person.village_code])
        typed.typed_by_id = person.id
        return first | {
            "own submitted proposal": _of(self.proposal(person)),
            "own returned proposal": _of(self.proposal(person, Event.RETURN)),
            "own published proposal": _of(published := self.proposal(person, Event.PUBLISH)),
            "own comment": self._comment(person, published),
            "own rejected proposal": _of(self.proposal(person, Event.REJECT)),
            "own selected proposal": _of(self.proposal(person, Event.PUBLISH, Event.SHORTLIST, Event.SELECT)),
            "submitted proposal one has typed": _of(typed),
            "own draft photo": _draft_photo(person),
        }

    def things(self, resident: Person) -> dict[str, Thing]:
        draft, rejected = b.make_draft(resident), self.proposal(resident, Event.REJECT, code=ReasonCode.PRIVATE_DATA)
        innovation = b.make_innovation(self.staff[b.BELU], author=resident)
        return {
            "draft photo": _draft_photo(resident),
            "village": Thing({"code": b.MAKIR}),
            "misi": Thing({"number": 3}),
            "agency": Thing({"agency_id": b.make_agency("Dinas Uji").id}),
            "cycle": Thing({"year": 2028}),
            "innovation": Thing({"number": innovation.number, "kind": "baseline", "section": "biaya"}),
            "adopted innovation": self._adopted(),
            **self._evidence(resident, innovation),
            **self._plan(innovation),
            **self._works(),
            "measured innovation": self._measured(),
            "waiting resident": Thing({"card_number": resident.card_number}),
            "grant of a planner": self._grant(),
            "verified resident": Thing({"card_number": b.make_person(name=NAME, attested=True).card_number}),
            "draft": Thing({"key": UUID(draft.form_key), "question": "masalah", "card_number": resident.card_number}),
            "submitted proposal": _of(self.proposal(resident)),
            "returned proposal": _of(self.proposal(resident, Event.RETURN)),
            "rejected private proposal": _of(rejected),
            "rejected proposal": _of(self.proposal(resident, Event.REJECT)),
            "no batch": Thing({"batch": 77}),
            "passkey": Thing({"number": 77}),
            "gateway": Thing({"gateway": "https"}),
            **self._helped(resident),
            "published proposal": _of(published := self.proposal(resident, Event.PUBLISH)),
            "comment": self._comment(resident, published),
            "selected proposal": _of(self.proposal(resident, Event.PUBLISH, Event.SHORTLIST, Event.SELECT)),
            "prepared contest": self._contest(resident, is_open=False),
            "published proposals": self._contest(resident, is_open=False),
            "open contest": self._contest(resident),
            "closed contest": self._contest(resident, self._close),
            "counted contest": self._contest(resident, self._count),
            "doubted contest": self._doubted(resident),
            "certified contest": self._contest(resident, self._count, self._certify),
            **self._paper(resident),
        }

    def _evidence(self, owner: Person, innovation: Innovation) -> dict[str, Thing]:
        """A video that the owner has brought, and a year whose indicators may still be edited."""
        maturity.bring_in(CONSOLE, read_indicators(DATA.name, DATA.read_bytes()), b.NOW)
        claim = Claim(3, link="https://video.go.id/1")
        made = maturity.provide(b.actor_of(owner), innovation, 35, claim, b.NOW)
        return {
            "evidence": Thing({"number": innovation.number, "indicator": 35, "evidence_id": made.id}),
            "indicators": Thing({"year": maturity.begin_year(CONSOLE, b.NOW), "number": 16}),
        }

    def _adopted(self) -> Thing:
        """An innovation in use with one of everything that it stands on, and a village that has taken it up."""
        planner = self.staff[b.BELU]
        innovation = b.make_adopted(planner, "SIDIK OAN")
        partner = backing_queries.partners_of(innovation.id)[0]
        task = backing.add_task(planner, innovation, TaskText("Latih kader", b.TODAY, partner_id=partner.id), b.NOW)
        made = Replication(
            innovation_id=innovation.id,
            village_code=b.TOHE,
            state=State.ASKED,
            adopter="Pemerintah Desa Tohe",
            adopted_on=b.TODAY,
            note="",
            form_key=str(UUID(int=77)),
            at=b.NOW,
            reason="",
        )
        session.add(made)
        session.flush()
        return Thing(
            {
                "number": innovation.number,
                "kind": "orang",
                "commitment_id": backing_queries.commitments_of(innovation.id)[0].id,
                "act_id": backing_queries.acts_of(innovation.id)[0].id,
                "partner_id": partner.id,
                "task_id": task.id,
                "provision_id": innovation_queries.provisions_of(innovation.id)[0].id,
                "replication_id": made.id,
            },
            {"doer": f"d-{innovation.agency_id}"},
        )

    def _plan(self, innovation: Innovation) -> dict[str, Thing]:
        """A drafted and an adopted action of the plan; under the adopted one hangs an innovation."""
        planner = self.staff[b.BELU]
        adopted, drafted = (matrices.make_action(planner, code=code) for code in ("1.1", "1.2"))
        for action in (adopted, drafted):
            matrices.complete(planner, action)
        rad.adopt(planner, adopted, b.NOW)
        rad.hang(planner, adopted, innovation, b.NOW)
        ticks = {"pillar": str(drafted.pillar_id), "agency": str(drafted.agency_id)}
        indicator = rad_queries.indicators_of(drafted.id)[0].id
        return {
            "adopted action": Thing({"code": "1.1", "number": innovation.number}, ticks),
            "drafted action": Thing({"code": "1.2", "indicator_id": indicator}, ticks),
            "monitored action": Thing({"kind": "rad", "key": "1.1", "quarter": "2026-3"}),
        }

    def _measured(self) -> Thing:
        """An innovation with an indicator and an evaluation."""
        planner = self.staff[b.BELU]
        innovation = measured.make_measured(planner, name="KEBUN UKUR")
        text = EvaluationText(
            Occasion.YEARLY, b.TODAY, "Apakah berhasil?", "Dihitung.", "Berhasil.", Recommendation.CONTINUE
        )
        found = monitoring.add_evaluation(planner, innovation, text, str(UUID(int=79)), b.NOW)
        rows = monitoring_queries.indicators_of(ThingKind.INNOVATION, [innovation.id])[innovation.id]
        facts = {"number": innovation.number, "indicator_id": rows[0].row.id, "evaluation_id": found.id}
        return Thing(facts)

    def _works(self) -> dict[str, Thing]:
        planner = self.staff[b.BELU]
        waiting, done = works.make_routed(planner), works.make_routed(planner)
        return {"routed proposal": _of(waiting), "finished work": _of(works.finished(session, planner, done))}

    def _doubted(self, resident: Person) -> Thing:
        """A counted contest to whose result somebody has objected."""
        thing = self._contest(resident, self._count, objection_days=3)
        contest = session.get_one(Contest, thing.values["contest_id"])
        doubter = b.make_person(attested=True)
        voting.object_to(
            b.actor_of(doubter, b.NOW), contest, "Desa kami tercatat tanpa suara.", str(UUID(int=78)), b.NOW
        )
        objection_id = session.scalars(select(Objection.id).where(Objection.contest_id == contest.id)).one()
        return Thing({**thing.values, "objection_id": objection_id})

    def _contest(
        self, author: Person, *steps: Callable[[Contest], object], is_open: bool = True, **changes: object
    ) -> Thing:
        options = [self.proposal(author, Event.PUBLISH) for _ in range(2)]
        contest = b.make_contest(*options, planner=self.staff[b.BELU], is_open=is_open, **changes)
        for step in steps:
            step(contest)
        ticks = {f"pick-{option.id}": "y" for option in options}
        return Thing({"contest_id": contest.id}, ticks | {f"cost-{option.id}": "100.000.000" for option in options})

    def _paper(self, resident: Person) -> dict[str, Thing]:
        """A voter on the roll of an open contest, a stack of two papers, and one that was read in two ways."""
        contest = self._contest(resident).values["contest_id"]
        first, second = (b.make_staff(Role.FACILITATOR, b.MAKIR) for _ in range(2))
        fresh, typed = (
            papers.register_stack(first, contest, StackPlan(b.MAKIR, station, 2, 2), b.NOW).id
            for station in ("TPS 1", "TPS 2")
        )
        for typist, choice in ((first, 1), (second, 2)):
            papers.type_papers(typist, contest, typed, {1: [choice]}, b.NOW)
        voter = b.make_person(name=NAME, attested=True)
        return {
            "voter on the list": Thing({"contest_id": contest, "card_number": voter.card_number}),
            "paper stack": Thing({"contest_id": contest, "stack_id": fresh}),
            "paper that differs": Thing({"contest_id": contest, "stack_id": typed}),
        }

    def _comment(self, person: Person, proposal: Proposal) -> Thing:
        said = Words("Saya mendukung, karena jalan itu rusak.", Stance.FOR, Voice.AUTHOR)
        comment = write_comment(b.actor_of(person), proposal, said, str(uuid4()), b.NOW)
        return Thing({"number": proposal.number, "comment_id": comment.id}, {"seen": comment.text})

    def _helped(self, resident: Person) -> dict[str, Thing]:
        """What a facilitator of the village has made for the resident: a card, a draft, paper forms."""
        helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
        draft = facilitation.write_for(helper, resident, b.make_answers(village_code=b.MAKIR), str(UUID(int=9)), b.NOW)
        batch = facilitation.print_batch(helper, b.MAKIR, 3, str(UUID(int=8)), b.NOW)
        helped = b.make_person(name=NAME)
        helped.password_hash = None  # nobody has signed in to it yet
        session.flush()
        card = issue_card(helper, helped, b.NOW)
        return {
            "typed draft": Thing({"card_number": resident.card_number, "key": UUID(draft.form_key)}),
            "paper forms": Thing({"code": batch.code, "number": 1}),
            "resident card": Thing({"code": card[0].code}),
        }

    def _grant(self) -> Thing:
        person = b.make_person(name=NAME)
        row = accounts.grant(CONSOLE, person, Role.PLANNER, b.BELU, b.NOW)
        return Thing({"card_number": person.card_number, "grant_id": row.id})

    def _close(self, contest: Contest) -> None:
        voting.close_contest(self.staff[b.BELU], contest, REASON, b.NOW)

    def _count(self, contest: Contest) -> None:
        b.count_box(contest, self.staff[b.BELU])

    def _certify(self, contest: Contest) -> None:
        voting.certify_contest(self.staff[b.BELU], contest, tell_for_good, b.NOW)


def _draft_photo(person: Person) -> Thing:
    """A photo that waits for its form to be sent."""
    actor, form_key = b.actor_of(person), str(uuid4())
    taken = files.take(actor, [FileStorage(BytesIO(photo()), "foto.jpg")], [], b.NOW)
    files.keep(actor, form_key, taken, b.NOW)
    return Thing({"name": drafts_of(person.id, form_key)[0].name(Size.THUMB)})


def _third_misi(person: Person) -> frozenset[int]:
    regency = regency_of(person.village_code)
    return frozenset({session.query(Misi).filter_by(regency_code=regency, number=3).one().id})


def _of(proposal: Proposal) -> Thing:
    return Thing({"number": proposal.number}, {"seen": state_mark(proposal.status, proposal.held_since)})

"""Who asks for what in the permission matrix: the actors, the things in each state, and forms that are good enough."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Document
from app.cycles.rules import PhaseKind
from app.db.session import session
from app.innovations.rules.decision import Criterion
from app.kernel.actor import CONSOLE, Actor, Level, Role, regency_of
from app.moderation.rules import state_mark
from app.plans.models import Misi
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode
from app.voting import actions as voting
from app.voting.models import Contest
from app.voting.words import tell_for_good
from tests import builders as b

MANGGAR = "19.06.01"
INSIDE, DISTRICT, REGENCY = "inside", "other district", "other regency"
REASON = "Lokasinya belum jelas, tolong sebutkan dusunnya."
KEY = str(UUID(int=7))


@dataclass(frozen=True)
class Character:
    """Somebody of a village, who holds a role in a scope or is a resident of a level."""

    village: str = b.MAKIR
    level: Level = Level.REGISTERED
    role: Role | None = None
    scope: str = ""


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
    return {"anyone": None, **residents, **staff}


CHARACTERS = _characters()


@dataclass(frozen=True)
class Thing:
    """What an address is about: the values that name it there, and what a form about it has to repeat."""

    values: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


# Which things each address is asked for; an address that names nothing is asked for as it is.
STAGES = ("open contest", "prepared contest", "closed contest")
THINGS: dict[str, tuple[str, ...]] = {
    "/<regency>/desa/<code>": ("village",),
    "/<regency>/hasil/<int:contest_id>": ("certified contest", "open contest", "prepared contest"),
    "/<regency>/inovasi/<number>": ("innovation",),
    "/<regency>/misi/<int:number>": ("misi",),
    "/<regency>/pilih/<int:contest_id>": STAGES,
    "/<regency>/pilih/<int:contest_id>/masukkan": STAGES,
    "/<regency>/pilih/<int:contest_id>/sudah": ("open contest", "prepared contest"),
    "/<regency>/usulan/<number>": (
        "submitted proposal",
        "own submitted proposal",
        "returned proposal",
        "rejected private proposal",
        "published proposal",
    ),
    "/<regency>/usulan/<number>/dukung": ("submitted proposal", "published proposal"),
    "/<regency>/usulan/<number>/perbaiki": ("returned proposal", "own returned proposal"),
    "/<regency>/usulan/<number>/tarik": ("submitted proposal", "own submitted proposal"),
    "/<regency>/usulan/<number>/terkirim": ("submitted proposal", "own submitted proposal"),
    "/<regency>/usulan/baru/<uuid:key>": ("draft", "own draft"),
    "/<regency>/usulan/baru/<uuid:key>/periksa": ("draft", "own draft"),
    "/damping/warga/<card_number>": ("waiting resident", "verified resident", "oneself"),
    "/lacak": ("submitted proposal", "own submitted proposal", "published proposal"),
    "/meja/<number>": (
        "submitted proposal",
        "own submitted proposal",
        "submitted proposal one has typed",
        "published proposal",
    ),
    "/pipa/<regency>/inovasi/<number>": ("innovation",),
    "/pipa/<regency>/inovasi/<number>/syarat/<kind>": ("innovation",),
    "/pipa/<regency>/pemilihan/<int:contest_id>": ("prepared contest", "certified contest"),
    "/pipa/<regency>/pemilihan/baru": ("published proposals",),
    "/pipa/<regency>/pemilihan/<int:contest_id>/batal": ("prepared contest", "open contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/buka": ("prepared contest", "certified contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/tetapkan": ("open contest", "closed contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/tutup": ("open contest", "certified contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/ubah": ("prepared contest", "open contest"),
    "/pipa/<regency>/siklus/<int:year>/pagu": ("cycle",),
    "/pipa/<regency>/siklus/<int:year>/tahap": ("cycle",),
    "/pipa/<regency>/usulan/<number>/putuskan": ("selected proposal", "own selected proposal", "published proposal"),
}

# What stands behind the question mark.
QUERIES = {
    "/lacak": {"nomor": "{number}"},
    "/meja/<number>": {"putusan": "terbitkan"},
    "/pipa/<regency>/pemilihan/baru": {"wilayah": b.LAMAKNEN},
}

_PROPOSAL = {
    "form_key": KEY,
    "title": "Jembatan kecil ke kebun",
    "problem": "Saat hujan warga tidak dapat menyeberang ke kebun.",
    "work": "Bangun jembatan kayu sepanjang enam meter.",
    "volume": "6",
    "unit": "meter",
    "beneficiaries": "80",
    "misi": ["3"],
}
_WINDOW = {"opens": "2026-11-20T08:00", "closes": "2026-11-25T08:00"}
_CONTEST = {"title": "Pemilihan usulan Lamaknen", "ceiling": "300.000.000", "max_choices": "1", **_WINDOW}
_BALLOT = {"choices": ["1"]}

# What is sent to each address that takes a form.
FORMS: dict[str, Mapping[str, Any]] = {
    "/<regency>/pilih/<int:contest_id>": _BALLOT,
    "/<regency>/pilih/<int:contest_id>/masukkan": _BALLOT,
    "/<regency>/usulan/<number>/dukung": {"aksi": "dukung"},
    "/<regency>/usulan/<number>/perbaiki": _PROPOSAL,
    "/<regency>/usulan/<number>/tarik": {},
    "/<regency>/usulan/baru": _PROPOSAL,
    "/<regency>/usulan/baru/<uuid:key>": _PROPOSAL,
    "/<regency>/usulan/baru/<uuid:key>/periksa": {},
    "/daftar": {
        "name": "Yosef Mau",
        "phone": "0812 9999 0001",
        "village": b.MAKIR,
        "password": "kopi tanah pagi",
        "consent": "y",
    },
    "/damping/warga/<card_number>": {"document": Document.KTP.value, "is_confirmed": "y"},
    "/damping/warga/baru": {"form_key": KEY, "name": "Rosa Lelo", "village": b.MAKIR, "consent": "y"},
    "/keluar": {},
    "/masuk": {"name": "0812 9999 0000", "password": b.PASSWORD},
    "/meja/<number>": {},
    "/pipa/<regency>/inovasi/<number>": {"step": "stop", "reason": REASON, "lesson": REASON},
    "/pipa/<regency>/inovasi/<number>/syarat/<kind>": {"person": "Rosa Lelo", "title": "Bidan desa"},
    "/pipa/<regency>/misi": {"number": "4", "text": "Desa yang maju dan mandiri bersama", "short": "Desa maju"},
    "/pipa/<regency>/pemilihan/<int:contest_id>/batal": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/buka": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/tetapkan": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/tutup": {"reason": "Banjir memutus jalan ke tiga desa."},
    "/pipa/<regency>/pemilihan/<int:contest_id>/ubah": _CONTEST,
    "/pipa/<regency>/pemilihan/baru": _CONTEST,
    "/pipa/<regency>/siklus": {"year": "2031"},
    "/pipa/<regency>/siklus/<int:year>/pagu": {f"pagu-{b.BELU}": "5.000.000.000"},
    "/pipa/<regency>/siklus/<int:year>/tahap": {
        **{f"{kind}_opens": "2026-11-01T08:00" for kind in PhaseKind},
        **{f"{kind}_closes": "2026-12-01T08:00" for kind in PhaseKind},
    },
    "/pipa/<regency>/usulan/<number>/putuskan": {
        "name": "AIR SEHAT",
        "summary": "Air dari mata air sampai ke rumah warga.",
        "pillar": "",
        "agency": "",
        **dict.fromkeys(Criterion, "ya"),
        **{f"{criterion}_answer": "Sudah dijawab dengan jelas." for criterion in Criterion},
    },
}


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
    person = b.make_person(who.village, attested=who.level is Level.ATTESTED)
    if who.level is Level.CONFIRMED:  # no phone is confirmed yet
        person.level = Level.CONFIRMED
    if who.role:
        accounts.grant(CONSOLE, person, who.role, who.scope, b.NOW)
    return person


class Maker:
    """Makes things, with the help of staff that the matrix does not ask about."""

    def __init__(self) -> None:
        self.neighbours = {village: b.make_person(village) for village in (b.MAKIR, b.TOHE, b.LALANG)}
        self.staff = {regency: self._staff(regency) for regency in (b.BELU, b.BELTIM)}
        accounts.register("Yosef Mau", "+6281299990000", b.PASSWORD, b.MAKIR, b.NOW)  # who signs in

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
        """What differs by who asks; as the resident's, they are what others find."""
        typed = self.proposal(self.neighbours[person.village_code])
        typed.typed_by_id = person.id  # nobody types for others yet
        draft = b.make_draft(person, misi_ids=_third_misi(person))
        return {
            "own draft": Thing({"key": UUID(draft.form_key)}),
            "own submitted proposal": _of(self.proposal(person)),
            "own returned proposal": _of(self.proposal(person, Event.RETURN)),
            "own selected proposal": _of(self.proposal(person, Event.PUBLISH, Event.SHORTLIST, Event.SELECT)),
            "submitted proposal one has typed": _of(typed),
            "oneself": Thing({"card_number": person.card_number}),
        }

    def things(self, resident: Person) -> dict[str, Thing]:
        draft, rejected = b.make_draft(resident), self.proposal(resident, Event.REJECT, code=ReasonCode.PRIVATE_DATA)
        innovation = b.make_innovation(self.staff[b.BELU], author=resident)
        return {
            "village": Thing({"code": b.MAKIR}),
            "misi": Thing({"number": 3}),
            "cycle": Thing({"year": 2028}),
            "innovation": Thing({"number": innovation.number, "kind": "people"}),
            "waiting resident": Thing({"card_number": resident.card_number}),
            "verified resident": Thing({"card_number": b.make_person(attested=True).card_number}),
            "draft": Thing({"key": UUID(draft.form_key)}),
            "submitted proposal": _of(self.proposal(resident)),
            "returned proposal": _of(self.proposal(resident, Event.RETURN)),
            "rejected private proposal": _of(rejected),
            "published proposal": _of(self.proposal(resident, Event.PUBLISH)),
            "selected proposal": _of(self.proposal(resident, Event.PUBLISH, Event.SHORTLIST, Event.SELECT)),
            "prepared contest": self._contest(resident, is_open=False),
            "published proposals": self._contest(resident, is_open=False),
            "open contest": self._contest(resident),
            "closed contest": self._contest(resident, self._close),
            "certified contest": self._contest(resident, self._close, self._certify),
        }

    def _contest(self, author: Person, *steps: Callable[[Contest], object], is_open: bool = True) -> Thing:
        options = [self.proposal(author, Event.PUBLISH) for _ in range(2)]
        contest = b.make_contest(*options, planner=self.staff[b.BELU], is_open=is_open)
        for step in steps:
            step(contest)
        ticks = {f"pick-{option.id}": "y" for option in options}
        return Thing({"contest_id": contest.id}, ticks | {f"cost-{option.id}": "100.000.000" for option in options})

    def _close(self, contest: Contest) -> None:
        voting.close_contest(self.staff[b.BELU], contest, REASON, b.NOW)

    def _certify(self, contest: Contest) -> None:
        voting.certify_contest(self.staff[b.BELU], contest, tell_for_good, b.NOW)


def _third_misi(person: Person) -> frozenset[int]:
    regency = regency_of(person.village_code)
    return frozenset({session.query(Misi).filter_by(regency_code=regency, number=3).one().id})


def _of(proposal: Proposal) -> Thing:
    return Thing({"number": proposal.number}, {"seen": state_mark(proposal.status, proposal.held_since)})

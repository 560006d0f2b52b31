"""Builds what tests need through the product's own actions: regions, plans, people, cycles, proposals."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from uuid import uuid4

from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_actor, get_person
from app.accounts.rules import Document
from app.backing import actions as backing
from app.backing.rules.acts import ActState, ActText, Purpose
from app.backing.rules.partners import PartnerKind, PartnerText
from app.backing.rules.resources import CommitmentState, CommitmentText, Fund, Resource, year_of_money
from app.cycles import actions as cycles
from app.cycles.models import Cycle
from app.cycles.rules import PhaseFacts, PhaseKind
from app.db.session import session
from app.db.transaction import transaction
from app.identity import actions as identity
from app.identity.rules.nik import Nik, parse_nik
from app.innovations import actions as innovations
from app.innovations.models import Innovation, StageEntry
from app.innovations.rules.decision import Answer, Criterion
from app.innovations.rules.decision import Answers as FiveAnswers
from app.innovations.rules.gates import LegalForm
from app.innovations.rules.provisions import Content, Kind
from app.innovations.rules.stages import PATH, Stage
from app.kernel.actor import CONSOLE, Actor, AgencyFacts, Grant, Level, Role
from app.kernel.outcomes import Refused
from app.kernel.windows import Window
from app.plans.models import Agency, Misi, Pillar
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.rules import Answers, Event
from app.regions.models import RegencyProfile, Region
from app.regions.rules import RegionKind, RegionLevel
from app.voting import actions as voting
from app.voting import queries
from app.voting.actions import rehearsing
from app.voting.models import Contest
from app.voting.rules.box import BoxKeys, WitnessFacts
from app.voting.rules.contest import ContestPlan, ContestStatus, RollEnd
from tests.voting.boxes import PUBLIC, SHARES
from tests.voting.scripts import saksi

# A moment in the middle of everything; the clock of tests that ask for none of their own.
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
BELU, BELTIM = "53.04", "19.06"
LAMAKNEN, RAIHAT = "53.04.01", "53.04.03"
MAKIR, KEWAR, TOHE = "53.04.01.2005", "53.04.01.2001", "53.04.03.2002"
LALANG = "19.06.01.2006"
PASSWORD = "jagung sumur kakak"
PASSWORD_HASH = accounts.hash_password(PASSWORD)
SEED = "benih undian"
INSTITUTIONS = ("Panitia kecamatan", "BPD Makir", "Inspektorat Belu")
# Made with a fixed key, so that every test can open every box.
BOX_KEYS = BoxKeys(
    PUBLIC,
    [
        WitnessFacts(f"Saksi {number}", institution, saksi.fingerprint_of(share))
        for number, (institution, share) in enumerate(zip(INSTITUTIONS, SHARES, strict=True), 1)
    ],
)
OPTION_TITLES = ("Pipa air bersih dari Weluli", "Rabat jalan tani ke Lahurus", "Atap baru untuk posyandu")

_REGENCIES = (
    (BELU, "belu", "Kabupaten Belu", "BLU", "Asia/Makassar", "Atambua"),
    (BELTIM, "belitung-timur", "Kabupaten Belitung Timur", "BTM", "Asia/Jakarta", "Manggar"),
)
_REGIONS = (
    (LAMAKNEN, "Lamaknen", BELU),
    (RAIHAT, "Raihat", BELU),
    ("19.06.01", "Manggar", BELTIM),
    (MAKIR, "Makir", LAMAKNEN),
    (KEWAR, "Kewar", LAMAKNEN),
    (TOHE, "Tohe", RAIHAT),
    (LALANG, "Lalang", "19.06.01"),
)
_MISI = ("Orang sehat, pintar, terlindungi", "Ekonomi dari potensi sendiri", "Jalan, air, lingkungan")
_phones = count(81_200_000_000)
_serials = count(1)


def make_regions() -> None:
    """Two regencies with a few of their real districts and villages."""
    levels = {1: (RegionLevel.REGENCY, RegionKind.KABUPATEN), 2: (RegionLevel.DISTRICT, RegionKind.KECAMATAN)}
    for code, slug, name, prefix, zone, capital in _REGENCIES:
        level, kind = levels[1]
        session.add(Region(code=code, level=level, kind=kind, name=name, latitude=-9.1, longitude=124.9))
        session.flush()
        session.add(
            RegencyProfile(code=code, slug=slug, name=name, number_prefix=prefix, time_zone=zone, capital=capital)
        )
    for code, name, parent in _REGIONS:
        level, kind = levels.get(code.count("."), (RegionLevel.VILLAGE, RegionKind.DESA))
        session.add(
            Region(code=code, level=level, kind=kind, name=name, parent_code=parent, latitude=-9.1, longitude=125.1)
        )
        session.flush()


def make_misi(regency_code: str = BELU) -> list[Misi]:
    """Three misi of the regency."""
    made = [
        Misi(regency_code=regency_code, number=number, text=f"{short}, seluruhnya", short=short)
        for number, short in enumerate(_MISI, 1)
    ]
    session.add_all(made)
    session.flush()
    return made


def make_nik(village: str = MAKIR) -> Nik:
    """The next woman of the village's district who was born on 17 May 1988."""
    nik = parse_nik(f"{village.replace('.', '')[:6]}570588{next(_serials):04d}", NOW.date())
    assert isinstance(nik, Nik)
    return nik


def make_person(
    village: str = MAKIR,
    *,
    name: str = "Maria Bere",
    attested: bool = False,
    level: Level = Level.CONFIRMED,
    now: datetime = NOW,
    known_for: timedelta = timedelta(days=30),
) -> Person:
    """A resident with NIK and confirmed phone, registered a while ago; attested by a facilitator where asked."""
    phone = f"+62{next(_phones)}"
    person = accounts.register(accounts.Resident(name, village, phone, PASSWORD_HASH), now - known_for)
    if level >= Level.CONFIRMED:
        accounts.confirm_phone(person, now)
        identity.identify_oneself(actor_of(person, now), person, identity.Particulars(make_nik(village)), now)
    if attested or level >= Level.ATTESTED:
        accounts.attest(make_staff(Role.FACILITATOR, village, now=now), person, Document.KTP, now)
    return person


def make_staff(
    role: Role, scope: str, *, village: str = KEWAR, agency: AgencyFacts | None = None, now: datetime = NOW
) -> Actor:
    """A person with the role in the scope, as an actor."""
    person = make_person(village, name=f"{role.title()} {scope}", now=now)
    grant_role(person, role, scope, agency=agency, now=now)
    return actor_of(person, now)


def grant_role(
    person: Person, role: Role, scope: str, *, agency: AgencyFacts | None = None, now: datetime = NOW
) -> None:
    """Give the role from the console; an officer who is told no agency serves a new one."""
    if role is Role.OFFICER and agency is None:
        made = make_agency(f"Dinas {next(_serials)}", scope)
        agency = AgencyFacts(made.id, scope, made.name)
    accounts.grant(CONSOLE, person, role, scope, now, agency=agency)


def actor_of(person: Person, now: datetime = NOW) -> Actor:
    return get_actor(person.id, now)


def person_of(actor: Actor) -> Person:
    """The account behind an actor, for signing in."""
    return get_person(actor.person_id or 0)


def make_cycle(
    regency_code: str = BELU,
    *,
    plan_year: int = 2028,
    kinds: tuple[PhaseKind, ...] = tuple(PhaseKind),
    now: datetime = NOW,
) -> Cycle:
    """A cycle in which the phases of these kinds are all open at `now`, from ten days before to ten days after."""
    planner = Actor(grants=(Grant(Role.PLANNER, regency_code),))
    window = Window(now - timedelta(days=10), now + timedelta(days=10))
    return cycles.open_cycle(planner, regency_code, plan_year, [PhaseFacts(kind, window) for kind in kinds], now)


def make_world(now: datetime = NOW) -> Cycle:
    """Regions, Belu's misi, and its cycle with every phase open."""
    make_regions()
    make_misi()
    return make_cycle(now=now)


ANSWERS = Answers(
    title="Pipa air bersih dari mata air Weluli",
    problem="Warga berjalan dua kilometer untuk mengambil air setiap pagi.",
    work="Pasang pipa dari mata air ke bak penampung di dusun.",
    village_code=MAKIR,
    hamlet="Fatubesi",
    volume=1200,
    unit="meter",
    estimate=148_000_000,
    beneficiaries=240,
    misi_ids=frozenset(),
)


def make_answers(**changes: object) -> Answers:
    """Good answers of a resident of Makir, linked to Belu's third misi, with changes."""
    misi = session.query(Misi).filter_by(regency_code=BELU, number=3).one()
    return replace(ANSWERS, **({"misi_ids": frozenset({misi.id})} | changes))  # type: ignore[arg-type]


def make_draft(author: Person, *, now: datetime = NOW, **changes: object) -> Proposal:
    answers = make_answers(**({"village_code": author.village_code} | changes))
    return proposals.write_draft(actor_of(author, now), answers, str(uuid4()), now)


def make_proposal(author: Person | None = None, *, now: datetime = NOW, **changes: object) -> Proposal:
    """A submitted proposal."""
    author = author or make_person(now=now)
    return proposals.submit(actor_of(author, now), make_draft(author, now=now, **changes), now)


def make_published(author: Person | None = None, *, now: datetime = NOW, **changes: object) -> Proposal:
    """A proposal that a moderator of the regency has published."""
    proposal = make_proposal(author, now=now, **changes)
    moderator = make_staff(Role.MODERATOR, proposal.regency_code, now=now)
    return proposals.move(moderator, proposal, Event.PUBLISH, now)


def make_plan(costs: Mapping[int, int], **changes: object) -> ContestPlan:
    """A good plan for a contest in Lamaknen with these options (proposal id to cost), open now, with changes.

    Whoever is attested meanwhile may vote, and the result may be certified at once.
    """
    window = Window(NOW - timedelta(days=1), NOW + timedelta(days=5))
    plan = ContestPlan(BELU, LAMAKNEN, "Pemilihan usulan Kecamatan Lamaknen", 300_000_000, 2, window, costs)
    short = replace(plan, objection_days=0, roll_ends=RollEnd.AT_CLOSING)
    return replace(short, **changes)  # type: ignore[arg-type]


def make_contest(
    *options: Proposal, planner: Actor | None = None, is_open: bool = True, now: datetime = NOW, **changes: object
) -> Contest:
    """A contest with these proposals as options, or with three new ones of Makir, each at its estimate."""
    author = None if options else make_person(now=now)
    options = options or tuple(make_published(author, now=now, title=title) for title in OPTION_TITLES)
    planner = planner or make_staff(Role.PLANNER, BELU, now=now)
    plan = make_plan({option.id: option.estimate for option in options}, **changes)
    contest = voting.prepare_contest(planner, plan, now)
    voting.set_keys(planner, contest, BOX_KEYS, now)
    return voting.open_contest(planner, contest, SEED, now) if is_open else contest


def make_ballot(contest: Contest, choices: list[int], *, now: datetime = NOW) -> Person:
    """A new verified resident of Makir who has voted."""
    voter = make_person(attested=True, now=now)
    voting.cast_ballot(actor_of(voter, now), contest, choices, now)
    return voter


def make_ballots(
    contest: Contest, choices: list[int], times: int, *, village: str = MAKIR, now: datetime = NOW
) -> None:
    """So many ballots of people of whom nothing is known but that they may vote."""
    for _number in range(times):
        voter = accounts.register(accounts.Resident("Warga", village, f"+62{next(_phones)}", PASSWORD_HASH), now)
        voter.level = Level.ATTESTED
        session.flush()
        voting.cast_ballot(actor_of(voter, now), contest, choices, now)


def choices_in(contest: Contest) -> list[list[int]]:
    """What is in the envelopes of a box, as only the witnesses' key tells."""
    secret = saksi.join(SHARES[0], SHARES[1])
    opened = (saksi.open_envelope(one, bytes.fromhex(PUBLIC), secret) for one in queries.envelopes_in(contest.id))
    return sorted(json.loads(content)["c"] for content in opened)


def open_box(contest: Contest, one: int = 1, other: int = 2) -> bytes:
    """What two witnesses find in a closed box with their own program: suara.pb."""
    return rehearsing.open_box(contest, SHARES[one - 1], SHARES[other - 1])


def count_box(contest: Contest, planner: Actor | None = None, *, now: datetime = NOW) -> Contest:
    """The contest closed where it is open still, its box opened by two witnesses, and counted."""
    planner = planner or make_staff(Role.PLANNER, contest.regency_code, now=now)
    if contest.status is ContestStatus.OPENED:
        voting.close_contest(planner, contest, "Semua warga sudah memilih.", now)
    found = open_box(contest)
    for witness in (1, 2):
        voting.bring_ballots(planner, contest, witness, found, now)
    return contest


def make_selected(author: Person | None = None, *, now: datetime = NOW, **changes: object) -> Proposal:
    """A winner that waits for the planner's five answers."""
    proposal = make_published(author, now=now, **changes)
    planner = make_staff(Role.PLANNER, proposal.regency_code, now=now)
    for event in (Event.SHORTLIST, Event.SELECT):
        proposal = proposals.move(planner, proposal, event, now)
    return proposal


def five_answers(*noes: Criterion) -> FiveAnswers:
    """Five public answers: yes, but for these."""
    return {c: Answer(c not in noes, f"Dijawab dengan jelas untuk {c}.") for c in Criterion}


def make_innovation(
    planner: Actor, name: str = "AIR LESTARI", *, author: Person | None = None, pillar_id: int | None = None
) -> Innovation:
    """An innovation that has just grown out of a winner of Makir."""
    proposal = make_selected(author)
    return innovations.escalate(planner, proposal, five_answers(), name, "", pillar_id, NOW)


REASON = "Semua syaratnya sudah diperiksa."
TODAY = NOW.date()
DOCUMENTS = {
    Kind.INITIATIVE: Content(title="Proposal", dated=TODAY, text="Bentuk, rancangan, tujuan, manfaat."),
    Kind.ASSESSMENT: Content(dated=TODAY, text="Layak diuji coba."),
    Kind.TRIAL_PERIOD: Content(dated=TODAY, until=TODAY + timedelta(days=180)),
    Kind.BASELINE: Content(title="Waktu tunggu", quantity=190, unit="menit"),
    Kind.EVALUATION: Content(dated=TODAY, text="Waktu tunggu turun."),
}
DECREE = ActText(Purpose.TRIAL, LegalForm.REGENT_DECREE, "Uji coba", "400.10/7", TODAY)
REGULATION = ActText(Purpose.USE, LegalForm.REGENT_REGULATION, "Penerapan", "5", TODAY)
PERSON = CommitmentText(Resource.PEOPLE, "Penanggung jawab", TODAY, person="Katarina Manek", is_consented=True)
BUDGET = CommitmentText(Resource.BUDGET, "Pelayanan air", *year_of_money(2027), fund=Fund.REGENCY, amount=210_000_000)
PARTNER = PartnerText(PartnerKind.COMMUNITY, "Meminjamkan lahan.", name="Paroki")


def back_fully(actor: Actor, innovation: Innovation, *, now: datetime = NOW) -> None:
    """Everything that any gate asks for, but for a replication and an action of the plan; brought by the actor."""
    for kind, content in DOCUMENTS.items():
        innovations.add_provision(actor, innovation, kind, content, now)
    for act in (DECREE, REGULATION):
        backing.add_act(actor, innovation, act, ActState.IN_FORCE, now)
    for text in (PERSON, replace(PERSON, person="Yasinta Mali"), BUDGET):
        backing.add_commitment(actor, innovation, text, CommitmentState.AGREED, TODAY, now)
    backing.add_partner(actor, innovation, PARTNER, now)


def history_of(innovation_id: int) -> Sequence[StageEntry]:
    """The steps of an innovation, oldest first."""
    return session.query(StageEntry).filter_by(innovation_id=innovation_id).order_by(StageEntry.id).all()


def make_adopted(planner: Actor, name: str = "AIR LESTARI", *, agency: Agency | None = None) -> Innovation:
    """An innovation in use: another planner has brought all that its gates asked for."""
    innovation = make_innovation(planner, name)
    innovations.set_lead(planner, innovation, (agency or make_agency()).id, make_pillar().id, NOW)
    back_fully(make_staff(Role.PLANNER, innovation.regency_code), innovation)
    for target in PATH[1 : PATH.index(Stage.ADOPTED) + 1]:
        innovations.pass_gate(planner, innovation, target, REASON, NOW)
    return innovation


def make_pillar(number: int = 1, name: str = "Kesehatan", regency_code: str | None = BELU) -> Pillar:
    pillar = Pillar(regency_code=regency_code, number=number, name=name)
    session.add(pillar)
    session.flush()
    return pillar


def make_agency(name: str = "Dinas Kesehatan", regency_code: str = BELU) -> Agency:
    agency = Agency(regency_code=regency_code, name=name, short_name=name[:60], needs_check=False)
    session.add(agency)
    session.flush()
    return agency


def race(app: Flask, times: int, act: Callable[[int], object]) -> list[object]:
    """What so many threads get that act at the same moment, each in a transaction of its own; a refusal's reason."""
    start = Barrier(times, timeout=30)

    def one(number: int) -> object:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    return act(number)
            except Refused as refused:
                return refused.reason

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))

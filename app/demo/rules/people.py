"""Who takes part: residents of every village, their facilitators and moderators, and the accounts to sign in with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.rules.clock import Clock
from app.demo.rules.identities import OnPaper, on_paper
from app.demo.rules.steps import CONSOLE, Attest, Enrol, GrantRole, Identify, Register, Step
from app.demo.rules.texts import AccountText, Texts
from app.kernel.actor import Role

BELU, BELTIM = "53.04", "19.06"
ADMINISTRATOR, PLANNER, OFFICER, RESIDENT = (
    f"{role} {BELU}" for role in ("administrator", "perencana", "petugas-dinas", "warga")
)
OFFICERS_AGENCY = "Dinkes"
# Whom the officers with an account serve, by regency.
SERVED = {BELU: OFFICERS_AGENCY, BELTIM: "Bappelitbangda"}
# Brings the papers of the pipeline, so that somebody else opens its gates.
COLLEAGUE, COLLEAGUES_NAME = f"rekan-perencana {BELU}", "Agustina Lopo"
IN_EVERY_VILLAGE = 2
# Settled residents beyond that, in the kecamatan that vote, and anywhere.
MORE_IN = {"53.04.01": 16, "53.04.04": 22}
MORE_ANYWHERE = 38
SETTLED_EARLY = 150
# Not attested yet: in each village of an account that could do it, and anywhere.
WAITING_BEFORE_ACCOUNT, WAITING_ANYWHERE = 4, 14
EARLY, LATE, RECENT = (-412, -402), (-70, -47), (-6, -1)
STAFF = {"pendamping": Role.FACILITATOR, "moderator": Role.MODERATOR}


@dataclass(frozen=True)
class Resident:
    """Somebody whom a facilitator enrolled; who is settled was attested at once."""

    key: str
    name: str
    village: str
    enrolled: int
    is_settled: bool = True


@dataclass(frozen=True)
class People:
    """Residents in order of their keys, and who holds which role for a village or kecamatan."""

    residents: Sequence[Resident]
    staff: Sequence[Resident]
    holders: Mapping[tuple[Role, str], str]

    def holder(self, role: Role, village: str) -> str:
        """The key of who holds the role nearest to the village."""
        return self.holders.get((role, village)) or self.holders[role, district_of(village)]

    def settled(self, day: int) -> list[Resident]:
        """Who may take part on the day."""
        return [one for one in self.residents if one.is_settled and one.enrolled < day]


def district_of(village: str) -> str:
    return village.rpartition(".")[0]


def key_of(account: AccountText) -> str:
    return f"{account.role} {account.regency}"


def gather_people(texts: Texts, villages: Sequence[str], clock: Clock) -> People:
    names = _names(texts, clock)
    holders = {(grant.role, grant.scope): key_of(one) for one in texts.accounts for grant in one.grants}
    staff = []
    for district in sorted({district_of(village) for village in villages}):
        home = next(village for village in villages if district_of(village) == district)
        for title, role in STAFF.items():
            if (role, district) not in holders:
                holders[role, district] = f"{title} {district}"
                staff.append(Resident(f"{title} {district}", next(names), home, clock.between(-419, -414)))
    home = next(iter(sorted(villages)))
    staff.append(Resident(COLLEAGUE, COLLEAGUES_NAME, home, -414))
    return People(_residents(texts, villages, names, clock), staff, holders)


def _names(texts: Texts, clock: Clock) -> Iterator[str]:
    """First and family names, none twice and none of an account."""
    given = {account.name for account in texts.accounts}
    while True:
        name = f"{clock.chance.choice(texts.first_names)} {clock.chance.choice(texts.family_names)}"
        if name not in given:
            given.add(name)
            yield name


def _residents(texts: Texts, villages: Sequence[str], names: Iterator[str], clock: Clock) -> list[Resident]:
    voting = [village for village in villages for _ in range(IN_EVERY_VILLAGE)]
    for district, more in MORE_IN.items():
        voting += clock.chance.choices([one for one in villages if district_of(one) == district], k=more)
    homes = voting + clock.chance.choices(villages, k=MORE_ANYWHERE)
    early = _early(homes, villages, clock)
    settled = [
        Resident(f"warga {number}", next(names), home, clock.between(*(EARLY if number in early else LATE)))
        for number, home in enumerate(homes)
    ]
    served = [grant.scope for one in texts.accounts for grant in one.grants if grant.scope in villages]
    waiting = served * WAITING_BEFORE_ACCOUNT + clock.chance.choices(villages, k=WAITING_ANYWHERE)
    return settled + [
        Resident(f"warga-baru {number}", next(names), home, clock.between(*RECENT), is_settled=False)
        for number, home in enumerate(waiting)
    ]


def _early(homes: Sequence[str], villages: Sequence[str], clock: Clock) -> set[int]:
    """Who was there in the first year: one in every village, the kecamatan that voted then, and some more."""
    early = {homes.index(village) for village in villages}
    early |= {number for number, home in enumerate(homes) if district_of(home) == next(iter(MORE_IN))}
    others = [number for number in range(len(homes)) if number not in early]
    return early | set(clock.chance.sample(others, SETTLED_EARLY - len(early)))


def introduce(people: People, texts: Texts, clock: Clock) -> Iterator[Step]:
    """Everybody opens an account or is enrolled, and gets the roles they hold."""
    papers = Papers(texts.women, clock.today.date())
    for account in texts.accounts:
        yield from _introduce_account(account, people, clock, papers)
    # Somebody has to enrol the first facilitators: the administrator may, for the days of the set-up.
    set_up = clock.hour(-424, 14)
    yield GrantRole(set_up, CONSOLE, ADMINISTRATOR, Role.FACILITATOR, BELU, until=clock.day(-413))
    for one in people.staff:
        yield from _enrol(one, ADMINISTRATOR, clock, papers)
    for (role, scope), holder in people.holders.items():
        if holder == f"{_title(role)} {scope}":
            yield GrantRole(clock.office(-413), ADMINISTRATOR, holder, role, scope)
    yield GrantRole(clock.office(-413), ADMINISTRATOR, COLLEAGUE, Role.PLANNER, BELU)
    for one in people.residents:
        yield from _enrol(one, people.holder(Role.FACILITATOR, one.village), clock, papers)


def _title(role: Role) -> str:
    return next((title for title, held in STAFF.items() if held is role), "")


@dataclass
class Papers:
    """Gives everybody a KTP, each with a serial of its own."""

    women: frozenset[str]
    today: date
    given: int = 0

    def of(self, key: str, name: str, village: str) -> OnPaper:
        self.given += 1
        return on_paper(key, name, village, self.given, self.women, self.today)


def _introduce_account(account: AccountText, people: People, clock: Clock, papers: Papers) -> Iterator[Step]:
    """Whoever is new has not entered their NIK yet: that is there for a visitor to try."""
    at, key = clock.office(-account.registered), key_of(account)
    yield Register(at, CONSOLE, account)
    if account.attested or account.grants:
        yield Identify(at + timedelta(minutes=3), key, key, papers.of(key, account.name, account.village))
    for grant in account.grants:
        by = CONSOLE if grant.role is Role.ADMINISTRATOR else ADMINISTRATOR
        agency = SERVED[account.regency] if grant.role is Role.OFFICER else ""
        yield GrantRole(at + timedelta(minutes=30), by, key, grant.role, grant.scope, agency=agency)
    if account.attested:
        yield Attest(clock.office(-account.attested), people.holder(Role.FACILITATOR, account.village), key)


def _enrol(one: Resident, by: str, clock: Clock, papers: Papers) -> Iterator[Step]:
    at = clock.office(one.enrolled)
    yield Enrol(at, by, one.key, one.name, one.village)
    yield Identify(at + timedelta(minutes=1), by, one.key, papers.of(one.key, one.name, one.village))
    if one.is_settled:
        yield Attest(at + timedelta(minutes=clock.between(4, 20)), by, one.key)

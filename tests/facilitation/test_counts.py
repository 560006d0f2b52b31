"""What facilitators do is counted openly: for moderators and auditors of the place, and for themselves."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.rules import Document
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import attest, note, send_for, write_for
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed, Refusal
from app.facilitation.rules.counts import MANY_ATTESTED, MANY_BALLOTS, MOST
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from tests import builders as b
from tests.client import Visitor

OVERSIGHT, OWN = "/meja/pendampingan", "/damping/angka"


@pytest.fixture
def facilitator(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.FACILITATOR, b.MAKIR)


def do(actor: Actor, deed: Deed, times: int, *, days_ago: int = 0, apart: timedelta = timedelta()) -> None:
    person = b.make_person()
    with transaction():
        for each in range(times):
            note(actor, person, deed, b.NOW - timedelta(days=days_ago) + each * apart)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_those_who_oversee_see_every_facilitator_by_day_and_deed(
    client: Visitor, facilitator: Actor, role: Role
) -> None:
    do(facilitator, Deed.ENROLLED, 3)
    do(facilitator, Deed.CARD_PRINTED, 2, days_ago=1)
    client.sign_in(b.person_of(b.make_staff(role, b.BELU)))
    page = client.get(OVERSIGHT).text
    assert facilitator.name in page
    assert "Mendaftarkan 3" in page
    assert "Mencetak kartu 2" in page
    assert "20 November 2026" in page


def test_nobody_oversees_outside_the_own_scope(client: Visitor, facilitator: Actor) -> None:
    do(facilitator, Deed.ENROLLED, 3)
    client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELTIM)))
    page = client.get(OVERSIGHT).text
    assert facilitator.name not in page
    assert "Belum ada pendampingan" in page
    for role in (Role.FACILITATOR, Role.PLANNER, Role.ADMINISTRATOR):
        client.sign_in(b.person_of(b.make_staff(role, b.BELU)))
        assert client.get(OVERSIGHT).status_code == 403


def test_a_facilitator_sees_the_same_figures_about_themselves_only(client: Visitor, facilitator: Actor) -> None:
    other = b.make_staff(Role.FACILITATOR, b.MAKIR)
    do(facilitator, Deed.ENROLLED, 3)
    do(other, Deed.ENROLLED, 9)
    client.sign_in(b.person_of(facilitator))
    page = client.get(OWN).text
    assert "Mendaftarkan 3" in page
    assert "Mendaftarkan 9" not in page


def test_unusual_counts_raise_a_question_and_are_never_hidden(client: Visitor, facilitator: Actor) -> None:
    do(facilitator, Deed.ATTESTED, MANY_ATTESTED + 1)
    do(facilitator, Deed.BALLOT_ASSISTED, MANY_BALLOTS + 1, days_ago=1, apart=timedelta(minutes=2))
    for day in range(3, 9):
        do(facilitator, Deed.ENROLLED, 2, days_ago=day)
    client.sign_in(b.person_of(b.make_staff(Role.AUDITOR, b.BELU)))
    page = client.get(OVERSIGHT).text
    assert "61 verifikasi dalam sehari, lebih dari 60." in page
    assert "21 suara dalam satu jam, lebih dari 20." in page
    assert "lebih dari tiga kali hari biasa (2)" in page


def test_the_shares_of_what_came_with_help_are_shown(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    b.make_proposal(maria)
    with transaction():
        draft = write_for(facilitator, maria, b.make_answers(), "a" * 36, b.NOW)
        send_for(facilitator, maria, draft, b.NOW, is_read_back=True)
    client.sign_in(b.person_of(b.make_staff(Role.AUDITOR, b.BELU)))
    page = client.get(OVERSIGHT).text
    assert "50%" in page
    assert "(1 dari 2)" in page


def test_beyond_the_most_of_a_day_nobody_is_attested(facilitator: Actor) -> None:
    limit = MOST[Deed.ATTESTED]
    with transaction():
        for _each in range(limit.most):
            limits.count(limit, str(facilitator.person_id), b.NOW)
    maria = b.make_person(level=Level.REGISTERED)
    with pytest.raises(Refused, match=Refusal.DAY_FULL), transaction():
        attest(facilitator, maria, Document.KTP, b.NOW)
    assert maria.level == Level.REGISTERED
    assert db.session.query(Assistance).filter_by(person_id=maria.id).count() == 0


@pytest.mark.parametrize(
    ("role", "scope", "address", "said"),
    [
        (Role.FACILITATOR, b.MAKIR, "/damping/", "Anda bertindak sebagai pendamping Desa Makir"),
        (Role.MODERATOR, b.LAMAKNEN, OVERSIGHT, "Anda bertindak sebagai moderator Kecamatan Lamaknen"),
        (Role.AUDITOR, b.BELU, OVERSIGHT, "Anda bertindak sebagai pemeriksa Kabupaten Belu"),
        (Role.PLANNER, b.BELU, "/pipa/belu/", "Anda bertindak sebagai perencana Kabupaten Belu"),
        (Role.ADMINISTRATOR, "", "/admin/", "Anda bertindak sebagai administrator semua kabupaten"),
    ],
)
@pytest.mark.usefixtures("facilitator")
def test_a_desk_says_in_whose_name_one_acts(client: Visitor, role: Role, scope: str, address: str, said: str) -> None:
    client.sign_in(b.person_of(b.make_staff(role, scope)))
    assert said in client.get(address).text
    assert "Anda bertindak sebagai" not in client.get("/belu/").text


def test_several_scopes_are_told_as_one_and_others(client: Visitor, facilitator: Actor) -> None:
    person = b.person_of(facilitator)
    b.accounts.grant(b.CONSOLE, person, Role.FACILITATOR, b.TOHE, b.NOW)
    client.sign_in(person)
    assert "pendamping Desa Makir dan 1 wilayah lain" in client.get("/damping/").text

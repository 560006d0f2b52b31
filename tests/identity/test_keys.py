"""Newer keys: whoever is known under an older one is found, counted once, and lifted while everybody goes on."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import vault
from app.accounts.models import Person
from app.accounts.queries import sharing_phone
from app.accounts.queries.keys import count_of_older_keys as count_of_older_seals
from app.identity import actions
from app.identity.actions import keys
from app.identity.models import Identity
from app.identity.queries import count_of_older_keys, find_by_nik, identity_of
from app.identity.rules import Refusal
from app.identity.rules.nik import Nik
from app.kernel.actor import Level, Role
from app.kernel.outcomes import Refused
from app.vault import Keyring
from tests import builders as b

SECRETS = {number: f"{number}" * 40 for number in (1, 2, 3)}


def use_keys(newest: int) -> None:
    known = {number: secret for number, secret in SECRETS.items() if number <= newest}
    vault.configure(Keyring(index="i" * 40, nik=known, fields=known))


@pytest.fixture
def _keys(app: Flask) -> Iterator[None]:
    use_keys(1)
    yield
    vault.configure(app.config["SETTINGS"].keyring)


pytestmark = pytest.mark.usefixtures("_keys")


@pytest.fixture
def niks(session: Session, _keys: None) -> list[Nik]:
    """Those of three people who came under the first key and of two under the second."""
    b.make_regions()
    made = [identify() for _ in range(3)]
    use_keys(2)
    return made + [identify() for _ in range(2)]


def identify() -> Nik:
    person, nik = b.make_person(level=Level.REGISTERED), b.make_nik()
    actions.identify_oneself(b.actor_of(person), person, actions.Particulars(nik), b.NOW)
    return nik


def versions(session: Session) -> list[str]:
    rows = session.query(Identity).order_by(Identity.person_id)
    return [row.nik_digest.partition(":")[0] for row in rows if row.nik_digest]


def run(app: Flask, *command: str) -> str:
    done = app.test_cli_runner().invoke(args=list(command))
    assert done.exit_code == 0, done.output
    return done.output


def test_under_two_and_three_keys_everybody_is_found(session: Session, niks: list[Nik]) -> None:
    assert versions(session) == ["1", "1", "1", "2", "2"]
    use_keys(3)
    owners = [find_by_nik(nik) for nik in niks]
    assert len({owner.person_id for owner in owners if owner}) == 5


def test_nobody_enters_an_old_nik_again_under_a_new_key(session: Session, niks: list[Nik]) -> None:
    use_keys(3)
    other, facilitator = b.make_person(level=Level.REGISTERED), b.make_staff(Role.FACILITATOR, b.LAMAKNEN)
    for nik in niks:
        with pytest.raises(Refused) as refused, session.begin_nested():
            actions.identify(facilitator, other, actions.Particulars(nik), b.NOW)
        assert refused.value.reason is Refusal.NIK_KNOWN


def test_half_way_through_a_rotation_everybody_is_found(
    session: Session, niks: list[Nik], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keys(3)
    monkeypatch.setattr(keys, "BATCH", 2)
    first = actions.lift_digests(0)
    assert (len(first), count_of_older_keys()) == (2, 3)
    assert all(find_by_nik(nik) for nik in niks)
    again = actions.lift_digests(0)  # as after an interruption
    assert set(again).isdisjoint(first)


def test_the_command_ends_with_no_old_digest_and_may_be_run_again(
    app: Flask, session: Session, niks: list[Nik], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keys(3)
    monkeypatch.setattr(keys, "BATCH", 2)
    session.commit()
    assert "5 diganti, 0 masih" in run(app, "identity", "rotate")
    session.expire_all()
    assert versions(session) == ["3"] * 5
    assert all(find_by_nik(nik) for nik in niks)
    assert "0 diganti, 0 masih" in run(app, "identity", "rotate")


def test_a_nik_entered_under_two_keys_at_once_ends_with_one_owner(session: Session, niks: list[Nik]) -> None:
    use_keys(1)  # a worker that has not been restarted yet does not see what came under the second key
    person = b.make_person(level=Level.REGISTERED)
    actions.identify_oneself(b.actor_of(person), person, actions.Particulars(niks[-1]), b.NOW)
    use_keys(2)
    assert identity_of(person.id).nik_digest  # type: ignore[union-attr]
    actions.lift_digests(0)
    session.expire_all()
    late = session.get_one(Identity, person.id)
    assert (late.nik_digest, late.nik_last4, late.doubts[-1]) == (None, None, "already_known")
    owner = find_by_nik(niks[-1])
    assert owner is not None
    assert owner.person_id != person.id


def test_phones_are_sealed_anew_and_stay_the_same(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    b.make_regions()
    people = [b.make_person() for _ in range(3)]
    without = b.accounts.register(b.accounts.Resident("Oma Rosa", b.MAKIR), b.NOW)
    phones = [person.phone for person in people]
    use_keys(2)
    people.append(b.make_person())
    phones.append(people[-1].phone)
    use_keys(3)
    assert count_of_older_seals() == 4
    assert [person.phone for person in people] == phones
    monkeypatch.setattr("app.accounts.actions.keys.BATCH", 3)
    session.commit()
    assert "4 disegel ulang, 0 masih" in run(app, "accounts", "reseal")
    session.expire_all()
    assert [person.phone for person in people] == phones
    assert {person.phone_sealed[0] for person in people if person.phone_sealed} == {3}
    assert session.get_one(Person, without.id).phone is None
    assert [found.id for found in sharing_phone(phones[0] or "")] == [people[0].id]

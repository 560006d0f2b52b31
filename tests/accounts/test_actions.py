"""Registering, signing in, attesting and granting, on a real database."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions, queries
from app.accounts.models import Person
from app.accounts.queries.sessions import find_signed_in
from app.accounts.rules import MAX_PER_PHONE, MOST_TRIED, Document, Refusal, is_card_number, normal_phone
from app.accounts.rules.consents import WORDING, Mode, Purpose
from app.accounts.rules.limits import SIGN_IN, SIGN_IN_ADDRESS
from app.accounts.rules.sessions import Device
from app.audit.actions import verify
from app.audit.models import AuditEntry
from app.db.session import session as live_session
from app.db.transaction import transaction
from app.kernel.actor import CONSOLE, Level, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.limits.queries import counted
from app.limits.rules import Refusal as Limited
from tests import builders as b

PHONE = "+6281234567890"
FROM = "10.0.0.7"


def register(name: str, phone: str = PHONE, password: str = b.PASSWORD) -> Person:
    secret = actions.hash_password(password, phone)
    return actions.register(actions.Resident(name, b.MAKIR, phone, secret), b.NOW)


@pytest.fixture
def _regions(session: Session) -> None:
    b.make_regions()


@pytest.mark.usefixtures("_regions")
class TestPeople:
    """What happens to one person."""

    def test_a_registered_person_signs_in_with_phone_or_card_and_is_not_verified(self) -> None:
        person = register("Ana Mau")
        assert is_card_number(person.card_number)
        assert person.level == Level.REGISTERED
        for name in ("0812-3456-7890", PHONE, person.card_number):
            assert actions.check_sign_in(name, b.PASSWORD, FROM, b.NOW) is person

    def test_on_a_shared_phone_the_password_picks_the_person(self) -> None:
        first = register("Ana", password="padi gunung besar")
        second = register("Beni", password="sapi merah kecil")
        assert actions.check_sign_in(PHONE, "sapi merah kecil", FROM, b.NOW) is second
        assert actions.check_sign_in(PHONE, "padi gunung besar", FROM, b.NOW) is first

    def test_a_household_shares_a_salt_so_that_one_hash_tells_who_has_come(self) -> None:
        people = [register(f"Warga {number}", password=f"padi gunung {number}") for number in range(MAX_PER_PHONE)]
        assert len({(person.password_hash or "").rpartition("$")[0] for person in people}) == 1
        assert len({person.password_hash for person in people}) == MAX_PER_PHONE

    def test_who_keeps_the_password_of_before_the_phone_still_signs_in_with_it(self) -> None:
        person = register("Ana", "+6281300000001")
        actions.change_phone(b.actor_of(person), person, PHONE, b.NOW)
        assert actions.check_sign_in(PHONE, b.PASSWORD, FROM, b.NOW) is person

    def test_registering_says_nothing_of_who_has_the_phone_but_a_household_is_all_that_confirms_it(self) -> None:
        people = [register(f"Warga {number}") for number in range(MAX_PER_PHONE + 1)]
        for person in people[:-1]:
            actions.confirm_phone(person, b.NOW)
        with pytest.raises(Refused) as refused:
            actions.confirm_phone(people[-1], b.NOW)
        assert refused.value.reason is Refusal.PHONE_FULL
        assert people[-1].phone_confirmed_at is None

    def test_who_has_confirmed_the_phone_is_found_before_those_who_only_typed_it(self) -> None:
        *_, owner = [register(f"Warga {number}") for number in range(MOST_TRIED + 3)]
        actions.confirm_phone(owner, b.NOW)
        assert queries.sharing_phone(PHONE)[0] is owner

    def test_a_phone_stands_sealed_and_opens_only_in_its_own_row(self, session: Session) -> None:
        first, second = register("Ana"), register("Beni", "+6281300000001")
        assert b"81234567890" not in (first.phone_sealed or b"")
        assert first.phone == PHONE
        second.phone_sealed = first.phone_sealed
        with pytest.raises(InvalidTag):
            _ = second.phone

    @pytest.mark.parametrize(
        ("typed", "normal"),
        [
            ("0812 3456 7890", PHONE),
            ("62812-3456-7890", PHONE),
            ("+62 812 3456 7890", PHONE),
            ("+670 7723 4567", "+67077234567"),
            ("021 555 1234", None),
            ("+1 202 555 0123", None),
            ("0812", None),
            ("", None),
            ("+", None),
        ],
    )
    def test_a_phone_has_one_normal_form(self, typed: str, normal: str | None) -> None:
        assert normal_phone(typed) == normal

    @pytest.mark.parametrize("name", [PHONE, "0899 9999 9999", "12345678", "tidak ada"])
    def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(self, name: str) -> None:
        register("Ana")
        with pytest.raises(Refused) as refused:
            actions.check_sign_in(name, "bukan kata sandi", FROM, b.NOW)
        assert refused.value.reason is Refusal.WRONG_SIGN_IN

    def test_nobody_signs_in_to_an_account_without_a_password(self) -> None:
        person = actions.enrol(
            b.make_staff(Role.FACILITATOR, b.MAKIR), actions.Resident("Oma Rosa", b.MAKIR), Mode.READ_ALOUD, b.NOW
        )
        for password in ("", "tidak ada orangnya"):
            with pytest.raises(Refused):
                actions.check_sign_in(person.card_number, password, FROM, b.NOW)

    def test_after_too_many_tries_even_the_right_password_waits(self) -> None:
        register("Ana")
        for _ in range(SIGN_IN.most + 1):
            actions.count_try("0812 3456 7890", FROM, b.NOW)
        with pytest.raises(Refused) as refused:
            actions.check_sign_in(PHONE, b.PASSWORD, FROM, b.NOW)
        assert refused.value.reason is Limited.TOO_OFTEN
        assert actions.check_sign_in(PHONE, b.PASSWORD, FROM, b.NOW + timedelta(minutes=15))

    def test_a_new_password_ends_every_session(self) -> None:
        person = b.make_person()
        token = actions.begin_session(person.id, person.epoch, Device(), False, b.NOW)
        assert find_signed_in(token, b.NOW) is not None
        actions.set_password(person, actions.hash_password("kuda putih lari"), b.NOW)
        assert find_signed_in(token, b.NOW) is None

    def test_a_facilitator_attests_residents_of_the_own_village_once(self) -> None:
        person, facilitator = b.make_person(b.MAKIR), b.make_staff(Role.FACILITATOR, b.MAKIR)
        actions.attest(facilitator, person, Document.KTP, b.NOW)
        assert person.level == Level.ATTESTED
        with pytest.raises(Refused) as refused:
            actions.attest(facilitator, person, Document.KTP, b.NOW)
        assert refused.value.reason is Refusal.ALREADY_ATTESTED

    def test_a_facilitator_of_another_village_may_not_attest(self) -> None:
        with pytest.raises(Denied):
            actions.attest(b.make_staff(Role.FACILITATOR, b.KEWAR), b.make_person(b.MAKIR), Document.KTP, b.NOW)

    def test_nobody_attests_themselves(self) -> None:
        facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
        person = queries.get_person(facilitator.person_id or 0)
        with pytest.raises(Refused) as refused:
            actions.attest(facilitator, person, Document.KTP, b.NOW)
        assert refused.value.reason is Refusal.OWN_ATTESTATION

    def test_only_who_administers_a_region_grants_roles_in_it(self) -> None:
        person = b.make_person()
        with pytest.raises(Denied):
            actions.grant(b.make_staff(Role.PLANNER, b.BELU), person, Role.PLANNER, b.BELU, b.NOW)
        with pytest.raises(Denied):
            actions.grant(b.make_staff(Role.ADMINISTRATOR, b.BELU), person, Role.PLANNER, b.BELTIM, b.NOW)
        actions.grant(CONSOLE, person, Role.ADMINISTRATOR, "", b.NOW)

    def test_a_grant_counts_only_while_it_runs(self) -> None:
        person = b.make_person()
        until = b.NOW + timedelta(days=1)
        actions.grant(CONSOLE, person, Role.MODERATOR, b.BELU, b.NOW, until)
        for at, holds in ((b.NOW - timedelta(1), False), (b.NOW, True), (until, False)):
            assert b.actor_of(person, at).holds(Role.MODERATOR, b.BELU) is holds

    def test_the_log_keeps_no_name_and_no_phone(self, session: Session) -> None:
        register("Ana Mau")
        kept = " ".join(f"{entry.act} {entry.subject} {entry.facts}" for entry in session.query(AuditEntry))
        assert "Ana" not in kept
        assert "1234567890" not in kept

    @pytest.mark.parametrize("change", [{"act": "x"}, {"facts": {"level": 2}}, {"actor_id": 77}])
    def test_whoever_changes_the_log_is_found(self, session: Session, change: dict[str, object]) -> None:
        b.make_person()
        b.make_staff(Role.PLANNER, b.BELU)
        assert verify() is None
        entry = session.get(AuditEntry, 2)
        assert entry is not None
        for name, value in change.items():
            setattr(entry, name, value)
        session.flush()
        assert verify() == 2

    def test_a_missing_entry_of_the_log_is_found(self, session: Session) -> None:
        for _ in range(3):
            b.make_person()
        session.delete(session.get(AuditEntry, 2))
        session.flush()
        assert verify() == 2


def test_people_who_register_at_once_all_get_accounts_and_the_log_stays_one_chain(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
    numbers = b.race(
        live_app,
        12,
        lambda n: actions.register(actions.Resident(f"W {n}", b.MAKIR, f"+62812000000{n:02d}"), b.NOW).card_number,
    )
    assert len(set(numbers)) == 12
    with live_app.app_context():
        assert live_session.query(Person).count() == 12
        assert verify() is None


def test_tries_that_come_at_once_are_all_counted(live_app: Flask) -> None:
    b.race(live_app, 16, lambda _: actions.count_try(PHONE, FROM, b.NOW))
    with live_app.app_context():
        assert counted(SIGN_IN, PHONE, b.NOW) == counted(SIGN_IN_ADDRESS, FROM, b.NOW) == 16


def test_a_consent_is_taken_back_in_whatever_words_and_however_often_it_was_given(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    b.make_regions()
    person = b.make_person()
    actions.give_consent(person, Purpose.PUBLIC_NAME, Mode.SELF, None, b.NOW)
    monkeypatch.setitem(WORDING, Purpose.PUBLIC_NAME, "2027-01")
    actions.give_consent(person, Purpose.PUBLIC_NAME, Mode.SELF, None, b.NOW)
    actions.withdraw_consent(b.actor_of(person), person, Purpose.PUBLIC_NAME, b.NOW)
    assert queries.consent_in_force(person.id, Purpose.PUBLIC_NAME) is None


def test_nobody_attests_or_gives_a_role_to_an_account_that_was_closed_meanwhile(session: Session) -> None:
    b.make_regions()
    person, facilitator = b.make_person(), b.make_staff(Role.FACILITATOR, b.MAKIR)
    person.closed_at = b.NOW
    session.flush()
    with pytest.raises(Missing):
        actions.attest(facilitator, person, Document.KTP, b.NOW)
    with pytest.raises(Missing):
        actions.grant(CONSOLE, person, Role.FACILITATOR, b.MAKIR, b.NOW)

"""Proposals that a facilitator types for a resident: the author stays the resident, the typist is on record."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import mend_for, send_for, write_for
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed, Refusal
from app.kernel.actor import CONSOLE, Actor, Level, Role
from app.kernel.outcomes import Denied, Refused
from app.moderation import actions as moderation
from app.moderation.rules import Decision, Verdict, state_mark
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode, Status
from app.proposals.rules import Refusal as ProposalRefusal
from tests import builders as b
from tests.client import Visitor

ANSWERS = {
    "title": "Pipa air bersih dari mata air Weluli",
    "problem": "Warga berjalan dua kilometer untuk mengambil air setiap pagi.",
    "work": "Pasang pipa dari mata air ke bak penampung di dusun.",
    "volume": "1200",
    "unit": "meter",
    "beneficiaries": "240",
    "misi": ["3"],
}


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    """The facilitator of Makir, signed in, while residents propose."""
    b.make_world()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


def desk_of(person: Person) -> str:
    return f"/damping/warga/{person.card_number}/usulan"


def typed(actor: Actor, person: Person, **changes: object) -> Proposal:
    with transaction():
        return write_for(actor, person, b.make_answers(**changes), str(uuid4()), b.NOW)


def sent(actor: Actor, person: Person) -> Proposal:
    draft = typed(actor, person)
    with transaction():
        return send_for(actor, person, draft, b.NOW, is_read_back=True)


def returned(actor: Actor, person: Person) -> Proposal:
    proposal = sent(actor, person)
    with transaction():
        moderator = b.make_staff(Role.MODERATOR, b.BELU)
        reason = {"code": ReasonCode.INCOMPLETE, "reason": "Sebutkan panjang pipanya."}
        return proposals.move(moderator, proposal, Event.RETURN, b.NOW, **reason)  # type: ignore[arg-type]


def test_what_is_typed_belongs_to_the_resident_and_is_sent_once_it_was_read_back(
    client: Visitor, facilitator: Actor
) -> None:
    maria = b.make_person(name="Maria Bete", attested=True)
    page = client.get(desk_of(maria)).text
    assert "Atas nama Maria Bete" in page
    answer = client.submit(desk_of(maria), ANSWERS)
    assert answer.status_code == 303
    (draft,) = db.session.query(Proposal).all()
    assert (draft.author_id, draft.typed_by_id, draft.status) == (maria.id, facilitator.person_id, Status.DRAFT)
    unread = client.submit(answer.location, {})
    assert unread.status_code == 422
    assert draft.number is None
    done = client.submit(answer.location, {"is_read_back": "y"})
    assert done.status_code == 303
    assert (draft.status, draft.read_back_at) == (Status.SUBMITTED, b.NOW)
    assert str(draft.number) in client.get(done.location).text
    deeds = [row.deed for row in db.session.query(Assistance).filter_by(person_id=maria.id)]
    assert deeds == [Deed.PROPOSAL_TYPED]
    assert client.post(answer.location, data={}).status_code in (303, 400)
    assert client.get(answer.location).location == done.location


def test_the_public_reads_that_somebody_helped_and_not_who(client: Visitor, facilitator: Actor) -> None:
    proposal = sent(facilitator, b.make_person(name="Maria Bete", attested=True))
    with transaction():
        proposals.move(b.make_staff(Role.MODERATOR, b.BELU), proposal, Event.PUBLISH, b.NOW)
    anybody = client.application.test_client()
    page = anybody.get(f"/belu/usulan/{proposal.number}").text
    assert "Dengan bantuan pendamping" in page
    assert facilitator.name not in page
    assert "Maria Bete" not in page


def test_the_resident_finds_the_draft_in_their_own_account_and_may_send_it(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    draft = typed(facilitator, maria)
    client.sign_in(maria)
    assert draft.title in client.get("/akun").text
    client.submit(f"/belu/usulan/baru/{draft.form_key}/periksa")
    assert (draft.status, draft.read_back_at) == (Status.SUBMITTED, None)


@pytest.mark.usefixtures("facilitator")
def test_before_a_resident_is_known_nothing_is_typed_for_them(client: Visitor) -> None:
    waiting = b.make_person(level=Level.REGISTERED)
    answer = client.get(desk_of(waiting))
    assert answer.status_code == 409
    assert "Warga ini belum diverifikasi" in answer.text


def test_nobody_is_their_own_facilitator(client: Visitor, facilitator: Actor) -> None:
    with transaction():
        own = b.make_person(b.MAKIR, attested=True)
        b.accounts.grant(CONSOLE, own, Role.FACILITATOR, b.MAKIR, b.NOW)
        actor = b.actor_of(own)
    with pytest.raises(Refused, match=Refusal.OWN_PROPOSAL):
        typed(actor, own)
    client.sign_in(own)
    assert client.get(desk_of(own)).status_code == 409


@pytest.mark.parametrize("village", [b.KEWAR, b.TOHE, b.LALANG])
def test_a_facilitator_of_another_village_types_nothing(facilitator: Actor, village: str) -> None:
    stranger = b.make_person(village, attested=True)
    with pytest.raises(Denied):
        typed(facilitator, stranger, village_code=village)


def test_without_the_role_a_draft_is_not_sent_any_more(facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    draft = typed(facilitator, maria)
    with pytest.raises(Denied), transaction():
        send_for(Actor(facilitator.person_id), maria, draft, b.NOW, is_read_back=True)


def test_nothing_is_sent_that_was_not_read_back(facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    draft = typed(facilitator, maria)
    with pytest.raises(Refused, match=ProposalRefusal.NOT_READ_BACK), transaction():
        send_for(facilitator, maria, draft, b.NOW, is_read_back=False)
    assert draft.number is None


def test_one_facilitator_does_not_touch_what_another_or_the_resident_has_written(
    client: Visitor, facilitator: Actor
) -> None:
    maria = b.make_person(attested=True)
    other = typed(b.make_staff(Role.FACILITATOR, b.MAKIR), maria)
    own = b.make_draft(maria)
    for draft in (other, own):
        for way in ("", "/periksa", "/terkirim", "/perbaiki"):
            assert client.get(f"{desk_of(maria)}/{draft.form_key}{way}").status_code == 404
        with pytest.raises(Denied), transaction():
            write_for(facilitator, maria, b.make_answers(), draft.form_key, b.NOW)
        with pytest.raises(Denied), transaction():
            send_for(facilitator, maria, draft, b.NOW, is_read_back=True)


def test_a_returned_proposal_is_mended_together(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    proposal = returned(facilitator, maria)
    page = f"{desk_of(maria)}/{proposal.form_key}/perbaiki"
    assert "Sebutkan panjang pipanya." in client.get(page).text
    assert client.submit(page, {"work": "Pasang pipa sepanjang 1.200 meter.", "misi": ["3"]}).status_code == 422
    better = {"work": "Pasang pipa sepanjang 1.200 meter.", "misi": ["3"], "is_read_back": "y"}
    assert client.submit(page, better).status_code == 303
    assert (proposal.status, proposal.work) == (Status.SUBMITTED, better["work"])


def test_who_typed_it_does_not_answer_it(facilitator: Actor) -> None:
    proposal = sent(facilitator, b.make_person(attested=True))
    b.accounts.grant(CONSOLE, b.person_of(facilitator), Role.MODERATOR, b.BELU, b.NOW)
    both = b.actor_of(b.person_of(facilitator))
    verdict = Verdict(Decision.PUBLISH, state_mark(proposal.status, proposal.held_since))
    with pytest.raises(Denied), transaction():
        moderation.decide(both, proposal, verdict, b.NOW)
    assert proposal.status is Status.SUBMITTED


def test_a_typist_withdraws_and_supports_nothing_in_the_name_of_the_resident(
    client: Visitor, facilitator: Actor
) -> None:
    proposal = sent(facilitator, b.make_person(attested=True))
    with pytest.raises(Denied), transaction():
        proposals.move(facilitator, proposal, Event.WITHDRAW, b.NOW)
    token = client.get("/damping/cari").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post(f"/belu/usulan/{proposal.number}/tarik", data={"csrf_token": token})
    assert answer.status_code == 404


def test_the_log_tells_who_sent_it(facilitator: Actor) -> None:
    proposal = sent(facilitator, b.make_person(attested=True))
    entry = db.session.query(AuditEntry).filter_by(act="submit", subject=f"proposal:{proposal.id}").one()
    assert entry.actor_id == facilitator.person_id


def test_the_second_click_sends_nothing_twice_and_counts_once(facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    draft = typed(facilitator, maria)
    for _click in range(2):
        with transaction():
            send_for(facilitator, maria, draft, b.NOW, is_read_back=True)
    assert db.session.query(Assistance).filter_by(person_id=maria.id, deed=Deed.PROPOSAL_TYPED).count() == 1


def test_many_clicks_at_once_send_and_count_once(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
        maria = b.make_person(attested=True)
        draft_id = write_for(facilitator, maria, b.make_answers(), str(uuid4()), b.NOW).id
        person_id = maria.id

    def click(_index: int) -> str | None:
        with transaction():
            draft = db.session.get(Proposal, draft_id)
            assert draft is not None
            return send_for(facilitator, b.get_person(person_id), draft, b.NOW, is_read_back=True).number

    assert len(set(at_once(click, 6))) == 1
    with live_app.app_context():
        assert db.session.query(Assistance).filter_by(deed=Deed.PROPOSAL_TYPED).count() == 1


def test_mending_needs_the_village_too(facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    proposal = returned(facilitator, maria)
    elsewhere = b.make_staff(Role.FACILITATOR, b.TOHE)
    with pytest.raises(Denied), transaction():
        mend_for(elsewhere, maria, proposal, b.make_answers(), b.NOW)

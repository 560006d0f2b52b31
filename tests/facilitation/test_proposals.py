"""Proposals that a facilitator types for a resident: the author stays the resident, the typist is on record."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from app.accounts.models import Person, RoleGrant
from app.audit.models import AuditEntry
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import mend_for, send_for, write_for
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed, Refusal
from app.files.queries import photos_of
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
from tests.files.pictures import photo
from tests.files.test_pages import post
from tests.proposals import world

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


# Photos and the pin


def pictures(*names: str) -> list[FileStorage]:
    return [FileStorage(io.BytesIO(photo(size=(64, 40 + n))), name) for n, name in enumerate(names)]


def send_form(client: Visitor, page: str, answers: dict[str, Any]) -> TestResponse:
    """The page's form with files, as a browser sends it."""
    names = "csrf_token|form_key|village"
    fields = dict(re.findall(rf'name="({names})"[^>]*value="([^"]*)"', client.get(page).text))
    return post(client, page, fields | answers)


def test_photos_that_a_facilitator_adds_hang_on_the_residents_proposal(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    answer = send_form(client, desk_of(maria), ANSWERS | {"photos": pictures("a.jpg", "b.jpg")})
    assert answer.status_code == 303
    check = client.get(answer.location).text
    shown = re.findall(r'src="(/berkas/[^"]+)"', check)
    assert len(shown) == 2
    stranger = client.application.test_client().sign_in(b.make_person())
    resident = client.application.test_client().sign_in(maria)
    assert [one.get(shown[0]).status_code for one in (client, resident, stranger)] == [200, 200, 404]
    client.submit(answer.location, {"is_read_back": "y"})
    (proposal,) = db.session.query(Proposal).all()
    proposals.move(b.make_staff(Role.MODERATOR, b.BELU), proposal, Event.PUBLISH, b.NOW)
    assert client.application.test_client().get(f"/belu/usulan/{proposal.number}").text.count("<img") == 2


@pytest.mark.usefixtures("facilitator")
def test_a_refused_photo_takes_nothing_else_with_it(client: Visitor) -> None:
    maria = b.make_person(attested=True)
    bad = FileStorage(io.BytesIO(b"bukan foto"), "surat.jpg")
    typed = ANSWERS | {"photos": [*pictures("a.jpg"), bad]}
    fields = dict(
        re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', client.get(desk_of(maria)).text)
    )
    first = client.post(desk_of(maria), data=fields | typed, content_type="multipart/form-data")
    assert first.status_code == 422
    assert "Berkas ini bukan foto" in first.text
    assert ANSWERS["problem"] in first.text
    assert first.text.count("Hapus foto") == 1
    answer = client.post(desk_of(maria), data=fields | ANSWERS, content_type="multipart/form-data")
    assert client.get(answer.location).text.count("<img") == 1


@pytest.mark.usefixtures("facilitator")
def test_a_photo_is_taken_off_when_the_answers_are_changed(client: Visitor) -> None:
    maria = b.make_person(attested=True)
    check = send_form(client, desk_of(maria), ANSWERS | {"photos": pictures("a.jpg", "b.jpg")}).location
    edit = check.removesuffix("/periksa")
    first = re.findall(r'name="photos-hapus" value="([0-9a-f]{32})"', client.get(edit).text)[0]
    assert send_form(client, edit, ANSWERS | {"photos-hapus": first}).status_code == 303
    assert client.get(check).text.count("<img") == 1


def test_photos_come_with_what_is_mended_and_fit_the_larger_form(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    proposal = returned(facilitator, maria)
    page = f"{desk_of(maria)}/{proposal.form_key}/perbaiki"
    large = photo() + bytes(9 * 2**20)  # more than other forms take
    better = ANSWERS | {"photos": FileStorage(io.BytesIO(large), "a.jpg"), "is_read_back": "y"}
    assert send_form(client, page, better).status_code == 303
    assert len(photos_of("proposal", [proposal.id])[proposal.id]) == 1
    assert proposal.status is Status.SUBMITTED


def test_who_typed_no_longer_sees_photos_once_the_role_is_gone(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(attested=True)
    check = send_form(client, desk_of(maria), ANSWERS | {"photos": pictures("a.jpg")}).location
    shown = re.findall(r'src="(/berkas/[^"]+)"', client.get(check).text)[0]
    (grant,) = db.session.query(RoleGrant).filter_by(person_id=facilitator.person_id).all()
    b.accounts.end_grant(CONSOLE, grant, "Pindah tugas ke desa lain.", b.NOW)
    assert client.get(shown).status_code == 404


def test_a_facilitator_sets_the_pin_on_the_map_of_the_residents_village(client: Visitor, facilitator: Actor) -> None:
    world.make_outlines()
    maria = b.make_person(attested=True)
    page = desk_of(maria)
    tapped = client.submit(page, ANSWERS | world.tap())
    assert tapped.status_code == 200
    assert "Titik sudah ada" in tapped.text
    at_sea = {"latitude": "-8.5", "longitude": "125.0", "titik": "simpan"}
    assert client.submit(page, ANSWERS | at_sea).status_code == 422
    at = dict(re.findall(r'name="(latitude|longitude)"[^>]*value="([^"]+)"', tapped.text))
    assert client.submit(page, ANSWERS | at).status_code == 303
    (draft,) = db.session.query(Proposal).all()
    assert f"{draft.latitude}" == at["latitude"]

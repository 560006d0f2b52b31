"""What must not get in, by every form in which people write of proposals: too long, private, replayed, too late."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.discussion import actions as discussion
from app.discussion.models import Comment, Support
from app.discussion.rules.comments import Stance, Words
from app.kernel.actor import Role
from app.moderation.models import AbuseReport
from app.proposals import actions
from app.proposals.models import Proposal, ProposalDraft
from app.proposals.queries import timeline_of, versions_of
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor

LONG = 200_000
PHONE, NIK = "0812 3456 7890", "5304 0157 0588 0004"
PRIVATE = "Jangan tulis NIK atau nomor HP"
WHY = "Sebutkan panjang pipanya."
START = "/belu/usulan/baru"
# Each prepares what its form is for and gives the address, the field that is attacked, and what else is sent.
Place = Callable[[Person], tuple[str, str, dict[str, Any]]]


def returned(author: Person) -> Proposal:
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    return actions.move(moderator, b.make_proposal(author), Event.RETURN, b.NOW, code=ReasonCode.INCOMPLETE, reason=WHY)


def talk_on(proposal: Proposal, author: Person | None = None) -> str:
    """A comment of the author, or of somebody else, by its address."""
    actor = b.actor_of(author or b.make_person())
    said = discussion.write_comment(actor, proposal, Words("Kapan mulai?", Stance.FOR), str(uuid4()), b.NOW)
    return f"/belu/usulan/{proposal.number}/obrolan/{said.id}"


def the_question(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"{START}/{uuid4()}/masalah", "problem", {}


def the_whole_page(author: Person) -> tuple[str, str, dict[str, Any]]:
    said = {"title": "Pipa air bersih", "work": "Pasang pipa dari mata air.", "volume": "3", "unit": "meter"}
    return f"{START}?sekaligus=1", "problem", said | {"beneficiaries": "40", "misi": "3"}


def the_mended(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"/belu/usulan/{returned(author).number}/perbaiki", "work", {"misi": "3"}


def the_version(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"/belu/usulan/{b.make_published(author).number}/ubah", "title", {"misi": "3"}


def the_comment(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"/belu/usulan/{b.make_published().number}/obrolan/tulis", "text", {"stance": "for"}


def the_answer(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"{talk_on(b.make_published())}/balas", "text", {}


def the_edited_comment(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"{talk_on(b.make_published(), author)}/ubah", "text", {}


def the_report(author: Person) -> tuple[str, str, dict[str, Any]]:
    return f"/belu/usulan/{b.make_published().number}/laporkan", "text", {"wrong": "false"}


def the_appeal(author: Person) -> tuple[str, str, dict[str, Any]]:
    moderator, proposal = b.make_staff(Role.MODERATOR, b.BELU), b.make_proposal(author)
    actions.move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.DUPLICATE, reason=WHY)
    return f"/belu/usulan/{proposal.number}/sanggah", "reason", {}


PLACES: tuple[Place, ...] = (
    the_question,
    the_whole_page,
    the_mended,
    the_version,
    the_comment,
    the_answer,
    the_edited_comment,
    the_report,
    the_appeal,
)


@pytest.fixture
def author(client: Visitor, session: Session) -> Person:
    b.make_world()
    person = b.make_person()
    client.sign_in(person)
    return person


def stored(session: Session) -> list[str]:
    """Every text that any of these forms could have changed."""
    texts = [f"{one.title} {one.problem} {one.work}" for one in session.query(Proposal)]
    texts += [one.text for one in session.query(Comment)] + [one.text for one in session.query(AbuseReport)]
    texts += [f"{one.answers}" for one in session.query(ProposalDraft)]
    return sorted(texts)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("text", ["ab c" * (LONG // 4), "é" * LONG], ids=["words", "accents"])
def test_two_hundred_thousand_letters_are_refused_and_change_nothing(
    client: Visitor, session: Session, author: Person, place: Place, text: str
) -> None:
    address, field, more = place(author)
    before, steps = stored(session), session.query(Proposal.status).all()
    answer = client.submit(address, more | {field: text})
    assert answer.status_code in (413, 422)
    assert (stored(session), session.query(Proposal.status).all()) == (before, steps)
    if answer.status_code == 422:
        assert "Terlalu panjang" in answer.text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("number", [PHONE, NIK, PHONE.replace(" ", "\u200b"), NIK.replace(" ", "\u2011")])
def test_numbers_of_people_are_stopped_before_anybody_reads_them(
    client: Visitor, session: Session, author: Person, place: Place, number: str
) -> None:
    address, field, more = place(author)
    before = stored(session)
    answer = client.submit(address, more | {field: f"Keterangan lengkapnya tanya ke {number} saja."})
    assert answer.status_code == 422
    assert PRIVATE in answer.text
    assert "Keterangan lengkapnya tanya ke" in answer.text
    assert stored(session) == before


def test_a_mended_proposal_that_is_sent_again_and_again_is_mended_once(
    client: Visitor, session: Session, author: Person
) -> None:
    proposal = returned(author)
    page = f"/belu/usulan/{proposal.number}/perbaiki"
    _address, fields = client._form(client.get(page).text, None)
    sent = fields | {"work": "Pasang pipa sepanjang 1.200 meter.", "misi": "3"}
    assert client.post(page, data=sent).status_code == 303
    actions.move(b.make_staff(Role.MODERATOR, b.BELU), proposal, Event.PUBLISH, b.NOW)
    for late in (sent, sent | {"work": "Beli mobil untuk kepala dusun kami."}):
        assert client.post(page, data=late).status_code == 303
    assert (proposal.status, proposal.work) == (Status.PUBLISHED, "Pasang pipa sepanjang 1.200 meter.")
    assert [entry.event for entry in timeline_of(proposal.id)].count(Event.RESUBMIT) == 1
    assert versions_of(proposal.id) == []


def test_what_is_withdrawn_takes_no_support_no_comment_and_no_new_text(
    client: Visitor, session: Session, author: Person
) -> None:
    proposal = b.make_published(author)
    page = f"/belu/usulan/{proposal.number}"
    visitor = client.application.test_client().sign_in(b.make_person())
    support = visitor._form(visitor.get(page).text, f"{page}/dukung")[1]
    comment = visitor._form(visitor.get(f"{page}/obrolan/tulis").text, None)[1]
    revision = client._form(client.get(f"{page}/ubah").text, None)[1]
    actions.move(b.actor_of(author), proposal, Event.WITHDRAW, b.NOW)
    assert visitor.post(f"{page}/dukung", data=support).status_code == 409
    late = visitor.post(f"{page}/obrolan/tulis", data=comment | {"stance": "for", "text": "Kami setuju sekali."})
    assert late.status_code in (409, 422)
    assert client.post(f"{page}/ubah", data=revision | {"title": "Judul yang lain", "misi": "3"}).status_code == 303
    assert (session.query(Support).count(), session.query(Comment).count()) == (0, 0)
    assert proposal.title == b.ANSWERS.title

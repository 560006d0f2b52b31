"""Changing what is published: the former text stays to be read, and the substance stays once the review has begun."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.cycles.rules import PhaseKind
from app.facilitation.actions import send_for, write_for
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.proposals import actions
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.queries import Filters, answers_of, public_list, timeline_of, versions_of
from app.proposals.rules import Event, ReasonCode, Refusal
from app.proposals.rules.revising import MOST_VERSIONS, Substance
from tests import builders as b
from tests.client import Visitor
from tests.proposals import world
from tests.proposals.world import AT_SEA, ELSEWHERE, HOME


@pytest.fixture
def author(session: Session) -> Person:
    """Somebody of Makir while proposals are gathered and none is reviewed yet."""
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,))
    return b.make_person()


@pytest.fixture
def proposal(author: Person) -> Proposal:
    return b.make_published(author, title="Pipa air brsih dari mata air Weluli")


def review(proposal: Proposal) -> None:
    """Let the review of its cycle begin."""
    from app.cycles.models import Phase
    from app.db.session import session

    opens = b.NOW - timedelta(days=1)
    session.add(Phase(cycle_id=proposal.cycle_id, kind=PhaseKind.REVIEW, opens=opens, closes=b.NOW + timedelta(days=9)))
    session.flush()


def revise(actor: Actor, proposal: Proposal, **changes: object) -> Proposal:
    answers = replace(answers_of(proposal), **changes)  # type: ignore[arg-type]
    return actions.revise(actor, proposal, answers, b.NOW + timedelta(hours=1))


def test_a_slip_is_mended_and_the_former_text_kept(author: Person, proposal: Proposal) -> None:
    revise(b.actor_of(author), proposal, title="Pipa air bersih dari mata air Weluli")
    (version,) = versions_of(proposal.id)
    assert proposal.title == "Pipa air bersih dari mata air Weluli"
    assert version.content["title"] == "Pipa air brsih dari mata air Weluli"
    assert (version.number, version.written_at, version.written_by_id) == (1, b.NOW, author.id)
    told = timeline_of(proposal.id)[-1]
    assert (told.event, told.facts) == (Event.REVISE, {"version": 2, "parts": []})
    assert [row.id for row in public_list(b.BELU, Filters(text="bersih"), None).rows] == [proposal.id]


def test_every_version_says_since_when_and_by_whom(author: Person, proposal: Proposal) -> None:
    actor = b.actor_of(author)
    for title in ("Pipa air bersih dari mata air Weluly", "Pipa air bersih dari mata air Weluli"):
        revise(actor, proposal, title=title)
    first, second = versions_of(proposal.id)
    assert (first.written_at, second.written_at) == (b.NOW, b.NOW + timedelta(hours=1))
    assert (second.number, second.content["title"]) == (2, "Pipa air bersih dari mata air Weluly")


def test_the_substance_changes_until_the_review_begins(author: Person, proposal: Proposal) -> None:
    actor = b.actor_of(author)
    revise(actor, proposal, volume=3000)
    assert timeline_of(proposal.id)[-1].facts["parts"] == [Substance.VOLUME]
    review(proposal)
    with pytest.raises(Refused) as refused:
        revise(actor, proposal, volume=9000, estimate=1_000)
    assert refused.value.reason is Refusal.CHANGES_TOO_MUCH
    assert refused.value.facts["parts"] == [Substance.VOLUME, Substance.ESTIMATE]
    assert revise(actor, proposal, title="Pipa air bersih dari mata air Weluli").volume == 3000


def test_nobody_but_the_author_and_who_typed_it_for_them_changes_it(author: Person, proposal: Proposal) -> None:
    for other in (
        b.make_staff(Role.MODERATOR, b.BELU),
        b.make_staff(Role.FACILITATOR, b.MAKIR),
        b.actor_of(b.make_person()),
    ):
        with pytest.raises(Denied):
            revise(other, proposal, title="Pipa air bersih dari mata air Weluli")
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    draft = write_for(facilitator, author, b.make_answers(), "0" * 36, b.NOW)
    typed = send_for(facilitator, author, draft, b.NOW, is_read_back=True)
    actions.move(b.make_staff(Role.MODERATOR, b.BELU), typed, Event.PUBLISH, b.NOW)
    revise(facilitator, typed, title="Pipa air bersih dari mata air Weluly")
    assert versions_of(typed.id)[0].written_by_id == facilitator.person_id


def test_what_may_not_be_proposed_may_not_be_written_later_either(author: Person, proposal: Proposal) -> None:
    actor = b.actor_of(author)
    for changes, reason in (
        ({"misi_ids": frozenset()}, Refusal.NO_MISI_CHOSEN),
        ({"misi_ids": frozenset({10**6})}, Refusal.UNKNOWN_MISI),
        ({"village_code": b.KEWAR}, Refusal.OTHER_VILLAGE),
        ({"entry_id": 10**6}, Refusal.UNKNOWN_ENTRY),
        ({}, Refusal.NOTHING_CHANGED),
    ):
        with pytest.raises(Refused) as refused:
            revise(actor, proposal, **changes)
        assert refused.value.reason is reason


def test_twenty_versions_are_enough(author: Person, proposal: Proposal) -> None:
    actor = b.actor_of(author)
    for n in range(MOST_VERSIONS):
        revise(actor, proposal, title=f"Pipa air bersih dari mata air nomor {n}")
    with pytest.raises(Refused) as refused:
        revise(actor, proposal, title="Pipa air bersih dari mata air Weluli")
    assert refused.value.reason is Refusal.TOO_MANY_VERSIONS


def test_everybody_reads_word_by_word_what_has_changed(client: Visitor, author: Person, proposal: Proposal) -> None:
    page = f"/belu/usulan/{proposal.number}"
    assert "belum pernah diubah" in client.get(f"{page}/riwayat-teks").text
    assert "Perbaiki tulisan" not in client.get(page).text
    client.sign_in(author)
    assert "Perbaiki tulisan" in client.get(page).text
    answer = client.submit(f"{page}/ubah", {"title": "Pipa air bersih dari mata air Weluli", "misi": "3"})
    assert answer.location == page
    shown = client.get(page).text
    assert "Lihat apa yang berubah" in shown
    assert "Pengusul memperbaiki tulisannya" in shown
    changes = client.application.test_client().get(f"{page}/riwayat-teks").text
    assert "<del>brsih</del> <ins>bersih</ins>" in changes
    assert "Masalah" not in changes  # it says the same


def test_a_form_that_changes_nothing_is_no_version(client: Visitor, author: Person, proposal: Proposal) -> None:
    page = f"/belu/usulan/{proposal.number}"
    client.sign_in(author)
    for _ in range(2):  # a double click is one change
        assert client.submit(f"{page}/ubah", {"title": "Pipa air bersih dari Weluli", "misi": "3"}).location == page
    assert len(versions_of(proposal.id)) == 1


def test_too_late_a_change_says_which_part_it_is(client: Visitor, author: Person, proposal: Proposal) -> None:
    review(proposal)
    client.sign_in(author)
    answer = client.submit(f"/belu/usulan/{proposal.number}/ubah", {"volume": "9000", "misi": "3"})
    assert answer.status_code == 422
    assert "isi pokok tidak dapat diganti lagi: banyaknya." in answer.text
    assert "9000" in answer.text
    assert proposal.volume == 1200


def test_markup_in_either_version_is_text(client: Visitor, author: Person) -> None:
    attack = '"><script>alert(1)</script>'
    proposal = b.make_published(author, problem=f"Air jauh dari rumah. {attack}")
    revise(b.actor_of(author), proposal, problem="Air jauh dari rumah. <b onmouseover=x>{{7*7}}</b>")
    page = client.get(f"/belu/usulan/{proposal.number}/riwayat-teks").text
    assert "<script>alert" not in page
    assert "<b onmouseover" not in page
    assert "&lt;script&gt;" in page


def test_a_private_number_is_shown_in_no_version(client: Visitor, author: Person) -> None:
    proposal = b.make_published(author, problem="Air jauh. Hubungi 0812 3456 7890 kalau perlu.")
    revise(b.actor_of(author), proposal, problem="Air jauh. Hubungi kepala dusun kalau perlu.")
    assert "7890" not in client.get(f"/belu/usulan/{proposal.number}/riwayat-teks").text
    client.sign_in(author)
    typed = {"problem": "Air jauh sekali. Hubungi 0812 3456 7890.", "misi": "3"}
    answer = client.submit(f"/belu/usulan/{proposal.number}/ubah", typed)
    assert answer.status_code == 422
    assert "Jangan tulis NIK atau nomor HP" in answer.text


def test_what_was_hidden_is_hidden_in_all_its_versions(client: Visitor, author: Person, proposal: Proposal) -> None:
    revise(b.actor_of(author), proposal, title="Pipa air bersih dari mata air Weluli")
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    reason = "Nama anak disebut di dalamnya."
    actions.move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.PRIVATE_DATA, reason=reason)
    page = f"/belu/usulan/{proposal.number}/riwayat-teks"
    assert client.get(page).status_code == 404
    assert client.sign_in(b.make_person()).get(page).status_code == 404
    assert client.sign_in(author).get(page).status_code == 200
    assert client.get(f"/belu/usulan/{proposal.number}/ubah").status_code == 303


def test_others_are_not_let_in_to_change_it(client: Visitor, author: Person, proposal: Proposal) -> None:
    page = f"/belu/usulan/{proposal.number}/ubah"
    assert client.get(page).status_code == 303
    assert client.sign_in(b.make_person()).get(page).status_code == 403
    waiting = b.make_proposal(author)
    assert client.get(f"/belu/usulan/{waiting.number}/ubah").status_code == 404
    assert client.sign_in(author).get(f"/belu/usulan/{waiting.number}/ubah").status_code == 303


def test_a_moderator_sees_the_last_change(
    client: Visitor, author: Person, proposal: Proposal, session: Session
) -> None:
    revise(b.actor_of(author), proposal, title="Pipa air bersih dari mata air Weluli")
    desk = client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU))).get(f"/meja/{proposal.number}").text
    assert re.search(r"<del>brsih</del> <ins>bersih</ins>", desk)
    assert session.query(ProposalVersion).count() == 1


# The pin


@pytest.fixture
def pinned(session: Session) -> Proposal:
    """A proposal of Makir with a pin, where the outlines are known."""
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,))
    world.make_outlines()
    return b.make_published(b.make_person(), latitude=HOME.latitude, longitude=HOME.longitude)


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input id="(?:latitude|longitude)" name="(\w+)" type="hidden" value="([^"]*)"', page))


def test_the_pin_moves_with_a_new_version_and_the_difference_shows_it(
    client: Visitor, pinned: Proposal, session: Session
) -> None:
    author, page = session.get(Person, pinned.author_id), f"/belu/usulan/{pinned.number}/ubah"
    assert 'type="image"' in client.sign_in(author).get(page).text
    tapped = client.submit(page, world.tap(right=9) | {"title": "Pipa air ke bak baru", "misi": "3"})
    assert tapped.status_code == 200
    assert "Titik sudah ada" in tapped.text
    assert 'value="Pipa air ke bak baru"' in tapped.text  # what else was typed stays
    assert len(versions_of(pinned.id)) == 0  # nothing is new before it is sent
    moved = {name: str(float(at)) for name, at in fields_of(tapped.text).items()}
    assert moved.keys() == {"latitude", "longitude"}
    assert client.submit(page, moved | {"misi": "3"}).status_code == 303
    assert f"{pinned.longitude}" == moved["longitude"] != f"{HOME.longitude}"
    changes = client.get(f"/belu/usulan/{pinned.number}/riwayat-teks").text
    assert "Titik di peta" in changes
    assert f"<del>{HOME.longitude:.3f}</del>" in changes


def test_a_pin_at_sea_is_refused_beside_the_map_and_nothing_typed_is_lost(
    client: Visitor, pinned: Proposal, session: Session
) -> None:
    page = f"/belu/usulan/{pinned.number}/ubah"
    client.sign_in(session.get(Person, pinned.author_id))
    typed = {"latitude": f"{AT_SEA.latitude}", "longitude": f"{AT_SEA.longitude}", "misi": "3", "work": "Pasang pipa."}
    answer = client.submit(page, typed | {"titik": "simpan"})
    assert answer.status_code == 422
    assert "Pasang pipa." in answer.text
    assert '<p class="err">' in answer.text
    assert client.submit(page, typed).status_code == 422  # without the button neither
    assert (pinned.latitude, len(versions_of(pinned.id))) == (HOME.latitude, 0)


def test_a_pin_is_taken_off_again(client: Visitor, pinned: Proposal, session: Session) -> None:
    page = f"/belu/usulan/{pinned.number}/ubah"
    answer = client.sign_in(session.get(Person, pinned.author_id)).submit(page, {"titik": "hapus", "misi": "3"})
    assert "Titik sudah ada" not in answer.text
    assert client.submit(page, {"latitude": "", "longitude": "", "misi": "3"}).status_code == 303
    assert pinned.latitude is None


def test_a_pin_far_away_is_another_proposal_once_the_review_has_begun(pinned: Proposal) -> None:
    review(pinned)
    author = b.actor_of(b.get_person(pinned.author_id))
    with pytest.raises(Refused) as refused:
        revise(author, pinned, latitude=ELSEWHERE.latitude, longitude=ELSEWHERE.longitude)
    assert refused.value.facts["parts"] == [Substance.PLACE]
    assert revise(author, pinned, latitude=HOME.latitude + 0.001).latitude == HOME.latitude + 0.001

"""Following proposals, villages and misi: rules, races, pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.session import session as live_session
from app.db.transaction import transaction
from app.discussion import actions, queries
from app.discussion.models import Follow, Support, SupportCount
from app.discussion.rules.follows import MOST_FOLLOWED, FollowRefusal, Topic
from app.kernel.actor import ANYONE, Actor, Level, Role
from app.kernel.movers import movers_of
from app.kernel.outcomes import Denied, Refused
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode
from tests import builders as b
from tests.client import Visitor

Race = Callable[[Callable[[int], Any], int], list[Any]]


@pytest.fixture
def proposal(session: Session) -> Proposal:
    b.make_world()
    return b.make_published()


def follow(actor: Actor, ref: str, kind: Topic = Topic.PROPOSAL) -> None:
    actions.follow(actor, kind, ref, b.BELU, b.NOW)


def followed() -> int:
    return live_session.scalar(select(func.count()).select_from(Follow)) or 0


def test_following_twice_and_stopping_twice_changes_once(proposal: Proposal) -> None:
    actor = b.actor_of(b.make_person(level=Level.REGISTERED))
    for _time in range(2):
        follow(actor, str(proposal.id))
    assert followed() == 1
    for _time in range(2):
        actions.unfollow(actor, Topic.PROPOSAL, str(proposal.id))
    assert followed() == 0


def test_staff_of_the_regency_follow_and_people_of_elsewhere_do_not(proposal: Proposal) -> None:
    follow(b.make_staff(Role.OFFICER, b.BELU, village=b.LALANG), b.MAKIR, Topic.VILLAGE)
    for actor in (b.actor_of(b.make_person(b.LALANG)), ANYONE):
        with pytest.raises(Denied):
            follow(actor, str(proposal.id))


def test_the_fifty_first_is_refused_and_one_followed_already_is_not(proposal: Proposal) -> None:
    actor = b.actor_of(b.make_person())
    for number in range(MOST_FOLLOWED):
        follow(actor, str(number))
    follow(actor, "0")
    with pytest.raises(Refused) as refused:
        follow(actor, "x")
    assert refused.value.reason is FollowRefusal.TOO_MANY


def test_two_tabs_do_not_both_take_the_last_place(live_app: Flask, at_once: Race) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        actor = b.actor_of(b.make_person())
        for number in range(MOST_FOLLOWED - 1):
            follow(actor, str(number))

    def one(index: int) -> None:
        with transaction():
            follow(actor, f"new {index}")

    outcomes = at_once(one, 6)
    assert sum(outcome is None for outcome in outcomes) == 1
    with live_app.app_context():
        assert followed() == MOST_FOLLOWED


def test_followers_go_over_once_each_and_those_who_were_brought_go_back(proposal: Proposal) -> None:
    other, both, only = b.make_published(), b.actor_of(b.make_person()), b.actor_of(b.make_person())
    mover = next(one for one in movers_of("proposal") if one.kind == "follow")
    follow(both, str(proposal.id))
    follow(both, str(other.id))
    follow(only, str(proposal.id))
    brought = mover.unite(proposal.id, other.id)
    assert (list(brought), followed()) == ([only.person_id], 4)
    mover.separate(proposal.id, other.id, brought)
    assert followed() == 3
    assert queries.is_followed(both.person_id, Topic.PROPOSAL, str(other.id))


# Supports by year


def counted(proposal: Proposal) -> dict[int, int]:
    rows = select(SupportCount.cycle_id, SupportCount.count).where(SupportCount.proposal_id == proposal.id)
    return {row[0]: row[1] for row in live_session.execute(rows)}


def test_supports_are_counted_in_the_year_in_which_they_were_given(client: Visitor, proposal: Proposal) -> None:
    early, late = b.actor_of(b.make_person()), b.actor_of(b.make_person())
    actions.support(early, proposal, b.NOW)
    first = proposal.cycle_id
    second = b.make_cycle(plan_year=2029).id
    proposal.cycle_id = second
    actions.support(late, proposal, b.NOW)
    assert (counted(proposal), proposal.support_count) == ({first: 1, second: 1}, 2)
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert "1 tahun ini (rencana 2029), 1 dari tahun sebelumnya" in page
    actions.take_back(early, proposal, b.NOW)
    assert (counted(proposal), proposal.support_count) == ({first: 0, second: 1}, 1)


def test_merging_keeps_the_years(proposal: Proposal) -> None:
    other, person = b.make_published(), b.actor_of(b.make_person())
    actions.support(person, proposal, b.NOW - timedelta(days=1))
    mover = next(one for one in movers_of("proposal") if one.kind == "support")
    brought = mover.unite(proposal.id, other.id)
    assert (counted(other), other.support_count) == ({proposal.cycle_id: 1}, 1)
    mover.separate(proposal.id, other.id, brought)
    assert (counted(other), other.support_count) == ({proposal.cycle_id: 0}, 0)
    assert live_session.query(Support).count() == 1


# Pages


def button(client: Visitor, page: str, wish: str, action: str | None = None) -> Any:
    html = client.get(page).text
    assert f'name="aksi" value="{wish}"' in html, f"no button {wish} on {page}"
    return client.submit(page, action=action or f"{page}/ikuti")


@pytest.mark.parametrize("page", [f"/belu/desa/{b.MAKIR}", "/belu/misi/3", "proposal"])
def test_the_button_follows_and_stops(client: Visitor, proposal: Proposal, page: str) -> None:
    page = f"/belu/usulan/{proposal.number}" if page == "proposal" else page
    client.sign_in(b.make_person())
    for wish, said in (("ikuti", "Anda mengikuti ini."), ("berhenti", "Anda tidak mengikuti ini lagi.")):
        assert button(client, page, wish).location == page
        assert said in client.get(page).text


def test_strangers_and_the_author_see_no_button(client: Visitor, session: Session) -> None:
    b.make_world()
    author = b.make_person()
    proposal = b.make_published(author)
    pages = (f"/belu/usulan/{proposal.number}", f"/belu/desa/{b.MAKIR}")
    assert not any("/ikuti" in client.get(page).text for page in pages)
    client.sign_in(author)
    assert "/ikuti" not in client.get(pages[0]).text
    client.sign_in(b.make_person(b.LALANG))
    assert not any("/ikuti" in client.get(page).text for page in pages)


def test_what_is_hidden_elsewhere_or_nowhere_is_not_followed(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person())
    token = client.get(f"/belu/usulan/{proposal.number}").text.split('name="csrf_token" value="')[1].split('"')[0]
    waiting = b.make_proposal()
    answers = {
        f"/belu/usulan/{waiting.number}/ikuti": 404,
        f"/belu/desa/{b.LALANG}/ikuti": 404,
        "/belu/desa/53.04.01/ikuti": 404,
        "/belu/misi/99/ikuti": 404,
        f"/belitung-timur/usulan/{proposal.number}/ikuti": 404,
        f"/belitung-timur/desa/{b.LALANG}/ikuti": 403,
    }
    for where, status in answers.items():
        assert client.post(where, data={"csrf_token": token, "aksi": "ikuti"}).status_code == status, where
    broken = client.post(f"/belu/desa/{b.MAKIR}/ikuti", data={"csrf_token": token, "aksi": "x"})
    assert broken.status_code == 400
    assert followed() == 0


def test_the_list_shows_all_and_stops_each_even_what_is_hidden_now(
    client: Visitor, proposal: Proposal, queries: Callable[..., Any]
) -> None:
    person, misi = b.make_person(), b.make_answers().misi_ids
    actor = b.actor_of(person)
    follow(actor, str(proposal.id))
    follow(actor, b.TOHE, Topic.VILLAGE)
    follow(actor, str(min(misi)), Topic.MISI)
    client.sign_in(person)
    with queries() as sent:
        page = client.get("/akun/ikuti").text
    assert len(sent) <= 8, sent
    for words in (proposal.title, "Tohe", "Jalan, air, lingkungan"):
        assert words in page
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.PRIVATE_DATA, reason="Memuat nama dan nomor HP.")
    page = client.get("/akun/ikuti").text
    assert proposal.title not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    gone = {"csrf_token": token, "jenis": "proposal", "ref": str(proposal.id)}
    assert client.post("/akun/ikuti", data=gone).status_code == 303
    assert client.post("/akun/ikuti", data=gone | {"jenis": "x"}).status_code == 400
    assert followed() == 2

"""What somebody does with a browser: forged, repeated, late and left-over requests around the ballot."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.session import session as own_session
from app.kernel.actor import Role
from app.voting import actions, queries
from app.voting.models import Contest, Envelope, RollEntry
from tests import builders as b
from tests.client import Visitor


@pytest.fixture
def contest(session: Session) -> Contest:
    b.make_world()
    return b.make_contest(planner=b.make_staff(Role.PLANNER, b.BELU))


@pytest.fixture
def voter(contest: Contest) -> Person:
    return b.make_person(attested=True)


def box() -> tuple[int, int]:
    """Rows on the roll and envelopes."""
    return tuple(own_session.scalar(select(func.count()).select_from(one)) or 0 for one in (RollEntry, Envelope))  # type: ignore[return-value]


def token_of(page: str) -> str:
    match = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert match
    return match[1]


def fields_of(page: str) -> dict[str, Any]:
    """What the form of the confirm page sends."""
    form = page[page.index('<form class="fields"') : page.index("</form>", page.index('<form class="fields"'))]
    found: dict[str, Any] = {"choices": re.findall(r'name="choices" value="(\d+)"', form)}
    return found | {"csrf_token": token_of(form)}


def confirmed(visitor: Visitor, contest: Contest, choices: list[str]) -> dict[str, Any]:
    return fields_of(visitor.submit(f"/belu/pilih/{contest.id}", {"choices": choices}).text)


def test_a_form_of_another_site_casts_nothing(client: Visitor, contest: Contest, voter: Person) -> None:
    client.sign_in(voter).get("/belu/")
    for forged in ({"choices": ["1"]}, {"choices": ["1"], "csrf_token": "x" * 40}):
        assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=forged).status_code == 400
    assert client.get(f"/belu/pilih/{contest.id}/masukkan").status_code == 405
    assert box() == (0, 0)


def test_a_cast_sent_again_replaces_its_own_envelope_and_nothing_else(
    client: Visitor, contest: Contest, voter: Person
) -> None:
    sent = confirmed(client.sign_in(voter), contest, ["1", "2"])
    for _time in range(3):
        assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=sent).status_code == 303
    assert box() == (1, 1)
    assert b.choices_in(contest) == [[1, 2]]


def test_of_two_tabs_the_one_that_was_sent_last_counts(client: Visitor, contest: Contest, voter: Person) -> None:
    first, second = (confirmed(client.sign_in(voter), contest, [choice]) for choice in ("1", "3"))
    for sent in (second, first):
        assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=sent).status_code == 303
    assert box() == (1, 1)
    assert b.choices_in(contest) == [[1]]


def test_no_page_with_choices_is_kept_by_the_browser(client: Visitor, contest: Contest, voter: Person) -> None:
    check = client.sign_in(voter).submit(f"/belu/pilih/{contest.id}", {"choices": ["1", "2"]})
    cast = client.post(f"/belu/pilih/{contest.id}/masukkan", data=fields_of(check.text))
    done = client.get(cast.location)
    assert {one.headers["Cache-Control"] for one in (check, cast, done)} == {"no-store"}
    back = client.get(f"/belu/pilih/{contest.id}").text
    assert "checked" not in back.split("<form", 1)[1]


def test_a_confirm_page_left_open_over_the_close_casts_nothing(
    client: Visitor, contest: Contest, voter: Person
) -> None:
    sent = confirmed(client.sign_in(voter), contest, ["1"])
    actions.close_contest(b.make_staff(Role.PLANNER, b.BELU), contest, "Banjir memutus jalan.", b.NOW)
    assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=sent).status_code == 422
    assert box() == (0, 0)


def test_a_confirm_page_of_who_has_signed_out_casts_nothing_for_the_next_one(
    client: Visitor, contest: Contest, voter: Person
) -> None:
    sent = confirmed(client.sign_in(voter), contest, ["1", "2"])
    page = client.get("/akun").text
    assert client.post("/keluar", data={"csrf_token": token_of(page)}).status_code == 303
    client.sign_in(b.make_person(attested=True))
    assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=sent).status_code == 400
    assert box() == (0, 0)


def test_nobody_gets_the_receipt_of_who_voted_before_them(
    app: Flask, client: Visitor, contest: Contest, voter: Person
) -> None:
    client.post(f"/belu/pilih/{contest.id}/masukkan", data=confirmed(client.sign_in(voter), contest, ["1"]))
    mine = queries.receipt_of(contest.id, voter.id)
    other = b.make_ballot(contest, [2])
    client.sign_in(other)
    sent = {"csrf_token": token_of(client.get("/akun").text)}
    said = client.post(f"/belu/pilih/{contest.id}/bukti", data=sent, follow_redirects=True)
    assert mine
    assert mine not in said.text


@pytest.mark.parametrize("choices", [[], ["9"], ["0"], ["-1"], ["1", "1"], ["1", "2", "3"], ["x"], ["1" * 5000], ["٣"]])
def test_forged_choices_leave_nothing(client: Visitor, contest: Contest, voter: Person, choices: list[str]) -> None:
    sent = confirmed(client.sign_in(voter), contest, ["1"]) | {"choices": choices}
    assert client.post(f"/belu/pilih/{contest.id}/masukkan", data=sent).status_code == 422
    assert box() == (0, 0)

"""What could be done with paper by those who type it, mark voters, or only read what is published."""

import json
from itertools import combinations_with_replacement

import pytest
from sqlalchemy.orm import Session

from app.voting import actions, queries
from app.voting.actions.papers import mark_on_paper
from app.voting.rules.package.ballots import PublicBallot, is_too_long, write_ballots
from app.voting.rules.package.closed import ClosedBox
from app.voting.rules.package.packing import canonical, fingerprint
from tests import builders as b
from tests.client import Visitor
from tests.voting.boxes import definition
from tests.voting.test_paper_pages import STACK, Desk, as_


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk()


def test_a_few_paper_ballots_cannot_be_found_by_trying_them_against_the_published_fingerprint(desk: Desk) -> None:
    frozen = queries.definition_of(desk.contest)
    facts = {"villages": [one["code"] for one in frozen["villages"]], "envelopes": (), "accepted": 0, "replaced": 0}
    papers = {b.MAKIR: [[1], [2]]}
    made = queries.closed_box(desk.contest)
    box = ClosedBox(**facts, superseded=0, papers=papers, invalid_paper=0, roll={}, salt=made.salt)
    assert len(made.salt) == 64
    known = box.counts["kertas"]
    for guess in combinations_with_replacement([[1], [2], [3]], 2):
        tried = {"village": b.MAKIR, "ballots": [list(one) for one in guess]}
        assert fingerprint(canonical([tried])) != known
        assert fingerprint(canonical({"salt": "", "villages": [tried]})) != known
    assert json.loads(box.paper_file)["villages"] == [{"village": b.MAKIR, "ballots": [[1], [2]]}]


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 30, "0", "2"])
def test_the_third_look_at_a_paper_that_is_not_there_is_refused(client: Visitor, desk: Desk, number: str) -> None:
    where = as_(client, desk.first).submit(f"{desk.home}/baru", STACK | {"size": "1", "attendance": "1"}).location
    client.submit(f"{where}/ketik", {"k1": "1"})
    as_(client, desk.second).submit(f"{where}/ketik", {"k1": "2"})
    sent = {"number": number, "choices": "1", "reason": "Saya melihat sendiri kertasnya."}
    assert as_(client, desk.planner).submit(f"{where}/beda", sent).status_code == 422


@pytest.mark.parametrize("filling", [b";", b"\n", b"S00001;P01\n", b'"'])
def test_a_file_far_too_long_for_the_box_is_refused_before_it_is_read(filling: bytes) -> None:
    of_box = definition(options=4)
    known = write_ballots(of_box, [PublicBallot("", (1, 2, 3))] * 50)
    assert not is_too_long(of_box, known, 50)
    assert not is_too_long(of_box, known, 30), "how many there are is told from what was read"
    assert is_too_long(of_box, known + filling * 100_000, 50)


def test_whose_envelope_a_facilitator_has_taken_out_reads_it_in_the_inbox(client: Visitor, desk: Desk) -> None:
    voter, other = b.make_person(attested=True), b.make_person(attested=True)
    actions.cast_ballot(b.actor_of(voter), desk.contest, [1], b.NOW)
    for person in (voter, other):
        mark_on_paper(desk.first, desk.contest.id, person, b.NOW)
    assert "Suara Anda diganti" in as_(client, voter).get("/kotak-masuk").text
    assert "Suara Anda diganti" not in as_(client, other).get("/kotak-masuk").text

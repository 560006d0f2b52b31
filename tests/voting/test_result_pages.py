"""The page, the document and the files of a result: the figures of hasil.json, without a script (B14)."""

import json
import re
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.i18n.formats import number, rupiah
from app.kernel.actor import Actor, Role
from app.vault import is_signed
from app.voting import actions, queries
from app.voting.models import Contest
from app.voting.rules.counting import Rule
from app.voting.words import tell_for_good
from tests import builders as b
from tests.client import Visitor

TEXT = "Saya memilih dengan kertas, tetapi desa kami tercatat tanpa suara kertas."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def counted(planner: Actor, *crowds: tuple[list[int], int], **changes: Any) -> Contest:
    contest = b.make_contest(planner=planner, ceiling=300_000_000, rule=Rule.EQUAL_SHARES, objection_days=3, **changes)
    for choices, times in crowds:
        b.make_ballots(contest, choices, times)
    return b.count_box(contest, planner)


@pytest.fixture
def contest(planner: Actor) -> Contest:
    return counted(planner, ([1], 20), ([2, 3], 19), ([3], 2), is_weighted=True, threshold_percent=5)


def test_the_page_tells_the_figures_of_the_file_and_a_reason_for_everybody(client: Visitor, contest: Contest) -> None:
    told = json.loads(client.get(f"/belu/hasil/{contest.id}/hasil.json").data)
    page = client.get(f"/belu/hasil/{contest.id}").text
    text = re.sub(r"<[^>]+>", " ", page)
    for code, facts in told["result"]["options"].items():
        assert f"{code} ·" in text
        assert f"{number(facts['votes'])} suara" in text
        assert rupiah(facts["cost"]) in text
    assert (
        len(re.findall(r'class="badge (?:ok|mute)">(?:Terpilih|Belum terpilih)</span><p class="meta">[^<]{15,}', page))
        == 3
    )
    firm = told["robustness"]
    assert f"dalam {firm['same']} dari {firm['recounts']} hitungan" in text
    assert told["result"]["rule"] == "equal_shares"
    assert "Patungan setara" in text
    assert "belum ditetapkan" in text
    assert "<script" not in re.sub(r'<script[^>]* src="[^"]*"[^>]*></script>', "", page)


def test_payments_add_up_to_the_cost_of_every_winner(client: Visitor, contest: Contest) -> None:
    told = json.loads(client.get(f"/belu/hasil/{contest.id}/hasil.json").data)["result"]
    for code, payments in told["payments"].items():
        assert sum(Fraction(amount) * voters for amount, voters in payments) == told["options"][code]["cost"]


def test_the_result_is_signed_with_the_key_of_the_definition(client: Visitor, contest: Contest) -> None:
    content = client.get(f"/belu/hasil/{contest.id}/hasil.json").data
    definition = json.loads(client.get(f"/belu/pilih/{contest.id}/definisi.json").data)
    assert is_signed(definition["head_key"], content, contest.result_signature or "")
    assert not is_signed(definition["head_key"], content + b" ", contest.result_signature or "")


def test_documents_are_the_same_bytes_for_everybody(client: Visitor, contest: Contest) -> None:
    for name in (f"hasil/{contest.id}/hasil.pdf", f"pilih/{contest.id}/poster.pdf"):
        first = client.get(f"/belu/{name}")
        assert first.mimetype == "application/pdf"
        assert first.data.startswith(b"%PDF")
        assert client.get(f"/belu/{name}", headers={"Accept-Language": "en"}).data == first.data


def test_the_poster_names_everything_that_is_frozen(client: Visitor, contest: Contest) -> None:
    page = client.get(f"/belu/pilih/{contest.id}/poster").text
    definition = json.loads(client.get(f"/belu/pilih/{contest.id}/definisi.json").data)
    for option in definition["options"]:
        assert option["code"] in page
        assert rupiah(option["cost"]) in page
    for said in (contest.definition_sha256, contest.head_key, "5 persen surat suara", "kurang dari 30"):
        assert str(said) in page


def test_too_few_to_hide_in_are_told_as_totals(client: Visitor, planner: Actor) -> None:
    contest = counted(planner, ([1], 20), ([2, 3], 9))
    page = client.get(f"/belu/hasil/{contest.id}").text
    assert "Dihitung dengan suara terbanyak" in page
    assert "Partisipasi rendah" in page
    for hidden in ("aturan lain", "Siapa membayar", "suara.pb", "Kokohnya"):
        assert hidden not in page


@pytest.mark.parametrize("crowds", [(), (([1], 1),), (([1], 15), ([2], 15), ([3], 15))])
def test_no_ballots_one_ballot_and_all_ties_have_a_page_and_a_package(
    client: Visitor, planner: Actor, crowds: Any
) -> None:
    contest = counted(planner, *crowds)
    assert client.get(f"/belu/hasil/{contest.id}").status_code == 200
    assert client.get(f"/belu/hasil/{contest.id}/hasil.pdf").status_code == 200
    assert client.get(f"/belu/hasil/{contest.id}/paket-hasil.zip").status_code == 200


def test_an_objection_is_made_and_answered_on_pages(
    client: Visitor, contest: Contest, planner: Actor, session: Session
) -> None:
    address = f"/belu/hasil/{contest.id}"
    assert "Masuk untuk mengajukan keberatan" in client.get(address).text
    client.sign_in(b.make_person(attested=True))
    short = client.submit(address, {"text": "Curang!"}, action=f"{address}/keberatan")
    assert short.status_code == 422
    assert "Curang!" in short.text
    assert client.submit(address, {"text": TEXT}, action=f"{address}/keberatan").status_code == 303
    assert "Menunggu jawaban" in client.get(address).text
    client.sign_in(session.get_one(Person, planner.person_id))
    manage = f"/pipa/belu/pemilihan/{contest.id}"
    assert "1 keberatan belum dijawab" in client.get(manage).text
    (one,) = queries.objections_to(contest.id)
    answer = f"{manage}/keberatan/{one.id}"
    assert client.submit(answer, {"text": "pendek"}).status_code == 422
    assert client.submit(answer, {"text": "Suara kertas desa Anda ada di tabel kelompok desa."}).status_code == 303
    page = client.get(address).text
    assert "Suara kertas desa Anda ada di tabel kelompok desa." in page
    assert "Menunggu jawaban" not in page


def test_the_result_page_is_light(client: Visitor, contest: Contest, queries: Any) -> None:
    with queries() as sent:
        client.get(f"/belu/hasil/{contest.id}")
    assert len(sent) <= 8


def test_the_desk_shows_what_was_set_and_warns_of_large_options(
    client: Visitor, planner: Actor, session: Session
) -> None:
    contest = b.make_contest(
        planner=planner,
        is_open=False,
        ceiling=200_000_000,
        rule=Rule.EQUAL_SHARES,
        is_weighted=True,
        threshold_percent=2,
    )
    client.sign_in(session.get_one(Person, planner.person_id))
    page = client.get(f"/pipa/belu/pemilihan/{contest.id}").text
    for said in (
        "Patungan setara",
        "menurut warga berhak tiap desa",
        "2 persen surat suara",
        "Lebih dari 60 persen pagu",
    ):
        assert said in page


def test_what_is_certified_later_says_so(client: Visitor, contest: Contest, planner: Actor) -> None:
    actions.certify_contest(planner, contest, tell_for_good, b.NOW + timedelta(days=3))
    assert "Ditetapkan" in client.get(f"/belu/hasil/{contest.id}").text

"""The pages of the box: entering its keys, opening it with two witnesses, and looking into its log."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.actor import Actor, Role
from app.voting import actions, queries
from app.voting.actions.rehearsing import PROGRAM
from app.voting.models import Contest
from app.voting.queries import receipt_of
from app.voting.rules.contest import ContestStatus
from app.voting.rules.package.packing import fingerprint
from tests import builders as b
from tests.client import Visitor

HOUR = timedelta(hours=1)
FIELDS = {"box_key": f" {b.BOX_KEYS.box_key.upper()} "} | {
    f"{field}-{number}": value
    for number, witness in enumerate(b.BOX_KEYS.witnesses, 1)
    for field, value in zip(("name", "institution", "share"), vars(witness).values(), strict=True)
}


@pytest.fixture
def planner(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setitem(app.config, "CLOCK", lambda: b.NOW)  # type: ignore[typeddict-item]
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def visitor(client: Visitor, planner: Actor) -> Visitor:
    return client.sign_in(b.person_of(planner))


def desk_of(contest: Contest) -> str:
    return f"/pipa/belu/pemilihan/{contest.id}"


def upload(visitor: Visitor, contest: Contest, witness: int, content: bytes) -> Any:
    files = {"witness": str(witness), "ballots": (BytesIO(content), "suara.pb")}
    return visitor.submit(f"{desk_of(contest)}/kotak", files)


def test_without_keys_the_planner_is_led_to_enter_them(visitor: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    contest.box_key = contest.head_key = None
    page = visitor.get(desk_of(contest)).text
    assert "Kotak suara belum punya kunci" in page
    assert f'action="{desk_of(contest)}/buka"' not in page
    keys = visitor.get(f"{desk_of(contest)}/saksi").text
    for told in ("python3 saksi.py kunci", "tiga lembaga", 'href="/belu/pilih/saksi.py"'):
        assert told in keys
    assert visitor.submit(f"{desk_of(contest)}/saksi", FIELDS).location == desk_of(contest)
    assert [one.institution for one in queries.witnesses_of(contest.id)] == list(b.INSTITUTIONS)
    assert f'action="{desk_of(contest)}/buka"' in visitor.get(desk_of(contest)).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"box_key": "ab" * 31}, "Kunci umum ini tidak dapat dipakai"),
        ({"box_key": "00" * 32}, "Kunci umum ini tidak dapat dipakai"),
        ({"share-2": "1-ABCD"}, "Sidik bagian saksi 2 harus 64"),
        ({"institution-3": b.INSTITUTIONS[0]}, "Saksi 3 dari lembaga yang sama"),
        ({"share-2": b.BOX_KEYS.witnesses[0].share_sha256}, "Sidik bagian saksi 2 sama"),
        ({"name-1": ""}, "wajib diisi"),
        ({"name-1": "Maria 0812 3456 7890"}, "nomor"),
    ],
)
def test_wrong_keys_are_told_at_their_field_and_kept(
    visitor: Visitor, planner: Actor, changes: dict[str, str], message: str
) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    answer = visitor.submit(f"{desk_of(contest)}/saksi", FIELDS | changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert all(f'value="{value}"'.lower() in answer.text.lower() for value in changes.values())


def test_once_opened_the_witnesses_are_shown_and_not_asked(visitor: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    page = visitor.get(f"{desk_of(contest)}/saksi").text
    assert "Kunci sudah dibekukan" in page
    assert b.BOX_KEYS.witnesses[2].share_sha256 in page
    assert 'name="box_key"' not in page


def test_a_planner_and_two_witnesses_open_the_box(visitor: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 3)
    assert visitor.get(f"{desk_of(contest)}/kotak.zip").status_code == 404
    actions.close_contest(planner, contest, "Semua warga sudah memilih.", b.NOW)
    assert "Buka kotak suara" in visitor.get(desk_of(contest)).text
    packed = visitor.get(f"{desk_of(contest)}/kotak.zip").data
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.read("saksi.py") == PROGRAM.read_bytes()
        assert fingerprint(archive.read("hitungan.json")) == contest.box_sha256
    found = b.open_box(contest)
    first = upload(visitor, contest, 1, found)
    assert first.status_code == 303
    page = visitor.get(f"{desk_of(contest)}/kotak").text
    assert "Sekarang saksi kedua" in page
    assert fingerprint(found) in page
    assert upload(visitor, contest, 2, found).location == desk_of(contest)
    assert contest.status is ContestStatus.COUNTED
    assert visitor.get(f"{desk_of(contest)}/kotak.zip").status_code == 404
    assert "tidak menunggu apa-apa" in visitor.get(f"{desk_of(contest)}/kotak").text


def test_two_files_that_differ_are_both_named(visitor: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    other = b.make_contest(planner=planner)
    for one, choices in ((contest, [1]), (other, [2])):
        b.make_ballots(one, choices, 3)
        actions.close_contest(planner, one, "Semua warga sudah memilih.", b.NOW)
    found, wrong = b.open_box(contest), b.open_box(other)
    upload(visitor, contest, 1, found)
    page = visitor.get(upload(visitor, contest, 2, wrong).location).text
    assert "tidak ada yang dihitung" in page
    assert fingerprint(found) in page
    assert fingerprint(wrong) in page
    assert contest.status is ContestStatus.CLOSED


def test_what_is_no_file_of_this_box_is_refused_in_words(visitor: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    actions.close_contest(planner, contest, "Semua warga sudah memilih.", b.NOW)
    for content in (b"", b"\x89PNG" * 99, b"META\n"):
        answer = upload(visitor, contest, 1, content)
        assert answer.status_code == 409
        assert "bukan suara.pb" in answer.text
    assert visitor.submit(f"{desk_of(contest)}/kotak", {"witness": "7"}).status_code == 422
    assert visitor.submit(f"{desk_of(contest)}/kotak", {}).status_code == 422


def test_the_box_is_a_planners_of_the_regency(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    actions.close_contest(planner, contest, "Semua warga sudah memilih.", b.NOW)
    for role, scope in ((Role.MODERATOR, b.BELU), (Role.PLANNER, b.BELTIM), (Role.ADMINISTRATOR, "")):
        client.sign_in(b.person_of(b.make_staff(role, scope)))
        for name in ("saksi", "kotak", "kotak.zip"):
            assert client.get(f"{desk_of(contest)}/{name}").status_code == 403


def test_everybody_looks_into_the_log(client: Visitor, planner: Actor, queries: Any) -> None:
    contest = b.make_contest(planner=planner)
    box = f"/belu/pilih/{contest.id}"
    voter = b.make_ballot(contest, [1])
    b.make_ballots(contest, [2], 8)
    page = client.get(f"{box}/kotak").text
    assert "Panitia kecamatan" in page
    assert "sudah memilih" not in page  # nine
    b.make_ballots(contest, [2], 3)
    actions.grow_log(contest.id, b.NOW + HOUR)
    code = receipt_of(contest.id, voter.id)
    with queries() as sent:
        answer = client.get(f"{box}/kotak?kode={code}")
    assert len(sent) <= 8
    assert len(brotli.compress(answer.data, quality=5)) <= 4096
    assert "Ada di dalam log." in answer.text
    assert "12 warga sudah memilih" in answer.text
    assert client.get(f"{box}/log.txt").text.count("\n") == 12
    heads = json.loads(client.get(f"{box}/kepala.json").data)
    assert [(head["number"], head["size"], head["box"]) for head in heads] == [(1, 0, ""), (2, 12, "")]
    assert client.get("/belu/pilih/saksi.py").data == PROGRAM.read_bytes()


@pytest.mark.parametrize("code", ["ABCD", "1111-1111-1111", "x" * 500, "<script>"])
def test_what_is_no_code_is_told(client: Visitor, planner: Actor, code: str) -> None:
    answer = client.get(f"/belu/pilih/{b.make_contest(planner=planner).id}/kotak", query_string={"kode": code})
    assert answer.status_code == 422
    assert "terdiri atas 12 huruf" in answer.text


def test_after_the_count_the_page_accounts_for_every_envelope(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    voter = b.make_ballot(contest, [1])
    before = queries.receipt_of(contest.id, voter.id)
    after = actions.cast_ballot(b.actor_of(voter), contest, [2], b.NOW).code
    b.count_box(contest, planner)
    page = client.get(f"/belu/pilih/{contest.id}/kotak?kode={after}").text
    for told in ("Ada di antara yang dihitung.", "Amplop diterima", "Diganti pemiliknya"):
        assert told in page
    assert "tetapi tidak dihitung" in client.get(f"/belu/pilih/{contest.id}/kotak?kode={before}").text


def test_nothing_of_the_box_shows_before_the_opening_or_elsewhere(client: Visitor, planner: Actor) -> None:
    draft, contest = b.make_contest(planner=planner, is_open=False), b.make_contest(planner=planner)
    for name in ("kotak", "log.txt", "kepala.json", "definisi.json"):
        assert client.get(f"/belu/pilih/{draft.id}/{name}").status_code == 404
        assert client.get(f"/belitung-timur/pilih/{contest.id}/{name}").status_code == 404

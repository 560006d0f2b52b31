"""Voting as its planner, its voters and everybody else meet it."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.cycles.actions import set_ceilings
from app.cycles.models import Cycle
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.voting import actions, queries
from app.voting.models import Contest, Envelope, RollEntry
from app.voting.rules.contest import ContestStatus
from app.voting.rules.counting import Outcome
from app.voting.rules.methods import Method
from app.voting.rules.methods import count as count_votes
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import election_of
from app.voting.rules.package.packing import fingerprint
from app.voting.words import tell_for_good
from tests import builders as b
from tests.client import Visitor
from tests.pages import Tab
from tests.voting.packages import ask, unpack

CONTESTS = "/pipa/belu/pemilihan"
PREPARE = f"{CONTESTS}/baru?wilayah={b.LAMAKNEN}"
REASON = "Banjir memutus jalan ke tiga desa."


class Clock:
    """A clock that the test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The world, and its clock."""
    b.make_world()
    clock = Clock(b.NOW)
    monkeypatch.setitem(app.config, "CLOCK", clock)  # type: ignore[arg-type]
    return clock


@pytest.fixture
def planner(clock: Clock) -> Actor:
    return b.make_staff(Role.PLANNER, b.BELU)


def as_(client: Visitor, actor: Actor | Person) -> Visitor:
    """The visitor, signed in as this person."""
    person_id = actor.person_id if isinstance(actor, Actor) else actor.id
    return client.sign_in(own_session.get_one(Person, person_id))


def count(model: type) -> int:
    return own_session.scalar(select(func.count()).select_from(model)) or 0


def certified(planner: Actor, *ballots: list[int]) -> Contest:
    contest = b.make_contest(planner=planner, ceiling=200_000_000)
    for choices in ballots:
        b.make_ballot(contest, choices)
    return certify(planner, contest)


def certify(planner: Actor, contest: Contest) -> Contest:
    actions.close_contest(planner, contest, REASON, b.NOW)
    b.count_box(contest, planner)
    actions.certify_contest(planner, contest, tell_for_good, b.NOW)
    return contest


def certified_from_box(planner: Actor, *lots: tuple[list[int], int]) -> Contest:
    contest = b.make_contest(planner=planner, ceiling=200_000_000)
    for choices, times in lots:
        b.make_ballots(contest, choices, times)
    return certify(planner, contest)


# The planner


def test_a_planner_leads_a_contest_from_its_preparation_to_its_result(
    client: Visitor, planner: Actor, clock: Clock
) -> None:
    author = b.make_person()
    proposals = [b.make_published(author, title=title) for title in b.OPTION_TITLES]
    as_(client, planner)
    assert "Belum ada pemilihan" in client.get(CONTESTS).text
    assert "Kecamatan Lamaknen" in client.get(f"{CONTESTS}/baru").text
    picks = {f"pick-{proposal.id}": "y" for proposal in proposals[:2]}
    prepared = client.submit(PREPARE, picks | {"ceiling": "200.000.000", "max_choices": "2"})
    assert prepared.status_code == 303, prepared.text
    manage = prepared.location
    assert client.get("/belu/pilih").text.count("Pemilihan usulan Kecamatan Lamaknen") == 0
    changed = client.submit(f"{manage}/ubah", {f"pick-{proposals[2].id}": "y"})
    assert changed.location == manage
    actions.set_keys(planner, queries.get_contest(b.BELU, queries.contests_of(b.BELU)[0].id), b.BOX_KEYS, b.NOW)
    assert client.submit(manage, action=f"{manage}/buka").status_code == 303
    page = client.get(manage).text
    assert "P03" in page
    assert client.get(f"{manage}/ubah").status_code == 404
    contest = queries.contests_of(b.BELU)[0]
    assert re.fullmatch("[0-9a-f]{32}", contest.draw_seed or "")
    b.make_ballot(own_session.get_one(Contest, contest.id), [2])
    clock.now = contest.closes
    as_(client, planner)  # days later
    assert "Waktunya habis" in client.get(manage).text
    assert client.submit(manage, action=f"{manage}/tutup").status_code == 303
    b.count_box(queries.get_contest(b.BELU, contest.id), planner, now=clock.now)
    early = client.submit(manage, action=f"{manage}/tetapkan")
    assert early.status_code == 409
    assert "Masa keberatan belum selesai" in early.text
    clock.now = contest.closes + timedelta(days=3)
    as_(client, planner)
    assert client.submit(manage, action=f"{manage}/tetapkan").status_code == 303
    result = client.get(f"/belu/hasil/{contest.id}").text
    assert "1 usulan terpilih" in result
    assert "sisa pagu" in result


def test_a_new_contest_starts_from_the_ceiling_and_the_phase(client: Visitor, planner: Actor) -> None:
    b.make_contest(planner=planner, is_open=False)
    set_ceilings(planner, own_session.scalars(select(Cycle)).one(), {b.LAMAKNEN: 900_000_000}, b.NOW)
    page = as_(client, planner).get(PREPARE).text
    assert 'value="900.000.000"' in page
    assert 'value="Pemilihan usulan Kecamatan Lamaknen 2028"' in page
    assert 'value="2026-11-11T12:00"' in page  # the phase, on the clocks of Belu
    assert 'value="148.000.000"' in page  # the estimate


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ceiling": "-5"}, "lebih dari nol rupiah"),
        ({"ceiling": "0"}, "lebih dari nol rupiah"),
        ({"ceiling": "100.000.000"}, "melebihi pagu"),
        ({"max_choices": "9"}, "dari 1 sampai 5"),
        ({"max_choices": "3"}, "tidak lebih dari isi surat suara"),
        ({"closes": "2026-11-11T11:00"}, "ditutup sesudah dibuka"),
        ({"closes": "2027-01-01T08:00"}, "Atur dulu tanggal tahap"),
        ({"title": "Pilih"}, "Terlalu pendek"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_the_rest_is_kept(
    client: Visitor, planner: Actor, changes: dict[str, str], message: str
) -> None:
    author = b.make_person()
    first, second = (b.make_published(author, title=title) for title in b.OPTION_TITLES[:2])
    picks = {f"pick-{first.id}": "y", f"pick-{second.id}": "y", f"cost-{second.id}": "1.234.567"}
    typed = picks | {"ceiling": "200.000.000", "max_choices": "2"} | changes
    answer = as_(client, planner).submit(PREPARE, typed)
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="1.234.567"' in answer.text
    assert answer.text.count("checked") == 2 + 3  # and the rule, the villages' shares, the roll
    assert all(f'value="{value}"' in answer.text for value in changes.values())
    assert count(Contest) == 0


def test_one_option_is_no_choice_and_a_missing_cost_is_told(client: Visitor, planner: Actor) -> None:
    author = b.make_person()
    first, second = (b.make_published(author, title=title) for title in b.OPTION_TITLES[:2])
    typed: dict[str, Any] = {"ceiling": "200.000.000", "max_choices": "1", f"pick-{first.id}": "y"}
    as_(client, planner)
    assert "paling sedikit 2 usulan" in client.submit(PREPARE, typed).text
    typed |= {f"pick-{second.id}": "y", f"cost-{second.id}": ""}
    assert "Isi biaya usulan ini" in client.submit(PREPARE, typed).text


def test_without_a_voting_phase_the_planner_is_sent_to_date_it(client: Visitor, planner: Actor, clock: Clock) -> None:
    b.make_contest(planner=planner, is_open=False)
    clock.now = b.NOW + timedelta(days=11)
    page = as_(client, planner).get(PREPARE).text
    assert "belum punya tanggal" in page
    assert "/pipa/belu/siklus" in page


def test_opening_with_an_option_that_is_gone_tells_what_to_do(client: Visitor, planner: Actor) -> None:
    first, second = (b.make_contest(planner=planner, is_open=False) for _ in range(2))
    shared = {option.proposal_id: option.cost for option in queries.options_of(first.id)}
    actions.change_contest(planner, second, b.make_plan(shared), b.NOW)
    actions.open_contest(planner, first, b.SEED, b.NOW)
    manage = f"{CONTESTS}/{second.id}"
    page = as_(client, planner).get(manage).text
    assert "Tidak terbuka lagi" in page
    answer = client.post(f"{manage}/buka", data={"csrf_token": token(page)})
    assert answer.status_code == 409
    assert "Hilangkan centangnya" in answer.text


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def test_closing_early_keeps_the_reason_and_asks_for_one(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    manage = f"{CONTESTS}/{contest.id}"
    as_(client, planner)
    short = client.submit(manage, {"reason": "banjir"}, action=f"{manage}/tutup")
    assert short.status_code == 422
    assert "alasan yang dapat dibaca semua orang" in short.text
    assert "boleh kosong" not in short.text
    assert "banjir</textarea>" in short.text
    private = client.submit(manage, {"reason": "Tanya 0812 3456 7890 saja"}, action=f"{manage}/tutup")
    assert private.status_code == 422
    assert client.submit(manage, {"reason": REASON}, action=f"{manage}/tutup").status_code == 303
    assert REASON in client.get(f"/belu/hasil/{contest.id}").text


def test_cancelling_leaves_the_proposals_open(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    manage = f"{CONTESTS}/{contest.id}"
    assert as_(client, planner).submit(manage, action=f"{manage}/batal").status_code == 303
    assert "Dibatalkan" in client.get(manage).text
    assert client.get(f"/belu/pilih/{contest.id}").status_code == 404


def test_an_author_does_not_certify_that_the_own_proposal_has_won(client: Visitor, planner: Actor) -> None:
    own = b.make_published(own_session.get_one(Person, planner.person_id))
    contest = b.make_contest(own, b.make_published(title="Sumur bor di dusun Fatubesi"), planner=planner)
    for choices in ([1], [2]):
        b.make_ballot(contest, choices)
    b.count_box(contest, planner)
    manage = f"{CONTESTS}/{contest.id}"
    answer = as_(client, planner).submit(manage, action=f"{manage}/tetapkan")
    assert answer.status_code == 409
    assert f"Usulan Anda sendiri, {own.number}" in answer.text
    assert contest.status is ContestStatus.COUNTED


def test_the_planners_pages_are_for_planners_of_the_regency(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    manage = f"{CONTESTS}/{contest.id}"
    addresses = (CONTESTS, f"{CONTESTS}/baru", PREPARE, manage, f"{manage}/ubah")
    assert [client.get(address).status_code for address in addresses] == [303] * 5
    for role, scope, status in (
        (Role.MODERATOR, b.BELU, 403),
        (Role.PLANNER, b.BELTIM, 403),
        (Role.PLANNER, b.BELU, 200),
    ):
        as_(client, b.make_staff(role, scope))
        assert [client.get(address).status_code for address in addresses] == [status] * 5
    page = as_(client, b.make_staff(Role.PLANNER, b.BELTIM)).get("/akun").text
    for step in ("buka", "batal", "tutup", "tetapkan"):
        assert client.post(f"{manage}/{step}", data={"csrf_token": token(page)}).status_code == 403
    assert client.get(f"/pipa/belitung-timur/pemilihan/{contest.id}").status_code == 404


# The voter


@pytest.fixture
def contest(planner: Actor) -> Contest:
    return b.make_contest(planner=planner)


@pytest.fixture
def voter(contest: Contest) -> Person:
    return b.make_person(attested=True)


def ballot_of(contest: Contest) -> str:
    return f"/belu/pilih/{contest.id}"


def test_a_resident_ticks_checks_and_puts_the_ballot_into_the_box(
    client: Visitor, contest: Contest, voter: Person
) -> None:
    ballot = ballot_of(contest)
    assert "Untuk Anda" in as_(client, voter).get("/belu/pilih").text
    check = client.submit(ballot, {"choices": ["3", "1"]})
    assert check.status_code == 200
    assert "Anda memilih sebagai Maria Bere" in check.text
    assert check.text.index("P01") < check.text.index("P03")
    assert "P02" not in check.text
    assert count(Envelope) == 0
    cast = client.post(f"{ballot}/masukkan", data={"csrf_token": token(check.text), "choices": ["1", "3"]})
    assert cast.location == f"{ballot}/sudah"
    done = client.get(cast.location).text
    assert "Suara Anda sudah masuk kotak" in done
    assert not re.search(r"P0\d", done)
    assert b.choices_in(contest) == [[1, 3]]
    assert "Anda sudah memilih" in client.get("/belu/pilih").text


def test_going_back_keeps_the_ticks(client: Visitor, contest: Contest, voter: Person) -> None:
    page = as_(client, voter).get(ballot_of(contest)).text
    answer = client.post(ballot_of(contest), data={"csrf_token": token(page), "choices": ["2"], "ubah": "1"})
    assert answer.status_code == 200
    assert re.findall(r'value="(\d)" checked', answer.text) == ["2"]


@pytest.mark.parametrize(
    ("choices", "message", "kept"),
    [
        ([], "Pilih paling sedikit satu usulan", []),
        (["1", "2", "3"], "pilih paling banyak 2 usulan", ["1", "2", "3"]),
        (["2", "2"], "hanya dapat dipilih satu kali", ["2"]),
        (["1", "9"], "tidak ada di surat suara ini", ["1"]),
        (["1", "dua"], "tidak ada di surat suara ini", ["1"]),
        (["-1"], "tidak ada di surat suara ini", []),
        (["9" * 400], "tidak ada di surat suara ini", []),
    ],
)
@pytest.mark.parametrize("step", ["", "/masukkan"])
def test_a_bad_ballot_is_told_and_its_ticks_are_kept(
    client: Visitor, contest: Contest, voter: Person, step: str, choices: list[str], message: str, kept: list[str]
) -> None:
    page = as_(client, voter).get(ballot_of(contest)).text
    answer = client.post(ballot_of(contest) + step, data={"csrf_token": token(page), "choices": choices})
    assert answer.status_code == 422
    assert message in answer.text
    assert "<title>Ada kesalahan" in answer.text
    assert sorted(re.findall(r'value="(\d)" checked', answer.text)) == kept
    assert (count(Envelope), count(RollEntry)) == (0, 0)


def test_a_second_ballot_takes_the_place_of_the_first(client: Visitor, contest: Contest, voter: Person) -> None:
    page = as_(client, voter).get(ballot_of(contest)).text
    for choice in ("1", "2"):
        fields = {"csrf_token": token(page), "choices": [choice]}
        assert client.post(f"{ballot_of(contest)}/masukkan", data=fields).status_code == 303
    assert b.choices_in(contest) == [[2]]


def test_a_ballot_after_the_end_is_refused_in_words(
    client: Visitor, contest: Contest, voter: Person, clock: Clock
) -> None:
    page = as_(client, voter).get(ballot_of(contest)).text
    clock.now = contest.closes
    answer = client.post(f"{ballot_of(contest)}/masukkan", data={"csrf_token": token(page), "choices": ["1"]})
    assert answer.status_code == 422
    assert "sudah ditutup" in answer.text
    assert count(Envelope) == 0


def test_who_cannot_vote_reads_why_and_what_to_do(client: Visitor, contest: Contest, clock: Clock) -> None:
    ballot = ballot_of(contest)
    anyone = client.get(ballot).text
    assert f"/masuk?next={ballot}" in anyone
    assert "Periksa pilihan" not in anyone
    assert client.post(ballot).status_code in (302, 303, 400)
    assert "Temui pendamping desa" in as_(client, b.make_person()).get(ballot).text
    assert "warga wilayah lain" in as_(client, b.make_person(b.TOHE, attested=True)).get(ballot).text
    clock.now = contest.opens - timedelta(days=1)
    page = as_(client, b.make_person(attested=True)).get(ballot).text
    assert "belum dibuka" in page
    assert "P01" in page
    assert "Akan datang" in client.get("/belu/pilih").text


def test_the_order_is_the_voters_own_and_stays(client: Visitor, planner: Actor) -> None:
    author = b.make_person()
    options = [b.make_published(author, title=f"Usulan nomor {n} di Makir") for n in range(8)]
    contest = b.make_contest(*options, planner=planner, ceiling=2_000_000_000)

    def order(person: Person) -> list[str]:
        return re.findall(r'name="choices" value="(\d)"', as_(client, person).get(ballot_of(contest)).text)

    voters = [b.make_person(attested=True) for _ in range(4)]
    first = [order(voter) for voter in voters]
    assert first == [order(voter) for voter in voters]
    assert len({tuple(one) for one in first}) > 1
    assert {tuple(sorted(one)) for one in first} == {tuple("12345678")}


def test_the_receipt_is_only_for_who_has_voted(client: Visitor, contest: Contest, voter: Person) -> None:
    answer = as_(client, voter).get(f"{ballot_of(contest)}/sudah")
    assert answer.location == ballot_of(contest)


def test_nothing_of_a_contest_shows_under_the_other_regency(client: Visitor, contest: Contest) -> None:
    assert client.get(f"/belitung-timur/pilih/{contest.id}").status_code == 404
    assert client.get(f"/belitung-timur/hasil/{contest.id}").status_code == 404
    assert contest.title not in client.get("/belitung-timur/pilih").text
    assert "Tidak ada pemilihan" in client.get("/belitung-timur/pilih").text
    assert client.get("/belu/pilih/999").status_code == 404


# Everybody


def test_no_page_counts_before_the_result_is_certified(client: Visitor, contest: Contest) -> None:
    for _number in range(9):
        b.make_ballot(contest, [1])
    for address in (ballot_of(contest), "/belu/pilih", "/belu/hasil", f"/belu/hasil/{contest.id}"):
        assert not re.search(r"\b\d+ (suara|warga)\b", client.get(address).text), address
    b.make_ballot(contest, [1])
    assert "10 warga sudah memilih" in client.get(ballot_of(contest)).text
    assert "Sebelum ditutup tidak ada yang menghitung" in client.get(f"/belu/hasil/{contest.id}").text


def test_the_result_tells_every_option_why(client: Visitor, planner: Actor) -> None:
    contest = certified(planner, [1], [1, 2], [1], [2])
    page = client.get(f"/belu/hasil/{contest.id}").text
    assert "1 usulan terpilih" in page
    assert "3 suara; biaya Rp148.000.000 masih cukup dari sisa pagu Rp200.000.000." in page
    assert "2 suara; biaya Rp148.000.000 melebihi sisa pagu Rp52.000.000, kurang Rp96.000.000." in page
    assert "Tidak ada suara untuk usulan ini." in page
    assert page.count("Belum terpilih") == 2
    for told in (REASON, b.SEED, "Rp52 juta", "suara terbanyak didahulukan"):
        assert told in page
    assert "4 warga memilih" in client.get("/belu/hasil").text


def test_a_result_shows_the_other_rule_beside_it_and_gives_its_ballots_away(client: Visitor, planner: Actor) -> None:
    contest = certified_from_box(planner, ([1, 2], 16), ([3], 15))
    page = client.get(f"/belu/hasil/{contest.id}").text
    assert "Bila dihitung dengan aturan lain" in page
    assert "15 warga tidak mendapat satu pun pilihannya, dengan patungan setara 15 warga." in page
    assert "dalam 200 dari 200 hitungan" in page
    answer = client.get(f"/belu/hasil/{contest.id}/suara.pb")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="suara-belu-{contest.id}.pb"'
    found = election_of(read_pb("suara.pb", answer.data))
    assert found.ids == ("P01", "P02", "P03")
    assert (found.election.voters, found.election.votes) == (31, (16, 16, 15))
    winners = count_votes(found.election, Method.MOST_VOTES).winners
    certified = [row.number for row in queries.options_of(contest.id) if row.outcome is Outcome.WON]
    assert [found.ids[option] for option in winners] == [f"P{number:02d}" for number in certified]
    assert client.get(f"/belitung-timur/hasil/{contest.id}/suara.pb").status_code == 404


def test_what_another_rule_would_change_is_told_with_its_reason(client: Visitor, planner: Actor) -> None:
    author = b.make_person()
    costs = {"Jalan tani Makir": 180_000_000, "Posyandu Duarato": 80_000_000, "Lampu jalan Fulur": 90_000_000}
    options = [b.make_published(author, title=title, estimate=cost) for title, cost in costs.items()]
    contest = b.make_contest(*options, planner=planner, ceiling=200_000_000)
    number = {row.title: row.number or 0 for row in queries.options_of(contest.id)}
    b.make_ballots(contest, [number["Jalan tani Makir"]], 20)
    b.make_ballots(contest, sorted([number["Posyandu Duarato"], number["Lampu jalan Fulur"]]), 19)
    certify(planner, contest)
    page = client.get(f"/belu/hasil/{contest.id}").text
    assert "19 warga tidak mendapat satu pun pilihannya, dengan patungan setara 20 warga." in page
    assert "19 pendukung patungan dengan iuran yang sama, Rp4.210.526." in page
    assert re.search(r"Belum<p class=.meta.>20 suara; kupon pendukungnya tinggal \d\d persen", page)


def test_the_package_of_a_result_is_counted_again_by_its_own_script(
    client: Visitor, planner: Actor, queries: Any, tmp_path: Path
) -> None:
    contest = certified_from_box(planner, ([1, 2], 16), ([3], 15))
    page = client.get(f"/belu/hasil/{contest.id}").text
    address = f"/belu/hasil/{contest.id}/paket-hasil.zip"
    assert f'href="{address}"' in page
    with queries() as sent:
        answer = client.get(address)
    assert len(sent) <= 8
    assert answer.mimetype == "application/zip"
    assert client.get(address, headers={"Accept-Language": "en"}).data == answer.data
    path = tmp_path / f"paket-hasil-belu-{contest.id}.zip"
    assert f'filename="{path.name}"' in answer.headers["Content-Disposition"]
    assert f"python3 hitung_ulang.py {path.name}" in page
    path.write_bytes(answer.data)
    said = ask(path)
    assert (said.returncode, said.stderr) == (0, "")
    files = unpack(answer.data)
    assert client.get(f"/belu/hasil/{contest.id}/suara.pb").data == files["suara.pb"]
    assert client.get(f"/belitung-timur/hasil/{contest.id}/paket-hasil.zip").status_code == 404


def test_the_definition_is_there_from_the_opening_and_never_changes(client: Visitor, planner: Actor) -> None:
    draft = b.make_contest(planner=planner, is_open=False)
    assert client.get(f"/belu/pilih/{draft.id}/definisi.json").status_code == 404
    contest = b.make_contest(planner=planner, ceiling=200_000_000)
    address = f"/belu/pilih/{contest.id}/definisi.json"
    frozen = client.get(address).data
    assert json.loads(frozen)["draw_seed"] == b.SEED
    assert client.get(address, headers={"Accept-Language": "en"}).data == frozen
    page = client.get(ballot_of(contest)).text
    assert fingerprint(frozen) in page
    assert f'href="{address}"' in page
    b.make_ballots(contest, [1, 2], 31)
    certify(planner, contest)
    assert client.get(address).data == frozen
    assert fingerprint(frozen) in client.get(f"/belu/hasil/{contest.id}").text


def test_a_small_contest_tells_totals_only(client: Visitor, planner: Actor) -> None:
    contest = certified_from_box(planner, ([1, 2], 15), ([3], 14))
    page = client.get(f"/belu/hasil/{contest.id}").text
    assert "patungan" not in page.lower()
    assert "suara.pb" not in page
    assert client.get(f"/belu/hasil/{contest.id}/suara.pb").status_code == 404
    files = unpack(client.get(f"/belu/hasil/{contest.id}/paket-hasil.zip").data)
    assert not {"suara.pb", "terhitung.txt"} & set(files)


def test_ballots_are_given_away_after_the_result_only(client: Visitor, contest: Contest) -> None:
    b.make_ballots(contest, [1], 40)
    for name in ("suara.pb", "paket-hasil.zip"):
        assert client.get(f"/belu/hasil/{contest.id}/{name}").status_code == 404


def test_the_proposal_leads_to_its_ballot_and_later_to_its_result(client: Visitor, planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    address = f"/belu/usulan/{queries.options_of(contest.id)[0].proposal_number}"
    assert f'href="/belu/pilih/{contest.id}"' in client.get(address).text
    actions.close_contest(planner, contest, REASON, b.NOW)
    assert "hasilnya belum ditetapkan" in client.get(address).text
    b.count_box(contest, planner)
    actions.certify_contest(planner, contest, tell_for_good, b.NOW)
    page = client.get(address).text
    assert f'href="/belu/hasil/{contest.id}"' in page
    assert "Nomor P01 di surat suara: belum terpilih." in page


def test_the_pages_are_light(client: Visitor, planner: Actor, queries: Any) -> None:
    author = b.make_person()

    def contest_of_twelve() -> Contest:
        names = [f"Rehabilitasi saluran air bersih dan bak penampung dusun ke-{n}" for n in range(12)]
        options = [b.make_published(author, title=name) for name in names]
        return b.make_contest(*options, planner=planner, ceiling=900_000_000, max_choices=3)

    contest, counted = contest_of_twelve(), contest_of_twelve()
    for first in range(1, 11):
        b.make_ballots(counted, [first, first + 1, first + 2], 9 + first)
    certify(planner, counted)
    as_(client, b.make_person(attested=True))
    for address in ("/belu/pilih", ballot_of(contest), "/belu/hasil", f"/belu/hasil/{counted.id}"):
        with queries() as sent:
            page = client.get(address).data
        assert len(sent) <= 8, address
        assert len(brotli.compress(page, quality=5)) <= 4096, address


# In a browser


def test_a_ballot_is_cast_without_scripts(live_app: Flask, new_tab: Any) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        contest = b.make_contest()
        voter = b.make_person(attested=True)
        path, phone = ballot_of(contest), voter.phone
    tab: Tab = new_tab(java_script_enabled=False)
    tab.goto(path).follow("Masuk untuk memilih")
    tab.fill("Nomor HP atau nomor kartu", str(phone)).fill("Kata sandi", b.PASSWORD).press("Masuk")
    assert tab.path == path
    boxes = tab.raw.locator("input[name=choices]")
    for index in range(3):
        boxes.nth(index).check()
    tab.press("Periksa pilihan", 422)
    assert "Terlalu banyak" in tab.words
    boxes.nth(2).uncheck()
    tab.press("Periksa pilihan").press("Ganti pilihan")
    assert tab.raw.locator("input[name=choices]:checked").count() == 2
    tab.press("Periksa pilihan").press("Masukkan ke kotak suara")
    assert tab.heading == "Suara Anda sudah masuk kotak"
    with live_app.app_context():
        assert (count(Envelope), count(RollEntry)) == (1, 1)

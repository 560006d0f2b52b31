"""Village rolls: good rows go in, others are told with their reason, nobody goes in twice, and no NIK is told."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Consent, Person
from app.accounts.rules import is_card_number
from app.accounts.rules.consents import Mode
from app.audit.actions import verify
from app.audit.models import AuditEntry
from app.db.session import session as current
from app.db.transaction import transaction
from app.identity import actions
from app.identity.models import Identity
from app.identity.rules.rolls import COLUMNS, read_roll
from app.kernel.actor import CONSOLE, Level
from app.kernel.outcomes import Denied
from tests import builders as b
from tests.bench_roll import write_roll

SOURCE = "Daftar hadir musyawarah desa Makir, 12 Oktober 2026"
GOOD = {
    "name": "Maria Bere",
    "nik": "5304015705880001",
    "birth_year": "",
    "sex": "P",
    "village_code": b.MAKIR,
    "hamlet": "Fatubesi",
    "phone": "0812 3456 7890",
    "language": "",
    "consent": "ya",
}


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(GOOD | row for row in rows)
    return path


def bring_in(app: Flask, file: Path, *more: str, code: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["identity", "import-roll", str(file), "--source", SOURCE, *more])
    assert done.exit_code == code, f"{done.output}{done.exception}"
    current.expire_all()
    return done.output


@pytest.fixture
def regions(session: Session) -> None:
    b.make_regions()
    session.commit()


def report_of(file: Path) -> list[list[str]]:
    return list(csv.reader(file.with_suffix(".ditolak.csv").read_text("utf-8-sig").splitlines()))[1:]


def test_a_good_row_is_a_registered_resident_with_identity_and_consent(
    app: Flask, session: Session, regions: None, tmp_path: Path
) -> None:
    assert "1 baru, 0 sudah ada, 0 baris ditolak" in bring_in(app, write(tmp_path / "makir.csv", {}))
    person = session.query(Person).one()
    assert (person.name, person.hamlet, person.language, person.level) == ("Maria Bere", "Fatubesi", "id", 0)
    assert (person.phone, person.phone_confirmed_at, person.password_hash) == ("+6281234567890", None, None)
    assert is_card_number(person.card_number)
    row = session.query(Identity).one()
    assert (row.nik_last4, row.birth_year, row.sex, row.verifier) == ("0001", 1988, "female", "format")
    consent = session.query(Consent).one()
    assert (consent.mode, consent.source, consent.witness_id) == (Mode.ROLL, SOURCE, None)
    assert [entry.act for entry in session.query(AuditEntry).order_by(AuditEntry.id)] == ["enrol", "enter_roll"]
    assert verify() is None
    assert not (tmp_path / "makir.ditolak.csv").exists()


SPOILT = [
    ({"name": ""}, "name", "belum diisi"),
    ({"name": "X" * 81}, "name", "terlalu panjang"),
    ({"name": "Maria 5304015705880777"}, "name", "ada NIK"),
    ({"hamlet": "dekat 0812 3456 7890"}, "hamlet", "nomor HP"),
    ({"nik": "530401570588077"}, "nik", "16 angka"),
    ({"nik": "5.30402E+15"}, "nik", "16 angka"),
    ({"nik": "9904015705880777"}, "nik", "Dua angka pertama"),
    ({"nik": "5304013102880777"}, "nik", "tanggal lahir"),
    ({"nik": "5304011702200777"}, "birth_year", "tidak pasti"),
    ({"nik": ""}, "birth_year", "tidak pasti"),
    ({"nik": "", "birth_year": "5304015705880777"}, "birth_year", "angka bulat"),
    ({"birth_year": "88"}, "birth_year", "harus antara"),
    ({"nik": "5304011702120777"}, "birth_year", "belum 17 tahun"),
    ({"sex": "W"}, "sex", "P atau L"),
    ({"village_code": "53.04.01"}, "village_code", "tidak dikenal"),
    ({"village_code": ""}, "village_code", "tidak dikenal"),
    ({"phone": "12345"}, "phone", "tidak dikenal"),
    ({"language": "tetun"}, "language", "id"),
    ({"consent": ""}, "consent", "persetujuan"),
    ({"consent": "tidak"}, "consent", "persetujuan"),
]


def test_every_refused_row_is_told_with_line_column_and_reason(
    app: Flask, session: Session, regions: None, tmp_path: Path
) -> None:
    good = [{}, {"nik": "5304015705880002", "name": "Yohana Mau"}]
    file = write(tmp_path / "roll.csv", good[0], *(row for row, *_why in SPOILT), good[1])
    said = bring_in(app, file)
    assert f"2 baru, 0 sudah ada, {len(SPOILT)} baris ditolak" in said
    rows = report_of(file)
    assert [(int(line), column) for line, column, *_ in rows] == [
        (line, column) for line, (_row, column, _why) in enumerate(SPOILT, 3)
    ]
    for (_line, _column, reason, _last4), (_row, _name, why) in zip(rows, SPOILT, strict=True):
        assert why in reason
    assert session.query(Person).count() == 2
    kept = file.with_suffix(".ditolak.csv").read_text("utf-8")
    assert not re.search(r"\d{9,}", kept + said)
    assert "0777" in kept


def test_rows_with_a_missing_cell_or_twice_are_told_too(
    app: Flask, session: Session, regions: None, tmp_path: Path
) -> None:
    twice = {"nik": "", "birth_year": "1970", "name": "Yohana Mau"}
    file = write(tmp_path / "roll.csv", {}, {"name": "Orang lain"}, twice, twice | {"name": "YOHANA MAU"})
    with file.open("a") as more:
        more.write("Petrus Bau,5304011705880009\n")
    assert "2 baru, 0 sudah ada, 3 baris ditolak" in bring_in(app, file)
    assert [row[:2] for row in report_of(file)] == [["3", "nik"], ["5", "name"], ["6", ""]]


def test_read_again_nobody_goes_in_twice(app: Flask, session: Session, regions: None, tmp_path: Path) -> None:
    rows = [{}, {"nik": "", "birth_year": "1970", "name": "Yohana Mau"}]
    file = write(tmp_path / "roll.csv", *rows)
    bring_in(app, file)
    assert "0 baru, 2 sudah ada, 0 baris ditolak" in bring_in(app, file)
    more = write(tmp_path / "more.csv", *rows, {"nik": "5304015705880002"})
    assert "1 baru, 2 sudah ada, 0 baris ditolak" in bring_in(app, more)
    assert session.query(Person).count() == 3


def test_a_nik_known_in_the_village_is_the_same_person_and_elsewhere_it_is_refused(
    app: Flask, session: Session, regions: None, tmp_path: Path
) -> None:
    person, nik = b.make_person(name="Maria dari Makir", level=Level.REGISTERED), b.make_nik()
    actions.identify_oneself(b.actor_of(person), person, actions.Particulars(nik), b.NOW)
    session.commit()
    here, there = {"nik": nik.digits}, {"nik": nik.digits, "village_code": b.KEWAR}
    assert "0 baru, 1 sudah ada, 0 baris" in bring_in(app, write(tmp_path / "here.csv", here))
    assert "0 baru, 0 sudah ada, 1 baris" in bring_in(app, write(tmp_path / "there.csv", there))
    assert session.query(Person).one().name == "Maria dari Makir"
    assert report_of(tmp_path / "there.csv")[0][1] == "nik"


def test_a_file_that_is_no_roll_changes_nothing(app: Flask, session: Session, regions: None, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "other.csv").write_text("nama,nik\nMaria,5304015705880001\n")
    assert "kosong" in bring_in(app, tmp_path / "empty.csv", code=1)
    said = bring_in(app, tmp_path / "other.csv", code=1)
    assert "baris 1" in said
    assert "5304015705880001" not in said
    assert session.query(Person).count() == 0


@pytest.mark.parametrize("source", ["", "  ", "ya", "x" * 121])
def test_without_a_source_of_consent_nobody_goes_in(
    app: Flask, session: Session, regions: None, tmp_path: Path, source: str
) -> None:
    file = write(tmp_path / "roll.csv", {})
    done = app.test_cli_runner().invoke(args=["identity", "import-roll", str(file), "--source", source])
    assert done.exit_code == 2
    assert session.query(Person).count() == 0


def test_after_a_crash_the_same_command_goes_on(
    app: Flask, session: Session, regions: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_roll(tmp_path / "roll.csv", 1_200)
    real, done = actions.enter_roll, list[int]()

    def fails_in_the_third(*arguments: Any) -> Any:
        entered = real(*arguments)
        done.append(entered.new)
        if len(done) == 3:
            raise KeyboardInterrupt
        return entered

    monkeypatch.setattr("app.identity.cli.actions.enter_roll", fails_in_the_third)
    app.test_cli_runner().invoke(args=["identity", "import-roll", str(tmp_path / "roll.csv"), "--source", SOURCE])
    monkeypatch.setattr("app.identity.cli.actions.enter_roll", real)
    current.expire_all()
    assert session.query(Person).count() == 1_000
    assert "200 baru, 1000 sudah ada, 0 baris ditolak" in bring_in(app, tmp_path / "roll.csv")
    assert session.query(Person).count() == session.query(Consent).count() == session.query(Identity).count() == 1_200
    assert verify() is None


def test_people_who_register_meanwhile_and_a_second_import_take_other_cards(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]], tmp_path: Path
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
    write_roll(tmp_path / "roll.csv", 1_500)

    def work(index: int) -> Any:
        if index < 2:
            return bring_in(live_app, tmp_path / "roll.csv")
        for turn in range(12):
            with transaction():
                accounts.register(accounts.Resident(f"Warga {index}.{turn}", b.MAKIR), b.NOW)
        return None

    outcomes = at_once(work, 5)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    with live_app.app_context():
        assert current.scalar(select(func.count()).select_from(Person)) == 1_500 + 36
        assert current.scalar(select(func.count(Person.card_number.distinct()))) == 1_536
        assert current.scalar(select(func.count()).select_from(Identity)) == 1_500
        assert verify() is None


def test_the_console_enters_anywhere_and_nobody_else_by_this_way(session: Session, regions: None) -> None:
    content = ",".join(COLUMNS) + f"\nMaria Bere,5304015705880001,,P,{b.MAKIR},,,,ya\n"
    roll = read_roll("roll.csv", content.encode(), {b.MAKIR}, b.NOW.date())
    stranger = b.actor_of(b.make_person(b.TOHE))
    with pytest.raises(Denied):
        actions.enter_roll(stranger, roll.rows, SOURCE, b.NOW)
    assert actions.enter_roll(CONSOLE, roll.rows, SOURCE, b.NOW).new == 1
    assert session.scalar(text("SELECT count(*) FROM people WHERE password_hash IS NULL")) == 1

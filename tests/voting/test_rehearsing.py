"""flask voting rehearse: the whole ceremony, small, in a database of its own."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.vault import head_key
from tests.voting.packages import ask


def test_a_visitor_sees_a_whole_ceremony_and_what_is_in_use_stays_as_it_is(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    key, folder = head_key(1), tmp_path / "gladi"
    said = app.test_cli_runner().invoke(args=["voting", "rehearse", "--ballots", "40", "--keep", str(folder)])
    assert said.exit_code == 0, said.output
    steps = [line for line in said.output.splitlines() if line[:1].isdigit()]
    assert [step.partition(".")[0] for step in steps] == [str(number) for number in range(1, 11)]
    assert said.output.index("COCOK.") < said.output.index("TIDAK COCOK. suara.pb")
    assert "ditemukan 0 kali" in said.output
    assert (folder / "saksi-1/suara.pb").read_bytes() == (folder / "saksi-3/suara.pb").read_bytes()
    assert [ask(folder / f"paket-{name}.zip").returncode for name in ("hasil", "dipalsukan")] == [0, 1]
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    assert head_key(1) == key


@pytest.mark.parametrize("arguments", [["--ballots", "39"], ["--keep", "."]])
def test_too_few_ballots_and_a_folder_in_use_are_refused(app: Flask, arguments: list[str]) -> None:
    said = app.test_cli_runner().invoke(args=["voting", "rehearse", *arguments])
    assert said.exit_code in (1, 2)
    assert "Error:" in said.output
    assert len(said.output.splitlines()) < 6

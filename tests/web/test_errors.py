"""What the log keeps of a mistake, and what an error page says."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from app.accounts.models import Person
from app.db.session import session
from tests.client import Visitor


def test_a_broken_statement_is_logged_without_what_people_typed(
    app: Flask, client: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"name": "Kanari Mau", "hamlet": "+6281298765432"}  # the log may quote the line below

    def broken() -> Any:
        session.execute(insert(Person).values(typed))

    monkeypatch.setitem(app.view_functions, "privacy.notice", broken)
    answer = client.get("/privasi")
    assert answer.status_code == 500
    assert "privacy.notice" not in answer.text
    assert "in broken" in caplog.text
    assert "Kanari" not in caplog.text + answer.text
    assert "81298765432" not in caplog.text + answer.text


def test_a_wrong_method_is_told_which_ones_there_are(client: Visitor) -> None:
    answer = client.put("/bantuan")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]

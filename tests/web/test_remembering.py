"""Figures are counted once a minute."""

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask

from app.web.remembering import remembered
from tests.builders import NOW


@pytest.fixture
def app_that_remembers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "FIGURES_AGE", timedelta(minutes=1))
    monkeypatch.setitem(app.extensions, "remembered", {})
    return app


def ask(app: Flask, monkeypatch: pytest.MonkeyPatch, counted: "count[int]", seconds: float, key: str = "a") -> int:
    monkeypatch.setitem(app.config, "CLOCK", lambda: NOW + timedelta(seconds=seconds))
    with app.test_request_context():
        return remembered(key, lambda: next(counted))


def test_figures_are_counted_again_after_a_minute(app_that_remembers: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count(1)
    asked = [ask(app_that_remembers, monkeypatch, counted, seconds) for seconds in (0, 59.9, 60, 61)]
    assert asked == [1, 1, 2, 2]


def test_a_clock_that_was_put_back_keeps_nothing_old(
    app_that_remembers: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = count(1)
    assert [ask(app_that_remembers, monkeypatch, counted, seconds) for seconds in (0, -3600)] == [1, 2]


def test_each_key_has_its_own(app_that_remembers: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count(1)
    assert [ask(app_that_remembers, monkeypatch, counted, 0, key) for key in "aba"] == [1, 2, 1]

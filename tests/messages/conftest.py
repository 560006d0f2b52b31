"""Providers to send to, and a clock that can be moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests import builders as b
from tests.messages.provider import Provider, served


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = b.NOW

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with served() as provider:
        yield provider

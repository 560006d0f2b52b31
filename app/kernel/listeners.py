"""Listeners: how rooms above learn, in the same transaction, of what happens in a room that does not know of them."""

from collections.abc import Callable
from typing import Any

Listener = Callable[[Any], None]

_listeners: dict[str, list[Listener]] = {}


def listens(happening: str) -> Callable[[Listener], Listener]:
    """Register who is told of happenings of this name."""

    def register(listener: Listener) -> Listener:
        known = _listeners.setdefault(happening, [])
        if listener not in known:
            known.append(listener)
        return listener

    return register


def announce(happening: str, what: Any) -> None:
    """Tell all who listen, one after the other; an error of theirs undoes the happening."""
    for listener in _listeners.get(happening, ()):
        listener(what)

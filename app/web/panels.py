"""Panels: how a room above adds to a page of a room below, without the lower one knowing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Where on the page a panel stands: beside the main action, or below the content."""

    ACTION = "action"
    BELOW = "below"


@dataclass(frozen=True)
class Panel:
    """A partial template and the one object it shows, as `panel.page`."""

    place: Place
    template: str
    page: Any


Maker = Callable[[Any], Panel | None]

_makers: dict[str, list[Maker]] = {}


def adds_panel(page: str) -> Callable[[Maker], Maker]:
    """Register a maker for a page; it gets the page's subject and answers a panel or None."""

    def register(maker: Maker) -> Maker:
        known = _makers.setdefault(page, [])
        if maker not in known:
            known.append(maker)
        return maker

    return register


def panels_for(page: str, subject: Any) -> list[Panel]:
    """The panels of a page for its subject: what is to be done first, else in order of registration."""
    made = (maker(subject) for maker in _makers.get(page, ()))
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.place is not Place.ACTION)

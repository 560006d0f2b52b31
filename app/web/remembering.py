"""Figures that may be a minute old: nobody counts a hundred thousand rows anew for every visitor."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

from flask import current_app

from app.web.clock import now

Figures = TypeVar("Figures")


def remembered(key: Hashable, count: Callable[[], Figures]) -> Figures:
    """What was counted under the key within FIGURES_AGE, or is counted now. Keys must be few, and not of visitors."""
    figures: Figures | None = recalled(key)
    return keep(key, count()) if figures is None else figures


def recalled(key: Hashable) -> Any:
    """What was kept under the key within FIGURES_AGE, else None."""
    kept_at, figures = _kept().get(key, (None, None))
    is_young = kept_at is not None and kept_at <= now() < kept_at + current_app.config["FIGURES_AGE"]
    return figures if is_young else None


def keep(key: Hashable, figures: Figures) -> Figures:
    _kept()[key] = (now(), figures)
    return figures


def _kept() -> dict[Hashable, tuple[datetime, Any]]:
    kept: dict[Hashable, tuple[datetime, Any]] = current_app.extensions.setdefault("remembered", {})
    return kept

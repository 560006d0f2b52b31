"""How far what is measured has come, as reports say; rooms above judge it."""

from enum import StrEnum


class Progress(StrEnum):
    """The light of the last quarter; grey where nothing was reported, which is never green."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

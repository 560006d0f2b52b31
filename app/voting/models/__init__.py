"""The tables of voting."""

from app.voting.models.box import CountedBallot, CountedLeaf, Envelope, LoggedLeaf, LogHead, RollEntry, WaitingLeaf
from app.voting.models.contests import Contest, Objection, Option, Witness
from app.voting.models.paper import PaperBallot, PaperStack

__all__ = [
    "Contest",
    "CountedBallot",
    "CountedLeaf",
    "Envelope",
    "LogHead",
    "LoggedLeaf",
    "Objection",
    "Option",
    "PaperBallot",
    "PaperStack",
    "RollEntry",
    "WaitingLeaf",
    "Witness",
]

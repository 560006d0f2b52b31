"""What ends, and when people are told of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Subject(StrEnum):
    """What ends: the cover by a kind of commitment, a legal act, an agreement with a partner."""

    BUDGET = "budget"
    PEOPLE = "people"
    TECHNOLOGY = "technology"
    ACT = "act"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class Ending:
    """Something of an innovation that ends on a day; `what` names the act or the partner."""

    innovation_id: int
    subject: Subject
    ends_on: date
    what: str = ""


# What messages say: in Indonesian, whoever reads them, and short.
TEXTS = {
    Subject.BUDGET: "anggarannya hanya sampai {day:%d-%m-%Y}",
    Subject.PEOPLE: "tidak ada pelaksana sesudah {day:%d-%m-%Y}",
    Subject.TECHNOLOGY: "teknologinya hanya sampai {day:%d-%m-%Y}",
    Subject.ACT: "dasar hukum {what} berakhir {day:%d-%m-%Y}",
    Subject.AGREEMENT: "kesepakatan dengan {what} berakhir {day:%d-%m-%Y}",
}


def warning_text(ending: Ending, number: str) -> str:
    """What people are told of something that ends."""
    what = TEXTS[ending.subject].format(day=ending.ends_on, what=ending.what[:60])
    return f"Mufakat: inovasi {number}, {what}. Siapkan kelanjutannya sekarang."

"""What the registry asks: names that are taken, affairs, texts to compare, and what may be the same innovation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db.session import session
from app.innovations.models import Innovation, InnovationAffair
from app.innovations.rules.duplicates import WORTH_A_LOOK
from app.innovations.rules.profile import Affair
from app.innovations.rules.stages import Stage
from app.search.queries import alike

SEARCHED = "innovation"


def text_of(innovation: Innovation) -> str:
    """What an innovation is found and compared by."""
    return f"{innovation.name} {innovation.expansion} {innovation.summary}"


def all_texts() -> Iterable[tuple[int, str, str]]:
    """Number, regency and text of every innovation."""
    columns = (Innovation.regency_code, Innovation.name, Innovation.expansion, Innovation.summary)
    rows = session.execute(select(Innovation.id, *columns).order_by(Innovation.id))
    return ((row[0], row[1], " ".join(row[2:])) for row in rows)


def ids_by_name(regency_code: str) -> dict[str, int]:
    """The innovations of a regency by their names, without the difference of capitals."""
    rows = session.execute(select(Innovation.name, Innovation.id).where(Innovation.regency_code == regency_code))
    return {name.casefold(): key for name, key in rows}


def texts_in(regency_code: str) -> dict[str, str]:
    """What each innovation of a regency is compared by, by its name."""
    rows = session.execute(
        select(Innovation.name, Innovation.expansion, Innovation.summary)
        .where(Innovation.regency_code == regency_code)
        .order_by(Innovation.id)
    )
    return {name: f"{name} {expansion} {summary}" for name, expansion, summary in rows}


def affairs_of_all(ids: Sequence[int]) -> dict[int, list[Affair]]:
    """The affairs of each innovation, the main one first."""
    found: dict[int, list[Affair]] = {}
    rows = session.execute(
        select(InnovationAffair.innovation_id, InnovationAffair.affair)
        .where(InnovationAffair.innovation_id.in_(ids))
        .order_by(InnovationAffair.innovation_id, InnovationAffair.is_main.desc(), InnovationAffair.affair)
    )
    for key, affair in rows:
        found.setdefault(key, []).append(affair)
    return found


@dataclass(frozen=True)
class Similar:
    """An innovation that may be the same."""

    number: str
    name: str
    expansion: str
    stage: Stage


def similar_to(regency_code: str, text: str, besides: int | None = None) -> list[Similar]:
    """Innovations of the regency whose name, expansion or problem is much like the text, the likest first."""
    own = select(Innovation.id).where(Innovation.regency_code == regency_code, Innovation.id != (besides or 0))
    scores = dict(alike(SEARCHED, text, regency_code, own))
    ids = [key for key, score in scores.items() if score >= WORTH_A_LOOK]
    rows = session.execute(
        select(Innovation.id, Innovation.number, Innovation.name, Innovation.expansion, Innovation.stage)
        .where(Innovation.id.in_(ids))
        .order_by(Innovation.id)
    ).all()
    return [Similar(*row[1:]) for row in sorted(rows, key=lambda row: -scores[row.id])]

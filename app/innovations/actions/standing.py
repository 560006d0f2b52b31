"""What rooms above write on an innovation, so that the board filters and sorts by it without looking into them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, update

from app.db.session import session
from app.innovations.models import Innovation, InnovationDistrict
from app.innovations.rules.profile import DistrictLink


def note_silo(ids: Collection[int], reasons: Collection[StrEnum], now: datetime) -> None:
    """Keep why these innovations may end with one person, and since when.

    Other reasons than before do not begin the time anew.
    """
    codes = ",".join(sorted(reasons))
    since = func.coalesce(Innovation.silo_since, now) if codes else None
    session.execute(
        update(Innovation).where(Innovation.id.in_(ids)).values(silo_reasons=codes, silo_since=since),
        execution_options={"synchronize_session": "fetch"},
    )


def note_score(innovation_id: int, score: int | None, now: datetime) -> bool:
    """Keep how mature the innovation is, 0 to 111; whether that has changed."""
    before = session.scalars(select(Innovation.score).where(Innovation.id == innovation_id)).one()
    if before == score:
        return False
    _write(innovation_id, score=score)
    return True


def note_scores(scores: Mapping[int, int | None]) -> None:
    """As `note_score`, of many innovations that have changed, for the night."""
    if scores:
        session.execute(update(Innovation), [{"id": key, "score": score} for key, score in scores.items()])


def _write(innovation_id: int, **columns: object) -> None:
    session.execute(update(Innovation).where(Innovation.id == innovation_id).values(**columns))


def note_adopters(innovation_id: int, district_codes: Iterable[str]) -> None:
    """Keep in which kecamatan there are villages that have taken the innovation up."""
    link = DistrictLink.ADOPTER
    wanted = set(district_codes)
    mine = (InnovationDistrict.innovation_id == innovation_id) & (InnovationDistrict.link == link)
    known = set(session.scalars(select(InnovationDistrict.district_code).where(mine)))
    session.execute(delete(InnovationDistrict).where(mine, InnovationDistrict.district_code.in_(known - wanted)))
    if new := sorted(wanted - known):
        rows = [{"innovation_id": innovation_id, "district_code": code, "link": link} for code in new]
        session.execute(insert(InnovationDistrict), rows)

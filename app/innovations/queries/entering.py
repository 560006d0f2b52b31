"""What entering an innovation asks: for whom one may, what is entered already, and how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db.session import session
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.rules.entry import Behalf
from app.innovations.rules.stages import EARLY, Origin
from app.kernel.actor import Actor, Role, covers, regency_of
from app.plans.queries import agencies_of
from app.regions.queries import villages
from app.regions.rules import Place


@dataclass(frozen=True)
class Choice:
    """One for whom an innovation may be entered, and how that is told in public."""

    behalf: Behalf
    initiator: str

    @property
    def code(self) -> str:
        return f"{self.behalf.origin}-{self.behalf.agency_id or self.behalf.village_code}"


def behalves(actor: Actor, regency_code: str) -> list[Choice]:
    """Oneself first, then the villages one serves, then the agencies; a planner enters for each agency."""
    return [*_self(actor, regency_code), *_villages(actor, regency_code), *_agencies(actor, regency_code)]


def _self(actor: Actor, regency_code: str) -> list[Choice]:
    if not actor.lives_in(regency_code):
        return []
    return [
        Choice(Behalf(Origin.RESIDENT, village_code=one.code), f"Warga {_called(one)}")
        for one in villages(actor.village_code)
    ]


def _villages(actor: Actor, regency_code: str) -> list[Choice]:
    scopes = [scope for scope in actor.scopes(Role.FACILITATOR) if scope and regency_of(scope) == regency_code]
    if not scopes:
        return []
    return [Choice(Behalf(Origin.VILLAGE, village_code=one.code), _called(one)) for one in villages(*scopes)]


def _agencies(actor: Actor, regency_code: str) -> list[Choice]:
    is_planner = any(covers(scope, regency_code) for scope in actor.scopes(Role.PLANNER))
    if not is_planner and not actor.holds(Role.OFFICER, regency_code):
        return []
    return [
        Choice(Behalf(Origin.AGENCY, agency_id=one.id), one.name)
        for one in agencies_of(regency_code)
        if one.ended_on is None and (is_planner or actor.serves(regency_code, one.id))
    ]


def _called(village: Place) -> str:
    return f"{village.kind.value.title()} {village.name}"


def find_by_form(form_key: str) -> Innovation | None:
    return session.scalars(select(Innovation).where(Innovation.form_key == form_key)).first()


def count_waiting(owner_id: int) -> int:
    """How many that this person entered still wait for the planner."""
    mine = (Innovation.owner_id == owner_id) & Innovation.stage.in_(EARLY) & Innovation.form_key.is_not(None)
    return session.scalar(select(func.count()).select_from(Innovation).where(mine)) or 0


def misi_rows_of(innovation_id: int) -> Sequence[InnovationMisi]:
    return session.scalars(
        select(InnovationMisi).where(InnovationMisi.innovation_id == innovation_id).order_by(InnovationMisi.misi_id)
    ).all()

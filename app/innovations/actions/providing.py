"""Adding what an innovation has to show."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.models import Innovation, Provision
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.provisions import Content, Kind, Known, day_in, refuse_provision
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.regions.queries import find_regency


def add_provision(actor: Actor, innovation: Innovation, kind: Kind, content: Content, now: datetime) -> Provision:
    """Add something the innovation has to show; adding the same twice adds it once."""
    innovation = queries.get_locked(innovation.id)
    POLICY.require(actor, Can.PROVIDE, Within(innovation.regency_code, innovation.agency_id))
    _check(innovation.regency_code, kind, content, now)
    columns = asdict(content)
    same = select(Provision).filter_by(innovation_id=innovation.id, kind=kind, **columns)
    if known := session.scalars(same.order_by(Provision.id)).first():
        return known
    provision = Provision(innovation_id=innovation.id, kind=kind, **columns, added_by_id=actor.person_id, at=now)
    session.add(provision)
    innovation.agency_id = content.agency_id or innovation.agency_id
    innovation.pillar_id = content.pillar_id or innovation.pillar_id
    session.flush()
    record(actor, "add_provision", f"innovation:{innovation.id}", now, kind=kind)
    return provision


def _check(regency_code: str, kind: Kind, content: Content, now: datetime) -> None:
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    known = Known({row.id for row in agencies_of(regency_code)}, {row.id for row in pillars_of(regency_code)})
    if refusal := refuse_provision(kind, content, known, day_in(regency.time_zone, now)):
        raise Refused(refusal)

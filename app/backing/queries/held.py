"""What this room supplies to the gates: firm commitments, acts in force, partners who still take part."""

from typing import Any

from sqlalchemy import Select, case, func

from app.backing.models import Commitment, LegalAct, Partner
from app.backing.rules.acts import ActState, Purpose
from app.backing.rules.resources import FIRM, Resource
from app.innovations.queries import At, held_rows, supplies
from app.innovations.rules.gates import Asked

RESOURCES = {
    Asked.PEOPLE: At("backing.add_resource", kind="orang"),
    Asked.BUDGET: At("backing.add_resource", kind="anggaran"),
}


@supplies(RESOURCES)
def budget_and_people_held() -> Select[Any]:
    """Money and people that can be counted on; of people only those who agree are named."""
    is_shown = (Commitment.kind != Resource.PEOPLE) | Commitment.consented_on.is_not(None)
    who = case((Commitment.kind == Resource.PEOPLE, Commitment.person), else_=Commitment.title)
    told = {
        "text": case((is_shown, who), else_=Commitment.title),
        "until": Commitment.until,
        "provider_id": Commitment.added_by_id,
        "key": func.lower(who),
    }
    rows = held_rows(Commitment.innovation_id, Commitment.kind, Commitment.id, **told)
    return rows.where(Commitment.kind.in_((Resource.PEOPLE, Resource.BUDGET)), Commitment.state.in_(FIRM))


@supplies({Asked.DECREE: At("backing.add_act", tujuan="trial")})
def trial_decrees_held() -> Select[Any]:
    return _acts_held(Asked.DECREE, Purpose.TRIAL)


@supplies({Asked.REGULATION: At("backing.add_act", tujuan="use")})
def regulations_held() -> Select[Any]:
    return _acts_held(Asked.REGULATION, Purpose.USE)


def _acts_held(asked: Asked, purpose: Purpose) -> Select[Any]:
    """Acts of the purpose that are in force."""
    told = {
        "text": LegalAct.number,
        "dated": LegalAct.dated,
        "until": LegalAct.expires,
        "form": LegalAct.form,
        "provider_id": LegalAct.added_by_id,
    }
    rows = held_rows(LegalAct.innovation_id, asked, LegalAct.id, **told)
    return rows.where(LegalAct.purpose == purpose, LegalAct.state == ActState.IN_FORCE)


@supplies({Asked.PARTNER: At("backing.add_partner")})
def partners_held() -> Select[Any]:
    """Partners, until their agreement ends."""
    told = {"text": Partner.name, "until": Partner.ends, "provider_id": Partner.added_by_id, "key": Partner.name}
    rows = held_rows(Partner.innovation_id, Asked.PARTNER, Partner.id, **told)
    return rows.where(Partner.withdrawn_at.is_(None))

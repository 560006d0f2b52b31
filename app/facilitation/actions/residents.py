"""Enrolling a resident in person."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import actions as accounts
from app.accounts import queries
from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.accounts.rules.consents import Mode
from app.facilitation.rules import refuse_enrolment
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within


@dataclass(frozen=True)
class Enrolment:
    """What the resident says of themselves; `is_another` where the facilitator knows a namesake to be someone else."""

    name: str
    village_code: str
    is_another: bool


def enrol(actor: Actor, enrolment: Enrolment, form_key: str, now: datetime) -> Person:
    """Enter a resident who has no phone, unless they seem to be known; the same form again gives the same person."""
    POLICY.require(actor, Can.ENROL, Within(enrolment.village_code))
    namesakes = queries.namesakes(enrolment.name, enrolment.village_code)
    refusal = refuse_enrolment(len(namesakes), is_another=enrolment.is_another)
    # The form is looked for last: the namesake may be what the other half of a double click has just added.
    if refusal and queries.find_by_form_key(form_key) is None:
        raise Refused(refusal, name=enrolment.name)
    resident = accounts.Resident(enrolment.name, enrolment.village_code, form_key=form_key)
    return accounts.enrol(actor, resident, Mode.READ_ALOUD, now)

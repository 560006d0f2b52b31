"""Giving roles, and taking them back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from app.accounts import queries
from app.accounts.actions.holding import hold
from app.accounts.actions.views import note_views
from app.accounts.models import Person, RoleGrant
from app.accounts.permissions import POLICY, Can
from app.accounts.queries.grants import find_people, had_role
from app.accounts.rules.grants import GrantFacts, refuse_end, refuse_grant
from app.accounts.rules.limits import DENIED, LOOK_UP
from app.accounts.rules.views import Seen
from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor, AgencyFacts, Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits


def look_up(actor: Actor, typed: str, now: datetime) -> Sequence[Person]:
    """Who has exactly this card number or phone; counted, so that nobody tries many, and noted for whoever is found."""
    limits.take(LOOK_UP, str(actor.person_id), now, actor)
    found = find_people(actor, typed)
    note_views(actor, [person.id for person in found], Seen.FOUND, now)
    return found


def grant(
    actor: Actor,
    person: Person,
    role: Role,
    scope: str,
    now: datetime,
    until: datetime | None = None,
    agency: AgencyFacts | None = None,
) -> RoleGrant:
    """Give a role within a scope; only who administers the scope may, and the first one comes from the console.

    An officer acts for an agency of the scope.
    """
    POLICY.require(actor, Can.GRANT, Within(scope))
    # Lock the person: the halves of a double click come one after the other.
    hold(person)
    agency_id = agency.id if agency else None
    facts = GrantFacts(
        person_id=person.id,
        until=until,
        is_held=queries.holds_grant(person.id, role, scope, agency_id, now),
        role=role,
        scope=scope,
        agency_regency=agency.regency_code if agency else None,
    )
    if refusal := refuse_grant(facts, actor.person_id, now):
        raise Refused(refusal)
    row = RoleGrant(
        person_id=person.id,
        role=role,
        scope=scope,
        agency_id=agency_id,
        since=now,
        until=until,
        granted_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    record(actor, "grant", f"person:{person.id}", now, role=role, scope=scope, agency=agency_id)
    return row


def end_grant(actor: Actor, row: RoleGrant, reason: str, now: datetime) -> None:
    """Take a role back from the next request on; the grant stays as history, with the reason."""
    POLICY.require(actor, Can.GRANT, Within(row.scope))
    session.refresh(row, with_for_update=True)
    if refusal := refuse_end(row.person_id, row.until, actor.person_id, now):
        raise Refused(refusal)
    row.until, row.ended_by_id, row.end_reason = now, actor.person_id, reason
    session.flush()
    record(actor, "end_grant", f"person:{row.person_id}", now, role=row.role, scope=row.scope)


def note_denied(actor: Actor, roles: Collection[str], route: str, now: datetime) -> None:
    """Write down that somebody whose role is over has come to its pages; so often a day that the log stays short."""
    assert actor.person_id is not None  # signed in
    known = [role.value for role in Role if role in roles]
    if not known or not had_role(actor.person_id, known, now):
        return
    if limits.count(DENIED, str(actor.person_id), now, actor) <= DENIED.most:
        record(actor, "denied", f"route:{route}", now)

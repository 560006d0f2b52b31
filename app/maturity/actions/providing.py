"""Bringing evidence for an indicator, and taking it back."""

from dataclasses import asdict
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.files import actions as files
from app.files.queries import documents_of, drafts_of, photos_of
from app.files.rules.documents import Document
from app.innovations.models import Innovation
from app.innovations.queries import get_locked
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.maturity import queries
from app.maturity.actions.scoring import score_anew, today_in
from app.maturity.models import Evidence
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import KIND
from app.maturity.rules.evidence import REASON_LENGTH, Claim, State, refuse_claim
from app.maturity.rules.indicators import FileKind, Indicator
from app.maturity.rules.refusals import Refusal


def provide(
    actor: Actor,
    innovation: Innovation,
    number: int,
    claim: Claim,
    now: datetime,
    *,
    document: Document | None = None,
    form_key: str = "",
) -> Evidence:
    """Claim a level of an indicator of the present year; what stood for it before ends, and review begins anew.

    The photo is the one that the form with this key has taken. Without a new file that of before is taken over; the
    same once more changes nothing.
    """
    innovation = get_locked(innovation.id)
    POLICY.require(actor, Can.PROVIDE, queries.whose(innovation))
    today = today_in(innovation.regency_code, now)
    indicator_id, indicator = queries.get_indicator(queries.year_on(today), number)
    before = queries.find_current(innovation.id, indicator_id)
    is_new = _has_new_file(actor, indicator, before, document, form_key)
    has_old = before is not None and _has_file(before, indicator)
    if refusal := refuse_claim(indicator, claim, innovation.stage, today, has_file=is_new or has_old):
        raise Refused(refusal)
    if before and not is_new and _claim_of(before) == claim:
        return before
    evidence = _replace(actor, innovation, indicator_id, claim, before, now)
    if is_new:
        _attach(actor, evidence, indicator, document, form_key, now)
    elif has_old and before:
        evidence.taken_from_id = before.file_id
    session.flush()
    record(actor, "provide_evidence", f"evidence:{evidence.id}", now, indicator=number, level=claim.level)
    score_anew(innovation, now)
    return evidence


def _has_new_file(
    actor: Actor, indicator: Indicator, before: Evidence | None, document: Document | None, form_key: str
) -> bool:
    if indicator.file_kind is FileKind.IMAGE:
        return bool(form_key and actor.person_id and drafts_of(actor.person_id, form_key))
    if indicator.file_kind is FileKind.VIDEO or document is None:
        return False
    kept = documents_of(KIND, [before.file_id]).get(before.file_id) if before else None
    return kept is None or kept.digest != document.digest


def _has_file(evidence: Evidence, indicator: Indicator) -> bool:
    find = photos_of if indicator.file_kind is FileKind.IMAGE else documents_of
    return bool(find(KIND, [evidence.file_id]).get(evidence.file_id))


def _claim_of(evidence: Evidence) -> Claim:
    return Claim(evidence.level, evidence.basis, evidence.number, evidence.dated, evidence.link, evidence.note)


def _replace(
    actor: Actor, innovation: Innovation, indicator_id: int, claim: Claim, before: Evidence | None, now: datetime
) -> Evidence:
    if before:
        before.ended_at, before.ended_by_id = now, actor.person_id
        session.flush()  # one stands at a time
    evidence = Evidence(
        innovation_id=innovation.id,
        indicator_id=indicator_id,
        **asdict(claim),
        added_by_id=actor.person_id,
        at=now,
        state=State.WAITING,
    )
    session.add(evidence)
    session.flush()
    return evidence


def _attach(
    actor: Actor, evidence: Evidence, indicator: Indicator, document: Document | None, form_key: str, now: datetime
) -> None:
    if indicator.file_kind is FileKind.IMAGE:
        files.attach(actor, form_key, KIND, evidence.id, most=1)
    elif document:
        files.attach_document(actor, document, KIND, evidence.id, now)


def withdraw(actor: Actor, innovation: Innovation, number: int, reason: str, now: datetime) -> None:
    """Let nothing stand for an indicator of the present year any more; what stood stays to be read, with the reason."""
    innovation = get_locked(innovation.id)
    POLICY.require(actor, Can.PROVIDE, queries.whose(innovation))
    indicator_id, _asked = queries.get_indicator(queries.year_on(today_in(innovation.regency_code, now)), number)
    evidence = queries.find_current(innovation.id, indicator_id)
    if evidence is None:
        raise Refused(Refusal.ENDED)
    if len(reason.strip()) < REASON_LENGTH[0]:
        raise Refused(Refusal.REASON_MISSING)
    evidence.ended_at, evidence.ended_by_id, evidence.ended_because = now, actor.person_id, reason.strip()
    session.flush()
    record(actor, "withdraw_evidence", f"evidence:{evidence.id}", now, indicator=number)
    score_anew(innovation, now)

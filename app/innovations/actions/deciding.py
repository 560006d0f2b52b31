"""The planner's five answers on a winning proposal: into the pipeline, or on as ordinary work."""

from datetime import datetime
from typing import Any

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.actions.registering import begin, numbers
from app.innovations.models import Decision, Innovation, InnovationMisi
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.decision import Answers, DecisionFacts, Outcome, refuse_decision
from app.innovations.rules.profile import Classification, Initiator
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Origin, Stage
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.proposals import actions as proposals
from app.proposals import queries as proposal_queries
from app.proposals.models import Proposal
from app.proposals.rules import LIFECYCLE, Event
from app.regions.queries import find_village

EVENTS = {Outcome.ESCALATED: Event.ESCALATE, Outcome.ROUTED: Event.ROUTE}


def escalate(
    actor: Actor,
    proposal: Proposal,
    answers: Answers,
    name: str,
    expansion: str,
    pillar_id: int | None,
    now: datetime,
    *,
    summary: str = "",
) -> Innovation:
    """Five times yes: the winner becomes an innovation, named for its village, and its proposal says so.

    Without a summary of its own it is told in the words of the proposal.
    """
    proposal = _check(actor, proposal, answers, Outcome.ESCALATED)
    number = numbers(proposal.regency_code, 1)[0]
    _check_naming(proposal.regency_code, name, pillar_id)
    innovation = Innovation(
        number=number,
        regency_code=proposal.regency_code,
        name=name,
        expansion=expansion,
        summary=summary or proposal.work,
        pillar_id=pillar_id,
        stage=Stage.IDEA,
        stage_since=now,
        origin=Origin.PROPOSAL,
        origin_proposal_id=proposal.id,
        owner_id=proposal.author_id,
        village_code=proposal.village_code,
        initiator=_initiator(proposal),
        initiator_kind=Initiator.COMMUNITY,
        classification=Classification.COMMUNITY,
        source="",
        registered_at=now,
    )
    _keep(actor, proposal, answers, Outcome.ESCALATED, None, "", now)
    begin(actor, [innovation], now)
    misi = proposal_queries.misi_of_proposal(proposal.id)
    session.add_all(InnovationMisi(innovation_id=innovation.id, misi_id=one.id) for one in misi)
    proposals.move(actor, proposal, Event.ESCALATE, now, innovation=number, name=name)
    record(actor, "begin_innovation", f"innovation:{innovation.id}", now, proposal=proposal.number)
    return innovation


def _check_naming(regency_code: str, name: str, pillar_id: int | None) -> None:
    if name.casefold() in queries.ids_by_name(regency_code):
        raise Refused(Refusal.NAME_TAKEN, name=name)
    if pillar_id is not None and pillar_id not in {pillar.id for pillar in pillars_of(regency_code)}:
        raise Refused(Refusal.UNKNOWN_PILLAR)


def route(
    actor: Actor, proposal: Proposal, answers: Answers, agency_id: int | None, note: str, now: datetime
) -> Proposal:
    """Not five times yes: the winner is ordinary work of an agency, or of the village itself where none is named."""
    proposal = _check(actor, proposal, answers, Outcome.ROUTED)
    agencies = {agency.id: agency.name for agency in agencies_of(proposal.regency_code)}
    if agency_id is not None and agency_id not in agencies:
        raise Refused(Refusal.UNKNOWN_AGENCY)
    if not note.strip():
        raise Refused(Refusal.REASON_MISSING)
    _keep(actor, proposal, answers, Outcome.ROUTED, agency_id, note.strip(), now)
    facts: dict[str, Any] = {} if agency_id is None else {"agency": agencies[agency_id]}
    return proposals.move(actor, proposal, Event.ROUTE, now, reason=note, **facts)


def _check(actor: Actor, proposal: Proposal, answers: Answers, outcome: Outcome) -> Proposal:
    """Lock the proposal, and make sure that the actor may decide so on it now."""
    proposal = proposal_queries.get_locked(proposal.id)
    POLICY.require(actor, Can.CURATE, Within(proposal.regency_code))
    is_decided = queries.find_decided(proposal.id) is not None
    facts = DecisionFacts(is_decided, proposal.author_id, proposal.typed_by_id)
    if refusal := refuse_decision(facts, answers, outcome, actor.person_id):
        raise Refused(refusal)
    LIFECYCLE.after(proposal.status, EVENTS[outcome])
    return proposal


def _keep(
    actor: Actor,
    proposal: Proposal,
    answers: Answers,
    outcome: Outcome,
    agency_id: int | None,
    note: str,
    now: datetime,
) -> None:
    session.add(
        Decision(
            proposal_id=proposal.id,
            **{criterion.value: answer.is_yes for criterion, answer in answers.items()},
            **{f"{criterion}_answer": answer.text.strip() for criterion, answer in answers.items()},
            outcome=outcome,
            agency_id=agency_id,
            note=note,
            decided_by_id=actor.person_id,
            at=now,
        )
    )


def _initiator(proposal: Proposal) -> str:
    """How the person who had the idea is named in public: by the village only."""
    village = find_village(proposal.village_code)
    assert village is not None  # a foreign key
    return f"Warga {village.kind.value.title()} {village.name}"

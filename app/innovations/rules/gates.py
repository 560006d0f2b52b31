"""Gates: what must be there before a stage, who may not open them, and when an innovation stands alone."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.innovations.rules.provisions import Kind, LegalForm
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Stage, event_to


@dataclass(frozen=True)
class Held:
    """A provision that an innovation has."""

    kind: Kind
    legal_form: LegalForm | None = None


@dataclass(frozen=True)
class Need:
    """A provision that a gate asks for; of a regulation it may ask for a rung of the legal ladder."""

    kind: Kind
    at_least: LegalForm | None = None

    def is_met(self, held: Collection[Held]) -> bool:
        return any(one.kind is self.kind and self._is_high_enough(one.legal_form) for one in held)

    def _is_high_enough(self, form: LegalForm | None) -> bool:
        return self.at_least is None or (form is not None and form.rung >= self.at_least.rung)


# The stage behind the gate, and what the gate asks for.
GATES: dict[Stage, tuple[Need, ...]] = {
    Stage.CURATION: (),
    Stage.PROPOSAL: (Need(Kind.INITIATIVE),),
    Stage.ASSESSED: (Need(Kind.ASSESSMENT),),
    Stage.TRIAL_APPROVED: (Need(Kind.DECREE), Need(Kind.AGENCY)),
    Stage.TRIAL: (Need(Kind.DECREE), Need(Kind.AGENCY), Need(Kind.TRIAL_PERIOD), Need(Kind.BASELINE)),
    Stage.EVALUATION: (Need(Kind.TRIAL_PERIOD), Need(Kind.BASELINE)),
    Stage.ADOPTED: (Need(Kind.EVALUATION), Need(Kind.REGULATION), Need(Kind.PEOPLE), Need(Kind.BUDGET)),
    Stage.INSTITUTIONALISED: (
        Need(Kind.PILLAR),
        Need(Kind.RAD_ACTION),
        Need(Kind.BUDGET),
        Need(Kind.REGULATION, LegalForm.REGENT_REGULATION),
    ),
    Stage.REPLICATING: (Need(Kind.AGENCY), Need(Kind.PARTNER)),
}


def missing(gate: Stage, held: Collection[Held]) -> tuple[Need, ...]:
    """What the gate to the stage asks for and the innovation does not have."""
    return tuple(need for need in GATES[gate] if not need.is_met(held))


@dataclass(frozen=True)
class GateFacts:
    """An innovation before a gate."""

    stage: Stage
    owner_id: int | None
    held: Collection[Held]


def refuse_pass(facts: GateFacts, target: Stage, actor_id: int | None) -> Refusal | None:
    """Why the actor cannot let the innovation through the gate to the target."""
    if actor_id is not None and actor_id == facts.owner_id:
        return Refusal.OWN_GATE
    if event_to(facts.stage, target) is None:
        return Refusal.STAGE_SKIPPED
    return Refusal.GATE_INCOMPLETE if missing(target, facts.held) else None


class SiloRisk(StrEnum):
    """Why an innovation may end with the person who had the idea."""

    ONE_PERSON = "one_person"
    NO_AGENCY = "no_agency"
    NO_PARTNER = "no_partner"
    NO_BUDGET = "no_budget"


def silo_risk(held: Collection[Held]) -> tuple[SiloRisk, ...]:
    """The reasons for the silo flag; none where several people, an agency, a partner and a budget line stand."""
    kinds = [one.kind for one in held]
    found = {
        SiloRisk.ONE_PERSON: kinds.count(Kind.PEOPLE) < 2,
        SiloRisk.NO_AGENCY: Kind.AGENCY not in kinds,
        SiloRisk.NO_PARTNER: Kind.PARTNER not in kinds,
        SiloRisk.NO_BUDGET: Kind.BUDGET not in kinds,
    }
    return tuple(risk for risk, is_so in found.items() if is_so)

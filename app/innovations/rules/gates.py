"""Gates: what must be there before a stage, who may not open them, and when an innovation stands alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Stage, event_to


class Asked(StrEnum):
    """What gates ask for; rooms above may supply each of them (see queries.supplies)."""

    INITIATIVE = "initiative"
    ASSESSMENT = "assessment"
    DECREE = "decree"
    AGENCY = "agency"
    TRIAL_PERIOD = "trial_period"
    BASELINE = "baseline"
    EVALUATION = "evaluation"
    REGULATION = "regulation"
    PEOPLE = "people"
    BUDGET = "budget"
    PARTNER = "partner"
    PILLAR = "pillar"
    RAD_ACTION = "rad_action"
    REPLICATION = "replication"


class LegalForm(StrEnum):
    """The legal ladder, from the lowest rung."""

    ASSIGNMENT = "assignment"
    AGENCY_DECREE = "agency_decree"
    REGENT_DECREE = "regent_decree"
    REGENT_REGULATION = "regent_regulation"
    REGIONAL_REGULATION = "regional_regulation"

    @property
    def rung(self) -> int:
        return list(LegalForm).index(self)


@dataclass(frozen=True)
class Held:
    """Something that an innovation has: `text` and `dated` name it in public, `until` is its last day, None for ever.

    `provider_id` is who brought it, `key` what makes it another one (a person named twice is one).
    """

    asked: Asked
    text: str = ""
    dated: date | None = None
    until: date | None = None
    legal_form: LegalForm | None = None
    provider_id: int | None = None
    key: str = ""

    def holds_on(self, today: date) -> bool:
        return self.until is None or self.until >= today


@dataclass(frozen=True)
class Need:
    """What a gate asks for; of a regulation it may ask for a rung of the legal ladder.

    Who alone has brought what `decides` does not open the gate.
    """

    asked: Asked
    at_least: LegalForm | None = None
    decides: bool = False

    def met_by(self, held: Collection[Held], today: date) -> list[Held]:
        """All that meets it today."""
        fitting = (one for one in held if one.asked is self.asked and one.holds_on(today))
        return [one for one in fitting if self._is_high_enough(one.legal_form)]

    def _is_high_enough(self, form: LegalForm | None) -> bool:
        return self.at_least is None or (form is not None and form.rung >= self.at_least.rung)


# The stage behind the gate, and what the gate asks for.
GATES: dict[Stage, tuple[Need, ...]] = {
    Stage.CURATION: (),
    Stage.PROPOSAL: (Need(Asked.INITIATIVE, decides=True),),
    Stage.ASSESSED: (Need(Asked.ASSESSMENT, decides=True),),
    Stage.TRIAL_APPROVED: (Need(Asked.DECREE, LegalForm.REGENT_DECREE, decides=True), Need(Asked.AGENCY)),
    Stage.TRIAL: (
        Need(Asked.DECREE, LegalForm.REGENT_DECREE),
        Need(Asked.AGENCY),
        Need(Asked.TRIAL_PERIOD),
        Need(Asked.BASELINE, decides=True),
    ),
    Stage.EVALUATION: (Need(Asked.TRIAL_PERIOD), Need(Asked.BASELINE)),
    Stage.ADOPTED: (
        Need(Asked.EVALUATION, decides=True),
        Need(Asked.REGULATION, LegalForm.AGENCY_DECREE),
        Need(Asked.PEOPLE),
        Need(Asked.BUDGET),
    ),
    Stage.INSTITUTIONALISED: (
        Need(Asked.PILLAR),
        Need(Asked.RAD_ACTION),
        Need(Asked.BUDGET),
        Need(Asked.REGULATION, LegalForm.REGENT_REGULATION, decides=True),
    ),
    Stage.REPLICATING: (Need(Asked.AGENCY), Need(Asked.PARTNER), Need(Asked.REPLICATION, decides=True)),
}


def missing(gate: Stage, held: Collection[Held], today: date) -> tuple[Need, ...]:
    """What the gate to the stage asks for and the innovation does not have."""
    return tuple(need for need in GATES[gate] if not need.met_by(held, today))


@dataclass(frozen=True)
class GateFacts:
    """An innovation before a gate."""

    stage: Stage
    owner_id: int | None
    held: Collection[Held]
    today: date


def refuse_pass(facts: GateFacts, target: Stage, actor_id: int | None) -> Refusal | None:
    """Why the actor cannot let the innovation through the gate to the target."""
    if is_own(facts.owner_id, actor_id):
        return Refusal.OWN_GATE
    if event_to(facts.stage, target) is None:
        return Refusal.STAGE_SKIPPED
    if missing(target, facts.held, facts.today):
        return Refusal.GATE_INCOMPLETE
    return Refusal.OWN_EVIDENCE if _leans_on(actor_id, facts, target) else None


def is_own(owner_id: int | None, actor_id: int | None) -> bool:
    return actor_id is not None and actor_id == owner_id


def _leans_on(actor_id: int | None, facts: GateFacts, target: Stage) -> bool:
    """Whether something that decides at the gate was brought by the actor alone."""
    deciding = (need.met_by(facts.held, facts.today) for need in GATES[target] if need.decides)
    return actor_id is not None and any(all(one.provider_id == actor_id for one in found) for found in deciding)


def refuse_removal(
    passed: Collection[Stage], before: Collection[Held], after: Collection[Held], today: date
) -> Refusal | None:
    """Why what stood before cannot go: a gate that was passed stood on it."""
    broken = (stage for stage in passed if missing(stage, after, today) and not missing(stage, before, today))
    return Refusal.UNDER_PASSED_GATE if any(broken) else None


class SiloRisk(StrEnum):
    """Why an innovation may end with the person who had the idea."""

    ONE_PERSON = "one_person"
    NO_AGENCY = "no_agency"
    NO_PARTNER = "no_partner"
    NO_BUDGET = "no_budget"


def silo_risk(held: Collection[Held], today: date) -> tuple[SiloRisk, ...]:
    """The reasons for the silo flag; none where several people, an agency, a partner and a budget line stand."""
    there = [one for one in held if one.holds_on(today)]
    kinds = {one.asked for one in there}
    found = {
        SiloRisk.ONE_PERSON: len({one.key for one in there if one.asked is Asked.PEOPLE}) < 2,
        SiloRisk.NO_AGENCY: Asked.AGENCY not in kinds,
        SiloRisk.NO_PARTNER: Asked.PARTNER not in kinds,
        SiloRisk.NO_BUDGET: Asked.BUDGET not in kinds,
    }
    return tuple(risk for risk, is_so in found.items() if is_so)

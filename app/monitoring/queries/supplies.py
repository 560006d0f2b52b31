"""What monitoring supplies to the gates: a baseline, and a finished evaluation."""

from typing import Any

from sqlalchemy import Select

from app.innovations.queries import At, held_rows, supplies
from app.innovations.rules.gates import Asked
from app.monitoring.models import Evaluation
from app.rad.models import RadIndicator


@supplies({Asked.BASELINE: At("monitoring.indicator")})
def baselines_held() -> Select[Any]:
    """Every indicator has one."""
    rows = held_rows(RadIndicator.innovation_id, Asked.BASELINE, RadIndicator.id, text=RadIndicator.name)
    return rows.where(RadIndicator.innovation_id.is_not(None))


@supplies({Asked.EVALUATION: At("monitoring.evaluate")})
def evaluations_held() -> Select[Any]:
    told = {"text": Evaluation.question, "dated": Evaluation.dated, "provider_id": Evaluation.added_by_id}
    return held_rows(Evaluation.innovation_id, Asked.EVALUATION, Evaluation.id, **told)

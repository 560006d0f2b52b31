"""Evaluations, the latest first."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db.session import session
from app.innovations.models import Innovation
from app.kernel.outcomes import Missing
from app.monitoring.models import Evaluation

MOST = 40


def evaluations_of(innovation_id: int) -> Sequence[Evaluation]:
    asked = select(Evaluation).where(Evaluation.innovation_id == innovation_id)
    return session.scalars(asked.order_by(Evaluation.dated.desc(), Evaluation.id.desc()).limit(MOST)).all()


def find_by_form(form_key: str) -> Evaluation | None:
    return session.scalars(select(Evaluation).where(Evaluation.form_key == form_key)).first()


def get_evaluation(innovation: Innovation, evaluation_id: int) -> Evaluation:
    found = session.get(Evaluation, evaluation_id)
    if found is None or found.innovation_id != innovation.id:
        raise Missing
    return found

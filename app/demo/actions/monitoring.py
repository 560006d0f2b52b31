"""Measuring, reporting, verifying, evaluating and checking."""

from decimal import Decimal
from fractions import Fraction

from app.demo.actions.deeds import key_of_form, perform
from app.demo.actions.playing import Play
from app.demo.rules import monitoring as said
from app.demo.rules.planning import indicator
from app.innovations.models import Innovation
from app.innovations.queries import get_locked, ids_by_name
from app.monitoring import actions as monitoring
from app.monitoring import queries
from app.monitoring.actions.measuring import EvaluationText
from app.monitoring.rules.evaluations import Occasion
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.reports import ReportText
from app.monitoring.rules.things import Thing, ThingKind
from app.rad.queries import Indicator, find_action, plan_of
from app.rad.rules.actions import Direction, Measure

# So much of the year's money is spent as the year goes on.
SPENDING = Fraction(19, 20)


def _innovation(target: said.Target) -> Innovation:
    return get_locked(ids_by_name(target.regency)[target.name.casefold()])


def _thing(target: said.Target) -> Thing:
    if target.kind is ThingKind.INNOVATION:
        return queries.get_thing_by_id(target.kind, _innovation(target).id)
    action = find_action(target.regency, target.name)
    assert action is not None  # it was adopted
    return queries.get_thing_by_id(target.kind, action.id)


@perform.register
def set_indicator(step: said.SetIndicator, play: Play) -> None:
    years = plan_of(step.target.regency).years
    text = indicator(Measure.OUTCOME, step.line, years, f"{step.agency} (contoh)")
    monitoring.set_indicator(play.actor(step), _innovation(step.target), text, step.at)


@perform.register
def report(step: said.Report, play: Play) -> None:
    thing, quarter = _thing(step.target), step.quarter
    known = queries.indicators_of(thing.kind, [thing.id])[thing.id]
    year_gone = Fraction(quarter.number, 4)
    text = ReportText(
        figures={one.row.id: _figure(one, quarter, step.percent) for one in known},
        physical=Decimal(int(min(year_gone * step.percent, Fraction(100)))),
        spent=int(step.a_year * year_gone * SPENDING),
        obstacles=step.obstacles,
        follow_up=step.follow_up,
    )
    monitoring.report(play.actor(step), thing, quarter, text, step.at)


def _figure(one: Indicator, quarter: Quarter, percent: int) -> Decimal:
    """What is so much of what was due; whole where it counts something."""
    due = queries.course_of(one).due(quarter)
    found = due * percent / 100 if one.row.direction is Direction.UP else due * 100 / percent
    return Decimal(round(found * 10)) / 10 if one.row.unit == "persen" else Decimal(round(found))


@perform.register
def review(step: said.Review, play: Play) -> None:
    monitoring.review(play.actor(step), _thing(step.target), step.quarter, step.event, step.comment, step.at)


@perform.register
def evaluate(step: said.Evaluate, play: Play) -> None:
    text = EvaluationText(Occasion.TRIAL_END, step.dated, step.question, step.method, step.finding, step.recommendation)
    form_key = key_of_form("evaluation", step.target.name)
    monitoring.add_evaluation(play.actor(step), _innovation(step.target), text, form_key, step.at)


@perform.register
def check(step: said.Check, play: Play) -> None:
    monitoring.check(play.actor(step), _innovation(step.target), step.answer, step.note, step.at)


@perform.register
def judge_all(step: said.JudgeAll, play: Play) -> None:
    for kind in ThingKind:
        monitoring.judge_next(step.regency, kind, 0, step.at)

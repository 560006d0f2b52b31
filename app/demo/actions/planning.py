"""Adopting the example actions of the plans."""

from app.demo import queries
from app.demo.actions.deeds import perform
from app.demo.actions.playing import Play
from app.demo.rules import planning
from app.innovations.queries import get_locked, ids_by_name
from app.rad import actions as rad
from app.rad.queries import plan_of


@perform.register
def adopt(step: planning.Adopt, play: Play) -> None:
    plan, actor, years = step.plan, play.actor(step), plan_of(step.plan.regency).years
    pillars, agencies = queries.pillar_ids(plan.regency), queries.agency_ids(plan.regency)
    text = planning.action_text(plan, pillars, agencies, step.enacted)
    action = rad.add_action(actor, plan.regency, text, step.at)
    for indicator in planning.indicators(plan, years):
        rad.set_indicator(actor, action, indicator, step.at)
    rad.set_funds(actor, action, planning.funds(plan, years), step.at)
    rad.adopt(actor, action, step.at)
    known = ids_by_name(plan.regency)
    for name in plan.innovations:
        rad.hang(actor, action, get_locked(known[name.casefold()]), step.at)

"""Adopting the example action of the plan."""

from app.demo.actions.deeds import perform
from app.demo.actions.playing import Play
from app.demo.rules import planning
from app.demo.rules.people import BELU
from app.rad import actions as rad
from app.rad import queries


@perform.register
def adopt(step: planning.Adopt, play: Play) -> None:
    actor, years = play.actor(step), queries.plan_of(BELU).years
    pillar, agency = play.pillars[planning.PILLAR], play.agencies[planning.AGENCY]
    action = rad.add_action(actor, BELU, planning.action_text(pillar, agency, step.enacted), step.at)
    for text in planning.indicators(years):
        rad.set_indicator(actor, action, text, step.at)
    rad.set_funds(actor, action, planning.funds(years), step.at)
    rad.adopt(actor, action, step.at)
    rad.hang(actor, action, play.innovations[planning.PROPOSAL], step.at)

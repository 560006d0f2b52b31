"""Leading works to their end."""

from app.delivery import actions as delivery
from app.delivery.rules import Budgeted, Planned, Reached, Started
from app.demo.actions.deeds import key_of_form, perform
from app.demo.actions.playing import Play
from app.demo.rules.works import CheckWork, Lead


@perform.register
def lead(step: Lead, play: Play) -> None:
    actor, proposal, what = play.actor(step), play.proposals[step.proposal], step.what
    form_key = key_of_form(step.proposal, type(what).__name__)
    if step.photo:
        play.show(actor, form_key, [step.photo], step.at)
    if isinstance(what, Planned):
        delivery.plan(actor, proposal, what, step.at)
    elif isinstance(what, Budgeted):
        delivery.budget(actor, proposal, what, step.at)
    elif isinstance(what, Started):
        delivery.start(actor, proposal, what, form_key, step.at)
    elif isinstance(what, Reached):
        delivery.reach(actor, proposal, what, form_key, step.at)
    else:
        delivery.finish(actor, proposal, what, form_key, step.at)


@perform.register
def check_work(step: CheckWork, play: Play) -> None:
    delivery.check(play.actor(step), play.proposals[step.proposal], step.answer, step.note, step.at)

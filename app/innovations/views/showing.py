"""One innovation as everybody may read it: what it is, how it stands, and its story."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for

from app.innovations import queries
from app.innovations.models import Decision
from app.innovations.permissions import POLICY, Can, Whose
from app.innovations.queries import Detail, Profile, Shown, Ties
from app.innovations.rules.board import risks_of
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.profile import DESIGN_WORDS, Light, light_of, word_count
from app.innovations.rules.provisions import Kind
from app.innovations.rules.stages import EARLY, ENDED
from app.innovations.views.blueprint import bp, today_in
from app.innovations.views.shown import GateView, ProvisionView, gates_before, provisions_shown, questioned
from app.innovations.views.story import Step, story
from app.regions.rules import Regency
from app.web.access import current_actor, public
from app.web.panels import Panel, Place, panels_for


@dataclass(frozen=True)
class InnovationPage:
    """One innovation with all that everybody may read."""

    detail: Detail
    profile: Profile
    ties: Ties
    risks: Sequence[SiloRisk]
    light: Light | None
    gates: Sequence[GateView]
    questioned: GateView | None
    provisions: Sequence[tuple[Kind, Sequence[ProvisionView]]]
    decision: Decision | None
    story: Sequence[Step]
    actions: Sequence[Panel]
    below: Sequence[Panel]
    design_words: int
    is_agency_gone: bool
    is_ended: bool
    is_own: bool
    may_provide: bool
    may_describe: bool
    may_curate: bool

    @property
    def has_long_design(self) -> bool:
        return self.design_words >= DESIGN_WORDS


@bp.route("/<regency>/inovasi/<number>")
@public
def show(regency: Regency, number: str) -> Any:
    shown = queries.get_shown(regency.code, number)
    innovation = shown.detail.innovation
    if number != innovation.number:
        return redirect(url_for(".show", number=innovation.number), 301)
    return render_template("innovations/show.html", page=_page(regency, shown))


def _page(regency: Regency, shown: Shown) -> InnovationPage:
    one, agency, actor = shown.detail.innovation, shown.detail.agency, current_actor()
    whose = Whose(regency.code, one.agency_id, one.owner_id, one.stage in EARLY)
    today = today_in(regency)
    facts, may_provide = queries.gate_facts(one, today), POLICY.may(actor, Can.PROVIDE, whose)
    panels = panels_for("innovation", one)
    return InnovationPage(
        detail=shown.detail,
        profile=shown.profile,
        ties=queries.ties_of(one.id),
        risks=risks_of(one.silo_reasons, one.stage),
        light=None if one.score is None else light_of(one.score),
        gates=gates_before(one, facts, may_provide=may_provide),
        questioned=questioned(one, facts, may_provide=may_provide),
        provisions=provisions_shown(queries.provisions_of(one.id)),
        decision=shown.decision,
        story=story(regency, queries.told_of(one), shown.decision, list(facts.held)),
        actions=[panel for panel in panels if panel.place is Place.ACTION],
        below=[panel for panel in panels if panel.place is Place.BELOW],
        design_words=word_count(one.design),
        is_agency_gone=bool(agency and agency.ended_on and agency.ended_on <= today),
        is_ended=one.stage in ENDED,
        is_own=one.owner_id is not None and one.owner_id == actor.person_id,
        may_provide=may_provide,
        may_describe=POLICY.may(actor, Can.DESCRIBE, whose),
        may_curate=POLICY.may(actor, Can.CURATE, whose),
    )

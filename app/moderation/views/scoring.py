"""Giving points, and the public order that they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.cycles.queries import cycles_of
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.moderation import actions, queries
from app.moderation.forms import DeviationForm, TalkForm, points_form
from app.moderation.permissions import POLICY, RUNS, Can, CanRun
from app.moderation.queries.scores import Ranked
from app.moderation.rules.scoring import CriterionFacts, ScoreCard
from app.moderation.views.blueprint import bp
from app.proposals import permissions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import facts_of
from app.regions.queries import districts, find_regency
from app.regions.rules import Regency
from app.web.access import current_actor, public, staff
from app.web.clock import now

RANKS_SHOWN = 50


@dataclass(frozen=True)
class AssessPage:
    """One proposal with its points; whether this person gives some, and whether they write down deviations."""

    proposal: Proposal
    card: ScoreCard
    notes: Sequence[Any]
    may_assess: bool
    may_deviate: bool


@dataclass(frozen=True)
class RankingPage:
    """The order in a district of a year; chips are (words, address, is current, None)."""

    year: int | None
    district: str
    districts: Sequence[tuple[str, str, bool, None]]
    years: Sequence[tuple[str, str, bool, None]]
    criteria: Sequence[CriterionFacts]
    rows: Sequence[Ranked]
    may_run: bool
    next_url: str | None
    first_url: str | None


@bp.route("/meja/<number>/nilai", methods=["GET", "POST"])
@staff(Role.MODERATOR, Role.PLANNER)
def assess(number: str) -> Any:
    actor, asked = current_actor(), request.form.get("aksi", "")
    proposal = queries.find_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    criteria = queries.criteria_of(proposal.cycle_id)
    forms = {
        "nilai": points_form(criteria, queries.own_points(proposal.id, actor.person_id)),
        "bahas": TalkForm(),
        "beda": DeviationForm(),
    }
    sent = forms.get(asked)
    if sent is not None and sent.validate_on_submit():
        try:
            with transaction():
                _act(asked, sent, proposal)
        except Refused as refused:
            sent.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.find_on_desk(actor, number)
        else:
            flash(_("Tersimpan dan dapat dibaca semua orang."), "ok")
            return redirect(url_for(".assess", number=number), 303)
    facts = facts_of(proposal)
    page = AssessPage(
        proposal,
        queries.card_of(proposal, criteria),
        queries.rank_notes_on([proposal.id]).get(proposal.id, []),
        POLICY.may(actor, Can.ASSESS, facts),
        proposals.POLICY.may(actor, proposals.Can.CURATE, facts),
    )
    shown = render_template("moderation/assess.html", page=page, forms=forms, form=sent, criteria=criteria)
    return shown, 422 if sent is not None else 200


def _act(asked: str, form: Any, proposal: Proposal) -> None:
    actor = current_actor()
    if asked == "nilai":
        actions.assess(actor, proposal, form.points(), now())
    elif asked == "bahas":
        actions.note_discussion(actor, proposal, form.talk.data, now())
    else:
        actions.deviate(actor, proposal, form.place.data, form.why.data, form.minutes.data, now())


@bp.route("/<regency>/peringkat")
@public
def ranking(regency: Regency) -> Any:
    cycles = cycles_of(regency.code)
    asked = request.args.get("tahun", "")
    cycle = next((one for one in cycles if str(one.plan_year) == asked), cycles[0] if cycles else None)
    known = [(one.code, one.name) for one in districts(regency.code)]
    if not known:
        raise Missing
    district = request.args.get("kecamatan", "")
    district = district if district in dict(known) else known[0][0]
    after = request.args.get("setelah", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
    criteria = queries.criteria_of(cycle.id) if cycle else ()
    rows = queries.ranking(cycle.id, district, criteria) if cycle else []

    def url(**changes: Any) -> str:
        return url_for(".ranking", **({"tahun": asked or None, "kecamatan": district} | changes))

    page = RankingPage(
        year=cycle.plan_year if cycle else None,
        district=dict(known)[district],
        districts=[(name, url(kecamatan=code), code == district, None) for code, name in known],
        years=[(str(one.plan_year), url(tahun=one.plan_year), one is cycle, None) for one in cycles if len(cycles) > 1],
        criteria=criteria,
        rows=rows[start : start + RANKS_SHOWN],
        may_run=RUNS.may(current_actor(), CanRun.SCORING, Within(regency.code)),
        next_url=url(setelah=start + RANKS_SHOWN) if len(rows) > start + RANKS_SHOWN else None,
        first_url=url() if start else None,
    )
    return render_template("moderation/ranking.html", page=page)

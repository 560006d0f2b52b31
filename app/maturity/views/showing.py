"""How mature an innovation is, for everybody: its score, each indicator, and what stood for it over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, render_template

from app.files.queries import documents_of, photos_of
from app.files.rules import Photo
from app.files.rules.documents import Document
from app.innovations.models import Innovation
from app.innovations.queries import get_detail
from app.innovations.rules.profile import Light, light_of
from app.innovations.rules.provisions import day_in
from app.innovations.rules.stages import ENDED
from app.maturity import queries
from app.maturity.models import Evidence
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import KIND
from app.maturity.rules.evidence import State
from app.maturity.rules.indicators import Indicator
from app.maturity.rules.score import Score, Standing, raising, score_of
from app.maturity.views.blueprint import bp, year_here
from app.regions.rules import Regency
from app.web.access import current_actor, public
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

# So many ways to raise the score are told at once.
MOST_RAISING = 5


@dataclass(frozen=True)
class ScorePanel:
    """The score on the innovation's page."""

    innovation: Innovation
    year: int
    score: Score
    light: Light


@adds_panel("innovation")
def score_of_innovation(innovation: Innovation) -> Panel | None:
    if innovation.stage in ENDED:
        return None
    year, standings = queries.standings_on(innovation.id, day_in(g.regency.time_zone, now()))
    if year is None:
        return None
    score = score_of(standings)
    page = ScorePanel(innovation, year, score, light_of(score.counts))
    return Panel(Place.ACTION, "maturity/_score.html", page)


@dataclass(frozen=True)
class Shown:
    """Evidence with its file, where this reader may see that."""

    evidence: Evidence
    document: Document | None
    photo: Photo | None
    may_see: bool


def with_files(evidences: Sequence[Evidence], *, sees_all: bool) -> list[Shown]:
    """Two statements for any number of them."""
    keys = {one.file_id for one in evidences}
    documents, photos = documents_of(KIND, keys), photos_of(KIND, keys)
    accepted = {one.file_id for one in evidences if one.state is State.ACCEPTED}
    return [
        Shown(
            one,
            documents.get(one.file_id),
            next(iter(photos[one.file_id]), None),
            sees_all or one.file_id in accepted,
        )
        for one in evidences
    ]


@dataclass(frozen=True)
class Line:
    """An indicator with what stands for it."""

    indicator: Indicator
    standing: Standing
    shown: Shown | None

    @property
    def basis(self) -> str | None:
        return self.shown.evidence.basis if self.shown else None

    @property
    def next_asks(self) -> str:
        """What the level asks for that would come next."""
        return self.indicator.asks(min(self.standing.reached + 1, 3), self.basis)


@dataclass(frozen=True)
class MaturityPage:
    """An innovation by its indicators."""

    innovation: Innovation
    year: int
    score: Score
    light: Light
    lines: Sequence[Line]
    raising: Sequence[Line]
    may_provide: bool

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.indicator.number in self.score.missing]


@bp.route("/<regency>/inovasi/<number>/kematangan")
@public
def show(regency: Regency, number: str) -> Any:
    innovation, year = get_detail(regency.code, number).innovation, year_here(regency)
    may_provide = POLICY.may(current_actor(), Can.PROVIDE, queries.whose(innovation))
    indicators = queries.indicators_of(year)
    current = queries.current_of(innovation.id, year)
    shown = dict(zip(current, with_files(list(current.values()), sees_all=may_provide), strict=True))
    lines = [Line(one, _standing(one, current.get(one.number)), shown.get(one.number)) for one in indicators.values()]
    score = score_of([line.standing for line in lines])
    order = [one.number for one in raising(line.standing for line in lines)][:MOST_RAISING]
    by_number = {line.indicator.number: line for line in lines}
    page = MaturityPage(
        innovation,
        year,
        score,
        light_of(score.counts),
        lines,
        [by_number[key] for key in order],
        may_provide and innovation.stage not in ENDED,
    )
    return render_template("maturity/show.html", page=page)


def _standing(indicator: Indicator, evidence: Evidence | None) -> Standing:
    facts = (indicator.number, indicator.weight, indicator.is_required)
    if evidence is None:
        return Standing(*facts)
    return Standing(*facts, evidence.state, evidence.level, evidence.accepted_level or 0)


@dataclass(frozen=True)
class HistoryPage:
    """An indicator of an innovation, with all that was ever brought for it."""

    innovation: Innovation
    indicator: Indicator
    claims: Sequence[Shown]
    may_provide: bool


@bp.route("/<regency>/inovasi/<number>/kematangan/<int:indicator>")
@public
def history(regency: Regency, number: str, indicator: int) -> Any:
    innovation = get_detail(regency.code, number).innovation
    indicator_id, asked = queries.get_indicator(year_here(regency), indicator)
    may_provide = POLICY.may(current_actor(), Can.PROVIDE, queries.whose(innovation))
    claims = with_files(queries.history_of(innovation.id, indicator_id), sees_all=may_provide)
    page = HistoryPage(innovation, asked, claims, may_provide and innovation.stage not in ENDED)
    return render_template("maturity/history.html", page=page)

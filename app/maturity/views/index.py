"""The regency's innovation index: its formula with every term, and which innovations count."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.innovations.rules.profile import BASIC_SERVICES, Affair
from app.kernel.actor import Role
from app.kernel.paging import Page, parse_mark
from app.kernel.policy import Within
from app.maturity import actions, queries
from app.maturity.forms import FigureForm
from app.maturity.models import GovernmentFigure
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import Counted, Listed
from app.maturity.rules.index import MOST_COUNTED, PER_INNOVATION, Category, category_of, rules_of
from app.maturity.views.blueprint import bp, year_here
from app.regions.rules import Regency
from app.web.access import current_actor, public, staff
from app.web.clock import now
from app.web.remembering import remembered

# The basic services in the order of the law.
SERVICES = tuple(affair for affair in Affair if affair in BASIC_SERVICES)


@dataclass(frozen=True)
class IndexPage:
    """The terms, the part that others have measured, and a page of the registry."""

    counted: Counted
    figure: GovernmentFigure | None
    registry: Page[Listed]
    may_note: bool
    services: tuple[Affair, ...] = SERVICES
    per_innovation: Fraction = PER_INNOVATION
    most_counted: int = MOST_COUNTED

    @property
    def index(self) -> Fraction | None:
        return None if self.figure is None else self.counted.terms.index(Fraction(self.figure.figure))

    @property
    def government(self) -> Fraction | None:
        return None if self.figure is None else Fraction(self.figure.figure)

    @property
    def category(self) -> Category | None:
        return None if self.index is None else category_of(self.index)


@bp.route("/<regency>/inovasi/indeks")
@public
def index(regency: Regency) -> Any:
    year = year_here(regency)
    rules = rules_of(year)
    page = IndexPage(
        counted=remembered(("index", regency.code, year), lambda: queries.counted(regency.code, rules)),
        figure=queries.figure_of(regency.code, year),
        registry=queries.listed(regency.code, rules, parse_mark(request.args.get("sesudah"), 1)),
        may_note=POLICY.may(current_actor(), Can.NOTE_FIGURE, Within(regency.code)),
    )
    return render_template("maturity/index.html", page=page)


@bp.route("/pipa/<regency>/inovasi/indeks", methods=["GET", "POST"])
@staff(Role.PLANNER)
def note_figure(regency: Regency) -> Any:
    POLICY.require(current_actor(), Can.NOTE_FIGURE, Within(regency.code))
    year = year_here(regency)
    form = FigureForm(obj=queries.figure_of(regency.code, year))
    if form.validate_on_submit():
        figure, source = form.figure.data or Decimal(0), str(form.source.data)
        with transaction():
            actions.note_figure(current_actor(), regency.code, year, figure, source, now())
        flash(_("Nilai SPD tersimpan. Indeks kabupaten sekarang dihitung lengkap."), "ok")
        return redirect(url_for(".index"), 303)
    answer = render_template("maturity/note_figure.html", form=form, year=year)
    return answer, 422 if form.is_submitted() else 200

"""The table of indicators of a year, for everybody, and its editing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.maturity import actions, queries
from app.maturity.forms import indicator_form, level_fields
from app.maturity.rules.indicators import Indicator, most_score
from app.maturity.views.blueprint import bp
from app.web.access import current_actor, public, staff
from app.web.clock import now


@dataclass(frozen=True)
class TablePage:
    """The indicators of a year, which other years there are, and whether this one may still be changed."""

    year: int
    years: Sequence[int]
    indicators: Sequence[Indicator]
    is_used: bool

    @property
    def most(self) -> int:
        return most_score(self.indicators)

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.indicators)


def _page(year: int) -> TablePage:
    indicators = list(queries.indicators_of(year).values())
    if not indicators:
        raise Missing
    return TablePage(year, queries.years(), indicators, queries.is_used(year))


@bp.route("/indikator/<int:year>")
@public
def table(year: int) -> Any:
    return render_template("maturity/table.html", page=_page(year))


@bp.route("/admin/indikator")
@staff(Role.ADMINISTRATOR)
def tables() -> Any:
    """The tables of all years, and a new one."""
    page = {"years": queries.years(), "used": set(queries.used_years())}
    return render_template("maturity/tables.html", **page)


@bp.route("/admin/indikator", methods=["POST"])
@staff(Role.ADMINISTRATOR)
def begin_year() -> Any:
    with transaction():
        year = actions.begin_year(current_actor(), now())
    flash(_("Tabel %(year)s tersalin dari tahun sebelumnya. Ubah yang berbeda.", year=year), "ok")
    return redirect(url_for(".edit_table", year=year), 303)


@bp.route("/admin/indikator/<int:year>")
@staff(Role.ADMINISTRATOR)
def edit_table(year: int) -> Any:
    return render_template("maturity/edit_table.html", page=_page(year))


@bp.route("/admin/indikator/<int:year>/<int:number>", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def edit_indicator(year: int, number: int) -> Any:
    _id, indicator = queries.get_indicator(year, number)
    form = indicator_form(indicator)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.edit_indicator(current_actor(), form.edited(indicator), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Indikator %(number)s tersimpan.", number=number), "ok")
            return redirect(url_for(".edit_table", year=year), 303)
    levels = [form[name] for name in level_fields(indicator)]
    answer = render_template("maturity/edit_indicator.html", form=form, levels=levels, one=indicator)
    return answer, 422 if form.is_submitted() else 200

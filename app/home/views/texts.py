"""Help, accessibility, and finding a proposal by its number."""

from typing import Any

from flask import redirect, render_template, request, url_for

from app.home.forms import TrackForm
from app.home.rules import normal_number
from app.home.views.blueprint import bp
from app.home.words import MEANINGS
from app.i18n.catalogues import _
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, find_by_number
from app.regions.queries import regencies
from app.regions.rules import Regency
from app.web.access import current_actor, public


def _find(number: str) -> tuple[Regency, Proposal] | None:
    """The proposal of whatever regency the number belongs to."""
    prefix = number.partition("-")[0]
    regency = next((one for one in regencies() if one.number_prefix == prefix), None)
    proposal = find_by_number(regency.code, number) if regency else None
    return (regency, proposal) if regency and proposal else None


@bp.route("/lacak")
@public
def track() -> Any:
    form = TrackForm(request.args, meta={"csrf": False})
    found = None
    if "nomor" in request.args and form.validate():
        number = normal_number(str(form.nomor.data))
        found = _find(number) if number else None
        if found and POLICY.may(current_actor(), Can.SEE, facts_of(found[1])):
            return redirect(url_for("proposals.show", regency=found[0], number=found[1].number), 303)
        if number is None:
            form.nomor.errors = [_("Ini bukan nomor usulan. Tulis tiga huruf dan dua kelompok angka: BLU-28-00042.")]
        elif found is None:
            form.nomor.errors = [_("Tidak ada usulan bernomor %(number)s. Periksa setiap angkanya.", number=number)]
    # Of what is not public yet only the state is told.
    page = render_template("home/track.html", form=form, waiting=found[1] if found else None)
    return page, 422 if form.errors else 200


@bp.route("/bantuan", endpoint="help")
@public
def help_() -> Any:
    return render_template("home/help.html", known=regencies(), meanings=list(MEANINGS.items()))


@bp.route("/aksesibilitas")
@public
def accessibility() -> Any:
    return render_template("home/accessibility.html", known=regencies())

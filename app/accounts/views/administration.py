"""The administrators' desk: finding a person by an exact number, giving them roles and taking them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import flash, g, redirect, render_template, url_for

from app.accounts import actions
from app.accounts.forms import WHOLE, EndGrantForm, FindForm, GrantForm
from app.accounts.models import Person, RoleGrant
from app.accounts.queries.grants import get_grant, get_grantee, grants_of
from app.accounts.rules.grants import GrantRefusal, is_in_force
from app.accounts.rules.views import Seen
from app.accounts.views.blueprint import bp
from app.accounts.words import ROLES
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor, AgencyFacts, Role, covers, regency_of
from app.kernel.outcomes import Refused
from app.regions.queries import find_regency, find_region, regencies, villages
from app.regions.rules import Regency, RegionLevel
from app.web.access import current_actor, recently_confirmed, staff
from app.web.clock import now
from app.web.offers import offered_agencies

Groups = dict[str, list[tuple[str, str]]]
# Where the form says no; other refusals are said at the role.
AT_FIELD = {
    GrantRefusal.UNTIL_PAST: "until",
    GrantRefusal.AGENCY_MISSING: "agency",
    GrantRefusal.AGENCY_NOT_OURS: "agency",
}


@dataclass(frozen=True)
class GrantRow:
    """A grant in words, in force or over."""

    number: int
    role: Role
    scope: str
    agency: str | None
    since: datetime
    until: datetime | None
    is_in_force: bool
    is_from_console: bool
    end_reason: str | None


@dataclass(frozen=True)
class PersonPage:
    """A person and their roles within what the administrator administers."""

    card_number: str
    name: str
    village: str
    is_oneself: bool
    rows: Sequence[GrantRow]


@bp.route("/admin/", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def administration() -> Any:
    """By POST: a phone number does not belong in an address."""
    form = FindForm()
    found: Sequence[tuple[str, str]] = ()
    if form.validate_on_submit():
        try:
            with transaction():
                people = actions.look_up(current_actor(), str(form.number.data), now())
                found = [(one.card_number, one.name) for one in people]
        except Refused as refused:
            form.number.errors = [words(refused.reason, **refused.facts)]
        else:
            if len(found) == 1:
                return redirect(url_for(".person", card_number=found[0][0]), 303)
            if not found:
                form.number.errors = [_("Tidak ada akun dengan nomor itu di wilayah Anda. Periksa lagi angkanya.")]
    status = 422 if form.errors else 200
    return render_template("accounts/administration.html", form=form, found=found), status


@bp.route("/admin/<card_number>", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
@recently_confirmed
def person(card_number: str) -> Any:
    actor, form = current_actor(), GrantForm()
    person = _open(actor, card_number)
    groups, agencies = _scope_choices(actor), _agencies(actor)
    form.scope.choices = groups
    form.agency.choices = [("", _("Bukan petugas dinas")), *((str(one.id), one.name) for one in agencies.values())]
    if form.validate_on_submit():
        try:
            with transaction():
                agency = agencies.get(int(form.agency.data or 0))
                actions.grant(actor, person, Role(form.role.data), form.code(), now(), form.end(), agency)
        except Refused as refused:
            field = getattr(form, AT_FIELD.get(GrantRefusal(refused.reason), "role"))
            field.errors = [words(refused.reason)]
        else:
            flash(_("%(name)s sekarang %(role)s.", name=person.name, role=words(Role(form.role.data))), "ok")
            return redirect(url_for(".person", card_number=card_number), 303)
    page, person_id = _person_page(actor, person, groups, agencies), person.id
    with transaction():
        actions.note_views(actor, [person_id], Seen.GRANTS, now())
    return render_template("accounts/person.html", page=page, form=form), 422 if form.errors else 200


def _open(actor: Actor, card_number: str) -> Person:
    """The person, and the page in the zone of their regency."""
    person = get_grantee(actor, card_number)
    g.regency = _regency(regency_of(person.village_code))
    return person


def _regency(code: str) -> Regency | None:
    """As a rule the one that the page knows already."""
    known: Regency | None = g.get("regency")
    return known if known and known.code == code else find_regency(code)


def _scope_choices(actor: Actor) -> Groups:
    """All that the actor administers: the installation, regencies, districts with their villages."""
    scopes = actor.scopes(Role.ADMINISTRATOR)
    whole = [(WHOLE, _("Semua kabupaten"))] if "" in scopes else []
    regional = [(one.code, one.name) for one in _whole_regencies(scopes)]
    groups: Groups = {"": [("", _("Pilih wilayah")), *whole, *regional]}
    for (code, name), inside in groupby(villages(*scopes), key=lambda one: (one.district_code, one.district)):
        is_theirs = any(covers(scope, code) for scope in scopes)
        district = [(code, _("Seluruh Kecamatan %(name)s", name=name))] if is_theirs else []
        places = [(place.code, place.name) for place in inside]
        groups.setdefault(_("Kecamatan %(name)s", name=name), []).extend([*district, *places])
    return groups


def _whole_regencies(scopes: Sequence[str]) -> Sequence[Regency]:
    """Those that the scopes cover as a whole."""
    if "" in scopes:
        return regencies()
    found = (_regency(scope) for scope in sorted(scopes) if regency_of(scope) == scope)
    return [one for one in found if one]


def _agencies(actor: Actor) -> Mapping[int, AgencyFacts]:
    """The agencies of the regencies that the actor administers as a whole."""
    return {one.id: one for one in offered_agencies() if actor.holds(Role.ADMINISTRATOR, one.regency_code)}


def _person_page(actor: Actor, person: Person, groups: Groups, agencies: Mapping[int, AgencyFacts]) -> PersonPage:
    names = {code: name for group in groups.values() for code, name in group}
    return PersonPage(
        card_number=person.card_number,
        name=person.name,
        village=names.get(person.village_code, ""),
        is_oneself=person.id == actor.person_id,
        rows=[_row(row, names, agencies) for row in grants_of(actor, person.id)],
    )


def _row(row: RoleGrant, names: dict[str, str], agencies: Mapping[int, AgencyFacts]) -> GrantRow:
    agency = agencies.get(row.agency_id or 0)
    return GrantRow(
        number=row.id,
        role=row.role,
        scope=names[row.scope or WHOLE],
        agency=agency.name if agency else None,
        since=row.since,
        until=row.until,
        is_in_force=is_in_force(row.until, now()),
        is_from_console=row.granted_by_id is None,
        end_reason=row.end_reason,
    )


@bp.route("/admin/<card_number>/akhiri/<int:grant_id>", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
@recently_confirmed
def end_grant(card_number: str, grant_id: int) -> Any:
    actor, form = current_actor(), EndGrantForm()
    person = _open(actor, card_number)
    row = get_grant(actor, person.id, grant_id)
    role, scope, name = str(ROLES[row.role]), _scope_name(row.scope), person.name
    if form.validate_on_submit():
        try:
            with transaction():
                actions.end_grant(actor, row, str(form.reason.data), now())
        except Refused as refused:
            form.reason.errors = [words(refused.reason)]
        else:
            flash(_("%(name)s bukan lagi %(role)s.", name=name, role=role), "ok")
            return redirect(url_for(".person", card_number=card_number), 303)
    status = 422 if form.is_submitted() else 200
    facts = {"name": name, "role": role, "scope": scope, "card_number": card_number}
    return render_template("accounts/end_grant.html", form=form, **facts), status


def _scope_name(code: str) -> str:
    """A scope as its choice calls it."""
    region = find_region(code)
    if region is None:
        return _("Semua kabupaten")
    is_district = region.level is RegionLevel.DISTRICT
    return _("Seluruh Kecamatan %(name)s", name=region.name) if is_district else region.name

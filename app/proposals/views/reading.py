"""The list with its filters, and one proposal with its journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g, redirect, render_template, request, url_for

from app.files.queries import photos_of
from app.files.rules import Photo
from app.i18n.catalogues import words
from app.kernel.actor import Actor
from app.kernel.paging import Page
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals import queries
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import Filters, Order, ProposalRow
from app.proposals.rules import LIFECYCLE, SET_ASIDE, Event, Status
from app.proposals.views.blueprint import bp
from app.proposals.words import STATUS_KINDS
from app.regions.queries import districts, find_village
from app.regions.rules import Place, Regency, parent_code
from app.web.access import current_actor, public
from app.web.forms import clean_line
from app.web.panels import Panel, adds_panel, panels_for
from app.web.panels import Place as PanelPlace

# What the list can be narrowed to, in the order of a proposal's life.
LISTED = (
    Status.PUBLISHED,
    Status.SHORTLISTED,
    Status.SELECTED,
    Status.ESCALATED,
    Status.ROUTED,
    Status.COMPLETED,
    Status.DEFERRED,
    *sorted(SET_ASIDE),
)
# What an address of the list may ask; anything else in it is not passed on.
ASKED = ("q", "misi", "desa", "kecamatan", "status", "urut")


@dataclass(frozen=True)
class ListPage:
    """The list as asked for, and what can be asked; choices are (value, words)."""

    rows: Page[ProposalRow]
    filters: Filters
    place: str
    district: str
    districts: Sequence[tuple[str, str]]
    misi_choices: Sequence[tuple[str, str]]
    status_choices: Sequence[tuple[str, str]]
    order_chips: Sequence[tuple[str, str, bool, None]]
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class OwnPage:
    """A person's own proposals and their regency."""

    regency: Regency
    proposals: Sequence[Proposal]


@dataclass(frozen=True)
class ProposalPage:
    """One proposal as its visitor may see it."""

    proposal: Proposal
    place: Place
    misi: Sequence[MisiFacts]
    journey: Sequence[TimelineEntry]
    actions: Sequence[Panel]
    below: Sequence[Panel]
    is_own: bool
    may_mend: bool
    may_withdraw: bool
    may_revise: bool
    revised_at: datetime | None
    entry: str
    photos: Sequence[Photo]


@bp.app_template_filter("from_iso")
def from_iso(text: str) -> date:
    """The day that a step's facts hold as text."""
    return date.fromisoformat(text)


@bp.app_template_filter("status_kind")
def status_kind(status: Status) -> str:
    """The kind of badge of a status."""
    return STATUS_KINDS[status]


def read_filters(regency: Regency) -> Filters:
    """Only known values count; whatever else is asked is as if it were not."""
    args = request.args
    region = args.get("desa") or args.get("kecamatan") or ""
    status = args.get("status", "")
    order = args.get("urut", "")
    misi = args.get("misi", "")
    return Filters(
        text=clean_line(args.get("q"))[:100],
        misi=int(misi) if misi.isascii() and misi.isdigit() and len(misi) < 4 else None,
        region=region if region.startswith(f"{regency.code}.") and len(region) <= 13 else "",
        status=Status(status) if status in {s.value for s in LISTED} else None,
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


@bp.route("/<regency>/usulan")
@public
def index(regency: Regency) -> Any:
    filters, after = read_filters(regency), request.args.get("setelah")
    rows = queries.public_list(regency.code, filters, after)
    asked = {key: value for key in ASKED if (value := request.args.get(key))}
    is_village = filters.region.count(".") == 3
    place = find_village(filters.region) if is_village else None

    def url(**changes: Any) -> str:
        return url_for(".index", regency=regency, **(asked | changes))

    page = ListPage(
        rows=rows,
        filters=filters,
        place=place.name if place else "",
        district=parent_code(filters.region) if is_village else filters.region,
        districts=[(row.code, row.name) for row in districts(regency.code)],
        misi_choices=[(str(one.number), f"{one.number}. {one.short}") for one in misi_of(regency.code)],
        status_choices=[(status.value, words(status)) for status in LISTED],
        order_chips=[(words(order), url(urut=order.value), order is filters.order, None) for order in Order],
        next_url=url(setelah=rows.after) if rows.after else None,
        first_url=url() if after else None,
    )
    return render_template("proposals/index.html", page=page)


@adds_panel("account")
def own_proposals(actor: Actor) -> Panel | None:
    """A person's own proposals on their account page, with the way to write one."""
    assert actor.person_id is not None  # signed in
    regency = g.get("regency")  # the person's own, as their account lies under no regency's address
    if regency is None:
        return None
    return Panel(PanelPlace.BELOW, "proposals/_own.html", OwnPage(regency, queries.own(actor.person_id)))


@bp.route("/<regency>/usulan/<number>")
@public
def show(regency: Regency, number: str) -> Any:
    actor = current_actor()
    proposal, place = queries.get_seen_with_place(actor, regency.code, number)
    if number != proposal.number:
        return redirect(url_for(".show", regency=regency, number=proposal.number), 301)
    panels = panels_for("proposal", proposal)
    facts = queries.facts_of(proposal)
    journey = list(reversed(queries.timeline_of(proposal.id)))
    page = ProposalPage(
        proposal=proposal,
        place=place,
        misi=queries.misi_of_proposal(proposal.id),
        journey=journey,
        actions=[panel for panel in panels if panel.place is PanelPlace.ACTION],
        below=[panel for panel in panels if panel.place is PanelPlace.BELOW],
        is_own=actor.is_signed_in and actor.person_id == proposal.author_id,
        may_mend=proposal.status is Status.RETURNED and POLICY.may(actor, Can.RESUBMIT, facts),
        may_withdraw=LIFECYCLE.allows(proposal.status, Event.WITHDRAW) and POLICY.may(actor, Can.WITHDRAW, facts),
        may_revise=proposal.status is Status.PUBLISHED and POLICY.may(actor, Can.REVISE, facts),
        revised_at=max((entry.at for entry in journey if "version" in entry.facts), default=None),
        entry=proposal.entry.title if proposal.entry else "",
        photos=photos_of("proposal", [proposal.id])[proposal.id],
    )
    return render_template("proposals/show.html", page=page)

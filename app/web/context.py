"""What every page knows: the regency of its address, the actor, navigation and languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, g, request, url_for
from werkzeug.datastructures import MultiDict

from app.i18n.catalogues import LANGUAGES, _, _l, _n, language
from app.kernel.actor import Role
from app.kernel.private import PRIVATE_NUMBER
from app.web.access import current_actor, lender_id
from app.web.clock import now

# Whose desks they are; where several roles share one, the first that somebody holds.
DESKS: dict[str, tuple[Role, ...]] = {
    "/damping/": (Role.FACILITATOR,),
    "/meja/": (Role.MODERATOR, Role.AUDITOR),
    "/pipa/": (Role.PLANNER, Role.OFFICER),
    "/admin/": (Role.ADMINISTRATOR,),
}
ACTING = {
    Role.FACILITATOR: _l("Anda bertindak sebagai pendamping %(place)s"),
    Role.MODERATOR: _l("Anda bertindak sebagai moderator %(place)s"),
    Role.PLANNER: _l("Anda bertindak sebagai perencana %(place)s"),
    Role.OFFICER: _l("Anda bertindak sebagai petugas dinas %(place)s"),
    Role.AUDITOR: _l("Anda bertindak sebagai pemeriksa %(place)s"),
    Role.ADMINISTRATOR: _l("Anda bertindak sebagai administrator %(place)s"),
}
# Rooms whose pages stand under the entry of another.
UNDER = dict.fromkeys(("backing", "delivery", "maturity", "monitoring", "rad", "replication"), "innovations")


@dataclass(frozen=True)
class Link:
    """An entry of a navigation."""

    url: str
    label: str
    current: bool = False


def page_url_with_lang(code: str) -> str:
    """This page's address in another language; a posted form's own page for a POST. No number of a person in it."""
    query = MultiDict((name, text) for name, text in request.args.items(multi=True) if not PRIVATE_NUMBER.search(text))
    query["lang"] = code
    path = "/" if PRIVATE_NUMBER.search(request.path) else quote(request.path)
    return f"{path}?{urlencode(list(query.items(multi=True)))}"


def _regency_links() -> list[Link]:
    regency = g.get("regency")
    if regency is None:
        return []
    places = (
        ("home.regency", _("Beranda")),
        ("proposals.index", _("Usulan")),
        ("voting.index", _("Pilih")),
        ("innovations.board", _("Inovasi")),
        ("home.misi", _("Misi")),
    )
    here = request.endpoint or ""
    return [Link(url_for(endpoint, regency=regency.slug), label, _is_in(here, endpoint)) for endpoint, label in places]


def _is_in(here: str, endpoint: str) -> bool:
    room, own = endpoint.partition(".")[0], here.partition(".")[0]
    return here == endpoint or (room != "home" and UNDER.get(own, own) == room)


def _desk_links() -> list[Link]:
    desks = (
        (Role.FACILITATOR, "facilitation.desk", _("Meja pendamping")),
        (Role.FACILITATOR, "moderation.visits", _("Kunjungan")),
        (Role.MODERATOR, "moderation.queue", _("Meja moderator")),
        (Role.MODERATOR, "facilitation.oversight", _("Pendampingan")),
        (Role.AUDITOR, "facilitation.oversight", _("Pendampingan")),
        (Role.PLANNER, "innovations.desk", _("Meja perencana")),
        (Role.PLANNER, "backing.work", _("Tugas inovasi")),
        (Role.OFFICER, "backing.work", _("Tugas inovasi")),
        (Role.PLANNER, "delivery.desks", _("Pekerjaan")),
        (Role.OFFICER, "delivery.desks", _("Pekerjaan")),
        (Role.PLANNER, "monitoring.desks", _("Laporan")),
        (Role.OFFICER, "monitoring.desks", _("Laporan")),
        (Role.PLANNER, "maturity.queues", _("Bukti")),
        (Role.PLANNER, "moderation.verdicts", _("Putusan")),
        (Role.OFFICER, "moderation.verdicts", _("Putusan dinas")),
        (Role.ADMINISTRATOR, "accounts.administration", _("Meja administrator")),
        (Role.ADMINISTRATOR, "maturity.tables", _("Indikator")),
    )
    roles = current_actor().roles
    addresses = {url_for(endpoint): label for role, endpoint, label in desks if role in roles}
    here = max((url for url in addresses if request.path.startswith(url)), key=len, default="")
    return [Link(url, label, url == here) for url, label in addresses.items()]


def _acting_as(scope_name: Callable[[str], str]) -> str:
    """In whose name whoever opens a desk acts there; nothing anywhere else."""
    actor = current_actor()
    roles = next((roles for desk, roles in DESKS.items() if request.path.startswith(desk)), ())
    role = next((role for role in roles if role in actor.roles), None)
    if role is None:
        return ""
    first, *others = actor.scopes(role)
    said = str(ACTING[role]) % {"place": scope_name(first)}
    return f"{said} {_n('dan %(num)s wilayah lain', 'dan %(num)s wilayah lain', len(others))}" if others else said


def register_context(app: Flask, find_regency: Callable[[str], Any], scope_name: Callable[[str], str]) -> None:
    """Give templates their context; `find_regency` turns the slug in an address into a Regency or raises Missing.

    `scope_name` says how one speaks of the region of a role.
    """

    @app.url_value_preprocessor
    def take_regency(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "regency" in values:
            g.regency = values["regency"] = find_regency(values["regency"])

    @app.url_defaults
    def fill_regency(endpoint: str, values: dict[str, Any]) -> None:
        given = values.get("regency")
        if given is not None and not isinstance(given, str):
            values["regency"] = given.slug
        elif given is None and "regency" in g and app.url_map.is_endpoint_expecting(endpoint, "regency"):
            values["regency"] = g.regency.slug

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "regency": g.get("regency"),
            "actor": current_actor(),
            "is_lent": lender_id() is not None,
            "now": now(),
            "locale": language(),
            "languages": list(LANGUAGES.items()),
            "page_url_with_lang": page_url_with_lang,
            "nav": _regency_links(),
            "desks": _desk_links(),
            "acting_as": _acting_as(scope_name),
        }

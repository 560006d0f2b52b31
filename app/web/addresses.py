"""What an address may hold: text without NUL, and whole numbers that a column of the database can hold.

And two other addresses: those of this site that are printed or sent, and those that visitors come from.
"""

from ipaddress import IPv6Address, ip_network
from typing import Any

from flask import Flask, abort, current_app, request, url_for
from werkzeug.routing import IntegerConverter, Map

from app.kernel.paging import LARGEST


class ColumnNumber(IntegerConverter):
    """`<int:…>`: a greater number is no address of ours, and the databases refuse to look for it."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **({"max": LARGEST} | options))


def register_addresses(app: Flask) -> None:
    """To be called before any address is registered, and before anything looks at one."""
    app.url_map.converters["int"] = ColumnNumber
    app.url_value_preprocessor(_refuse_nul)


def _refuse_nul(endpoint: str | None, values: dict[str, Any] | None) -> None:
    # No address of ours has one, and PostgreSQL takes none in a text.
    if "\0" in request.path or any("\0" in text for texts in request.args.listvalues() for text in texts):
        abort(400)


def site_origin() -> str:
    """Scheme and host of this site: from the settings or, where they leave it open, as it was asked for."""
    base_url: str = current_app.config["SETTINGS"].base_url
    return base_url or request.host_url.rstrip("/")


def lasting_url(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for what is printed: it names our site, whatever host was asked for."""
    return site_origin() + url_for(endpoint, **values)


def visitor_network() -> str:
    """Under what a visitor's tries are counted: the network address, of IPv6 the /64 that one line has all of."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    try:
        found = IPv6Address(address)
    except ValueError:  # IPv4, or none at all
        return address
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))

"""Addresses in what people write become links; nothing else in it means anything to the browser."""

import re

from markupsafe import Markup

from app.discussion.views.blueprint import bp
from app.i18n.catalogues import quoted

# Up to a blank or a bracket; what ends a sentence does not belong to the address.
ADDRESS = re.compile(r"https?://[^\s<>\"'()]{4,200}(?<![.,;:!?])", re.IGNORECASE)
LINK = Markup('<a href="{}" rel="nofollow ugc noopener">{}</a>')


@bp.app_template_filter("linked")
def linked(text: str) -> Markup:
    """A line of a comment; search engines and the other site learn nothing from its links."""
    made, end = Markup(""), 0
    for found in ADDRESS.finditer(text):
        made += quoted(text[end : found.start()]) + LINK.format(found[0], quoted(found[0]))
        end = found.end()
    return made + quoted(text[end:])

"""A pin on the map: by a tap on the picture of the village, by the phone's own position, or taken off again."""

from dataclasses import dataclass

from flask import request

from app.i18n.catalogues import words
from app.kernel.outcomes import Refused
from app.proposals import actions
from app.proposals.forms.parts import PlacePart
from app.proposals.rules.drawing import DRAWN, Sketch, picture, sketch
from app.proposals.rules.place import Outline, Position

# The buttons of the form, beside the picture.
SET, CLEARED = "simpan", "hapus"


@dataclass(frozen=True)
class MapShown:
    """The village as a picture to tap on; None where the data has no outline of it."""

    address: str
    width: int
    height: int
    pin: Position | None


def map_of(outline: Outline | None, form: PlacePart) -> MapShown | None:
    drawn = sketch(outline)
    return MapShown(picture(drawn, form.position), DRAWN, drawn.height, form.position) if drawn else None


def is_pinning() -> bool:
    """Whether the form was sent to move the pin, not to go on."""
    return request.method == "POST" and (request.form.get("titik") in (SET, CLEARED) or _tap() is not None)


def _tap() -> tuple[int, int] | None:
    """The pixel of the picture; a form that is sent by the Enter key tells its corner, which is no tap."""
    typed = (request.form.get("peta.x", ""), request.form.get("peta.y", ""))
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in typed):
        return None
    x, y = map(int, typed)
    return (x, y) if x or y else None


def move_pin(form: PlacePart, village_code: str, outline: Outline | None) -> bool:
    """Set the pin where it was asked for; whether it may be there."""
    tap = _tap()
    if request.form.get("titik") == CLEARED:
        form.set_position(None)
    elif tap:
        form.set_position(_at(sketch(outline), *tap))
    try:
        actions.check_place(form.position, village_code)
    except Refused as refused:
        form.set_position(None)
        form.latitude.errors = [words(refused.reason, **refused.facts)]
        return False
    return True


def _at(drawn: Sketch | None, x: int, y: int) -> Position | None:
    return drawn.position(x, y) if drawn else None

"""A room above for the tests: letters with photos, written as such a room should be; open ones are for everybody."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from wtforms import StringField

from app.db.transaction import transaction
from app.files import actions as files
from app.files.permissions import shows_photos
from app.files.queries import drafts_of, photos_of
from app.files.rules import MOST_SENT, Photo
from app.files.words import tell
from app.kernel.actor import Actor
from app.web.access import current_actor, public, signed_in
from app.web.clock import now
from app.web.forms import KeyedForm, LengthBetween, clean_line, required
from app.web.uploads import FilesField, takes_files

bp = Blueprint("letters", __name__, template_folder="templates")
OPEN: set[int] = set()
RECEIVED: list[int] = []
NUMBER = 7


class LetterForm(KeyedForm):
    text = StringField("Isi", filters=[clean_line], validators=[required(), LengthBetween(5, 40)])
    photos = FilesField("Foto")


@shows_photos("letter")
def sees_photos_of(actor: Actor, number: int) -> bool:
    return number in OPEN


@bp.route("/surat", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def write() -> Any:
    form, actor = LetterForm(), current_actor()
    RECEIVED.extend([request.content_length or 0] * form.is_submitted())
    is_fine = form.validate_on_submit()
    kept = [] if form.form_key.errors else _receive(form)
    if is_fine and not form.photos.errors:
        with transaction():
            files.attach(actor, str(form.form_key.data), "letter", NUMBER)
        return redirect(url_for(".read", number=NUMBER), 303)
    page = render_template("letter.html", form=form, kept=kept, found=[])
    return page, 422 if form.is_submitted() else 200


def _receive(form: LetterForm) -> Sequence[Photo]:
    """Keep the photos that have come, whatever else is wrong with the form."""
    person_id, key = current_actor().person_id or 0, str(form.form_key.data)
    kept = [photo for photo in drafts_of(person_id, key) if photo.key not in form.photos.dropped]
    taken = files.take(current_actor(), form.photos.uploads, kept, now())
    with transaction():
        files.drop(current_actor(), key, form.photos.dropped)
        files.keep(current_actor(), key, taken, now())
    form.photos.refuse(tell(fault) for fault in taken.faults)
    return drafts_of(person_id, key)


@bp.route("/surat/<int:number>")
@public
def read(number: int) -> Any:
    return render_template("letter.html", form=None, found=photos_of("letter", [number])[number])

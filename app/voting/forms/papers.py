"""What is typed at the desk for paper: whom to find on the roll, tally sheets, and reasons."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField

from app.files.forms import PhotosField
from app.i18n.catalogues import _l, words
from app.kernel.outcomes import Refused
from app.voting.rules.papers import MOST_PAPERS, NOTE_LENGTH, SHEETS, STATION_LENGTH, PaperRefusal, StackPlan
from app.web.forms import (
    Form,
    KeyedForm,
    LengthBetween,
    WholeNumberField,
    between,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)


class StackForm(KeyedForm):
    """What stands on the tally sheet of a polling place."""

    village = SelectField(_l("Desa atau kelurahan"), validators=[required()])
    station = StringField(
        _l("Tempat memilih"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*STATION_LENGTH), no_private_numbers],
        description=_l("Misalnya TPS 1, atau Balai desa."),
    )
    attendance = WholeNumberField(
        _l("Tanda tangan di daftar hadir"), validators=[required_number(), between(1, MOST_PAPERS)]
    )
    size = WholeNumberField(
        _l("Surat suara di kotak"),
        validators=[required_number(), between(0, MOST_PAPERS)],
        description=_l("Hitung semua, juga yang kosong dan tidak sah. Campur dulu, baru beri nomor 1, 2, 3, …"),
    )
    photos = PhotosField(_l("Foto lembar hitung"), kind=SHEETS)

    def __init__(self, villages: Sequence[tuple[str, str]], **known: Any) -> None:
        super().__init__(**known)
        self.village.choices = list(villages)

    def plan(self) -> StackPlan:
        counts = int(self.attendance.data or 0), int(self.size.data or 0)
        return StackPlan(str(self.village.data), str(self.station.data), *counts)

    def show(self, refused: Refused) -> None:
        field = self.size if refused.reason is PaperRefusal.SIZE_TYPED else self.station
        field.errors = [words(refused.reason, **refused.facts)]


class ReasonForm(Form):
    """A few words that stay on record."""

    reason = StringField(
        _l("Alasan"), filters=[clean_line], validators=[required(), LengthBetween(*NOTE_LENGTH), no_private_numbers]
    )


class NoteForm(Form):
    """Why a box held more or less than was signed for, where it did."""

    note = StringField(
        _l("Catatan berita acara"),
        filters=[clean_line],
        validators=[LengthBetween(0, NOTE_LENGTH[1]), no_private_numbers],
    )


class VoterSearchForm(Form):
    """A name or the number of a card, on the attendance list."""

    text = StringField(_l("Nama atau nomor kartu"), filters=[clean_line], validators=[required(), LengthBetween(2, 60)])

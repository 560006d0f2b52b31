"""What facilitators report of an adoption, and what the lead agency finds."""

from collections.abc import Sequence
from datetime import date

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l, words
from app.replication.queries import PHOTOS
from app.replication.rules import REASON_LENGTH, AdoptionText, Event
from app.web.fields import DayField, one_of_the_list
from app.web.forms import Form, KeyedForm, LengthBetween, clean, clean_line, no_private_numbers, required


class AdoptionForm(KeyedForm):
    village = SelectField(_l("Desa yang menerapkan"), validate_choice=False, validators=[required(), one_of_the_list])
    adopter = StringField(
        _l("Siapa yang menjalankannya di desa?"),
        filters=[clean_line],
        validators=[required(), LengthBetween(3, 160), no_private_numbers],
        description=_l("Contoh: Pemerintah Desa Kewar bersama kader posyandu. Tanpa nama orang."),
    )
    adopted_on = DayField(_l("Sejak tanggal"), validators=[InputRequired(_l("Isian ini wajib diisi."))])
    note = TextAreaField(
        _l("Bagaimana jalannya?"),
        filters=[clean],
        validators=[Optional(), LengthBetween(0, 1000), no_private_numbers],
    )
    photos = PhotosField(_l("Foto sebagai bukti"), kind=PHOTOS)

    def offer(self, villages: Sequence[tuple[str, str]]) -> None:
        self.village.choices = [("", _("Pilih satu")), *villages]

    def text(self) -> AdoptionText:
        on = self.adopted_on.data or date.max
        return AdoptionText(str(self.village.data), str(self.adopter.data), on, str(self.note.data or ""))


class FindingForm(Form):
    step = RadioField(_l("Apa yang Anda temukan?"), validate_choice=False, validators=[required(), one_of_the_list])
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=[LengthBetween(0, REASON_LENGTH[1]), no_private_numbers],
        description=_l("Wajib kalau tidak diakui atau tidak diterapkan lagi."),
    )

    def offer(self, events: Sequence[Event]) -> None:
        self.step.choices = [(event.value, words(event)) for event in events]

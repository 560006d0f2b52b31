"""What an agency reports of a work, and what a resident says of it."""

from datetime import date, datetime
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.backing.rules.resources import Fund
from app.backing.words import FUNDS
from app.delivery import actions
from app.delivery.queries import PHOTOS
from app.delivery.rules import (
    CODE_LENGTH,
    MOST_AMOUNT,
    NAME_LENGTH,
    NOTE_LENGTH,
    Answer,
    Budgeted,
    Finished,
    Planned,
    Reached,
    Refusal,
    Started,
)
from app.delivery.words import ANSWERS
from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l, words
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.models import Proposal
from app.web.forms import (
    Form,
    KeyedForm,
    LengthBetween,
    RupiahField,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)

FIELDS = {
    Refusal.DATED_IN_FUTURE: "on",
    Refusal.BEFORE_START: "on",
    Refusal.ENDS_BEFORE_START: "until",
    Refusal.NOT_FURTHER: "percent",
    Refusal.PHOTO_MISSING: "photos",
}


def one_of_the_list(form: Form, field: Any) -> None:
    if (field.data or "") not in {value for value, *_more in field.iter_choices()}:
        raise ValidationError(_("Pilih salah satu dari daftar."))


def _line(label: Any, lengths: tuple[int, int], hint: Any = "") -> Any:
    checks = [*([required()] if lengths[0] else []), LengthBetween(*lengths), no_private_numbers]
    return StringField(label, filters=[clean_line], validators=checks, description=hint)


def _amount(label: Any) -> Any:
    return RupiahField(label, validators=[required_number(), between(1, MOST_AMOUNT)])


def _year() -> Any:
    return WholeNumberField(_l("Tahun"), validators=[required_number(), between(2020, 2100)])


def _day(label: Any) -> Any:
    return DateField(label, validators=[required()])


def _note() -> Any:
    return TextAreaField(_l("Catatan"), filters=[clean], validators=[LengthBetween(*NOTE_LENGTH), no_private_numbers])


class StepForm(KeyedForm):
    """The report of a step, with photos where they are asked for."""

    photos: PhotosField | None = None

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        """Do what was reported."""
        raise NotImplementedError

    def show(self, refused: Refused) -> None:
        message = words(refused.reason, **refused.facts)
        name = FIELDS.get(refused.reason, "") if isinstance(refused.reason, Refusal) else ""
        if name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors.append(message)


class PlanForm(StepForm):
    year = _year()
    code = _line(_l("Kode subkegiatan"), CODE_LENGTH, _l("Seperti di RKPD; untuk pekerjaan desa seperti di RKPDes."))
    name = _line(_l("Nama subkegiatan"), NAME_LENGTH)

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        step = Planned(int(self.year.data or 0), str(self.code.data), str(self.name.data))
        actions.plan(actor, proposal, step, now)


class BudgetForm(StepForm):
    year = _year()
    code = _line(_l("Kode rekening"), CODE_LENGTH, _l("Seperti di APBD; untuk pekerjaan desa seperti di APBDes."))
    name = _line(_l("Uraian rekening"), NAME_LENGTH)
    fund = SelectField(_l("Sumber dana"), validate_choice=False, validators=[required(), one_of_the_list])
    amount = _amount(_l("Anggaran"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.fund.choices = [(fund.value, str(text)) for fund, text in FUNDS.items()]

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        year, amount = int(self.year.data or 0), int(self.amount.data or 0)
        step = Budgeted(year, str(self.code.data), str(self.name.data), Fund(self.fund.data), amount)
        actions.budget(actor, proposal, step, now)


class StartForm(StepForm):
    on = _day(_l("Mulai dikerjakan"))
    until = _day(_l("Harus selesai"))
    by = _line(_l("Pelaksana"), (3, 120), _l("Nama lembaga atau kelompok, bukan nama orang."))
    photos = PhotosField(_l("Foto sebelum dikerjakan (0 persen)"), kind=PHOTOS)

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        step = Started(_date(self.on), _date(self.until), str(self.by.data))
        actions.start(actor, proposal, step, str(self.form_key.data), now)


class ProgressForm(StepForm):
    percent = WholeNumberField(
        _l("Kemajuan dalam persen"),
        validators=[required_number(), between(1, 99)],
        description=_l("Pada 50 persen fotonya wajib."),
    )
    on = _day(_l("Keadaan pada tanggal"))
    note = _note()
    photos = PhotosField(_l("Foto"), kind=PHOTOS)

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        step = Reached(int(self.percent.data or 0), _date(self.on), str(self.note.data))
        actions.reach(actor, proposal, step, str(self.form_key.data), now)


class FinishForm(StepForm):
    on = _day(_l("Selesai pada tanggal"))
    cost = _amount(_l("Biaya akhir"))
    note = _note()
    photos = PhotosField(_l("Foto setelah selesai (100 persen)"), kind=PHOTOS)

    def take(self, actor: Actor, proposal: Proposal, now: datetime) -> None:
        step = Finished(_date(self.on), int(self.cost.data or 0), str(self.note.data))
        actions.finish(actor, proposal, step, str(self.form_key.data), now)


def _date(field: Any) -> date:
    day = field.data
    assert isinstance(day, date)  # validated
    return day


class CheckForm(Form):
    """Is it there?"""

    answer = RadioField(_l("Menurut Anda, pekerjaan ini …"), validators=[required()])
    note = _note()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.answer.choices = [(answer.value, str(text)) for answer, text in ANSWERS.items()]

    @property
    def given(self) -> Answer:
        return Answer(self.answer.data)

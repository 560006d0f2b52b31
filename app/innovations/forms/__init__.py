"""What planners and officers type: the five answers, what an innovation has to show, and decisions on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, StopValidation

from app.i18n.catalogues import _, _l
from app.innovations.rules.decision import (
    ANSWER_LENGTH,
    EXPANSION_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    SUMMARY_LENGTH,
    Answer,
    Answers,
    Criterion,
    Outcome,
)
from app.innovations.rules.provisions import (
    MOST_AMOUNT,
    MOST_QUANTITY,
    REQUIRED,
    YEARS,
    Content,
    Kind,
    fields_of,
)
from app.innovations.rules.provisions import Field as Column
from app.innovations.rules.stages import REASON_LENGTH
from app.innovations.words import CRITERIA, FIELDS, FIELDS_OF_KIND, HINTS
from app.web.fields import DayField, one_of_the_list
from app.web.forms import (
    Form,
    LengthBetween,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)

YES, NO = "ya", "tidak"
Choices = Sequence[tuple[str, str]]


class Asked(LengthBetween):
    """A text that is asked for only where the five answers lead to this outcome; elsewhere it does not matter."""

    def __init__(self, outcome: Outcome, least: int, most: int) -> None:
        super().__init__(least, most)
        self.outcome = outcome
        self.field_flags = {"required": True} if least else {}

    def __call__(self, form: Any, field: Any) -> None:
        if form.outcome is not self.outcome:
            raise StopValidation
        super().__call__(form, field)


@dataclass(frozen=True)
class Naming:
    """How a new innovation is called and told."""

    name: str
    expansion: str
    summary: str
    pillar_id: int | None


class DecisionForm(Form):
    """The five questions, then a name for an innovation, or an agency for ordinary work."""

    name = StringField(
        _l("Nama inovasi"),
        filters=[clean_line],
        validators=[Asked(Outcome.ESCALATED, *NAME_LENGTH), no_private_numbers],
        description=_l("Pendek dan mudah diingat."),
    )
    expansion = StringField(
        _l("Kepanjangan nama"),
        filters=[clean_line],
        validators=[Asked(Outcome.ESCALATED, *EXPANSION_LENGTH), no_private_numbers],
    )
    summary = TextAreaField(
        _l("Ceritanya"),
        filters=[clean],
        validators=[Asked(Outcome.ESCALATED, *SUMMARY_LENGTH), no_private_numbers],
        description=_l("Apa yang berubah, bagi siapa. Diambil dari usulan; boleh diperbaiki."),
    )
    pillar = SelectField(_l("Pilar"), validate_choice=False, validators=[one_of_the_list])
    agency = SelectField(_l("Diteruskan kepada"), validate_choice=False, validators=[one_of_the_list])
    note = TextAreaField(
        _l("Alasan dan langkah berikutnya"),
        filters=[clean],
        validators=[Asked(Outcome.ROUTED, *NOTE_LENGTH), no_private_numbers],
        description=_l("Dibaca pengusul dan semua orang."),
    )

    def offer(self, pillars: Choices, agencies: Choices) -> None:
        """Set what can be chosen."""
        for criterion in Criterion:
            self[criterion].choices = [(YES, _("Ya")), (NO, _("Tidak"))]
        self.pillar.choices = [("", _("Penunjang, di luar pilar")), *pillars]
        self.agency.choices = [("", _("Desa sendiri, lewat APBDes")), *agencies]

    @property
    def outcome(self) -> Outcome:
        all_yes = all(self[criterion].data == YES for criterion in Criterion)
        return Outcome.ESCALATED if all_yes else Outcome.ROUTED

    @property
    def questions(self) -> list[tuple[Field, Field]]:
        """Each question with the field of its public sentence."""
        return [(self[criterion], self[f"{criterion}_answer"]) for criterion in Criterion]

    def answers(self) -> Answers:
        return {c: Answer(self[c].data == YES, str(self[f"{c}_answer"].data)) for c in Criterion}

    def naming(self) -> Naming:
        name, expansion, summary = (str(self[field].data or "") for field in ("name", "expansion", "summary"))
        return Naming(name, expansion, summary, _number(self.pillar.data))

    def agency_id(self) -> int | None:
        return _number(self.agency.data)


for _place, (_criterion, _question) in enumerate(CRITERIA.items(), 1):
    _choice = RadioField(
        _question,
        validate_choice=False,
        validators=[required(), one_of_the_list],
    )
    _sentence = TextAreaField(
        _l("Mengapa? Satu kalimat untuk umum, pertanyaan %(number)s", number=_place),
        filters=[clean],
        validators=[required(), LengthBetween(*ANSWER_LENGTH), no_private_numbers],
    )
    setattr(DecisionForm, _criterion, _choice)
    setattr(DecisionForm, f"{_criterion}_answer", _sentence)


class ProvisionForm(Form):
    """The base of the forms of provisions; their fields follow from the kind."""

    def content(self, kind: Kind) -> Content:
        return Content(**{column.value: _stored(self[column].data) for column in fields_of(kind)})


def provision_form(kind: Kind) -> ProvisionForm:
    """The form of a kind, with a field for each of its columns."""
    fields = {column.value: _field(kind, column) for column in fields_of(kind)}
    made: ProvisionForm = type(f"{kind.title()}Form", (ProvisionForm,), fields)()
    return made


LENGTHS = {Column.TITLE: (3, 200), Column.UNIT: (1, 40)}
NUMBERS = {Column.YEAR: YEARS, Column.AMOUNT: (0, MOST_AMOUNT), Column.QUANTITY: (0, MOST_QUANTITY)}
DAYS = (Column.DATED, Column.UNTIL)


def _must(column: Column) -> Any:
    """Something must be typed; whether it is a day, the field itself has said."""
    if column in DAYS:
        return InputRequired(_l("Isian ini wajib diisi."))
    return required_number() if column in NUMBERS else required()


def _field(kind: Kind, column: Column) -> Any:
    label = FIELDS_OF_KIND.get((kind, column), FIELDS[column])
    more = {"label": label, "description": HINTS.get((kind, column), "")}
    must = _must(column) if column in REQUIRED[kind] else Optional()
    if column in NUMBERS:
        return WholeNumberField(validators=[must, between(*NUMBERS[column])], **more)
    if column in DAYS:
        return DayField(validators=[must], **more)
    if column is Column.TEXT:
        return TextAreaField(filters=[clean], validators=[must, LengthBetween(10, 5000), no_private_numbers], **more)
    return StringField(
        filters=[clean_line], validators=[must, LengthBetween(*LENGTHS[column]), no_private_numbers], **more
    )


def _stored(typed: Any) -> Any:
    return None if typed == "" else typed


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() else None


class StepForm(Form):
    """A planner's decision on an innovation; the choices are set by the view."""

    step = RadioField(_l("Keputusan"), validate_choice=False, validators=[required(), one_of_the_list])
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Dibaca penggagas dan semua orang."),
    )
    until = DayField(
        _l("Ditunda sampai tanggal"), validators=[Optional()], description=_l("Wajib kalau keputusannya ditunda.")
    )
    lesson = TextAreaField(
        _l("Pelajaran"),
        filters=[clean],
        validators=[LengthBetween(0, REASON_LENGTH[1]), no_private_numbers],
        description=_l("Wajib kalau dihentikan: apa yang dapat dipelajari daerah lain."),
    )


class WithdrawForm(Form):
    """Taking back something that was wrong."""

    reason = TextAreaField(
        _l("Mengapa ditarik?"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Tampil untuk umum di samping yang ditarik."),
    )


class LeadForm(Form):
    """Which agency leads the innovation, and under which pillar it stands."""

    agency = SelectField(_l("Dinas pengampu"), validate_choice=False, validators=[one_of_the_list])
    pillar = SelectField(_l("Pilar"), validate_choice=False, validators=[one_of_the_list])

    def offer(self, pillars: Choices, agencies: Choices) -> None:
        self.agency.choices = [("", _("Belum ada")), *agencies]
        self.pillar.choices = [("", _("Penunjang, di luar pilar")), *pillars]

    def chosen(self) -> tuple[int | None, int | None]:
        """Agency and pillar."""
        return _number(self.agency.data), _number(self.pillar.data)

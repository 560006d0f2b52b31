"""What officers, planners and residents type about what is monitored."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l, words
from app.monitoring.actions.checking import PHOTOS as CHECK_PHOTOS
from app.monitoring.actions.measuring import EvaluationText
from app.monitoring.actions.reporting import PHOTOS
from app.monitoring.queries import ReportRow
from app.monitoring.rules.checks import NOTE_LENGTH, Answer
from app.monitoring.rules.evaluations import TEXT_LENGTH as PROSE
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.reports import COMMENT_LENGTH, TEXT_LENGTH, ReportEvent, ReportText
from app.monitoring.words import ANSWERS, EVENTS, OCCASIONS, RECOMMENDATIONS
from app.rad.queries import Indicator
from app.rad.rules.actions import (
    LINE_LENGTH,
    MOST_AMOUNT,
    MOST_FIGURE,
    NAME_LENGTH,
    UNIT_LENGTH,
    Direction,
    IndicatorText,
    Measure,
)
from app.rad.words import DIRECTIONS, MEASURES
from app.web.fields import DayField, one_of_the_list
from app.web.forms import (
    FigureField,
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
from app.web.uploads import FilesField


def _prose(label: Any, lengths: tuple[int, int], hint: Any = "") -> Any:
    checks = [*([required()] if lengths[0] else []), LengthBetween(*lengths), no_private_numbers]
    return TextAreaField(label, filters=[clean], validators=checks, description=hint)


def _line(label: Any, lengths: tuple[int, int], hint: Any = "") -> Any:
    checks = [*([required()] if lengths[0] else []), LengthBetween(*lengths), no_private_numbers]
    return StringField(label, filters=[clean_line], validators=checks, description=hint)


def _one_of(label: Any) -> Any:
    return RadioField(label, validate_choice=False, validators=[required(), one_of_the_list])


class Choosing(Form):
    """A form that asks for codes; `TEXTS` says of each field what its codes are called."""

    TEXTS: Mapping[str, Mapping[Any, Any]] = {}

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for name, texts in self.TEXTS.items():
            self[name].choices = [(code.value, str(text)) for code, text in texts.items()]


class ReportForm(KeyedForm):
    """A quarter; a figure for each indicator is added by `report_form`."""

    physical = FigureField(
        _l("Kemajuan pekerjaan dalam persen"),
        validators=[required_number(), between(0, 100)],
        description=_l("Dari semua pekerjaan tahun ini, sampai akhir triwulan."),
    )
    spent = RupiahField(
        _l("Uang yang sudah dibelanjakan tahun ini"),
        validators=[required_number(), between(0, MOST_AMOUNT)],
        description=_l("Sejak Januari sampai akhir triwulan."),
    )
    obstacles = _prose(_l("Kendala"), TEXT_LENGTH)
    follow_up = _prose(_l("Tindak lanjut"), TEXT_LENGTH)
    photos = PhotosField(_l("Foto"), kind=PHOTOS)
    indicators: Sequence[int] = ()

    @property
    def figures(self) -> list[Any]:
        return [self[f"figure-{number}"] for number in self.indicators]

    @property
    def text(self) -> ReportText:
        figures = {number: Decimal(self[f"figure-{number}"].data) for number in self.indicators}
        physical, spent = Decimal(self.physical.data or 0), int(self.spent.data or 0)
        return ReportText(figures, physical, spent, str(self.obstacles.data), str(self.follow_up.data))


def report_form(indicators: Sequence[Indicator], known: ReportRow | None) -> ReportForm:
    """With what was reported, where it is to be corrected."""
    measured = [one for one in indicators if one.targets]
    fields: dict[str, Any] = {f"figure-{one.row.id}": _figure(one) for one in measured}
    fields["indicators"] = [one.row.id for one in measured]
    data: dict[str, Any] = {}
    if known:
        names = ("physical", "spent", "obstacles", "follow_up")
        data = {name: getattr(known.report, name) for name in names}
        data |= {f"figure-{key}": value for key, value in known.figures.items()}
    form: ReportForm = type("ReportOfThing", (ReportForm,), fields)(data=data)
    return form


def _figure(one: Indicator) -> Any:
    checks = [required_number(), NumberRange(-MOST_FIGURE, MOST_FIGURE)]
    hint = _l("Dalam %(unit)s; keadaan pada akhir triwulan.", unit=one.row.unit)
    return FigureField(one.row.name, validators=checks, description=hint)


class IndicatorForm(Choosing):
    """An indicator of an innovation, as an action of the plan has them; a target for each year is added."""

    TEXTS = {"measure": MEASURES, "direction": DIRECTIONS}
    measure = _one_of(_l("Mengukur apa?"))
    name = _line(_l("Indikator"), NAME_LENGTH, _l("Misalnya: keluarga yang mendapat air bersih."))
    unit = _line(_l("Satuan"), UNIT_LENGTH, _l("orang, desa, persen, kilometer"))
    direction = _one_of(_l("Arah"))
    baseline = FigureField(_l("Data awal"), validators=[required_number(), NumberRange(-MOST_FIGURE, MOST_FIGURE)])
    baseline_year = WholeNumberField(_l("Tahun data awal"), validators=[required_number(), between(2000, 2100)])
    source = _line(_l("Sumber data"), LINE_LENGTH)
    years: Sequence[int] = ()

    @property
    def text(self) -> IndicatorText:
        targets = {year: self[f"target-{year}"].data for year in self.years}
        return IndicatorText(
            Measure(self.measure.data),
            str(self.name.data),
            str(self.unit.data),
            Direction(self.direction.data),
            Decimal(self.baseline.data or 0),
            int(self.baseline_year.data or 0),
            str(self.source.data),
            {year: value for year, value in targets.items() if value is not None},
        )


def indicator_form(years: Sequence[int], known: Indicator | None) -> IndicatorForm:
    """With a field for the target of each year of the plan."""
    fields: dict[str, Any] = {f"target-{year}": _target(year) for year in years}
    data: dict[str, Any] = {"direction": Direction.UP.value}
    if known:
        names = ("measure", "name", "unit", "direction", "baseline", "baseline_year", "source")
        data = {name: getattr(known.row, name) for name in names}
        data |= {f"target-{year}": value for year, value in known.targets.items()}
    form: IndicatorForm = type("IndicatorOfYears", (IndicatorForm,), fields | {"years": years})(data=data)
    return form


def _target(year: int) -> Any:
    return FigureField(_l("Target %(year)s", year=year), validators=[Optional()])


class ReviewForm(Choosing):
    """What a verifier says."""

    TEXTS = {"event": EVENTS}
    event = _one_of(_l("Hasil pemeriksaan"))
    comment = _prose(
        _l("Catatan"), (0, COMMENT_LENGTH[1]), _l("Wajib kalau dikembalikan. Semua orang dapat membacanya.")
    )

    @property
    def chosen(self) -> ReportEvent:
        return ReportEvent(self.event.data)


class CheckForm(Choosing, KeyedForm):
    """What a resident sees."""

    TEXTS = {"answer": ANSWERS}
    answer = _one_of(_l("Apakah sudah berjalan seperti yang dilaporkan?"))
    note = _prose(_l("Catatan"), NOTE_LENGTH, _l("Hanya dibaca dinas dan perencana."))
    photos = PhotosField(_l("Foto"), kind=CHECK_PHOTOS)

    @property
    def chosen(self) -> Answer:
        return Answer(self.answer.data)


class EvaluationForm(Choosing, KeyedForm):
    TEXTS = {"occasion": OCCASIONS, "recommendation": RECOMMENDATIONS}
    occasion = _one_of(_l("Evaluasi apa ini?"))
    dated = DayField(_l("Tanggal"), validators=[InputRequired(_l("Isian ini wajib diisi."))])
    question = _prose(_l("Apa yang ditanyakan?"), PROSE)
    method = _prose(_l("Bagaimana diperiksa?"), PROSE)
    finding = _prose(_l("Apa yang ditemukan?"), PROSE)
    recommendation = _one_of(_l("Apa saran Anda?"))

    @property
    def text(self) -> EvaluationText:
        assert self.dated.data is not None  # required
        return EvaluationText(
            Occasion(self.occasion.data),
            self.dated.data,
            str(self.question.data),
            str(self.method.data),
            str(self.finding.data),
            Recommendation(self.recommendation.data),
        )


class DocumentForm(Form):
    """The document of an evaluation."""

    document = FilesField(_l("Berkas PDF"), description=_l("Paling besar 10 MB."))

    def refuse(self, reason: Any, facts: Mapping[str, object]) -> None:
        self.document.refuse([words(reason, **facts)])

    def is_chosen(self) -> bool:
        if not self.document.uploads:
            self.document.refuse([_("Pilih dulu berkasnya.")])
        return bool(self.document.uploads)

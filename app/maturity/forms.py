"""What people type: evidence, reviews, the tables of indicators, and the figure that others have measured."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l, words
from app.maturity.queries import KIND
from app.maturity.rules.evidence import (
    LINK_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    REASON_LENGTH,
    Claim,
    Review,
)
from app.maturity.rules.index import MOST_GOVERNMENT
from app.maturity.rules.indicators import (
    LEVEL_LENGTH,
    LEVELS,
    NAME_LENGTH,
    WEIGHTS,
    Basis,
    FileKind,
    Indicator,
)
from app.web.fields import DayField, one_of_the_list
from app.web.forms import (
    FigureField,
    Form,
    KeyedForm,
    LengthBetween,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)

UNCHOSEN = _l("Pilih salah satu.")
UNDATED = _l("Tulis tanggalnya, misalnya 21 November 2026.")


class EvidenceForm(KeyedForm):
    """A level of an indicator, and what proves it; what the indicator does not ask for is taken out."""

    basis = SelectField(_l("Diukur dari"), validate_choice=False, validators=[InputRequired(UNCHOSEN), one_of_the_list])
    level = RadioField(
        _l("Tingkat mana yang sudah tercapai?"),
        validate_choice=False,
        validators=[InputRequired(UNCHOSEN), one_of_the_list],
    )
    number = StringField(
        _l("Nomor dokumen"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*NUMBER_LENGTH), no_private_numbers],
    )
    dated = DayField(_l("Tanggal dokumen"), validators=[InputRequired(UNDATED)])
    document = FileField(
        _l("Berkas PDF"), description=_l("Paling besar 10 MB. Sesudah diterima, semua orang dapat membacanya.")
    )
    photo = PhotosField(_l("Foto"), kind=KIND)
    link = StringField(
        _l("Alamat video"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*LINK_LENGTH)],
        description=_l("Halaman yang terbuka untuk umum, diawali https://."),
    )
    note = TextAreaField(
        _l("Catatan"),
        filters=[clean],
        validators=[Optional(), LengthBetween(*NOTE_LENGTH), no_private_numbers],
        description=_l("Misalnya halaman berapa yang dibaca. Dibaca semua orang."),
    )

    def ask(self, indicator: Indicator, *, has_file: bool) -> None:
        """Leave what this indicator asks for, and offer its levels."""
        kept = {FileKind.PDF: "document", FileKind.IMAGE: "photo", FileKind.VIDEO: "link"}[indicator.file_kind]
        spare = {"document", "photo", "link"} - {kept}
        spare |= set() if indicator.needs_document else {"number", "dated"}
        spare |= set() if len(indicator.bases) > 1 else {"basis"}
        for name in spare:
            del self[name]
        self[kept].flags.required = not has_file
        self.level.choices = [(str(level), self._level(indicator, level)) for level in LEVELS]
        if "basis" in self:
            self.basis.choices = [("", _("Pilih dasarnya")), *((one.code, one.name) for one in indicator.bases)]

    def _level(self, indicator: Indicator, level: int) -> str:
        if len(indicator.bases) > 1:
            return _("Tingkat %(level)s", level=level)
        return _("Tingkat %(level)s: %(asks)s", level=level, asks=indicator.asks(level))

    @property
    def claim(self) -> Claim:
        return Claim(
            level=int(self.level.data),
            basis=self._typed("basis"),
            number=self._typed("number"),
            dated=self["dated"].data if "dated" in self else None,
            link=self._typed("link"),
            note=self._typed("note"),
        )

    def _typed(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


class WithdrawalForm(Form):
    """Why evidence is taken back."""

    reason = TextAreaField(
        _l("Mengapa bukti ini ditarik?"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Dibaca semua orang. Bukti lama tetap dapat dibaca."),
    )


class ReviewForm(Form):
    """Which level is accepted, or that it is sent back; all but full acceptance with a reason."""

    verdict = RadioField(
        _l("Apa hasil pemeriksaan Anda?"), validate_choice=False, validators=[InputRequired(UNCHOSEN), one_of_the_list]
    )
    reason = TextAreaField(
        _l("Alasan"),
        filters=[clean],
        validators=[Optional(), LengthBetween(0, REASON_LENGTH[1]), no_private_numbers],
        description=_l("Wajib bila tingkatnya diturunkan atau buktinya dikembalikan. Dibaca semua orang."),
    )

    def offer(self, claimed: int) -> None:
        lower = [(str(level), _("Terima di tingkat %(level)s, dengan alasan", level=level)) for level in LEVELS]
        self.verdict.choices = [
            (str(claimed), _("Terima tingkat %(level)s seperti diajukan", level=claimed)),
            *reversed(lower[: claimed - 1]),
            (Review.RETURN.value, words(Review.RETURN)),
        ]

    @property
    def level(self) -> int | None:
        """None where it is sent back."""
        return None if self.verdict.data == Review.RETURN else int(self.verdict.data)


class IndicatorForm(Form):
    """An indicator of a year; the ways to measure it are added by `indicator_form`."""

    name = StringField(_l("Nama indikator"), filters=[clean_line], validators=[required(), LengthBetween(*NAME_LENGTH)])
    weight = WholeNumberField(_l("Bobot"), validators=[required_number(), between(*WEIGHTS)])
    is_required = BooleanField(_l("Wajib"))
    needs_document = BooleanField(_l("Nomor dan tanggal dokumen harus ditulis"))
    file_kind = SelectField(_l("Jenis bukti"), validate_choice=False, validators=[one_of_the_list])

    def edited(self, before: Indicator) -> Indicator:
        return Indicator(
            before.year,
            before.number,
            str(self.name.data),
            int(self.weight.data or 0),
            bool(self.is_required.data),
            bool(self.needs_document.data),
            FileKind(self.file_kind.data),
            tuple(self._basis(one) for one in before.bases),
        )

    def _basis(self, one: Basis) -> Basis:
        first, second, third = (str(self[level_field(one, level)].data) for level in LEVELS)
        return Basis(one.code, one.name, (first, second, third))


def level_field(basis: Basis, level: int) -> str:
    return f"level_{basis.code}{level}"


def indicator_form(indicator: Indicator) -> Any:
    """A form for the indicator, with a field for each of its levels, filled with what stands."""
    fields = {}
    for one in indicator.bases:
        for level in LEVELS:
            label = _("%(basis)s, tingkat %(level)s", basis=one.name, level=level) if one.name else None
            fields[level_field(one, level)] = StringField(
                label or _("Tingkat %(level)s", level=level),
                filters=[clean_line],
                validators=[required(), LengthBetween(*LEVEL_LENGTH)],
                default=one.asks(level),
            )
    form = type("IndicatorFormOfOne", (IndicatorForm,), fields)(obj=indicator)
    form.file_kind.choices = [(kind.value, words(kind)) for kind in FileKind]
    return form


def level_fields(indicator: Indicator) -> Sequence[str]:
    return [level_field(one, level) for one in indicator.bases for level in LEVELS]


class FigureForm(Form):
    """The part of the index that others have measured, and where it stands."""

    figure = FigureField(
        _l("Nilai satuan pemerintah daerah (SPD)"),
        validators=[required_number()],
        description=_l("Jumlah 15 indikator SPD, dari 0 sampai 63, misalnya 41,25."),
    )
    source = StringField(
        _l("Sumber angka"),
        filters=[clean_line],
        validators=[required(), LengthBetween(5, 200), no_private_numbers],
        description=_l("Dokumen dan tanggalnya. Dibaca semua orang."),
    )

    def validate_figure(self, field: FigureField) -> None:
        if field.data is not None and not 0 <= field.data <= Decimal(MOST_GOVERNMENT):
            raise ValidationError(_("Isi dengan angka dari %(min)s sampai %(max)s.", min=0, max=MOST_GOVERNMENT))

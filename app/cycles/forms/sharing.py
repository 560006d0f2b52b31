"""The formula of the ceilings as a planner types it: the sum, its three parts, and the figures of every kecamatan."""

from collections.abc import Sequence
from typing import Any

from wtforms import StringField, TextAreaField

from app.cycles.queries import KeptFormula
from app.cycles.rules import USUAL_PERCENT, Figures, Formula, Part, Refusal
from app.i18n.catalogues import _, _l, words
from app.kernel.datafiles import Fault, Record, read_table
from app.kernel.outcomes import Refused
from app.regions.words import fault_lines
from app.web.forms import (
    Form,
    LengthBetween,
    RupiahField,
    WholeNumberField,
    between,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)

MOST = 100_000_000
COLUMNS = ("kode", "penduduk", "rt_miskin")
MOST_FAULTS = 5


class SharingForm(Form):
    """The figures are typed in the table, or pasted, which then counts; the table's fields come by `sharing_form`."""

    total = RupiahField(_l("Jumlah yang dibagi"), validators=[required_number()])
    equal = WholeNumberField(_l("Sama rata"), validators=[required_number(), between(0, 100)])
    people = WholeNumberField(_l("Menurut penduduk"), validators=[required_number(), between(0, 100)])
    poor = WholeNumberField(_l("Menurut rumah tangga miskin"), validators=[required_number(), between(0, 100)])
    source = StringField(
        _l("Sumber angka"),
        filters=[clean_line],
        validators=[required(), LengthBetween(5, 300), no_private_numbers],
        description=_l("Misalnya: BPS, Kabupaten Belu Dalam Angka 2026; DTSEN Maret 2026. Semua orang membacanya."),
    )
    pasted = TextAreaField(
        _l("Tempel dari lembar kerja"),
        description=_l("Baris pertama: kode, penduduk, rt_miskin. Kalau diisi, tabel di bawah diganti isinya."),
    )
    regions: Sequence[tuple[str, str]] = ()

    @property
    def codes(self) -> list[str]:
        return sorted(code for code, _name in self.regions)

    def row_fields(self, code: str) -> tuple[Any, Any]:
        return self[f"people-{code}"], self[f"poor-{code}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """What was pasted is read into the table first, so that it is checked, shown and kept like what is typed."""
        self._read_pasted()
        faults = list(self.pasted.errors)
        is_valid = bool(super().validate(extra_validators))
        self.pasted.errors = faults
        return is_valid and not faults

    def _read_pasted(self) -> None:
        text = str(self.pasted.data or "").strip()
        faults: list[Fault] = []
        rows = read_table(_("Tempelan"), text.encode(), COLUMNS, faults) if text else []
        found = {str(row.values["kode"]): row for row in rows}
        if text and not faults and sorted(str(row.values["kode"]) for row in rows) != self.codes:
            self.pasted.errors = [_("Tempelan harus memuat setiap kecamatan satu kali, dengan kodenya.")]
            return
        self.pasted.errors = list(fault_lines(faults[:MOST_FAULTS]))
        if not faults:
            for code, row in found.items():
                self._take(code, row)

    def _take(self, code: str, row: Record) -> None:
        for field, name in zip(self.row_fields(code), COLUMNS[1:], strict=True):
            field.raw_data = [str(row.values[name])]
            field.process_errors = []
            try:
                field.process_formdata(field.raw_data)
            except ValueError as error:
                field.process_errors = [str(error)]

    @property
    def formula(self) -> Formula:
        typed = {Part.EQUAL: self.equal, Part.PEOPLE: self.people, Part.POOR: self.poor}
        return Formula(int(self.total.data or 0), {part: int(field.data or 0) for part, field in typed.items()})

    @property
    def figures(self) -> list[Figures]:
        return [Figures(code, *(int(field.data or 0) for field in self.row_fields(code))) for code in self.codes]

    def show(self, refused: Refused) -> None:
        """Put a refusal at the field that it is about."""
        fields = {Refusal.TOTAL_NOT_ROUND: self.total, Refusal.PARTS_NOT_WHOLE: self.poor}
        message = words(refused.reason, **refused.facts)
        field = fields.get(Refusal(refused.reason))
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [message]


def sharing_form(regions: Sequence[tuple[str, str]], kept: KeptFormula | None) -> SharingForm:
    """The form for kecamatan given as (code, name), with what was kept."""
    percent = kept.formula.percent if kept else USUAL_PERCENT
    known: dict[str, Any] = {"equal": percent[Part.EQUAL], "people": percent[Part.PEOPLE], "poor": percent[Part.POOR]}
    if kept:
        known |= {"total": kept.formula.total, "source": kept.source}
        known |= {f"people-{one.code}": one.people for one in kept.figures}
        known |= {f"poor-{one.code}": one.poor for one in kept.figures}
    fields: dict[str, Any] = {"regions": regions}
    for code, name in regions:
        fields[f"people-{code}"] = _count(_l("Penduduk %(name)s", name=name))
        fields[f"poor-{code}"] = _count(_l("Rumah tangga miskin %(name)s", name=name))
    form: SharingForm = type("SharingOfRegency", (SharingForm,), fields)(data=known)
    return form


def _count(label: Any) -> WholeNumberField:
    return WholeNumberField(label, validators=[required_number(), between(0, MOST)])

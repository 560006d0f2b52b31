"""What a level says, what an assessor gives, and how a planner sets what counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.i18n.catalogues import _, _l, words
from app.moderation.rules.scoring import CODES, MOST_POINTS, NAME_LENGTH, SUPPORT, CriterionFacts
from app.moderation.rules.verdicts import Level, LevelVerdict, Outcome
from app.proposals.rules import MAX_ESTIMATE, MAX_VOLUME, REASON_LENGTH, ReasonCode
from app.proposals.words import REASON_CODES
from app.regions.rules import Place
from app.web.forms import (
    Form,
    LengthBetween,
    RupiahField,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
)

DOCUMENT_LENGTH = 120
LARGEST_VILLAGE = 200_000


class VerdictForm(Form):
    """The verdict of a level. What depends on the outcome is checked by the rule and shown above the form."""

    seen = HiddenField()
    outcome = RadioField(_l("Putusan"), validators=[required()])
    code = SelectField(_l("Jenis alasan, kalau tidak setuju"), default="")
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=[Optional(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Dibaca semua orang. Wajib, kecuali kalau setuju tanpa perubahan."),
    )
    volume = WholeNumberField(_l("Ukuran yang disarankan"), validators=[Optional(), between(1, MAX_VOLUME)])
    budget = RupiahField(_l("Biaya yang disarankan"), validators=[Optional(), between(0, MAX_ESTIMATE)])
    agency = SelectField(_l("Dinas yang menangani"), default="")
    document = StringField(
        _l("Dasar, misalnya nomor berita acara"),
        filters=[clean_line],
        validators=[Optional(), LengthBetween(0, DOCUMENT_LENGTH), no_private_numbers],
    )

    def __init__(self, outcomes: Sequence[Outcome], agencies: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.outcome.choices = [(one.value, words(one)) for one in outcomes]
        self.code.choices = [("", _("Tidak perlu")), *((code.value, REASON_CODES[code]) for code in ReasonCode)]
        self.agency.choices = [("", _("Tetap seperti sekarang")), *((str(id_), name) for id_, name in agencies)]

    def verdict(self, level: Level) -> LevelVerdict:
        return LevelVerdict(
            level,
            Outcome(self.outcome.data),
            self.seen.data or "",
            ReasonCode(self.code.data) if self.code.data else None,
            self.reason.data or "",
            self.volume.data,
            self.budget.data,
            int(self.agency.data) if self.agency.data else None,
            self.document.data or "",
        )


class TalkForm(Form):
    """What the assessors found when they talked."""

    talk = TextAreaField(
        _l("Hasil pembahasan"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Dibaca semua orang, tanpa nama penilai."),
    )


class DeviationForm(Form):
    """Where the minutes put it, and why."""

    place = WholeNumberField(_l("Urutan menurut berita acara"), validators=[between(1, 9999)])
    why = TextAreaField(
        _l("Alasan musyawarah"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
    )
    minutes = StringField(
        _l("Nomor berita acara"), filters=[clean_line], validators=[required(), Length(max=DOCUMENT_LENGTH)]
    )


def points_form(criteria: Sequence[CriterionFacts], own: Mapping[str, int]) -> Any:
    """A form with a question for each criterion that is not counted by itself."""

    class PointsForm(Form):
        def points(self) -> dict[str, int]:
            return {code: int(self[code].data) for code in asked}

    asked = {one.code: one for one in criteria if not one.is_automatic}
    for code, one in asked.items():
        setattr(PointsForm, code, RadioField(one.name, validators=[required()]))
    form = PointsForm()
    for code, one in asked.items():
        notes = {1: one.low, 3: one.middle, MOST_POINTS: one.high}
        form[code].choices = [
            (str(n), f"{n} – {notes[n]}" if notes.get(n) else str(n)) for n in range(1, MOST_POINTS + 1)
        ]
        if not form.is_submitted() and code in own:
            form[code].data = str(own[code])
    return form


def criteria_form(criteria: Sequence[CriterionFacts]) -> Any:
    """A form with name, weight and meanings for each criterion; a name left empty is no criterion."""

    class CriteriaForm(Form):
        def criteria(self) -> list[CriterionFacts]:
            return [
                CriterionFacts(
                    code,
                    self[f"{code}_name"].data,
                    self[f"{code}_weight"].data or 0,
                    *(self[f"{code}_{mark}"].data or "" for mark in ("low", "middle", "high")),
                )
                for code in CODES
                if self[f"{code}_name"].data
            ]

    known = {one.code: one for one in criteria}
    for code in CODES:
        for name, field in _criterion_fields(code).items():
            setattr(CriteriaForm, f"{code}_{name}", field)
    form = CriteriaForm()
    if not form.is_submitted():
        for code, one in known.items():
            for name in ("name", "weight", "low", "middle", "high"):
                form[f"{code}_{name}"].data = getattr(one, name)
    return form


def _criterion_fields(code: str) -> dict[str, Any]:
    lines = {
        name: StringField(label, filters=[clean_line], validators=[Optional(), LengthBetween(0, NAME_LENGTH[1])])
        for name, label in (
            ("low", _l("Nilai 1 berarti")),
            ("middle", _l("Nilai 3 berarti")),
            ("high", _l("Nilai 5 berarti")),
        )
    }
    needed = [required()] if code == SUPPORT else [Optional()]
    return {
        "name": StringField(
            _l("Yang dinilai"), filters=[clean_line], validators=[*needed, LengthBetween(*NAME_LENGTH)]
        ),
        "weight": WholeNumberField(_l("Bobot"), validators=[Optional(), between(0, 100)]),
        **lines,
    }


class SizesForm(Form):
    """How many people of each village may have an identity card: a line each, the code first."""

    sizes = TextAreaField(
        _l("Penduduk wajib KTP tiap desa"),
        filters=[clean],
        description=_l("Satu baris satu desa: kode, lalu jumlah orang. Contoh: 53.04.01.2005 1840"),
    )

    def __init__(self, villages: Sequence[Place], known: Mapping[str, int]) -> None:
        super().__init__()
        self.villages = {place.code for place in villages}
        self.found: dict[str, int] = {}
        if not self.is_submitted():
            self.sizes.data = "\n".join(f"{code} {people}" for code, people in known.items())

    def validate_sizes(self, field: TextAreaField) -> None:
        for line in (field.data or "").splitlines():
            if not (parts := line.replace(";", " ").replace(",", " ").split()):
                continue
            code, digits = parts[0], "".join(parts[1:]).replace(".", "")
            is_number = digits.isascii() and digits.isdigit() and len(digits) < 7
            if code not in self.villages or not is_number or not 0 < int(digits) <= LARGEST_VILLAGE:
                raise ValidationError(_("Baris ini belum benar: %(line)s", line=line[:60]))
            self.found[code] = int(digits)

"""What a moderator sends about one proposal, with the state of it that they saw."""

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.i18n.catalogues import _, _l
from app.moderation.actions.splitting import Piece
from app.moderation.rules import REASONS, Decision, Verdict
from app.proposals.models import Proposal
from app.proposals.rules import (
    MAX_ESTIMATE,
    MAX_VOLUME,
    REASON_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    WORK_LENGTH,
    ReasonCode,
)
from app.proposals.words import REASON_CODES
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

PUBLIC = [required(), LengthBetween(*REASON_LENGTH), no_private_numbers]


class DecisionForm(Form):
    """Publishing: one button, no questions."""

    seen = HiddenField()

    def verdict(self, decision: Decision) -> Verdict:
        return Verdict(decision, self.seen.data or "")


class ReasonForm(DecisionForm):
    """Returning or rejecting: a reason from the closed list, and in words."""

    code = SelectField(_l("Jenis alasan"), validators=[required()])
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=PUBLIC,
        description=_l("Dibaca pengusul dan semua orang. Sebutkan apa yang kurang dan apa yang dapat dilakukan."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.code.choices = [("", _("Pilih jenis alasan")), *((code.value, REASON_CODES[code]) for code in REASONS)]

    def verdict(self, decision: Decision) -> Verdict:
        return Verdict(decision, self.seen.data or "", ReasonCode(self.code.data), str(self.reason.data))


class NoteForm(Form):
    """A private note."""

    text = TextAreaField(
        _l("Catatan untuk rekan"), filters=[clean], validators=[required(), LengthBetween(2, 1000), no_private_numbers]
    )


class VisitForm(Form):
    """Asking the village to go and look."""

    due = DateField(_l("Paling lambat tanggal"), validators=[required()])
    question = TextAreaField(
        _l("Apa yang perlu dilihat?"),
        filters=[clean],
        validators=PUBLIC,
        description=_l("Dibaca pendamping desa dan semua orang, misalnya: apakah jalannya benar putus di jembatan?"),
    )


class FindingForm(Form):
    """What was seen there."""

    finding = TextAreaField(
        _l("Apa yang terlihat di tempat?"),
        filters=[clean],
        validators=PUBLIC,
        description=_l("Dibaca semua orang. Jangan sebut nama orang."),
    )


class MergeForm(DecisionForm):
    """Uniting with another: its number, and why."""

    into = StringField(_l("Digabung ke nomor"), filters=[clean_line], validators=[required(), LengthBetween(5, 16)])
    reason = TextAreaField(_l("Alasan untuk umum"), filters=[clean], validators=PUBLIC)


class SplitForm(KeyedForm):
    """The two of which a proposal consists; problem, place and misi stay the same for both."""

    seen = HiddenField()

    first_title = StringField(_l("Judul usulan pertama"), filters=[clean_line])
    first_work = TextAreaField(_l("Yang diusulkan"), filters=[clean])
    first_volume = WholeNumberField(_l("Banyaknya"), validators=[required_number(), between(1, MAX_VOLUME)])
    first_unit = StringField(_l("Satuan"), filters=[clean_line])
    first_estimate = RupiahField(_l("Kira-kira biaya"), validators=[Optional(), between(0, MAX_ESTIMATE)])
    second_title = StringField(_l("Judul usulan kedua"), filters=[clean_line])
    second_work = TextAreaField(_l("Yang diusulkan"), filters=[clean])
    second_volume = WholeNumberField(_l("Banyaknya"), validators=[required_number(), between(1, MAX_VOLUME)])
    second_unit = StringField(_l("Satuan"), filters=[clean_line])
    second_estimate = RupiahField(_l("Kira-kira biaya"), validators=[Optional(), between(0, MAX_ESTIMATE)])

    def __init__(self, whole: Proposal) -> None:
        super().__init__()
        for part in ("first", "second"):
            for name, length in (("title", TITLE_LENGTH), ("work", WORK_LENGTH), ("unit", UNIT_LENGTH)):
                self[f"{part}_{name}"].validators = [required(), LengthBetween(*length), no_private_numbers]
                self[f"{part}_{name}"].flags.required = True
        if not self.is_submitted():
            for name in ("title", "work", "volume", "unit", "estimate"):
                self[f"first_{name}"].data = getattr(whole, name)

    def piece(self, part: str) -> Piece:
        given = {name: self[f"{part}_{name}"].data for name in ("title", "work", "volume", "unit")}
        return Piece(**given, estimate=self[f"{part}_estimate"].data or 0)

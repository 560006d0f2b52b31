"""Ordering paper forms, and typing in what came back: each sheet a form of its own on one page."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import ValidationError

from app.accounts.rules import NAME_LENGTH, Document, is_card_number
from app.accounts.words import DOCUMENTS
from app.facilitation.actions import Enrolment, Sheet
from app.facilitation.forms.proposals import read_back
from app.facilitation.forms.residents import check_choice, choices_of
from app.facilitation.rules import EARLIEST_BIRTH
from app.facilitation.rules.paper import MOST_SHEETS
from app.i18n.catalogues import _, _l
from app.i18n.formats import clock_time
from app.identity.actions import Particulars
from app.identity.rules import Sex
from app.identity.words import SEXES
from app.plans.rules import MisiFacts
from app.proposals.forms import AnswersForm
from app.web.clock import now
from app.web.forms import (
    KeyedForm,
    LengthBetween,
    WholeNumberField,
    between,
    clean_line,
    required,
    required_number,
)


class PaperForm(KeyedForm):
    """How many sheets for which village."""

    village = SelectField(_l("Desa atau kelurahan"), validators=[required()])
    sheets = WholeNumberField(
        _l("Berapa lembar?"),
        validators=[required_number(), between(1, MOST_SHEETS)],
        description=_l("Satu lembar untuk satu usulan."),
        default=10,
    )

    def __init__(self, villages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.village.choices = list(villages)


class SheetForm(AnswersForm):
    """One sheet of a batch; one on which nothing was typed is left alone."""

    class Meta(AnswersForm.Meta):
        csrf = False  # the page's own form carries the token

    card = StringField(_l("Nomor kartu"), filters=[clean_line], render_kw={"autocomplete": "off"})
    name = StringField(
        _l("atau nama warga baru"),
        filters=[clean_line],
        validators=[LengthBetween(0, NAME_LENGTH[1])],
        render_kw={"autocomplete": "off"},
    )
    birth_year = WholeNumberField(_l("Tahun lahir"))
    sex = SelectField(_l("Jenis kelamin"), validators=[check_choice], validate_choice=False)
    seen = SelectField(_l("Yang dilihat"), validators=[check_choice], validate_choice=False)
    is_another = BooleanField(_l("Orang lain dengan nama sama"))
    is_read_back = read_back()

    def __init__(self, number: int, misi: Sequence[MisiFacts]) -> None:
        super().__init__(prefix=f"s{number}")
        self.number = number
        self.offer_misi(misi)
        self.sex.choices = [("", _("Sudah tercatat")), *choices_of(SEXES)]
        self.seen.choices = [("", _("Sudah diverifikasi")), *choices_of(DOCUMENTS)]

    @property
    def is_blank(self) -> bool:
        typed = (self.card, self.name, self.title, self.problem, self.work)
        return not any(field.data for field in typed)

    @property
    def is_newcomer(self) -> bool:
        return not self.card.data and bool(self.name.data)

    def validate_card(self, field: StringField) -> None:
        number = "".join((field.data or "").split())
        if number and not is_card_number(number):
            raise ValidationError(_("Bukan nomor kartu: delapan angka, periksa lagi di lembarnya."))
        if not number and not self.name.data:
            raise ValidationError(_("Tulis nomor kartu, atau nama warga baru."))

    def validate_birth_year(self, field: WholeNumberField) -> None:
        if not self.is_newcomer or field.process_errors:
            return
        if field.data is None or not EARLIEST_BIRTH <= field.data <= clock_time(now()).year:
            raise ValidationError(_("Untuk warga baru, tulis tahun lahirnya, misalnya 1988."))

    def validate_sex(self, field: SelectField) -> None:
        if self.is_newcomer and not field.data:
            raise ValidationError(_("Untuk warga baru, pilih jenis kelaminnya."))

    def validate_seen(self, field: SelectField) -> None:
        if self.is_newcomer and not field.data:
            raise ValidationError(_("Untuk warga baru, pilih apa yang Anda lihat."))

    def sheet(self, village_code: str) -> Sheet:
        seen = Document(self.seen.data) if self.seen.data else None
        return Sheet(
            card_number="".join((self.card.data or "").split()),
            newcomer=self._newcomer(village_code, seen) if self.is_newcomer else None,
            answers=self.answers_for(village_code),
            seen=seen,
            is_read_back=bool(self.is_read_back.data),
        )

    def _newcomer(self, village_code: str, seen: Document | None) -> Enrolment:
        return Enrolment(
            name=str(self.name.data),
            village_code=village_code,
            hamlet=self.hamlet.data or "",
            said=Particulars(None, self.birth_year.data, Sex(self.sex.data), None),
            seen=seen,
            is_another=bool(self.is_another.data),
        )

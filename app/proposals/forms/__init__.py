"""What the author of a proposal types, or somebody for them."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from app.i18n.catalogues import _, _l
from app.plans.rules import MisiFacts
from app.proposals.rules import (
    HAMLET_LENGTH,
    MAX_ESTIMATE,
    MAX_PEOPLE,
    MAX_VOLUME,
    TEXT_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    WORK_LENGTH,
    Answers,
)
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


class AnswersForm(Form):
    """What a proposal says; misi are chosen by their number in the regency."""

    title = StringField(
        _l("Judul usulan"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*TITLE_LENGTH), no_private_numbers],
        description=_l("Sebut apa dan di mana. Contoh: Pipa air bersih dari mata air ke Dusun Fatubesi."),
    )
    problem = TextAreaField(
        _l("Apa masalahnya?"),
        filters=[clean],
        validators=[required(), LengthBetween(*TEXT_LENGTH), no_private_numbers],
        description=_l("Ceritakan keadaan sekarang dan siapa yang terkena."),
        render_kw={"rows": 5},
    )
    work = TextAreaField(
        _l("Apa yang diusulkan?"),
        filters=[clean],
        validators=[required(), LengthBetween(*WORK_LENGTH), no_private_numbers],
        description=_l("Pekerjaan atau kegiatan yang diminta."),
        render_kw={"rows": 4},
    )
    hamlet = StringField(
        _l("Dusun atau tempat"), filters=[clean_line], validators=[LengthBetween(*HAMLET_LENGTH), no_private_numbers]
    )
    volume = WholeNumberField(_l("Berapa banyak?"), validators=[required_number(), between(1, MAX_VOLUME)])
    unit = StringField(
        _l("Satuan"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*UNIT_LENGTH), no_private_numbers],
        description=_l("Contoh: meter, unit, orang, paket."),
    )
    estimate = RupiahField(
        _l("Kira-kira biaya (rupiah)"),
        validators=[Optional(), between(0, MAX_ESTIMATE)],
        description=_l("Kosongkan bila tidak tahu. Dinas akan menghitung."),
    )
    beneficiaries = WholeNumberField(
        _l("Berapa orang yang terbantu?"), validators=[required_number(), between(1, MAX_PEOPLE)]
    )
    misi = SelectMultipleField(
        _l("Usulan ini mendukung misi yang mana?"),
        validators=[required()],
        coerce=str,
        description=_l("Boleh lebih dari satu."),
        validate_choice=False,
    )

    def offer_misi(self, misi: Sequence[MisiFacts]) -> None:
        self.misi.choices = [(str(one.number), f"{_('Misi %(n)s', n=one.number)}: {one.short}") for one in misi]
        self._ids: Mapping[str, int] = {str(one.number): one.id for one in misi}

    def validate_misi(self, field: SelectMultipleField) -> None:
        unknown = [value for value in field.data or () if value not in self._ids]
        if unknown:
            raise ValidationError(_("Ada misi yang bukan milik kabupaten ini. Pilih dari daftar."))

    def answers_for(self, village_code: str) -> Answers:
        return Answers(
            title=str(self.title.data),
            problem=str(self.problem.data),
            work=str(self.work.data),
            village_code=village_code,
            hamlet=self.hamlet.data or "",
            volume=self.volume.data or 0,
            unit=str(self.unit.data),
            estimate=self.estimate.data or 0,
            beneficiaries=self.beneficiaries.data or 0,
            misi_ids=frozenset(self._ids[value] for value in self.misi.data or ()),
        )


class ProposalForm(KeyedForm, AnswersForm):
    """The whole proposal on one page, for the village of its author."""

    village = HiddenField()

    def offer(self, misi: Sequence[MisiFacts], village_code: str) -> None:
        """Set what can be chosen: the regency's misi, and the author's own village."""
        self.offer_misi(misi)
        if not self.is_submitted() or not self.village.data:
            self.village.data = village_code
        self._own_village = village_code

    def validate_village(self, field: HiddenField) -> None:
        if field.data != self._own_village:
            field.data = self._own_village
            raise ValidationError(_("Usulan hanya untuk desa atau kelurahan tempat Anda tinggal."))

    def answers(self) -> Answers:
        return self.answers_for(str(self.village.data))

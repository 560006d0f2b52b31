"""The whole proposal on one page: for its author, or for somebody who types it for them."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l
from app.plans.rules import MisiFacts
from app.proposals.actions import PHOTOS
from app.proposals.forms.parts import MisiPart, PeoplePart, PlacePart, ProblemPart, TitlePart, WorkPart
from app.proposals.rules import Answers
from app.proposals.rules.works import Entry
from app.web.forms import KeyedForm


class AnswersForm(TitlePart, ProblemPart, PlacePart, WorkPart, PeoplePart, MisiPart):
    """What a proposal says."""

    kind = SelectField(
        _l("Pekerjaan menurut kamus usulan"),
        description=_l("Kamus memberi satuan dan kira-kira harganya."),
        validate_choice=False,
    )

    def offer_entries(self, entries: Sequence[Entry]) -> None:
        """What can be chosen of the catalog; where nobody offers any, every proposal is a free one."""
        self._entries = {entry.code: entry for entry in entries if not entry.is_free}
        titles = [(code, entry.title) for code, entry in self._entries.items()]
        self.kind.choices = [("", _("Tidak ada di kamus")), *titles] if titles else []
        self.entry = self._entries.get(self.kind.data or "")

    def choose_entry(self, entry_id: int | None) -> None:
        chosen = [code for code, entry in self._entries.items() if entry.id == entry_id]
        self.kind.data = chosen[0] if chosen else ""
        self.entry = self._entries.get(self.kind.data)

    def validate_kind(self, field: SelectField) -> None:
        if field.data and self.entry is None:
            raise ValidationError(_("Pekerjaan ini tidak ada di kamus usulan tahun ini. Pilih yang lain dari daftar."))

    def answers_for(self, village_code: str) -> Answers:
        return Answers(
            title=str(self.title.data),
            problem=str(self.problem.data),
            work=str(self.work.data),
            village_code=village_code,
            hamlet=self.hamlet.data or "",
            volume=self.volume.data or 0,
            unit=str(self.unit.data),
            estimate=self.cost,
            beneficiaries=self.beneficiaries.data or 0,
            misi_ids=frozenset(self.misi_ids),
            entry_id=self.entry.id if self.entry else None,
            group_name=self.group_name.data or "",
            group_registration=self.group_registration.data or "",
            latitude=self.position.latitude if self.position else None,
            longitude=self.position.longitude if self.position else None,
            is_at_home=bool(self.is_at_home.data),
        )


class ProposalForm(KeyedForm, AnswersForm):
    """The whole proposal on one page, for the village of its author."""

    village = HiddenField()

    def offer(self, misi: Sequence[MisiFacts], village_code: str, entries: Sequence[Entry] = ()) -> None:
        """Set what can be chosen: the regency's misi, the author's own village, the catalog."""
        self.offer_misi(misi)
        self.offer_entries(entries)
        if not self.is_submitted() or not self.village.data:
            self.village.data = village_code
        self._own_village = village_code

    def show(self, answers: Answers) -> None:
        """Start from what was said before."""
        self.choose_misi(sorted(answers.misi_ids))
        self.choose_entry(answers.entry_id)
        self.estimate.data = answers.estimate or None

    def validate_village(self, field: HiddenField) -> None:
        if field.data != self._own_village:
            field.data = self._own_village
            raise ValidationError(_("Usulan hanya untuk desa atau kelurahan tempat Anda tinggal."))

    def answers(self) -> Answers:
        return self.answers_for(str(self.village.data))


class NewProposalForm(ProposalForm):
    """As it is filled in until it is published, with photos."""

    photos = PhotosField(_l("Foto"), kind=PHOTOS)

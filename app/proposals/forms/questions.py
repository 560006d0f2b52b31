"""One question a page: each form shows what was said before, and gives its answer as it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired, ValidationError

from app.files.forms import PhotosField
from app.i18n.catalogues import _, _l
from app.plans.rules import MisiFacts
from app.proposals.actions import PHOTOS
from app.proposals.forms.parts import MisiPart, PeoplePart, PlacePart, ProblemPart, TitlePart, WorkPart
from app.proposals.rules import TITLE_LENGTH
from app.proposals.rules.works import Entry
from app.proposals.rules.writing import ASKS, Question, Said
from app.web.forms import Form

FREE = "bebas"


@dataclass(frozen=True)
class Known:
    """What the questions offer, and what has been said so far."""

    said: Said
    village: str
    entries: Sequence[Entry]
    misi: Sequence[MisiFacts]

    @property
    def entry(self) -> Entry | None:
        """The chosen entry, None for what is not in the catalog."""
        wanted = self.said.get(Question.KIND, {}).get("entry_id")
        return next((entry for entry in self.entries if entry.id == wanted), None)


class QuestionForm(Form):
    """A page of the path; `show` is asked before anything is validated."""

    question: Question

    def show(self, known: Known) -> None:
        if not self.is_submitted():
            self.start_from(known.said.get(self.question, {}), known)

    def start_from(self, answer: Mapping[str, Any], known: Known) -> None:
        for name in ASKS[self.question]:
            if name in answer and name in self:
                self[name].data = answer[name]

    def answer(self) -> dict[str, Any]:
        return {name: self[name].data for name in ASKS[self.question]}


class ProblemQuestion(QuestionForm, ProblemPart):
    question = Question.PROBLEM


class PlaceQuestion(QuestionForm, PlacePart):
    question = Question.PLACE

    def answer(self) -> dict[str, Any]:
        position = self.position
        return super().answer() | {
            "latitude": position.latitude if position else None,
            "longitude": position.longitude if position else None,
        }


class KindQuestion(QuestionForm):
    """The catalog's entries that are on the page, by their codes."""

    question = Question.KIND
    kind = RadioField(
        _l("Pilih yang paling cocok"),
        validators=[DataRequired(_l("Pilih satu, atau pilih “Tidak ada di daftar ini”."))],
        validate_choice=False,
    )

    def show(self, known: Known) -> None:
        self._entries = {FREE if entry.is_free else entry.code: entry for entry in known.entries}
        super().show(known)

    def start_from(self, answer: Mapping[str, Any], known: Known) -> None:
        if "entry_id" in answer:
            self.kind.data = known.entry.code if known.entry and not known.entry.is_free else FREE

    def offer(self, entries: Sequence[Entry]) -> None:
        titles = [(entry.code, entry.title) for entry in entries if not entry.is_free]
        self.kind.choices = [*titles, (FREE, _("Tidak ada di daftar ini"))]

    def validate_kind(self, field: RadioField) -> None:
        if field.data != FREE and field.data not in self._entries:
            raise ValidationError(_("Pekerjaan ini tidak ada di kamus usulan tahun ini. Pilih yang lain dari daftar."))

    @property
    def entry(self) -> Entry | None:
        return self._entries.get(self.kind.data) if self.kind.data != FREE else None

    def answer(self) -> dict[str, Any]:
        return {"entry_id": self.entry.id if self.entry else None}


class WorkQuestion(QuestionForm, WorkPart):
    question = Question.WORK

    def show(self, known: Known) -> None:
        self.entry = known.entry
        super().show(known)

    def start_from(self, answer: Mapping[str, Any], known: Known) -> None:
        super().start_from(answer, known)
        is_same = answer.get("entry_id") == (known.entry.id if known.entry else None)
        self.estimate.data = None if known.entry or not is_same else answer.get("estimate") or None

    def answer(self) -> dict[str, Any]:
        entry_id = self.entry.id if self.entry else None
        names = ("work", "volume", "unit", "group_name", "group_registration")
        return {name: self[name].data or "" for name in names} | {"estimate": self.cost, "entry_id": entry_id}


class PeopleQuestion(QuestionForm, PeoplePart):
    question = Question.PEOPLE


class PhotosQuestion(QuestionForm):
    question = Question.PHOTOS
    photos = PhotosField(_l("Foto keadaan sekarang"), kind=PHOTOS)


class NameQuestion(QuestionForm, TitlePart, MisiPart):
    """Title and misi, filled in from what was said: most authors only look at them."""

    question = Question.NAME

    def show(self, known: Known) -> None:
        self.offer_misi(known.misi)
        super().show(known)

    def start_from(self, answer: Mapping[str, Any], known: Known) -> None:
        entry = known.entry
        self.title.data = answer.get("title") or suggested_title(known)
        self.choose_misi(answer.get("misi_ids") or ([entry.misi_id] if entry and entry.misi_id else []))

    def answer(self) -> dict[str, Any]:
        return {"title": self.title.data, "misi_ids": self.misi_ids}


def suggested_title(known: Known) -> str:
    """What is asked for and where, without what stands in brackets."""
    if known.entry is None or known.entry.is_free:
        return ""
    work = re.sub(r"\s*\(.*?\)", "", known.entry.title)
    place = known.said.get(Question.PLACE, {}).get("hamlet") or known.village
    return _("%(work)s di %(place)s", work=work, place=place)[: TITLE_LENGTH[1]]


FORMS: dict[Question, type[QuestionForm]] = {
    form.question: form
    for form in (
        ProblemQuestion,
        PlaceQuestion,
        KindQuestion,
        WorkQuestion,
        PeopleQuestion,
        PhotosQuestion,
        NameQuestion,
    )
}

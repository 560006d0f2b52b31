"""What people say of a proposal, and why a moderator closes what somebody has said."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Optional

from app.discussion.rules.comments import REASON_LENGTH, TEXT_LENGTH, HideCode, Stance, Voice, Words
from app.i18n.catalogues import _, _l, words
from app.web.forms import Form, KeyedForm, LengthBetween, clean, no_private_numbers, required

SAID = (required(), LengthBetween(*TEXT_LENGTH), no_private_numbers)


class AnswerForm(KeyedForm):
    """An answer to a comment; whoever has several voices says in which one they speak."""

    text = TextAreaField(
        _l("Apa jawaban Anda?"),
        filters=[clean],
        validators=SAID,
        description=_l("Semua orang dapat membacanya. Jangan tulis nama orang lain, NIK atau nomor HP."),
    )
    voice = RadioField(_l("Anda bicara sebagai apa?"), validators=[Optional()])

    def offer(self, voices: Sequence[Voice]) -> None:
        self.voice.choices = [(voice.value, words(voice)) for voice in voices]
        self.voice.flags.required = True
        if self.voice.data is None and voices:
            self.voice.data = voices[0].value

    def said(self, agency_id: int | None) -> Words:
        return Words(str(self.text.data), None, Voice(self.voice.data), agency_id)


class CommentForm(AnswerForm):
    """A comment on the proposal itself."""

    stance = RadioField(_l("Apa pendapat Anda?"), validators=[required()])

    def offer(self, voices: Sequence[Voice]) -> None:
        super().offer(voices)
        self.stance.choices = [(stance.value, words(stance)) for stance in Stance]
        self.text.label.text = _("Apa yang ingin Anda sampaikan?")

    def said(self, agency_id: int | None) -> Words:
        return Words(str(self.text.data), Stance(self.stance.data), Voice(self.voice.data), agency_id)


class EditForm(Form):
    """Another text in place of the one that was seen."""

    text = TextAreaField(_l("Komentar Anda"), filters=[clean], validators=SAID)
    seen = HiddenField()


class HideForm(Form):
    """Why a comment is closed to the public."""

    code = RadioField(_l("Apa sebabnya?"), validators=[required()])
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Alasan ini menggantikan komentarnya dan dibaca semua orang."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.code.choices = [(code.value, words(code)) for code in HideCode]

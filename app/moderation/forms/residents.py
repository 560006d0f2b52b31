"""What residents send to the desk: a report, an appeal; and the moderator's answer to reports."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from app.i18n.catalogues import _l, words
from app.moderation.rules.reports import TEXT_LENGTH, Finding, Wrong
from app.proposals.rules import REASON_LENGTH
from app.web.forms import Form, LengthBetween, clean, no_private_numbers, required


class ReportForm(Form):
    """What is wrong with a text."""

    wrong = RadioField(_l("Apa yang salah?"), validators=[required()])
    text = TextAreaField(
        _l("Keterangan"),
        filters=[clean],
        validators=[Optional(), LengthBetween(*TEXT_LENGTH), no_private_numbers],
        description=_l("Hanya dibaca moderator. Nama Anda tidak ditampilkan kepada pengusul."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.wrong.choices = [(one.value, words(one)) for one in Wrong]


class CloseForm(Form):
    """The answer to all reports of a text."""

    finding = RadioField(_l("Apa keputusan Anda?"), validators=[required()])
    reason = TextAreaField(
        _l("Alasan untuk umum"),
        filters=[clean],
        validators=[Optional(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Wajib kalau ditutup. Penulisnya dan semua orang membacanya."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.finding.choices = [(one.value, words(one)) for one in Finding]


class AppealForm(Form):
    """What is new since the rejection."""

    reason = TextAreaField(
        _l("Apa yang baru atau keliru?"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Tulis keterangan yang belum dipertimbangkan. Semua orang dapat membacanya."),
    )

"""What a moderator sends: the decision, what they saw, and the public reason of a no."""

from wtforms import HiddenField, SelectField, TextAreaField

from app.i18n.catalogues import _, _l
from app.moderation.rules import REASONS, Decision, Verdict
from app.proposals.rules import REASON_LENGTH, ReasonCode
from app.proposals.words import REASON_CODES
from app.web.forms import Form, LengthBetween, clean, no_private_numbers, required


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
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Dibaca pengusul dan semua orang. Sebutkan apa yang kurang dan apa yang dapat dilakukan."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.code.choices = [("", _("Pilih jenis alasan")), *((code.value, REASON_CODES[code]) for code in REASONS)]

    def verdict(self, decision: Decision) -> Verdict:
        return Verdict(decision, self.seen.data or "", ReasonCode(self.code.data), str(self.reason.data))

"""What a planner types to enter a misi, or the end of an agency."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from app.i18n.catalogues import _l
from app.plans.rules import MAX_NUMBER, MISI_SHORT_LENGTH, MISI_TEXT_LENGTH, MisiText
from app.web.fields import DayField
from app.web.forms import (
    Form,
    LengthBetween,
    WholeNumberField,
    between,
    clean_line,
    required,
    required_number,
)


class EndForm(Form):
    """The day from which an agency is there no more; empty where it is."""

    ended_on = DayField(
        _l("Dibubarkan sejak"),
        validators=[Optional()],
        description=_l("Kosongkan bila dinas ini masih ada. Inovasinya tetap tercatat, dan diberi tanda."),
    )


class MisiForm(Form):
    """A misi, word for word as in the plan."""

    number = WholeNumberField(_l("Nomor misi"), validators=[required_number(), between(1, MAX_NUMBER)])
    text = TextAreaField(
        _l("Bunyi misi"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*MISI_TEXT_LENGTH)],
        description=_l("Salin kata demi kata dari dokumen rencana yang sudah ditetapkan."),
    )
    short = StringField(
        _l("Sebutan pendek"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*MISI_SHORT_LENGTH)],
        description=_l("Untuk layar kecil, misalnya: Jalan, air, lingkungan."),
    )

    def misi(self) -> MisiText:
        assert self.number.data is not None  # validated
        return MisiText(self.number.data, str(self.text.data), str(self.short.data))

"""What a facilitator notes about a resident they have met."""

from wtforms import BooleanField, RadioField, SelectField, StringField

from app.accounts.rules import NAME_LENGTH, Document
from app.accounts.words import DOCUMENTS
from app.facilitation.actions import Enrolment
from app.i18n.catalogues import _l
from app.web.forms import Form, KeyedForm, LengthBetween, clean_line, required


class AttestForm(Form):
    """What was seen, and that the resident confirmed what was read to them."""

    document = RadioField(
        _l("Apa yang Anda lihat?"),
        validators=[required()],
        description=_l("Nomornya tidak dicatat dan tidak difoto."),
    )
    is_confirmed = BooleanField(_l("Warga membenarkan nama dan tempat tinggalnya"), validators=[required()])

    def __init__(self) -> None:
        super().__init__()
        self.document.choices = [(document.value, text) for document, text in DOCUMENTS.items()]

    def seen(self) -> Document:
        return Document(self.document.data)


class EnrolForm(KeyedForm):
    """A resident without a phone; the choices of `village` are set by the view."""

    name = StringField(
        _l("Nama warga"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*NAME_LENGTH)],
        description=_l("Seperti di KTP atau Kartu Keluarga. Nama tidak ditampilkan kepada umum."),
        render_kw={"autocomplete": "off"},
    )
    village = SelectField(_l("Desa atau kelurahan"), validators=[required()])
    consent = BooleanField(
        _l("Warga setuju datanya disimpan"),
        validators=[required()],
        description=_l(
            "Bacakan: “Nama dan desa Anda disimpan untuk musyawarah perencanaan, seperti di halaman privasi. Setuju?”"
        ),
    )
    is_another = BooleanField(_l("Ini orang lain dengan nama yang sama"))

    def answers(self) -> Enrolment:
        return Enrolment(str(self.name.data), str(self.village.data), is_another=bool(self.is_another.data))

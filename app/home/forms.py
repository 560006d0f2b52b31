"""What people type on the first pages, and one field of each kind for the component page."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from app.i18n.catalogues import _l
from app.web.forms import Form, LengthBetween, WholeNumberField, between, clean_line, required


class TrackForm(Form):
    """A proposal's number."""

    nomor = StringField(
        _l("Nomor usulan"),
        filters=[clean_line],
        validators=[required()],
        description=_l("Contoh: BLU-28-00042. Nomornya ada di kartu atau halaman usulan Anda."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class SpecimenForm(Form):
    """One field of each kind; filled in wrong, so that the errors show."""

    title = StringField("Judul usulan", validators=[required()], description="Satu kalimat pendek.")
    problem = TextAreaField("Apa masalahnya?", validators=[LengthBetween(20, 200)])
    estimate = WholeNumberField("Kira-kira biaya", validators=[between(0, 1000)])
    village = SelectField("Desa")
    known = RadioField("Siapa yang merasakan?")
    consent = BooleanField("Saya setuju", validators=[required()])

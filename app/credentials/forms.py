"""What people type to prove who they are."""

from wtforms import StringField

from app.i18n.catalogues import _l
from app.web.forms import PassingForm, clean_line, required


class FactorForm(PassingForm):
    """A code of the authenticator app, or a recovery code."""

    code = StringField(
        _l("Kode dari aplikasi"),
        filters=[clean_line],
        validators=[required()],
        description=_l("Enam angka yang sedang tampil. Tidak ada HP-nya? Tulis satu kode cadangan."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
    )

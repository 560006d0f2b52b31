"""What people correct about themselves, and the last word before an account is closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import Optional

from app.accounts.rules import HAMLET_LENGTH, NAME_LENGTH
from app.i18n.catalogues import _l
from app.web.forms import Form, LengthBetween, clean_line, no_private_numbers, required


@dataclass(frozen=True)
class Correction:
    """The account as its person wants it."""

    name: str
    hamlet: str
    language: str


class CorrectForm(Form):
    """Name, hamlet and language; a name that somebody has vouched for is not asked for."""

    name = StringField(
        _l("Nama Anda"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*NAME_LENGTH), no_private_numbers],
        description=_l("Seperti di KTP. Nama tidak ditampilkan kepada umum."),
        render_kw={"autocomplete": "name"},
    )
    hamlet = StringField(
        _l("Dusun"), filters=[clean_line], validators=[LengthBetween(0, HAMLET_LENGTH), no_private_numbers]
    )
    language = SelectField(_l("Bahasa"), validators=[required()], description=_l("Untuk pesan kepada Anda."))

    def __init__(self, known: Correction, languages: Mapping[str, str], *, may_rename: bool) -> None:
        super().__init__(data=vars(known))
        self._known = known
        # Who was enrolled with a language that pages do not speak yet keeps it.
        self.language.choices = list(({known.language: known.language} | dict(languages)).items())
        if not may_rename:
            del self.name

    def correction(self) -> Correction:
        name = str(self.name.data) if "name" in self else self._known.name
        return Correction(name, str(self.hamlet.data or ""), str(self.language.data))


class CloseForm(Form):
    """Said twice: by a tick and by the password; who has no password has come another way."""

    is_understood = BooleanField(
        _l("Saya mengerti: akun yang ditutup tidak dapat dibuka lagi."), validators=[required()]
    )
    password = PasswordField(_l("Kata sandi"), validators=[required()], render_kw={"autocomplete": "current-password"})

    def __init__(self, *, has_password: bool) -> None:
        super().__init__()
        if not has_password:
            self.password.validators = [Optional()]

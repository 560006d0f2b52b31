"""A proposal that is typed for a resident, and that it was read back to them."""

from wtforms import BooleanField

from app.i18n.catalogues import _l
from app.proposals.forms import NewProposalForm
from app.web.forms import Form, required


def read_back() -> BooleanField:
    return BooleanField(
        _l("Sudah dibacakan kembali, dan warga membenarkan isinya"),
        validators=[required()],
        description=_l("Bacakan seluruhnya pelan-pelan. Waktunya tercatat."),
    )


class ReadBackForm(Form):
    """Nothing is sent that its author has not heard."""

    is_read_back = read_back()


class MendForForm(NewProposalForm):
    """Better answers to what a moderator asked, read back."""

    is_read_back = read_back()

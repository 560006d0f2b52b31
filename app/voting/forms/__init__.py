"""What a planner types to prepare and close a contest, and what a voter ticks."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField

from app.i18n.catalogues import _l, words
from app.kernel.outcomes import Refused
from app.kernel.windows import Window
from app.proposals.queries import ProposalRow
from app.voting.rules.box import NAME_LENGTH, WITNESSES, BoxKeys, BoxRefusal, WitnessFacts
from app.voting.rules.contest import (
    CHOICES,
    OBJECTION_DAYS,
    QUORUM_PERCENTS,
    REASON_LENGTH,
    THRESHOLD_PERCENT,
    TITLE_LENGTH,
    ContestPlan,
    Refusal,
    RollEnd,
)
from app.voting.rules.counting import Rule
from app.voting.rules.objections import TEXT_LENGTH
from app.web.forms import (
    Form,
    KeyedForm,
    LengthBetween,
    LocalDateTimeField,
    RupiahField,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)
from app.web.uploads import FilesField

# Where a refusal is shown; what is not listed stands on top of the form.
FIELDS = {
    Refusal.ENDS_BEFORE_START: "closes",
    Refusal.NO_VOTING_PHASE: "opens",
    Refusal.NO_CEILING: "ceiling",
    Refusal.TOO_MANY_CHOICES: "max_choices",
}


RULE_CHOICES = {
    Rule.EQUAL_SHARES: _l("Patungan setara: pagu dibagi kepada pemilih, pendukung membiayai bersama"),
    Rule.MOST_VOTES: _l("Suara terbanyak dulu, selama biayanya masih muat"),
}
ROLL_CHOICES = {
    RollEnd.AT_OPENING: _l(
        "Warga yang diverifikasi sebelum dibuka: daftar pemilih tidak bisa ditambah di tengah jalan"
    ),
    RollEnd.AT_CLOSING: _l("Juga warga yang diverifikasi selama pemilihan berlangsung"),
}


class ContestForm(Form):
    """A contest with its options; a box and a cost for each candidate are added by `contest_form`."""

    title = StringField(
        _l("Nama pemilihan"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*TITLE_LENGTH), no_private_numbers],
    )
    ceiling = RupiahField(
        _l("Pagu"),
        validators=[required_number()],
        description=_l("Batas biaya semua usulan yang terpilih. Tidak berubah lagi setelah pemilihan dibuka."),
    )
    max_choices = WholeNumberField(
        _l("Paling banyak pilihan tiap warga"), validators=[required_number(), between(*CHOICES)]
    )
    opens = LocalDateTimeField(_l("Dibuka mulai"), validators=[required()])
    closes = LocalDateTimeField(_l("Ditutup"), validators=[required()])
    rule = RadioField(
        _l("Aturan menghitung"),
        validators=[required()],
        description=_l(
            "Dengan kurang dari 30 surat suara selalu dipakai suara terbanyak, dan hanya jumlahnya diumumkan."
        ),
    )
    is_weighted = BooleanField(_l("Bagian tiap desa menurut jumlah warga berhaknya, bukan menurut yang datang memilih"))
    threshold_percent = WholeNumberField(
        _l("Batas dukungan"),
        validators=[required_number(), between(*THRESHOLD_PERCENT)],
        description=_l(
            "Persen surat suara yang harus memilih suatu usulan, paling sedikit 5 suara. 0 berarti tanpa batas."
        ),
    )
    quorum_percent = WholeNumberField(
        _l("Partisipasi disebut cukup mulai"),
        validators=[required_number(), between(*QUORUM_PERCENTS)],
        description=_l(
            "Persen warga berhak, paling sedikit 30 orang. Di bawahnya hasil tetap berlaku, dengan catatan."
        ),
    )
    objection_days = WholeNumberField(
        _l("Masa keberatan"),
        validators=[required_number(), between(*OBJECTION_DAYS)],
        description=_l("Hari sesudah hasil diumumkan."),
    )
    roll_ends = RadioField(_l("Siapa boleh memilih"), validators=[required()])
    candidates: Sequence[ProposalRow] = ()

    def row_fields(self, proposal_id: int) -> tuple[Any, Any]:
        """The box and the cost of a candidate."""
        return self[f"pick-{proposal_id}"], self[f"cost-{proposal_id}"]

    def plan(self, regency_code: str, region_code: str) -> ContestPlan:
        rows = {row.id: self.row_fields(row.id) for row in self.candidates}
        opens, closes = self.opens.data, self.closes.data
        assert opens is not None  # validated
        assert closes is not None  # validated
        return ContestPlan(
            regency_code=regency_code,
            region_code=region_code,
            title=str(self.title.data),
            ceiling=int(self.ceiling.data or 0),
            max_choices=int(self.max_choices.data or 0),
            window=Window(opens, closes),
            costs={id_: int(cost.data or 0) for id_, (pick, cost) in rows.items() if pick.data},
            rule=Rule(self.rule.data),
            is_weighted=bool(self.is_weighted.data),
            threshold_percent=int(self.threshold_percent.data or 0),
            quorum_percent=int(self.quorum_percent.data or 0),
            objection_days=int(self.objection_days.data or 0),
            roll_ends=RollEnd(self.roll_ends.data),
        )

    def show(self, refused: Refused) -> None:
        """Put a refusal at the field that it is about."""
        message = words(refused.reason, **refused.facts)
        name = FIELDS.get(Refusal(refused.reason), f"cost-{refused.facts.get('proposal_id')}")
        if name in self:
            self[name].errors = [message]
        else:
            self.form_errors.append(message)


def contest_form(candidates: Sequence[ProposalRow], known: dict[str, Any], costs: dict[int, int]) -> ContestForm:
    """The form for these candidates, with what is known filled in; `costs` are those of the present options."""
    fields: dict[str, Any] = {"candidates": candidates}
    for row in candidates:
        fields[f"pick-{row.id}"] = BooleanField(row.title)
        fields[f"cost-{row.id}"] = RupiahField(_l("Biaya %(number)s", number=row.number))
        known = known | {f"pick-{row.id}": row.id in costs, f"cost-{row.id}": costs.get(row.id, row.estimate or None)}
    form: ContestForm = type("ContestOfRegion", (ContestForm,), fields)(data=known)
    form.rule.choices = [(rule.value, str(text)) for rule, text in RULE_CHOICES.items()]
    form.roll_ends.choices = [(end.value, str(text)) for end, text in ROLL_CHOICES.items()]
    return form


class CloseForm(Form):
    """The reason for closing before the announced end."""

    reason = TextAreaField(
        _l("Alasan menutup lebih awal"),
        filters=[clean],
        validators=[LengthBetween(0, REASON_LENGTH[1]), no_private_numbers],
        description=_l("Semua orang membacanya di halaman hasil."),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.reason.flags.required = True  # the form is shown where closing is early; the rule asks for the reason


def clean_code(value: str | None) -> str:
    """A key or a fingerprint as it was copied: without blanks, in small letters."""
    return "".join((value or "").split()).lower()


def _option_number(value: Any) -> int:
    """The number of an option; 0, which no option has, for what is no number."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


class KeysForm(Form):
    """The public key of a box and the three who hold its shares; the fields of each are added by `keys_form`."""

    box_key = StringField(
        _l("Kunci umum"),
        filters=[clean_code],
        validators=[required()],
        description=_l("Isi berkas kunci-umum.txt: 64 huruf dan angka."),
    )

    @property
    def keys(self) -> BoxKeys:
        witnesses = [
            WitnessFacts(*(str(self[f"{name}-{number}"].data) for name in ("name", "institution", "share")))
            for number in range(1, WITNESSES + 1)
        ]
        return BoxKeys(str(self.box_key.data), witnesses)

    def show(self, refused: Refused) -> None:
        """Put a refusal at the field that it is about."""
        message, number = words(refused.reason, **refused.facts), refused.facts.get("number")
        name = "institution" if refused.reason is BoxRefusal.SAME_INSTITUTION else "share"
        if refused.reason in tuple(BoxRefusal):
            self[f"{name}-{number}" if number else "box_key"].errors = [message]
        else:
            self.form_errors.append(message)


def keys_form(known: BoxKeys | None) -> KeysForm:
    """The form, with what was entered before."""
    fields: dict[str, Any] = {}
    values: dict[str, str] = {"box_key": known.box_key} if known else {}
    for number in range(1, WITNESSES + 1):
        line: dict[str, Any] = {
            "filters": [clean_line],
            "validators": [required(), LengthBetween(*NAME_LENGTH), no_private_numbers],
        }
        fields[f"name-{number}"] = StringField(_l("Nama saksi %(number)s", number=number), **line)
        fields[f"institution-{number}"] = StringField(_l("Lembaga saksi %(number)s", number=number), **line)
        fields[f"share-{number}"] = StringField(
            _l("Sidik bagian %(number)s", number=number), filters=[clean_code], validators=[required()]
        )
        if known:
            witness = known.witnesses[number - 1]
            values |= {f"name-{number}": witness.name, f"institution-{number}": witness.institution}
            values[f"share-{number}"] = witness.share_sha256
    form: KeysForm = type("KeysOfBox", (KeysForm,), fields)(data=values)
    return form


class FoundForm(Form):
    """What a witness found in the box."""

    witness = RadioField(_l("Saksi yang membawa berkas ini"), coerce=_option_number)
    ballots = FilesField(_l("Berkas suara.pb"), description=_l("Ditulis oleh saksi.py di laptop saksi itu."))

    def __init__(self, witnesses: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.witness.choices = list(witnesses)
        self.witness.flags.required = True
        self.ballots.flags.required = True

    @property
    def content(self) -> bytes:
        """The file; nothing where none was chosen."""
        uploads = self.ballots.uploads
        return uploads[0].stream.read() if uploads else b""


class BallotForm(Form):
    """The ticks; which of them are on the ballot is asked by the rules."""

    choices = SelectMultipleField(_l("Pilihan Anda"), choices=[], coerce=_option_number, validate_choice=False)

    @property
    def chosen(self) -> list[int]:
        return list(self.choices.data or ())


class ObjectionForm(KeyedForm):
    """A resident's doubt about a result."""

    text = TextAreaField(
        _l("Keberatan Anda"),
        filters=[clean],
        validators=[required(), LengthBetween(*TEXT_LENGTH), no_private_numbers],
        description=_l(
            "Apa yang menurut Anda tidak benar, dan dari mana Anda tahu? Semua orang membacanya, tanpa nama Anda."
        ),
    )


class AnswerForm(Form):
    """The planner's answer, which stands."""

    text = TextAreaField(
        _l("Jawaban"),
        filters=[clean],
        validators=[required(), LengthBetween(*TEXT_LENGTH), no_private_numbers],
        description=_l("Semua orang membacanya. Jawaban tidak dapat diganti."),
    )

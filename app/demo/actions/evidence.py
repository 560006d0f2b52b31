"""Bringing and reviewing the example evidence, with an example document and photo."""

from functools import cache
from io import BytesIO

from app.demo.actions.deeds import key_of_form, perform
from app.demo.actions.playing import Play, Shown
from app.demo.rules.evidence import NOTE, Bring, Judge
from app.demo.rules.people import BELTIM
from app.files import actions as files
from app.innovations.models import Innovation
from app.innovations.queries import get_locked, ids_by_name
from app.maturity import actions as maturity
from app.maturity import queries
from app.maturity.rules.indicators import FileKind
from app.web.pdf import make_pdf

PHOTO = "kelas"


@perform.register
def bring(step: Bring, play: Play) -> None:
    actor, form_key = play.actor(step), key_of_form(step.innovation, str(step.indicator))
    _id, indicator = queries.get_indicator(queries.year_on(step.at.date()), step.indicator)
    document = None
    if indicator.file_kind is FileKind.PDF:
        document = files.take_document(actor, Shown("contoh.pdf", BytesIO(_document())), step.at)
    elif indicator.file_kind is FileKind.IMAGE:
        play.show(actor, form_key, [PHOTO], step.at)
    maturity.provide(
        actor, _named(step.innovation), step.indicator, step.claim, step.at, document=document, form_key=form_key
    )


@perform.register
def judge_evidence(step: Judge, play: Play) -> None:
    year = queries.year_on(step.at.date())
    evidence = queries.current_of(_named(step.innovation).id, year)[step.indicator]
    seen = queries.get_evidence(BELTIM, evidence.id)
    if step.level is None:
        maturity.send_back(play.actor(step), seen, step.reason, step.at)
    else:
        maturity.accept(play.actor(step), seen, step.level, step.reason, step.at)


def _named(name: str) -> Innovation:
    return get_locked(ids_by_name(BELTIM)[name.casefold()])


@cache
def _document() -> bytes:
    return make_pdf("Contoh bukti", [NOTE], foot="Mufakat, peragaan")

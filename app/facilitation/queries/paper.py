"""Reading batches of paper forms, and which of their sheets have been entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.db.session import session
from app.facilitation.models import PaperBatch
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Missing
from app.kernel.policy import Within
from app.proposals.models import Proposal
from app.regions.queries import within
from app.vault import blind_index

MOST_BATCHES = 20


@dataclass(frozen=True)
class Entered:
    """A sheet that has become a proposal."""

    number: str
    name: str
    title: str


def sheet_key(code: str, sheet: int) -> str:
    """The form key of a sheet's proposal: the same however often and by whomever the sheet is entered.

    Made with a key of ours: who has a sheet in hand cannot take the place of the others of its batch.
    """
    return str(UUID(blind_index("sheet", f"{code}/{sheet}")[:32]))


def resident_key(code: str, sheet: int) -> str:
    """The form key of whoever is enrolled by a sheet."""
    return str(UUID(blind_index("sheet", f"{code}/{sheet}/warga")[:32]))


def get_batch(actor: Actor, code: str) -> PaperBatch:
    """The batch, for facilitators of its village; to others it is missing."""
    batch = session.get(PaperBatch, code.upper())
    if batch is None or not POLICY.may(actor, Can.SEE_RESIDENTS, Within(batch.village_code)):
        raise Missing
    return batch


def batches_for(actor: Actor) -> Sequence[PaperBatch]:
    """The latest batches of the facilitator's villages, the newest first."""
    mine = within(PaperBatch.village_code, actor.scopes(Role.FACILITATOR))
    asked = select(PaperBatch).where(mine).order_by(PaperBatch.printed_at.desc(), PaperBatch.code)
    return session.scalars(asked.limit(MOST_BATCHES)).all()


def entered(code: str, sheets: Sequence[int]) -> dict[int, Entered]:
    """Which of the sheets have been entered, by their number."""
    keys = {sheet_key(code, sheet): sheet for sheet in sheets}
    rows = session.execute(
        select(Proposal.form_key, Proposal.number, Person.name, Proposal.title)
        .join(Person, Person.id == Proposal.author_id)
        .where(Proposal.form_key.in_(keys), Proposal.number.is_not(None))
        .order_by(Proposal.id)
    )
    return {keys[row.form_key]: Entered(row.number or "", row.name, row.title) for row in rows}


def find_by_sheet(code: str, sheet: int) -> Proposal | None:
    """The proposal that the sheet has become, whoever its author is."""
    return session.scalars(select(Proposal).where(Proposal.form_key == sheet_key(code, sheet)).limit(1)).first()

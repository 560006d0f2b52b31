"""What has been answered so far, and what a proposal says in the shape of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.catalog.models import CatalogEntry
from app.catalog.queries import entries_of as catalog_of
from app.catalog.rules import Evidence, PriceRange
from app.db.base import as_json
from app.db.session import session
from app.kernel.outcomes import Missing
from app.proposals.models import Proposal, ProposalDraft, ProposalMisi
from app.proposals.rules import Answers, Status
from app.proposals.rules.works import Entry
from app.proposals.rules.writing import Said, all_said, next_question

SAME_NAMES = (
    "title",
    "problem",
    "work",
    "village_code",
    "hamlet",
    "volume",
    "unit",
    "estimate",
    "beneficiaries",
    "entry_id",
    "group_name",
    "group_registration",
    "latitude",
    "longitude",
    "is_at_home",
)


@dataclass(frozen=True)
class Unfinished:
    """A proposal that somebody has begun and not sent; `words` are the first they wrote."""

    form_key: str
    words: str
    is_complete: bool
    changed_at: datetime


def answers_of(proposal: Proposal) -> Answers:
    """What the proposal says."""
    misi = select(ProposalMisi.misi_id).where(ProposalMisi.proposal_id == proposal.id)
    said: dict[str, Any] = {name: getattr(proposal, name) for name in SAME_NAMES}
    return Answers(**said, misi_ids=frozenset(session.scalars(misi)))


def said_by(proposal: Proposal) -> Said:
    return all_said(answers_of(proposal))


def find_answers(author_id: int, form_key: str) -> ProposalDraft | None:
    return session.get(ProposalDraft, (author_id, form_key))


def begun(author_id: int, form_key: str) -> tuple[ProposalDraft | None, Proposal | None]:
    """What has been answered on the form, and the proposal that has come of it; one statement."""
    answers = (ProposalDraft.author_id == Person.id) & (ProposalDraft.form_key == form_key)
    proposal = (Proposal.author_id == Person.id) & (Proposal.form_key == form_key)
    asked = select(ProposalDraft, Proposal).select_from(Person).where(Person.id == author_id)
    row = session.execute(asked.outerjoin(ProposalDraft, answers).outerjoin(Proposal, proposal)).first()
    return (row[0], row[1]) if row else (None, None)


def get_answers_locked(author_id: int, form_key: str) -> ProposalDraft:
    """The row locked and read anew: two tabs may answer two questions at once."""
    draft = session.get(ProposalDraft, (author_id, form_key), with_for_update=True, populate_existing=True)
    if draft is None:
        raise Missing
    return draft


def keep_said(author_id: int, form_key: str, said: Said, now: datetime) -> None:
    """Let the pages of single questions show what was said on one page, where they have been opened."""
    draft = find_answers(author_id, form_key)
    if draft is not None:
        draft.answers = {**draft.answers, "said": as_json(**said)}
        draft.changed_at = now


def count_answers(author_id: int) -> int:
    return session.scalars(select(func.count()).where(ProposalDraft.author_id == author_id)).one()


def unfinished_by(author_id: int, most: int = 20) -> list[Unfinished]:
    """The latest changed first; those that can be sent are complete."""
    rows = session.scalars(
        select(ProposalDraft).where(ProposalDraft.author_id == author_id).order_by(ProposalDraft.changed_at.desc())
    )
    found = [_unfinished(row) for row in rows]
    known = {one.form_key for one in found}
    drafts = session.execute(
        select(Proposal.form_key, Proposal.title, Proposal.written_at)
        .where(Proposal.author_id == author_id, Proposal.status == Status.DRAFT)
        .order_by(Proposal.id.desc())
        .limit(most)
    )
    found += [Unfinished(row[0], row[1], True, row[2]) for row in drafts if row[0] not in known]
    return sorted(found, key=lambda one: one.changed_at, reverse=True)[:most]


def _unfinished(row: ProposalDraft) -> Unfinished:
    said = row.answers["said"]
    words = (said.get(question, {}).get(name) for question, name in (("judul", "title"), ("masalah", "problem")))
    return Unfinished(row.form_key, next(filter(None, words), ""), next_question(said) is None, row.changed_at)


def entries_of(regency_code: str, plan_year: int) -> list[Entry]:
    """What can be proposed for the year, the free entry last."""
    return [_entry(row) for row in catalog_of(regency_code, plan_year)]


def find_entry(entry_id: int | None, regency_code: str, plan_year: int) -> Entry | None:
    """The entry, if it can be proposed in this regency for this year."""
    row = session.get(CatalogEntry, entry_id) if entry_id else None
    fits = row is not None and (row.regency_code, row.plan_year) == (regency_code, plan_year) and not row.is_retired
    return _entry(row) if row is not None and fits else None


def named_entry(entry_id: int | None) -> Entry | None:
    """The entry that a proposal names, of whatever year."""
    row = session.get(CatalogEntry, entry_id) if entry_id else None
    return _entry(row) if row else None


def titles_of(entry_ids: Sequence[int | None]) -> dict[int, str]:
    """Of entries of whatever year, retired ones too."""
    wanted = [entry_id for entry_id in entry_ids if entry_id]
    if not wanted:
        return {}
    rows = session.execute(select(CatalogEntry.id, CatalogEntry.title).where(CatalogEntry.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def _entry(row: CatalogEntry) -> Entry:
    price = PriceRange(row.price_low, row.price_high) if row.price_low and row.price_high else None
    evidence = tuple(Evidence(code) for code in row.evidence)
    return Entry(row.id, row.code, row.title, row.definition, row.unit, row.kind, price, row.misi_id, evidence)

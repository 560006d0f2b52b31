"""Tables of the desk: who has what in hand, notes, visits, merges, splits, bulk answers, verdicts, points, reports."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.moderation.rules import Decision
from app.moderation.rules.reports import Finding, SubjectKind, Wrong
from app.moderation.rules.scoring import RankNoteKind
from app.moderation.rules.verdicts import Level, Outcome
from app.proposals.rules import ReasonCode, Status


class Assignment(Base):
    """The moderator who has a proposal in hand; whoever it is, colleagues may still answer."""

    __tablename__ = "assignments"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[datetime]


class ReviewNote(Base):
    """What moderators and planners tell each other; never public, never edited."""

    __tablename__ = "review_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class SiteVisit(Base):
    """Somebody of the village is asked to go and look; one open request a proposal."""

    __tablename__ = "site_visits"
    __table_args__ = (
        CheckConstraint("(found_at IS NULL) = (finding IS NULL)", name="finding"),
        Index(
            "uq_site_visits_open",
            "proposal_id",
            unique=True,
            sqlite_where=text("found_at IS NULL"),
            postgresql_where=text("found_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    due: Mapped[date]
    question: Mapped[str] = mapped_column(Text)
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    found_at: Mapped[datetime | None]
    finding: Mapped[str | None] = mapped_column(Text)


class Merge(Base):
    """A proposal that was united with another, and all that is needed to part them again."""

    __tablename__ = "merges"
    __table_args__ = (
        CheckConstraint("merged_id <> into_id", name="not_itself"),
        Index(
            "uq_merges_in_force",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    was: Mapped[Status] = mapped_column(code_column(Status))
    was_held_since: Mapped[datetime]
    was_held_until: Mapped[datetime | None]
    was_public_since: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class MergeMove(Base):
    """A support, follow or comment (`kind`, by its key there) that a merge has brought to the other proposal."""

    __tablename__ = "merge_moves"

    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True)


class Split(Base):
    """A proposal that was a part of another."""

    __tablename__ = "splits"

    part_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class Batch(Base):
    """Proposals that were given the same answer in one go, and can be taken back in one go."""

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    decision: Mapped[Decision] = mapped_column(code_column(Decision))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class BatchItem(Base):
    """One proposal of a batch: what was seen, and since when and until when it had waited."""

    __tablename__ = "batch_items"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, index=True)
    was_held_since: Mapped[datetime]
    was_held_until: Mapped[datetime | None]
    was_public_since: Mapped[datetime | None]


class VerdictEntry(Base):
    """The verdict of a level; never edited, a new one stands beside it.

    `agency_id` is whose it is on the agencies' level, and on the levels before whom it goes to; `to_agency_id` whom
    it was rerouted to. `since` and `due` tell how long the level had it.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        CheckConstraint("(outcome = 'reroute') = (to_agency_id IS NOT NULL)", name="reroute"),
        CheckConstraint("volume IS NULL OR volume > 0", name="volume"),
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
        CheckConstraint("outcome = 'accept' OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    level: Mapped[Level] = mapped_column(code_column(Level))
    outcome: Mapped[Outcome] = mapped_column(code_column(Outcome))
    reason_code: Mapped[ReasonCode | None] = mapped_column(code_column(ReasonCode))
    reason: Mapped[str] = mapped_column(Text)
    volume: Mapped[int | None]
    budget: Mapped[int | None] = mapped_column(BigInteger)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    document: Mapped[str] = mapped_column(String(120))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    since: Mapped[datetime]
    due: Mapped[datetime | None]


class ServiceAnswer(Base):
    """The so-and-so-many-eth promised answer to a proposal: which desk gave it, where, and in how many days.

    Kept up with the timeline, from which it can be counted anew; the year is that in which it was given.
    """

    __tablename__ = "service_answers"
    __table_args__ = (
        CheckConstraint("days >= 0", name="days"),
        Index("ix_service_answers_counted", "cycle_id", "desk", "district_code", "days", "is_in_time"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    desk: Mapped[str] = mapped_column(String(24))
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    days: Mapped[int]
    is_in_time: Mapped[bool]


class Criterion(Base):
    """A criterion of a cycle with its weight and what one, three and five points mean; none are the default ones."""

    __tablename__ = "criteria"
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 100", name="weight"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    weight: Mapped[int]
    low: Mapped[str] = mapped_column(String(120))
    middle: Mapped[str] = mapped_column(String(120))
    high: Mapped[str] = mapped_column(String(120))


class VillageSize(Base):
    """How many people of a village may have an identity card, as the planner has entered for the cycle."""

    __tablename__ = "village_sizes"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    people: Mapped[int]


class Score(Base):
    """The points of one assessor for one criterion."""

    __tablename__ = "scores"
    __table_args__ = (CheckConstraint("points BETWEEN 1 AND 5", name="points"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    assessor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    points: Mapped[int]
    at: Mapped[datetime]


class RankNote(Base):
    """What a discussion of a spread has come to, or why the minutes put a proposal on another place; public."""

    __tablename__ = "rank_notes"
    __table_args__ = (CheckConstraint("(kind = 'deviation') = (place IS NOT NULL)", name="place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    kind: Mapped[RankNoteKind] = mapped_column(code_column(RankNoteKind))
    place: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class AbuseReport(Base):
    """A person's report of a text; one a text and person. `author_id` is whose text it was, for finding repetition."""

    __tablename__ = "abuse_reports"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "reporter_id"),
        CheckConstraint("(closed_at IS NULL) = (finding IS NULL)", name="closed"),
        Index("ix_abuse_reports_open", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[SubjectKind] = mapped_column(code_column(SubjectKind))
    subject_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    wrong: Mapped[Wrong] = mapped_column(code_column(Wrong))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    finding: Mapped[Finding | None] = mapped_column(code_column(Finding))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

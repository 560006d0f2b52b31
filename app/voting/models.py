"""Tables of contests, their options, the roll and the ballots."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.voting.rules.contest import ContestStatus
from app.voting.rules.counting import Outcome, Rule


class Contest(Base):
    """A vote of the residents of a region on what its ceiling is spent on; everything is frozen once it is opened."""

    __tablename__ = "contests"
    __table_args__ = (
        CheckConstraint("substr(region_code, 1, length(regency_code)) = regency_code", name="region"),
        CheckConstraint("closes > opens", name="window"),
        CheckConstraint("ceiling > 0", name="ceiling"),
        CheckConstraint("max_choices BETWEEN 1 AND 5", name="max_choices"),
        CheckConstraint("(status IN ('prepared', 'cancelled')) = (opened_at IS NULL)", name="opened"),
        CheckConstraint("(opened_at IS NULL) = (draw_seed IS NULL)", name="drawn"),
        CheckConstraint("(status IN ('closed', 'certified')) = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("closed_at IS NULL OR closed_at >= closes OR length(close_reason) >= 10", name="closed_early"),
        CheckConstraint("(status = 'certified') = (certified_at IS NOT NULL)", name="certified"),
        CheckConstraint("(certified_at IS NULL) = (ballot_count IS NULL)", name="counted"),
        Index("ix_contests_regency", "regency_code", "status", "closes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    title: Mapped[str] = mapped_column(String(120))
    ceiling: Mapped[int] = mapped_column(BigInteger)
    max_choices: Mapped[int]
    rule: Mapped[Rule] = mapped_column(code_column(Rule))
    status: Mapped[ContestStatus] = mapped_column(code_column(ContestStatus))
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    prepared_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    draw_seed: Mapped[str | None] = mapped_column(String(64))
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str] = mapped_column(Text, default="")
    certified_at: Mapped[datetime | None]
    certified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ballot_count: Mapped[int | None]


class Option(Base):
    """A proposal on the ballot; its number is drawn at the opening, the rest of the result comes with the count."""

    __tablename__ = "contest_options"
    __table_args__ = (
        UniqueConstraint("contest_id", "proposal_id"),
        UniqueConstraint("contest_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("cost > 0", name="cost"),
        CheckConstraint("votes >= 0", name="votes"),
        CheckConstraint("(votes IS NULL) = (outcome IS NULL)", name="outcome_counted"),
        CheckConstraint("(votes IS NULL) = (left_at_turn IS NULL)", name="left_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    number: Mapped[int | None]
    cost: Mapped[int] = mapped_column(BigInteger)
    votes: Mapped[int | None]
    outcome: Mapped[Outcome | None] = mapped_column(code_column(Outcome))
    left_at_turn: Mapped[int | None] = mapped_column(BigInteger)


class RollEntry(Base):
    """This person has voted in this contest; no time, or the order of the roll could be laid beside the box.

    `helper_id` is the facilitator on whose device it was, handed over to the voter.
    """

    __tablename__ = "roll"
    __table_args__ = {"sqlite_with_rowid": False}

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)


class Ballot(Base):
    """A ballot in the box: no person, no time, and a random handle as its only place; `choices` are sorted numbers."""

    __tablename__ = "ballots"
    # Without the hidden rowid, which counts up and so would tell who voted when.
    __table_args__ = {"sqlite_with_rowid": False}

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    handle: Mapped[str] = mapped_column(String(32), primary_key=True)
    choices: Mapped[list[int]] = mapped_column(JSON)

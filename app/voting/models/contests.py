"""Tables of contests and their options, of the witnesses of a contest and of objections to its result."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.voting.rules.contest import QUORUM_PERCENT, ContestStatus, RollEnd
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
        CheckConstraint("(status IN ('closed', 'counted', 'certified')) = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("closed_at IS NULL OR closed_at >= closes OR length(close_reason) >= 10", name="closed_early"),
        CheckConstraint("(status = 'certified') = (certified_at IS NOT NULL)", name="certified"),
        CheckConstraint("(status IN ('counted', 'certified')) = (counted_at IS NOT NULL)", name="counted"),
        CheckConstraint("(counted_at IS NULL) = (ballot_count IS NULL)", name="ballot_count"),
        CheckConstraint("quorum_percent BETWEEN 0 AND 50 AND threshold_percent BETWEEN 0 AND 20", name="labels"),
        CheckConstraint("objection_days BETWEEN 0 AND 30", name="objections"),
        CheckConstraint("(box_key IS NULL) = (head_key IS NULL)", name="keys"),
        CheckConstraint("(definition IS NULL) = (definition_sha256 IS NULL)", name="definition"),
        CheckConstraint("(counts IS NULL) = (box_sha256 IS NULL)", name="counts"),
        CheckConstraint("(result IS NULL) = (result_sha256 IS NULL)", name="result"),
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
    # Whether villages weigh by their eligible people (equal shares only), and until when who is attested may vote.
    is_weighted: Mapped[bool] = mapped_column(default=False)
    roll_ends: Mapped[RollEnd] = mapped_column(code_column(RollEnd), default=RollEnd.AT_CLOSING)
    # Labels, no conditions: below them the result page says so, or an option is left to the deliberation.
    quorum_percent: Mapped[int] = mapped_column(default=QUORUM_PERCENT)
    threshold_percent: Mapped[int] = mapped_column(default=0)
    objection_days: Mapped[int] = mapped_column(default=0)
    # What is public of the keys: envelopes are sealed with the one, heads of the log are signed with the other (hex).
    box_key: Mapped[str | None] = mapped_column(String(64))
    head_key: Mapped[str | None] = mapped_column(String(64))
    # The files as they were published, byte by byte; `counts` is hitungan.json, whose SHA-256 the last head names.
    definition: Mapped[str | None] = mapped_column(Text)
    definition_sha256: Mapped[str | None] = mapped_column(String(64))
    counts: Mapped[str | None] = mapped_column(Text)
    box_sha256: Mapped[str | None] = mapped_column(String(64))
    ballots_sha256: Mapped[str | None] = mapped_column(String(64))
    counted_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(Text)
    result_sha256: Mapped[str | None] = mapped_column(String(64))
    result_signature: Mapped[str | None] = mapped_column(String(128))


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
        CheckConstraint("votes IS NOT NULL OR left_at_turn IS NULL", name="left_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    number: Mapped[int | None]
    cost: Mapped[int] = mapped_column(BigInteger)
    votes: Mapped[int | None]
    outcome: Mapped[Outcome | None] = mapped_column(code_column(Outcome))
    left_at_turn: Mapped[int | None] = mapped_column(BigInteger)


class Witness(Base):
    """One of the three who hold a share of a contest's key; the share itself is never here.

    `ballots_sha256` is what they found when they opened the box on a machine of their own.
    """

    __tablename__ = "witnesses"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 3", name="number"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    institution: Mapped[str] = mapped_column(String(120))
    share_sha256: Mapped[str] = mapped_column(String(64))
    ballots_sha256: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[datetime | None]


class Objection(Base):
    """Somebody's doubt about a counted result, and the public answer to it."""

    __tablename__ = "contest_objections"
    __table_args__ = (
        UniqueConstraint("contest_id", "form_key"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]

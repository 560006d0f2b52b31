"""Tables of works, their progress, and what residents say of their end."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.backing.rules.resources import Fund
from app.db.base import Base, code_column
from app.delivery.rules import Answer


class Work(Base):
    """A routed proposal, filled in step by step; without an agency it is the village's own."""

    __tablename__ = "works"
    __table_args__ = (
        CheckConstraint("(budget_amount IS NULL) = (budget_year IS NULL)", name="budget"),
        CheckConstraint("budget_amount > 0 AND final_cost >= 0", name="amounts"),
        CheckConstraint("due_on >= started_on AND finished_on >= started_on", name="days"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, autoincrement=False)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    plan_year: Mapped[int]
    plan_code: Mapped[str] = mapped_column(String(40))
    plan_name: Mapped[str] = mapped_column(String(200))
    budget_year: Mapped[int | None]
    budget_code: Mapped[str | None] = mapped_column(String(40))
    budget_name: Mapped[str | None] = mapped_column(String(200))
    budget_fund: Mapped[Fund | None] = mapped_column(code_column(Fund))
    budget_amount: Mapped[int | None] = mapped_column(BigInteger)
    done_by: Mapped[str | None] = mapped_column(String(120))
    started_on: Mapped[date | None]
    due_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    final_cost: Mapped[int | None] = mapped_column(BigInteger)


class WorkProgress(Base):
    """How far a work was on a day; its photos are those of `progress`."""

    __tablename__ = "work_progress"
    __table_args__ = (
        UniqueConstraint("proposal_id", "percent"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("works.proposal_id"))
    percent: Mapped[int]
    reached_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class WorkCheck(Base):
    """What a resident says of a finished work; their last word counts."""

    __tablename__ = "work_checks"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("works.proposal_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    answer: Mapped[Answer] = mapped_column(code_column(Answer))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

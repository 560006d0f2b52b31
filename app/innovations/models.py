"""Tables of innovations, their provisions and history, and of the decisions that let proposals in."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.innovations.rules.decision import Answer, Answers, Criterion, Outcome
from app.innovations.rules.profile import Affair, Classification, Cluster, DistrictLink, Form, Initiator
from app.innovations.rules.progress import Progress
from app.innovations.rules.provisions import REQUIRED, Kind
from app.innovations.rules.stages import Origin, Stage, StageEvent
from app.kernel.actor import Role


class Innovation(Base):
    """An innovation; `owner_id` is the person who had or entered the idea, `initiator` how it is told without a name.

    Since `named_at` the owner agrees to be named. Rooms above write silo reasons and score through `standing`, and
    `progress`: how far what is measured has come.
    """

    __tablename__ = "innovations"
    __table_args__ = (
        UniqueConstraint("regency_code", "name"),
        CheckConstraint("(origin = 'proposal') = (origin_proposal_id IS NOT NULL)", name="origin_proposal"),
        CheckConstraint("named_at IS NULL OR owner_id IS NOT NULL", name="named"),
        CheckConstraint("asta_cita BETWEEN 1 AND 8", name="asta_cita"),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("score BETWEEN 0 AND 111", name="score"),
        CheckConstraint("(silo_reasons = '') = (silo_since IS NULL)", name="silo"),
        Index("ix_innovations_board", "regency_code", "stage", "stage_since", "id"),
        # All that the board counts and narrows down by, so that counting reads the index only.
        Index(
            "ix_innovations_tally",
            "regency_code",
            "stage",
            "pillar_id",
            "origin",
            "stage_since",
            "registered_at",
            "silo_reasons",
            "score",
            "agency_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    name: Mapped[str] = mapped_column(String(160))
    expansion: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    pillar_id: Mapped[int | None] = mapped_column(ForeignKey("pillars.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    stage: Mapped[Stage] = mapped_column(code_column(Stage))
    stage_since: Mapped[datetime]
    held_until: Mapped[date | None]
    origin: Mapped[Origin] = mapped_column(code_column(Origin))
    origin_proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), unique=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    initiator: Mapped[str] = mapped_column(String(120))
    initiator_kind: Mapped[Initiator | None] = mapped_column(code_column(Initiator))
    named_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(Text)
    registered_at: Mapped[datetime]
    form_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    form: Mapped[Form | None] = mapped_column(code_column(Form))
    classification: Mapped[Classification | None] = mapped_column(code_column(Classification))
    is_digital: Mapped[bool | None]
    asta_cita: Mapped[int | None]
    cluster: Mapped[Cluster | None] = mapped_column(code_column(Cluster))
    trial_on: Mapped[date | None]
    applied_on: Mapped[date | None]
    developed_on: Mapped[date | None]
    design: Mapped[str] = mapped_column(Text, default="")
    aims: Mapped[str] = mapped_column(Text, default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[int | None] = mapped_column(BigInteger)
    cost_source: Mapped[str] = mapped_column(String(200), default="")
    contact_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    silo_reasons: Mapped[str] = mapped_column(String(120), default="")
    silo_since: Mapped[datetime | None]
    score: Mapped[int | None]
    progress: Mapped[Progress | None] = mapped_column(code_column(Progress))


class InnovationAffair(Base):
    """An affair (urusan) of the regency that an innovation belongs to; one of them is the main one."""

    __tablename__ = "innovation_affairs"
    __table_args__ = (
        Index(
            "uq_innovation_affairs_main",
            "innovation_id",
            unique=True,
            sqlite_where=text("is_main"),
            postgresql_where=text("is_main"),
        ),
    )

    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), primary_key=True)
    affair: Mapped[Affair] = mapped_column(code_column(Affair), primary_key=True)
    is_main: Mapped[bool]


class InnovationProposal(Base):
    """A proposal that supports an innovation; the one it came from stands in the innovation itself."""

    __tablename__ = "innovation_proposals"

    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class InnovationDistrict(Base):
    """A kecamatan under which an innovation is found."""

    __tablename__ = "innovation_districts"

    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True, index=True)
    link: Mapped[DistrictLink] = mapped_column(code_column(DistrictLink), primary_key=True)


class InnovationMisi(Base):
    """A misi that an innovation serves."""

    __tablename__ = "innovation_misi"

    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), primary_key=True)
    misi_id: Mapped[int] = mapped_column(ForeignKey("misi.id"), primary_key=True, index=True)


def _complete() -> str:
    """Every provision has the columns that its kind requires."""
    rows = (f"(kind = '{kind}' AND {' AND '.join(f'{f} IS NOT NULL' for f in REQUIRED[kind])})" for kind in Kind)
    return " OR ".join(rows)


class Provision(Base):
    """A document of a stage; never edited: a newer one of the same kind takes its place, a wrong one is withdrawn."""

    __tablename__ = "innovation_provisions"
    __table_args__ = (
        CheckConstraint(_complete(), name="complete"),
        CheckConstraint("amount >= 0 AND quantity >= 0", name="amounts"),
        CheckConstraint("until >= dated", name="period"),
        Index("ix_innovation_provisions_kind", "innovation_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    kind: Mapped[Kind] = mapped_column(code_column(Kind))
    title: Mapped[str | None] = mapped_column(String(200))
    dated: Mapped[date | None]
    until: Mapped[date | None]
    year: Mapped[int | None]
    quantity: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(40))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str | None] = mapped_column(Text)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawal: Mapped[str] = mapped_column(Text, default="")


class StageEntry(Base):
    """One step of an innovation's public history; never edited. A hold says until when; no role: a resident."""

    __tablename__ = "innovation_history"
    __table_args__ = (CheckConstraint("(event = 'hold') = (until IS NOT NULL)", name="hold"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    event: Mapped[StageEvent] = mapped_column(code_column(StageEvent))
    stage: Mapped[Stage] = mapped_column(code_column(Stage))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role | None] = mapped_column(code_column(Role))
    reason: Mapped[str] = mapped_column(Text)
    lesson: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None]


class Decision(Base):
    """The five public answers on a winning proposal, and where they led it; no agency: the village's own budget."""

    __tablename__ = "innovation_decisions"
    __table_args__ = (
        CheckConstraint(
            "(outcome = 'escalated') = (novelty AND benefit AND no_burden AND authority AND replicable)",
            name="five_yes",
        ),
        CheckConstraint("outcome = 'escalated' OR note <> ''", name="note_when_routed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), unique=True)
    novelty: Mapped[bool]
    novelty_answer: Mapped[str] = mapped_column(Text)
    benefit: Mapped[bool]
    benefit_answer: Mapped[str] = mapped_column(Text)
    no_burden: Mapped[bool]
    no_burden_answer: Mapped[str] = mapped_column(Text)
    authority: Mapped[bool]
    authority_answer: Mapped[str] = mapped_column(Text)
    replicable: Mapped[bool]
    replicable_answer: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Outcome] = mapped_column(code_column(Outcome))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    note: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    @property
    def answers(self) -> Answers:
        return {c: Answer(getattr(self, c), getattr(self, f"{c}_answer")) for c in Criterion}


class InnovationSequence(Base):
    """The last sequence number given in a regency."""

    __tablename__ = "innovation_sequences"

    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"), primary_key=True)
    last: Mapped[int]

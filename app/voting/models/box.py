"""Tables of the ballot box: who has voted, sealed envelopes, the log of them, and the ballots once they are opened."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.voting.rules.contest import Channel


class RollEntry(Base):
    """This person has voted in this contest: the day and no time, or the roll's order could be laid beside the box.

    `helper_id` is the facilitator on whose device it was, handed over to the voter, or who has marked them on paper.
    `replaced_on` is the day on which a later vote last took the place of an earlier one.
    """

    __tablename__ = "roll"
    __table_args__ = {"sqlite_with_rowid": False}

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    channel: Mapped[Channel] = mapped_column(code_column(Channel), default=Channel.INTERNET)
    voted_on: Mapped[date | None]
    replaced_on: Mapped[date | None]


class Envelope(Base):
    """A voter's sealed envelope under a handle that only the server's key makes; replaced until the close.

    `content` is gone where a paper ballot has taken its place; `replaced` counts how often it was exchanged before.
    """

    __tablename__ = "envelopes"
    __table_args__ = (
        CheckConstraint("length(handle) = 16", name="handle"),
        CheckConstraint("content IS NULL OR length(content) = 208", name="content"),
        CheckConstraint("replaced >= 0", name="replaced"),
        {"sqlite_with_rowid": False},
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    handle: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary(208))
    replaced: Mapped[int] = mapped_column(default=0)


class WaitingLeaf(Base):
    """The fingerprint of an accepted envelope that the next batch of the log takes up; in no order of arrival."""

    __tablename__ = "waiting_leaves"
    __table_args__ = (CheckConstraint("length(leaf) = 32", name="leaf"), {"sqlite_with_rowid": False})

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class LoggedLeaf(Base):
    """The fingerprint (SHA-256) of an accepted envelope in the public log (RFC 6962), sorted inside its batch.

    The database refuses to change or remove a row.
    """

    __tablename__ = "logged_leaves"
    __table_args__ = (CheckConstraint("length(leaf) = 32", name="leaf"), {"sqlite_with_rowid": False})

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogHead(Base):
    """A signed head of the log: so many leaves, this root, at this time; the last one also names the closed box."""

    __tablename__ = "log_heads"
    __table_args__ = (CheckConstraint("number >= 1 AND size >= 0", name="head"), {"sqlite_with_rowid": False})

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    box_sha256: Mapped[str | None] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))


class CountedBallot(Base):
    """A ballot out of the sorted file of the witnesses, in its order; `village` may be a group of small ones.

    Filled once, when two witnesses have found the same; before that nothing in the database says what anybody chose.
    """

    __tablename__ = "counted_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    village: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[str] = mapped_column(String(8), default="")
    choices: Mapped[list[int]] = mapped_column(JSON)


class CountedLeaf(Base):
    """The fingerprint of an envelope that was counted; the envelopes themselves are destroyed then."""

    __tablename__ = "counted_leaves"
    __table_args__ = (CheckConstraint("length(leaf) = 32", name="leaf"), {"sqlite_with_rowid": False})

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)

"""What `tests.bench_growth` measures in: a regency of twelve districts that fills up with proposals and supports."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, islice, product
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

from app.accounts.models import Person
from app.accounts.rules import card_number
from app.cycles.models import Cycle
from app.db.session import session
from app.moderation.models import Score
from app.moderation.rules.scoring import CODES
from app.plans.models import Misi
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.rules import Holder, Status
from app.regions.models import Region
from app.regions.rules import RegionKind, RegionLevel
from app.search.models import SearchDocument
from app.search.rules import places_of, terms_of
from tests import builders as b

PEOPLE, FIRST_PERSON, BATCH, SCORED = 20_000, 1_000_000, 5_000, 60
RARE_VILLAGE, RARE_WORD = "53.04.12.2001", "zamzam"
SYLLABLES = ("ba", "ko", "su", "ti", "ma", "re", "du", "lo")
USUAL = ("jalan", "jembatan", "irigasi", "tenun", "pipa")
# The usual words stand in about one text of five each, the others ever more seldom.
WORDS = [*USUAL, *("".join(parts) for parts in product(SYLLABLES, repeat=3))]
WORD_WEIGHTS = list(accumulate([1 / 100] * len(USUAL) + [1 / (place + 40) for place in range(len(WORDS) - len(USUAL))]))
VILLAGES = [b.MAKIR, b.KEWAR, b.TOHE, *(f"53.04.{n:02d}.2001" for n in range(4, 12)), RARE_VILLAGE]
VILLAGE_WEIGHTS = list(accumulate([8, 5, 5, *[10] * 8, 0.05]))
# In a thousand; what waits for moderators is shown to nobody else.
STATUSES = {
    Status.PUBLISHED: 760,
    Status.REJECTED: 80,
    Status.SHORTLISTED: 50,
    Status.MERGED: 30,
    Status.DEFERRED: 30,
    Status.SELECTED: 28,
    Status.SUBMITTED: 20,
    Status.ESCALATED: 1,
    Status.COMPLETED: 1,
}
STATUS_WEIGHTS = list(accumulate(STATUSES.values()))
# Among the first thousand are pages full of what is rare later, and of what waits: pages of both sizes show as much.
ALWAYS_THERE = 1_000
FIRST_ONES = {
    3: (RARE_VILLAGE, Status.PUBLISHED),
    5: (b.MAKIR, Status.ESCALATED),
    11: (b.TOHE, Status.PUBLISHED),
    **dict.fromkeys((9, 19, 29), (b.MAKIR, Status.SUBMITTED)),
    **dict.fromkeys((8, 18, 28), (b.KEWAR, Status.SUBMITTED)),
    **dict.fromkeys((2, 12, 22), (b.MAKIR, Status.SHORTLISTED)),
    **dict.fromkeys((4, 14, 24), (b.MAKIR, Status.REJECTED)),
}
SAID_FIRST = {3: " jembatan", 7: f" {RARE_WORD} jembatan", 11: " jembatan irigasi tenun"}
SUPPORTS = (0, 2, 5, 10, 33)  # ten on average
NUMBERS = "WITH RECURSIVE numbers(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM numbers WHERE k < 32) "
STEPS = """
    INSERT INTO proposal_timeline (proposal_id, event, status, at, actor_id, holder, held_until, reason, facts)
    SELECT id, :event, :status, written_at, author_id, holder, NULL, '', '{}' FROM proposals WHERE id >= :first"""
NEWS = """
    INSERT INTO news (kind, at, proposal_id, entry_id, count)
    SELECT 'step', at, proposal_id, id, 1 FROM proposal_timeline WHERE event = 'publish' AND proposal_id >= :first"""
TOPICS = """
    INSERT INTO news_topics (kind, ref, news_id) SELECT 'village', village_code, news.id
    FROM news JOIN proposals ON proposals.id = proposal_id WHERE proposal_id >= :first
    UNION ALL SELECT 'misi', CAST(misi_id AS VARCHAR(16)), news.id
    FROM news JOIN proposal_misi ON proposal_misi.proposal_id = news.proposal_id WHERE news.proposal_id >= :first"""
FOR_AUTHORS = """
    INSERT INTO news_for (person_id, news_id)
    SELECT author_id, news.id FROM news JOIN proposals ON proposals.id = proposal_id WHERE proposal_id >= :first"""
ANSWERED = """
    INSERT INTO service_answers (proposal_id, place, cycle_id, desk, district_code, days, is_in_time)
    SELECT id, 1, cycle_id, 'first_answer', district_code, id % 9, id % 9 < 8 FROM proposals WHERE id >= :first"""
BACKED = """
    INSERT INTO supports (person_id, proposal_id, cycle_id, at)
    SELECT :person + (id * 7 + k) % :people, id, cycle_id, written_at FROM proposals
    JOIN numbers ON k < support_count WHERE id >= :first"""
COUNTED = """
    INSERT INTO support_counts (proposal_id, cycle_id, count)
    SELECT id, cycle_id, support_count FROM proposals WHERE id >= :first"""


def world(url: str) -> Flask:
    """Regencies, districts, people, and a cycle with every phase open, in an empty database."""
    from app.factory import create_app
    from config import Settings

    app = create_app(Settings.for_tests(url))
    app.config.update(CLOCK=lambda: b.NOW, FIGURES_AGE=timedelta(minutes=1))
    with app.app_context():
        upgrade()
        b.make_world()
        session.add(Misi(regency_code=b.BELU, number=4, text="Yang belum dikerjakan siapa pun", short="Belum ada"))
        for number in (2, *range(4, 13)):
            _add_district(f"53.04.{number:02d}")
        for batch in _batches(_people()):
            session.execute(insert(Person), batch)
        session.commit()
    return app


def _add_district(code: str) -> None:
    place = {"latitude": -9.1, "longitude": 125.1}
    levels = (RegionLevel.DISTRICT, RegionKind.KECAMATAN), (RegionLevel.VILLAGE, RegionKind.DESA)
    for own, parent, (level, kind) in zip((code, f"{code}.2001"), (b.BELU, code), levels, strict=True):
        session.add(Region(code=own, level=level, kind=kind, name=f"Tempat {own}", parent_code=parent, **place))
        session.flush()


def _people() -> Iterator[dict[str, Any]]:
    for number in range(PEOPLE):
        yield {
            "id": FIRST_PERSON + number,
            "card_number": card_number(FIRST_PERSON + number),
            "name": f"Warga {number}",
            "village_code": VILLAGES[number % len(VILLAGES)],
            "level": 2,
            "registered_at": b.NOW - timedelta(days=90),
            "active_at": b.NOW,
        }


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def fill(app: Flask, first: int, last: int, seed: int = 4) -> None:
    """Proposals of these numbers, each newer than those before, with words, misi, steps, news and supports."""
    chance = random.Random(seed + first)
    app.extensions.pop("remembered", None)
    with app.app_context():
        _take_time()
        cycle = session.query(Cycle.id).filter_by(regency_code=b.BELU).scalar()
        misi = [row.id for row in session.query(Misi).filter_by(regency_code=b.BELU).order_by(Misi.number)]
        for batch in _batches(_proposal(number, cycle, chance) for number in range(first, last + 1)):
            session.execute(insert(Proposal), batch)
            served = [{"proposal_id": one["id"], "misi_id": misi[min(one["id"] % 6, 2)]} for one in batch]
            session.execute(insert(ProposalMisi), served)
            session.execute(insert(SearchDocument), [_document(one) for one in batch])
        for event, status in (("submit", "submitted"), ("publish", "published")):
            session.execute(text(STEPS), {"event": event, "status": status, "first": first})
        for copied in (NEWS, TOPICS, FOR_AUTHORS, ANSWERED, COUNTED):
            session.execute(text(copied), {"first": first})
        _back(first)
        if first == 1:
            _score()
        session.commit()
        _refresh()


def _proposal(number: int, cycle: int, chance: random.Random) -> dict[str, Any]:
    since = b.NOW - timedelta(days=2) + timedelta(seconds=number)
    status = chance.choices(list(STATUSES), cum_weights=STATUS_WEIGHTS)[0]
    village = chance.choices(VILLAGES, cum_weights=VILLAGE_WEIGHTS)[0]
    is_first = number <= ALWAYS_THERE
    if is_first:
        village, status = FIRST_ONES.get(number % 40, (village, Status.PUBLISHED))
    waits = status is Status.SUBMITTED
    said = SAID_FIRST.get(number % 40, "") if is_first else ""
    return {
        "id": number,
        "number": f"BLU-28-{number:05d}",
        "regency_code": b.BELU,
        "cycle_id": cycle,
        "village_code": village,
        "author_id": FIRST_PERSON + number % PEOPLE,
        "form_key": f"bench-{number}",
        "title": _words(chance, 6).capitalize() + said,
        "problem": _words(chance, 25),
        "work": _words(chance, 25),
        "hamlet": f"Dusun {number % 40}",
        "volume": 10,
        "unit": "meter",
        "estimate": 1_000_000 * (number % 300 + 1),
        "beneficiaries": 100,
        "status": status,
        "holder": Holder.MODERATOR if waits else Holder.NOBODY,
        "held_since": since,
        "held_until": since + timedelta(days=7) if waits else None,
        "written_at": since,
        "public_since": None if waits else since,
        "support_count": chance.choice(SUPPORTS),
    }


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WORD_WEIGHTS, k=count))


def _document(proposal: dict[str, Any]) -> dict[str, Any]:
    said = " ".join(proposal[column] for column in ("title", "problem", "work", "hamlet"))
    places = places_of("proposal", proposal["village_code"])
    return {"kind": "proposal", "ref_id": proposal["id"], "terms": " ".join(terms_of(said)), "places": places}


def _back(first: int) -> None:
    names = {"person": FIRST_PERSON, "people": PEOPLE, "first": first}
    session.execute(text(NUMBERS + BACKED), names)


def _score() -> None:
    """As many as a district can assess, however many more come."""
    scored = session.query(Proposal.id).filter(Proposal.village_code.in_((b.MAKIR, b.KEWAR)))
    points = [
        {"proposal_id": row.id, "code": code, "assessor_id": FIRST_PERSON + who, "points": 3, "at": b.NOW}
        for row in scored.order_by(Proposal.id).limit(SCORED)
        for code in CODES
        for who in range(2)
    ]
    session.execute(insert(Score), points)


def _take_time() -> None:
    """A request may ask the server for five seconds, filling takes longer."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))


def _refresh() -> None:
    """What actions or the server's own worker do: the index of SQLite, the statistics of PostgreSQL."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))
        session.commit()
        return
    with session.get_bind().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))

"""python -m tests.bench_growth [PROPOSALS] [SUPPORTS]: what grows with the number of proposals, as ratios.

Processor time of each page at PROPOSALS (100,000) against 1,000, the least of several tries each; the support is an
action in a transaction. On SQLite; with DATABASE_URL on an empty database of one's choice (there the server's own time
is not counted, so the time on the wall stands beside it).
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextvars import Context
from datetime import timedelta
from itertools import islice, product
from typing import Any

from flask import Flask
from flask_migrate import upgrade

SMALL, LARGE, SUPPORTS, PEOPLE = 1_000, 100_000, 1_000_000, 20_000
TRIES, GOAL, BATCH = 25, 2.0, 5_000
SYLLABLES = ("ba", "ko", "su", "ti", "ma", "re", "du", "lo")
# A few words of proposals among some hundreds of others, so that a usual one stands in one text of ten.
WORDS = ["jalan", "jembatan", "pipa", "irigasi", "tenun", *("".join(parts) for parts in product(SYLLABLES, repeat=3))]


def world(url: str) -> Flask:
    """Two regencies, a cycle with every phase open, and staff, in an empty database."""
    from app.db.session import session
    from app.factory import create_app
    from config import Settings
    from tests import builders as b

    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: b.NOW
    with app.app_context():
        upgrade()
        b.make_world()
        session.commit()
    return app


def add_people(app: Flask, count: int) -> tuple[int, ...]:
    from sqlalchemy import insert

    from app.accounts.models import Person
    from app.accounts.rules import card_number
    from app.db.session import session
    from tests import builders as b

    with app.app_context():
        first = 1_000_000
        rows = (
            {
                "id": first + n,
                "card_number": card_number(first + n),
                "name": f"Warga {n}",
                "village_code": (b.MAKIR, b.KEWAR, b.TOHE)[n % 3],
                "level": 2,
                "registered_at": b.NOW - timedelta(days=90),
                "active_at": b.NOW,
            }
            for n in range(count)
        )
        for batch in batches(rows):
            session.execute(insert(Person), batch)
        session.commit()
    return tuple(range(first, first + count))


def batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def add_proposals(app: Flask, first: int, count: int, people: tuple[int, ...], chance: random.Random) -> None:
    """Published ones, and one in fifty that waits for a moderator; each with its misi and its words in the index."""
    from sqlalchemy import insert, text

    from app.cycles.models import Cycle
    from app.db.session import session
    from app.plans.models import Misi
    from app.proposals.models import Proposal, ProposalMisi
    from app.proposals.rules import Holder, Status
    from app.search.models import SearchDocument
    from tests import builders as b

    with app.app_context():
        cycle = session.query(Cycle.id).filter_by(regency_code=b.BELU).scalar()
        misi = [row.id for row in session.query(Misi).filter_by(regency_code=b.BELU)]

        def row(number: int) -> dict[str, Any]:
            waits, since = number % 50 == 0, b.NOW - timedelta(seconds=number)
            return {
                "id": number,
                "number": f"BLU-28-{number:05d}",
                "regency_code": b.BELU,
                "cycle_id": cycle,
                "village_code": (b.MAKIR, b.KEWAR, b.TOHE)[number % 3],
                "author_id": people[number % len(people)],
                "form_key": f"bench-{number}",
                "title": " ".join(chance.choices(WORDS, k=6)).capitalize(),
                "problem": " ".join(chance.choices(WORDS, k=25)),
                "work": " ".join(chance.choices(WORDS, k=25)),
                "hamlet": f"Dusun {number % 40}",
                "volume": 10,
                "unit": "meter",
                "estimate": 1_000_000 * (number % 300 + 1),
                "beneficiaries": 100,
                "status": Status.SUBMITTED if waits else Status.PUBLISHED,
                "holder": Holder.MODERATOR if waits else Holder.NOBODY,
                "held_since": since,
                "held_until": since + timedelta(days=7) if waits else None,
                "written_at": since,
                "public_since": None if waits else since,
                "support_count": 0,
            }

        for batch in batches(row(number) for number in range(first, first + count)):
            session.execute(insert(Proposal), batch)
            numbers = [one["id"] for one in batch]
            session.execute(insert(ProposalMisi), [{"proposal_id": n, "misi_id": misi[n % 3]} for n in numbers])
            session.execute(insert(SearchDocument), [words_of(one) for one in batch])
            session.commit()
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))
            session.commit()


def words_of(proposal: dict[str, Any]) -> dict[str, Any]:
    from app.search.rules import terms_of

    said = " ".join(proposal[column] for column in ("title", "problem", "work", "hamlet"))
    return {"kind": "proposal", "ref_id": proposal["id"], "terms": " ".join(terms_of(said))}


def add_supports(app: Flask, count: int, proposals: int, people: tuple[int, ...]) -> None:
    from sqlalchemy import insert, text

    from app.cycles.models import Cycle
    from app.db.session import session
    from app.discussion.models import Support
    from tests import builders as b

    with app.app_context():
        cycle = session.query(Cycle.id).filter_by(regency_code=b.BELU).scalar()
        each = count // proposals
        rows = (
            {"person_id": people[(number * 7 + k) % len(people)], "proposal_id": number, "cycle_id": cycle, "at": b.NOW}
            for number in range(1, proposals + 1)
            for k in range(each)
        )
        for batch in batches(rows):
            session.execute(insert(Support), batch)
        session.execute(text("UPDATE proposals SET support_count = :each"), {"each": each})
        counts = "INSERT INTO support_counts (proposal_id, cycle_id, count) SELECT id, cycle_id, :each FROM proposals"
        session.execute(text("DELETE FROM support_counts"))
        session.execute(text(counts), {"each": each})
        session.commit()


def acts(app: Flask, people: tuple[int, ...]) -> dict[str, Callable[[], None]]:
    """What is timed, by name."""
    from app.db.session import session
    from app.db.transaction import transaction
    from app.discussion import actions as discussion
    from app.kernel.actor import Role
    from app.proposals.models import Proposal
    from tests import builders as b
    from tests.client import signed_in

    with app.app_context(), transaction():
        moderator = b.person_of(b.make_staff(Role.MODERATOR, b.BELU))
        cookie = signed_in(app, moderator)

    def get(path: str, *, staff: bool = False) -> Callable[[], None]:
        client = app.test_client(use_cookies=staff)
        if staff:
            with client.session_transaction() as kept:
                kept.update(cookie)

        def ask() -> None:
            answer = Context().run(client.get, path)
            assert answer.status_code == 200, (path, answer.status_code)

        return ask

    fresh = iter(people)

    def support() -> None:
        with app.app_context(), transaction():
            proposal = session.get(Proposal, 501)
            assert proposal is not None
            discussion.support(b.actor_of(session.get(type(moderator), next(fresh))), proposal, b.NOW)  # type: ignore[arg-type]

    return {
        "list, newest": get("/belu/usulan"),
        "list, most supported": get("/belu/usulan?urut=dukungan"),
        "list, one misi": get("/belu/usulan?misi=3"),
        "list, one village": get(f"/belu/usulan?desa={b.TOHE}"),
        "list, one kecamatan": get(f"/belu/usulan?kecamatan={b.LAMAKNEN}"),
        "list, one status": get("/belu/usulan?status=published"),
        "search, three words": get("/belu/usulan?q=jembatan+irigasi+tenun"),
        "search, one word": get("/belu/usulan?q=jembatan"),
        "proposal": get("/belu/usulan/BLU-28-00501"),
        "queue": get("/meja/", staff=True),
        "support": support,
    }


def least(act: Callable[[], None]) -> tuple[float, float]:
    """The least processor time and the least time on the wall, in ms."""
    taken = []
    for _ in range(TRIES):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        taken.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(cpu for cpu, _ in taken) * 1000, min(wall for _, wall in taken) * 1000


def main() -> int:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    supports = int(sys.argv[2]) if len(sys.argv) > 2 else SUPPORTS * large // LARGE
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        app = world(os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/growth.sqlite")
        people = add_people(app, PEOPLE)
        add_proposals(app, 1, SMALL, people, chance)
        add_supports(app, supports * SMALL // large, SMALL, people)
        timed = acts(app, tuple(reversed(people)))
        before = {name: least(act) for name, act in timed.items()}
        add_proposals(app, SMALL + 1, large - SMALL, people, chance)
        with app.app_context():
            from sqlalchemy import text

            from app.db.session import session

            session.execute(text("DELETE FROM supports"))
            session.commit()
        add_supports(app, supports, large, people)
        with app.app_context():
            session.execute(text("ANALYZE"))
            session.commit()
        after = {name: least(act) for name, act in timed.items()}
    print(f"{large:,} proposals and {supports:,} supports against {SMALL:,}; goal: at most {GOAL} x")
    for name in timed:
        cpu, wall = (now / then for now, then in zip(after[name], before[name], strict=True))
        then, now = before[name][0], after[name][0]
        print(f"{name:24} {then:7.1f} ms -> {now:7.1f} ms  x {cpu:5.2f}   on the wall x {wall:5.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

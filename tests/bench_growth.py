"""python -m tests.bench_growth [--engine postgresql] [PROPOSALS]: what grows with the proposals, as ratios.

Processor time of pages and acts at PROPOSALS (100,000, each with ten supports) against 1,000: of this process and,
with PostgreSQL, of the server's as well; the least of several tries, and how many statements each sends.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from app.accounts.models import Person
from app.db.session import db, session
from app.db.transaction import transaction
from app.discussion import actions as discussion
from app.discussion.rules.follows import Topic
from app.kernel.actor import Role
from app.proposals.models import Proposal
from tests import builders as b
from tests import engines
from tests.bench_growth_world import FIRST_PERSON, PEOPLE, RARE_VILLAGE, RARE_WORD, fill, world
from tests.client import signed_in

SMALL, LARGE, TRIES, GOAL, MOST_STATEMENTS = 1_000, 100_000, 25, 2.0, 8
UNCOUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
PROPOSAL = 501
# Both sizes hold the rows of these pages.
DEEP = int((b.NOW.timestamp() - 2 * 86_400 + 400) * 1_000_000)
USUAL = "jembatan+irigasi+tenun"
PAGES = {
    "list, newest": "/belu/usulan",
    "list, most supported": "/belu/usulan?urut=dukungan",
    "list, one misi": "/belu/usulan?misi=1",
    "list, a misi nobody serves": "/belu/usulan?misi=4",
    "list, one misi, supported": "/belu/usulan?misi=1&urut=dukungan",
    "list, one village": f"/belu/usulan?desa={b.TOHE}",
    "list, one village, supported": f"/belu/usulan?desa={b.TOHE}&urut=dukungan",
    "list, a quiet village": f"/belu/usulan?desa={RARE_VILLAGE}",
    "list, one kecamatan": f"/belu/usulan?kecamatan={b.LAMAKNEN}",
    "list, kecamatan, supported": f"/belu/usulan?kecamatan={b.LAMAKNEN}&urut=dukungan",
    "list, a quiet kecamatan": f"/belu/usulan?kecamatan={RARE_VILLAGE[:8]}",
    "list, usual status": "/belu/usulan?status=published",
    "list, status set aside": "/belu/usulan?status=rejected",
    "list, rare status": "/belu/usulan?status=escalated",
    "list, rare status, supported": "/belu/usulan?status=escalated&urut=dukungan",
    "list, status nobody has": "/belu/usulan?status=routed",
    "list, village and status": f"/belu/usulan?desa={b.MAKIR}&status=shortlisted",
    "list, kecamatan, status, misi": f"/belu/usulan?kecamatan={b.LAMAKNEN}&status=shortlisted&misi=2",
    "list, all four": f"/belu/usulan?kecamatan={b.LAMAKNEN}&status=shortlisted&misi=2&urut=dukungan",
    "list, deep page": f"/belu/usulan?setelah={DEEP}-400",
    "list, village, deep page": f"/belu/usulan?desa={b.MAKIR}&setelah={DEEP}-400",
    "search, one usual word": "/belu/usulan?q=jembatan",
    "search, two usual words": "/belu/usulan?q=jembatan+irigasi",
    "search, three usual words": f"/belu/usulan?q={USUAL}",
    "search, three, supported": f"/belu/usulan?q={USUAL}&urut=dukungan",
    "search, rare word": f"/belu/usulan?q={RARE_WORD}",
    "search, usual and rare": f"/belu/usulan?q=jembatan+{RARE_WORD}",
    "search, rare, usual beginning": f"/belu/usulan?q={RARE_WORD}+jem",
    "search, two letters": "/belu/usulan?q=ba",
    "search, no hit": "/belu/usulan?q=lokomotif",
    "search, word and no hit": "/belu/usulan?q=jembatan+lokomotif",
    "search, in a village": f"/belu/usulan?q=jembatan&desa={b.TOHE}",
    "search, in a quiet village": f"/belu/usulan?q=jembatan&desa={RARE_VILLAGE}",
    "proposal": f"/belu/usulan/BLU-28-{PROPOSAL:05d}",
    "home": "/belu/",
    "village": f"/belu/desa/{b.TOHE}",
    "misi": "/belu/misi",
    "one misi": "/belu/misi/3",
    "map": "/belu/peta",
    "service": "/belu/layanan",
    "ranking": f"/belu/peringkat?kecamatan={b.LAMAKNEN}",
}
STAFF_PAGES = {
    "queue": "/meja/",
    "queue, late": "/meja/?terlambat=1",
    "queue, nobody's": "/meja/?pegang=bebas",
    "queue, published": "/meja/?status=published",
    "queue, one village": f"/meja/?tempat={b.KEWAR}",
    "on the desk": f"/meja/BLU-28-{PROPOSAL:05d}",
}
Act = Callable[[], None]


def acts(app: Flask) -> dict[str, Act]:
    """What is timed, by name."""
    with app.app_context(), transaction():
        regency = signed_in(app, b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
        district = signed_in(app, b.person_of(b.make_staff(Role.MODERATOR, b.LAMAKNEN)))
        reader = session.get_one(Person, FIRST_PERSON + 1)
        for topic, ref in ((Topic.VILLAGE, b.KEWAR), (Topic.MISI, "1")):
            discussion.follow(b.actor_of(reader), topic, ref, b.BELU, b.NOW)
        inbox = signed_in(app, reader)
    pages = {name: partial(_get, app.test_client(use_cookies=False), path) for name, path in PAGES.items()}
    pages |= {name: _signed(app, regency, path) for name, path in STAFF_PAGES.items()}
    pages["queue of one kecamatan"] = _signed(app, district, "/meja/")
    pages["proposal, signed in"] = _signed(app, inbox, PAGES["proposal"])
    pages["inbox"] = _signed(app, inbox, "/kotak-masuk")
    pages["follows"] = _signed(app, inbox, "/akun/ikuti")
    # Half of them back it already.
    backs = iter(range(FIRST_PERSON, FIRST_PERSON + PEOPLE))
    leaves = iter(range(FIRST_PERSON, FIRST_PERSON + PEOPLE))
    pages["support"] = lambda: _change(app, discussion.support, next(backs))
    pages["take support back"] = lambda: _change(app, discussion.take_back, next(leaves))
    return pages


def _signed(app: Flask, cookie: dict[str, Any], path: str) -> Act:
    client = app.test_client()
    with client.session_transaction() as kept:
        kept.update(cookie)
    return partial(_get, client, path)


def _get(client: Any, path: str) -> None:
    answer = Context().run(client.get, path)
    assert answer.status_code == 200, (path, answer.status_code)


def _change(app: Flask, change: Callable[..., Any], person_id: int) -> None:
    with app.app_context(), transaction():
        change(b.actor_of(session.get_one(Person, person_id)), session.get_one(Proposal, PROPOSAL), b.NOW)


def least(act: Act, server: Callable[[], float]) -> tuple[float, int]:
    """The least processor time in ms, and the statements sent."""
    act()
    with counted() as sent:
        act()
    taken = []
    for _ in range(TRIES):
        start = time.process_time() + server()
        act()
        taken.append(time.process_time() + server() - start)
    return min(taken) * 1000, len(sent)


@contextmanager
def counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(UNCOUNTED):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def server_time(app: Flask) -> Callable[[], float]:
    """Asks for the seconds that the server has worked for this process; zero without one on this machine."""
    with app.app_context():
        if session.get_bind().dialect.name == "sqlite":
            return lambda: 0.0
        asked = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        files = [Path(f"/proc/{pid}/schedstat") for pid in session.scalars(text(asked))]
    return lambda: sum(int(file.read_text().split()[0]) for file in files) / 1e9


def measure(app: Flask, timed: dict[str, Act]) -> dict[str, tuple[float, int]]:
    server = server_time(app)
    return {name: least(act, server) for name, act in timed.items()}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("proposals", type=int, nargs="?", default=LARGE)
    given = parser.parse_args()
    if given.engine == "postgresql":
        with engines.postgres_server() as server:
            return compare(engines.PostgresDatabases(server), given.proposals)
    with tempfile.TemporaryDirectory() as folder:
        return compare(engines.SqliteFiles(Path(folder)), given.proposals)


def compare(databases: engines.Databases, large: int) -> int:
    url = databases.empty()
    app = world(url)
    fill(app, 1, SMALL)
    timed = acts(app)
    before = measure(app, timed)
    fill(app, SMALL + 1, large)
    after = measure(app, timed)
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)
    print(f"{large:,} proposals against {SMALL:,}; goal: at most {GOAL} x and {MOST_STATEMENTS} statements")
    for name, (now, statements) in after.items():
        then, ratio = before[name][0], now / before[name][0]
        miss = "" if ratio <= GOAL and statements <= MOST_STATEMENTS else "  <--"
        print(f"{name:30} {then:6.1f} ms -> {now:6.1f} ms  x {ratio:5.2f}  {statements:2} statements{miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

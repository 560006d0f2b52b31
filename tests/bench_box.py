"""The sealed box in figures: sealing, opening, recounting a package, and what it costs to cast one ballot.

Cases for tests/bench_voting.py; casting is asked of a database, SQLite or the PostgreSQL of DATABASE_URL.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextvars import Context
from pathlib import Path
from random import Random

os.environ.setdefault("MUFAKAT_ENV", "test")

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.vault import seal_envelope
from app.voting.rules.package.packing import pack
from app.voting.rules.sealed.contents import content_of
from tests.voting.boxes import PUBLIC, box, write_box
from tests.voting.packages import ENCLOSED, HITUNG_ULANG, make_files
from tests.voting.scripts import SAKSI

Ballot = tuple[str, tuple[int, ...]]
MOST_STATEMENTS, MOST_HELLO = 8, 8
ROUNDS, BLOCK_SECONDS = 9, 0.06
UNCOUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def sealing(times: int, _options: int) -> Callable[[], object]:
    """As the server does it for each ballot."""
    content = content_of([1, 2, 3], "0" * 16, "53.04.01.2005")
    return lambda: [seal_envelope(PUBLIC, content) for _number in range(times)]


def choices(luck: Random, options: int) -> tuple[int, ...]:
    return tuple(sorted({min(luck.randint(1, options), luck.randint(1, options)) for _ in range(3)}))


# Programs of their own: their processor seconds and megabytes are asked of the kernel.


def opening(ballots: int, options: int) -> tuple[float, int]:
    """saksi.py buka."""
    luck = Random(ballots)
    villages = [f"53.04.01.20{number:02d}" for number in (1, 2, 3)]
    papers: list[Ballot] = [(luck.choice(villages), choices(luck, options)) for _number in range(ballots)]
    with tempfile.TemporaryDirectory() as folder:
        write_box(Path(folder), box(papers, options=options))
        return spent([str(SAKSI), "buka", "kotak.zip", "bagian-1.txt", "bagian-2.txt"], Path(folder))


def recounting(ballots: int, options: int) -> tuple[float, int]:
    """hitung_ulang.py of a package with equal shares, five options and five villages."""
    luck = Random(ballots)
    villages = [f"53.04.01.20{number:02d}" for number in range(1, 6)]
    papers = [
        (luck.choice(villages), choices(luck, options), luck.choice(("internet", "internet", "paper")))
        for _number in range(ballots)
    ]
    eligible = {"villages": [{"code": code, "name": code, "eligible": ballots} for code in villages]}
    files, _counted = make_files(papers, **eligible)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paket-hasil.zip").write_bytes(pack(files | ENCLOSED))
        return spent(["-I", "-S", str(HITUNG_ULANG), "paket-hasil.zip"], Path(folder))


def spent(arguments: list[str], folder: Path) -> tuple[float, int]:
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


# Casting


def casting(rounds: int = ROUNDS) -> tuple[int, float, float]:
    """Statements of one cast, its processor time as a multiple of Flask's hello, and the milliseconds of it."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app, address, cookie, form = _voter(url)
        client, base = app.test_client(), _hello().test_client()
        client.set_cookie("sesi", cookie)

        def cast() -> None:
            answer = Context().run(client.post, address, data=form)
            assert answer.status_code == 303, answer.text

        cast()
        sent: list[str] = []

        def note(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
            if not text.startswith(UNCOUNTED):
                sent.append(text)

        event.listen(Engine, "before_cursor_execute", note)
        cast()
        event.remove(Engine, "before_cursor_execute", note)
        if os.environ.get("SHOW"):
            print("\n".join(" ".join(text.split())[:200] for text in sent), file=sys.stderr)
        pairs = [(_cpu(cast), _cpu(lambda: Context().run(base.get, "/"))) for _round in range(rounds)]
        return len(sent), statistics.median(a / b for a, b in pairs), 1000 * statistics.median(a for a, _b in pairs)


def _voter(url: str) -> tuple[Flask, str, str, dict[str, object]]:
    """The application on this empty database, and what the browser of somebody who may vote sends."""
    from app.db.transaction import transaction
    from app.factory import create_app
    from config import Settings
    from tests import builders as b
    from tests.client import Visitor

    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: b.NOW
    with app.app_context():
        upgrade()
        with transaction():
            b.make_world()
            contest, voter = b.make_contest(), b.make_person(attested=True)
        app.test_client_class = Visitor
        visitor = app.test_client()
        assert isinstance(visitor, Visitor)
        with transaction():
            visitor.sign_in(voter)
        ballot = f"/belu/pilih/{contest.id}"
        confirm = visitor.submit(ballot, {"choices": ["1", "2"]})
        _action, form = visitor._form(confirm.text, f"{ballot}/masukkan")
        cookie = visitor.get_cookie("sesi")
        assert cookie is not None
    app.test_client_class = None
    return app, f"{ballot}/masukkan", cookie.value, form | {"choices": ["1", "2"]}


def _hello() -> Flask:
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    return hello


def _cpu(act: Callable[[], object]) -> float:
    calls, start = 0, time.process_time()
    while (used := time.process_time() - start) < BLOCK_SECONDS:
        act()
        calls += 1
    return used / calls


if __name__ == "__main__":
    print(json.dumps(casting()))

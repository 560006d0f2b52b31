"""make bench: what the main pages weigh and cost, on the demonstration's data, as figures that hold on a noisy machine.

Bytes are brotli 5, as they are sent. Cost is processor time in process, as a ratio to an empty Flask view.
"""

import ast
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextvars import Context
from pathlib import Path

import brotli
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event
from sqlalchemy.engine import Engine

ROUNDS, BLOCK_SECONDS = 9, 0.06
UNCOUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def demonstration(url: str, folder: str) -> Flask:
    """The application with the demonstration loaded into an empty database; its accounts are kept in the folder."""
    from app.factory import create_app
    from config import Settings

    app = create_app(Settings.for_tests(url))
    app.instance_path = folder
    with app.app_context():
        upgrade()
    runner = app.test_cli_runner()
    for command in ("regions import", "plans import", "innovations import", "maturity import", "demo load"):
        outcome = runner.invoke(args=command.split())
        if outcome.exit_code:
            raise SystemExit(f"flask {command}: {outcome.output}")
    return app


def pages(app: Flask) -> dict[str, tuple[str, int | None]]:
    """Name to address and the id of the person who looks (None: anyone)."""
    from app.accounts.models import Person
    from app.db.session import session
    from app.kernel.actor import Level
    from app.proposals.models import Proposal
    from app.voting.models import Contest
    from app.voting.rules.contest import ContestStatus

    with app.app_context():
        proposal = session.query(Proposal).filter(Proposal.support_count > 0).order_by(Proposal.support_count.desc())
        contest = session.query(Contest).filter_by(status=ContestStatus.OPENED).order_by(Contest.id).first()
        assert contest is not None
        number = proposal.first().number  # type: ignore[union-attr]
        from app.voting.models import RollEntry

        voted = session.query(RollEntry.person_id).filter_by(contest_id=contest.id)
        voter = (
            session.query(Person)
            .filter(Person.village_code.startswith(contest.region_code), Person.level == Level.ATTESTED)
            .filter(Person.id.not_in(voted))
            .order_by(Person.id)
            .first()
        )
        assert voter is not None
        return {
            "home": ("/belu/", None),
            "list": ("/belu/usulan", None),
            "proposal": (f"/belu/usulan/{number}", None),
            "ballot": (f"/belu/pilih/{contest.id}", voter.id),
            "board": ("/belu/inovasi", None),
        }


def cpu(act: Callable[[], object]) -> float:
    """Processor seconds of one call, from a block of calls."""
    calls, start = 0, time.process_time()
    while (spent := time.process_time() - start) < BLOCK_SECONDS:
        act()
        calls += 1
    return spent / calls


def measure(app: Flask) -> list[tuple[str, int, int, int, float]]:
    from app.accounts.queries import get_person
    from app.db.transaction import transaction
    from tests.client import signed_in

    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    base = hello.test_client()
    rows = []
    for name, (address, person) in pages(app).items():
        client = app.test_client()
        if person:
            with app.app_context(), transaction(), client.session_transaction() as cookie:
                cookie.update(signed_in(app, get_person(person)))

        def get(client=client, address=address):
            return Context().run(client.get, address)

        sent: list[str] = []

        def note(connection, cursor, text, *rest, sent=sent):
            if not text.startswith(UNCOUNTED):
                sent.append(text)

        get()
        event.listen(Engine, "before_cursor_execute", note)
        page = get()
        event.remove(Engine, "before_cursor_execute", note)
        assert page.status_code == 200, f"{address}: {page.status_code}"
        ratios = [cpu(get) / cpu(lambda: Context().run(base.get, "/")) for _ in range(ROUNDS)]
        html = page.data
        rows.append((name, len(html), len(brotli.compress(html, quality=5)), len(sent), statistics.median(ratios)))
    return rows


def sizes() -> dict[str, list[int]]:
    """Lines per module and per function of app/, blank lines and docstrings included."""
    files, functions = [], []
    for path in sorted((Path(__file__).parents[1] / "app").rglob("*.py")):
        text = path.read_text("utf-8")
        files.append(len(text.splitlines()))
        nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        functions += [(node.end_lineno or node.lineno) - node.lineno + 1 for node in nodes]
    return {"file": files, "function": functions}


def main() -> int:
    for name, lines in sizes().items():
        nine_of_ten = statistics.quantiles(lines, n=10)[-1]
        print(f"lines per {name}: median {statistics.median(lines):.0f}, p90 {nine_of_ten:.0f}, max {max(lines)}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("MUFAKAT_ENV", "test")
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app = demonstration(url, folder)
        rows = measure(app)
    print(f"{'page':10} {'HTML':>8} {'brotli':>8} {'queries':>8} {'x hello':>8}")
    for name, raw, packed, sent, ratio in rows:
        print(f"{name:10} {raw:8} {packed:8} {sent:8} {ratio:8.1f}")
    over = [name for name, _raw, packed, sent, _ratio in rows if packed > 4096 or sent > 8]
    if over:
        print(f"Over the budget of 4096 bytes or 8 queries: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())

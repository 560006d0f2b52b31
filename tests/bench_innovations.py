"""python -m tests.bench_innovations [--engine postgresql] [INNOVATIONS]: the registry's import, and what grows with it.

Seconds for reading and importing INNOVATIONS (5,000) as CSV and as XLSX, twice; then processor time of the board's
pages at INNOVATIONS against 50, with twelve measurements on each of them, as `tests.bench_growth` measures it.
"""

import argparse
import csv
import io
import random
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from openpyxl import Workbook

from app.db.session import db, session
from app.db.transaction import transaction
from app.factory import create_app
from app.innovations import actions
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.rules.registry import COLUMNS
from app.plans.models import Misi
from config import Settings
from tests import builders as b
from tests import engines
from tests.bench_growth import GOAL, MOST_STATEMENTS, Act, _get, measure
from tests.bench_monitoring import judge, measure_all

SMALL, LARGE, GOAL_SECONDS = 50, 5_000, 30
# The page of one innovation has a panel of every room above.
ONE, MOST_ON_ONE = "one innovation", 12
HEAD = (*COLUMNS, "agency", "village_code", "affair", "trial_on", "applied_on", "design")
STAGES = (
    "IDEA",
    "CURATION",
    "PROPOSAL",
    "ASSESSED",
    "TRIAL",
    "EVALUATION",
    "ADOPTED",
    "INSTITUTIONALISED",
    "REPLICATING",
)
WORDS = "posyandu perahu kebun pasar sampah sumur antrean sekolah puskesmas nelayan tani air surat kolam lada".split()
BOARD = "/belitung-timur/inovasi"
PAGES = {
    "board": BOARD,
    "board, pillar": f"{BOARD}?pilar=2",
    "board, misi": f"{BOARD}?misi=2",
    "board, agency": f"{BOARD}?dinas=1",
    "board, kecamatan": f"{BOARD}?kecamatan=19.06.01",
    "board, at risk": f"{BOARD}?risiko=no_agency",
    "board, light": f"{BOARD}?lampu=red",
    "board, longest waiting": f"{BOARD}?urut=terlama",
    "board, most mature": f"{BOARD}?urut=kematangan",
    "board, longest at risk": f"{BOARD}?urut=risiko",
    "board, search": f"{BOARD}?q=posyandu+perahu",
    "lane": f"{BOARD}?tahap=gagasan",
    "lane, most mature": f"{BOARD}?tahap=gagasan&urut=kematangan",
    "stage": f"{BOARD}?tahap=trial",
    ONE: f"{BOARD}/BTM-I-0001",
    "embedded": f"{BOARD}/sematkan",
    "embedded, JSON": f"{BOARD}/sematkan.json",
}


def world(url: str) -> Flask:
    app = create_app(Settings.for_tests(url))
    app.config.update(CLOCK=lambda: b.NOW, FIGURES_AGE=timedelta(minutes=1))
    with app.app_context():
        upgrade()
    runner = app.test_cli_runner()
    for command in ("regions import", "plans import"):
        outcome = runner.invoke(args=command.split())
        assert outcome.exit_code == 0, outcome.output
    with app.app_context(), transaction():
        for number in (1, 2, 3):
            session.add(Misi(regency_code=b.BELTIM, number=number, text=f"Misi {number}", short=f"Misi {number}"))
    return app


def rows(app: Flask, many: int) -> list[list[str]]:
    from app.plans.queries import agencies_of
    from app.regions.queries import villages

    some = random.Random(7)
    with app.app_context():
        agencies = ["", *(one.short_name for one in agencies_of(b.BELTIM))]
        places = ["", *(one.code for one in villages(b.BELTIM))]
    return [_row(some, number, agencies, places) for number in range(many)]


def _row(some: random.Random, number: int, agencies: list[str], places: list[str]) -> list[str]:
    told = " ".join(some.choices(WORDS, k=12))
    stage = some.choice(STAGES)
    day = f"202{some.randint(3, 5)}-0{some.randint(1, 9)}-11" if stage > "E" else ""
    cells = [b.BELTIM, some.choice(["", "1", "2", "3", "4"]), f"{some.choice(WORDS).upper()} {number}", told[:60], told]
    design = " ".join(some.choices(WORDS, k=320))
    return [*cells, stage, "Daftar contoh", some.choice(agencies), some.choice(places), "kesehatan", day, day, design]


def as_csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *table])
    return text.getvalue().encode()


def as_workbook(table: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEAD, *table]:
        sheet.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def bring(app: Flask, path: Path) -> float:
    begun = time.perf_counter()
    outcome = app.test_cli_runner().invoke(args=["innovations", "import", str(path)])
    assert outcome.exit_code == 0, outcome.output[-2000:]
    return time.perf_counter() - begun


def adorn(app: Flask) -> None:
    """Give every innovation a misi and measurements, and two of three a score."""
    with app.app_context(), transaction():
        measure_all(b.BELTIM)
        misi = [one.id for one in session.query(Misi).filter_by(regency_code=b.BELTIM)]
        done = {row.innovation_id for row in session.query(InnovationMisi.innovation_id)}
        for (key,) in session.query(Innovation.id).order_by(Innovation.id).all():
            if key not in done:
                session.add(InnovationMisi(innovation_id=key, misi_id=misi[key % len(misi)]))
            if key % 3:
                actions.note_score(key, key * 37 % 112, b.NOW)
    judge(app)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("innovations", type=int, nargs="?", default=LARGE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.engine == "postgresql":
            with engines.postgres_server() as server:
                return compare(engines.PostgresDatabases(server), given.innovations, Path(folder))
        return compare(engines.SqliteFiles(Path(folder)), given.innovations, Path(folder))


def compare(databases: engines.Databases, large: int, folder: Path) -> int:
    url = databases.empty()
    app = world(url)
    table = rows(app, large)
    few, many, book = folder / "few.csv", folder / "many.csv", folder / "many.xlsx"
    few.write_bytes(as_csv(table[:SMALL]))
    many.write_bytes(as_csv(table))
    book.write_bytes(as_workbook(table))
    bring(app, few)
    adorn(app)
    timed: dict[str, Act] = {name: partial(_get, app.test_client(use_cookies=False), at) for name, at in PAGES.items()}
    before = measure(app, timed)
    seconds = {"new, CSV": bring(app, many), "known, CSV": bring(app, many), "known, XLSX": bring(app, book)}
    adorn(app)
    after = measure(app, timed)
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)
    print(f"import of {large:,} innovations with 320 words each; goal: at most {GOAL_SECONDS} s")
    for name, taken in seconds.items():
        print(f"{name:30} {taken:6.1f} s{'' if taken <= GOAL_SECONDS else '  <--'}")
    print(f"{large:,} innovations against {SMALL}; goal: at most {GOAL} x and {MOST_STATEMENTS} statements")
    for name, (now, statements) in after.items():
        then, ratio = before[name][0], now / before[name][0]
        most = MOST_ON_ONE if name == ONE else MOST_STATEMENTS
        miss = "" if ratio <= GOAL and statements <= most else "  <--"
        print(f"{name:30} {then:6.1f} ms -> {now:6.1f} ms  x {ratio:5.2f}  {statements:2} statements{miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

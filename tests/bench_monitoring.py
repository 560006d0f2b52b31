"""python -m tests.bench_monitoring [--engine postgresql] [INNOVATIONS]: judging everything, and the quarter's page.

Seconds that `flask monitoring recompute` takes with INNOVATIONS (5,000) and twelve measurements on each (60,000), the
first time and again; then statements and processor time of the overview of a quarter.
"""

import argparse
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, func, insert, select
from sqlalchemy.engine import Engine

from app.db.session import session
from app.db.transaction import transaction
from app.factory import create_app
from app.innovations.models import Innovation
from app.innovations.rules.progress import Progress
from app.innovations.rules.stages import Origin, Stage
from app.monitoring.models import Figure, Report, Standing
from app.monitoring.rules.reports import ReportStatus
from app.plans.queries import agencies_of, pillars_of
from app.rad.models import RadIndicator, RadTarget
from app.rad.rules.actions import Direction, Measure
from config import Settings
from tests import builders as b
from tests import engines

MANY, QUARTERS, GOAL_SECONDS, MOST_STATEMENTS = 5_000, 6, 20, 8
PAGES = ("/belu/rad/pantauan", "/belu/rad/pantauan?lampu=red", "/belu/rad/pantauan.csv")


def world(url: str, many: int) -> Flask:
    """So many innovations in use, each with two indicators, reported for six quarters."""
    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: b.NOW
    with app.app_context():
        upgrade()
    with app.app_context(), transaction():
        b.make_world()
        for number in range(1, 5):
            b.make_pillar(number, f"Pilar {number}")
        for number in range(30):
            b.make_agency(f"Dinas {number}")
        _fill(many)
    return app


def _fill(many: int) -> None:
    pillars = [one.id for one in pillars_of(b.BELU)]
    agencies = [one.id for one in agencies_of(b.BELU)]
    told = {"regency_code": b.BELU, "summary": "Contoh", "expansion": "", "initiator": "", "source": "contoh"}
    told |= {"origin": Origin.REGISTERED, "stage": Stage.ADOPTED, "stage_since": b.NOW, "registered_at": b.NOW}
    rows = [
        told
        | {
            "number": f"BLU-I-{place:05d}",
            "name": f"Inovasi {place}",
            "pillar_id": pillars[place % len(pillars)],
            "agency_id": agencies[place % len(agencies)],
        }
        for place in range(many)
    ]
    session.execute(insert(Innovation), rows)
    measure_all(b.BELU)


def measure_all(regency_code: str) -> None:
    """Two indicators and six reported quarters for every innovation that has none."""
    has = select(RadIndicator.innovation_id).where(RadIndicator.innovation_id == Innovation.id).exists()
    ids = session.scalars(select(Innovation.id).where(~has).order_by(Innovation.id)).all()
    last = session.scalar(select(func.max(RadIndicator.id))) or 0
    same = {"measure": Measure.OUTPUT, "unit": "orang", "direction": Direction.UP, "source": ""}
    same |= {"baseline": Decimal(0), "baseline_year": 2024}
    named = [same | {"innovation_id": key, "name": f"Indikator {place}"} for key in ids for place in range(2)]
    session.execute(insert(RadIndicator), named)
    asked = select(RadIndicator.id, RadIndicator.innovation_id).where(RadIndicator.id > last)
    indicators = session.execute(asked.order_by(RadIndicator.id)).all()
    targets = [
        {"indicator_id": key, "year": year, "value": Decimal(20 * (year - 2024))}
        for key, _innovation in indicators
        for year in range(2025, 2030)
    ]
    session.execute(insert(RadTarget), targets)
    _report(regency_code, ids, indicators)


def _report(regency_code: str, ids: list[int], indicators: list[tuple[int, int]]) -> None:
    quarters = [(2025 + place // 4, place % 4 + 1) for place in range(1, QUARTERS + 1)]
    same = {"regency_code": regency_code, "version": 1, "status": ReportStatus.SENT, "spent": 0, "obstacles": ""}
    same |= {"follow_up": "", "comment": "", "sent_at": b.NOW, "light": Progress.GREY, "physical": Decimal(50)}
    rows = [same | {"innovation_id": key, "year": year, "quarter": number} for key in ids for year, number in quarters]
    session.execute(insert(Report), rows)
    of_innovation: dict[int, list[int]] = {}
    for indicator_id, innovation_id in indicators:
        of_innovation.setdefault(innovation_id, []).append(indicator_id)
    reports = session.execute(select(Report.id, Report.innovation_id).order_by(Report.id)).all()
    figures = [
        {"report_id": report_id, "indicator_id": key, "value": Decimal(report_id % 50)}
        for report_id, innovation_id in reports
        if innovation_id in of_innovation
        for key in of_innovation[innovation_id]
    ]
    session.execute(insert(Figure), figures)


def judge(app: Flask) -> float:
    began = time.perf_counter()
    outcome = app.test_cli_runner().invoke(args=["monitoring", "recompute"])
    assert outcome.exit_code == 0, outcome.output
    return time.perf_counter() - began


def look(app: Flask, address: str) -> tuple[int, float]:
    """Statements, and the least processor time of five, in milliseconds."""
    sent: list[str] = []

    def note(_c: object, _u: object, text: str, *_rest: object) -> None:
        sent.append(text)

    times = []
    for _round in range(5):
        sent.clear()
        event.listen(Engine, "before_cursor_execute", note)
        began = time.process_time()
        assert app.test_client().get(address).status_code == 200, address
        times.append(time.process_time() - began)
        event.remove(Engine, "before_cursor_execute", note)
    return len([one for one in sent if one.startswith("SELECT")]), 1000 * min(times)


def run(url: str, many: int) -> bool:
    app = world(url, many)
    first, again = judge(app), judge(app)
    with app.app_context():
        assert len(session.scalars(select(Standing.id)).all()) == many
    good = max(first, again) <= GOAL_SECONDS
    print(f"recompute, {many} innovations: {first:.1f} s, again {again:.1f} s (goal {GOAL_SECONDS} s)")
    for address in PAGES:
        statements, spent = look(app, address)
        good = good and statements <= MOST_STATEMENTS
        print(f"{address}: {statements} statements (goal {MOST_STATEMENTS}), {spent:.0f} ms of processor time")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("many", nargs="?", type=int, default=MANY)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    if asked.engine == "sqlite":
        with tempfile.TemporaryDirectory() as place:
            good = run(f"sqlite:///{Path(place) / 'bench.sqlite'}", asked.many)
    else:
        with engines.postgres_server() as server:
            good = run(engines.PostgresDatabases(server).empty(), asked.many)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

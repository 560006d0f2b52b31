"""python -m tests.bench_roll [ROWS]: how fast a village roll goes in, in rows a second, twice (the second time nobody).

On SQLite, or on the empty database of DATABASE_URL; with both, on an engine of one's choice.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app.identity.rules.rolls import COLUMNS

ROWS, MOST_SECONDS = 10_000, 60
VILLAGE = "53.04.01.2005"


def write_roll(path: Path, rows: int) -> None:
    """A roll of adults with NIK and most of them with a phone."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(rows):
            day, month, year = number % 28 + 1, number // 28 % 12 + 1, 1950 + number // 336 % 50
            is_woman = number % 2
            nik = f"530401{day + 40 * is_woman:02d}{month:02d}{year % 100:02d}{number // 16_800 + 1:04d}"
            phone = f"0812{number:08d}" if number % 3 else ""
            row = (f"Warga {number}", nik, year, "LP"[is_woman], VILLAGE, f"Dusun {number % 9}", phone, "id", "ya")
            table.writerow(row)


def database(url: str) -> Flask:
    """The application with regions in an empty database."""
    from app.factory import create_app
    from config import Settings

    app = create_app(Settings.for_tests(url))
    with app.app_context():
        upgrade()
    run(app, "regions", "import")
    return app


def run(app: Flask, *arguments: str) -> str:
    outcome = app.test_cli_runner().invoke(args=list(arguments))
    if outcome.exit_code:
        raise SystemExit(f"flask {' '.join(arguments)}: {outcome.output}{outcome.exception or ''}")
    return outcome.output.strip().splitlines()[-1]


def main(rows: int = ROWS) -> int:
    os.environ.setdefault("MUFAKAT_ENV", "test")
    with tempfile.TemporaryDirectory() as folder:
        roll = Path(folder) / "roll.csv"
        write_roll(roll, rows)
        app = database(os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'roll.sqlite'}")
        slowest = 0.0
        for _round in range(2):
            start = time.monotonic()
            said = run(app, "identity", "import-roll", str(roll), "--source", "Musyawarah desa, daftar hadir")
            slowest = max(slowest, spent := time.monotonic() - start)
            print(f"{rows} rows in {spent:.1f} s, {rows / spent:.0f} rows/s: {said}")
    return int(slowest > MOST_SECONDS * rows / ROWS)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))

"""python -m tests.bench_voting: processor seconds and memory of counting and of the box, each case in its own process.

Casting a ballot is told in statements and as a multiple of Flask's hello, on SQLite and, where it is, PostgreSQL.
Voters choose up to three options, popular ones more often; costs and ceiling are such that about a third can be paid.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.voting.rules.completion import complete, usual_step
from app.voting.rules.elections import Election, gather
from app.voting.rules.equal_shares import equal_shares, even_shares
from app.voting.rules.methods import Method, count
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import election_of
from app.voting.rules.pabulib.tables import PbFile, Table
from app.voting.rules.pabulib.writing import write_pb
from app.voting.rules.robustness import robustness
from tests import engines
from tests.bench_box import MOST_HELLO, MOST_STATEMENTS, opening, recounting, sealing

Case = Callable[[], object]


def ballots(voters: int, options: int) -> tuple[list[int], int, list[set[int]]]:
    draw = random.Random(f"{voters} {options}")
    costs = [draw.randrange(20, 200) * 1_000_000 for _option in range(options)]
    popularity = [1 / (place + 1) ** 0.6 for place in range(options)]
    draw.shuffle(popularity)
    chosen = (draw.choices(range(options), popularity, k=draw.choice((1, 2, 3, 3))) for _voter in range(voters))
    return costs, sum(costs) // 3, [set(choices) for choices in chosen]


def election(voters: int, options: int) -> Election:
    costs, ceiling, papers = ballots(voters, options)
    return gather(costs, ceiling, papers)


def without_completion(voters: int, options: int) -> Case:
    found = election(voters, options)
    return lambda: equal_shares(found, even_shares(found))


def with_completion(voters: int, options: int) -> Case:
    found = election(voters, options)
    return lambda: complete(found, usual_step(found))


def firmness(voters: int, options: int) -> Case:
    found = election(voters, options)
    return lambda: robustness(found, lambda one: count(one, Method.EQUAL_SHARES).winners, "benih")


def recount(voters: int, options: int) -> Case:
    """From the bytes of a .pb file to the winners by both rules."""
    costs, ceiling, papers = ballots(voters, options)
    projects = tuple((str(option), str(cost)) for option, cost in enumerate(costs))
    votes = tuple((f"S{number}", ",".join(map(str, sorted(paper)))) for number, paper in enumerate(papers))
    file = PbFile(
        "",
        {"budget": str(ceiling), "vote_type": "approval"},
        Table(("project_id", "cost"), projects),
        Table(("voter_id", "vote"), votes),
    )
    path = Path(tempfile.mkdtemp()) / "contest.pb"
    path.write_bytes(write_pb(file))

    def act() -> None:
        found = election_of(read_pb(path.name, path.read_bytes())).election
        path.unlink()
        path.parent.rmdir()
        for method in (Method.MOST_VOTES, Method.EQUAL_SHARES):
            count(found, method)

    return act


# What is measured, with how many ballots and options, and the most seconds and megabytes it may take.
CASES = {
    "equal shares, completed": (with_completion, 5_000, 30, 1.5, 150),
    "equal shares alone": (without_completion, 100_000, 100, 1, 150),
    "equal shares, completed, large": (with_completion, 100_000, 100, 45, 150),
    "equal shares alone, huge": (without_completion, 500_000, 100, 5, 500),
    "recount of a .pb file": (recount, 100_000, 100, 90, 300),
    "200 recounts without 2 %": (firmness, 1_000, 20, 30, 150),
    "sealing": (sealing, 2_000, 3, 2, 150),
}
# Programs that people run, in processes of their own; their name, ballots, options, most seconds and megabytes.
PROGRAMS = {
    "saksi.py buka": (opening, 100_000, 30, 30, 600),
    "hitung_ulang.py": (recounting, 100_000, 5, 90, 300),
}


def measure(name: str) -> tuple[float, int]:
    """Processor seconds of the case without making its ballots, and the megabytes of all of it."""
    if name in PROGRAMS:
        run, voters, options, _seconds, _megabytes = PROGRAMS[name]
        return run(voters, options)
    prepare, voters, options, _seconds, _megabytes = CASES[name]
    act = prepare(voters, options)
    start = time.process_time()
    act()
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cast_everywhere() -> list[str]:
    """The figures of casting on both engines; the names of those that are over."""
    over = cast_on("SQLite", {})
    if engines.postgres_programs():
        with engines.postgres_server() as url:
            over += cast_on("PostgreSQL", {"DATABASE_URL": url})
    return over


def cast_on(engine: str, settings: dict[str, str]) -> list[str]:
    command = [sys.executable, "-m", "tests.bench_box"]
    environment = {**os.environ, "MUFAKAT_ENV": "test", **settings}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    statements, ratio, milliseconds = json.loads(said.splitlines()[-1])
    print(f"casting a ballot, {engine}: {statements} statements, {ratio:.1f} x hello, {milliseconds:.1f} ms")
    return [f"casting, {engine}"] if statements > MOST_STATEMENTS or ratio > MOST_HELLO else []


def main() -> int:
    if sys.argv[1:]:
        print(json.dumps(measure(sys.argv[1])))
        return 0
    over = []
    print(f"{'':32} {'ballots':>8} {'options':>8} {'seconds':>8} {'at most':>8} {'MB':>6} {'at most':>8}")
    for name, (_prepare, voters, options, most_seconds, most_megabytes) in (CASES | PROGRAMS).items():
        command = [sys.executable, "-m", "tests.bench_voting", name]
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, megabytes = json.loads(found)
        print(f"{name:32} {voters:8} {options:8} {seconds:8.2f} {most_seconds:8} {megabytes:6} {most_megabytes:8}")
        if seconds > most_seconds or megabytes > most_megabytes:
            over.append(name)
    over += cast_everywhere()
    if over:
        print(f"Over what it may take: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())

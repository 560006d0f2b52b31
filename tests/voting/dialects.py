"""Elections written down as the files of the world do it, with what the naive rules find in them (P9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from random import Random

from tests.voting import naive

NAMES = ("Park Café", "Ulica; nowa", "Szkoła „Dąb”", "Line\nbreak", 'The "big" one', " 公园 ", "", "META", "None")
EMPTY = ("", "None", "nan", " ")
Column = tuple[str, Callable[[int], str]]
JUNK = (b'"', b";", b"\n", b"\0", b"\xff\xfe", b"9" * 5_000, b"1e99", b"-", b"\xd9\xa3", b'"\n"', b"\x1c")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "latin-1")


@dataclass(frozen=True)
class Written:
    """A file, and the election that is in it: money in `unit` parts, options in the order of ties."""

    content: bytes
    ids: list[str]
    costs: list[int]
    ballots: list[frozenset[int]]
    ceiling: int
    unit: int

    def winners(self, rule: str, *, is_exact: bool) -> list[str]:
        return [self.ids[option] for option in self._winners(rule, is_exact)]

    def _winners(self, rule: str, is_exact: bool) -> list[int]:
        if rule != "equal_shares":
            return naive.most_votes(self.costs, self.ballots, self.ceiling, stops=rule == "most_votes_stop")
        voters = len(self.ballots)
        usual = Fraction(self.unit * max(1, self.ceiling // (self.unit * 100 * voters)))
        return naive.add1u(
            self.costs, self.ballots, self.ceiling, Fraction(self.ceiling, 100 * voters) if is_exact else usual
        )


def write(seed: int, *, by_draw: bool = False) -> Written:
    """Always the same file for the same seed."""
    luck = Random(seed)
    ids = luck.sample([f"{luck.choice(('', 'P', 'b-'))}{number}" for number in range(1, 40)], luck.randint(1, 7))
    costs = [_amount(luck) for _id in ids]
    budget = max(Fraction(1), sum(costs, Fraction(0)) * luck.randint(1, 12) // 10)
    is_single = luck.random() < 0.2
    chosen = [_vote(luck, len(ids), is_single=is_single) for _voter in range(luck.randint(1, 14))]
    drawn = luck.sample(range(100), len(ids))
    order = sorted(range(len(ids)), key=lambda at: drawn[at] if by_draw else _natural(ids[at]))
    place = {at: rank for rank, at in enumerate(order)}
    unit = lcm(*(amount.denominator for amount in (*costs, budget)))
    return Written(
        content=_Writer(luck, ids, costs, drawn if by_draw else None).write(budget, chosen, is_single=is_single),
        ids=[ids[at] for at in order],
        costs=[int(costs[at] * unit) for at in order],
        ballots=[frozenset(place[at] for at in vote) for vote in chosen],
        ceiling=int(budget * unit),
        unit=unit,
    )


def _natural(id_: str) -> tuple[list[str | int], str]:
    return [int(part) if at % 2 else part for at, part in enumerate(re.split(r"([0-9]+)", id_))], id_


def _amount(luck: Random) -> Fraction:
    whole = luck.choice((luck.randint(1, 12), 10 * luck.randint(1, 30), luck.randint(1_000, 3_000_000)))
    return Fraction(whole) + luck.choice((Fraction(0), Fraction(0), Fraction(1, 2), Fraction(25, 100)))


def _vote(luck: Random, options: int, *, is_single: bool) -> list[int]:
    if luck.random() < 0.07:
        return []
    return luck.sample(range(options), 1 if is_single else luck.randint(1, min(options, 4)))


class _Writer:
    """One hand: its quotes, blanks, line ends and order of columns are the same all through a file."""

    def __init__(self, luck: Random, ids: list[str], costs: list[Fraction], drawn: list[int] | None) -> None:
        self.luck, self.ids, self.costs, self.drawn = luck, ids, costs, drawn
        self.quotes_all, self.pads = luck.random() < 0.2, luck.random() < 0.2
        self.trails, self.has_votes, self.has_gaps = (luck.random() < 0.3 for _ in range(3))
        self.shouts, self.is_comma = luck.random() < 0.2, luck.random() < 0.3
        self.end = luck.choice(("\n", "\r\n", "\r"))

    def write(self, budget: Fraction, chosen: list[list[int]], *, is_single: bool) -> bytes:
        meta = [("description", self.luck.choice(NAMES)), ("country", "Polska"), ("budget", self._money(budget))]
        meta += [("vote_type", "choose-1" if is_single else self.luck.choice(("approval", "Approval")))]
        meta += [("num_projects", str(len(self.ids))), ("num_votes", str(len(chosen))), ("max_length", "None")]
        self.luck.shuffle(meta)
        sections = [("PROJECTS", self._projects()), ("VOTES", self._votes(chosen))]
        text = self._section("META", [("key", "value"), *meta])
        text += "".join(self._section(name, rows) for name, rows in sections)
        encoding = self.luck.choice(ENCODINGS)
        return text.encode(encoding, "replace")

    def _projects(self) -> list[tuple[str, ...]]:
        votes: list[Column] = [("votes", str)] if self.has_votes else []
        drawn: list[Column] = [("tie_order", lambda at: str(drawn_at[at]))] if (drawn_at := self.drawn) else []
        names = self.luck.choices(NAMES, k=len(self.ids))
        columns: list[Column] = [("cost", lambda at: self._money(self.costs[at])), ("name", lambda at: names[at])]
        columns += [("project_id", lambda at: self.ids[at]), *votes, *drawn]
        self.luck.shuffle(columns)
        return [tuple(n for n, _make in columns), *(tuple(m(at) for _n, m in columns) for at in range(len(self.ids)))]

    def _votes(self, chosen: list[list[int]]) -> list[tuple[str, ...]]:
        comma = self.luck.choice((",", ", ", " ,"))
        cells = [comma.join(self.ids[at] for at in vote) if vote else self.luck.choice(EMPTY) for vote in chosen]
        rows = [(str(number), cell, self.luck.choice(("", "K", "None"))) for number, cell in enumerate(cells)]
        return [("voter_id", "vote", "sex"), *rows]

    def _money(self, amount: Fraction) -> str:
        text = str(amount.numerator) if amount.denominator == 1 else f"{float(amount):.2f}"
        return text.replace(".", ",") if self.is_comma else text

    def _section(self, name: str, rows: list[tuple[str, ...]]) -> str:
        head = name.lower() if self.shouts else name
        lines = [f"{head}{';;' * self.trails}", *map(self._row, rows), *([""] * self.has_gaps)]
        return "".join(f"{line}{self.end}" for line in lines)

    def _row(self, cells: tuple[str, ...]) -> str:
        blank = " " * self.pads
        return ";".join(
            f"{blank}{self._cell(cell)}" if '"' not in self._cell(cell) else self._cell(cell) for cell in cells
        )

    def _cell(self, cell: str) -> str:
        needs = self.quotes_all or any(mark in cell for mark in ';"\n')
        return '"' + cell.replace('"', '""') + '"' if needs else cell


def bend(content: bytes, luck: Random) -> bytes:
    """The file after something went wrong with it."""
    at, end = luck.randrange(len(content)), luck.randrange(len(content))
    junk = luck.choice(
        (b'"', b";", b"\n", b"\0", b"\xff\xfe", b"9" * 5_000, b"1e99", b"-", b"\xd9\xa3", b'"\n"', b"\x1c")
    )
    lines = content.splitlines(keepends=True)
    return luck.choice(
        (
            content[:at],
            content[min(at, end) :],
            content[:at] + junk + content[at:],
            content[:at] + bytes([luck.randrange(256)]) + content[at + 1 :],
            b"".join(luck.sample(lines, len(lines))),
            b"".join(lines[: len(lines) // 2] + lines),
            content[:at] + content[end : end + 40] + content[at:],
        )
    )

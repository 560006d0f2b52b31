"""What the first page says when, numbers as people type them, and drawing."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cycles.rules import CycleFacts, PhaseFacts, PhaseKind
from app.home.rules import Ballot, Occasion, ballot_for, normal_number, occasion, shown_cycle, steps
from app.kernel.windows import Window
from app.regions.rules.drawing import LINE, WIDTH, Outline, draw, shade
from tests.builders import NOW

DAY = timedelta(days=1)


def cycle(year: int = 2028, **phases: tuple[int, int]) -> CycleFacts:
    """A cycle whose phases open and close so many days from now."""
    facts = [
        PhaseFacts(PhaseKind(kind), Window(NOW + opens * DAY, NOW + closes * DAY))
        for kind, (opens, closes) in phases.items()
    ]
    return CycleFacts(year, "53.04", year, tuple(facts))


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ({"gathering": (-1, 1)}, Occasion.PROPOSING),
        ({"gathering": (-1, 9), "review": (-2, 1)}, Occasion.PROPOSING),
        ({"review": (-1, 1)}, Occasion.REVIEWING),
        ({"voting": (-1, 1)}, Occasion.REVIEWING),
        ({"results": (-1, 1)}, Occasion.RESULTS),
        ({"delivery": (-1, 1)}, Occasion.DELIVERING),
        ({"gathering": (1, 2)}, Occasion.BETWEEN),
        ({"gathering": (-2, -1)}, Occasion.BETWEEN),
        ({"gathering": (-2, 0)}, Occasion.BETWEEN),
        ({"gathering": (0, 1)}, Occasion.PROPOSING),
        ({}, Occasion.BETWEEN),
    ],
)
def test_the_page_says_what_is_going_on(phases: dict[str, tuple[int, int]], expected: Occasion) -> None:
    assert occasion(cycle(**phases), Ballot.NONE, has_misi=True, now=NOW) is expected


def test_an_open_contest_comes_first_and_a_lack_of_misi_before_any_phase() -> None:
    gathering = cycle(gathering=(-1, 1))
    assert occasion(gathering, Ballot.OWN, has_misi=True, now=NOW) is Occasion.VOTING
    assert occasion(gathering, Ballot.ELSEWHERE, has_misi=True, now=NOW) is Occasion.PROPOSING
    assert occasion(None, Ballot.ELSEWHERE, has_misi=True, now=NOW) is Occasion.VOTING
    assert occasion(gathering, Ballot.NONE, has_misi=False, now=NOW) is Occasion.NO_MISI
    assert occasion(None, Ballot.NONE, has_misi=True, now=NOW) is Occasion.NO_CYCLE


def test_the_cycle_shown_is_the_one_that_runs_else_the_latest() -> None:
    old, new = cycle(2027, delivery=(-9, -1)), cycle(2028, gathering=(1, 9))
    assert shown_cycle([new, old], NOW) is new
    assert shown_cycle([new, old], NOW - 2 * DAY) is old
    assert shown_cycle([], NOW) is None


def test_steps_are_done_now_or_next() -> None:
    year = cycle(gathering=(-9, 0), review=(0, 3), voting=(3, 6))
    assert [step.state for step in steps(year, NOW)] == ["done", "now", "next"]


@pytest.mark.parametrize(
    "typed", ["BLU-28-00042", "blu-28-42", " blu 28 42 ", "BLU2800042", "blu.28.00042", "BLU - 28 - 042"]
)
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert normal_number(typed) == "BLU-28-00042"


@pytest.mark.parametrize("typed", ["", "42", "BLU", "BLU-28", "B1U-28-42", "BLU-28-42-1", "BLU-28-１２"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert normal_number(typed) is None


COORDINATES = st.tuples(st.integers(1_240_000, 1_260_000), st.integers(-95_000, -85_000)).map(
    lambda point: [point[0] / 10_000, point[1] / 10_000]
)
RINGS = st.lists(COORDINATES, min_size=3, max_size=12, unique_by=tuple).map(lambda points: [*points, points[0]])


def points_of(path: str) -> list[tuple[int, int]]:
    """The corners that a path goes through."""
    found = []
    for ring in path.split("z")[:-1]:
        start, _l, way = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = [int(number) for number in re.findall(r"-?\d+", way)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


@given(st.lists(RINGS, min_size=1, max_size=5))
def test_every_corner_lies_in_the_drawing(rings: list[list[list[float]]]) -> None:
    outlines = [Outline(str(n), "Desa", {"type": "Polygon", "coordinates": [ring]}) for n, ring in enumerate(rings)]
    drawing = draw(outlines)
    assert drawing is not None
    corners = [corner for shape in drawing.shapes for corner in points_of(shape.path)]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in corners)


def test_a_square_on_the_ground_is_a_square_in_the_drawing() -> None:
    # At 60 degrees south a degree of longitude is half as long as one of latitude.
    square = [[100.0, -59.5], [102.0, -59.5], [102.0, -60.5], [100.0, -60.5], [100.0, -59.5]]
    drawing = draw([Outline("1", "Desa", {"type": "Polygon", "coordinates": [square]})])
    assert drawing is not None
    assert (drawing.width, drawing.height) == (WIDTH, WIDTH)
    assert drawing.shapes[0].path == "M0 0l1000 0 0 1000-1000 0z"


def test_every_part_of_a_village_on_islands_is_drawn() -> None:
    parts = [[[[x, -9.0], [x + 0.1, -9.0], [x + 0.1, -9.1], [x, -9.0]]] for x in (125.0, 125.5)]
    drawing = draw([Outline("1", "Pulau", {"type": "MultiPolygon", "coordinates": parts})])
    assert drawing is not None
    assert drawing.shapes[0].path.count("M") == 2


def test_without_boundaries_there_is_no_drawing() -> None:
    assert draw([]) is None


def test_labels_never_cover_each_other() -> None:
    square = [[125.0, -9.0], [125.1, -9.0], [125.1, -9.1], [125.0, -9.0]]
    outline = Outline("1", "Desa", {"type": "Polygon", "coordinates": [square]})
    drawing = draw([outline], [(name, -9.05, 125.05) for name in ("Kota Atambua", "Atambua Barat", "Raihat")])
    assert drawing is not None
    assert all(below.y - above.y >= LINE for above, below in pairwise(drawing.labels))


def test_more_is_darker() -> None:
    shades = [float(shade(count)) for count in (0, 1, 3, 4, 6, 7, 1000)]
    assert shades == sorted(shades)
    assert (shades[0], shades[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("village", "regions", "expected"),
    [
        ("53.04.04.2001", ["53.04.04"], Ballot.OWN),
        ("53.04.04.2001", ["53.04.05", "53.04"], Ballot.OWN),
        ("53.04.01.2001", ["53.04.04"], Ballot.ELSEWHERE),
        ("", ["53.04"], Ballot.OWN),
        ("", ["53.04.04"], Ballot.ELSEWHERE),
        ("53.04.01.2001", [], Ballot.NONE),
    ],
)
def test_a_vote_is_ones_own_where_its_region_covers_ones_village(
    village: str, regions: list[str], expected: Ballot
) -> None:
    assert ballot_for(village, "53.04", regions) is expected

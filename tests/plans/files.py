"""Random valid sets of plan files and how they look on disk, for the tests of the import."""

import json
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from app.plans.rules import MisiText, PlanKind
from app.plans.rules.importing import (
    AGENCIES,
    AGENCY_COLUMNS,
    NATIONAL,
    AgencyText,
    PillarText,
    PlanSet,
    PlanText,
    ValueText,
)
from tests.regions.files import table

CODES = ("53.04", "19.06")
LETTERS = "abcdefgh ijklm;,.'\"\\#=[]éñ’–"


def texts(least: int, most: int, letters: str = LETTERS) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=least, max_size=most).map(str.strip).filter(lambda text: len(text) >= least)


LONG = texts(1, 60, LETTERS + "\n")


@st.composite
def plans(draw: st.DrawFn, code: str, national: int) -> PlanText:
    first = draw(st.integers(2000, 2080))
    kind = draw(st.sampled_from(list(PlanKind)))
    nearest = st.sampled_from([None, *range(1, national + 1)])
    return PlanText(
        code,
        kind,
        draw(texts(3, 40)),
        first,
        first + draw(st.integers(0, 20)),
        draw(texts(0, 40)),
        draw(texts(0, 40, LETTERS + "\n")),
        draw(texts(3, 40)),
        draw(st.none() | st.integers(0, 500)),
        draw(texts(0, 40)),
        tuple(ValueText(n, draw(texts(1, 20)), draw(LONG)) for n in range(1, draw(st.integers(1, 4)))),
        tuple(MisiText(n, draw(texts(10, 60)), draw(texts(3, 20))) for n in range(1, draw(st.integers(1, 4)))),
        tuple(PillarText(n, draw(texts(1, 20)), draw(nearest)) for n in range(1, draw(st.integers(1, 4)))),
    )


@st.composite
def plan_sets(draw: st.DrawFn) -> PlanSet:
    """One or two regencies with a plan each, the national pillars, and agencies."""
    national = draw(st.integers(0, 4))
    codes = sorted(draw(st.sets(st.sampled_from(CODES), min_size=1)))
    short_names = draw(st.lists(texts(1, 20), min_size=1, max_size=4, unique=True))
    agencies = tuple(
        AgencyText(draw(st.sampled_from(CODES)), draw(texts(3, 30)), short_name, draw(st.booleans()))
        for short_name in short_names
    )
    pillars = tuple(PillarText(n, draw(texts(1, 20))) for n in range(1, national + 1))
    return PlanSet(tuple(draw(plans(code, national)) for code in codes), pillars, agencies)


def section(header: str, values: Mapping[str, object]) -> list[str]:
    """JSON's strings and numbers are TOML's too."""
    given = {name: value for name, value in values.items() if value not in (None, "") or name == "vision"}
    return ["", header, *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in given.items())]


def sections(name: str, rows: Iterable[object]) -> list[str]:
    return [line for row in rows for line in section(f"[[{name}]]", vars(row))]


def export(found: PlanSet) -> dict[str, bytes]:
    """The files that say the same."""
    files = {NATIONAL: "\n".join(sections("pillar", found.national)).encode()} if found.national else {}
    for plan in found.plans:
        top = {name: value for name, value in vars(plan).items() if not isinstance(value, tuple)}
        lines = [f'regency = "{top.pop("regency_code")}"', *section("[plan]", top)]
        lines += sections("value", plan.values) + sections("misi", plan.misi) + sections("pillar", plan.pillars)
        files[f"{plan.regency_code}.toml"] = "\n".join(lines).encode()
    rows: list[list[object]] = [
        [one.regency_code, one.name, one.short_name, "yes" if one.needs_check else "no"] for one in found.agencies
    ]
    return files | {AGENCIES: table(AGENCY_COLUMNS, rows)}

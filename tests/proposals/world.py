"""Belu as it is for the tests of writing: its catalog of 2028, and the outlines of its villages."""

import json
from typing import Any

from app.catalog.actions import import_catalog
from app.catalog.cli import DATA
from app.catalog.models import CatalogEntry
from app.db.session import session
from app.kernel.actor import CONSOLE
from app.plans.actions import import_plans
from app.plans.cli import DATA as PLANS
from app.proposals.rules.drawing import sketch
from app.proposals.rules.place import Position
from app.regions.cli import DATA as REGIONS
from app.regions.models import Region
from tests import builders as b

YEAR = 2028
# In Makir, elsewhere in Belu, and in the sea.
HOME, ELSEWHERE, AT_SEA = Position(-9.0413, 125.1651), Position(-9.03, 125.13), Position(-8.5, 125.0)


def make_catalog() -> None:
    """Belu's misi and agencies, its catalog as it ships, and the outlines."""
    files = {path.name: path.read_bytes() for path in PLANS.iterdir() if path.suffix in (".csv", ".toml")}
    import_plans(CONSOLE, files, b.NOW)
    import_catalog(CONSOLE, b.BELU, YEAR, "belu.csv", (DATA / "belu.csv").read_bytes(), b.NOW)


def make_outlines() -> None:
    """The outlines of the villages that the tests' regions have."""
    for code, outline in outlines().items():
        if region := session.get(Region, code):
            region.boundary = outline
    session.flush()


def tap(at: Position = HOME, *, right: int = 0) -> dict[str, str]:
    """What a form sends for a tap on the picture of Makir, there or some pixels to the right of it."""
    drawn = sketch(outlines()[b.MAKIR])
    assert drawn is not None
    x, y = drawn.pixel(at)
    return {"peta.x": str(x + right), "peta.y": str(y)}


def outlines() -> dict[str, dict[str, Any]]:
    content = json.loads((REGIONS / "villages-53.04.geojson").read_text("utf-8"))
    return {feature["properties"]["code"]: feature["geometry"] for feature in content["features"]}


def make_world() -> None:
    """As `builders.make_world`, with the catalog and the outlines, before anybody proposes."""
    b.make_regions()
    make_outlines()
    make_catalog()
    b.make_cycle()


def entry(code: str) -> CatalogEntry:
    return session.query(CatalogEntry).filter_by(regency_code=b.BELU, plan_year=YEAR, code=code).one()

"""Bringing regions in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.audit.actions import record
from app.db.upserts import Tally, bring_up_to_date
from app.kernel.actor import Actor
from app.kernel.policy import Within
from app.regions import queries
from app.regions.models import RegencyProfile, Region
from app.regions.permissions import POLICY, Can
from app.regions.rules.importing import RegionFacts, RegionSet, read_regions


def import_regions(actor: Actor, files: Mapping[str, bytes], now: datetime) -> Tally:
    """Bring in what the files say, or nothing: raises Faulty with every fault. Regions that they do not name stay."""
    POLICY.require(actor, Can.KEEP_REGIONS, Within(""))
    found = read_regions(files, queries.regencies())
    tally = bring_up_to_date(
        Region,
        {region.code: region for region in queries.with_boundaries([region.code for region in found.regions])},
        {region.code: _columns(region, found) for region in found.regions},
    )
    tally += bring_up_to_date(
        RegencyProfile,
        {profile.code: profile for profile in queries.profiles()},
        {regency.code: asdict(regency) for regency in found.regencies},
    )
    if tally.new or tally.changed:
        record(actor, "import_regions", "regions", now, new=tally.new, changed=tally.changed)
    return tally


def _columns(region: RegionFacts, found: RegionSet) -> dict[str, Any]:
    boundary = found.boundaries.get(region.code)
    return asdict(region) | ({"boundary": boundary} if boundary else {})

"""Opening a contest: the numbers are drawn, everything is frozen, and the log of envelopes begins."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.audit.actions import record
from app.cycles.rules import CycleFacts
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.kernel.windows import Window
from app.proposals.models import Proposal
from app.proposals.rules import Event
from app.regions.queries import find_regency, find_region, villages
from app.regions.rules import RegionKind
from app.voting import queries
from app.voting.actions.log import add_head
from app.voting.actions.preparing import check_plan
from app.voting.actions.steps import lock_options, move_option, take
from app.voting.models import Contest, Option
from app.voting.rules.box import WITNESSES, BoxRefusal
from app.voting.rules.contest import LIFECYCLE, ContestEvent, ContestPlan, Refusal, draw
from app.voting.rules.package.frozen import FrozenContest, FrozenOption, FrozenVillage, FrozenWitness
from app.voting.rules.package.packing import canonical, fingerprint


def open_contest(actor: Actor, contest: Contest, seed: str, now: datetime) -> Contest:
    """Freeze the contest and draw the numbers of its options; from now on nothing of it changes."""
    contest = take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.OPEN)
    contest.opened_at, contest.draw_seed = now, seed
    if contest.closes <= now:
        raise Refused(Refusal.TOO_LATE)
    if contest.box_key is None or len(queries.witnesses_of(contest.id)) < WITNESSES:
        raise Refused(BoxRefusal.KEYS_MISSING)
    options = lock_options(contest)
    cycle = check_plan(_plan_of(contest, {option.proposal_id: option.cost for option in options}))
    proposals = [move_option(actor, contest, option, Event.SHORTLIST, now) for option in options]
    drawn = draw(seed, [proposal.number or "" for proposal in proposals])
    for option, proposal in zip(options, proposals, strict=True):
        option.number = drawn.index(proposal.number or "") + 1
    definition = canonical(_frozen(contest, cycle, options, proposals).as_data)
    contest.definition, contest.definition_sha256 = definition.decode(), fingerprint(definition)
    session.flush()
    add_head(contest, now)
    facts = {"seed": seed, "order": drawn, "ceiling": contest.ceiling, "definition": contest.definition_sha256}
    record(actor, "open_contest", f"contest:{contest.id}", now, **facts)
    return contest


def _plan_of(contest: Contest, costs: dict[int, int]) -> ContestPlan:
    return ContestPlan(
        regency_code=contest.regency_code,
        region_code=contest.region_code,
        title=contest.title,
        ceiling=contest.ceiling,
        max_choices=contest.max_choices,
        window=Window(contest.opens, contest.closes),
        costs=costs,
    )


def _frozen(
    contest: Contest, cycle: CycleFacts, options: Sequence[Option], proposals: Sequence[Proposal]
) -> FrozenContest:
    regency, region = find_regency(contest.regency_code), find_region(contest.region_code)
    if regency is None or region is None:
        raise Missing
    zone = ZoneInfo(regency.time_zone)
    return FrozenContest(
        contest=contest.id,
        title=contest.title,
        regency=regency.name,
        region=f"Kecamatan {region.name}" if region.kind is RegionKind.KECAMATAN else region.name,
        year=cycle.plan_year,
        ceiling=contest.ceiling,
        max_choices=contest.max_choices,
        rule=contest.rule,
        is_weighted=contest.is_weighted,
        roll_ends=contest.roll_ends,
        quorum_percent=contest.quorum_percent,
        threshold_percent=contest.threshold_percent,
        objection_days=contest.objection_days,
        opens=contest.opens,
        closes=contest.closes,
        days=(contest.opens.astimezone(zone).date(), contest.closes.astimezone(zone).date()),
        draw_seed=contest.draw_seed or "",
        box_key=contest.box_key or "",
        head_key=contest.head_key or "",
        witnesses=[
            FrozenWitness(one.number, one.name, one.institution, one.share_sha256)
            for one in queries.witnesses_of(contest.id)
        ],
        villages=_villages(contest.region_code),
        options=sorted(map(_option, options, proposals), key=lambda option: option.number),
    )


def _option(option: Option, proposal: Proposal) -> FrozenOption:
    return FrozenOption(option.number or 0, proposal.number or "", proposal.title, option.cost, proposal.village_code)


def _villages(region_code: str) -> list[FrozenVillage]:
    eligible = queries.eligible_in(region_code)
    return [FrozenVillage(place.code, place.name, eligible.get(place.code, 0)) for place in villages(region_code)]

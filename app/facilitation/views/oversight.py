"""How much facilitators do: open to moderators and auditors of the place, and to each facilitator about themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import g, render_template

from app.accounts.queries import names_of
from app.facilitation.queries.counts import Count, Shares, ballots_since, count_deeds, shares_in
from app.facilitation.rules import Deed
from app.facilitation.rules.counts import SHOWN_DAYS, USUAL_DAYS, DayFacts, questions, share
from app.facilitation.views.blueprint import bp
from app.facilitation.words import question_words
from app.i18n.formats import clock_time, instant
from app.kernel.actor import Role
from app.regions.queries import only_regency
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class CountRow:
    """What one facilitator did on one day, and the questions it raises."""

    day: date
    name: str
    deeds: Sequence[tuple[Deed, int]]
    total: int
    questions: Sequence[str]


@dataclass(frozen=True)
class CountsPage:
    """The last days, the newest first; a share is in whole per cent, None of nothing."""

    rows: Sequence[CountRow]
    asked: int
    shares: Shares
    typed_share: int | None
    helped_share: int | None
    is_own: bool


@bp.route("/meja/pendampingan")
@staff(Role.MODERATOR, Role.AUDITOR)
def oversight() -> Any:
    actor = current_actor()
    return _show((*actor.scopes(Role.MODERATOR), *actor.scopes(Role.AUDITOR)))


@bp.route("/damping/angka")
@staff(Role.FACILITATOR)
def own_counts() -> Any:
    """The same figures that others see about this facilitator."""
    actor = current_actor()
    return _show(actor.scopes(Role.FACILITATOR), actor.person_id)


def _show(scopes: Sequence[str], facilitator_id: int | None = None) -> Any:
    g.regency = only_regency(scopes)
    dates = [clock_time(now()).date() - timedelta(days=back) for back in reversed(range(SHOWN_DAYS + USUAL_DAYS))]
    starts = [instant(datetime.combine(one, time())) for one in dates]
    counts = count_deeds(scopes, starts, facilitator_id)
    names = names_of({count.facilitator_id for count in counts})
    ballots = ballots_since(scopes, starts[-SHOWN_DAYS])
    shares = shares_in(scopes)
    rows = _rows(counts, names, dates, starts, ballots)
    page = CountsPage(
        rows=rows,
        asked=sum(bool(row.questions) for row in rows),
        shares=shares,
        typed_share=share(shares.typed, shares.proposals),
        helped_share=share(shares.helped, shares.voters),
        is_own=facilitator_id is not None,
    )
    return render_template("facilitation/counts.html", page=page)


def _rows(
    counts: Sequence[Count],
    names: Mapping[int, str],
    dates: Sequence[date],
    starts: Sequence[datetime],
    ballots: Sequence[tuple[int, datetime]],
) -> list[CountRow]:
    by_day: dict[tuple[int, int], dict[Deed, int]] = {}
    for count in counts:
        by_day.setdefault((count.day, count.facilitator_id), {})[count.deed] = count.count
    rows = []
    for (day, facilitator_id), deeds in sorted(by_day.items(), reverse=True):
        if day < USUAL_DAYS:
            continue
        end = starts[day + 1] if day + 1 < len(starts) else None
        at = [at for who, at in ballots if who == facilitator_id and at >= starts[day] and (end is None or at < end)]
        before = [
            sum(known.values())
            for (other, who), known in by_day.items()
            if who == facilitator_id and day - USUAL_DAYS <= other < day
        ]
        facts = DayFacts(deeds, at, before)
        found = [question_words(question) for question in questions(facts)]
        shown = [(deed, deeds[deed]) for deed in Deed if deed in deeds]
        rows.append(CountRow(dates[day], names[facilitator_id], shown, facts.total, found))
    return rows

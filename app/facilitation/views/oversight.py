"""How much facilitators do: open to moderators and auditors of the place, and to each facilitator about themselves."""

from bisect import bisect_right
from collections.abc import Sequence
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
    work = _Work(dates, starts, count_deeds(scopes, starts, facilitator_id), ballots_since(scopes, starts[USUAL_DAYS]))
    names = names_of({who for _day, who in work.deeds})
    rows = [work.row(day, who, names[who]) for day, who in sorted(work.deeds, reverse=True) if day >= USUAL_DAYS]
    shares = shares_in(scopes)
    page = CountsPage(
        rows=rows,
        asked=sum(bool(row.questions) for row in rows),
        shares=shares,
        typed_share=share(shares.typed, shares.proposals),
        helped_share=share(shares.helped, shares.voters),
        is_own=facilitator_id is not None,
    )
    return render_template("facilitation/counts.html", page=page)


class _Work:
    """All that was counted, by the place of the day and the facilitator."""

    def __init__(
        self,
        dates: Sequence[date],
        starts: Sequence[datetime],
        counts: Sequence[Count],
        ballots: Sequence[tuple[int, datetime]],
    ) -> None:
        self.dates, self.starts = dates, starts
        self.deeds: dict[tuple[int, int], dict[Deed, int]] = {}
        for count in counts:
            self.deeds.setdefault((count.day, count.facilitator_id), {})[count.deed] = count.count
        self.ballots: dict[tuple[int, int], list[datetime]] = {}
        for who, at in ballots:
            self.ballots.setdefault((bisect_right(starts, at) - 1, who), []).append(at)

    def row(self, day: int, who: int, name: str) -> CountRow:
        deeds = self.deeds[day, who]
        earlier = (self.deeds.get((other, who)) for other in range(day - USUAL_DAYS, day))
        before = [sum(known.values()) for known in earlier if known]
        facts = DayFacts(deeds, self.ballots.get((day, who), ()), before)
        shown = [(deed, deeds[deed]) for deed in Deed if deed in deeds]
        asked = [question_words(question) for question in questions(facts)]
        return CountRow(self.dates[day], name, shown, facts.total, asked)

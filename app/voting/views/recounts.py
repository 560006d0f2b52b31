"""The other rule beside a certified result, and the ballots as a file that anybody can count again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from app.i18n.catalogues import speaking
from app.i18n.formats import clock_time, rupiah
from app.kernel.outcomes import Missing
from app.regions.rules import Regency
from app.voting import queries
from app.voting.queries import ContestRow, OptionRow
from app.voting.rules.comparison import LEAST_BALLOTS, Comparison, compare
from app.voting.rules.contest import ContestStatus
from app.voting.rules.counting import OptionFacts, Outcome
from app.voting.rules.methods import Method
from app.voting.rules.pabulib.publishing import Publication, PublicBallot, PublicOption, publish
from app.voting.rules.pabulib.writing import write_pb
from app.voting.views.blueprint import bp
from app.voting.words import RULES, ballot_number, region_of, tell_why
from app.web.access import public


@dataclass(frozen=True)
class Other:
    """What equal shares would have given, with a sentence for every option that fares differently."""

    result: Comparison
    changed: Sequence[tuple[str, bool, str]]


def other_rule(contest: ContestRow, options: Sequence[OptionRow]) -> Other | None:
    """None where the contest is too small: nothing of single ballots is told then."""
    if (contest.ballot_count or 0) < LEAST_BALLOTS:
        return None
    facts = [OptionFacts(option.number, option.cost) for option in options if option.number is not None]
    found = compare(facts, queries.boxed(contest.id), contest.ceiling)
    if found is None:
        return None
    titles = {option.number: option.title for option in options}
    changed = [(f"{ballot_number(n)} {titles[n]}", one.won, tell_why(one)) for n, one in found.changed]
    return Other(found, changed)


@bp.route("/<regency>/hasil/<int:contest_id>/suara.pb")
@public
def ballots_file(regency: Regency, contest_id: int) -> Any:
    """Every ballot of a certified contest in the format of Pabulib, sorted, without village, channel or order."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    if contest.status is not ContestStatus.CERTIFIED or (contest.ballot_count or 0) < LEAST_BALLOTS:
        raise Missing
    with speaking("id"):  # one file, whatever its reader speaks
        content = write_pb(publish(_publication(regency, contest)))
    headers = {"Content-Disposition": f'attachment; filename="suara-{regency.slug}-{contest_id}.pb"'}
    return Response(content, mimetype="text/plain", headers=headers)


def _publication(regency: Regency, contest: ContestRow) -> Publication:
    assert contest.closed_at is not None  # certified
    options = queries.options_of(contest.id)
    numbered = [(ballot_number(option.number), option) for option in options if option.number is not None]
    boxed = queries.boxed(contest.id).items()
    return Publication(
        description=contest.title,
        regency=regency.name,
        region=region_of(contest),
        year=clock_time(contest.opens).year,
        ceiling=contest.ceiling,
        most_choices=contest.max_choices,
        method=Method(contest.rule.value),
        opened=clock_time(contest.opens).date(),
        closed=clock_time(contest.closed_at).date(),
        comments=[str(RULES[contest.rule]), f"Benih undian: {contest.draw_seed}", f"Pagu: {rupiah(contest.ceiling)}"],
        options=[PublicOption(code, option.cost, option.title) for code, option in numbered],
        ballots=[PublicBallot(tuple(map(ballot_number, choices))) for choices, count in boxed for _ in range(count)],
        winners=[code for code, option in numbered if option.outcome is Outcome.WON],
    )

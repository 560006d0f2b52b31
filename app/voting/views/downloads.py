"""The files of a certified contest: its ballots, its definition, and the package that anybody can count again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import Response

from app.i18n.catalogues import speaking
from app.i18n.formats import clock_time, rupiah
from app.kernel.outcomes import Missing
from app.regions.rules import Regency
from app.voting import queries
from app.voting.queries import ContestRow, OptionRow
from app.voting.rules.comparison import LEAST_BALLOTS
from app.voting.rules.contest import ContestStatus, ballot_number
from app.voting.rules.counting import Outcome
from app.voting.rules.methods import Method
from app.voting.rules.pabulib.publishing import Publication, PublicBallot, PublicOption, publish
from app.voting.rules.pabulib.writing import write_pb
from app.voting.rules.package.definition import DefinedOption, Definition
from app.voting.rules.package.result import BALLOTS, DEFINITION, package
from app.voting.views.blueprint import bp
from app.voting.words import RULES, region_of
from app.web.access import public

# What goes into every package as it is: the words to read first, and the script of the witnesses.
DATA = Path(__file__).parents[1] / "data"
ENCLOSED = {name: (DATA / name).read_bytes() for name in ("BACA-SAYA.txt", "hitung_ulang.py")}
Boxed = Mapping[tuple[int, ...], int]


@bp.route("/<regency>/hasil/<int:contest_id>/suara.pb")
@public
def ballots_file(regency: Regency, contest_id: int) -> Any:
    """Every ballot of a certified contest in the format of Pabulib, sorted, without village, channel or order."""
    contest = _published(regency, contest_id)
    content = _ballots(regency, contest, queries.options_of(contest_id), queries.boxed(contest_id))
    return as_file(content, "text/plain", f"suara-{regency.slug}-{contest_id}.pb")


@bp.route("/<regency>/hasil/<int:contest_id>/paket-hasil.zip")
@public
def package_file(regency: Regency, contest_id: int) -> Any:
    """Definition, ballots, result and the script that counts them again."""
    contest = _published(regency, contest_id)
    options, boxed = queries.options_of(contest_id), queries.boxed(contest_id)
    ballots = {BALLOTS: _ballots(regency, contest, options, boxed)}
    content = package(_definition(regency, contest, options), boxed, ENCLOSED | ballots)
    return as_file(content, "application/zip", f"paket-hasil-{regency.slug}-{contest_id}.zip")


@bp.route("/<regency>/pilih/<int:contest_id>/definisi.json")
@public
def definition_file(regency: Regency, contest_id: int) -> Any:
    """What is frozen, byte by byte as at the opening."""
    contest = queries.get_contest(regency.code, contest_id)
    if contest.definition is None:
        raise Missing
    return as_file(contest.definition.encode(), "application/json", DEFINITION)


def _published(regency: Regency, contest_id: int) -> ContestRow:
    """A certified contest, large enough that its ballots point at nobody."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    if contest.status is not ContestStatus.CERTIFIED or (contest.ballot_count or 0) < LEAST_BALLOTS:
        raise Missing
    return contest


def as_file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _ballots(regency: Regency, contest: ContestRow, options: Sequence[OptionRow], boxed: Boxed) -> bytes:
    with speaking("id"):  # one file, whatever its reader speaks
        return write_pb(publish(_publication(regency, contest, options, boxed)))


def _definition(regency: Regency, contest: ContestRow, options: Sequence[OptionRow]) -> Definition:
    with speaking("id"):
        region = region_of(contest)
    return Definition(
        contest=contest.id,
        title=contest.title,
        regency=regency.name,
        region=region,
        ceiling=contest.ceiling,
        max_choices=contest.max_choices,
        rule=contest.rule,
        opens=contest.opens,
        closes=contest.closes,
        draw_seed=contest.draw_seed or "",
        options=[
            DefinedOption(option.number, option.proposal_number, option.title, option.cost)
            for option in sorted(options, key=lambda option: option.number or 0)
            if option.number is not None
        ],
    )


def _publication(regency: Regency, contest: ContestRow, options: Sequence[OptionRow], boxed: Boxed) -> Publication:
    assert contest.closed_at is not None  # certified
    numbered = [(ballot_number(option.number), option) for option in options if option.number is not None]
    ballots = (PublicBallot(tuple(map(ballot_number, choices))) for choices, n in boxed.items() for _ in range(n))
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
        ballots=list(ballots),
        winners=[code for code, option in numbered if option.outcome is Outcome.WON],
    )

"""flask voting recount"""

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.i18n.catalogues import _, words
from app.i18n.formats import number
from app.kernel.datafiles import Fault, Faulty
from app.regions.words import fault_lines
from app.voting.rules.completion import exact_step, usual_step
from app.voting.rules.elections import Election
from app.voting.rules.methods import Count, Method, count
from app.voting.rules.pabulib.money import write_money
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import Counted, Ties, election_of
from app.voting.rules.pabulib.tables import PbFault
from app.voting.rules.reasons import explain, without_winner
from app.voting.words import tell_why

MOST_FAULTS = 20
WRONG_FILE, WRONG_USE = 1, 2


@click.command("recount")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rule", "method", type=click.Choice([one.value for one in Method]), required=True)
@click.option(
    "--ties",
    type=click.Choice([one.value for one in Ties]),
    default=Ties.IDS.value,
    help="After votes and cost: the natural order of ids, or the numbers in a column such as tie_order.",
)
@click.option("--exact-step", is_flag=True, help="Raise shares by exactly 1 % of the start, as a fraction.")
@click.option("--json", "is_quiet", is_flag=True, help="Only the result, without the reasons.")
@with_appcontext
def recount(file: Path, method: str, ties: str, exact_step: bool, is_quiet: bool) -> None:
    """Count the .pb FILE of any approval or choose-1 election; needs no database.

    The result goes to standard output as one line of JSON, the reasons to standard error. Ends with 0, with 1 where the
    file cannot be counted (a line for every fault: file, line, what to do), with 2 where it cannot be opened or the
    options are wrong.
    """
    rule = Method(method)
    counted = _read(file, Ties(ties), rule)
    result = count(counted.election, rule, _step(counted, is_exact=exact_step))
    if not is_quiet:
        _say(_reasons(counted, result))
    total = counted.money(counted.election.cost_of(result.winners))
    answer = {
        "rule": rule.value,
        "winners": [counted.ids[option] for option in result.winners],
        "total_cost": write_money(total),
        "budget": write_money(counted.budget),
    }
    click.echo(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


def _read(file: Path, ties: Ties, rule: Method) -> Counted:
    try:
        content = file.read_bytes()
    except OSError:
        _say(fault_lines([Fault(str(file), 0, PbFault.UNREADABLE, {})]))
        raise SystemExit(WRONG_USE) from None
    try:
        return election_of(read_pb(file.name, content), ties, with_withdrawn=rule is not Method.MOST_VOTES_STOP)
    except Faulty as faulty:
        _say(_first(faulty.faults))
        raise SystemExit(WRONG_FILE) from None


def _step(counted: Counted, *, is_exact: bool) -> Fraction:
    return exact_step(counted.election) if is_exact else usual_step(counted.election, counted.unit)


def _reasons(counted: Counted, result: Count) -> list[str]:
    """The count in words: notes on the file, a sentence for every option, how many have no winner."""
    election = counted.election
    lines = [*_first(counted.notes), _head(election, result.method)]
    for one in explain(election, result):
        sentence = {"id": counted.ids[one.option], "why": tell_why(one, counted.unit)}
        lines.append(_("Terpilih: %(id)s. %(why)s", **sentence) if one.won else _("Belum: %(id)s. %(why)s", **sentence))
    left_out = number(without_winner(election, result.winners))
    lines.append(_("%(count)s pemilih tidak mendapat satu pun pilihannya.", count=left_out))
    return [*lines, _other(election)] if result.method is Method.EQUAL_SHARES else lines


def _other(election: Election) -> str:
    """What the simplest rule would have given, for comparison."""
    winners = count(election, Method.MOST_VOTES).winners
    facts = {"winners": number(len(winners)), "count": number(without_winner(election, winners))}
    return _("Bila dihitung suara terbanyak: %(winners)s usulan terpilih, %(count)s pemilih tanpa satu pun.", **facts)


def _head(election: Election, method: Method) -> str:
    facts = {"voters": number(election.voters), "options": number(len(election.costs))}
    return _("%(rule)s: %(voters)s pemilih, %(options)s usulan.", rule=words(method), **facts)


def _first(faults: Sequence[Fault]) -> list[str]:
    lines = list(fault_lines(faults[:MOST_FAULTS]))
    more = len(faults) - len(lines)
    return [*lines, _("Masih ada %(count)s lagi.", count=number(more))] if more > 0 else lines


def _say(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines), err=True)

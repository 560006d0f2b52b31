"""The result as a file: both rules, with the facts from which every reason is told."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.voting.rules.completion import usual_step
from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import OptionFacts, Rule, elect
from app.voting.rules.elections import Election
from app.voting.rules.methods import Method, count
from app.voting.rules.package.definition import Definition
from app.voting.rules.package.packing import canonical, fingerprint, pack
from app.voting.rules.reasons import Explanation, explain, without_winner

DEFINITION, RESULT, BALLOTS = "definisi.json", "hasil.json", "suara.pb"


def package(definition: Definition, boxed: Mapping[tuple[int, ...], int], others: Mapping[str, bytes]) -> bytes:
    """The zip; `others` are the ballots, the words to read first and the script that counts again."""
    files = {**others, DEFINITION: canonical(definition.as_data)}
    options = [OptionFacts(option.number, option.cost) for option in definition.options]
    result = result_of(elect(options, boxed, definition.ceiling), definition.rule)
    sums = {"files": {name: fingerprint(content) for name, content in files.items()}}
    return pack({**files, RESULT: canonical(result | sums)})


def result_of(election: Election, rule: Rule) -> dict[str, object]:
    """What the contest's rule gives, and what the other one would have given."""
    deciding = Method(rule.value)
    other = Method.EQUAL_SHARES if deciding is Method.MOST_VOTES else Method.MOST_VOTES
    facts = {"ballots": election.voters, "budget": election.ceiling, "other": _counted(election, other)}
    return _counted(election, deciding) | facts


def _counted(election: Election, method: Method) -> dict[str, object]:
    found = count(election, method)
    result: dict[str, object] = {
        "rule": method.value,
        "winners": [_code(option) for option in found.winners],
        "total_cost": election.cost_of(found.winners),
        "without_winner": without_winner(election, found.winners),
        "options": {_code(one.option): _facts(one) for one in explain(election, found)},
    }
    if found.completed:
        result |= {"step": int(usual_step(election)), "rounds": found.completed.rounds, "stop": found.completed.stop}
    return result


def _facts(why: Explanation) -> dict[str, object]:
    figures = {name: str(value) if isinstance(value, Fraction) else value for name, value in why.figures.items()}
    return {"won": why.won, "reason": why.reason.value, **figures}


def _code(option: int) -> str:
    """Options are counted from 0 in drawn order, and numbered from 1."""
    return ballot_number(option + 1)

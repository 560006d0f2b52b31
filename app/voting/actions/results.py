"""Writing a result: what became of every option, and hasil.json under the server's signature."""

from collections.abc import Collection

from app.db.session import session
from app.vault import sign
from app.voting import queries
from app.voting.models import Contest
from app.voting.rules.package.ballots import PublicBallot
from app.voting.rules.package.counted import Counted, count_contest


def write_result(contest: Contest, ballots: Collection[PublicBallot]) -> Counted:
    """Count what was taken in, by the terms that were frozen; the count as it was published stays for good."""
    session.flush()
    counted = count_contest(queries.data_files(contest), ballots)
    options = {option.number: option for option in queries.options_in(contest.id)}
    for result in counted.tally.results:
        option = options[result.number]
        option.votes, option.outcome, option.left_at_turn = result.votes, result.outcome, result.left
    contest.result, contest.result_sha256 = counted.content.decode(), counted.sha256
    contest.result_signature = sign(contest.id, counted.content)
    session.flush()
    return counted

"""A server that does one thing and never gets to its commit: says so, and waits until it is killed.

python -m tests.voting.killed DATABASE_URL ACT CONTEST PERSON
"""

import sys
import time
from datetime import timedelta

from app.db.transaction import transaction
from app.factory import create_app
from app.voting import actions, queries
from app.voting.words import tell_for_good
from config import Settings
from tests import builders as b

AFTER = b.NOW + timedelta(days=6)
ACTS = {
    "cast": lambda actor, contest: actions.cast_ballot(actor, contest, [1, 2], b.NOW),
    "close": lambda actor, contest: actions.close_contest(actor, contest, "", AFTER),
    "count": lambda actor, contest: actions.bring_ballots(actor, contest, 2, b.open_box(contest), AFTER),
    "certify": lambda actor, contest: actions.certify_contest(actor, contest, tell_for_good, AFTER),
}


def main(url: str, act: str, contest_id: str, person_id: str) -> None:
    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: b.NOW
    with app.app_context(), transaction():
        person = b.get_person(int(person_id))
        ACTS[act](b.actor_of(person), queries.get_contest(b.BELU, int(contest_id)))
        print("held", flush=True)
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])

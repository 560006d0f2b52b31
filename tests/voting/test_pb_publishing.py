"""The ballots of a contest as a .pb file: canonical, valid to the public checker, closed to the curious (P14)."""

import contextlib
import io
import json
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pabulib.checker import Checker

from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import election_of
from app.voting.rules.pabulib.writing import write_pb
from app.voting.rules.package.ballots import read_ballots, write_ballots
from tests.voting.ballotpapers import law
from tests.voting.packages import COSTS, VILLAGES, Paper, make_definition
from tests.voting.scripts import saksi

NAME = st.text(min_size=1, max_size=30).filter(lambda text: text.split() and "\x00" not in text)


@st.composite
def publications(draw: Any) -> tuple[dict[str, Any], list[Paper]]:
    definition = json.loads(make_definition()["definisi.json"])
    definition["meta"]["description"] = " ".join(draw(NAME).split())
    for option in definition["options"]:
        option["title"] = draw(NAME)
    numbers = st.lists(st.integers(1, len(COSTS)), unique=True, min_size=1, max_size=3).map(
        lambda all_: tuple(sorted(all_))
    )
    papers = [
        (draw(st.sampled_from(VILLAGES[:3])), draw(numbers), draw(st.sampled_from(["internet", "paper"])))
        for _ in range(4)
    ] * draw(st.sampled_from([8, 20, 30]))
    return definition, papers


def errors_of(content: bytes) -> Any:
    with contextlib.redirect_stdout(io.StringIO()):
        report = Checker().process_files([content.decode()])
    return report[1]["results"]["errors"]


@law(500)
@given(publications(), st.randoms(use_true_random=False))
def test_what_we_publish_is_canonical_and_passes_the_public_checker(contest: Any, random: Any) -> None:
    definition, papers = contest
    written = saksi.write_ballots(definition, papers)
    assert errors_of(written) == {}, json.dumps(errors_of(written))
    assert write_pb(read_pb("", written)) == written
    assert saksi.write_ballots(definition, random.sample(papers, len(papers))) == written
    assert write_ballots(definition, random.sample(read_ballots(definition, written), len(papers))) == written
    found = election_of(read_pb("", written))
    assert found.election.voters == len(papers)
    assert list(found.ids) == [option["code"] for option in definition["options"]]


@law(500)
@given(publications())
def test_no_village_and_no_channel_stands_out(contest: Any) -> None:
    definition, papers = contest
    ballots = read_ballots(definition, saksi.write_ballots(definition, papers))
    for crowd in (Counter(one.village for one in ballots), Counter((one.village, one.channel) for one in ballots)):
        assert len(crowd) == 1 or min(crowd.values()) >= 20

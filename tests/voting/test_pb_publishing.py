"""A contest of ours as a .pb file: canonical, valid to the public checker, and closed to the curious (P14)."""

import contextlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pabulib.checker import Checker

from app.voting.rules.methods import Method
from app.voting.rules.pabulib.publishing import Publication, PublicBallot, PublicOption, publish
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import election_of
from app.voting.rules.pabulib.writing import write_pb
from tests.voting.ballotpapers import law

NAME = st.text(min_size=1, max_size=30).filter(lambda text: text.split() and "\x00" not in text)


@st.composite
def publications(draw: Any) -> Publication:
    codes = [f"P{number:02d}" for number in range(1, draw(st.integers(3, 12)))]
    most = draw(st.integers(1, 2))
    ballots = [
        PublicBallot(
            tuple(draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=most))),
            "" if draw(st.booleans()) else draw(st.sampled_from(["Lamaknen", "Duarato"])),
            draw(st.sampled_from(["internet", "paper"])),
        )
        for _ in range(4)
    ] * draw(st.sampled_from([8, 20, 30]))
    options = [PublicOption(code, draw(st.integers(1, 50)), draw(NAME)) for code in codes]
    return Publication(
        description=draw(NAME),
        regency="Belu",
        region="Kecamatan Lamaknen",
        year=2028,
        ceiling=draw(st.integers(50, 400)),
        most_choices=most,
        method=draw(st.sampled_from(Method)),
        opened=date(2026, 11, 21),
        closed=date(2026, 11, 28),
        comments=["Patungan setara; langkah Rp2.142", "Seri: suara, biaya, undian"],
        options=draw(st.permutations(options)),
        ballots=ballots,
        winners=codes[:1] if draw(st.booleans()) else [],
    )


def errors_of(content: bytes) -> Any:
    with contextlib.redirect_stdout(io.StringIO()):
        report = Checker().process_files([content.decode()])
    return report[1]["results"]["errors"]


@law(500)
@given(publications(), st.randoms(use_true_random=False))
def test_what_we_publish_is_canonical_and_passes_the_public_checker(contest: Publication, random: Any) -> None:
    written = write_pb(publish(contest))
    assert errors_of(written) == {}, json.dumps(errors_of(written))
    assert write_pb(read_pb("", written)) == written
    shuffled: Sequence[PublicBallot] = random.sample(list(contest.ballots), len(contest.ballots))
    options = random.sample(list(contest.options), len(contest.options))
    assert write_pb(publish(replace(contest, ballots=shuffled, options=options))) == written
    found = election_of(read_pb("", written))
    assert found.election.voters == len(contest.ballots)
    assert list(found.ids) == sorted(option.code for option in contest.options)


CONTEST = Publication(
    description="Pemilihan usulan",
    regency="Belu",
    region="Kecamatan Lamaknen",
    year=2028,
    ceiling=9,
    most_choices=1,
    method=Method.EQUAL_SHARES,
    opened=date(2026, 11, 21),
    closed=date(2026, 11, 28),
    comments=["Patungan setara"],
    options=[PublicOption("P01", 5, "x"), PublicOption("P02", 5, "y")],
    ballots=[PublicBallot(("P01",), "A")] * 25 + [PublicBallot(("P02",), "B")] * 20,
    winners=["P01"],
)


def test_the_file_is_known_to_the_byte() -> None:
    head, votes = write_pb(publish(CONTEST)).decode().split("VOTES\n")
    assert (
        head
        == """META
key;value
description;Pemilihan usulan
country;Indonesia
unit;Belu
subunit;Kecamatan Lamaknen
instance;2028
num_projects;2
num_votes;45
budget;9
vote_type;choose-1
rule;unknown
date_begin;21.11.2026
date_end;28.11.2026
min_length;1
max_length;1
language;id
currency;IDR
comment;#1: Patungan setara
PROJECTS
project_id;cost;votes;name;selected
P01;5;25;x;1
P02;5;20;y;0
"""
    )
    assert votes.splitlines()[0] == "voter_id;vote;neighborhood"
    assert votes.splitlines()[25:27] == ["S00025;P01;A", "S00026;P02;B"]


def test_villages_and_channels_stand_there_only_where_none_is_small() -> None:
    def columns(ballots: Sequence[PublicBallot]) -> tuple[str, ...]:
        return publish(replace(CONTEST, ballots=ballots)).votes.columns[2:]

    assert columns([*CONTEST.ballots[1:-1], *[PublicBallot(("P01",), "A")] * 2]) == ()
    on_paper = [PublicBallot(("P02",), "B", "paper")] * 20
    assert columns([*CONTEST.ballots, *on_paper]) == ("voting_method", "neighborhood")
    assert columns([*CONTEST.ballots, *on_paper[1:]]) == ("neighborhood",)
    assert columns([PublicBallot(("P01",))] * 30) == ()


def test_a_small_contest_is_not_published_ballot_by_ballot() -> None:
    with pytest.raises(ValueError, match="too few"):
        publish(replace(CONTEST, ballots=CONTEST.ballots[:29]))

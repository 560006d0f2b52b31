"""The script: the same for the same seed, wide enough, and told in an order in which it can happen."""

import csv
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.demo.rules import monitoring, steps
from app.demo.rules.accounts import list_accounts, phones
from app.demo.rules.people import BELU, district_of
from app.demo.rules.script import SEED, write_script
from app.demo.rules.texts import read_texts
from app.demo.rules.works import CheckWork
from app.identity.rules import Group, Sex
from app.identity.rules.nik import Nik, parse_nik
from app.innovations.rules.decision import Criterion, Outcome, outcome_of
from app.kernel.actor import covers
from app.monitoring.rules.reports import ReportEvent
from app.proposals.rules import Event

APP = Path(__file__).parents[2] / "app"
TEXTS = read_texts({path.name: path.read_bytes() for path in (APP / "demo" / "data").iterdir()})
with (APP / "regions" / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
    VILLAGES = [row["code"] for row in csv.DictReader(file) if row["level"] == "village" and covers(BELU, row["code"])]
TODAY = datetime(2026, 11, 21, tzinfo=ZoneInfo("Asia/Makassar"))
SCRIPT = write_script(TEXTS, VILLAGES, SEED, TODAY)


def of_kind(kind: type[steps.Step], script: list[steps.Step] = SCRIPT) -> list:
    return [step for step in script if type(step) is kind]


def test_the_same_seed_tells_the_same_year_and_another_seed_another() -> None:
    assert write_script(TEXTS, VILLAGES, SEED, TODAY) == SCRIPT
    assert write_script(TEXTS, VILLAGES, SEED + 1, TODAY) != SCRIPT


def test_everything_lies_before_today_in_order_and_at_hours_when_people_are_awake() -> None:
    moments = [step.at for step in SCRIPT]
    assert moments == sorted(moments)
    assert moments[-1] < TODAY
    assert TODAY - moments[0] > timedelta(days=365)
    assert all(6 <= at.hour < 21 for at in moments)


@pytest.mark.parametrize("today", ["2027-01-01", "2028-02-29", "2028-12-31"])
def test_the_year_can_be_told_on_any_day(today: str) -> None:
    midnight = datetime.fromisoformat(today).replace(tzinfo=TODAY.tzinfo)
    script = write_script(TEXTS, VILLAGES, SEED, midnight)
    assert {step.plan_year for step in of_kind(steps.OpenCycle, script)} == {midnight.year + 1, midnight.year + 2}
    assert len(script) == len(SCRIPT)


def test_at_least_120_proposals_come_from_every_kecamatan_and_for_every_misi() -> None:
    sent = [step.proposal for step in of_kind(steps.Submit) if step.at > TODAY - timedelta(days=45)]
    assert len(sent) >= 120
    assert len({district_of(proposal.village) for proposal in sent}) == 12
    assert {number for proposal in sent for number in proposal.misi} == {1, 2, 3, 4, 5}


def test_every_proposal_is_written_by_somebody_who_lives_in_its_village_by_then() -> None:
    homes = {step.person: (step.village, step.at) for step in of_kind(steps.Enrol)}
    homes |= {f"{s.account.role} {s.account.regency}": (s.account.village, s.at) for s in of_kind(steps.Register)}
    for step in of_kind(steps.Submit):
        village, since = homes[step.by]
        assert village == step.proposal.village, step.proposal.key
        assert since < step.at


def test_everybody_who_takes_part_has_a_nik_of_their_own_that_fits_them() -> None:
    papers = [step.paper for step in of_kind(steps.Identify)]
    assert len({paper.nik for paper in papers}) == len(papers) > 280
    for paper in papers:
        nik = parse_nik(paper.nik, TODAY.date())
        assert isinstance(nik, Nik)
        assert (paper.sex, paper.born.year in nik.birth_years) == (nik.sex, True)
    women = sum(paper.sex is Sex.FEMALE for paper in papers) / len(papers)
    assert 0.3 < women < 0.7
    named = Counter(group for paper in papers for group in paper.groups)
    assert set(named) >= {Group.WOMEN, Group.YOUTH, Group.ELDERLY, Group.DISABILITY, Group.INDIGENOUS}


def test_a_few_proposals_have_many_supports_and_most_have_few() -> None:
    counted = sorted(Counter(step.proposal for step in of_kind(steps.Support)).values(), reverse=True)
    assert sum(counted) >= 2000
    assert counted[0] >= 100
    assert counted[len(counted) // 2] <= 20


def test_nobody_supports_the_same_proposal_twice_or_their_own() -> None:
    supports = [(step.by, step.proposal) for step in of_kind(steps.Support)]
    assert len(set(supports)) == len(supports)
    own = {(step.by, step.proposal.key) for step in of_kind(steps.Submit)}
    assert not own & set(supports)


def test_answers_with_a_no_carry_the_reason_of_the_file() -> None:
    moves = of_kind(steps.Move)
    said = {step.proposal: step.reason for step in moves if step.event in (Event.REJECT, Event.RETURN)}
    assert said == {key: no.text for key, no in (TEXTS.rejected | TEXTS.returned).items()}
    assert len(TEXTS.rejected) == 9
    assert len(TEXTS.returned) == 7


def test_five_yes_make_an_innovation_and_the_ordinary_answers_do_not() -> None:
    assert {outcome_of(answers) for answers in TEXTS.escalated.values()} == {Outcome.ESCALATED}
    assert outcome_of(TEXTS.ordinary) is Outcome.ROUTED
    assert TEXTS.ordinary[Criterion.NOVELTY].text.startswith("Pekerjaan seperti ini")


def test_what_the_story_names_is_there() -> None:
    named = {key for contest in TEXTS.contests for key in contest.options} | {one.proposal for one in TEXTS.innovations}
    for keys in (TEXTS.waiting, TEXTS.withdrawn, TEXTS.own, TEXTS.rejected, TEXTS.returned, TEXTS.routed):
        named |= set(keys)
    assert named <= set(TEXTS.proposals)
    in_contests = Counter(key for contest in TEXTS.contests for key in contest.options)
    assert max(in_contests.values()) == 1
    assert not set(in_contests) & (set(TEXTS.waiting) | set(TEXTS.withdrawn) | set(TEXTS.rejected))


def test_each_account_has_a_phone_of_its_own_and_its_password() -> None:
    numbers = phones(TEXTS)
    assert len(set(numbers.values())) == len(numbers) == len(TEXTS.accounts)
    made = list_accounts(TEXTS, {key: f"kata {key}" for key in numbers}, {"53.04": "belu", "19.06": "belitung-timur"})
    assert made[0].password == "kata warga 53.04"
    assert Counter(account.regency for account in made) == {"belu": 9, "belitung-timur": 5}


def test_words_for_passwords_are_plain_and_many() -> None:
    assert len(set(TEXTS.words)) == len(TEXTS.words) >= 256
    assert all(word.isascii() and word.islower() and word.isalpha() for word in TEXTS.words)


def test_reports_are_sent_after_their_quarter_and_verified_after_that() -> None:
    sent = {(step.target, step.quarter): step for step in of_kind(monitoring.Report)}
    reviewed = of_kind(monitoring.Review)
    assert len(sent) == len(of_kind(monitoring.Report)) == 22
    assert {step.event for step in reviewed} == {ReportEvent.ACCEPT, ReportEvent.RETURN}
    for (_target, quarter), step in sent.items():
        assert quarter.ends("Asia/Makassar") < step.at
    for review in reviewed:
        assert sent[review.target, review.quarter].at < review.at
        assert sent[review.target, review.quarter].by != review.by


def test_works_are_led_by_those_who_may_and_answered_by_their_village() -> None:
    homes = {step.person: step.village for step in of_kind(steps.Enrol)}
    answers = of_kind(CheckWork)
    assert len(answers) >= 3
    assert {homes[step.by] for step in answers} == {TEXTS.proposals[answers[0].proposal].village}
    assert {work.proposal for work in TEXTS.works} == set(TEXTS.routed)

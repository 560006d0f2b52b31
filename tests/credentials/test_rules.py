"""The rules of ways in, over every state."""

from datetime import datetime, timedelta
from itertools import product

import pyotp
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from app.credentials.rules import Refusal, cards, codes, factors, passkeys, printing, texts
from app.credentials.rules.cards import CardFacts, Reason, State
from app.credentials.rules.codes import LASTS, MOST_TRIES, CodeFacts, refuse_code
from app.credentials.rules.passkeys import Ceremony
from tests.builders import NOW

SECOND = timedelta(seconds=1)
YES_NO = (True, False)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("used", "newest", "old", "tries", "fits"), [*product(YES_NO, repeat=5)])
def test_a_code_opens_only_fresh_newest_unused_within_its_tries_and_right(
    used: bool, newest: bool, old: bool, tries: bool, fits: bool
) -> None:
    sent_at = NOW - (LASTS if old else LASTS - SECOND)
    facts = CodeFacts(sent_at, MOST_TRIES + tries, used, newest, fits)
    is_over = used or not newest or old or tries
    assert refuse_code(facts, NOW) is (Refusal.CODE_OVER if is_over else None if fits else Refusal.WRONG_CODE)


def test_codes_are_six_digits_of_all_kinds() -> None:
    drawn = {codes.new_code() for _ in range(2000)}
    assert all(len(code) == 6 and code.isdigit() for code in drawn)
    assert len(drawn) > 1990
    assert {code[0] for code in drawn} == set("0123456789")


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123-456 "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.normal_code(typed) == "123456"


@pytest.mark.parametrize(
    ("oneself", "has_password", "staff", "reason"),
    [*product(YES_NO, YES_NO, YES_NO, (None, Reason.LOST))],
)
def test_who_gets_a_card(oneself: bool, has_password: bool, staff: bool, reason: Reason | None) -> None:
    refusal = cards.refuse_card(CardFacts(7, has_password, staff), 7 if oneself else 8, reason)
    if oneself:
        assert refusal is Refusal.OWN_CARD
    elif staff:
        assert refusal is Refusal.STAFF_CARD
    else:
        assert refusal is (Refusal.REASON_MISSING if has_password and not reason else None)


@pytest.mark.parametrize(
    ("left", "revoked_at", "state"),
    [
        (SECOND, None, State.IN_FORCE),
        (timedelta(), None, State.EXPIRED),
        (SECOND, NOW, State.REVOKED),
        (timedelta(), NOW, State.REVOKED),
    ],
)
def test_how_a_card_stands(left: timedelta, revoked_at: datetime | None, state: State) -> None:
    assert cards.state_of(NOW + left, revoked_at, NOW) is state


def test_a_scanned_card_counts_for_ten_minutes_and_for_its_owner_only() -> None:
    browser = cards.remembered(7, NOW)
    assert cards.card_seen(browser, 7, NOW + cards.SEEN_FOR - SECOND)
    assert not cards.card_seen(browser, 7, NOW + cards.SEEN_FOR)
    assert not cards.card_seen(browser, 7, NOW - SECOND)
    assert not cards.card_seen(browser, 8, NOW)
    assert not cards.card_seen({}, 7, NOW)


def test_the_words_are_many_plain_and_distinct() -> None:
    words = cards.known_words()
    assert len(words) == len(set(words)) >= 2048
    assert all(4 <= len(word) <= 8 and word.isascii() and word.isalpha() and word.islower() for word in words)
    assert len({cards.draw_words() for _ in range(500)}) == 500


def test_an_app_s_code_is_taken_a_step_early_or_late_and_no_more() -> None:
    totp = pyotp.TOTP(SECRET)
    steps = {offset: factors.step_of(SECRET, totp.at(NOW, counter_offset=offset), NOW) for offset in range(-3, 4)}
    here = totp.timecode(NOW)
    assert steps == {-3: None, -2: None, -1: here - 1, 0: here, 1: here + 1, 2: None, 3: None}
    assert factors.step_of(SECRET, f"{totp.at(NOW)[:3]} {totp.at(NOW)[3:]}", NOW) == here
    assert factors.step_of(SECRET, "١٢٣٤٥٦", NOW) is None


def test_the_demonstration_shows_a_code_that_was_not_used() -> None:
    here = pyotp.TOTP(SECRET).timecode(NOW)
    for last in (None, here - 1, here):
        code = factors.unused_code(SECRET, last, NOW)
        assert code
        assert (factors.step_of(SECRET, code, NOW) or 0) > (last or 0)
    assert factors.unused_code(SECRET, here + 1, NOW) is None


def test_recovery_codes_are_hard_to_guess_and_easy_to_type() -> None:
    made = factors.new_recovery_codes()
    assert len(set(made)) == factors.RECOVERY_CODES
    assert len(factors.RECOVERY_LETTERS) ** factors.RECOVERY_LENGTH > 2**49
    for code in made:
        assert factors.normal_recovery_code(f" {factors.shown(code).upper()} ") == code
        assert factors.is_recovery_code(factors.shown(code))
    assert not factors.is_recovery_code("123456")


@pytest.mark.parametrize(("staff", "count"), [*product(YES_NO, (1, 2))])
def test_staff_keep_one_factor(staff: bool, count: int) -> None:
    assert factors.refuse_removal(staff, count) is (Refusal.LAST_FACTOR if staff and count == 1 else None)


@pytest.mark.parametrize(("asked", "made"), [*product(Ceremony, Ceremony)])
def test_a_challenge_is_good_for_its_own_ceremony_and_five_minutes(asked: Ceremony, made: Ceremony) -> None:
    challenge = passkeys.new_challenge(made, NOW)
    assert (passkeys.challenge_of(challenge.kept(), asked, NOW) == challenge) is (asked is made)
    assert passkeys.challenge_of(challenge.kept(), made, NOW + passkeys.CHALLENGE_LASTS) is None
    assert passkeys.challenge_of(None, made, NOW) is None


@pytest.mark.parametrize(
    ("known", "shown", "copied"),
    [(0, 0, False), (0, 1, False), (1, 2, False), (2, 2, True), (2, 1, True), (2, 0, True)],
)
def test_a_key_that_counts_backwards_was_copied(known: int, shown: int, copied: bool) -> None:
    assert passkeys.is_copied(known, shown) is copied


def test_so_many_keys_and_no_more() -> None:
    assert passkeys.refuse_another(passkeys.MOST_PASSKEYS - 1) is None
    assert passkeys.refuse_another(passkeys.MOST_PASSKEYS) is Refusal.MANY_PASSKEYS


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789:/.-", min_size=1, max_size=90))
def test_a_qr_path_draws_every_dark_module(text: str) -> None:
    qr = printing.qr_of(text)
    assert drawn(qr) == [[bool(dark) for dark in row] for row in segno.make_qr(text, error="m").matrix]


def drawn(qr: printing.Qr) -> list[list[bool]]:
    rows = []
    for line in qr.path.split("M0 ")[1:]:
        row: list[bool] = []
        for run in line.partition(".5")[2].replace("h", " h").replace("m", " m").replace(" 0", "").split():
            row += [run[0] == "h"] * int(run[1:])
        rows.append(row)
    return rows


def test_messages_fit_in_one_sms() -> None:
    said = [texts.code_text("123456"), texts.HOUSEHOLD, texts.PHONE_CHANGED, texts.CARD_REPLACED, texts.FACTOR_CHANGED]
    assert all(len(text) <= 160 and text.isascii() for text in said)
    assert said[0] == "Kode masuk Anda 123 456. Petugas tidak pernah meminta kode ini."

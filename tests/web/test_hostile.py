"""What nobody types by mistake: every address and every form answers it, and never with 500."""

import random
import re
from collections.abc import Iterable, Iterator
from contextvars import Context
from itertools import product
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.session import session
from app.kernel.actor import Role
from tests import builders as b
from tests.client import Visitor

SEED = 27
# Numbers that no column holds, NUL, half a surrogate, broken UTF-8, signs of patterns and of other notations.
NUMBERS = (b"2147483648", b"99999999999", b"99999999999999999999", b"0")
TEXTS = (
    *NUMBERS, b"-1", b"", b"\0", b"a\0b", b"\xed\xa0\x80", b"\xff\xfe", b"%", b"\\", b"'", b'"><script>', b"[]", b"NaN",
    b"x" * 6000, "😀".encode() * 90, "٣²".encode(), b"//elsewhere.example", b"0001-01-01T00:00", b"9999-12-31T23:59",
    b"1-99999999999", b"99999999999-1", b"4611686018427387903-1", b"1-4611686018427387903", b"4611686018427387903",
)  # fmt: skip
QUERY = (
    "q", "setelah", "misi", "desa", "kecamatan", "status", "urut", "lang", "next", "r", "nomor", "pilar", "tahap",
    "tampil", "terlambat", "putusan", "alasan", "tahun", "wilayah", "_external", "_scheme", "_method", "endpoint",
)  # fmt: skip
TYPED = (
    "",
    "\0",
    "a\0b",
    "\r\nX: y",
    "99999999999999999999",
    "999.999.999.999.999",
    "-5",
    "x" * 6000,
    "9999-12-31T23:59",
    "ya",
)
MOST = 120
LISTS = {
    "/belu/usulan?": ("setelah", "misi", "_scheme", "_method", "endpoint"),
    "/belu/usulan?urut=dukungan&": ("setelah",),
    "/belu/inovasi?tahap=gagasan&": ("setelah",),
    "/damping/?": ("setelah",),
    "/meja/?": ("setelah",),
}
T = TypeVar("T")


@pytest.fixture
def official(session: Session) -> Person:
    """Somebody whom every desk lets in."""
    b.make_world()
    person = b.make_person(b.MAKIR, attested=True)
    for role in Role:
        b.grant_role(person, role, b.BELU)
    return person


@pytest.fixture
def visitor(client: Visitor, official: Person) -> Visitor:
    return client.sign_in(official)


@pytest.fixture
def known(official: Person) -> dict[str, str]:
    """For every argument of an address something that is there."""
    contest = b.make_contest()
    return {
        "regency": "belu",
        "contest_id": str(contest.id),
        "number": b.make_published().number or "",
        "card_number": b.make_person().card_number,
        "code": b.MAKIR,
        "key": b.make_draft(official).form_key,
        "year": "2028",
        "kind": "budget",
    }


def is_broken(visitor: Visitor, address: str, **sent: Any) -> bool:
    """Whether the answer is 500, or an exception where the test's application shows them; pages are not checked."""
    session.commit()
    try:
        answer = Context().run(super(Visitor, visitor).open, address, **sent)
        answer.close()  # as a browser does, and with it what was made for this answer
        return answer.status_code >= 500
    except Exception:  # noqa: BLE001 (the test tells where)
        return True
    finally:
        session.expire_all()


def addresses(app: Flask, known: dict[str, str]) -> Iterator[str]:
    """Every address with each of its arguments hostile in turn."""
    for rule in app.url_map.iter_rules():
        for hostile in sorted(rule.arguments):
            values = NUMBERS if f"int:{hostile}" in rule.rule else [text for text in TEXTS if text]
            for value in values:
                filled = {name: quote(known.get(name, "1")) for name in rule.arguments} | {hostile: quote(value)}
                yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found, filled=filled: filled[found[1]], rule.rule)


def some(of: Iterable[T]) -> list[T]:
    """As many of them as a fast test can try, always the same."""
    every = list(of)
    return random.Random(SEED).sample(every, min(MOST, len(every)))


def test_no_address_breaks(app: Flask, visitor: Visitor, known: dict[str, str]) -> None:
    every = list(addresses(app, known))
    worst = [address for address in every if re.search("/(%00|2147483648)(/|$)", address)]
    assert [address for address in (*worst, *some(every)) if is_broken(visitor, address)] == []


def test_no_query_breaks(app: Flask, visitor: Visitor, known: dict[str, str]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known.get(found[1], "1"), rule.rule) for rule in rules]
    asked = some(f"{path}?{name}={quote(text)}" for path, name, text in product(paths, QUERY, TEXTS))
    lists = [f"{path}{name}={quote(text)}" for path, names in LISTS.items() for name, text in product(names, TEXTS)]
    assert [address for address in (*asked, *lists) if is_broken(visitor, address)] == []


FORMS: dict[str, dict[str, Any]] = {
    "/masuk": {"name": "081234567890", "password": b.PASSWORD},
    "/daftar": {"name": "Ana", "phone": "081234567890", "village": b.MAKIR, "password": b.PASSWORD, "consent": "y"},
    "/belu/usulan/baru?sekaligus=1": {
        "title": b.ANSWERS.title,
        "problem": b.ANSWERS.problem,
        "work": b.ANSWERS.work,
        "volume": "12",
        "unit": "meter",
        "estimate": "1.000.000",
        "beneficiaries": "40",
        "misi": "1",
    },
    "/damping/cari": {"text": "maria"},
    "/damping/lembar": {"village": b.MAKIR, "sheets": "3"},
    "/damping/warga/baru": {"name": "Oma Rosa", "village": b.MAKIR, "nik": "5304013112880001", "consent": "y"},
    "/damping/warga/{card_number}/data": {"name": "Maria Bere", "birth_year": "1988", "phone": "0812 3456 7890"},
    "/damping/warga/{card_number}": {"document": "ktp", "is_confirmed": "y"},
    "/meja/{waiting}?putusan=tolak": {"code": "duplicate", "reason": "Sama dengan usulan lain."},
    "/meja/{waiting}/catatan": {"text": "Tanya dulu kepada kepala dusun."},
    "/meja/{waiting}/gabung?ke={number}": {"reason": "Sama dengan usulan lain."},
    "/meja/{waiting}/kunjungan": {"due": "2026-11-28", "question": "Apakah jalannya benar rusak?"},
    "/belu/usulan/{number}/obrolan/tulis": {"text": "Saya setuju, jalannya rusak.", "stance": "for"},
    "/belu/usulan/{number}/laporkan": {"text": "Ada yang salah."},
    "/akun/data/ubah": {"name": "Ana", "hamlet": "Fatubesi"},
    "/masuk/kode": {"phone": "081234567890"},
    "/pipa/belu/misi": {"number": "4", "text": "Orang sehat dan pintar", "short": "Sehat"},
    "/pipa/belu/siklus": {"year": "2031"},
    "/pipa/belu/siklus/2028/tahap": {"voting_opens": "2026-11-21T08:00", "voting_closes": "2026-12-21T08:00"},
    "/pipa/belu/siklus/2028/pagu": {"pagu-53.04": "1.000.000"},
    "/pipa/belu/inovasi/{innovation}": {
        "step": "stop",
        "reason": "Tidak dipakai lagi.",
        "lesson": "Rawat dulu alatnya.",
    },
    "/pipa/belu/inovasi/{innovation}/sumber-daya/anggaran": {"title": "Belanja", "amount": "1.000.000"},
    "/pipa/belu/inovasi/{innovation}/syarat/baseline": {"title": "Air", "quantity": "5", "unit": "liter"},
    "/pipa/belu/inovasi/{innovation}/syarat/trial_period": {"dated": "2026-11-01", "until": "2026-12-01"},
    "/pipa/belu/usulan/{winner}/putuskan": {},
}


def test_no_form_breaks(visitor: Visitor, known: dict[str, str]) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    candidates = [b.make_published().id for _ in range(2)]
    proposals = {"waiting": b.make_proposal().number, "winner": b.make_selected().number}
    more = proposals | {"innovation": b.make_innovation(planner).number}
    picked = {f"pick-{id_}": "y" for id_ in candidates} | {f"cost-{id_}": "1.000.000" for id_ in candidates}
    pages = {page.format(**known, **more): answers for page, answers in FORMS.items()}
    pages |= {"/pipa/belu/pemilihan/baru?wilayah=53.04": picked | {"ceiling": "1.000.000", "max_choices": "1"}}
    forms = {page: _form_of(visitor, page) | answers for page, answers in pages.items()}
    broken = []
    for address, sent in forms.items():
        for name, text in product([name for name in sent if name != "csrf_token"], TYPED):
            if is_broken(visitor, address, method="POST", data=sent | {name: text}):
                broken.append((address, name, text))
    assert broken == []


def _form_of(visitor: Visitor, page: str) -> dict[str, Any]:
    """What the form of the page holds; where there are several, the one that is sent to the page itself."""
    shown = visitor.get(page).text
    return visitor._form(shown, page if f'action="{page}"' in shown else None)[1]


def test_what_is_no_form_is_refused(visitor: Visitor) -> None:
    _action, shown = visitor._form(visitor.get("/masuk").text, None)
    for body in ([1], {"name": 5, "password": "\ud800"}, "x", None):
        headers = {"X-CSRFToken": shown["csrf_token"]}
        answer = visitor.post("/masuk", json=body, headers=headers)
        assert answer.status_code in (400, 415, 422)

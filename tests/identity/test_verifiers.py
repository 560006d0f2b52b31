"""Another verifier than the format: a small register behind HTTP, as an agreement with one might look."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import urllib3
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Document
from app.identity import actions
from app.identity.models import Identity
from app.identity.queries import identity_of
from app.identity.rules.nik import Doubt, Nik, doubts
from app.identity.rules.verifying import Claim, IdentityVerifier, Verdict
from app.kernel.actor import Level, Role
from tests import builders as b


class Register(BaseHTTPRequestHandler):
    """Says yes or no to a NIK and a birth year, and nothing else, as Dukcapil would."""

    known: dict[str, int] = {}

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"matches": self.known.get(asked["nik"]) == asked["birth_year"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


class RegisterVerifier:
    """Asks the register; what its format makes doubtful stays doubtful."""

    name = "register"

    def __init__(self, url: str) -> None:
        self.url, self.http = url, urllib3.PoolManager(timeout=2.0, retries=False)

    def verify(self, claim: Claim) -> Verdict:
        asked = {"nik": claim.nik.digits, "birth_year": claim.completed().birth_year}
        matches = bool(self.http.request("POST", self.url, json=asked).json()["matches"])
        found = doubts(claim.nik, claim.regency_code, claim.birth_year, claim.sex)
        return Verdict(matches, found if matches else (*found, Doubt.NOT_ACCEPTED))


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    monkeypatch.setattr(Register, "known", {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    Thread(target=server.serve_forever, daemon=True).start()
    verifier: IdentityVerifier = RegisterVerifier(f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr("app.identity.actions.identifying.VERIFIER", verifier)
    yield Register.known
    server.shutdown()
    server.server_close()


@pytest.fixture
def person(session: Session) -> Person:
    b.make_regions()
    person = b.make_person(level=Level.REGISTERED)
    accounts.confirm_phone(person, b.NOW)
    return person


def identify(person: Person, nik: Nik) -> Identity:
    actions.identify_oneself(b.actor_of(person), person, actions.Particulars(nik), b.NOW)
    row = identity_of(person.id)
    assert row is not None
    return row


def test_what_the_register_knows_is_accepted_in_its_name(register: dict[str, int], person: Person) -> None:
    nik = b.make_nik()
    register[nik.digits] = 1988
    row = identify(person, nik)
    assert (row.verifier, row.doubts, person.level) == ("register", [], Level.CONFIRMED)


def test_what_it_does_not_know_shuts_nobody_out(register: dict[str, int], person: Person) -> None:
    row = identify(person, b.make_nik())
    assert (row.verifier, row.doubts, person.level) == ("", ["not_accepted"], Level.REGISTERED)
    accounts.attest(b.make_staff(Role.FACILITATOR, b.LAMAKNEN), person, Document.KTP, b.NOW)
    assert person.level == Level.ATTESTED

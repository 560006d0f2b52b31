"""The gateway to providers, against a real server that does everything servers do."""

import json
from time import monotonic

import pytest

from app.messages.actions.gateways import Outgoing, Permanent, Sent, Temporary
from app.messages.actions.gateways.https import HttpsGateway
from app.messages.rules import Channel, Kind
from app.messages.rules.filling import FormBody
from tests import builders as b
from tests.messages import provider as p
from tests.messages.conftest import Certificate

CODE = Outgoing("code:7", Channel.PHONE, Kind.CODE, b.NOW, "+6281234567890", 'Kode "123456" \\ {key}\n& baris kedua')


def test_a_message_goes_as_the_template_says_with_its_key(provider: p.Provider) -> None:
    assert HttpsGateway(provider.settings()).send(CODE) == Sent("id-of-code:7")
    request = provider.requests[0]
    assert request["headers"]["Authorization"] == "Bearer s3cret-of-the-provider"
    assert request["headers"]["Content-Type"] == "application/json"
    assert json.loads(request["body"]) == {
        "to": "6281234567890",
        "message": {"text": CODE.text},
        "list": ["code:7", 1, None],
    }


def test_a_provider_may_want_a_form(provider: p.Provider) -> None:
    body = FormBody((("to", "{to}"), ("text", "{text}"), ("user", "desa")))
    HttpsGateway(provider.settings(body=body, method="POST")).send(CODE)
    expected = b"to=%2B6281234567890&text=Kode+%22123456%22+%5C+%7Bkey%7D%0A%26+baris+kedua&user=desa"
    assert provider.requests[0]["body"] == expected


@pytest.mark.parametrize(
    ("behaviour", "outcome", "reason"),
    [
        (p.status(500), Temporary, "http 500"),
        (p.status(429, Retry_After="30"), Temporary, "http 429"),
        (p.status(401), Temporary, "http 401"),
        (p.status(204), Temporary, "http 204"),
        (p.status(400), Permanent, "http 400"),
        (p.redirects, Temporary, "http 302"),
        (p.drops, Temporary, "ProtocolError"),
        (p.slow, Temporary, "ReadTimeoutError"),
    ],
)
def test_what_goes_wrong_has_a_name_and_none_of_the_providers_words(
    provider: p.Provider, behaviour: p.Behaviour, outcome: type[Exception], reason: str
) -> None:
    provider.does(behaviour)
    with pytest.raises(outcome) as raised:
        HttpsGateway(provider.settings()).send(CODE)
    assert str(raised.value) == reason
    assert len(provider.requests) == 1  # no redirect is followed, and nothing is tried again behind the back


def test_what_the_provider_asks_to_wait_is_passed_on(provider: p.Provider) -> None:
    provider.does(p.status(429, Retry_After="30"))
    with pytest.raises(Temporary) as raised:
        HttpsGateway(provider.settings()).send(CODE)
    assert raised.value.retry_after == "30"


@pytest.mark.parametrize("behaviour", [p.huge, p.drips, p.status(200)])
def test_an_answer_too_long_too_slow_or_without_an_id_costs_the_receipt_only(
    provider: p.Provider, behaviour: p.Behaviour
) -> None:
    provider.does(behaviour)
    before = monotonic()
    assert HttpsGateway(provider.settings()).send(CODE) == Sent(None)
    assert monotonic() - before < 2.5


def test_a_connection_is_used_again_and_one_that_is_gone_is_replaced(provider: p.Provider) -> None:
    gateway = HttpsGateway(provider.settings())
    assert [gateway.send(CODE) for _ in range(3)] == [Sent("id-of-code:7")] * 3


def test_nobody_at_home_is_a_reason_to_try_later() -> None:
    with p.served() as gone:
        settings = gone.settings()
    with pytest.raises(Temporary, match="NewConnectionError"):
        HttpsGateway(settings).send(CODE)


def test_a_certificate_that_nobody_vouches_for_gets_no_message(certificate: Certificate) -> None:
    with p.served(certificate.server) as provider:
        with pytest.raises(Temporary, match="SSLError"):
            HttpsGateway(provider.settings()).send(CODE)
        assert provider.requests == []


def test_a_certificate_that_the_machine_trusts_is_fine(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with p.served(certificate.server) as provider:
        assert HttpsGateway(provider.settings()).send(CODE) == Sent("id-of-code:7")

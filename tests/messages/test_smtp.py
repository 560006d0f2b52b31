"""The mail gateway, against a real SMTP server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.messages.actions.gateways import Outgoing, Permanent, Temporary
from app.messages.actions.gateways.smtp import SmtpGateway
from app.messages.rules import Channel, Kind
from app.messages.rules.gateways import SmtpSettings
from tests import builders as b
from tests.messages.conftest import Certificate

TEXT = "Usulan Anda BLU-28-00042 sudah terbit — terima kasih.\nBaris kedua"
MAIL = Outgoing("notice:7", Channel.EMAIL, Kind.NOTICE, b.NOW, "warga@example.id", TEXT)
CODE = Outgoing("code:7", Channel.PHONE, Kind.CODE, b.NOW, "+6281234567890", "Kode 123456")


class Mailbox:
    """What arrived; and what the server says to recipients and contents."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.to_recipient = self.to_content = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, mail))
        return self.to_content


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
    is_right = data.password == b"the-right-one"
    return AuthResult(success=is_right, handled=is_right)  # not handled: the server says 535


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@contextmanager
def served(mailbox: Mailbox, security: str = "none", tls: SSLContext | None = None) -> Iterator[SmtpSettings]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"tls_context": tls, "require_starttls": True} if security == "starttls" else {"auth_require_tls": False}
    controller = Controller(
        mailbox,
        "localhost",
        port,
        ssl_context=tls if security == "tls" else None,
        authenticator=_authenticate,
        **options,
    )
    controller.start()
    sender = "Mufakat <kabar@belu.example.id>"
    yield SmtpSettings("localhost", sender, port, security, phone_address="{digits}@sms.example.id", timeout=2)
    controller.stop()


@pytest.fixture
def settings(mailbox: Mailbox) -> Iterator[SmtpSettings]:
    with served(mailbox) as settings:
        yield settings


def test_a_mail_arrives_with_everything_that_a_mail_needs(settings: SmtpSettings, mailbox: Mailbox) -> None:
    sent = SmtpGateway(settings).send(MAIL)
    recipients, mail = mailbox.mails[0]
    assert recipients == ["warga@example.id"]
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == TEXT
    assert (mail["From"], mail["Subject"]) == ("Mufakat <kabar@belu.example.id>", "Mufakat")
    assert mail["Date"].datetime == b.NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert sent.gateway_id == mail["Message-ID"]
    assert mail["Message-ID"].endswith("@belu.example.id>")


def test_the_same_message_has_the_same_id_however_often_it_is_sent(settings: SmtpSettings, mailbox: Mailbox) -> None:
    gateway = SmtpGateway(settings)
    assert gateway.send(MAIL) == gateway.send(MAIL)
    assert gateway.send(MAIL) != gateway.send(CODE)


def test_a_code_reaches_a_phone_through_a_bridge(settings: SmtpSettings, mailbox: Mailbox) -> None:
    SmtpGateway(settings).send(CODE)
    assert mailbox.mails[0][0] == ["6281234567890@sms.example.id"]


@pytest.mark.parametrize("address", ["", "no mailbox", "a@b.id\nBcc: all@example.id", "a@b.id, c@d.id", "<a@b.id>"])
def test_an_address_that_is_none_gets_nothing(settings: SmtpSettings, mailbox: Mailbox, address: str) -> None:
    with pytest.raises(Permanent, match="address"):
        SmtpGateway(settings).send(Outgoing("k", Channel.EMAIL, Kind.NOTICE, b.NOW, address, TEXT))
    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("recipient", "content", "outcome", "reason"),
    [
        ("550 no such warga@example.id", "250 OK", Permanent, "smtp 550 recipient"),
        ("450 come again", "250 OK", Temporary, "smtp 450 recipient"),
        ("250 OK", "554 looks like spam", Permanent, "smtp 554 content"),
        ("250 OK", "451 full", Temporary, "smtp 451 content"),
    ],
)
def test_a_no_is_told_by_its_number_only(
    settings: SmtpSettings, mailbox: Mailbox, recipient: str, content: str, outcome: type[Exception], reason: str
) -> None:
    mailbox.to_recipient, mailbox.to_content = recipient, content
    with pytest.raises(outcome) as raised:
        SmtpGateway(settings).send(MAIL)
    assert str(raised.value) == reason


def test_a_wrong_password_loses_no_message(settings: SmtpSettings, mailbox: Mailbox) -> None:
    for password, is_right in (("the-right-one", True), ("another", False)):
        gateway = SmtpGateway(SmtpSettings(**vars(settings) | {"user": "desa", "password": password}))
        if is_right:
            gateway.send(MAIL)
        else:
            with pytest.raises(Temporary, match="smtp 535"):
                gateway.send(MAIL)
    assert len(mailbox.mails) == 1


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(settings: SmtpSettings, mailbox: Mailbox) -> None:
    for security in ("starttls", "tls"):
        with pytest.raises(Temporary):
            SmtpGateway(SmtpSettings(**vars(settings) | {"security": security})).send(MAIL)
    assert mailbox.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_tls_the_servers_certificate_counts(
    mailbox: Mailbox, certificate: Certificate, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(mailbox, security, certificate.server) as settings:
        with pytest.raises(Temporary, match="SSLCertVerificationError"):
            SmtpGateway(settings).send(MAIL)
        assert mailbox.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        SmtpGateway(settings).send(MAIL)
        assert len(mailbox.mails) == 1

"""Providers to send to, a certificate of their own, and a clock that can be moved."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests import builders as b
from tests.messages.provider import Provider, served


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = b.NOW

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with served() as provider:
        yield provider


@dataclass(frozen=True)
class Certificate:
    """For localhost, vouched for by nobody but itself: SSL_CERT_FILE=path makes this machine trust it."""

    path: Path
    server: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    begin, end = datetime(2020, 1, 1, tzinfo=b.NOW.tzinfo), datetime(2120, 1, 1, tzinfo=b.NOW.tzinfo)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begin, end)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return Certificate(path, context)

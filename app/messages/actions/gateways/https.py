"""HTTPS: any provider that takes a request a message. The address comes from the settings, and nobody is followed."""

from time import monotonic
from typing import Any

from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import HTTPError

from app.messages.actions.gateways import Outgoing, Permanent, Sent, Temporary
from app.messages.rules.answers import find_name, parse_json
from app.messages.rules.filling import fill
from app.messages.rules.gateways import HttpsSettings

LONGEST_ANSWER, PIECE = 2**16, 2**14


class HttpsGateway:
    """One request for each message, no redirects, no retries of its own."""

    name = HttpsSettings.name

    def __init__(self, settings: HttpsSettings) -> None:
        self.settings = settings
        self.pool = PoolManager(timeout=Timeout(connect=settings.timeout, read=settings.timeout), retries=False)

    def send(self, outgoing: Outgoing) -> Sent:
        settings = self.settings
        values = {"to": outgoing.to, "digits": outgoing.digits, "text": outgoing.text, "key": outgoing.key}
        headers = {name: fill(value, values) for name, value in settings.headers.items()}
        try:
            answer = self.pool.request(
                settings.method,
                settings.url,
                body=settings.body.fill(values),
                headers={"Content-Type": settings.body.mime, "Accept": "application/json"} | headers,
                redirect=False,
                preload_content=False,
            )
        except (HTTPError, OSError) as error:
            raise Temporary(type(error).__name__) from None
        return self._judge(answer)

    def _judge(self, answer: BaseHTTPResponse) -> Sent:
        """What the status says; a body that cannot be read costs the receipt, not the message."""
        reason = f"http {answer.status}"
        try:
            if answer.status in self.settings.success:
                return Sent(find_name(_content(answer, self.settings.timeout), self.settings.id_path))
            if answer.status in self.settings.permanent:
                raise Permanent(reason)
            raise Temporary(reason, answer.headers.get("Retry-After", ""))
        finally:
            answer.close()


def _content(answer: BaseHTTPResponse, seconds: int) -> Any:
    """The JSON of an answer; None where it has none, or takes longer or is longer than any answer needs to."""
    body, until = b"", monotonic() + seconds
    try:
        while len(body) <= LONGEST_ANSWER and monotonic() < until:
            piece = answer.read1(PIECE, decode_content=False)
            if not piece:
                return parse_json(body)
            body += piece
    except (HTTPError, OSError):
        pass
    return None

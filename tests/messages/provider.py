"""A provider of our own: a real HTTP server that behaves as told, and counts what reaches it by idempotency key."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Lock, Thread
from typing import Any

from app.messages.rules.filling import JsonBody
from app.messages.rules.gateways import HttpsSettings

Behaviour = Callable[["Handler"], None]
BODY = JsonBody({"to": "{digits}", "message": {"text": "{text}"}, "list": ["{key}", 1, None]})


class Provider:
    """What came in, and what is done with the next request: the last behaviour stays."""

    def __init__(self) -> None:
        self.behaviours: list[Behaviour] = [ok]
        self.requests: list[dict[str, Any]] = []
        self.lock = Lock()
        self.closing = Event()
        self.url = ""

    def does(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)

    def settings(self, **options: Any) -> HttpsSettings:
        headers = {"Authorization": "Bearer s3cret-of-the-provider", "Idempotency-Key": "{key}"}
        return HttpsSettings(**{"url": self.url, "body": BODY, "headers": headers, "timeout": 1} | options)

    @property
    def keys(self) -> Counter[str]:
        """How often each message was asked for."""
        with self.lock:
            return Counter(request["headers"]["Idempotency-Key"] for request in self.requests)

    def next_behaviour(self, request: dict[str, Any]) -> Behaviour:
        with self.lock:
            self.requests.append(request)
            return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


class Handler(BaseHTTPRequestHandler):
    """Reads the whole request, then behaves."""

    provider: Provider
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.request_facts = {"path": self.path, "headers": dict(self.headers), "body": body}
        self.provider.next_behaviour(self.request_facts)(self)

    def do_GET(self) -> None:
        self.request_facts = {"path": self.path, "headers": dict(self.headers), "body": b""}
        self.provider.next_behaviour(self.request_facts)(self)

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: Any) -> None:
        pass


def ok(handler: Handler) -> None:
    key = handler.request_facts["headers"].get("Idempotency-Key", "")
    handler.answer(200, json.dumps({"id": f"id-of-{key}"}).encode())


def status(code: int, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(code, b'{"error": "+6281234567890 is no number"}', **headers)


def slow(handler: Handler) -> None:
    handler.provider.closing.wait(3)
    handler.close_connection = True


def drops(handler: Handler) -> None:
    """Has read everything, and hangs up without a word."""
    handler.close_connection = True


def redirects(handler: Handler) -> None:
    handler.answer(302, Location=f"{handler.provider.url}/elsewhere")


def huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    try:
        while not handler.provider.closing.is_set():
            handler.wfile.write(b" " * 2**16)
    except OSError:
        pass


def drips(handler: Handler) -> None:
    """Takes the message, then sends its answer one letter at a time."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    try:
        while not handler.provider.closing.wait(0.05):
            handler.wfile.write(b" ")
    except OSError:
        pass


@contextmanager
def served(tls: SSLContext | None = None) -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"provider": provider}))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    provider.url = f"{'https' if tls else 'http'}://localhost:{server.server_port}/send"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()

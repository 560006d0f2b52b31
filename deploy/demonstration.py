"""The demonstration, from an empty or an older database to a served site: python -m deploy.demonstration [PORT].

Every step is a flask command that may be repeated; they share one process, because loading the code takes longer.
"""

import os
import signal
import socket
import subprocess
import sys

import click
from flask.cli import ScriptInfo

from wsgi import app

MESSAGES = (sys.executable, "-m", "flask", "--app", "wsgi", "messages", "deliver", "--watch")
STEPS = ("db upgrade", "regions import", "plans import", "innovations import", "maturity import", "demo load")


def check(port: str) -> None:
    """Say at once that the port is taken, not after a minute of loading."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except (OSError, OverflowError, ValueError):
            sys.exit(f"Port {port} cannot be used. Another one: make run PORT=8001")


def prepare() -> None:
    for step in STEPS:
        try:
            app.cli.main(step.split(), prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
        except click.ClickException as error:
            error.show()
            sys.exit(f"The demonstration stops at `flask {step}`.")


def serve(port: str) -> int:
    """Serve until Ctrl-C, which must reach the server's main process only: a worker that gets it too may hang.

    Beside the server runs what delivers messages: codes appear in this terminal. It ends with the server.
    """
    server = subprocess.Popen(["deploy/serve.sh", "127.0.0.1", port], start_new_session=True)
    messages = subprocess.Popen(MESSAGES, start_new_session=True)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda *_: server.terminate())
    try:
        return server.wait()
    finally:
        messages.terminate()
        messages.wait()


def main(port: str = "8000") -> int:
    os.umask(0o077)  # the database holds phones and password hashes
    check(port)
    prepare()
    print(f"\nMufakat: http://127.0.0.1:{port}/ (Ctrl-C stops it)")
    print("Codes and messages to phones appear here, and in instance/demo-messages.txt.", flush=True)
    return serve(port)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

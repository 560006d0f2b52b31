"""The demonstration, from an empty or an older database to a served site: python -m deploy.demonstration [PORT].

Every step is a flask command that may be repeated; they share one process, because loading the code takes longer.
"""

import signal
import subprocess
import sys

import click
from flask.cli import ScriptInfo

from wsgi import app

STEPS = ("db upgrade", "regions import", "plans import", "innovations import", "demo load")


def prepare() -> None:
    for step in STEPS:
        try:
            app.cli.main(step.split(), prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
        except click.ClickException as error:
            error.show()
            sys.exit(f"The demonstration stops at `flask {step}`.")


def serve(port: str) -> int:
    """Serve until Ctrl-C, which must reach the server's main process only: a worker that gets it too may hang."""
    server = subprocess.Popen(["deploy/serve.sh", "127.0.0.1", port], start_new_session=True)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda *_: server.terminate())
    return server.wait()


def main(port: str = "8000") -> int:
    prepare()
    print(f"\nMufakat: http://127.0.0.1:{port}/ (Ctrl-C stops it)", flush=True)
    return serve(port)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

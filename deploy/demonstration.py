"""The demonstration, from an empty or an older database to a served site: python -m deploy.demonstration [PORT].

Every step is a flask command that may be repeated; they share one process, because loading the code takes longer.
"""

import os
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


def main(port: str = "8000") -> None:
    prepare()
    print(f"\nMufakat: http://127.0.0.1:{port}/ (Ctrl-C stops it)", flush=True)
    os.execv("deploy/serve.sh", ["deploy/serve.sh", "127.0.0.1", port])


if __name__ == "__main__":
    main(*sys.argv[1:])

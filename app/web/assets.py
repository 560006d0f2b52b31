"""Static files: plain names in development, names with a content hash and for-ever caching once built."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from wsgiref.headers import Headers

import click
import rcssmin
from flask import Flask
from flask.cli import AppGroup
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

SOURCE = Path(__file__).parents[1] / "ui" / "static"
BUILT = Path(__file__).parents[2] / "instance" / "static"
PREFIX = "/static/"
MANIFEST = "manifest.json"
HASHED = r"^.+\.[0-9a-f]{10}\.[a-z0-9]+$"
DAY = 86_400

cli = AppGroup("assets", help="Static files.")


def build(source: Path = SOURCE, target: Path = BUILT) -> dict[str, str]:
    """Copy, minify, rename and compress; the last build stays whole until the new one is ready."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    names: dict[str, str] = {}
    # Style sheets last: they name other files, and their own hash depends on those names.
    for path in sorted((p for p in source.rglob("*") if p.is_file()), key=lambda p: (p.suffix == ".css", p)):
        name = path.relative_to(source).as_posix()
        content = _prepare(path, names)
        names[name] = f"{name.removesuffix(path.suffix)}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        _write(fresh / names[name], content)
    (fresh / MANIFEST).write_text(json.dumps(names, indent=1), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return names


def _prepare(path: Path, names: Mapping[str, str]) -> bytes:
    if path.suffix == ".svg":
        return re.sub(r">\s+<", "><", path.read_text("utf-8")).encode()
    if path.suffix != ".css":
        return path.read_bytes()
    text = str(rcssmin.cssmin(path.read_text("utf-8")))
    for plain, hashed in names.items():
        text = text.replace(f"{PREFIX}{plain}", f"{PREFIX}{hashed}")
    return text.encode()


def _write(path: Path, content: bytes) -> None:
    """The file, and beside it a .br and a .gz where they are smaller."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    compressor = Compressor(quiet=True)
    if compressor.should_compress(path.name):
        list(compressor.compress(str(path)))


def manifest(built: Path = BUILT) -> dict[str, str]:
    """Plain name to hashed name; empty where nothing has been built."""
    path = built / MANIFEST
    if not path.exists():
        return {}
    return {str(plain): str(hashed) for plain, hashed in json.loads(path.read_text("utf-8")).items()}


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def register_assets(app: Flask, *, built: Path = BUILT) -> None:
    """Serve static files through WhiteNoise; `asset(name)` gives their address: plain while debugging or testing."""
    names = {} if app.debug or app.testing else manifest(built)
    served = WhiteNoise(
        app.wsgi_app,
        root=str(built if names else SOURCE),
        prefix=PREFIX,
        immutable_file_test=HASHED,
        max_age=DAY if names else 0,
        autorefresh=not names,
        add_headers_function=_add_headers,
    )
    app.wsgi_app = served  # type: ignore[method-assign]

    def asset(name: str) -> str:
        """The address of a static file; a name that does not exist is a mistake and raises."""
        if names:
            return PREFIX + names[name]
        if not (SOURCE / name).is_file():
            raise LookupError(f"no static file {name!r}")
        return PREFIX + name

    app.jinja_env.globals["asset"] = asset
    app.cli.add_command(cli)


@cli.command("build")
def build_command() -> None:
    """Minify, hash and compress what app/ui/static holds into instance/static."""
    click.echo(f"{len(build())} static files built.")

"""Style sheet and icons stay within their budgets, hold together, and are built under lasting names."""

import json
import re
from pathlib import Path

import brotli
import pytest

from app.web.assets import HASHED, MANIFEST, SOURCE, build

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "app").rglob("templates/**/*.html"))
LEVEL = 5  # what a page costs where it is compressed while it is sent
MOST = {"app.css": 4096, "ballot.css": 1024, "icons.svg": 2048, "fields.svg": 1024, "favicon.svg": 512}
ICONS = re.compile(r'<symbol id="([a-z]+)"')
# icon("clock") · icon_name="clock" · link_button(…, "alt", "clock")
USED = re.compile(r'icon\("(\w+)"\)|icon_name="(\w+)"|(?:link_button|post_button|button|empty)\([^\n]*?, "(\w+)"\) ?}}')
KINDS = {"alt", "wide", "danger", "calm", "ok", "wait", "no", "mute"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built") / "static"
    build(SOURCE, target)
    return target


def names(built: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((built / MANIFEST).read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", MOST)
def test_a_file_keeps_within_its_budget(built: Path, name: str) -> None:
    content = (built / names(built)[name]).read_bytes()
    assert len(brotli.compress(content, quality=LEVEL)) <= MOST[name]


def test_names_follow_the_content_and_every_file_is_compressed(built: Path) -> None:
    hashed = names(built)
    assert set(hashed) == {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.is_file()}
    assert all(re.match(HASHED, name) for name in hashed.values())
    assert all((built / f"{name}.br").exists() for plain, name in hashed.items() if plain in ("app.css", "icons.svg"))


def test_building_twice_gives_the_same(built: Path, tmp_path: Path) -> None:
    assert build(SOURCE, tmp_path / "again") == names(built)


def test_style_sheets_name_built_files(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.svg").write_text("<svg/>")
    (source / "z.css").write_text("a { background: url(/static/a.svg) }")
    made = build(source, tmp_path / "target")
    assert f"/static/{made['a.svg']}" in (tmp_path / "target" / made["z.css"]).read_text("utf-8")


def test_every_icon_that_pages_use_is_in_the_sprite() -> None:
    known = set(ICONS.findall((SOURCE / "icons.svg").read_text("utf-8")))
    used = {
        name
        for path in TEMPLATES
        for found in USED.findall(path.read_text("utf-8"))
        for name in found
        if name and name not in KINDS
    }
    assert used - known == set()


def test_every_colour_that_is_used_is_defined() -> None:
    css = (SOURCE / "app.css").read_text("utf-8")
    assert set(re.findall(r"var\(--([\w-]+)\)", css)) - set(re.findall(r"--([\w-]+):", css)) == set()


def test_no_selector_is_nested() -> None:
    css = re.sub(r"/\*.*?\*/", "", (SOURCE / "app.css").read_text("utf-8"), flags=re.DOTALL)
    rules = re.findall(r"[^{}@;]+\{[^{}]*\{", re.sub(r"@[^{;]+[{;]", "", css))
    assert rules == []

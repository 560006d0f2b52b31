"""What is installed: within the ranges of pyproject.toml, pinned with hashes, from nowhere in particular, and free."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FILES = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}

# Licences that a work under AGPL-3.0-or-later may be combined with.
COMPATIBLE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|MPL|Mozilla|ISC|LGPL-2\.1|LGPL-3|GPL-3\.0|Unlicense|CNRI-Python"
)


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", FILES)
def test_the_pins_lie_within_the_ranges(name: str) -> None:
    pinned = pins(name)
    wanted = {requirement.name: requirement for requirement in map(Requirement, FILES[name])}
    assert {package: pinned.get(package) for package in wanted if package not in pinned} == {}
    assert [package for package, want in wanted.items() if not want.specifier.contains(pinned[package])] == []


def test_what_checks_the_application_runs_it_in_the_same_versions() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", [*FILES, "deploy/uv.txt"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"^[\w.-]+==[^\\]+$", text, re.MULTILINE) == []
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text)


def test_every_licence_goes_with_ours() -> None:
    assert {
        package: said
        for package in pins("requirements-dev.txt")
        if not any(map(COMPATIBLE.search, said := licences(package)))
    } == {}


def licences(package: str) -> list[str]:
    about = metadata(package)
    classified = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return [about.get("License-Expression") or about.get("License") or "", *classified]

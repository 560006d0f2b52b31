"""Every text stands out from its background by at least 4.5 : 1, edges and signs by 3 : 1, in every colour scheme."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "app/ui/static/app.css"
REGENCIES = {"no regency": None, "Belu": "53.04", "Belitung Timur": "19.06"}
SCHEMES = ("light", "dark")
KINDS = ("ok", "wait", "no", "calm", "mute")
GROUNDS = ("paper", "card", "wash")

TEXTS = [(text, ground) for text in ("ink", "soft", "brand", "no") for ground in GROUNDS]
TEXTS += [(kind, f"{kind}-bg") for kind in KINDS] + [("ink", f"{kind}-bg") for kind in KINDS]
TEXTS += [("brand-ink", "brand"), ("white", "deep"), ("card", "no")]
TEXTS += [("card", f"m{number}") for number in range(1, 6)]
SIGNS = [(sign, ground) for sign in ("edge", "focus", "brand") for ground in GROUNDS] + [("thread", "deep")]
SIGNS += [(f"m{number}", ground) for number, ground in product(range(1, 6), ("card", "wash"))]

Colour = tuple[float, float, float]


def block(css: str, opening: str) -> str:
    """What stands between the braces after this opening."""
    start = css.index(opening) + len(opening)
    depth = 1
    for place, letter in enumerate(css[start:], start):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return css[start:place]
    raise AssertionError(f"{opening} is never closed")


def tokens(css: str, selector: str) -> dict[str, str]:
    rule = re.search(rf"^\s*{re.escape(selector)} {{(.*?)}}", css, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"--([\w-]+): *(#[0-9a-f]{3,8})\b", rule[1])) if rule else {}


def theme(regency: str | None, scheme: str) -> dict[str, str]:
    """The colours in force: later rules win as they do in the browser."""
    layer = block(CSS.read_text("utf-8"), "@layer tokens {")
    opening = "@media (prefers-color-scheme: dark) {"
    dark = block(layer, opening)
    known = {"white": "#fff"}
    for part in (layer.replace(dark, ""), dark)[: 1 + SCHEMES.index(scheme)]:
        known |= tokens(part, ":root")
        known |= tokens(part, f'[data-regency="{regency}"]') if regency else {}
    return known


def colour(code: str) -> Colour:
    digits = code.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else re.findall("..", digits)[:3]
    red, green, blue = (int(pair, 16) / 255 for pair in pairs)
    return red, green, blue


def luminance(code: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour(code))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("regency", REGENCIES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 4.5), (SIGNS, 3.0)], ids=["texts", "signs"])
def test_colours_stand_out(regency: str, scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = theme(REGENCIES[regency], scheme)
    faint = [
        f"{front} on {ground}: {contrast(colours[front], colours[ground]):.2f}"
        for front, ground in pairs
        if contrast(colours[front], colours[ground]) < least
    ]
    assert faint == []


def test_the_measure_is_the_one_of_the_guidelines() -> None:
    assert round(contrast("#fff", "#000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_every_regency_has_colours_of_its_own_in_both_schemes() -> None:
    brands = {theme(regency, scheme)["brand"] for regency, scheme in product(REGENCIES.values(), SCHEMES)}
    assert len(brands) == len(REGENCIES) * len(SCHEMES)

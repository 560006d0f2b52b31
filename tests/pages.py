"""What every page must keep to, checked on its source and in the browser, and a browser tab that checks as it goes."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 800}
NARROWEST = 320
PICTURES = Path("build/pictures")
SILENT_INPUTS = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls")
LOADING = {"src", "srcset", "poster"}


def check_page(html: str) -> None:
    """Fail with every fault of a page: validity, one h1, ids, labels, CSRF fields, nothing inline, nothing foreign."""
    faults = list(page_faults(html))
    assert not faults, "This page has faults:\n  " + "\n  ".join(faults)


def page_faults(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    lines = html.splitlines() or [""]
    for (line, _column), code, _values in parser.errors:
        yield f"invalid HTML, {code}, line {line}: {lines[min(line, len(lines)) - 1].strip()[:160]}"
    if not root.get("lang"):
        yield "html has no lang"
    titles = [_words(title) for title in root.iterfind("head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"one title with words is needed, not {titles}"
    headings = [_words(heading) for heading in root.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"one h1 with words is needed, not {headings}"
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    yield from (f"id {name!r} is used {times} times" for name, times in ids.items() if times > 1 or not name)
    yield from _label_faults(root)
    yield from _reference_faults(root, set(ids))
    yield from _form_faults(root)
    yield from _content_faults(root)


def _label_faults(root: Element) -> Iterator[str]:
    labels = [label for label in root.iter("label") if _words(label)]
    labelled = {label.get("for") for label in labels}
    wrapped = {control for label in labels for control in label.iter()}
    for control in (*root.iter("input"), *root.iter("select"), *root.iter("textarea")):
        silent = control.get("type") in SILENT_INPUTS
        named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
        if not (silent or named or control in wrapped):
            yield f"no label for {control.tag} {control.get('name')!r}"


def _reference_faults(root: Element, ids: set[str | None]) -> Iterator[str]:
    for element in root.iter():
        for attribute in REFERENCES if element.tag != "label" else ("for",):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} points at {name!r}, which is not on the page"


def _form_faults(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            tokens = [field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token"]
            if len(tokens) != 1 or not tokens[0]:
                yield f"POST form to {form.get('action')!r} needs one csrf_token field, it has {len(tokens)}"


def _content_faults(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        inline = [name for name, _value in element.items() if name == "style" or name.startswith("on")]
        if inline or element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline style or script, which the content policy blocks: <{element.tag} {' '.join(inline)}>"
        if element.tag in ("a", "button") and not (_words(element) or element.get("aria-label")):
            yield f"a {element.tag} without words: {dict(element.items())}"
        if element.tag == "img" and element.get("alt") is None:
            yield f"an image without alt: {element.get('src')!r}"
        loaded = [value for name, value in element.items() if name in LOADING]
        loaded += [element.get("href") or ""] if element.tag == "link" and element.get("rel") != "canonical" else []
        yield from (f"loads from elsewhere: {value!r}" for value in loaded if re.match(r"(https?:)?//", value))


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class Tab:
    """A browser tab that checks every page it comes to; what it lacks is Playwright's own (`tab.locator(…)`)."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.base_url = base_url
        self.faults: list[str] = []
        self.unchecked: Response | None = None
        self.raw = context.new_page()
        self.raw.on("console", self._heard)
        self.raw.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.raw.on("request", self._asked)
        self.raw.on("response", self._answered)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)

    def goto(self, path: str, status: int = 200) -> "Tab":
        """Open an address of the site and expect its status."""
        response = self.raw.goto(self.base_url + path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}, not {status}"
        return self.check()

    def press(self, name: str, status: int = 200) -> "Tab":
        """Press a button that leads to a page."""
        return self._lead(self.raw.get_by_role("button", name=name, exact=True), status)

    def follow(self, name: str, status: int = 200) -> "Tab":
        """Follow a link."""
        return self._lead(self.raw.get_by_role("link", name=name, exact=True), status)

    def _lead(self, control: Any, status: int) -> "Tab":
        with self.raw.expect_navigation() as navigation:
            control.click()
        assert navigation.value.status == status, f"{navigation.value.url} answered {navigation.value.status}"
        return self.check()

    def fill(self, label: str, value: str) -> "Tab":
        self.raw.get_by_label(label, exact=True).fill(value)
        return self

    def choose(self, label: str) -> "Tab":
        """Tick a box or a radio button."""
        self.raw.get_by_label(label, exact=True).check()
        return self

    def select(self, label: str, option: str) -> "Tab":
        self.raw.get_by_label(label, exact=True).select_option(label=option)
        return self

    @property
    def heading(self) -> str:
        return self.raw.locator("h1").inner_text()

    @property
    def words(self) -> str:
        """What the main part says, as one line."""
        return " ".join(self.raw.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        return urlsplit(self.raw.url).path

    def check(self) -> "Tab":
        """Check the page that is open; called by everything that leads to one, and at the end of the test."""
        if self.unchecked is not None:
            response, self.unchecked = self.unchecked, None
            if "html" in response.headers.get("content-type", ""):
                self.faults += page_faults(response.text())
                self.faults += self._overflow()
        faults, self.faults = self.faults, []
        assert not faults, f"{self.raw.url} has faults:\n  " + "\n  ".join(faults)
        return self

    def _overflow(self) -> list[str]:
        """Nothing may stick out sideways, here or on the narrowest phone (WCAG 1.4.10)."""
        size = self.raw.viewport_size or PHONE
        found = []
        for width in (size["width"], NARROWEST):
            self.raw.set_viewport_size({"width": width, "height": size["height"]})
            wide = self.raw.evaluate("document.documentElement.scrollWidth")
            found += [f"{wide} px wide on a screen of {width}"] if wide > width else []
        self.raw.set_viewport_size(size)
        return found

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page in build/pictures, when MUFAKAT_PICTURES is set."""
        if os.environ.get("MUFAKAT_PICTURES"):
            width = (self.raw.viewport_size or PHONE)["width"]
            self.raw.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser also calls the status of an error page an error; the test has asked for that status.
        if message.type == "error" and message.location.get("url") != self.raw.url:
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:", "about:")):
            self.faults.append(f"request to a third party: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.unchecked = response

"""Bodies of requests from templates: values go into what is parsed already, so none is taken for syntax."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

PLACEHOLDER = re.compile(r"\{([A-Za-z_]*)\}")
# `digits` is the address without its plus: many providers want a phone that way.
KNOWN = frozenset({"to", "digits", "text", "key"})
RECIPIENT = frozenset({"to", "digits"})


@dataclass(frozen=True)
class JsonBody:
    """A JSON document with placeholders in its texts."""

    content: Any

    mime = "application/json"

    def placeholders(self) -> frozenset[str]:
        return frozenset(name for text in _texts(self.content) for name in PLACEHOLDER.findall(text))

    def fill(self, values: Mapping[str, str]) -> bytes:
        return json.dumps(_filled(self.content, values)).encode()


@dataclass(frozen=True)
class FormBody:
    """Names and values of a form, with placeholders in the values."""

    fields: Sequence[tuple[str, str]]

    mime = "application/x-www-form-urlencoded"

    def placeholders(self) -> frozenset[str]:
        return frozenset(name for _field, value in self.fields for name in PLACEHOLDER.findall(value))

    def fill(self, values: Mapping[str, str]) -> bytes:
        return urlencode([(name, fill(value, values)) for name, value in self.fields]).encode()


Body = JsonBody | FormBody


def fill(template: str, values: Mapping[str, str]) -> str:
    """Each placeholder once, from left to right: what a value contains is not filled again."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, str):
        return fill(node, values)
    if isinstance(node, list):
        return [_filled(child, values) for child in node]
    if isinstance(node, dict):
        return {name: _filled(child, values) for name, child in node.items()}
    return node


def _texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    children = node if isinstance(node, list) else node.values() if isinstance(node, dict) else ()
    return [text for child in children for text in _texts(child)]

"""Amounts of money as files write them, read and written without losing anything."""

from __future__ import annotations

import re
from fractions import Fraction

# Thousands may be set apart by a blank or an apostrophe; what separates twice or more separates thousands, too.
SPACED = re.compile(r"[0-9]{1,3}(?:([ \u00a0\u2009\u202f'’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]*)?")
BLANKS = re.compile(r"[ \u00a0\u2009\u202f'’]")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?")
PLAIN = re.compile(r"(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
MOST_DIGITS = 40


def read_money(text: str) -> Fraction | None:
    """The amount; None where the text is none. A single point or comma is a decimal one: 1,500 is one and a half."""
    text = text.strip().removeprefix("+").strip()
    if SPACED.fullmatch(text):
        text = BLANKS.sub("", text)
    if len(text) > MOST_DIGITS:
        return None
    if PLAIN.fullmatch(text):
        return Fraction(text.replace(",", ".").replace(".e", "e").replace(".E", "E").rstrip("."))
    if not GROUPED.fullmatch(text):
        return None
    last = max(text.rfind(","), text.rfind("."))
    is_decimal = text.count(text[last]) == 1
    whole, decimals = (text[:last], text[last + 1 :]) if is_decimal else (text, "")
    return Fraction(f"{whole.replace(',', '').replace('.', '')}.{decimals or 0}")


def write_money(amount: Fraction) -> str:
    """Exactly: 1500, 1500.25, or a fraction where no decimals can say it."""
    scale, rest = 1, amount.denominator
    while rest > 1 and (scale * 10) % rest != 0 and scale < 10**MOST_DIGITS:
        scale *= 10
    scale *= 10 if rest > 1 else 1
    if scale % rest:
        return str(amount)
    digits = str(amount.numerator * (scale // rest))
    places = len(str(scale)) - 1
    return f"{digits.zfill(places + 1)[:-places]}.{digits.zfill(places + 1)[-places:]}" if places else digits

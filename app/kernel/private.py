"""Numbers that belong to one person, NIK and mobile phones, found in what people write, and hidden in what is kept."""

import re

# What stands between digits: nothing, a blank, a dot, a slash, any dash, or two of them.
_GAP = r"[ .\-/\u00a0\u2010-\u2015]{0,2}"
# These can have sixteen digits, too: 10.000.000-25.000.000, 08.00-10.30 13.00-15.00, 12-11-2026 13-12-2026.
_SUMS = r"\d{1,3}(?:\.\d{3})+ ?[\-\u2010-\u2015] ?\d{1,3}(?:\.\d{3})+(?!\d)"
_HOURS = r"\d\d\.\d\d ?[\-\u2010-\u2015] ?\d\d\.\d\d(?!\d)"
_DATE = r"\d\d?[.\-/ ]\d\d?[.\-/ ](?:19|20)\d\d(?!\d)"
_NIK = rf"(?<!\d)(?!{_SUMS}|{_HOURS}|{_DATE})(?:\d{_GAP}){{15}}\d(?!\d)"
# A dot is no gap at the beginning: 08.00-10.30 are hours.
_PHONE = rf"(?<![\d.])(?:\+?62|0)[ \-)(]{{0,2}}8[ -]?\d(?:[)(]?{_GAP}\d){{7,10}}(?!\d)"
_ABROAD = rf"(?<![\d.])\+?670[ -]?7\d(?:{_GAP}\d){{6}}(?!\d)"
PRIVATE_NUMBER = re.compile(f"{_NIK}|{_PHONE}|{_ABROAD}")
# What may be such a number with a digit too few or too many.
_NEARLY = re.compile(rf"\+?\d(?:{_GAP}\d){{10,}}|\d{{9,}}")


def hidden(text: str) -> str:
    """The text with every number that is one of a person, or nearly, down to its last four digits."""
    return _NEARLY.sub(lambda found: f"…{found[0][-4:]}", PRIVATE_NUMBER.sub("…", text))

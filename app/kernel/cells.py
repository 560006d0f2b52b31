"""What a cell of a table for spreadsheets may hold."""

# Spreadsheets take what begins so for a formula, full-width signs as well.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(text: str) -> str:
    """The text, with a sign before it where a spreadsheet would calculate instead of showing it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

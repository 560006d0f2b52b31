"""Paper forms: the codes of batches, and which sheets one page of the grid holds."""

from uuid import UUID

MOST_SHEETS = 50
# A page of the grid holds so many sheets, so that the form stays small enough to be sent over a weak line.
SHEETS_A_PAGE = 10
# Letters and digits that are not taken for each other in handwriting or read aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def sheets_on(page: int, sheets: int) -> range:
    """The numbers of the sheets on a page of the grid; both count from one."""
    first = (page - 1) * SHEETS_A_PAGE + 1
    return range(first, min(first + SHEETS_A_PAGE, sheets + 1))


def page_of_sheet(sheet: int) -> int:
    return (sheet - 1) // SHEETS_A_PAGE + 1


def batch_code(form_key: str) -> str:
    """The code of the batch that a form asks for: sent twice, it asks for the same one."""
    left, letters = UUID(form_key).int, ""
    for _ in range(CODE_LENGTH):
        left, letter = divmod(left, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters

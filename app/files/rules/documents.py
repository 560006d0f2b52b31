"""Which documents are taken: PDF files that only show something, judged by their bytes."""

import re
from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 2**20
MOST_BYTES = 10 * MEGABYTE
NAME_LENGTH = 80
# The largest request of a form with one document.
MOST_SENT = MOST_BYTES + MEGABYTE
NAME = re.compile(r"([0-9a-f]{32})\.pdf")
# A PDF that runs, opens or carries something else does not belong among papers that everybody downloads.
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)[\s/<(\[]")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class DocumentRefusal(StrEnum):
    """Why a document is not taken."""

    EMPTY = "document_empty"
    TOO_LARGE = "document_too_large"
    NO_PDF = "no_pdf"
    BROKEN = "document_broken"
    LOCKED = "document_locked"
    ACTIVE = "document_active"
    NOT_STORED = "document_not_stored"


@dataclass(frozen=True)
class Document:
    """A document that is kept; `name` is what its sender called it."""

    key: str
    name: str
    bytes: int
    digest: str

    @property
    def file(self) -> str:
        """What its file is called."""
        return document_name(self.key)


def document_name(key: str) -> str:
    """What a document's file is called; nothing of it comes from people."""
    return f"{key}.pdf"


def document_key(name: str) -> str | None:
    """The key; None for what no document of ours is called."""
    found = NAME.fullmatch(name)
    return found[1] if found else None


def refuse_document(content: bytes) -> DocumentRefusal | None:
    """Why this is no PDF that everybody may download."""
    if not content:
        return DocumentRefusal.EMPTY
    if len(content) > MOST_BYTES:
        return DocumentRefusal.TOO_LARGE
    if not content.startswith(b"%PDF-"):
        return DocumentRefusal.NO_PDF
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        return DocumentRefusal.BROKEN
    if b"/Encrypt" in content:
        return DocumentRefusal.LOCKED
    return DocumentRefusal.ACTIVE if ACTIVE.search(ESCAPED.sub(_letter, content)) else None


def _letter(escaped: re.Match[bytes]) -> bytes:
    """Names may be written with their letters as numbers: /J#61vaScript."""
    return bytes.fromhex(escaped[1].decode())


def shown_name(name: str | None) -> str:
    """The sender's name for it, without what hides or leads elsewhere."""
    last = re.split(r"[/\\]", name or "")[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|:*?')
    stem = kept.removesuffix(".pdf").removesuffix(".PDF").strip(" .")[:NAME_LENGTH]
    return f"{stem or 'dokumen'}.pdf"

"""The same bytes from the same facts: JSON in one form only, and a zip without dates, order or compression."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644 << 16


def canonical(data: object) -> bytes:
    """Whole numbers and texts only; fractions are texts like 16/3."""
    return (json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def instant(at: datetime) -> str:
    """2026-09-07T12:00:00Z"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip by sorted names; nothing is compressed, since no two libraries have to compress alike."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            member = ZipInfo(name, LONG_AGO)
            member.create_system, member.external_attr = UNIX, READABLE
            archive.writestr(member, files[name])
    return packed.getvalue()

"""A closed box as its witnesses get it, until it is counted."""

import json
from typing import Any

from sqlalchemy import select

from app.db.session import session
from app.kernel.outcomes import Missing
from app.vault import paper_salt
from app.voting.models import Contest
from app.voting.queries.box import envelopes_in, overtaken_in, papers_in, roll_of
from app.voting.queries.contests import definition_of
from app.voting.queries.log import count_waiting, heads_of, leaves_of, log_size, signed_head
from app.voting.rules.package.closed import ClosedBox
from app.voting.rules.package.packing import canonical


def closed_box(contest: Contest) -> ClosedBox:
    """What lies in the box now; what still waits for the log counts as accepted."""
    replaced, superseded = overtaken_in(contest.id)
    papers = papers_in(contest.id)
    return ClosedBox(
        villages=[village["code"] for village in definition_of(contest)["villages"]],
        envelopes=envelopes_in(contest.id),
        accepted=log_size(contest.id) + count_waiting(contest.id),
        replaced=replaced,
        superseded=superseded,
        papers=papers.valid,
        invalid_paper=papers.invalid,
        roll=roll_of(contest.id),
        salt=paper_salt(contest.id),
    )


def counts_of(contest: Contest) -> dict[str, Any]:
    """What was accounted for at the close."""
    if contest.counts is None:
        raise Missing
    found: dict[str, Any] = json.loads(contest.counts)
    return found


def public_counts(contest_id: int) -> dict[str, Any] | None:
    """As `counts_of`, without the rest of the contest; None for contests of before there were envelopes."""
    counts = session.execute(select(Contest.counts).where(Contest.id == contest_id)).scalar()
    return json.loads(counts) if counts else None


def log_files(contest: Contest) -> dict[str, bytes]:
    """What everybody may keep of the log: log.txt and kepala.json."""
    heads = [signed_head(row, str(contest.definition_sha256)) for row in heads_of(contest.id)]
    lines = "".join(f"{leaf.hex()}\n" for leaf in leaves_of(contest.id))
    return {"log.txt": lines.encode(), "kepala.json": canonical(heads)}


def box_files(contest: Contest) -> dict[str, bytes]:
    """What the witnesses open, but for their program; always the same bytes."""
    box = closed_box(contest)
    return log_files(contest) | {
        "definisi.json": str(contest.definition).encode(),
        "hitungan.json": str(contest.counts).encode(),
        "amplop.bin": box.envelope_file,
        "kertas.json": box.paper_file,
    }

"""The files of a counted contest: its definition, ballots and result, and the package that anybody can count again."""

from typing import Any

from flask import Response

from app.kernel.outcomes import Missing
from app.regions.rules import Regency
from app.voting import queries
from app.voting.actions.rehearsing import PROGRAM, result_files
from app.voting.models import Contest
from app.voting.rules.package.counted import BALLOTS, DEFINITION, RESULT
from app.voting.rules.package.packing import pack
from app.voting.views.blueprint import bp
from app.web.access import public

SCRIPT = "hitung_ulang.py"


@bp.route("/<regency>/hasil/<int:contest_id>/suara.pb")
@public
def ballots_file(regency: Regency, contest_id: int) -> Any:
    """Every ballot in the format of Pabulib, as two witnesses found them; none where they are few."""
    files = queries.data_files(_counted(regency, contest_id))
    if BALLOTS not in files:
        raise Missing
    return as_file(files[BALLOTS], "text/plain", f"suara-{regency.slug}-{contest_id}.pb")


@bp.route("/<regency>/hasil/<int:contest_id>/hasil.json")
@public
def result_file(regency: Regency, contest_id: int) -> Any:
    """The result with every figure, byte by byte as it was signed."""
    return as_file(str(_counted(regency, contest_id).result).encode(), "application/json", RESULT)


@bp.route("/<regency>/hasil/<int:contest_id>/paket-hasil.zip")
@public
def package_file(regency: Regency, contest_id: int) -> Any:
    """Everything that is needed to check the log, the ballots, the count and the signatures without us."""
    content = pack(result_files(_counted(regency, contest_id)))
    return as_file(content, "application/zip", f"paket-hasil-{regency.slug}-{contest_id}.zip")


@bp.route("/hitung_ulang.py")
@public
def recount_program() -> Any:
    """The program by itself, for whoever wants to read it before running it."""
    return as_file((PROGRAM.parent / SCRIPT).read_bytes(), "text/x-python", SCRIPT)


@bp.route("/<regency>/pilih/<int:contest_id>/definisi.json")
@public
def definition_file(regency: Regency, contest_id: int) -> Any:
    """What is frozen, byte by byte as at the opening."""
    contest = queries.get_contest(regency.code, contest_id)
    if contest.definition is None:
        raise Missing
    return as_file(contest.definition.encode(), "application/json", DEFINITION)


def as_file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _counted(regency: Regency, contest_id: int) -> Contest:
    contest = queries.get_contest(regency.code, contest_id)
    if contest.result is None:
        raise Missing
    return contest

"""The box: what its planner does with it after the close, and what everybody sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.voting import actions, queries
from app.voting.actions.rehearsing import packed_box
from app.voting.forms import FoundForm
from app.voting.models import LogHead, Witness
from app.voting.permissions import POLICY, Can
from app.voting.queries import ContestRow
from app.voting.rules.contest import ContestStatus
from app.voting.views.blueprint import bp
from app.voting.views.downloads import as_file
from app.web.access import current_actor, public, staff
from app.web.clock import now
from app.web.uploads import takes_files

# suara.pb of the largest contest that a regency can have.
MOST_BYTES = 50_000_000
# Of the heads the page shows the latest; all of them are in the file.
MOST_HEADS = 8
COUNTED = frozenset({ContestStatus.COUNTED, ContestStatus.CERTIFIED})


@dataclass(frozen=True)
class OpeningPage:
    """A closed box, and what each witness has found in it so far."""

    contest: ContestRow
    witnesses: Sequence[Witness]
    refusal: str | None = None

    @property
    def differ(self) -> bool:
        """Whether two have brought files that are not the same."""
        return len({one.ballots_sha256 for one in self.witnesses if one.ballots_sha256}) > 1


@dataclass(frozen=True)
class BoxPage:
    """What is public of a box, the latest head first.

    `place` is where the envelope of the asked code is, `fault` that it is no code.
    """

    contest: ContestRow
    heads: Sequence[LogHead]
    witnesses: Sequence[Witness]
    turnout: int | None
    counts: dict[str, Any] | None
    code: str
    place: str | None
    fault: str | None

    @property
    def is_counted(self) -> bool:
        return self.contest.status in COUNTED


# The planner


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/kotak", methods=["GET", "POST"])
@staff(Role.PLANNER)
@takes_files(MOST_BYTES)
def opening(regency: Regency, contest_id: int) -> Any:
    """The witnesses bring what they found, one after the other."""
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    witnesses = queries.witnesses_of(contest_id)
    form = FoundForm([(one.number, f"{one.name}, {one.institution}") for one in witnesses])
    refusal = None
    if contest.status is ContestStatus.CLOSED and form.validate_on_submit():
        try:
            with transaction():
                box = queries.get_contest(regency.code, contest_id)
                found = actions.bring_ballots(current_actor(), box, form.witness.data, form.content, now())
        except Refused as refused:
            refusal = words(refused.reason, **refused.facts)
        else:
            return _tell(regency, contest_id, found)
    page = OpeningPage(contest, queries.witnesses_of(contest_id), refusal)
    return render_template("voting/opening.html", page=page, form=form), 409 if refusal else 422 if form.errors else 200


def _tell(regency: Regency, contest_id: int, found: actions.Found) -> Any:
    """What came of a file: counted, waiting for the second one, or different from another."""
    if found.is_counted:
        flash(_("Kedua saksi menemukan berkas yang sama. Suara sudah dihitung dan amplopnya dimusnahkan."), "ok")
        return redirect(url_for(".manage", regency=regency, contest_id=contest_id), 303)
    if found.other_sha256:
        flash(_("Berkas ini berbeda dari milik %(name)s.", name=found.other_name), "no")
    else:
        flash(_("Dicatat. Sekarang saksi kedua membuka kotak di laptop lain."), "ok")
    return redirect(url_for(".opening", regency=regency, contest_id=contest_id), 303)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/kotak.zip")
@staff(Role.PLANNER)
def box_file(regency: Regency, contest_id: int) -> Any:
    """The closed box, for the witnesses alone; there is none before the close, and none after the count."""
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    contest = queries.get_contest(regency.code, contest_id)
    if contest.status is not ContestStatus.CLOSED:
        raise Missing
    return as_file(packed_box(contest), "application/zip", f"kotak-{regency.slug}-{contest_id}.zip")


# Everybody


@bp.route("/<regency>/pilih/<int:contest_id>/kotak")
@public
def box(regency: Regency, contest_id: int) -> Any:
    """The log and its heads, how many envelopes there are, and where the one of a code is."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    code, place, fault = request.args.get("kode", "").strip()[:40], None, None
    if code:
        try:
            place = words(queries.find_code(contest_id, code, is_counted=contest.status in COUNTED))
        except ValueError:
            fault = _("Kode bukti terdiri atas 12 huruf dan angka, seperti ABCD-EFGH-IJKL. Periksa lagi salinannya.")
    page = BoxPage(
        contest=contest,
        heads=queries.last_heads(contest_id, MOST_HEADS),
        witnesses=queries.witnesses_of(contest_id),
        turnout=queries.turnout(contest_id),
        counts=queries.public_counts(contest_id) if contest.status in COUNTED else None,
        code=code,
        place=place,
        fault=fault,
    )
    return render_template("voting/box.html", page=page), 422 if fault else 200


@bp.route("/<regency>/pilih/<int:contest_id>/log.txt")
@public
def log_file(regency: Regency, contest_id: int) -> Any:
    """The fingerprint of every envelope ever accepted, in the order of the log."""
    return as_file(_log_files(regency, contest_id)["log.txt"], "text/plain", f"log-{contest_id}.txt")


@bp.route("/<regency>/pilih/<int:contest_id>/kepala.json")
@public
def heads_file(regency: Regency, contest_id: int) -> Any:
    """Every signed head: whoever keeps one sees whether the log was changed behind it."""
    return as_file(_log_files(regency, contest_id)["kepala.json"], "application/json", f"kepala-{contest_id}.json")


def _log_files(regency: Regency, contest_id: int) -> dict[str, bytes]:
    contest = queries.get_contest(regency.code, contest_id)
    if contest.definition is None:
        raise Missing
    return queries.log_files(contest)

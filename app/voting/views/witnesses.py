"""The planner's page of the witnesses and their public key, and the witnesses' own program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.voting import actions, queries
from app.voting.actions.rehearsing import PROGRAM
from app.voting.forms import keys_form
from app.voting.models import Witness
from app.voting.permissions import POLICY, Can
from app.voting.queries import ContestRow
from app.voting.rules.box import WITNESSES, BoxKeys, WitnessFacts
from app.voting.rules.contest import ContestStatus
from app.voting.views.blueprint import bp
from app.voting.views.downloads import as_file
from app.web.access import current_actor, public, staff
from app.web.clock import now


@dataclass(frozen=True)
class KeysPage:
    """The witnesses of a contest; once it is opened there is nothing to enter."""

    contest: ContestRow
    witnesses: Sequence[Witness]
    numbers: range = range(1, WITNESSES + 1)

    @property
    def is_frozen(self) -> bool:
        return self.contest.status is not ContestStatus.PREPARED


@bp.route("/<regency>/pilih/saksi.py")
@public
def witness_program(regency: Regency) -> Any:
    """What the witnesses run on their own machines; who doubts it reads it."""
    return as_file(PROGRAM.read_bytes(), "text/x-python", PROGRAM.name)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/saksi", methods=["GET", "POST"])
@staff(Role.PLANNER)
def keys(regency: Regency, contest_id: int) -> Any:
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    contest = queries.get_row(regency.code, contest_id, is_public=False)
    page = KeysPage(contest, queries.witnesses_of(contest_id))
    form = keys_form(_known(contest, page.witnesses))
    if not page.is_frozen and form.validate_on_submit():
        try:
            with transaction():
                actions.set_keys(current_actor(), queries.get_contest(regency.code, contest_id), form.keys, now())
        except Refused as refused:
            form.show(refused)
        else:
            flash(_("Kunci dan ketiga saksi dicatat. Kotak suara siap."), "ok")
            return redirect(url_for(".manage", regency=regency, contest_id=contest_id), 303)
    status = 422 if form.errors else 200
    return render_template("voting/keys.html", page=page, form=form), status


def _known(contest: ContestRow, witnesses: Sequence[Witness]) -> BoxKeys | None:
    if contest.box_key is None:
        return None
    return BoxKeys(contest.box_key, [WitnessFacts(one.name, one.institution, one.share_sha256) for one in witnesses])

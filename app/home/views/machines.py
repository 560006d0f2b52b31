"""What machines ask: is it alive, is it ready, what may be crawled; and the component page for developers."""

from functools import cache
from typing import Any

from alembic.script import ScriptDirectory
from flask import Response, current_app, render_template
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from app.home import queries
from app.home.forms import SpecimenForm
from app.home.views.blueprint import bp
from app.kernel.outcomes import Missing
from app.web.access import public

ROBOTS = "User-agent: *\nDisallow: /akun\nDisallow: /admin/\nDisallow: /damping/\nDisallow: /meja/\nDisallow: /pipa/\n"
SPECIMEN = {"problem": "Jauh.", "estimate": "banyak", "village": "2", "known": "a"}


@bp.route("/health/live")
@public
def live() -> Any:
    """The process answers; it asks nobody else."""
    return {"status": "ok"}, {"Cache-Control": "no-store"}


@bp.route("/health/ready")
@public
def ready() -> Any:
    """The database answers and stands at the newest migration."""
    heads = queries.schema_heads()
    checks = {"database": heads is not None, "migrations": heads is not None and set(heads) == _newest()}
    is_ready = all(checks.values())
    answer = {"status": "ok" if is_ready else "not ready"} | checks
    return answer, 200 if is_ready else 503, {"Cache-Control": "no-store"}


@cache
def _newest() -> set[str]:
    config = current_app.extensions["migrate"].migrate.get_config()
    return set(ScriptDirectory.from_config(config).get_heads())


@bp.route("/robots.txt")
@public
def robots() -> Any:
    return Response(ROBOTS, mimetype="text/plain")


@bp.route("/_ui")
@public
def components() -> Any:
    """Every part in its states, where this installation shows it."""
    if not current_app.config["SETTINGS"].shows_components:
        raise Missing
    form = SpecimenForm(MultiDict(SPECIMEN | {"csrf_token": generate_csrf()}))
    form.village.choices = [("1", "Makir"), ("2", "Kewar")]
    form.known.choices = [("a", "Satu dusun"), ("b", "Seluruh desa")]
    form.validate()
    return render_template("ui/components.html", form=form)

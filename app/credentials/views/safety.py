"""One's second factors: an authenticator app, passkeys and recovery codes."""

from typing import Any

from flask import render_template

from app.credentials.views.blueprint import bp
from app.web.access import recently_confirmed, signed_in


@bp.route("/akun/pengaman")
@signed_in
@recently_confirmed
def safety() -> Any:
    return render_template("credentials/safety.html")

"""Where providers tell what became of a message. They sign what they send; nobody comes here with a browser.

Everything of this blueprint is exempt from the forms' protection (app/factory.py): no cookie counts here.
"""

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from app.db.transaction import transaction
from app.messages.actions import take_receipts
from app.messages.rules.answers import ReceiptSettings, parse_json
from app.messages.rules.gateways import HttpsSettings
from app.web.access import public
from app.web.clock import now

LONGEST = 2**16

bp = Blueprint("messages", __name__)


@bp.post("/pesan/tanda-terima/<gateway>")
@public
def receive(gateway: str) -> ResponseReturnValue:
    """Take receipts; whoever may send them learns nothing about which messages there are."""
    settings: ReceiptSettings | None = current_app.config["SETTINGS"].messages.receipts
    if settings is None or gateway != HttpsSettings.name:
        abort(404)
    request.max_content_length = LONGEST
    body = request.get_data()
    signature = request.headers.get(settings.signature_header, "")
    if not settings.is_genuine(body, signature, request.headers.get("Authorization", "")):
        return "", 403
    document = parse_json(body)
    receipts = list(settings.read(request.form.to_dict() if document is None else document))
    if receipts:
        with transaction():
            take_receipts(gateway, receipts, now())
    return "", 204

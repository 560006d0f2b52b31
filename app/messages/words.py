"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.messages.rules import MessageStatus

STATUSES = {
    MessageStatus.QUEUED: _l("menunggu"),
    MessageStatus.SENDING: _l("sedang dikirim"),
    MessageStatus.SENT: _l("diserahkan ke penyedia"),
    MessageStatus.DELIVERED: _l("sampai"),
    MessageStatus.FAILED: _l("gagal"),
}

WORDS = (STATUSES,)

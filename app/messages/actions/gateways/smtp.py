"""SMTP: messages as plain mails, to mailboxes or through a bridge to phones. Sources: RFC 5321, RFC 5322, RFC 3834."""

import hashlib
import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from app.messages.actions.gateways import Outgoing, Permanent, Sent, Temporary
from app.messages.rules import Channel
from app.messages.rules.filling import fill
from app.messages.rules.gateways import SmtpSettings

MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
REFUSED_FOR_GOOD = 500


class SmtpGateway:
    """One connection for each message; the same key gives the same Message-ID."""

    name = SmtpSettings.name

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self.tls = ssl.create_default_context()

    def send(self, outgoing: Outgoing) -> Sent:
        mail = self._compose(outgoing)
        try:
            with self._connect() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _failure("recipient", min(code for code, _words in refused.recipients.values())) from None
        except smtplib.SMTPDataError as refused:
            raise _failure("content", refused.smtp_code) from None
        except smtplib.SMTPResponseException as answer:  # our name, our password, our sender: settings can cure it
            raise Temporary(f"smtp {answer.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise Temporary(type(error).__name__) from None
        return Sent(mail["Message-ID"])

    def _connect(self) -> smtplib.SMTP:
        settings = self.settings
        server: smtplib.SMTP
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=self.tls)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        try:
            if settings.security == "starttls":
                server.starttls(context=self.tls)
            if settings.user:
                server.login(settings.user, settings.password)
        except BaseException:
            server.close()
            raise
        return server

    def _compose(self, outgoing: Outgoing) -> EmailMessage:
        address = outgoing.to
        if outgoing.channel is Channel.PHONE:
            address = fill(self.settings.phone_address, {"to": outgoing.to, "digits": outgoing.digits})
        if not MAILBOX.fullmatch(address):
            raise Permanent("address")
        sender = self.settings.sender
        name = hashlib.sha256(outgoing.key.encode()).hexdigest()[:32]
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, address, self.settings.subject
        mail["Date"] = format_datetime(outgoing.written_at)
        mail["Message-ID"] = f"<{name}@{sender.rpartition('@')[2].rstrip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(outgoing.text)
        return mail


def _failure(what: str, code: int) -> Temporary | Permanent:
    return (Permanent if code >= REFUSED_FOR_GOOD else Temporary)(f"smtp {code} {what}")

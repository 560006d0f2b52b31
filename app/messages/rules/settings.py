"""The gateways' settings, read from the environment; deploy/settings.md lists them all."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from app.messages.rules import Channel
from app.messages.rules.answers import ReceiptSettings
from app.messages.rules.filling import KNOWN, PLACEHOLDER, RECIPIENT, Body, FormBody, JsonBody
from app.messages.rules.gateways import ConsoleSettings, GatewaySettings, HttpsSettings, MessageSettings, SmtpSettings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
HEADER_NAME, HEADER_VALUE = re.compile(r"[A-Za-z0-9-]+"), re.compile(r"[ -~]*")
SENDER, LINE = re.compile(r"[^\r\n@]*[^\s@<>]@[A-Za-z0-9.-]+>?"), re.compile(r"[^\r\n]+")
SECURITIES, METHODS, FORMATS = ("starttls", "tls", "none"), ("POST", "PUT"), ("json", "form")
MIN_SECRET = 16
LONGEST_TIMEOUT = 20


def read_settings(given: Mapping[str, str], is_production: bool, kept_in: Path | None = None) -> MessageSettings:
    """The settings of these variables; ValueError names what is missing or unfit, and never shows a secret."""
    phone = given.get("MESSAGES_GATEWAY") or ("" if is_production else ConsoleSettings.name)
    email = given.get("MESSAGES_EMAIL_GATEWAY", "")
    if not phone:
        raise ValueError("MESSAGES_GATEWAY is missing: production names smtp or https, by which codes reach phones")
    chosen = {Channel.PHONE: ("MESSAGES_GATEWAY", phone), Channel.EMAIL: ("MESSAGES_EMAIL_GATEWAY", email)}
    gateways: dict[Channel, GatewaySettings] = {}
    for channel, (name, gateway) in chosen.items():
        if gateway == ConsoleSettings.name and not is_production:
            gateways[channel] = ConsoleSettings(kept_in)
        elif gateway == SmtpSettings.name:
            gateways[channel] = _smtp(given, channel)
        elif gateway == HttpsSettings.name:
            gateways[channel] = _https(given, is_production)
        elif gateway or channel is Channel.PHONE:
            raise ValueError(f"{name} must be smtp or https, and outside of production may be console")
    return MessageSettings(gateways, _receipts(given))


def _smtp(given: Mapping[str, str], channel: Channel) -> SmtpSettings:
    host, security = _required(given, "SMTP_HOST"), _one_of(given, "SMTP_SECURITY", SECURITIES)
    if security == "none" and host not in LOCAL:
        raise ValueError("SMTP_SECURITY none is for a mail server on the same machine only: choose starttls or tls")
    phone_address = given.get("SMTP_PHONE_ADDRESS", "")
    if channel is Channel.PHONE and not ("@" in phone_address and RECIPIENT & _placeholders(phone_address)):
        raise ValueError("SMTP_PHONE_ADDRESS is missing or unfit: like {digits}@sms.example.id")
    _refuse_unknown("SMTP_PHONE_ADDRESS", _placeholders(phone_address) - RECIPIENT)
    return SmtpSettings(
        host=host,
        sender=_line(given, "SMTP_SENDER", "", SENDER),
        port=_whole(given, "SMTP_PORT", SmtpSettings.port, 65535),
        security=security,
        user=given.get("SMTP_USER", ""),
        password=given.get("SMTP_PASSWORD", ""),
        subject=_line(given, "SMTP_SUBJECT", SmtpSettings.subject, LINE),
        phone_address=phone_address,
        timeout=_whole(given, "SMTP_TIMEOUT", SmtpSettings.timeout, LONGEST_TIMEOUT),
    )


def _https(given: Mapping[str, str], is_production: bool) -> HttpsSettings:
    return HttpsSettings(
        url=_url(given, is_production),
        method=_one_of(given, "GATEWAY_METHOD", METHODS),
        headers=_headers(given),
        body=_body(given),
        timeout=_whole(given, "GATEWAY_TIMEOUT", HttpsSettings.timeout, LONGEST_TIMEOUT),
        success=_statuses(given, "GATEWAY_SUCCESS", HttpsSettings.success),
        permanent=_statuses(given, "GATEWAY_PERMANENT", HttpsSettings.permanent),
        id_path=given.get("GATEWAY_ID_PATH") or HttpsSettings.id_path,
    )


def _url(given: Mapping[str, str], is_production: bool) -> str:
    url = _required(given, "GATEWAY_URL")
    try:
        parts = urlsplit(url)
        is_address = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError("GATEWAY_URL is no address") from None
    is_local = parts.scheme == "http" and parts.hostname in LOCAL and not is_production
    if not is_address or not (parts.scheme == "https" or is_local):
        raise ValueError("GATEWAY_URL must begin with https://: codes and phones travel there")
    if parts.username is not None or PLACEHOLDER.search(url) or not HEADER_VALUE.fullmatch(url) or " " in url:
        raise ValueError("GATEWAY_URL holds a password, a placeholder or a space: those belong in headers and body")
    return url


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    """As set, and the idempotency key under its usual name."""
    headers = _json(given, "GATEWAY_HEADERS", "{}")
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise ValueError('GATEWAY_HEADERS must be a JSON object of texts: {"Authorization": "Bearer …"}')
    if not all(HEADER_NAME.fullmatch(name) and HEADER_VALUE.fullmatch(value) for name, value in headers.items()):
        raise ValueError("GATEWAY_HEADERS has a name or value with other characters than ASCII's printable ones")
    _refuse_unknown("GATEWAY_HEADERS", _placeholders(*headers.values()) - {"key"})
    return {"Idempotency-Key": "{key}"} | headers


def _body(given: Mapping[str, str]) -> Body:
    template = _required(given, "GATEWAY_BODY")
    body: Body
    if _one_of(given, "GATEWAY_FORMAT", FORMATS) == "json":
        body = JsonBody(_json(given, "GATEWAY_BODY", ""))
    else:
        body = FormBody(tuple(parse_qsl(template, keep_blank_values=True)))
    _refuse_unknown("GATEWAY_BODY", body.placeholders() - KNOWN)
    if "text" not in body.placeholders() or not RECIPIENT & body.placeholders():
        raise ValueError("GATEWAY_BODY must hold {text} and one of {to} and {digits}")
    return body


def _receipts(given: Mapping[str, str]) -> ReceiptSettings | None:
    key, token = given.get("RECEIPT_HMAC_KEY", ""), given.get("RECEIPT_TOKEN", "")
    if not key and not token:
        return None
    if len(key or token) < MIN_SECRET:
        raise ValueError(f"RECEIPT_HMAC_KEY or RECEIPT_TOKEN is too short: at least {MIN_SECRET} characters")
    default = ReceiptSettings
    return ReceiptSettings(
        hmac_key=key,
        token=token,
        signature_header=given.get("RECEIPT_SIGNATURE_HEADER") or default.signature_header,
        list_path=given.get("RECEIPT_LIST_PATH", default.list_path),
        id_path=given.get("RECEIPT_ID_PATH", default.id_path),
        key_path=given.get("RECEIPT_KEY_PATH", default.key_path),
        status_path=given.get("RECEIPT_STATUS_PATH") or default.status_path,
        delivered=_words(given, "RECEIPT_DELIVERED", default.delivered),
        failed=_words(given, "RECEIPT_FAILED", default.failed),
    )


def _required(given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise ValueError(f"{name} is missing: the chosen gateway needs it")
    return given[name]


def _one_of(given: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """The setting, the first choice where there is none."""
    chosen = given.get(name) or choices[0]
    if chosen not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}")
    return chosen


def _line(given: Mapping[str, str], name: str, default: str, shape: re.Pattern[str]) -> str:
    text = given.get(name) or default
    if not shape.fullmatch(text):
        raise ValueError(f"{name} is missing or unfit: the mail gateway needs it")
    return text


def _whole(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise ValueError(f"{name} must be a whole number from 1 to {most}")
    return int(text)


def _words(given: Mapping[str, str], name: str, default: frozenset[str]) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in given.get(name, "").split(",") if word.strip()) or default


def _statuses(given: Mapping[str, str], name: str, default: frozenset[int]) -> frozenset[int]:
    words = _words(given, name, frozenset(map(str, default)))
    if not all(re.fullmatch("[2-5][0-9][0-9]", word) for word in words):
        raise ValueError(f"{name} must be HTTP statuses with commas between them")
    return frozenset(map(int, words))


def _json(given: Mapping[str, str], name: str, default: str) -> Any:
    try:
        return json.loads(given.get(name) or default)
    except ValueError:
        raise ValueError(f"{name} is no JSON") from None


def _placeholders(*texts: str) -> frozenset[str]:
    return frozenset(name for text in texts for name in PLACEHOLDER.findall(text))


def _refuse_unknown(name: str, unknown: frozenset[str]) -> None:
    if unknown:
        raise ValueError(f"{name} has placeholders that have no place there: {', '.join(sorted(unknown))}")

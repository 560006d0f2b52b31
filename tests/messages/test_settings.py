"""The gateways' settings: what is missing or unfit is named, and no secret is shown."""

from pathlib import Path

import pytest

from app.messages.rules import Channel
from app.messages.rules.filling import FormBody, JsonBody
from app.messages.rules.gateways import ConsoleSettings, HttpsSettings, SmtpSettings
from app.messages.rules.settings import read_settings

SECRET = "s3cret-of-the-provider"
HTTPS = {
    "MESSAGES_GATEWAY": "https",
    "GATEWAY_URL": "https://sms.example.id/v1/send",
    "GATEWAY_HEADERS": f'{{"Authorization": "Bearer {SECRET}"}}',
    "GATEWAY_BODY": '{"to": "{digits}", "text": "{text}"}',
}
SMTP = {
    "MESSAGES_GATEWAY": "smtp",
    "SMTP_HOST": "mail.example.id",
    "SMTP_SENDER": "kabar@belu.example.id",
    "SMTP_PASSWORD": SECRET,
    "SMTP_PHONE_ADDRESS": "{digits}@sms.example.id",
}
RECEIPTS = HTTPS | {"RECEIPT_HMAC_KEY": SECRET}


def test_a_developer_has_the_console_and_a_demonstration_a_file_too() -> None:
    assert read_settings({}, False).gateways == {Channel.PHONE: ConsoleSettings()}
    assert read_settings({}, False, Path("x")).gateways == {Channel.PHONE: ConsoleSettings(Path("x"))}


def test_a_provider_is_described_by_its_address_headers_and_body() -> None:
    gateway = read_settings(HTTPS, True).gateways[Channel.PHONE]
    assert isinstance(gateway, HttpsSettings)
    assert gateway.headers == {"Idempotency-Key": "{key}", "Authorization": f"Bearer {SECRET}"}
    assert gateway.body == JsonBody({"to": "{digits}", "text": "{text}"})
    assert (gateway.method, gateway.timeout, gateway.id_path) == ("POST", 5, "id")


def test_a_provider_may_want_a_form_and_have_statuses_of_its_own() -> None:
    given = {"GATEWAY_FORMAT": "form", "GATEWAY_BODY": "to={to}&pesan=Mufakat:+{text}&sandi=", "GATEWAY_SUCCESS": "201"}
    gateway = read_settings(HTTPS | given | {"GATEWAY_PERMANENT": "400, 422"}, True).gateways[Channel.PHONE]
    assert isinstance(gateway, HttpsSettings)
    assert gateway.body == FormBody((("to", "{to}"), ("pesan", "Mufakat: {text}"), ("sandi", "")))
    assert (gateway.success, gateway.permanent) == ({201}, {400, 422})


def test_each_channel_may_have_another_gateway() -> None:
    gateways = read_settings(
        HTTPS | SMTP | {"MESSAGES_GATEWAY": "https", "MESSAGES_EMAIL_GATEWAY": "smtp"}, True
    ).gateways
    assert [type(gateways[channel]) for channel in Channel] == [HttpsSettings, SmtpSettings]


def test_receipts_come_only_where_a_secret_is_agreed_on() -> None:
    assert read_settings(HTTPS, True).receipts is None
    receipts = read_settings(RECEIPTS | {"RECEIPT_DELIVERED": "OK, Read", "RECEIPT_ID_PATH": "a.b"}, True).receipts
    assert receipts is not None
    assert (receipts.delivered, receipts.id_path) == ({"ok", "read"}, "a.b")


@pytest.mark.parametrize(
    ("good", "name", "value"),
    [
        (HTTPS, "MESSAGES_GATEWAY", ""),
        (HTTPS, "MESSAGES_GATEWAY", "console"),
        (HTTPS, "MESSAGES_GATEWAY", "pigeon"),
        (HTTPS, "MESSAGES_EMAIL_GATEWAY", "console"),
        (HTTPS, "GATEWAY_URL", ""),
        (HTTPS, "GATEWAY_URL", "http://sms.example.id/"),
        (HTTPS, "GATEWAY_URL", "http://localhost/"),
        (HTTPS, "GATEWAY_URL", "https:///nobody"),
        (HTTPS, "GATEWAY_URL", "ftp://sms.example.id"),
        (HTTPS, "GATEWAY_URL", f"https://desa:{SECRET}@sms.example.id/"),
        (HTTPS, "GATEWAY_URL", "https://sms.example.id/?to={to}"),
        (HTTPS, "GATEWAY_URL", "https://sms.example.id/a b"),
        (HTTPS, "GATEWAY_URL", "https://[sms.example.id"),
        (HTTPS, "GATEWAY_URL", "https://sms.example.id:port/"),
        (HTTPS, "GATEWAY_METHOD", "GE T"),
        (HTTPS, "GATEWAY_HEADERS", "no JSON"),
        (HTTPS, "GATEWAY_HEADERS", '["a"]'),
        (HTTPS, "GATEWAY_HEADERS", '{"a": 1}'),
        (HTTPS, "GATEWAY_HEADERS", '{"a b": "c"}'),
        (HTTPS, "GATEWAY_HEADERS", '{"a": "b\\r\\nc: d"}'),
        (HTTPS, "GATEWAY_HEADERS", '{"X-To": "{to}"}'),
        (HTTPS, "GATEWAY_BODY", ""),
        (HTTPS, "GATEWAY_BODY", '{"to": "{to}"}'),
        (HTTPS, "GATEWAY_BODY", '{"text": "{text}"}'),
        (HTTPS, "GATEWAY_BODY", '{"to": "{to}", "text": "{text}", "x": "{name}"}'),
        (HTTPS, "GATEWAY_BODY", '{"to": "{to}", "text": "{text}"'),
        (HTTPS, "GATEWAY_FORMAT", "xml"),
        (HTTPS, "GATEWAY_TIMEOUT", "0"),
        (HTTPS, "GATEWAY_TIMEOUT", "21"),
        (HTTPS, "GATEWAY_TIMEOUT", "²"),
        (HTTPS, "GATEWAY_SUCCESS", "ok"),
        (HTTPS, "GATEWAY_PERMANENT", "4xx"),
        (SMTP, "SMTP_HOST", ""),
        (SMTP, "SMTP_SENDER", ""),
        (SMTP, "SMTP_SENDER", "nobody"),
        (SMTP, "SMTP_SENDER", "a@b.id\nBcc: c@d.id"),
        (SMTP, "SMTP_SUBJECT", "Mufakat\nBcc: c@d.id"),
        (SMTP, "SMTP_SECURITY", "none"),
        (SMTP, "SMTP_SECURITY", "ssl"),
        (SMTP, "SMTP_PORT", "70000"),
        (SMTP, "SMTP_PHONE_ADDRESS", ""),
        (SMTP, "SMTP_PHONE_ADDRESS", "sms@example.id"),
        (SMTP, "SMTP_PHONE_ADDRESS", "{digits}{text}@example.id"),
        (RECEIPTS, "RECEIPT_HMAC_KEY", "short"),
    ],
)
def test_what_is_unfit_for_production_is_named_without_showing_a_secret(
    good: dict[str, str], name: str, value: str
) -> None:
    assert read_settings(good, True)
    with pytest.raises(ValueError, match=name) as raised:
        read_settings(good | {name: value}, True)
    assert SECRET not in str(raised.value)


def test_no_secret_shows_in_a_traceback() -> None:
    body = HTTPS["GATEWAY_BODY"].replace("{digits}", "{digits} " + SECRET)
    for given in (HTTPS | {"GATEWAY_BODY": body}, SMTP, RECEIPTS):
        assert SECRET not in repr(read_settings(given, True))

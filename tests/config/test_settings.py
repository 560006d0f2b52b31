"""Production does not start without what makes it safe."""

import re
import stat
from pathlib import Path

import pytest

import config
from app.messages.rules import Channel
from app.messages.rules.gateways import ConsoleSettings
from config import Settings, SettingsError

ROOT = Path(__file__).parents[2]
GOOD = {
    "MUFAKAT_ENV": "production",
    "SECRET_KEY": "s" * 40,
    "AUDIT_KEY": "a" * 40,
    "INDEX_KEY": "i" * 40,
    "NIK_KEYS": "1:" + "n" * 40,
    "FIELD_KEYS": "1:" + "f" * 40,
    "DATABASE_URL": "postgresql://mufakat@localhost/mufakat",
    "BASE_URL": "https://mufakat.example",
    "MESSAGES_GATEWAY": "https",
    "GATEWAY_URL": "https://sms.example/send",
    "GATEWAY_BODY": '{"to": "{to}", "text": "{text}"}',
}


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TRUSTED_PROXIES", raising=False)
    return monkeypatch


def test_with_everything_set_production_starts_through_psycopg_3(environ: pytest.MonkeyPatch) -> None:
    settings = Settings.from_environ()
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.is_production
    assert not settings.shows_components


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("AUDIT_KEY", ""),
        ("INDEX_KEY", ""),
        ("NIK_KEYS", ""),
        ("FIELD_KEYS", "1:short"),
        ("DATABASE_URL", ""),
        ("BASE_URL", ""),
        ("BASE_URL", "http://mufakat.example"),
        ("MUFAKAT_ENV", "prod"),
        ("TRUSTED_PROXIES", "all"),
        ("MESSAGES_GATEWAY", ""),
        ("MESSAGES_GATEWAY", "console"),
        ("GATEWAY_URL", "http://sms.example/send"),
        ("FILES_URL", "files"),
        ("FILES_URL", str(ROOT / "app" / "ui" / "static")),
        ("FILES_URL", "https://s3.example/foto"),
    ],
)
def test_without_it_the_start_stops_with_a_line_that_names_it(
    environ: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environ.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        Settings.from_environ()


def test_without_an_environment_named_it_is_production(environ: pytest.MonkeyPatch) -> None:
    environ.delenv("MUFAKAT_ENV")
    assert Settings.from_environ().is_production


def test_a_demonstration_makes_its_own_secrets_once_and_keeps_them_to_itself(
    environ: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environ.setenv("MUFAKAT_ENV", "demonstration")
    environ.setenv("FILES_URL", str(tmp_path / "files"))
    for name in ("SECRET_KEY", "MESSAGES_GATEWAY"):
        environ.delenv(name)
    environ.setattr(config, "INSTANCE", tmp_path / "instance")
    first, second = Settings.from_environ(), Settings.from_environ()
    assert first.secret_key == second.secret_key != ""
    assert first.messages.gateways == {Channel.PHONE: ConsoleSettings(tmp_path / "instance" / "demo-messages.txt")}
    assert stat.S_IMODE((tmp_path / "instance" / "secrets.toml").stat().st_mode) == 0o600


def test_every_setting_is_listed() -> None:
    sources = (ROOT / "config.py", ROOT / "app/messages/rules/settings.py")
    read = {name for path in sources for name in re.findall(r'"([A-Z]+_[A-Z_]+)"', path.read_text("utf-8"))}
    listed = (ROOT / "deploy/settings.md").read_text("utf-8")
    assert {name for name in read if f"`{name}`" not in listed} == set()

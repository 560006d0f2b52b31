"""Production does not start without what makes it safe."""

import stat
from pathlib import Path

import pytest

import config
from config import Settings, SettingsError

GOOD = {
    "MUFAKAT_ENV": "production",
    "SECRET_KEY": "s" * 40,
    "AUDIT_KEY": "a" * 40,
    "DATABASE_URL": "postgresql://mufakat@localhost/mufakat",
    "BASE_URL": "https://mufakat.example",
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
        ("DATABASE_URL", ""),
        ("BASE_URL", ""),
        ("BASE_URL", "http://mufakat.example"),
        ("MUFAKAT_ENV", "prod"),
        ("TRUSTED_PROXIES", "all"),
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
    environ.delenv("SECRET_KEY")
    environ.setattr(config, "INSTANCE", tmp_path / "instance")
    first, second = Settings.from_environ(), Settings.from_environ()
    assert first.secret_key == second.secret_key != ""
    assert stat.S_IMODE((tmp_path / "instance" / "secrets.toml").stat().st_mode) == 0o600

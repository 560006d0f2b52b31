"""Settings, read once from the environment; production does not start without its secrets."""

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent
INSTANCE = ROOT / "instance"
ENVIRONMENTS = ("production", "demonstration", "development", "test")
SECRETS = ("SECRET_KEY", "AUDIT_KEY")
MIN_SECRET = 32


class SettingsError(SystemExit):
    """A setting is missing or unfit; the message names it and the cure."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    environment: str
    secret_key: str
    audit_key: str
    database_url: str
    base_url: str
    source_url: str = ""
    trusted_proxies: int = 0

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def shows_components(self) -> bool:
        """Whether the component page `/_ui` is served."""
        return self.environment in ("development", "test")

    @classmethod
    def from_environ(cls) -> "Settings":
        """Read MUFAKAT_ENV, SECRET_KEY, AUDIT_KEY, DATABASE_URL, BASE_URL, SOURCE_URL, TRUSTED_PROXIES."""
        environment = os.environ.get("MUFAKAT_ENV", "production")
        if environment not in ENVIRONMENTS:
            raise SettingsError(f"MUFAKAT_ENV must be one of {', '.join(ENVIRONMENTS)}, not {environment!r}.")
        given = {name: os.environ[name] for name in SECRETS if os.environ.get(name)}
        if environment != "production":
            given = _own_secrets(INSTANCE / "secrets.toml") | given
        for name in SECRETS:
            if len(given.get(name, "")) < MIN_SECRET:
                cure = f"set at least {MIN_SECRET} characters in the environment."
                raise SettingsError(f"{name} is missing or too short: {cure}")
        url = os.environ.get("DATABASE_URL", "")
        base_url = os.environ.get("BASE_URL", "")
        if environment == "production":
            _check_production(url, base_url)
        return cls(
            environment=environment,
            secret_key=given["SECRET_KEY"],
            audit_key=given["AUDIT_KEY"],
            database_url=_driver(url or f"sqlite:///{INSTANCE / 'mufakat.sqlite'}"),
            base_url=base_url.rstrip("/"),
            source_url=os.environ.get("SOURCE_URL", ""),
            trusted_proxies=_whole("TRUSTED_PROXIES"),
        )

    @classmethod
    def for_tests(cls, database_url: str) -> "Settings":
        return cls("test", "t" * MIN_SECRET, "a" * MIN_SECRET, _driver(database_url), "")


def _driver(url: str) -> str:
    """PostgreSQL addresses in any of their usual spellings, spoken through psycopg 3."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _whole(name: str) -> int:
    text = os.environ.get(name, "0")
    if not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _check_production(url: str, base_url: str) -> None:
    if not url:
        raise SettingsError("DATABASE_URL is missing: production names its database.")
    if not base_url.startswith("https://"):
        raise SettingsError("BASE_URL is missing or not https://: links in messages and cookies need it.")


def _own_secrets(path: Path) -> dict[str, str]:
    """The secrets of a demonstration or a developer's machine, made on first use and readable by the owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = "".join(f'{name} = "{secrets.token_urlsafe(48)}"\n' for name in SECRETS)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another worker was faster; its secrets are the ones
            return _own_secrets(path)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(made)
    return {name: str(value) for name, value in tomllib.loads(path.read_text("utf-8")).items()}

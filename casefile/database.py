"""Engines for SQLite and PostgreSQL, with the same guarantees on both.

Importing this module sets the pragmas on every SQLite connection of the process: WAL with ``synchronous=FULL`` so
that a commit survives a power cut, ``secure_delete`` so that what is erased is overwritten,
``recursive_triggers`` so that ``REPLACE`` cannot slip past the custody log's triggers, and 8 MB of pages kept by each
connection, in which the indexes of the desk's queue fit.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.orm import Session

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "recursive_triggers=ON",
    "cache_size=-8000",
)
_BEGIN = "suluh_begin"
_READS = "suluh_reads"
MOST_CONNECTIONS = 40
"""Connections that one process may open beyond the five it keeps."""


def engine_options(url: str) -> dict[str, Any]:
    """How every engine of Suluh is made: statements never echo parameters in errors or logs.

    A connection for every thread of a web process: waiting for one would look like a broken service.
    """
    return {"hide_parameters": True, "pool_pre_ping": url.startswith("postgresql"), "max_overflow": MOST_CONNECTIONS}


def page_engine_options(url: str) -> dict[str, Any]:
    """How the engines of portal and desk are made: most of their pages only read.

    On PostgreSQL a transaction without ``begin_write`` is READ ONLY there, so that a page cannot change anything by
    mistake, and it ends by COMMIT: at a ROLLBACK psycopg forgets the prepared statements, and to plan them anew took
    two fifths of the server's time for a page (docs/decisions/0026).
    """
    return {**engine_options(url), "execution_options": {_READS: url.startswith("postgresql")}}


def open_engine(url: str) -> Engine:
    """An engine for ``url``."""
    return create_engine(url, **engine_options(url))


def begin_write(session: Session) -> None:
    """Start the session's transaction as a writer.

    SQLite takes the write lock at once (``BEGIN IMMEDIATE``): a reader that became a writer later could fail without
    waiting. Harmless on a transaction that is a writer's already; raises ``RuntimeError`` on one that has begun as a
    reader's, on every database alike.
    """
    if session.in_transaction():
        if session.connection().get_execution_options().get(_BEGIN) is None:
            raise RuntimeError("begin_write must come before the first statement of a transaction")
        return
    session.connection(execution_options={_BEGIN: "IMMEDIATE"})


@event.listens_for(Engine, "connect")
def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    if type(connection).__module__ != "sqlite3":
        return
    driver: Any = connection
    driver.isolation_level = None
    for pragma in _PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {options.get(_BEGIN, 'DEFERRED')}")
    elif options.get(_READS):
        _driver_of(connection).read_only = _BEGIN not in options


@event.listens_for(Engine, "rollback")
def _end_reading(connection: Connection) -> None:
    """What only read has nothing to take back. Where this fails, so does the rollback that follows, and is heard."""
    if connection.get_execution_options().get(_READS) and not connection.invalidated:
        driver = _driver_of(connection)
        if driver.read_only:
            with suppress(connection.dialect.loaded_dbapi.Error):
                driver.commit()


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


@event.listens_for(Engine, "handle_error")
def _drop_connection_without_end(context: ExceptionContext) -> None:
    """After a COMMIT that failed, as on a full disk, a connection may still be inside the transaction: use another."""
    if context.statement is None:
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False

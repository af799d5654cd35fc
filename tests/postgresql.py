"""One PostgreSQL database that tests use in turn: emptied after each, made anew where a test changed its schema."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from sqlalchemy import URL, Connection, text

from casefile.database import open_engine
from casefile.models import Base

TEMPLATE = "template_suluh"
SPARE_BYTES = 8 * 1024 * 1024
"""A database that grew by more is made anew: deleted rows would slow every later test."""

_SCHEMA = """
SELECT md5(string_agg(said, '|' ORDER BY said)) FROM (
  SELECT concat_ws(' ', relname, relkind, relacl, relrowsecurity, relforcerowsecurity) AS said
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull, attacl)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT concat_ws(' ', polname, polcmd, pg_get_expr(polqual, polrelid)) FROM pg_policy
  UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', proname, proacl, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS schema
"""
_OTHERS_END = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_KEPT = ("directory_entry", "directory_change")
"""Tables that are not empty at first; what they hold lies in the schema ``kept``."""


@dataclass
class SharedDatabase:
    """Hands one database of a server to a test at a time; ``server`` is its administrator's URL."""

    server: URL
    name: str = ""
    _schema: str = field(default="", init=False)
    _bytes: int = field(default=0, init=False)

    @property
    def url(self) -> URL:
        """Of the database that the next test uses, as its owner."""
        if not self.name:
            self._make()
        return self.server.set(database=self.name)

    def give_back(self) -> None:
        """After a test: empty the database, or drop it where emptying would not make it as it was."""
        engine = open_engine(self.url.render_as_string(hide_password=False))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(_OTHERS_END))
            is_as_it_was = connection.scalar(text(_SCHEMA)) == self._schema
            if is_as_it_was:
                _empty(connection)
            is_slim = _size(connection) <= self._bytes + SPARE_BYTES
        engine.dispose()
        if not (is_as_it_was and is_slim):
            self._administer(f"DROP DATABASE {self.name} WITH (FORCE)")
            self.name = ""

    def _make(self) -> None:
        self.name = f"test_{uuid.uuid4().hex}"
        self._administer(f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE}")
        engine = open_engine(self.url.render_as_string(hide_password=False))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE SCHEMA kept"))
            for table in _KEPT:
                connection.execute(text(f"CREATE TABLE kept.{table} AS SELECT * FROM {table}"))
            self._schema = connection.scalar(text(_SCHEMA)) or ""
            self._bytes = _size(connection)
        engine.dispose()

    def _administer(self, statement: str) -> None:
        engine = open_engine(self.server.render_as_string(hide_password=False))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        engine.dispose()


def _size(connection: Connection) -> int:
    return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0


def _empty(connection: Connection) -> None:
    """The owner alone may do this: the guards of the custody log are lifted for the length of one transaction."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    guarded = connection.execute(
        text("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'")
    ).all()
    sequences = connection.scalars(
        text("SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace")
    )
    statements = [
        "BEGIN",
        *(f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in guarded),
        *(f"DELETE FROM {table}" for table in tables),
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in guarded),
        *(f"INSERT INTO {table} SELECT * FROM kept.{table}" for table in _KEPT),
        *(f"ALTER SEQUENCE {name} RESTART" for name in sequences),
        "COMMIT",
    ]
    connection.exec_driver_sql("; ".join(statements))

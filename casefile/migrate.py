"""Bringing a database to the newest schema, from any process or test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.directory import supply

HEAD = "head"
SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's settings for ``url``; no ini file is needed."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = HEAD) -> None:
    """Migrate the database at ``url`` up to ``revision``; at the newest one, bring in what Suluh supplies as data."""
    command.upgrade(alembic_config(url), revision)
    if revision == HEAD:
        _supply_data(url)


def downgrade(url: str, revision: str) -> None:
    """Migrate the database at ``url`` down to ``revision``."""
    command.downgrade(alembic_config(url), revision)


def newest_revision() -> str | None:
    """The revision that this code expects."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def current_revision(engine: Engine) -> str | None:
    """The revision that the database has, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _supply_data(url: str) -> None:
    engine = open_engine(url)
    try:
        with Session(engine) as session:
            supply(session, datetime.now(UTC))
            session.commit()
    finally:
        engine.dispose()

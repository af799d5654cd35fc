"""Everything between settings and running processes: folder, database, keys, accounts."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.errors import KeyFileError
from casefile.migrate import upgrade
from operations.environment import Office
from operations.errors import StartError
from operations.first_start import Credentials, is_needed, mark_path, share_entry_keys, start_office, write_mark
from operations.health import check_keys, check_migrations

PRIVATE_MASK = 0o077


def make_private() -> None:
    """From here on this process and its children make private files only, and never a core dump."""
    os.umask(PRIVATE_MASK)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def prepare(office: Office, now: datetime, show: Callable[[Credentials], None]) -> bool:
    """Bring the installation to a state in which its processes can start. Returns whether the office is new.

    Can be cut short anywhere and run again. Raises ``StartError``.
    """
    make_data_dir(office)
    migrate_database(office)
    engine = open_engine(office.owner_url)
    try:
        with Session(engine) as session:
            is_new = is_needed(office, session)
            session.rollback()
            if is_new:
                start_office(office, session, now, show=show)
            elif not mark_path(office).exists():
                write_mark(office)
            share_entry_keys(office)
    except (KeyFileError, OSError) as error:
        raise StartError(f"The office's keys cannot be written: {error}.") from None
    finally:
        engine.dispose()
    for verdict in (check_keys(office), check_migrations(office)):
        if not verdict.is_ok:
            raise StartError(verdict.sentence)
    return is_new


def migrate_database(office: Office) -> None:
    """Raises ``StartError`` when the database cannot be reached or changed. The error holds no URL."""
    try:
        upgrade(office.owner_url)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise StartError(
            f"The database cannot be opened or migrated ({kind}): check SULUH_DATABASE_URL and that its server runs."
        ) from None


def make_data_dir(office: Office) -> None:
    folder = office.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StartError(
            f"The data folder {folder} cannot be used ({error.strerror}): set SULUH_DATA_DIR to one of your own."
        ) from None

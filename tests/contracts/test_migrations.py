"""One migration head; models and migrations agree; every migration can be undone with data in place."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from casefile.migrate import SCRIPTS, current_revision, downgrade, newest_revision, upgrade
from casefile.models import Base
from tests.conftest import Database
from tests.factories import keep_report, make_office


def test_there_is_one_head_and_numbers_follow_one_another() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert len(scripts.get_heads()) == 1
    numbers = sorted(script.revision for script in scripts.walk_revisions())
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_goes_down_and_up_again_with_data(database: Database, tmp_path: Path) -> None:
    with Session(database.engine()) as session:
        keep_report(session, make_office(tmp_path / "office"))
    for number in range(int(newest_revision() or 0) - 1, 0, -1):
        downgrade(database.owner_url, f"{number:04}")
        assert current_revision(database.engine()) == f"{number:04}"
    upgrade(database.owner_url)
    assert current_revision(database.engine()) == newest_revision()

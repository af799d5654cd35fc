"""``suluh migrate``."""

from __future__ import annotations

import click

from casefile.migrate import newest_revision
from operations.environment import current_office
from operations.setup import make_data_dir, make_private, migrate_database


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    office = current_office()
    make_private()
    make_data_dir(office)
    migrate_database(office)
    click.echo(f"The database is at {newest_revision()}.")

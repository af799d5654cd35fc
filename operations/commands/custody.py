"""``suluh custody``."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from casefile.custody import verify_all
from casefile.database import open_engine
from operations.environment import current_office
from operations.errors import BrokenChainError


@click.group()
def custody() -> None:
    """The custody log."""


@custody.command()
def verify() -> None:
    """Check every entry of every chain; the exit code is 1 when one is broken."""
    engine = open_engine(current_office().owner_url)
    with Session(engine) as session:
        outcome = verify_all(session)
    engine.dispose()
    for report_id, position in outcome.broken.items():
        click.echo(f"The chain of report {report_id} breaks at entry {position}.")
    if outcome.broken:
        raise BrokenChainError(f"{len(outcome.broken)} of {outcome.chains} chains are broken.")
    click.echo(f"OK: {outcome.chains} chains, {outcome.entries} entries.")

"""``suluh up`` and ``suluh setup``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from operations.environment import current_office
from operations.errors import StartError
from operations.locking import only_one
from operations.running import run
from operations.setup import make_data_dir, make_private, prepare
from operations.wording import credentials_text, ready_text


@click.command()
def up() -> None:
    """Start portal, desk, worker, relay, builder and (unless SULUH_REDIS_URL is set) Redis; Ctrl-C stops all."""
    sentence = run(
        current_office(),
        datetime.now(UTC),
        show=lambda credentials: click.echo(credentials_text(credentials)),
        tell_ready=lambda office: click.echo(ready_text(office)),
    )
    if sentence:
        raise StartError(sentence)


@click.command()
def setup() -> None:
    """Make folder, database, keys and first accounts, and start nothing."""
    office = current_office()
    make_private()
    make_data_dir(office)
    with only_one(office.data_dir):
        is_new = prepare(office, datetime.now(UTC), show=lambda credentials: click.echo(credentials_text(credentials)))
    click.echo("The office was set up." if is_new else "The office was set up before; database and keys are in order.")

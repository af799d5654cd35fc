"""``suluh doctor``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from operations.environment import current_office
from operations.health import examine


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def doctor(as_json: bool) -> None:
    """Check settings, keys, database, Redis, clock, disk and picture reader; each is OK or says what to do."""
    verdicts = examine(current_office(), datetime.now(UTC))
    for verdict in verdicts:
        if as_json:
            click.echo(json.dumps({**asdict(verdict), "ok": verdict.is_ok}))
        else:
            click.echo(f"{verdict.name:<12} {verdict.sentence}")
    sys.exit(not all(verdict.is_ok for verdict in verdicts))

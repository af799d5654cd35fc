"""``suluh fingerprint``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from operations.fingerprinting import fingerprint_files

MANY = 5


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def fingerprint(files: tuple[Path, ...]) -> None:
    """Print one JSON line for each picture: sha256, pdq, pdq_quality, phash, width, height.

    A file that is no acceptable picture gets a line with an "error" code, and the exit code is then 1.
    """
    hidden = len(files) < MANY or not sys.stderr.isatty()
    has_errors = False
    with click.progressbar(length=len(files), label="Fingerprints", file=sys.stderr, hidden=hidden) as bar:
        for line in fingerprint_files(files):
            click.echo(json.dumps(line))
            has_errors = has_errors or "error" in line
            bar.update(1)
    sys.exit(has_errors)

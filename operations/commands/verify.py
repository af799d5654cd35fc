"""``suluh verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from verifier.command import UNCHECKED, main
from verifier.packing import build_pyz


@click.command()
@click.argument("bundle", required=False)
@click.argument("fingerprint", required=False)
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE", help="Write verify.pyz instead.")
def verify(bundle: str | None, fingerprint: str | None, write: Path | None) -> None:
    """Check an evidence BUNDLE; give the office key's FINGERPRINT to learn whether it is the office's.

    Runs what verify.pyz runs. The exit code is 0 when nothing is wrong, 1 when something is, 2 when nothing could be
    checked.
    """
    if write is not None:
        sys.exit(_write(write))
    sys.exit(main([given for given in (bundle, fingerprint) if given is not None], sys.stdout))


def _write(path: Path) -> int:
    try:
        path.write_bytes(build_pyz())
    except OSError as error:
        click.echo(f"{path.name} cannot be written: {error.strerror}.", err=True)
        return UNCHECKED
    return 0

"""``suluh verify``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from casefile.errors import PictureError
from casefile.fingerprints.sandbox import PictureReader
from verifier.command import UNCHECKED, main
from verifier.originals import Look
from verifier.packing import build_page, build_pyz

_PAGE = ".html"


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument(
    "arguments", nargs=-1, type=click.UNPROCESSED, metavar="BUNDLE [FINGERPRINT] [CODE] [--asli PICTURE...]"
)
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE", help="Write verify.pyz, or verify.html.")
def verify(arguments: tuple[str, ...], write: Path | None) -> None:
    """Check an evidence BUNDLE.

    Give the office key's FINGERPRINT to learn whether it is the office's, and the CODE of the handover paper
    (SULUH1:sha256:...) to learn whether it is the one that the paper names. After --asli, original pictures are
    compared with the list of evidence. Runs what verify.pyz runs, and compares pictures by how they look as well. The
    exit code is 0 when nothing is wrong, 1 when something is, 2 when something asked for could not be checked or found.
    """
    if write is not None:
        sys.exit(_write(write))
    reader = PictureReader(at_once=1)
    try:
        sys.exit(main(arguments, sys.stdout, partial(_look, reader)))
    finally:
        reader.close()


def _look(reader: PictureReader, content: bytes) -> Look | None:
    """A stranger's picture, opened where it can do nothing."""
    try:
        prints = reader.read(content).fingerprints
    except PictureError:
        return None
    return Look(prints.pdq.hex(), prints.pdq_quality)


def _write(path: Path) -> int:
    try:
        path.write_bytes(build_page() if path.suffix == _PAGE else build_pyz())
    except OSError as error:
        click.echo(f"{path.name} cannot be written: {error.strerror}.", err=True)
        return UNCHECKED
    return 0

"""``suluh link``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.words import can_read
from casefile.vocabulary import PictureFault
from operations.linking import link_pictures, list_pictures, read_pictures

KEY = SketchKey(bytes(32))
"""Nothing of a folder is stored, so its sketches need no secret, and the same folder gives the same links."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The JSON file to write.")
@click.option("--words", "with_words", is_flag=True, help="Also read text with tesseract (slower).")
def link(folder: Path, out: Path, with_words: bool) -> None:
    """Say which pictures of a folder belong together, each file as its own report, as the worker would.

    Writes a list of {"a", "b", "class", "score", "reasons"}; names are relative to DIR. A file that is no acceptable
    picture is named on stderr and passed over.
    """
    if with_words and not can_read():
        raise click.ClickException("tesseract is not installed (Debian: tesseract-ocr tesseract-ocr-ind)")
    paths = list_pictures(folder)
    names = [path.relative_to(folder).as_posix() for path in paths]
    pictures, hidden = {}, not sys.stderr.isatty()
    with click.progressbar(length=3 * len(paths), label="Comparing", file=sys.stderr, hidden=hidden) as bar:
        read = read_pictures(paths, KEY, with_words=with_words, heard=lambda: bar.update(1))
        for name, picture in zip(names, read, strict=True):
            if isinstance(picture, PictureFault):
                click.echo(f"{name}: {picture.value}", err=True)
            else:
                pictures[name] = picture
        links = link_pictures(pictures, heard=lambda: bar.update(1))
    out.write_text(json.dumps([found.to_json() for found in links], indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(links)} pairs among {len(pictures)} pictures", err=True)

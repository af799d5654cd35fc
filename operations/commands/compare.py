"""``suluh compare``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from casefile.fingerprints.words import can_read
from casefile.vocabulary import PictureFault
from operations.commands.link import KEY
from operations.drawing import draw_pair
from operations.linking import read_pictures
from worker.matching import PictureFeatures, classify
from worker.matching.comparing import Laid, lay_on

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
SENTENCES = {
    None: "Nothing that would be suggested.",
    "same_file": "The same file, byte for byte: linked at once.",
    "duplicate": "The same screenshot: suggested to a counsellor.",
    "same_conversation": "Another part of the same conversation: suggested to a counsellor.",
    "same_picture": "A picture in common, or screens that agree in much and differ in something: suggested.",
    "weak": "Some likeness, of little weight: suggested last.",
}


@click.command()
@click.argument("first", type=FILE, metavar="A")
@click.argument("second", type=FILE, metavar="B")
@click.option(
    "--draw", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.svg", help="Draw boxes and lines."
)
@click.option("--words", "with_words", is_flag=True, help="Also read text with tesseract (slower).")
def compare(first: Path, second: Path, draw: Path | None, with_words: bool) -> None:
    """Explain in words what two pictures have in common.

    How rare that is among many reports cannot be known from two pictures: here everything counts as rare.
    """
    if with_words and not can_read():
        raise click.ClickException("tesseract is not installed (Debian: tesseract-ocr tesseract-ocr-ind)")
    one, other = (_picture(path, with_words) for path in (first, second))
    laid = lay_on(one, other)
    for line in _sentences(one, other, laid):
        click.echo(line)
    if draw is not None:
        draw.write_text(draw_pair(laid, first.name, second.name), encoding="utf-8")
    sys.exit(0)


def _picture(path: Path, with_words: bool) -> PictureFeatures:
    (read,) = read_pictures([path], KEY, with_words=with_words)
    if isinstance(read, PictureFault):
        raise click.ClickException(f"{path.name} is no acceptable picture: {read.value}")
    return read


def _sentences(one: PictureFeatures, other: PictureFeatures, laid: Laid) -> Iterator[str]:
    found, evidence = laid.evidence.overlap, laid.evidence
    match_class = "same_file" if one.sha256 == other.sha256 else classify(evidence)
    yield SENTENCES[match_class]
    yield f"PDQ: {evidence.distance} of 256 bits differ (quality {one.quality} and {other.quality})."
    for name, picture in (("A", one), ("B", other)):
        if not picture.is_comparable:
            yield f"{name} is not comparable by lines and points: too plain, too small or without structure."
    inside = evidence.inside
    for said, bits in (("A lies inside B", inside.own_in_other), ("B lies inside A", inside.other_in_own)):
        if bits is not None:
            yield f"{said} as a picture in a picture: {bits} of 256 bits of PDQ differ."
    if laid.alignment is not None:
        yield f"B shows A at {abs(laid.alignment.turn):.2f} times its size."
    lines = found.first.expected_lines, found.second.expected_lines
    whole = found.lines - found.pieces
    yield f"Text lines: {whole} agree, and pieces of {found.pieces} more, of {lines[0]} of A and {lines[1]} of B"
    yield f"  within what both show ({found.first.lines} and {found.second.lines} in all); mean difference"
    yield f"  {found.noise:.1f} of 128 bits. {found.other_lines} places hold two different lines."
    points = found.first.expected_points, found.second.expected_points
    yield f"Photo points: {found.points} agree, of {points[0]} of A and {points[1]} of B."
    if found.displaced:
        yield f"{found.displaced} equal elements lie elsewhere, as when a bar stays and the rest is scrolled."
    if evidence.words:
        yield f"Word groups: {evidence.words} agree, of at most {evidence.least_words}."

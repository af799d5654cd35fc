"""``python -m benchmarks.matching corpus OUT --seed 1 --screens 600 --photos DIR``: writes a corpus; with
``--split held-out`` one of interfaces, edits and phrases that no threshold was chosen with.

``python -m benchmarks.matching measure OUT`` measures the matcher on it, ``... walls`` pictures of nothing but text or
emoji.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.matching.corpus import counts, make_corpus, make_queries
from benchmarks.matching.edits import EDITS
from benchmarks.matching.interfaces import INTERFACES
from benchmarks.matching.plan import SPLITS, split_names
from benchmarks.matching.report import report
from benchmarks.matching.scale import measure_scale
from benchmarks.matching.walls import measure_walls


def names(text: str) -> list[str]:
    """Names separated by commas."""
    return [name for name in text.split(",") if name]


def corpus(arguments: argparse.Namespace) -> None:
    """Writes a corpus and says how many related pairs it holds."""
    truth = make_corpus(
        arguments.out,
        arguments.seed,
        arguments.screens,
        arguments.photos,
        interfaces=arguments.interfaces or split_names(arguments.split, INTERFACES),
        photos=arguments.alone,
    )
    edits = arguments.edits or split_names(arguments.split, EDITS)
    make_queries(arguments.out, truth, arguments.queries, edits)
    print(counts(truth))


def measure(arguments: argparse.Namespace) -> None:
    """Measures a corpus that was written before."""
    report(arguments.folder, with_words=arguments.words, from_phone=arguments.from_phone)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("corpus", help="write a corpus of drawn screenshots")
    one.add_argument("out", type=Path)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--screens", type=int, default=600)
    one.add_argument("--photos", type=Path, nargs="+", required=True, help="folders with photographs (*.jpg)")
    one.add_argument("--alone", type=int, default=100, help="how many photographs stand alone")
    one.add_argument("--queries", type=int, default=1200, help="how many edited pictures")
    one.add_argument("--split", choices=sorted(SPLITS), default="seen", help="which interfaces, edits and phrases")
    one.add_argument("--interfaces", type=names, help="only these, separated by commas")
    one.add_argument("--edits", type=names, help="only these, separated by commas")
    one.set_defaults(run=corpus)
    two = commands.add_parser("measure", help="measure a corpus that was written before")
    two.add_argument("folder", type=Path)
    two.add_argument("--words", action="store_true", help="also read text with tesseract (slower)")
    two.add_argument("--from-phone", action="store_true", help="only what a phone sends of a picture")
    two.set_defaults(run=measure)
    three = commands.add_parser("scale", help="measure time and memory of a large index")
    three.add_argument("pictures", type=int, nargs="?", default=100_000)
    three.set_defaults(run=lambda arguments: measure_scale(arguments.pictures))
    four = commands.add_parser("walls", help="draw walls of text and emoji and say which can be compared")
    four.add_argument("each", type=int, nargs="?", default=40, help="how many of every kind")
    four.add_argument("--save", type=Path, metavar="DIR", help="write the first of every kind there")
    four.set_defaults(run=lambda arguments: measure_walls(arguments.each, arguments.save))
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()

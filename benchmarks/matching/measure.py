"""How often the same picture is found again after an edit, and how often strangers are linked, beside simpler methods.

Base pictures come in one after another as reports would, each compared with those before it. Then every base picture is
compared once more with all others, and every edited picture as a report of its own that is not kept.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.matching.reading import read_all
from casefile.vocabulary import MatchClass, PictureFault
from operations.linking import PictureReports
from worker.matching import PictureFeatures

STRONG = frozenset({"same_file", "duplicate", "same_conversation", "same_picture"})
"""Classes that count as found; ``weak`` does not."""
RELATED = frozenset({"scroll", "same_conversation_other_phone", "shared_photo"})
"""Pairs that belong together or hold a picture in common: links between them are neither hits nor errors."""
CONFIDENCE = 1.96

Classes = dict[str, str]
"""Names of base pictures to the class in which they were found."""


@dataclass
class Corpus:
    """The truth of a corpus, and the features of its pictures by file."""

    truth: Mapping[str, Any]
    features: Mapping[str, PictureFeatures]
    milliseconds: float
    kinds: dict[frozenset[str], set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = defaultdict(set)
        for pair in self.truth["pairs"]:
            self.kinds[frozenset((pair["a"], pair["b"]))].add(pair["kind"])

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Base pictures."""
        return list(self.truth["pictures"])

    def kind(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
        """What is known of two base pictures: a relation, or strangers in one interface or in two."""
        known = self.kinds.get(frozenset((first["name"], second["name"])), set())
        for kind in ("scroll", "same_conversation_other_phone", "shared_photo", "twin", "template", "stock"):
            if kind in known:
                return kind
        return "same app" if first["interface"] == second["interface"] else "cross app"


def load_corpus(folder: Path, *, with_words: bool = False, from_phone: bool = False) -> Corpus:
    """Read every picture of a corpus; with its words where tesseract is installed, or only what a phone sends."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    files = [one["file"] for one in (*truth["pictures"], *truth["queries"])]
    started = time.perf_counter()
    read = list(read_all([folder / file for file in files], with_words=with_words, from_phone=from_phone))
    each = (time.perf_counter() - started) / len(files) * 1000
    return Corpus(truth, {f: r for f, r in zip(files, read, strict=True) if not isinstance(r, PictureFault)}, each)


def find_all(corpus: Corpus) -> tuple[dict[str, Classes], dict[str, Classes]]:
    """What each base picture and each edited picture finds among the base pictures, by name and by file."""
    reports = PictureReports()
    names: dict[UUID, str] = {}
    for picture in corpus.pictures:
        names[reports.add(corpus.features[picture["file"]])] = picture["name"]

    def find(file: str, own: UUID) -> Classes:
        findings = reports.find(corpus.features[file], own)
        return {names[one.report_id]: one.match_class.value for one in findings}

    ids = {name: report_id for report_id, name in names.items()}
    base = {picture["name"]: find(picture["file"], ids[picture["name"]]) for picture in corpus.pictures}
    nobody = UUID(int=0)
    return base, {query["file"]: find(query["file"], nobody) for query in corpus.truth["queries"]}


def recall_by_edit(corpus: Corpus, found: Mapping[str, Classes]) -> dict[str, tuple[int, Counter[str]]]:
    """For each edit how many pictures were asked for, and in which class (or ``none``) the source was found."""
    rows: dict[str, tuple[int, Counter[str]]] = {}
    for query in corpus.truth["queries"]:
        asked, classes = rows.get(query["edit"], (0, Counter()))
        best = min((found[query["file"]].get(name, "none") for name in query["sources"]), key=_rank)
        rows[query["edit"]] = asked + 1, classes + Counter([best])
    return rows


def mean_recall(corpus: Corpus, rows: Mapping[str, tuple[int, Counter[str]]]) -> float:
    """The mean over realistic edits of the share that was found in a strong class."""
    counted = {query["edit"] for query in corpus.truth["queries"] if query["in_mean"]}
    shares = [sum(classes[one] for one in STRONG) / asked for edit, (asked, classes) in rows.items() if edit in counted]
    return statistics.fmean(shares)


def links_by_kind(corpus: Corpus, found: Mapping[str, Classes]) -> dict[str, tuple[int, Counter[str]]]:
    """For each kind of pair of base pictures how many there are, and in which classes they were linked."""
    pictures = corpus.pictures
    rows: dict[str, tuple[int, Counter[str]]] = {}
    for place, first in enumerate(pictures):
        for second in pictures[:place]:
            sides = found[first["name"]].get(second["name"], "none"), found[second["name"]].get(first["name"], "none")
            total, classes = rows.get(corpus.kind(first, second), (0, Counter()))
            rows[corpus.kind(first, second)] = total + 1, classes
            if min(sides, key=_rank) != "none":
                classes[min(sides, key=_rank)] += 1
    return rows


def upper_bound(count: int, total: int) -> float:
    """The upper end of the 95 % interval of a share (Wilson 1927); 3/total for none, near enough."""
    if total == 0:
        return 1.0
    share, square = count / total, CONFIDENCE**2
    middle = share + square / (2 * total)
    half = CONFIDENCE * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return (middle + half) / (1 + square / total)


def distance_links(
    corpus: Corpus, value: Callable[[PictureFeatures], bytes], threshold: int
) -> tuple[dict[str, Classes], dict[str, Classes]]:
    """The same two tables for a whole-picture fingerprint up to a distance."""
    values = {name: int.from_bytes(value(one)) for name, one in corpus.features.items()}
    base = [(picture["name"], values[picture["file"]]) for picture in corpus.pictures]

    def near(file: str, own: str = "") -> Classes:
        mine = values[file]
        close = (name for name, other in base if name != own and (mine ^ other).bit_count() <= threshold)
        return dict.fromkeys(close, MatchClass.DUPLICATE.value)

    found = {picture["name"]: near(picture["file"], picture["name"]) for picture in corpus.pictures}
    return found, {query["file"]: near(query["file"]) for query in corpus.truth["queries"]}


def falsely_linked(corpus: Corpus, found: Mapping[str, Classes], classes: Iterable[str]) -> int:
    """Base pictures that are linked to at least one stranger in one of the classes."""
    wanted, by_name = set(classes), {picture["name"]: picture for picture in corpus.pictures}
    touched = 0
    for picture in corpus.pictures:
        others = (name for name, found_in in found[picture["name"]].items() if found_in in wanted)
        touched += any(corpus.kind(picture, by_name[name]) not in RELATED for name in others)
    return touched


def _rank(found_in: str) -> int:
    return ("same_file", "duplicate", "same_conversation", "same_picture", "weak", "none").index(found_in)

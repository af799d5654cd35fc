"""Prints what ``measure`` counts, beside pHash, PDQ and the PDQ index of Meta's threatexchange library."""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.matching.measure import (
    RELATED,
    Classes,
    Corpus,
    distance_links,
    falsely_linked,
    find_all,
    links_by_kind,
    load_corpus,
    mean_recall,
    recall_by_edit,
    upper_bound,
)
from casefile.fingerprints.kinds import PDQ
from casefile.fingerprints.picture import fingerprint_picture

PHASH_THRESHOLD = 10
"""What the users of ImageHash take, not Suluh."""


def report(folder: Path, *, with_words: bool = False, from_phone: bool = False) -> None:
    """Measure one corpus and print everything."""
    corpus = load_corpus(folder, with_words=with_words, from_phone=from_phone)
    kept = [one for one in corpus.features.values() if one.sketches]
    sizes = [len(one.sketches.to_bytes() if one.sketches else b"") + 104 + 32 * len(one.insets) for one in kept]
    print(f"{len(corpus.pictures)} base pictures, {len(corpus.truth['queries'])} edited ones")
    print(
        f"{corpus.milliseconds:.0f} ms a picture to read (two at once), {statistics.fmean(sizes):.0f} bytes kept",
        end="",
    )
    print(f" on average, {max(sizes)} at most")
    started = time.perf_counter()
    base, edited = find_all(corpus)
    asked = 2 * len(base) + len(edited)
    print(f"{(time.perf_counter() - started) / asked * 1000:.0f} ms to compare one picture with the rest\n")
    _print_edits(corpus, edited)
    _print_kinds(corpus, base)
    _print_peers(corpus, folder, base, edited)


def _print_edits(corpus: Corpus, edited: Mapping[str, Classes]) -> None:
    print(f"{'edit':16} {'asked':>5} {'found':>6}  in class")
    rows = recall_by_edit(corpus, edited)
    for edit, (asked, classes) in sorted(rows.items(), key=lambda row: (_found(row[1][1]) / row[1][0], row[0])):
        said = ", ".join(f"{name} {count}" for name, count in sorted(classes.items()))
        print(f"{edit:16} {asked:5} {_found(classes) / asked:6.3f}  {said}")
    print(f"mean over realistic edits {mean_recall(corpus, rows):.4f}\n")


def _found(classes: Mapping[str, int]) -> int:
    return sum(count for name, count in classes.items() if name not in {"weak", "none"})


def _print_kinds(corpus: Corpus, base: Mapping[str, Classes]) -> None:
    print(f"{'pairs of base pictures':30} {'pairs':>7}  linked as (95 % upper bound of duplicates)")
    for kind, (total, classes) in sorted(links_by_kind(corpus, base).items()):
        said = ", ".join(f"{name} {count}" for name, count in sorted(classes.items())) or "nothing"
        bound = f" (<= {upper_bound(classes['duplicate'], total):.1e})" if kind not in RELATED else ""
        print(f"{kind:30} {total:7}  {said}{bound}")
    print()


def _print_peers(corpus: Corpus, folder: Path, base: Mapping[str, Classes], edited: Mapping[str, Classes]) -> None:
    phashes = {file: fingerprint_picture((folder / file).read_bytes()).phash for file in corpus.features}
    by_features = {id(one): phashes[file] for file, one in corpus.features.items()}
    methods = {
        "this matcher, duplicates": (base, edited, {"duplicate", "same_file"}),
        "this matcher, all but weak": (base, edited, {"duplicate", "same_file", "same_conversation", "same_picture"}),
        f"pHash <= {PHASH_THRESHOLD}": (
            *distance_links(corpus, lambda one: by_features[id(one)], PHASH_THRESHOLD),
            {"duplicate"},
        ),
        f"PDQ <= {PDQ.match_threshold}": (
            *distance_links(corpus, lambda one: one.pdq, PDQ.match_threshold),
            {"duplicate"},
        ),
    }
    if importlib.util.find_spec("threatexchange") is not None:
        methods["threatexchange PDQIndex"] = (*_threatexchange_links(corpus), {"duplicate"})
    else:
        print("threatexchange is not installed, so its index is left out")
    print(f"{'method':28} {'recall':>7} {'pictures with a false link':>27}")
    for name, (found, asked, classes) in methods.items():
        kept = {file: {other: one for other, one in links.items() if one in classes} for file, links in asked.items()}
        touched = falsely_linked(corpus, found, classes)
        recall = mean_recall(corpus, recall_by_edit(corpus, kept))
        print(f"{name:28} {recall:7.3f} {touched:14} of {len(found)}")


def _threatexchange_links(corpus: Corpus) -> tuple[dict[str, Classes], dict[str, Classes]]:
    """What the library's own index finds at its own threshold."""
    index = importlib.import_module("threatexchange.signal_type.pdq.pdq_index").PDQIndex()
    index.add_all((corpus.features[picture["file"]].pdq.hex(), picture["name"]) for picture in corpus.pictures)

    def near(file: str, own: str = "") -> Classes:
        matches = index.query(corpus.features[file].pdq.hex())
        return {match.metadata: "duplicate" for match in matches if match.metadata != own}

    base = {picture["name"]: near(picture["file"], picture["name"]) for picture in corpus.pictures}
    return base, {query["file"]: near(query["file"]) for query in corpus.truth["queries"]}

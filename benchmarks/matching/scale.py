"""How long one report takes to compare as the index grows, what that costs in memory, and how much the tables miss.

Run ``python -m benchmarks.matching scale 100000``. The database is a real one, in memory, filled with entries of drawn
sketches: a third of all elements come from a pool of common ones with a little noise, as an app's own words do, the
rest are random. Each picture has one or two insets, and each report names a telephone number and a URL, that no other
does. One report in ten that is asked for is a noisy copy of an earlier one.
"""

from __future__ import annotations

import importlib
import importlib.util
import resource
import secrets
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import Session

from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.sketches import Sketches
from casefile.models import Base, IndexEntry, Report
from casefile.vocabulary import Channel, IdentifierKind
from operations.linking import PictureReports
from worker.matching import Entry, Features, PictureFeatures, ReportIndex, Tag, open_entry, seal_entry, tables
from worker.matching.groups import name_of_first
from worker.matching.tables import SketchTable

PICTURES_OF_REPORT = 3
LINES, POINTS, PIECES = 20, 29, 5
COMMON_LINES, COMMON_POINTS = 400, 800
ASKED = 60
RECALL_PICTURES = 6_000
FLOOD = 10_000
KEY = bytes(32)


class Drawer:
    """Draws features with a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.lines = self.rng.integers(0, 256, (COMMON_LINES, 16), dtype=np.uint8)
        self.points = self.rng.integers(0, 256, (COMMON_POINTS, 8), dtype=np.uint8)

    def picture(self, number: int) -> PictureFeatures:
        """A picture that nobody else has, but for what is common."""
        tops = np.sort(self.rng.integers(100, UNIT - 200, LINES))
        lefts = self.rng.integers(20, 400, LINES)
        boxes = np.stack([lefts, tops, lefts + self.rng.integers(200, 1300, LINES), tops + 60], axis=1)
        return PictureFeatures(
            number=number,
            sha256=secrets.token_bytes(32),
            pdq=self.rng.bytes(32),
            quality=100,
            sketches=Sketches(
                size=(1843, UNIT),
                line_boxes=boxes.astype(np.uint16),
                line_bits=self._bits(LINES, self.lines, 4),
                point_places=self.rng.integers(0, 1800, (POINTS, 2)).astype(np.uint16),
                point_scales=self.rng.integers(8, 14, POINTS).astype(np.uint8),
                point_bits=self._bits(POINTS, self.points, 3),
                piece_boxes=boxes[:PIECES].astype(np.uint16),
                piece_bits=self._bits(PIECES, self.lines, 4),
            ),
            insets=tuple(self.rng.bytes(32) for _ in range(self.rng.integers(1, 3))),
        )

    def copy(self, picture: PictureFeatures) -> PictureFeatures:
        """The same picture after re-encoding: some bits differ."""
        kept = picture.sketches
        if kept is None:
            raise ValueError("a picture without sketches")
        sketches = replace(
            kept,
            line_bits=self._noisy(kept.line_bits, 6),
            point_bits=self._noisy(kept.point_bits, 6),
            piece_bits=self._noisy(kept.piece_bits, 6),
        )
        return replace(picture, sha256=secrets.token_bytes(32), pdq=self.rng.bytes(32), sketches=sketches)

    def _bits(self, count: int, common: NDArray[np.uint8], noise: int) -> NDArray[np.uint8]:
        own = self.rng.integers(0, 256, (count, common.shape[1]), dtype=np.uint8)
        third = count // 3
        own[:third] = self._noisy(common[self.rng.integers(0, len(common), third)], noise)
        return own

    def _noisy(self, bits: NDArray[np.uint8], mean: int) -> NDArray[np.uint8]:
        flips = self.rng.random((len(bits), bits.shape[1] * 8)) < mean / (bits.shape[1] * 8)
        return bits ^ np.packbits(flips, axis=1)


def fill(session: Session, drawer: Drawer, pictures: int) -> None:
    """Entries of as many reports as hold that many pictures."""
    rows = []
    for number in range(1, pictures // PICTURES_OF_REPORT + 1):
        report_id = UUID(int=number)
        shown = tuple(drawer.picture(place) for place in range(1, PICTURES_OF_REPORT + 1))
        groups = tuple(name_of_first(report_id, picture.number) for picture in shown)
        tags = frozenset(Tag(kind, secrets.token_bytes(16)) for kind in (IdentifierKind.PHONE, IdentifierKind.URL))
        box = seal_entry(KEY, Entry(Features(shown, tags), groups), report_id)
        rows.append({"report_id": report_id, "box": box})
        if len(rows) == 1000 or number == pictures // PICTURES_OF_REPORT:
            _insert(session, rows)
            rows = []
    session.commit()


def _insert(session: Session, rows: list[dict[str, object]]) -> None:
    day = {"received_on": date(2026, 1, 1), "channel": Channel.WEB}
    session.execute(insert(Report), [{"id": row["report_id"], "form_tag": _tag(row), **day} for row in rows])
    session.execute(insert(IndexEntry), rows)


def _tag(row: dict[str, object]) -> bytes:
    report_id = row["report_id"]
    return report_id.bytes if isinstance(report_id, UUID) else b""


def make_shelf(session: Session) -> Callable[[Sequence[UUID]], dict[UUID, tuple[PictureFeatures, ...]]]:
    """Fetches pictures from entries as the worker does."""

    def shelf(report_ids: Sequence[UUID]) -> dict[UUID, tuple[PictureFeatures, ...]]:
        chosen = select(IndexEntry.report_id, IndexEntry.box).where(IndexEntry.report_id.in_(report_ids))
        return {
            report_id: open_entry(KEY, box or b"", report_id).features.pictures
            for report_id, box in session.execute(chosen)
        }

    return shelf


def measure_scale(pictures: int) -> None:
    """Print everything for an index of so many pictures."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    drawer = Drawer(1)
    with Session(engine) as session:
        fill(session, drawer, pictures)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        index = ReportIndex(KEY)
        index.refresh(session)
        gibibytes = index.byte_count / 2**30
        print(f"{pictures:,} pictures: restart reads all entries in {time.perf_counter() - started:.1f} s", end="")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 2**20
        print(f", tables {gibibytes:.2f} GiB, process grown by at most {grown:.2f} GiB")
        _measure_compare(session, index, drawer, pictures)
    _measure_pdq(pictures)
    _measure_recall()
    _measure_flood()


def _measure_compare(session: Session, index: ReportIndex, drawer: Drawer, pictures: int) -> None:
    shelf, times, found = make_shelf(session), [], 0
    for asked in range(ASKED):
        if asked % 10 == 0:
            report_id = UUID(int=int(drawer.rng.integers(1, pictures // PICTURES_OF_REPORT)))
            shown = tuple(drawer.copy(one) for one in shelf([report_id])[report_id])
        else:
            report_id, shown = UUID(int=0), tuple(drawer.picture(place) for place in (1, 2, 3))
        started = time.perf_counter()
        result = index.compare(UUID(int=2**127), Features(shown, frozenset()), shelf)
        times.append((time.perf_counter() - started) * 1000)
        found += any(one.report_id == report_id for one in result.candidates)
    ordered = sorted(times)
    print(f"  a report of {PICTURES_OF_REPORT}: median {statistics.median(times):.0f} ms", end="")
    print(f", 95 of 100 within {ordered[int(0.95 * len(ordered))]:.0f} ms; copies found {found} of {ASKED // 10}")


def _measure_pdq(pictures: int) -> None:
    rng = np.random.default_rng(2)
    values = rng.integers(0, 2**63, (pictures, 4), dtype=np.uint64)
    table = SketchTable(4, 16, is_exact=True)
    table.append(values)
    asked = values[rng.integers(0, pictures, 100)] ^ np.uint64(7)
    ours = _mean_ms(lambda place: table.near(asked[place : place + 1], 31, pictures), 100)
    print(f"  PDQ within 31 bits: {ours:.2f} ms", end="")
    if importlib.util.find_spec("faiss") is None:
        print("; faiss is not installed")
        return
    faiss = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    flat = faiss.IndexBinaryFlat(256)
    flat.add(values.view(np.uint8))
    theirs = _mean_ms(lambda place: flat.range_search(asked[place : place + 1].view(np.uint8), 32), 100)
    print(f"; faiss IndexBinaryFlat {theirs:.2f} ms (ratio {ours / theirs:.2f})")


def _mean_ms(act: Callable[[int], object], count: int) -> float:
    act(0)
    started = time.perf_counter()
    for place in range(count):
        act(place)
    return (time.perf_counter() - started) / count * 1000


def _measure_flood() -> None:
    """How many reports a second come in when all are alike, against all different."""
    drawer = Drawer(4)
    one = drawer.picture(1)
    rates = []
    for pictures in ([drawer.picture(1) for _ in range(FLOOD)], [drawer.copy(one) for _ in range(FLOOD)]):
        reports = PictureReports()
        started = time.perf_counter()
        for picture in pictures:
            reports.add(picture)
        rates.append(FLOOD / (time.perf_counter() - started))
    print(f"  {rates[0]:.0f} different reports a second, {rates[1]:.0f} alike (ratio {rates[1] / rates[0]:.2f})")


def _measure_recall() -> None:
    """Of the pairs that a comparison of every row with every row finds, how many the tables find."""
    drawer = Drawer(3)
    first = [drawer.picture(1) for _ in range(RECALL_PICTURES)]
    asked = [drawer.copy(one) for one in first[:200]]
    exact, quick = _found_by(first, asked, tail=10**9), _found_by(first, asked, tail=64)
    print(f"  recall against the exact answer among {RECALL_PICTURES:,}: {len(exact & quick)} of {len(exact)}")


def _found_by(kept: list[PictureFeatures], asked: list[PictureFeatures], tail: int) -> set[tuple[int, UUID, str]]:
    usual, tables.TAIL = tables.TAIL, tail
    index = ReportIndex(KEY)
    shelf = {UUID(int=place + 1): (one,) for place, one in enumerate(kept)}
    for report_id, shown in shelf.items():
        index.add(report_id.int, report_id, Entry(Features(shown, frozenset()), (report_id.bytes,)))
    found = set()
    for place, one in enumerate(asked):
        result = index.compare(UUID(int=2**127), Features((one,), frozenset()), lambda ids: {i: shelf[i] for i in ids})
        found |= {(place, one.report_id, one.pictures[0].match_class.value) for one in result.candidates}
    tables.TAIL = usual
    return found

"""Pictures of a folder, each as its own report, through the very index and decision of the worker."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from casefile.contents import MatchReason
from casefile.errors import PictureError
from casefile.fingerprints import PictureReading
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sandbox import PictureReader
from casefile.fingerprints.wordgroups import WordKey
from casefile.fingerprints.words import read_words
from casefile.vocabulary import MatchClass, PictureFault
from worker.matching import Entry, Features, Finding, PictureFeatures, ReportIndex, choose_findings
from worker.matching.decision import PICTURE_CLASSES
from worker.matching.votes import Limits

AT_ONCE = 2
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})

EXACT_SCORE = 100.0
"""Score of equal files, above all that can be similar."""

Heard = Callable[[], None]
"""Called after each step, for progress."""


def list_pictures(folder: Path) -> list[Path]:
    """Every JPEG, PNG and WebP below a folder, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def picture_features(reading: PictureReading, key: SketchKey, words: tuple[bytes, ...] = ()) -> PictureFeatures:
    """What a report of this one picture is compared by."""
    prints = reading.fingerprints
    sketches = key.sketch(Descriptions.from_text(reading.descriptions))
    return PictureFeatures(
        number=1,
        sha256=prints.sha256,
        pdq=prints.pdq,
        quality=prints.pdq_quality,
        sketches=sketches,
        words=frozenset(words),
        insets=reading.insets,
    )


def read_pictures(
    paths: Sequence[Path], key: SketchKey, *, with_words: bool = False, heard: Heard = lambda: None
) -> Iterator[PictureFeatures | PictureFault]:
    """The features of each file, or why there are none, in order; read in locked-down processes."""
    word_key = WordKey(key.secret)

    def read(path: Path) -> PictureFeatures | PictureFault:
        try:
            data = path.read_bytes()
            reading = reader.read(data)
            return picture_features(reading, key, read_words(data, word_key) if with_words else ())
        except PictureError as error:
            return error.fault
        except OSError:
            return PictureFault.UNREADABLE
        finally:
            heard()

    with PictureReader(AT_ONCE) as reader, ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(read, paths)


@dataclass
class PictureReports:
    """An index of reports that hold one picture each, numbered as they come. Nothing of it is stored."""

    limits: Limits = field(default_factory=Limits)
    pictures: dict[UUID, tuple[PictureFeatures, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = ReportIndex(secrets.token_bytes(32), self.limits)

    def add(self, picture: PictureFeatures) -> UUID:
        """Compare a picture as the worker does, and keep it; returns its report's id."""
        report_id = UUID(int=len(self.pictures) + 1)
        features = Features((picture,), frozenset())
        found = self.index.compare(report_id, features, self._shelf)
        self.pictures[report_id] = (picture,)
        self.index.add(report_id.int, report_id, Entry(features, found.groups))
        return report_id

    def find(self, picture: PictureFeatures, report_id: UUID) -> tuple[Finding, ...]:
        """What belongs with a picture, among all that were added; those of ``report_id`` itself are left out."""
        found = self.index.compare(report_id, Features((picture,), frozenset()), self._shelf)
        return choose_findings(found.candidates, most=len(self.pictures))

    def _shelf(self, report_ids: Sequence[UUID]) -> dict[UUID, tuple[PictureFeatures, ...]]:
        return {report_id: self.pictures[report_id] for report_id in report_ids}


@dataclass(frozen=True)
class PictureLink:
    """Two files in the order of their names, the strongest class of what they have in common, and the reasons."""

    first: str
    second: str
    match_class: MatchClass
    score: float
    reasons: tuple[MatchReason, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON types, under the names of the output file."""
        return {
            "a": self.first,
            "b": self.second,
            "class": self.match_class.value,
            "score": round(self.score, 3),
            "reasons": [_reason_values(reason) for reason in self.reasons],
        }


def link_pictures(pictures: Mapping[str, PictureFeatures], heard: Heard = lambda: None) -> list[PictureLink]:
    """Every pair of files that belongs together, in the order of their names.

    Files come in the order of their names, as reports would, and are then compared once more with all of them, so that
    what is common is known for the first as for the last.
    """
    reports = PictureReports(Limits(*[len(pictures)] * 4))
    names: dict[UUID, str] = {}
    for name in sorted(pictures):
        names[reports.add(pictures[name])] = name
        heard()
    links: dict[tuple[str, str], PictureLink] = {}
    for report_id, name in names.items():
        for finding in reports.find(pictures[name], report_id):
            link = _link(name, names[finding.report_id], finding)
            pair = (link.first, link.second)
            links[pair] = max((links[pair], link), key=_strength) if pair in links else link
        heard()
    return [links[pair] for pair in sorted(links)]


def _link(name: str, other: str, finding: Finding) -> PictureLink:
    score = EXACT_SCORE if finding.match_class.is_exact else finding.score
    if name < other:
        return PictureLink(name, other, finding.match_class, score, finding.reasons)
    reasons = tuple(reason.swapped() for reason in finding.reasons)
    return PictureLink(other, name, finding.match_class, score, reasons)


def _strength(link: PictureLink) -> tuple[int, float]:
    return -PICTURE_CLASSES.index(link.match_class), link.score


def _reason_values(reason: MatchReason) -> dict[str, Any]:
    agreement = {} if reason.agreement is None else asdict(reason.agreement)
    return {"class": reason.match_class.value, **agreement}

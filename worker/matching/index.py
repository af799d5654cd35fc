"""All comparable reports in this process's memory, brought up to date from the database before each match.

Every matched report has an entry, sealed to the worker alone; opened they exist here alone. Entries are written while
no other worker writes (``worker.runtime.take_turn``), in the order of their numbers: whoever has read up to the highest
number has read everything. A worker that forks hands its index on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.errors import UnsealError
from casefile.models import IndexEntry
from casefile.vocabulary import MatchClass
from worker.matching.comparing import USUAL_LIMITS, Likeness, Limits, Shelf, find_alike
from worker.matching.decision import explain, is_same_content
from worker.matching.entries import Entry, open_entry
from worker.matching.pictures import PictureTables
from worker.matching.values import Candidate, Features, PictureFeatures, PicturePair, Tag

log = logging.getLogger("suluh.worker")

BATCH = 500
_TOLD = b"told"


class _Held(NamedTuple):
    """A report in the index: its place in the order of arrival, its pictures' slots, groups and files, its tags."""

    number: int
    slots: tuple[int | None, ...]
    groups: tuple[bytes, ...]
    files: tuple[bytes, ...]
    tags: frozenset[Tag]


@dataclass(slots=True)
class _Group:
    """A content group: its number in the tables, how many pictures it has, and how many of them are compared."""

    number: int
    members: int = 0
    compared: int = 0

    @property
    def is_lost(self) -> bool:
        """Pictures of it are there, and none that later ones are compared with."""
        return self.compared == 0 and self.members > 0


class Found(NamedTuple):
    """What a report has in common with others, and the name (16 bytes) of each of its pictures' content group."""

    candidates: tuple[Candidate, ...]
    groups: tuple[bytes, ...]


class ReportIndex:
    """Finds what other reports have in common with one. Reports that declined comparing are not in it.

    ``key`` (32 bytes) opens the entries.
    """

    def __init__(self, key: bytes, limits: Limits = USUAL_LIMITS) -> None:
        self._key = key
        self._limits = limits
        self._clear()

    def _clear(self) -> None:
        self._highest = 0
        self._reports: dict[UUID, _Held] = {}
        self._tables = PictureTables()
        self._files: dict[bytes, list[UUID]] = {}
        self._tags: dict[Tag, list[UUID]] = {}
        self._groups: dict[bytes, _Group] = {}
        self._names: list[bytes] = []
        self._emptied: set[bytes] = set()
        self.unreadable: set[UUID] = set()

    def __contains__(self, report_id: UUID) -> bool:
        return report_id in self._reports

    def __len__(self) -> int:
        return len(self._reports)

    @property
    def byte_count(self) -> int:
        """Memory taken by the tables of sketches."""
        return self._tables.byte_count

    def refresh(self, session: Session) -> int:
        """Take up what was committed since the last time; returns how many entries were new.

        An entry that does not open is counted in ``unreadable`` and passed over.
        """
        taken = self._take_newer(session)
        if any(self._groups[name].is_lost for name in self._emptied):
            self._clear()
            self._take_newer(session)
        self._emptied.clear()
        return taken

    def _take_newer(self, session: Session) -> int:
        newer = select(IndexEntry.number, IndexEntry.report_id, IndexEntry.box).order_by(IndexEntry.number)
        taken = 0
        while rows := session.execute(newer.where(IndexEntry.number > self._highest).limit(BATCH)).all():
            for number, report_id, box in rows:
                self._highest = number
                self._take(number, report_id, box)
            taken += len(rows)
        return taken

    def add(self, number: int, report_id: UUID, entry: Entry) -> None:
        """Take up one report, or what it is now instead of what it was; ``number`` orders reports by arrival."""
        self.drop(report_id)
        pictures = zip(entry.features.pictures, entry.groups, strict=True)
        slots = [self._add_picture(report_id, picture, name) for picture, name in pictures]
        files = tuple(_file(picture.sha256, is_told=picture.is_told) for picture in entry.features.pictures)
        self._reports[report_id] = _Held(number, tuple(slots), entry.groups, files, entry.features.tags)
        for file in files:
            holders = self._files.setdefault(file, [])
            if report_id not in holders[-1:]:
                holders.append(report_id)
        for tag in entry.features.tags:
            self._tags.setdefault(tag, []).append(report_id)

    def drop(self, report_id: UUID) -> None:
        """Forget a report, and overwrite what was kept of its pictures.

        Where the last compared picture of a content group goes and others of it stay, ``refresh`` reads all anew.
        """
        self.unreadable.discard(report_id)
        held = self._reports.pop(report_id, None)
        if held is None:
            return
        for slot, name in zip(held.slots, held.groups, strict=True):
            group = self._groups[name]
            group.members -= 1
            if slot is not None:
                self._tables.remove(slot)
                group.compared -= 1
                self._emptied.add(name)
        for file in set(held.files):
            self._files[file].remove(report_id)
            if not self._files[file]:
                del self._files[file]
        for tag in held.tags:
            self._tags[tag].remove(report_id)
            if not self._tags[tag]:
                del self._tags[tag]

    def compare(self, report_id: UUID, features: Features, shelf: Shelf) -> Found:
        """Every other report with an equal file, an alike picture or an equal identifier, oldest first."""
        pictures: dict[UUID, list[PicturePair]] = defaultdict(list)
        groups = []
        for picture in features.pictures:
            alike = find_alike(self._tables, picture, report_id, shelf, self._limits)
            groups.append(self._group_name(picture, report_id, alike))
            equal = list(self._equal_files(picture))
            linked = {other for other, pair in equal if pair.match_class is MatchClass.SAME_FILE}
            for found in alike:
                if found.report_id not in linked:
                    pictures[found.report_id].append(_pair(picture, found))
            for other, pair in equal:
                pictures[other].append(pair)
        tags: dict[UUID, set[Tag]] = defaultdict(set)
        for tag in features.tags:
            for other in self._tags.get(tag, ()):
                tags[other].add(tag)
        others = sorted((pictures.keys() | tags.keys()) - {report_id}, key=lambda one: self._reports[one].number)
        candidates = (Candidate(one, tuple(pictures[one]), frozenset(tags[one])) for one in others)
        return Found(tuple(candidates), tuple(groups))

    def _equal_files(self, picture: PictureFeatures) -> Iterator[tuple[UUID, PicturePair]]:
        """Reports with a file of the same digest, each with the pair of pictures."""
        for is_told in (False, True):
            file = _file(picture.sha256, is_told=is_told)
            match_class = MatchClass.SAME_DIGEST if is_told or picture.is_told else MatchClass.SAME_FILE
            for other in self._files.get(file, ()):
                yield other, PicturePair(picture.number, self._reports[other].files.index(file) + 1, match_class)

    def _group_name(self, picture: PictureFeatures, report_id: UUID, alike: list[Likeness]) -> bytes:
        """The group of the same file, or else of the nearest with the same content, or else a new one."""
        file = _file(picture.sha256, is_told=False)
        if file in self._files and not picture.is_told:
            held = self._reports[self._files[file][0]]
            return held.groups[held.files.index(file)]
        for found in alike:
            if is_same_content(found.evidence):
                return self._names[found.group]
        return blake2b(report_id.bytes + bytes([picture.number]), digest_size=16).digest()

    def _add_picture(self, report_id: UUID, picture: PictureFeatures, name: bytes) -> int | None:
        """The slot of a picture that is compared from now on; None where its group has enough of them."""
        if name not in self._groups:
            self._groups[name] = _Group(len(self._names))
            self._names.append(name)
        group = self._groups[name]
        group.members += 1
        if group.compared >= self._limits.kept_of_group:
            return None
        group.compared += 1
        return self._tables.add(report_id, picture, group.number)

    def _take(self, number: int, report_id: UUID, box: bytes | None) -> None:
        if box is None:
            self.drop(report_id)
            return
        try:
            self.add(number, report_id, open_entry(self._key, box, report_id))
        except UnsealError:
            self.unreadable.add(report_id)
            log.warning("an index entry does not open and is not compared (%s so far)", len(self.unreadable))


def _file(digest: bytes, *, is_told: bool) -> bytes:
    """What a file is found by: one that a device told of is never taken for one that was seen."""
    return _TOLD + digest if is_told else digest


def _pair(picture: PictureFeatures, found: Likeness) -> PicturePair:
    agreement = explain(found.evidence)
    return PicturePair(picture.number, found.number, found.pair_class, agreement, found.evidence.score)

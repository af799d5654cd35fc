"""All comparable reports in this process's memory, brought up to date from the database before each match.

Every matched report has an entry, sealed to the worker alone; opened they exist here alone. Entries are written while
no other worker writes (``worker.runtime.take_turn``), in the order of their numbers: whoever has read up to the highest
number has read everything. A worker that forks hands its index on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.errors import UnsealError
from casefile.models import IndexEntry
from casefile.vocabulary import MatchClass
from worker.matching.comparing import Likeness, Shelf, find_alike
from worker.matching.entries import Entry, open_entry
from worker.matching.evidence import explain, is_same_content
from worker.matching.groups import ContentGroups, name_of_first
from worker.matching.pictures import PictureTables
from worker.matching.reports import HeldReports
from worker.matching.values import Candidate, Features, PictureFeatures, PicturePair, Tag
from worker.matching.votes import USUAL_LIMITS, Limits

log = logging.getLogger("suluh.worker")

BATCH = 500


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
        self._reports = HeldReports()
        self._tables = PictureTables()
        self._groups = ContentGroups()
        self._emptied: set[int] = set()
        self.unreadable: set[UUID] = set()

    def __contains__(self, report_id: UUID) -> bool:
        return report_id in self._reports

    def __len__(self) -> int:
        return len(self._reports)

    @property
    def byte_count(self) -> int:
        """Memory taken by the tables of pictures, of reports and of the names of groups."""
        return self._tables.byte_count + self._reports.byte_count + self._groups.byte_count

    def refresh(self, session: Session) -> int:
        """Take up what was committed since the last time; returns how many entries were new.

        An entry that does not open is counted in ``unreadable`` and passed over.
        """
        taken = self._take_newer(session)
        if any(self._groups.is_lost(group) for group in self._emptied):
            self._clear()
            self._take_newer(session)
        self._emptied.clear()
        for part in (self._tables, self._reports, self._groups):
            part.settle()
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
        for picture, name in zip(entry.features.pictures, entry.groups, strict=True):
            self._add_picture(report_id, picture, name)
        self._reports.add(report_id, number, len(self._tables), entry.features.tags)

    def drop(self, report_id: UUID) -> None:
        """Forget a report, and overwrite what was kept of its pictures.

        Where the last compared picture of a content group goes and others of it stay, ``refresh`` reads all anew.
        """
        self.unreadable.discard(report_id)
        for slot in self._reports.remove(report_id):
            name, is_compared = self._tables.name(slot), self._tables.is_compared(slot)
            if name is not None:
                self._groups.leave(name.group, is_compared=is_compared)
                self._emptied.add(name.group)
            self._tables.remove(slot)

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
            for other in self._reports.with_tag(tag):
                tags[other].add(tag)
        others = sorted((pictures.keys() | tags.keys()) - {report_id}, key=self._reports.number)
        candidates = (Candidate(one, tuple(pictures[one]), frozenset(tags[one])) for one in others)
        return Found(tuple(candidates), tuple(groups))

    def _equal_files(self, picture: PictureFeatures) -> Iterator[tuple[UUID, PicturePair]]:
        """Reports with a file of the same digest, each with the pair of pictures."""
        for is_told in (False, True):
            match_class = MatchClass.SAME_DIGEST if is_told or picture.is_told else MatchClass.SAME_FILE
            of_reports: dict[UUID, int] = {}
            for name in self._tables.same_files(picture.sha256, is_told=is_told):
                of_reports.setdefault(name.report_id, name.number)
            for other, number in of_reports.items():
                yield other, PicturePair(picture.number, number, match_class)

    def _group_name(self, picture: PictureFeatures, report_id: UUID, alike: list[Likeness]) -> bytes:
        """The group of the same file, or else of the nearest with the same content, or else a new one."""
        same = [] if picture.is_told else self._tables.same_files(picture.sha256, is_told=False)
        if same:
            return self._groups.name(same[0].group)
        for found in alike:
            if is_same_content(found.evidence):
                return self._groups.name(found.group)
        return name_of_first(report_id, picture.number)

    def _add_picture(self, report_id: UUID, picture: PictureFeatures, name: bytes) -> None:
        """Later pictures are compared with it, unless its group has enough of those."""
        group = self._groups.take(name, report_id, picture.number)
        is_compared = self._groups.compared(group) < self._limits.kept_of_group
        self._groups.join(group, is_compared=is_compared)
        self._tables.add(report_id, picture, group, is_compared=is_compared)

    def _take(self, number: int, report_id: UUID, box: bytes | None) -> None:
        if box is None:
            self.drop(report_id)
            return
        try:
            self.add(number, report_id, open_entry(self._key, box, report_id))
        except UnsealError:
            self.unreadable.add(report_id)
            log.warning("an index entry does not open and is not compared (%s so far)", len(self.unreadable))


def _pair(picture: PictureFeatures, found: Likeness) -> PicturePair:
    agreement = explain(found.evidence)
    return PicturePair(picture.number, found.number, found.pair_class, agreement, found.evidence.score)

"""All comparable reports in this process's memory, brought up to date from the database before each match.

Fingerprints lie in the database sealed; opened they exist here alone. A worker that forks hands its index on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from casefile.contents import WorkerPayload
from casefile.errors import UnsealError
from casefile.keyring import WorkerSecrets
from casefile.models import WorkerEnvelope
from casefile.unsealing import open_worker_envelope
from worker.matching.columns import PdqColumns
from worker.matching.decision import MATCH_THRESHOLD, QUALITY_FLOOR
from worker.matching.values import Candidate, Features, PictureFeatures, PicturePair, Tag

log = logging.getLogger("suluh.worker")

WINDOW = 256
"""How many numbers back from the highest are looked at again: sequences of PostgreSQL commit out of order."""
BATCH = 500

_Arrival = Row[tuple[int, UUID, bytes | None]]


def open_payload(secrets: WorkerSecrets, box: bytes, report_id: UUID) -> WorkerPayload:
    """What intake sealed for the worker. Raises ``UnsealError`` when it was altered, moved or is malformed."""
    opened = open_worker_envelope(secrets.pair, box, report_id)
    try:
        return WorkerPayload.from_bytes(opened)
    except (ValueError, KeyError, TypeError):
        raise UnsealError("the envelope's contents are malformed") from None


class ReportIndex:
    """Finds what other reports have in common with one. Reports that declined comparing are not in it."""

    def __init__(self, secrets: WorkerSecrets) -> None:
        self._secrets = secrets
        self._highest = 0
        self._seen: set[int] = set()
        self._features: dict[UUID, Features] = {}
        self._arrival: dict[UUID, int] = {}
        self._digests: dict[bytes, dict[UUID, list[int]]] = defaultdict(dict)
        self._tags: dict[Tag, dict[UUID, None]] = defaultdict(dict)
        self._pdq = PdqColumns()
        self.unreadable: set[UUID] = set()

    def __contains__(self, report_id: UUID) -> bool:
        return report_id in self._features

    def __len__(self) -> int:
        return len(self._features)

    def refresh(self, session: Session) -> int:
        """Take up what was committed since the last time; returns how many rows were new.

        An envelope that does not open is counted in ``unreadable`` and passed over: the job of its own report says so.
        """
        numbers = select(WorkerEnvelope.number).where(WorkerEnvelope.number > self._highest - WINDOW)
        fresh = sorted(set(session.scalars(numbers)) - self._seen)
        for start in range(0, len(fresh), BATCH):
            chosen = WorkerEnvelope.number.in_(fresh[start : start + BATCH])
            columns = (WorkerEnvelope.number, WorkerEnvelope.report_id, WorkerEnvelope.box)
            for row in session.execute(select(*columns).where(chosen).order_by(WorkerEnvelope.number)):
                self._take(row)
        self._seen = {number for number in self._seen if number > self._highest - WINDOW}
        return len(fresh)

    def candidates(self, report_id: UUID, features: Features) -> list[Candidate]:
        """Every other report with an equal file, a near picture or an equal identifier, oldest first."""
        pictures: dict[UUID, list[PicturePair]] = defaultdict(list)
        for picture in features.pictures:
            for other, pair in self._alike(picture):
                pictures[other].append(pair)
        tags: dict[UUID, set[Tag]] = defaultdict(set)
        for tag in features.tags:
            for other in self._tags.get(tag, ()):
                tags[other].add(tag)
        found = (pictures.keys() | tags.keys()) - {report_id}
        return [
            Candidate(other, tuple(pictures.get(other, ())), frozenset(tags.get(other, ())))
            for other in sorted(found, key=self._arrival.__getitem__)
        ]

    def _alike(self, picture: PictureFeatures) -> Iterator[tuple[UUID, PicturePair]]:
        same = self._digests.get(picture.sha256, {})
        for other, numbers in same.items():
            yield from ((other, PicturePair(picture.number, number, None)) for number in numbers)
        if picture.quality < QUALITY_FLOOR:
            return
        for other, number, distance in self._pdq.near(picture.pdq, MATCH_THRESHOLD):
            if number not in same.get(other, ()):
                yield other, PicturePair(picture.number, number, distance)

    def _take(self, row: _Arrival) -> None:
        self._highest = max(self._highest, row.number)
        self._seen.add(row.number)
        if row.box is None:
            self._drop(row.report_id)
            return
        try:
            payload = open_payload(self._secrets, row.box, row.report_id)
        except UnsealError:
            self.unreadable.add(row.report_id)
            log.warning("an envelope does not open and is not compared (%s so far)", len(self.unreadable))
            return
        if payload.may_compare:
            self._arrival[row.report_id] = row.number
            self._add(row.report_id, Features.of(payload, self._secrets.identifier_key))

    def _add(self, report_id: UUID, features: Features) -> None:
        self._features[report_id] = features
        for picture in features.pictures:
            self._digests[picture.sha256].setdefault(report_id, []).append(picture.number)
            if picture.quality >= QUALITY_FLOOR:
                self._pdq.add(report_id, picture.number, picture.pdq)
        for tag in features.tags:
            self._tags[tag][report_id] = None

    def _drop(self, report_id: UUID) -> None:
        self.unreadable.discard(report_id)
        features = self._features.pop(report_id, None)
        if features is None:
            return
        del self._arrival[report_id]
        self._pdq.remove(report_id)
        for picture in features.pictures:
            self._digests[picture.sha256].pop(report_id, None)
            if not self._digests[picture.sha256]:
                del self._digests[picture.sha256]
        for tag in features.tags:
            self._tags[tag].pop(report_id, None)
            if not self._tags[tag]:
                del self._tags[tag]

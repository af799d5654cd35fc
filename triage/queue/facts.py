"""What the summaries of cases say, remembered between requests without being readable between requests.

To find every case of a kind, the desk must have opened every summary once, and an opened summary may not lie about: the
desk holds no key at rest. So the few facts that filters ask for are kept in the memory of the process under a key that
only the office's private key of that epoch gives: what lies there opens while somebody who was granted the epoch is
being answered, and at no other time (docs/decisions/0011). Nothing of it is ever written down.
"""

from __future__ import annotations

import hashlib
import json
import struct
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.boxes import box, derive, unbox
from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.errors import UnsealError
from casefile.models import Case
from casefile.submission import Answers
from casefile.vocabulary import District, HarmKind, Platform
from casefile.wib import local_date
from triage.queue.filters import Filters
from triage.reader import Reader
from triage.rows import read_columns

MOST_KEPT = 50_000
"""Cases whose facts a process remembers."""
FEWEST_ANSWERS = 6
"""Equal answers tell something of the reporter only from so many questions on."""

_FORM, _FACT = struct.Struct("<16sIIIB8s"), struct.Struct("<IIIB8s")
_ID_BYTES = _FORM.size - _FACT.size
_PURPOSE = "queue-facts"
_ALONE = bytes(8)
_AT_ONCE = 500


class Fact(NamedTuple):
    """What is remembered of a case at one ``version``: sets as bits, the district by its number.

    ``profile`` is equal for reports of one day with the same answers to at least ``FEWEST_ANSWERS`` questions; zeros
    where fewer were answered.
    """

    version: int
    kinds: int = 0
    platforms: int = 0
    district: int = 0
    profile: bytes = _ALONE


class Wanted(NamedTuple):
    """A case of which the facts are wanted."""

    case_id: bytes
    version: int
    epoch: int


Facts = dict[bytes, Fact]


class _Box(NamedTuple):
    """The facts of one epoch under its key, and at which byte each case's begin once it is opened.

    Which cases lie in it is no secret: their ids stand in the table.
    """

    sealed: bytes
    places: Mapping[bytes, int]


@dataclass
class Shelf:
    """The facts of one process. One box for each epoch, which only that epoch's key opens."""

    _boxes: dict[int, _Box] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def learn(self, session: Session, reader: Reader, wanted: Sequence[Wanted], at_most: int) -> tuple[Facts, int]:
        """The facts with those of up to ``at_most`` wanted cases that were not known, and how many still are not.

        What the reader has no key for is neither known nor counted. Past ``MOST_KEPT`` the oldest are forgotten.
        """
        known, unknown = self._look(reader, wanted)
        learned = _open_summaries(session, reader, unknown[:at_most])
        if learned:
            self._keep(reader, learned)
            for facts in learned.values():
                known.update(facts)
        return known, len(unknown) - len(unknown[:at_most])

    def _look(self, reader: Reader, wanted: Sequence[Wanted]) -> tuple[Facts, list[Wanted]]:
        """What is remembered under the reader's keys, and what is missing or of an older version."""
        epochs = {each.epoch for each in wanted} & reader.epochs.keys()
        boxes = {epoch: self._open(reader, epoch) for epoch in epochs}
        known: Facts = {}
        unknown = []
        for each in wanted:
            if each.epoch not in boxes:
                continue
            opened, places = boxes[each.epoch]
            place = places.get(each.case_id)
            if place is not None:
                fact = known[each.case_id] = Fact._make(_FACT.unpack_from(opened, place))
            if place is None or fact.version != each.version:
                unknown.append(each)
        return known, unknown

    def _keep(self, reader: Reader, learned: Mapping[int, Facts]) -> None:
        with self._lock:
            for epoch, facts in learned.items():
                opened, _ = self._open(reader, epoch)
                kept = {row[0]: Fact._make(row[1:]) for row in _FORM.iter_unpack(opened)}
                kept.update(facts)
                newest = list(kept.items())[-MOST_KEPT:]
                packed = b"".join(_pack(case_id, fact) for case_id, fact in newest)
                places = {case_id: number * _FORM.size + _ID_BYTES for number, (case_id, _) in enumerate(newest)}
                self._boxes[epoch] = _Box(box(_key(reader, epoch), packed, _PURPOSE.encode()), places)

    def _open(self, reader: Reader, epoch: int) -> tuple[bytes, Mapping[bytes, int]]:
        """What the box of an epoch holds, and where; nothing without a box or its key."""
        kept = self._boxes.get(epoch)
        if kept is None:
            return b"", {}
        try:
            return unbox(_key(reader, epoch), kept.sealed, _PURPOSE.encode()), kept.places
        except UnsealError:
            return b"", {}


def sieve(filters: Filters) -> Callable[[Fact | None], bool]:
    """A test whether a case's answers are what the filters ask for; one of which nothing is known is not."""
    kinds = _bits([filters.kind], HarmKind) if filters.kind else 0
    platforms = _bits([filters.platform], Platform) if filters.platform else 0
    district = _number(filters.district) if filters.district else None

    def fits(fact: Fact | None) -> bool:
        return (
            fact is not None
            and fact.kinds & kinds == kinds
            and fact.platforms & platforms == platforms
            and district in {None, fact.district}
        )

    return fits


def estimate_reporters(facts: Iterable[Fact]) -> int:
    """How many people may have sent these reports: those with one profile count as one. A guess, never a finding."""
    seen, alone = set(), 0
    for fact in facts:
        if fact.profile == _ALONE:
            alone += 1
        else:
            seen.add(fact.profile)
    return len(seen) + alone


def fact_of(summary: QueueSummary | None, version: int, received_at: datetime) -> Fact:
    """What is remembered of an opened summary; of a damaged one nothing but that it was tried."""
    if summary is None:
        return Fact(version)
    answers = summary.answers
    return Fact(
        version,
        _bits(answers.kinds, HarmKind),
        _bits(answers.platforms, Platform),
        _number(answers.district),
        _profile(answers, received_at),
    )


def _open_summaries(session: Session, reader: Reader, unknown: Sequence[Wanted]) -> dict[int, Facts]:
    learned: dict[int, Facts] = {}
    columns = (Case.id, Case.version, Case.summary_epoch, Case.summary_box, Case.received_at)
    for start in range(0, len(unknown), _AT_ONCE):
        ids = [UUID(bytes=each.case_id) for each in unknown[start : start + _AT_ONCE]]
        for row in read_columns(session, select(*columns).where(Case.id.in_(ids))):
            opened = reader.open_note(row.summary_box, row.summary_epoch, SUMMARY_NOTE, row.id)
            fact = fact_of(parse_summary(opened), row.version, row.received_at)
            learned.setdefault(row.summary_epoch, {})[row.id.bytes] = fact
    return {epoch: facts for epoch, facts in learned.items() if epoch in reader.epochs}


def parse_summary(opened: bytes | None) -> QueueSummary | None:
    """The summary that the bytes hold, or None when there are none or they are damaged."""
    try:
        return None if opened is None else QueueSummary.from_bytes(opened)
    except (ValueError, KeyError, TypeError):
        return None


def _pack(case_id: bytes, fact: Fact) -> bytes:
    return _FORM.pack(case_id, fact.version, fact.kinds, fact.platforms, fact.district, fact.profile)


def _key(reader: Reader, epoch: int) -> bytes:
    return derive(reader.key(epoch).seed, _PURPOSE)


def _bits(members: Iterable[StrEnum], kind: type[StrEnum]) -> int:
    numbers = {member: number for number, member in enumerate(kind)}
    return sum(1 << numbers[member] for member in members)


def _number(district: District) -> int:
    return list(District).index(district)


def _profile(answers: Answers, received_at: datetime) -> bytes:
    unanswered = Answers()
    answered = sum(getattr(answers, each.name) != getattr(unanswered, each.name) for each in fields(answers))
    if answered < FEWEST_ANSWERS:
        return _ALONE
    said = json.dumps([answers.to_json(), local_date(received_at).isoformat()], sort_keys=True)
    return hashlib.sha256(said.encode()).digest()[: len(_ALONE)]

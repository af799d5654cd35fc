"""Checking the custody log against its anchors: what holds, and the first thing of each kind that does not.

A chain that was changed and linked anew, cut short or taken away as a whole contradicts the anchors that saw it. An
anchor that was changed or taken away contradicts the office's chain, its own signature and timestamp, and the paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from casefile.anchor_findings import Fault, Finding, Outcome, Trust
from casefile.anchors import (
    LEAF_BYTES,
    NAMESPACE,
    Leaves,
    SheetValue,
    follow,
    list_anchors,
    root_of,
    split_leaves,
    statement,
)
from casefile.custody import OFFICE_CHAIN, list_entries, verify_all
from casefile.errors import SignatureError, TimestampError
from casefile.models import Anchor, AnchorSignature, AnchorStamp, CustodyEntry
from casefile.sshsig import verify
from casefile.timestamping import check_stamp
from casefile.vocabulary import CustodyAction

STAMPED_LATE = timedelta(days=3)
"""A stamp that came later than this after its anchor is named."""

_KEY_BYTES = 24
_DAY_BYTES = 4


Progress = Callable[[int], None]
"""Told how many entries or leaves were checked since it was told last."""


def check_custody(
    session: Session, trust: Trust, today: date, sheet: SheetValue | None = None, progress: Progress = lambda _: None
) -> Outcome:
    """Check every chain and every anchor, in a transaction of its own that sees one moment.

    ``today`` (WIB): the days before it should have an anchor. Reads the log once, and keeps 60 bytes for each leaf of
    each anchor in memory.
    """
    _begin_snapshot(session)
    claims = _Claims.of(list_anchors(session))
    office = _OfficeLog()

    def see(chain: UUID, entry: CustodyEntry) -> None:
        claims.see(chain, entry)
        if chain == OFFICE_CHAIN:
            office.see(entry)
        progress(1)

    links = verify_all(session, see)
    outcome = Outcome(links.chains, links.entries)
    outcome.broken += [Finding(Fault.ENTRY, chain, number) for chain, number in links.broken.items()]
    outcome.broken += [found for found in claims.finish(session) if found.chain not in links.broken]
    _check_anchors(session, trust, outcome, office, progress)
    outcome.missing_days = list(_missing(session, today))
    if sheet is not None:
        outcome.broken += _compare(session, sheet)
    return outcome


def list_wrong_roots(session: Session, days: Collection[date]) -> list[date]:
    """Those of ``days`` whose root is not that of their leaves, or not the one on the office's chain."""
    office, leaves = _OfficeLog(), dict[bytes, bytes]()
    for entry in list_entries(session, OFFICE_CHAIN):
        office.see(entry)
    wrong = []
    for anchor in list_anchors(session):
        follow(leaves, anchor.moved)
        if anchor.day in days and next(_check_root(anchor, leaves, office.roots), None) is not None:
            wrong.append(anchor.day)
    return wrong


def measure(session: Session) -> int:
    """How much ``check_custody`` will tell its progress of."""
    entries = session.scalar(select(func.count()).select_from(CustodyEntry)) or 0
    return entries + (session.scalar(select(func.sum(Anchor.chains))) or 0)


def _begin_snapshot(session: Session) -> None:
    """An anchor that is made meanwhile is not seen by half. SQLite's transactions are like that anyway."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


@dataclass
class _Claims:
    """What anchors say of entries, in the order in which entries come: chain, number, digest, day."""

    rows: list[bytes]
    place: int = 0
    last_good: tuple[bytes, int] = (b"", 0)
    first: dict[UUID, Finding] = field(default_factory=dict)

    @classmethod
    def of(cls, anchors: Iterable[Anchor]) -> _Claims:
        rows = [
            leaf + anchor.day.toordinal().to_bytes(_DAY_BYTES, "big")
            for anchor in anchors
            for leaf in split_leaves(anchor.moved)
            if len(leaf) == LEAF_BYTES
        ]
        return cls(sorted(rows))

    def see(self, chain: UUID, entry: CustodyEntry) -> None:
        key = chain.bytes + entry.number.to_bytes(8, "big")
        for row in self._until(key):
            self._note(row, Fault.SHORT)
        while self.place < len(self.rows) and self.rows[self.place][:_KEY_BYTES] == key:
            row = self.rows[self.place]
            self.place += 1
            if row[_KEY_BYTES:LEAF_BYTES] == entry.digest:
                self.last_good = (chain.bytes, entry.number)
            else:
                self._note(row, Fault.CHANGED)

    def finish(self, session: Session) -> list[Finding]:
        """The first contradiction of each chain."""
        for row in self.rows[self.place :]:
            self._note(row, Fault.SHORT)
        return [self._with_end(session, found) for found in self.first.values()]

    def _until(self, key: bytes) -> Iterator[bytes]:
        while self.place < len(self.rows) and self.rows[self.place][:_KEY_BYTES] < key:
            yield self.rows[self.place]
            self.place += 1

    def _note(self, row: bytes, fault: Fault) -> None:
        chain, number = UUID(bytes=row[:16]), int.from_bytes(row[16:_KEY_BYTES], "big")
        day = date.fromordinal(int.from_bytes(row[LEAF_BYTES:], "big"))
        last_good = self.last_good[1] if self.last_good[0] == row[:16] else 0
        self.first.setdefault(chain, Finding(fault, chain, number, last_good, day))

    @staticmethod
    def _with_end(session: Session, found: Finding) -> Finding:
        if found.fault is not Fault.SHORT:
            return found
        last = session.scalar(select(func.max(CustodyEntry.number)).where(CustodyEntry.report_id == found.chain))
        if last is None:
            return Finding(Fault.CHAIN_GONE, found.chain, 1, 0, found.day)
        return Finding(Fault.SHORT, found.chain, last + 1, last, found.day)


@dataclass
class _OfficeLog:
    """What the office's chain says of anchors: the root of each day, and the days that were signed."""

    roots: dict[date, str] = field(default_factory=dict)
    signed: set[date] = field(default_factory=set)

    def see(self, entry: CustodyEntry) -> None:
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            body = json.loads(entry.body)
            if body["action"] == CustodyAction.ANCHORED:
                self.roots[date.fromisoformat(body["detail"]["day"])] = body["detail"]["root"]
            elif body["action"] == CustodyAction.ANCHOR_SIGNED:
                self.signed.update(date.fromisoformat(day) for day in body["detail"]["days"])


def _check_anchors(session: Session, trust: Trust, outcome: Outcome, office: _OfficeLog, progress: Progress) -> None:
    signatures = {row.day: row for row in session.scalars(select(AnchorSignature))}
    stamps = {row.day: row for row in session.scalars(select(AnchorStamp))}
    leaves: Leaves = {}
    days: set[date] = set()
    for anchor in list_anchors(session):
        days.add(anchor.day)
        follow(leaves, anchor.moved)
        found = [
            *_check_root(anchor, leaves, office.roots),
            *_check_signature(anchor, signatures.get(anchor.day), trust, office.signed),
            *_check_stamp(anchor, stamps.get(anchor.day), trust),
        ]
        outcome.broken += found[:1]
        outcome.anchors += 1
        progress(anchor.chains)
        _remark(outcome, anchor, signatures, stamps)
    outcome.broken += [Finding(Fault.ANCHOR_GONE, day=day) for day in sorted(set(office.roots) - days)]
    outcome.unchecked_stamps = len(stamps) if trust.certificates is None else 0


def _remark(
    outcome: Outcome, anchor: Anchor, signatures: Mapping[date, AnchorSignature], stamps: Mapping[date, AnchorStamp]
) -> None:
    stamp = stamps.get(anchor.day)
    for days, holds in (
        (outcome.late, anchor.is_late),
        (outcome.unsigned, anchor.day not in signatures),
        (outcome.unstamped, stamp is None),
        (outcome.stamped_late, stamp is not None and _is_late(stamp.stamped_at, anchor.made_at)),
    ):
        if holds:
            days.append(anchor.day)


def _is_late(stamped_at: datetime, made_at: datetime) -> bool:
    return stamped_at - made_at > STAMPED_LATE


def _check_root(anchor: Anchor, leaves: Leaves, logged: Mapping[date, str]) -> Iterator[Finding]:
    if (anchor.chains, anchor.root) != (len(leaves), root_of(leaves)):
        yield Finding(Fault.ROOT, day=anchor.day)
    if logged.get(anchor.day) != anchor.root.hex():
        yield Finding(Fault.ANCHOR_UNLOGGED, day=anchor.day)


def _check_signature(anchor: Anchor, row: AnchorSignature | None, trust: Trust, logged: set[date]) -> Iterator[Finding]:
    if row is None:
        if anchor.day in logged:
            yield Finding(Fault.SIGNATURE_GONE, day=anchor.day)
        return
    if row.signing_key not in trust.signing_keys:
        yield Finding(Fault.STRANGER, day=anchor.day)
        return
    try:
        key = Ed25519PublicKey.from_public_bytes(row.signing_key)
        verify(row.signature, statement(anchor.day, anchor.chains, anchor.root), NAMESPACE, key)
    except SignatureError as error:
        yield Finding(Fault.SIGNATURE, day=anchor.day, why=str(error))


def _check_stamp(anchor: Anchor, row: AnchorStamp | None, trust: Trust) -> Iterator[Finding]:
    if row is None or trust.certificates is None:
        return
    try:
        at = check_stamp(trust.certificates, statement(anchor.day, anchor.chains, anchor.root), row.token)
    except TimestampError as error:
        yield Finding(Fault.STAMP, day=anchor.day, why=str(error))
        return
    if at != row.stamped_at:
        yield Finding(Fault.STAMP, day=anchor.day, why="its time was changed")


def _missing(session: Session, today: date) -> Iterator[date]:
    """Days between the first anchor and yesterday that have none."""
    days = set(session.scalars(select(Anchor.day)))
    if days:
        first = min(days)
        every = (first + timedelta(days=count) for count in range((today - first).days))
        yield from (day for day in every if day not in days)


def _compare(session: Session, sheet: SheetValue) -> Iterator[Finding]:
    """The paper is right: nobody could rewrite it with the database."""
    roots = {row.day: row.root for row in session.execute(select(Anchor.day, Anchor.root))}
    if sheet.day is None:
        if sheet.root not in roots.values():
            yield Finding(Fault.SHEET_UNKNOWN)
    elif sheet.day not in roots:
        yield Finding(Fault.SHEET_UNKNOWN, day=sheet.day)
    elif roots[sheet.day] != sheet.root:
        yield Finding(Fault.SHEET_DIFFERS, day=sheet.day)

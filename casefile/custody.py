"""The custody log: append-only and digest-linked, one chain per report (ISO/IEC 27037: auditable, repeatable).

An entry is ``(number, previous, body, digest)`` with ``digest = SHA256(0x00 || "SULUH-CUSTODY1" || report id ||
u64 number || previous || u64 length || body)``. The report's id is inside, so no entry can move to another chain.
PostgreSQL computes the same bytes in ``custody_append``; ``verify_chain`` checks both.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from casefile.errors import CustodyError
from casefile.models import CustodyEntry
from casefile.vocabulary import CustodyAction

OFFICE_CHAIN = uuid.UUID(int=0)
"""The chain of acts that belong to no report: staff, keys, settings."""
GENESIS = bytes(32)
SYSTEM = "system"
REPORTER = "reporter"

_BATCH = 500


@dataclass(frozen=True)
class Act:
    """What an entry says. ``actor`` is ``staff:<uuid>``, ``system`` or ``reporter``; ``detail`` holds codes only.

    A reporter's act carries a date, staff and system acts a time: the log must not tell when a person was online.
    """

    action: CustodyAction
    actor: str
    at: datetime | date
    detail: Mapping[str, Any] | None = None

    def to_body(self) -> str:
        """Canonical JSON (sorted keys, no spaces)."""
        values: dict[str, Any] = {"action": self.action.value, "actor": self.actor, "at": self.at.isoformat()}
        if self.detail:
            values["detail"] = dict(self.detail)
        return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def staff_actor(staff_id: UUID) -> str:
    """The actor's name of a staff member: a pseudonym, not a name."""
    return f"staff:{staff_id}"


def entry_digest(report_id: UUID, number: int, previous: bytes, body: str) -> bytes:
    """The 32-byte digest of one entry; see the module's formula."""
    encoded = body.encode()
    return hashlib.sha256(
        b"\x00SULUH-CUSTODY1"
        + report_id.bytes
        + number.to_bytes(8, "big")
        + previous
        + len(encoded).to_bytes(8, "big")
        + encoded
    ).digest()


def start_chain(session: Session, report_id: UUID, act: Act) -> None:
    """Write the first entry of a new report's chain; reads nothing, so that intake's role suffices."""
    session.execute(insert(CustodyEntry).inline().values(_first_entry(report_id, act)))


def start_chains(session: Session, report_ids: Sequence[UUID], act: Act) -> None:
    """The first entry of many new reports, for worker and desk; as ``append_entry`` for each, but quicker on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        for report_id in report_ids:
            append_entry(session, report_id, act)
        return
    entries = [_first_entry(report_id, act) for report_id in report_ids]
    session.connection().execute(insert(CustodyEntry).inline(), entries)


def _first_entry(report_id: UUID, act: Act) -> dict[str, Any]:
    body = act.to_body()
    digest = entry_digest(report_id, 1, GENESIS, body)
    return {"report_id": report_id, "number": 1, "previous": GENESIS, "body": body, "digest": digest}


def append_entry(session: Session, report_id: UUID, act: Act) -> int:
    """Append to the report's chain, inside the caller's transaction. Returns the entry's number.

    On SQLite the transaction must be a writer's (``begin_write``), on PostgreSQL the database's own function takes
    the lock.
    """
    body = act.to_body()
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(select(func.custody_append(report_id, body))) or 0)
    head = session.execute(
        select(CustodyEntry.number, CustodyEntry.digest)
        .where(CustodyEntry.report_id == report_id)
        .order_by(CustodyEntry.number.desc())
        .limit(1)
    ).first()
    number, previous = (head.number + 1, head.digest) if head else (1, GENESIS)
    digest = entry_digest(report_id, number, previous, body)
    session.execute(
        insert(CustodyEntry).values(report_id=report_id, number=number, previous=previous, body=body, digest=digest)
    )
    return number


def list_entries(session: Session, report_id: UUID) -> list[CustodyEntry]:
    """The report's chain, oldest first."""
    chain = select(CustodyEntry).where(CustodyEntry.report_id == report_id).order_by(CustodyEntry.number)
    return list(session.scalars(chain))


def verify_chain(report_id: UUID, entries: Iterable[CustodyEntry]) -> int:
    """Check a whole chain, oldest first. Returns its length; raises ``CustodyError`` with the first bad number."""
    previous, number = GENESIS, 0
    for number, entry in enumerate(entries, start=1):
        expected = entry_digest(report_id, number, previous, entry.body)
        if (entry.number, entry.previous, entry.digest) != (number, previous, expected):
            raise CustodyError(number)
        previous = entry.digest
    return number


@dataclass(frozen=True)
class Verification:
    """The result of checking every chain: chains, good entries, and the first bad entry of each broken chain."""

    chains: int
    entries: int
    broken: Mapping[UUID, int]


Watch = Callable[[UUID, CustodyEntry], None]


def verify_all(session: Session, watch: Watch | None = None) -> Verification:
    """Check every chain, reports' and the office's, one after the other, holding ``_BATCH`` entries at most.

    ``watch`` is shown every entry with its chain, by chain and number, the entries of broken chains too.
    """
    ordered = select(CustodyEntry).order_by(CustodyEntry.report_id, CustodyEntry.number)
    stored = session.scalars(ordered.execution_options(yield_per=_BATCH))
    chains, entries, broken = 0, 0, {}
    for report_id, chain in groupby(_watched(stored, watch), key=lambda entry: entry.report_id):
        chains += 1
        try:
            entries += verify_chain(report_id, chain)
        except CustodyError as error:
            broken[report_id] = error.position
    return Verification(chains, entries, broken)


def _watched(entries: Iterable[CustodyEntry], watch: Watch | None) -> Iterator[CustodyEntry]:
    for entry in entries:
        if watch is not None:
            watch(entry.report_id, entry)
        yield entry

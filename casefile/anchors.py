"""Daily anchors: one Merkle root over the last entries of all custody chains, so that no chain can be cut unseen.

A chain that lost its newest entries still links, and a chain that is gone leaves no gap. The anchor of a day says with
one digest which chains there were and how each ended; it is signed, timestamped and printed (decision 25).

The leaves of an anchor are those of all chains, sorted by chain. A row keeps only the leaves that moved since the row
before; ``follow`` puts them together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from casefile.custody import OFFICE_CHAIN, SYSTEM, Act, append_entry
from casefile.merkle import tree_root
from casefile.models import Anchor, CustodyEntry
from casefile.vocabulary import CustodyAction
from casefile.wib import local_date

NAMESPACE = "suluh-anchor@v1"
"""Of the SSH signatures over statements."""
LEAF_BYTES = 16 + 8 + 32
LONGEST_CATCH_UP = 31
"""Days that are anchored afterwards, at most, when nothing ran."""

_CHAIN_BYTES = 16
_CODE = re.compile(r"(?:SULUH1:ANCHOR:(\d{4}-\d{2}-\d{2}):)?([0-9A-F]{64})")

Leaves = dict[bytes, bytes]
"""By chain (16 bytes), the chain's leaf: chain, last number (8 bytes), digest (32)."""


@dataclass(frozen=True)
class SheetValue:
    """What was typed or scanned from a printed sheet; ``day`` is None where only the root was typed."""

    day: date | None
    root: bytes


def make_leaf(chain: UUID, number: int, digest: bytes) -> bytes:
    """The 56 bytes that stand for a chain as it ended."""
    return chain.bytes + number.to_bytes(8, "big") + digest


def statement(day: date, chains: int, root: bytes) -> bytes:
    """What is signed and timestamped. Readable, and made again from what a printed sheet says."""
    return f"suluh-anchor/1\nday {day.isoformat()}\nchains {chains}\nroot {root.hex()}\n".encode()


def sheet_code(day: date, root: bytes) -> str:
    """What the printed sheet's QR code says."""
    return f"SULUH1:anchor:{day.isoformat()}:{root.hex()}"


def read_sheet(typed: str) -> SheetValue:
    """The inverse of ``sheet_code``; also takes the root alone. Forgives case and spaces. Raises ``ValueError``."""
    found = _CODE.fullmatch(re.sub(r"\s+", "", typed).upper())
    if found is None:
        raise ValueError("not the value of an anchor's sheet")
    return SheetValue(date.fromisoformat(found[1]) if found[1] else None, bytes.fromhex(found[2]))


def due_days(last: date | None, now: datetime) -> list[date]:
    """The days that have ended and have no anchor, oldest first; ``last`` is the newest anchor's.

    The first anchor is yesterday's. After a long standstill the ``LONGEST_CATCH_UP`` newest days are due.
    """
    ended = local_date(now) - timedelta(days=1)
    count = 1 if last is None else min((ended - last).days, LONGEST_CATCH_UP)
    return [ended - timedelta(days=back) for back in reversed(range(count))]


def find_last_day(session: Session) -> date | None:
    """The day of the newest anchor."""
    return session.scalar(select(func.max(Anchor.day)))


def find_leaves(session: Session) -> Leaves:
    """The leaf of every chain as it ends now."""
    newest = select(CustodyEntry.report_id, func.max(CustodyEntry.number).label("number"))
    ends = newest.group_by(CustodyEntry.report_id).subquery()
    entries = select(CustodyEntry.report_id, CustodyEntry.number, CustodyEntry.digest).join(
        ends, (CustodyEntry.report_id == ends.c.report_id) & (CustodyEntry.number == ends.c.number)
    )
    return {chain.bytes: make_leaf(chain, number, digest) for chain, number, digest in session.execute(entries)}


def list_anchors(session: Session) -> Iterator[Anchor]:
    """Every anchor with its leaves, oldest first, one in memory at a time."""
    ordered = select(Anchor).options(undefer(Anchor.moved)).order_by(Anchor.day)
    return iter(session.scalars(ordered.execution_options(yield_per=1)))


def follow(leaves: Leaves, moved: bytes) -> None:
    """Bring ``leaves`` from one anchor to the next."""
    leaves.update((leaf[:_CHAIN_BYTES], leaf) for leaf in split_leaves(moved))


def split_leaves(moved: bytes) -> Iterable[bytes]:
    """The leaves in the bytes of a row; what is too short at the end is one too, and fits no root."""
    return (moved[start : start + LEAF_BYTES] for start in range(0, len(moved), LEAF_BYTES))


def root_of(leaves: Mapping[bytes, bytes]) -> bytes:
    """The root over all leaves, sorted by chain."""
    return tree_root([leaves[chain] for chain in sorted(leaves)])


def find_anchored(session: Session) -> Leaves:
    """The leaves as the newest anchor has them."""
    leaves: Leaves = {}
    for anchor in list_anchors(session):
        follow(leaves, anchor.moved)
    return leaves


def add_anchor(session: Session, day: date, now: datetime, leaves: Leaves, anchored: Leaves) -> Anchor:
    """Write one anchor of ``leaves`` and put it on the office's chain, which becomes a leaf of the next.

    ``anchored`` are the leaves of the anchor before; both become those of the new one, and ``leaves`` knows the
    office's new entry. In the caller's write transaction.
    """
    moved = b"".join(leaves[chain] for chain in sorted(leaves) if anchored.get(chain) != leaves[chain])
    root, is_late = root_of(leaves), local_date(now) - day != timedelta(days=1)
    anchor = Anchor(day=day, made_at=now, is_late=is_late, chains=len(leaves), root=root, moved=moved)
    session.add(anchor)
    session.flush()
    anchored.clear()
    anchored.update(leaves)
    detail = {"day": day.isoformat(), "chains": len(leaves), "root": root.hex()}
    number = append_entry(session, OFFICE_CHAIN, Act(CustodyAction.ANCHORED, SYSTEM, now, detail))
    digest = session.scalars(
        select(CustodyEntry.digest).where(CustodyEntry.report_id == OFFICE_CHAIN, CustodyEntry.number == number)
    ).one()
    leaves[OFFICE_CHAIN.bytes] = make_leaf(OFFICE_CHAIN, number, digest)
    return anchor

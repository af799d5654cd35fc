"""Addresses that somebody was asked to take down: who was asked, when, and what became of it.

A person reports an address outside of Suluh and sets that down here, alone or with a letter
(``triage.takedown_letters``); from then on its clock runs (``triage.clocks``).
As in ``triage.casework``, what writes begins its own write transaction and leaves the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import TAKEDOWN_NOTE, encode_json
from casefile.models import Takedown
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction, TakedownState, TakedownTarget
from casefile.wib import local_date
from triage.casework import Doing, lock_unfinished, log_case
from triage.clash import SeenRow
from triage.clocks import Clock, read_takedown
from triage.errors import ChangedError, NotFoundError
from triage.reader import Reader

ADDRESS_LIMIT = 500


@dataclass(frozen=True)
class Asking:
    """What was asked: which address, of whom, whether it is urgent.

    Where it was asked by letter, ``recipient`` is the name on it and ``letter_id`` the letter; ``ticket`` is the
    recipient's number for it, if it gave one.
    """

    address: str
    target: TakedownTarget
    is_urgent: bool
    recipient: str = ""
    letter_id: UUID | None = None
    ticket: str = ""

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        letter = {
            "recipient": self.recipient,
            "letter": self.letter_id and self.letter_id.hex,
            "ticket": self.ticket,
        }
        asked = {"address": self.address, "to": self.target.value, "urgent": self.is_urgent}
        return encode_json({**asked, **{name: value for name, value in letter.items() if value}})

    @classmethod
    def from_values(cls, said: Mapping[str, Any]) -> Self:
        """The inverse of ``to_bytes``. Raises ``KeyError``, ``ValueError`` or ``TypeError`` on another form."""
        return cls(
            said["address"],
            TakedownTarget(said["to"]),
            said["urgent"],
            recipient=said.get("recipient", ""),
            letter_id=UUID(said["letter"]) if said.get("letter") else None,
            ticket=said.get("ticket", ""),
        )


@dataclass(frozen=True)
class TakedownRow:
    """One request as shown. ``asking`` and ``clock`` are None where it does not open."""

    id: UUID
    staff_id: UUID
    asked_at: datetime
    state: TakedownState
    settled_on: date | None
    version: int
    asking: Asking | None
    clock: Clock | None


def list_takedowns(session: Session, case_id: UUID, reader: Reader, now: datetime) -> list[TakedownRow]:
    """All requests of a case: those that wait first, the oldest first."""
    rows = select(Takedown).where(Takedown.case_id == case_id).order_by(Takedown.asked_at, Takedown.id)
    shown = [_shown(row, reader, now) for row in session.scalars(rows)]
    return sorted(shown, key=lambda row: row.state is not TakedownState.WAITING)


def ask_takedown(
    session: Session, code: str, takedown_id: UUID, asking: Asking, doing: Doing, *, asked_at: datetime
) -> None:
    """Set down that an address was reported at ``asked_at``. Needs no claim. Raises as ``lock_unfinished``.

    ``takedown_id`` was made with the form, so that a form sent twice makes one row, and with another address another.
    """
    case = lock_unfinished(session, code, doing)
    if (known := session.get(Takedown, takedown_id)) is not None:
        if (known.case_id, _open(known, doing.reader)) == (case.id, asking):
            return
        takedown_id = uuid.uuid4()
    add_takedown(session, case.id, takedown_id, asking, doing, asked_at=asked_at)
    log_case(session, case.id, CustodyAction.TAKEDOWN_ASKED, doing)


def add_takedown(
    session: Session, case_id: UUID, takedown_id: UUID, asking: Asking, doing: Doing, *, asked_at: datetime
) -> None:
    """One more row of a locked case. The caller puts it on record."""
    session.add(
        Takedown(
            id=takedown_id,
            case_id=case_id,
            staff_id=doing.staff_id,
            asked_at=asked_at,
            state=TakedownState.WAITING,
            settled_on=None,
            box=seal_note(doing.office.office, asking.to_bytes(), TAKEDOWN_NOTE, takedown_id.bytes),
            epoch=doing.office.epoch,
        )
    )


def settle_takedown(session: Session, code: str, seen: SeenRow, state: TakedownState, doing: Doing) -> None:
    """Set down what became of a request; ``WAITING`` lets its clock run on.

    Raises ``NotFoundError``, ``ChangedError`` where it is no longer as it was seen, and as ``lock_unfinished``.
    """
    case = lock_unfinished(session, code, doing)
    row = session.get(Takedown, seen.id)
    if row is None or row.case_id != case.id:
        raise NotFoundError
    if row.version != seen.version:
        raise ChangedError
    if row.state is state:
        return
    waits = state is TakedownState.WAITING
    row.state, row.settled_on = state, None if waits else local_date(doing.now)
    action = CustodyAction.TAKEDOWN_RESUMED if waits else CustodyAction.TAKEDOWN_SETTLED
    log_case(session, case.id, action, doing, None if waits else {"takedown": state.value})


def _shown(row: Takedown, reader: Reader, now: datetime) -> TakedownRow:
    asking = _open(row, reader)
    clock = None if asking is None else read_takedown(row.state, row.asked_at, now, is_urgent=asking.is_urgent)
    return TakedownRow(row.id, row.staff_id, row.asked_at, row.state, row.settled_on, row.version, asking, clock)


def _open(row: Takedown, reader: Reader) -> Asking | None:
    said = reader.open_values(row.box, row.epoch, TAKEDOWN_NOTE, row.id)
    try:
        return None if said is None else Asking.from_values(said)
    except (ValueError, KeyError, TypeError):
        return None

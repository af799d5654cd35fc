"""What each sealed thing is bound to. Sealing and unsealing name the same place, or nothing opens."""

from __future__ import annotations

from uuid import UUID

PART_STEP = 4096
ENVELOPE_STEP = 4096
MESSAGE_STEP = 1024
NOTE_STEP = 1024

WORKER_ROLE = "worker"
ADDITION_ROLE = "addition"
MESSAGE_ROLE = "msg"
NOTE_ROLE = "note"
EPOCH_ROLE = "epoch"


def u32be(number: int) -> bytes:
    """Four bytes, big end first. Raises ``OverflowError`` outside 0..2**32-1."""
    return number.to_bytes(4, "big")


def part_context(report_id: UUID, position: int, kind: str) -> tuple[bytes, ...]:
    """A part belongs to one report, one position and one kind."""
    return (b"part", report_id.bytes, u32be(position), kind.encode())


def slot_context(report_id: UUID, position: int) -> tuple[bytes, ...]:
    """A data key belongs to one report, and that of an addition to its position too; position 0 is the report's own."""
    return (report_id.bytes, u32be(position)) if position else (report_id.bytes,)


def addition_context(report_id: UUID, position: int) -> tuple[bytes, ...]:
    """What the worker is told of an addition belongs to one report and one position."""
    return (report_id.bytes, u32be(position))


def message_context(report_id: UUID, number: int, audience: str) -> tuple[bytes, ...]:
    """A message belongs to one report, one number and one reader: ``office`` or ``reporter``.

    Raises ``ValueError`` for another audience.
    """
    if audience not in {"office", "reporter"}:
        raise ValueError("a message is for the office or for the reporter")
    return (audience.encode(), report_id.bytes, u32be(number))


def note_context(row_kind: str, row_id: bytes) -> tuple[bytes, ...]:
    """A note belongs to one row of one table."""
    return (row_kind.encode(), row_id)

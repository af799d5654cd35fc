"""Unsealing with private keys: triage, and the worker for its own envelopes. Intake never imports this.

Every function mirrors one of ``casefile.sealing`` and raises ``UnsealError`` for another key, another place
or altered bytes.
"""

from __future__ import annotations

from uuid import UUID

from casefile.boxes import KeyPair, unbox, unpad, unwrap
from casefile.contexts import (
    ADDITION_ROLE,
    MESSAGE_ROLE,
    NOTE_ROLE,
    WORKER_ROLE,
    addition_context,
    message_context,
    note_context,
    part_context,
    slot_context,
)
from casefile.vocabulary import SlotRole


def open_data_key(pair: KeyPair, wrapped: bytes, role: SlotRole | str, report_id: UUID, position: int = 0) -> bytes:
    """The 32-byte data key of a report or of the addition at ``position``; ``ValueError`` for an unknown role."""
    return unwrap(pair, wrapped, SlotRole(role).value, *slot_context(report_id, position))


def open_part(data_key: bytes, sealed: bytes, report_id: UUID, position: int, kind: str) -> bytes:
    """The data of one part, without padding."""
    return unpad(unbox(data_key, sealed, *part_context(report_id, position, kind)))


def open_worker_envelope(pair: KeyPair, sealed: bytes, report_id: UUID) -> bytes:
    """The worker's payload, without padding."""
    return unpad(unwrap(pair, sealed, WORKER_ROLE, report_id.bytes))


def open_worker_addition(pair: KeyPair, sealed: bytes, report_id: UUID, position: int) -> bytes:
    """What the worker is told of one addition, without padding."""
    return unpad(unwrap(pair, sealed, ADDITION_ROLE, *addition_context(report_id, position)))


def open_message(pair: KeyPair, sealed: bytes, report_id: UUID, number: int, audience: str) -> bytes:
    """The text of one message, without padding."""
    return unpad(unwrap(pair, sealed, MESSAGE_ROLE, *message_context(report_id, number, audience)))


def open_note(pair: KeyPair, sealed: bytes, row_kind: str, row_id: bytes) -> bytes:
    """What was written for staff about one row, without padding."""
    return unpad(unwrap(pair, sealed, NOTE_ROLE, *note_context(row_kind, row_id)))

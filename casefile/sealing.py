"""Sealing with public keys: what every process may do. Nothing here, and nothing it imports, opens a report.

``report_id`` is a ``uuid.UUID`` everywhere; what is sealed for one report, role or number opens nowhere else.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from casefile.boxes import KEY_BYTES, PublicKey, box, pad, wrap
from casefile.contexts import (
    ADDITION_ROLE,
    ENVELOPE_STEP,
    MESSAGE_ROLE,
    MESSAGE_STEP,
    NOTE_ROLE,
    NOTE_STEP,
    PART_STEP,
    WORKER_ROLE,
    addition_context,
    message_context,
    note_context,
    part_context,
    slot_context,
)
from casefile.vocabulary import SlotRole


def new_data_key() -> bytes:
    """32 random bytes; one for each report and each addition."""
    return secrets.token_bytes(KEY_BYTES)


def seal_part(data_key: bytes, data: bytes, report_id: UUID, position: int, kind: str) -> bytes:
    """One part of a report under its data key, padded to 4,096-byte steps."""
    return box(data_key, pad(data, PART_STEP), *part_context(report_id, position, kind))


def seal_data_key(
    public: PublicKey, data_key: bytes, role: SlotRole | str, report_id: UUID, position: int = 0
) -> bytes:
    """The data key for one reader: ``office``, ``recovery`` or ``reporter``; ``ValueError`` otherwise.

    ``position`` is 0 for the report itself, else that of an addition.
    """
    return wrap(public, data_key, SlotRole(role).value, *slot_context(report_id, position))


def seal_worker_envelope(worker_public: PublicKey, payload: bytes, report_id: UUID) -> bytes:
    """Fingerprints and blinded tags for the worker, in 4,096-byte steps; it never gets the data key."""
    return wrap(worker_public, pad(payload, ENVELOPE_STEP), WORKER_ROLE, report_id.bytes)


def seal_worker_addition(worker_public: PublicKey, payload: bytes, report_id: UUID, position: int) -> bytes:
    """What the worker learns of the addition at ``position``, in 4,096-byte steps."""
    return wrap(worker_public, pad(payload, ENVELOPE_STEP), ADDITION_ROLE, *addition_context(report_id, position))


def seal_message(public: PublicKey, text: bytes, report_id: UUID, number: int, audience: str) -> bytes:
    """Message ``number`` of a conversation for ``office`` or ``reporter``, padded to 1,024-byte steps.

    Raises ``ValueError`` for another audience.
    """
    context = message_context(report_id, number, audience)
    return wrap(public, pad(text, MESSAGE_STEP), MESSAGE_ROLE, *context)


def seal_note(office_public: PublicKey, data: bytes, row_kind: str, row_id: bytes) -> bytes:
    """What worker or desk writes for staff, for one row only, to the office's epoch key; 1,024-byte steps."""
    return wrap(office_public, pad(data, NOTE_STEP), NOTE_ROLE, *note_context(row_kind, row_id))

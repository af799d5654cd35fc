"""What the portal sealed for the worker: a report's envelope and its additions, opened and added up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.additions import AdditionPayload, add_up
from casefile.contents import WorkerPayload
from casefile.errors import UnsealError
from casefile.keyring import WorkerSecrets
from casefile.models import Addition, WorkerEnvelope
from casefile.unsealing import open_worker_addition, open_worker_envelope
from worker.runtime import Turn

_Payload = TypeVar("_Payload", WorkerPayload, AdditionPayload)


def find_payload(turn: Turn, report_id: UUID) -> WorkerPayload | None:
    """The report as it stands with its additions; None when it was withdrawn.

    Raises ``UnsealError`` where the envelope does not open. An addition that does not open is left out: a person reads
    it, and is told.
    """
    box = turn.session.scalar(select(WorkerEnvelope.box).where(WorkerEnvelope.report_id == report_id))
    if box is None:
        return None
    return add_up(open_payload(turn.secrets, box, report_id), _open_additions(turn.session, turn.secrets, report_id))


def open_payload(secrets: WorkerSecrets, box: bytes, report_id: UUID) -> WorkerPayload:
    """An envelope. Raises ``UnsealError`` when it was altered, moved or is malformed."""
    return _read(WorkerPayload.from_bytes, open_worker_envelope(secrets.pair, box, report_id))


def open_addition(secrets: WorkerSecrets, row: Addition) -> AdditionPayload:
    """What the worker is told of one addition. Raises ``UnsealError`` as ``open_payload``."""
    opened = open_worker_addition(secrets.pair, row.worker_box, row.report_id, row.number)
    return _read(AdditionPayload.from_bytes, opened)


def _open_additions(session: Session, secrets: WorkerSecrets, report_id: UUID) -> list[AdditionPayload]:
    opened = []
    for row in session.scalars(select(Addition).where(Addition.report_id == report_id).order_by(Addition.number)):
        with suppress(UnsealError):
            opened.append(open_addition(secrets, row))
    return opened


def _read(reader: Callable[[bytes], _Payload], opened: bytes) -> _Payload:
    try:
        return reader(opened)
    except (ValueError, KeyError, TypeError):
        raise UnsealError("what was sealed for the worker is malformed") from None

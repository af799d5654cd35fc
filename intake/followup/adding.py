"""Something is put beside the report: material that came to light later, or other consents and another contact.

Intake can only insert: an addition is sealed when it comes and is opened here no more, but for choices, which the
reporter's own key opens (docs/decisions/0009-additions.md).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.additions import Choices, Material, Place, seal_choices, seal_material
from casefile.filing import blind_addresses
from casefile.keyring import OfficePublicKeys
from casefile.models import Addition
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys
from casefile.vocabulary import AdditionKind, JobName
from casefile.wib import local_date
from intake.followup.receipts import begin_writing
from intake.followup.thread import open_choices

MOST_ADDITIONS = 20
"""Additions of material to one report. More than that belongs into the conversation."""

_TRIES = 5
_TAG_BYTES = 32


@dataclass(frozen=True)
class Addressed:
    """Whose report it is about, and to which office: receipt keys, public keys, the first blinding key (k1)."""

    keys: ReceiptKeys
    office: OfficePublicKeys
    identifier_key: bytes = field(repr=False)


def add_material(session: Session, to: Addressed, material: Material, form_tag: bytes, now: datetime) -> int | None:
    """Seal and insert what was added, with the job that has it compared; the caller commits.

    ``form_tag`` (32 bytes) names the form that was sent: a second insert with the same one raises SQLAlchemy's
    ``IntegrityError``. ``now`` is aware UTC. Returns the addition's number; None, with nothing written, for an unknown
    receipt, a withdrawn report, or one that has ``MOST_ADDITIONS`` already.
    """
    report_id = begin_writing(session, to.keys)
    if report_id is None:
        return None
    of_report = select(func.count()).select_from(Addition).where(Addition.report_id == report_id)
    if (session.scalar(of_report.where(Addition.kind == AdditionKind.MATERIAL)) or 0) >= MOST_ADDITIONS:
        session.rollback()
        return None
    place = _next_place(session, report_id, now)
    tags = blind_addresses(material.addresses, material.platforms, to.identifier_key)
    _insert(session, seal_material(to.office, place, material, tags), form_tag, now)
    return place.number


def change_choices(
    session: Session, to: Addressed, change: Callable[[Choices | None], Choices], now: datetime
) -> bool | None:
    """Write other consents or another contact beside the earlier ones, which stay; commits.

    ``change`` makes the new choices from the newest ones, or from None where none open. Where they say the same
    nothing is written, so that a double click changes once. ``now`` is aware UTC. Returns whether anything changed;
    None for an unknown receipt or a withdrawn report. Raises SQLAlchemy's ``IntegrityError`` when others keep taking
    the number.
    """
    for attempt in range(_TRIES):
        try:
            return _change_once(session, to, change, now)
        except IntegrityError:
            session.rollback()
            if attempt == _TRIES - 1:
                raise
    return None


def _change_once(
    session: Session, to: Addressed, change: Callable[[Choices | None], Choices], now: datetime
) -> bool | None:
    report_id = begin_writing(session, to.keys)
    if report_id is None:
        return None
    consents = select(Addition).where(Addition.report_id == report_id, Addition.kind == AdditionKind.CONSENT)
    newest = session.scalars(consents.order_by(Addition.number.desc()).limit(1)).one_or_none()
    before = None if newest is None else open_choices(to.keys, newest)
    after = change(before)
    if before is not None and after.says_the_same(before):
        session.rollback()
        return False
    place = _next_place(session, report_id, now)
    columns = seal_choices(to.office, place, after, to.keys.pair.public)
    _insert(session, columns, secrets.token_bytes(_TAG_BYTES), now)
    session.commit()
    return True


def _next_place(session: Session, report_id: UUID, now: datetime) -> Place:
    last = session.scalar(select(func.max(Addition.number)).where(Addition.report_id == report_id))
    return Place(report_id, (last or 0) + 1, local_date(now))


def _insert(session: Session, columns: dict[str, Any], form_tag: bytes, now: datetime) -> None:
    session.execute(insert(Addition).inline().values(**columns, form_tag=form_tag))
    add_job(session, JobName.NOTE_ADDITION, columns["report_id"], now)

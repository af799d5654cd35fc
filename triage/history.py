"""The custody log, as staff read it: acts in words, with the check of the whole chain."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import REPORTER, SYSTEM, list_entries, verify_chain
from casefile.errors import CustodyError
from casefile.models import Case, CaseReport, StaffMember
from casefile.wording import N_
from triage.rows import read_columns

_NAMED = select(StaffMember.id, StaffMember.display_name)
_ACTORS = {SYSTEM: N_("Sistem"), REPORTER: N_("Pelapor")}


@dataclass(frozen=True)
class PastAct:
    """One entry. ``actor`` is a name, or a message id where ``is_fixed``; ``at`` as written: a day or a time."""

    number: int
    action: str
    actor: str
    is_fixed: bool
    at: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class History:
    """A report's chain. ``broken_at`` is the first entry that does not fit, or None."""

    acts: tuple[PastAct, ...]
    broken_at: int | None


def list_history(session: Session, chain: UUID) -> History:
    """The acts on a chain, newest first, and whether the chain holds."""
    entries = list_entries(session, chain)
    try:
        verify_chain(chain, entries)
        broken_at = None
    except CustodyError as error:
        broken_at = error.position
    names = {f"staff:{staff_id}": name for staff_id, name in list_names(session).items()}
    acts = [_past_act(entry.number, json.loads(entry.body), names) for entry in reversed(entries)]
    return History(tuple(acts), broken_at)


def list_codes(session: Session, report_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The case codes of reports that have a case."""
    codes = select(CaseReport.report_id, Case.code).join(Case, Case.id == CaseReport.case_id)
    return {row[0]: row[1] for row in session.execute(codes.where(CaseReport.report_id.in_(list(report_ids))))}


def list_names(session: Session) -> dict[UUID, str]:
    """The names of all staff, by id."""
    return {row.id: row.display_name for row in read_columns(session, _NAMED)}


def _past_act(number: int, body: dict[str, Any], names: dict[str, str]) -> PastAct:
    actor = body["actor"]
    return PastAct(
        number=number,
        action=body["action"],
        actor=_ACTORS.get(actor) or names.get(actor, actor),
        is_fixed=actor in _ACTORS,
        at=body["at"],
        detail=body.get("detail", {}),
    )

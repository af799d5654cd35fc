"""Matches as the worker writes them, and a picture of everything that a case is."""

from __future__ import annotations

import uuid
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.contents import MATCH_NOTE, MatchReason, encode_reasons
from casefile.models import Base, Case, CaseReport, LinkDecision, Match
from casefile.sealing import seal_note
from casefile.vocabulary import CaseStatus, LinkState, MatchClass
from casefile.wib import start_of_day
from tests.triage.conftest import DeskRoom, Person, hidden

WORDS_ONLY = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests of what pages say and to whom: the queries behind them run on both databases in other tests."""

LOGS = {"custody_entry", "link_decision", "outbox", "recurrence", "second_look", "staff_member", "staff_session"}
"""What is written about cases, and about who is signed in; all other tables are what a case is."""


def join(
    desk: DeskRoom,
    one: UUID,
    other: UUID,
    match_class: MatchClass = MatchClass.DUPLICATE,
    match_id: UUID | None = None,
) -> UUID:
    """A match of two reports as the worker writes it: an exact class is linked by rule. Returns its id."""
    low, high = sorted((one, other), key=lambda side: side.bytes)
    office, match_id = desk.workshop.office.public, match_id or uuid.uuid4()
    box = seal_note(office.office, encode_reasons((MatchReason(match_class, 1, 1),)), MATCH_NOTE, match_id.bytes)
    state = LinkState.LINKED if match_class.is_exact else LinkState.SUGGESTED
    with desk.owner() as session:
        session.add(
            Match(
                id=match_id,
                low_id=low,
                high_id=high,
                match_class=match_class,
                state=state,
                suggested_at=desk.clock.now,
                reasons_box=box,
                epoch=office.epoch,
            )
        )
        session.flush()
        if match_class.is_exact:
            session.add(LinkDecision(id=uuid.uuid4(), match_id=match_id, state=state, decided_at=desk.clock.now))
        session.commit()
    return match_id


def close(desk: DeskRoom, report: UUID) -> None:
    """Close the report's case as the desk does, as far as other cases see it."""
    with desk.owner() as session:
        case = session.scalars(select(Case).join(CaseReport).where(CaseReport.report_id == report)).one()
        case.status, case.closed_at = CaseStatus.CLOSED, start_of_day(desk.clock.now)
        case.claimed_by = case.claimed_at = case.claim_expires_at = None
        session.commit()


def pair_path(desk: DeskRoom, one: UUID, other: UUID) -> str:
    """The address of the pair, seen from ``one``."""
    return f"/kasus/{desk.code(one)}/keterkaitan/{desk.code(other)}"


def say(person: Person, path: str, choice: str, **form: object) -> int:
    """Decide on what the page shows now. Returns the status."""
    seen = hidden(person.get(path).text, "seen")
    return person.post(path, path, choice=choice, seen=seen, **form).status_code


def export(desk: DeskRoom) -> bytes:
    """Every row of every table that is no log, in a fixed order, to compare byte for byte."""
    with desk.owner() as session:
        rows = [
            f"{table.name} {sorted(map(repr, session.execute(select(table)).all()))}"
            for table in Base.metadata.sorted_tables
            if table.name not in LOGS
        ]
    return "\n".join(rows).encode()

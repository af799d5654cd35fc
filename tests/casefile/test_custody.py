"""The custody log grows, links, and shows every tampering."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casefile.custody import (
    REPORTER,
    SYSTEM,
    Act,
    append_entry,
    list_entries,
    start_chain,
    verify_chain,
)
from casefile.errors import CustodyError
from casefile.vocabulary import CustodyAction
from tests.conftest import Database

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
READ = Act(CustodyAction.READ, SYSTEM, NOON, {"alasan": "tinjauan – ÿ"})


@pytest.fixture
def chain(session: Session) -> uuid.UUID:
    """A report with a chain of three entries."""
    report_id = uuid.uuid4()
    start_chain(session, report_id, Act(CustodyAction.RECEIVED, REPORTER, date(2026, 11, 23)))
    append_entry(session, report_id, Act(CustodyAction.MATCHED, SYSTEM, NOON))
    append_entry(session, report_id, READ)
    session.commit()
    return report_id


def test_both_databases_link_entries_with_the_same_bytes(session: Session, chain: uuid.UUID) -> None:
    assert verify_chain(chain, list_entries(session, chain)) == 3


def test_a_chain_can_start_with_a_system_act(session: Session) -> None:
    chain = uuid.uuid4()
    assert append_entry(session, chain, READ) == 1
    assert append_entry(session, chain, READ) == 2
    assert verify_chain(chain, list_entries(session, chain)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE custody_entry SET body = '{}' WHERE number = 2",
        "DELETE FROM custody_entry WHERE number = 3",
        "DELETE FROM custody_entry",
    ],
)
def test_entries_cannot_be_changed_or_removed(session: Session, chain: uuid.UUID, statement: str) -> None:
    with pytest.raises(DBAPIError):
        session.execute(text(statement))
    session.rollback()
    assert verify_chain(chain, list_entries(session, chain)) == 3


def test_sqlite_replace_does_not_slip_past_the_guards(database: Database, session: Session, chain: uuid.UUID) -> None:
    verb = "REPLACE INTO" if database.kind == "sqlite" else "INSERT INTO"
    with pytest.raises(DBAPIError):
        session.execute(
            text(f"{verb} custody_entry SELECT report_id, number, previous, '{{}}', digest FROM custody_entry")
        )
    session.rollback()
    assert verify_chain(chain, list_entries(session, chain)) == 3


def test_truncate_is_refused_on_postgresql_and_unknown_to_sqlite(session: Session, chain: uuid.UUID) -> None:
    with pytest.raises(DBAPIError):
        session.execute(text("TRUNCATE custody_entry"))
    session.rollback()
    assert len(list_entries(session, chain)) == 3


def test_verification_names_the_first_altered_entry(session: Session, chain: uuid.UUID) -> None:
    entries = list_entries(session, chain)
    session.expunge_all()
    entries[1].body = entries[1].body.replace("matched", "claimed")
    with pytest.raises(CustodyError) as caught:
        verify_chain(chain, entries)
    assert caught.value.position == 2


@pytest.mark.parametrize("order", [(0, 2), (1, 0, 2), (0, 0, 1)])
def test_dropped_reordered_and_repeated_entries_are_found(
    session: Session, chain: uuid.UUID, order: tuple[int, ...]
) -> None:
    entries = list_entries(session, chain)
    with pytest.raises(CustodyError):
        verify_chain(chain, [entries[position] for position in order])


def test_a_chain_does_not_pass_for_another_reports(session: Session, chain: uuid.UUID) -> None:
    with pytest.raises(CustodyError):
        verify_chain(uuid.uuid4(), list_entries(session, chain))

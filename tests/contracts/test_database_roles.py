"""On PostgreSQL each process can do its own work and nothing else; signed in as intake, no report can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.models import Base
from tests.conftest import Database
from tests.factories import Office, keep_report, make_office

INTAKE_READS = {"addition", "directory_entry", "draft", "message", "receipt", "withdrawal"}
WORKER_NEVER_READS = {
    "anchor_signature",
    "staff_member",
    "epoch_grant",
    "epoch",
    "bundle",
    "bundle_draft",
    "bundle_build",
    "bundle_stamp",
    "urgency_override",
    "second_look",
    "held_reply",
    "reply_draft",
    "directory_entry",
    "directory_change",
    "task",
    "case_remark",
    "takedown",
    "takedown_letter",
    "paper",
    "paper_version",
    "exposure",
    "erasure_request",
    "referral",
    "referral_step",
}
TRIAGE_NEVER_READS = {"draft", "index_entry"}


@pytest.fixture
def kept(postgresql: Database, tmp_path: Path) -> Office:
    office = make_office(tmp_path / "office")
    with Session(postgresql.engine("intake")) as session:
        keep_report(session, office)
    return office


@pytest.fixture
def postgresql(request: pytest.FixtureRequest) -> Iterator[Database]:
    engines: list[Engine] = []

    def make_engine(url: str) -> Engine:
        engines.append(open_engine(url))
        return engines[-1]

    yield request.getfixturevalue("postgresql_database")(make_engine)
    for engine in engines:
        engine.dispose()


def may(postgresql: Database, process: str, statement: str) -> bool:
    with postgresql.engine(process).connect() as connection:
        try:
            connection.execute(text(statement))
        except ProgrammingError as error:
            if "permission denied" not in str(error.orig):
                raise
            return False
    return True


def test_the_intake_role_cannot_read_reports(postgresql: Database, kept: Office) -> None:
    readable = {table for table in Base.metadata.tables if may(postgresql, "intake", f"SELECT count(*) FROM {table}")}
    assert readable == INTAKE_READS


def test_the_intake_role_sees_no_receipt_or_message_without_its_tag(postgresql: Database, kept: Office) -> None:
    with postgresql.engine("intake").connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM receipt")) == 0
        connection.execute(text("SELECT set_config('suluh.receipt_tag', repeat('ab', 32), true)"))
        assert connection.scalar(text("SELECT count(*) FROM receipt")) == 0
    with postgresql.engine().connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM receipt")) == 1


def test_the_intake_role_changes_and_removes_nothing_but_drafts(postgresql: Database, kept: Office) -> None:
    removable = {table for table in Base.metadata.tables if may(postgresql, "intake", f"DELETE FROM {table}")}
    assert removable == {"draft"}


@pytest.mark.parametrize(("process", "barred"), [("worker", WORKER_NEVER_READS), ("triage", TRIAGE_NEVER_READS)])
def test_worker_and_desk_do_not_read_each_others_tables(
    postgresql: Database, kept: Office, process: str, barred: set[str]
) -> None:
    readable = {table for table in barred if may(postgresql, process, f"SELECT * FROM {table}")}
    assert readable == set()


@pytest.mark.parametrize("process", ["intake", "triage"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT box FROM index_entry",
        "SELECT number FROM index_entry",
        "INSERT INTO index_entry (report_id, box) VALUES (gen_random_uuid(), '')",
        "UPDATE index_entry SET box = ''",
        "DELETE FROM index_entry",
        "SELECT nextval('index_entry_number_seq')",
    ],
)
def test_what_the_worker_compares_is_its_own(postgresql: Database, kept: Office, process: str, statement: str) -> None:
    assert not may(postgresql, process, statement)


def test_the_worker_reads_and_removes_entries_and_changes_none(postgresql: Database, kept: Office) -> None:
    assert may(postgresql, "worker", "SELECT box FROM index_entry")
    assert may(postgresql, "worker", "DELETE FROM index_entry")
    assert not may(postgresql, "worker", "UPDATE index_entry SET box = ''")


@pytest.mark.parametrize(
    ("process", "statement"),
    [
        ("intake", "SELECT tag FROM spent_proof"),
        ("intake", "UPDATE spent_proof SET expires_at = now()"),
        ("intake", "DELETE FROM spent_proof"),
        ("worker", "SELECT tag FROM spent_proof"),
        ("worker", "INSERT INTO spent_proof VALUES ('', now())"),
        ("triage", "SELECT expires_at FROM spent_proof"),
        ("triage", "DELETE FROM spent_proof"),
    ],
)
def test_a_proof_can_be_spent_but_not_looked_at_or_given_back(
    postgresql: Database, kept: Office, process: str, statement: str
) -> None:
    assert not may(postgresql, process, statement)


@pytest.mark.parametrize("process", ["intake", "worker", "triage"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE custody_entry SET body = '{}'",
        "DELETE FROM custody_entry",
        "TRUNCATE custody_entry",
        "ALTER TABLE custody_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_no_process_can_rewrite_the_custody_log(
    postgresql: Database, kept: Office, process: str, statement: str
) -> None:
    with postgresql.engine(process).connect() as connection, pytest.raises(ProgrammingError):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE recurrence SET settled_at = now()", "DELETE FROM recurrence", "SELECT id FROM second_look"]
)
def test_the_worker_says_that_a_case_returned_and_settles_nothing(
    postgresql: Database, kept: Office, statement: str
) -> None:
    assert may(postgresql, "worker", "SELECT case_id FROM recurrence")
    assert not may(postgresql, "worker", statement)


ANCHOR = "INSERT INTO anchor VALUES (CURRENT_DATE, now(), false, 0, '', '')"
SIGNATURE = "INSERT INTO anchor_signature SELECT day, gen_random_uuid(), now(), '', '' FROM anchor"
STAMP = "INSERT INTO anchor_stamp SELECT day, now(), '' FROM anchor"


def test_the_worker_anchors_and_stamps_and_the_desk_signs(postgresql: Database, kept: Office) -> None:
    allowed = {
        (process, statement)
        for process in ("intake", "worker", "triage")
        for statement in (ANCHOR, SIGNATURE, STAMP)
        if may(postgresql, process, statement)
    }
    assert allowed == {("worker", ANCHOR), ("worker", STAMP), ("triage", SIGNATURE)}


@pytest.mark.parametrize("process", ["worker", "triage"])
def test_worker_and_desk_append_to_the_custody_log_only_through_the_function(
    postgresql: Database, kept: Office, process: str
) -> None:
    with postgresql.engine(process).connect() as connection:
        assert connection.scalar(text("SELECT custody_append(gen_random_uuid(), '{}')")) == 1
    assert not may(postgresql, process, "INSERT INTO custody_entry VALUES (gen_random_uuid(), 1, '', '{}', '')")


def test_intake_cannot_append_to_a_chain(postgresql: Database, kept: Office) -> None:
    assert not may(postgresql, "intake", "SELECT custody_append(gen_random_uuid(), '{}')")
    assert not may(postgresql, "intake", "SELECT 1 FROM custody_entry")


REPORT = "INSERT INTO report VALUES (gen_random_uuid(), now(), '{channel}', gen_random_uuid()::text::bytea)"
CHOICES = (
    "INSERT INTO addition VALUES ('{report}', {number}, '{kind}', now(), 'x', 1, '', '', '', NULL, '', {noted}, false)"
)


def refuses(postgresql: Database, process: str, statement: str) -> bool:
    """Whether row-level security or a missing right stops the statement."""
    with postgresql.engine(process).connect() as connection:
        try:
            connection.execute(text(statement))
        except ProgrammingError as error:
            return "row-level security" in str(error.orig) or "permission denied" in str(error.orig)
    return False


def test_the_portal_says_of_no_report_that_staff_took_it_nor_the_desk_that_the_portal_did(
    postgresql: Database, kept: Office
) -> None:
    assert not refuses(postgresql, "intake", REPORT.format(channel="web"))
    assert not refuses(postgresql, "triage", REPORT.format(channel="hotline"))
    assert refuses(postgresql, "intake", REPORT.format(channel="hotline"))
    assert refuses(postgresql, "triage", REPORT.format(channel="web"))
    assert refuses(postgresql, "worker", REPORT.format(channel="web"))


def test_the_desk_adds_nothing_to_a_report_in_its_reporters_name(postgresql: Database, kept: Office) -> None:
    with postgresql.engine().connect() as connection:
        report = connection.scalar(text("SELECT id FROM report"))
    for number, kind, noted in ((2, "consent", "true"), (1, "material", "true"), (1, "consent", "false")):
        assert refuses(postgresql, "triage", CHOICES.format(report=report, number=number, kind=kind, noted=noted))


WITHDRAWING = "INSERT INTO withdrawal VALUES ('{report}', now(), {erased_on}, {through_desk})"


def test_nobody_erases_a_report_by_the_desk_without_two_people_or_says_that_it_is_erased(
    postgresql: Database, kept: Office
) -> None:
    with postgresql.engine().connect() as connection:
        report = connection.scalar(text("SELECT id FROM report"))
    for process, through_desk in (("triage", "true"), ("triage", "false"), ("intake", "true"), ("worker", "true")):
        assert refuses(
            postgresql, process, WITHDRAWING.format(report=report, erased_on="NULL", through_desk=through_desk)
        )
    for process in ("intake", "triage"):
        assert not may(postgresql, process, "UPDATE withdrawal SET erased_on = now()")
        assert not may(postgresql, process, "DELETE FROM withdrawal")
    assert may(postgresql, "worker", "UPDATE withdrawal SET erased_on = now()")
    assert not may(postgresql, "worker", "UPDATE withdrawal SET through_desk = true")
    assert may(postgresql, "worker", "SELECT case_id FROM erasure_request")


def test_the_worker_sees_of_a_bundle_only_whether_it_is_on_its_way(postgresql: Database, kept: Office) -> None:
    assert may(postgresql, "worker", "SELECT case_id, state, exported_at FROM bundle")
    for column in ("purpose_box", "annex_box", "handover_box", "requested_by", "decided_by", "digest"):
        assert not may(postgresql, "worker", f"SELECT {column} FROM bundle")
    assert may(postgresql, "worker", "UPDATE bundle SET annex_box = NULL WHERE case_id = gen_random_uuid()")
    assert not may(postgresql, "worker", "UPDATE bundle SET state = 'approved' WHERE case_id = gen_random_uuid()")
    assert may(postgresql, "worker", "DELETE FROM bundle_build WHERE bundle_id = gen_random_uuid()")
    for column in ("box", "package_box"):
        assert not may(postgresql, "worker", f"SELECT {column} FROM bundle_build")
    assert not may(postgresql, "worker", "SELECT box FROM bundle_draft")


@pytest.mark.parametrize(
    "table", ["report", "report_part", "key_slot", "worker_envelope", "receipt", "register_number"]
)
def test_the_desk_rewrites_and_removes_no_report(postgresql: Database, kept: Office, table: str) -> None:
    assert not may(postgresql, "triage", f"DELETE FROM {table}")
    assert not may(postgresql, "intake", f"SELECT * FROM {table}") or table == "receipt"


def test_the_worker_sees_of_an_entering_draft_only_how_old_it_is(postgresql: Database, kept: Office) -> None:
    assert may(postgresql, "worker", "SELECT saved_at FROM entering_draft")
    assert not may(postgresql, "worker", "SELECT box FROM entering_draft")

"""A register is imported whole or not at all, once, through the pipeline of every report; no fault names a word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from casefile.contents import ReportContents
from casefile.custody import OFFICE_CHAIN, list_entries
from casefile.filing import FilingKeys
from casefile.kept import encode_body
from casefile.models import Case, KeptVersion, KeySlot, Match, Recurrence, Report, ReportPart, StaffMember
from casefile.retention import GRACE, ITEM, Spans
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import CaseStatus, Channel, HarmKind, Lane, MatchClass, SlotRole, Urgency
from casefile.wib import day_start
from operations.register import Importer, RegisterError, import_cases, prepare, read_register
from tests.contracts.test_stolen_copy import dump_database
from tests.factories import make_submission
from tests.operations.register.conftest import ROW, Registry, with_changes
from worker.retention import erase_old_cases

CLOSED = {"keadaan": "ditutup", "tanggal_tutup": "30/06/2024", "alasan_tutup": "Dirujuk ke lembaga lain"}


def ignore(_count: int) -> None:
    """No progress bar."""


def both(registry: Registry) -> Path:
    """An open case, and a closed one that names the same account."""
    rows = [
        {**dict.fromkeys(CLOSED, ""), **ROW, "aman_sekarang": "tidak"},
        {**ROW, **CLOSED, "nomor_register": "2024/002", "aman_sekarang": ""},
    ]
    return registry.write(rows)


def test_open_cases_come_into_the_queue_and_closed_ones_into_the_archive(registry: Registry) -> None:
    path = both(registry)
    dry = registry.run(path, "--by", "nia", "--dry-run")
    assert "2 cases would be imported: 1 open, 1 closed." in dry.output
    before = registry.rows_in_all()
    assert before["report"] == 0
    done = registry.run(path, "--by", "nia")
    assert done.exit_code == 0, done.exception
    assert "2 cases were imported: 1 open, 1 closed." in done.output
    workshop = registry.workshop
    assert {row.lane for row in workshop.rows()} == {Lane.SLOW}
    workshop.run()
    with workshop.owner() as session:
        reports = session.scalars(select(Report)).all()
        assert {(report.channel, report.received_on) for report in reports} == {(Channel.REGISTER, date(2024, 3, 31))}
        cases = {case.status: case for case in session.scalars(select(Case))}
        assert set(cases) == {CaseStatus.WAITING, CaseStatus.CLOSED}
        assert session.scalars(select(Match.match_class)).all().count(MatchClass.SAME_ACCOUNT) == 1
        assert session.scalars(select(Recurrence)).all() == []
        imported = list_entries(session, OFFICE_CHAIN)[-1].body
    waiting, closed = cases[CaseStatus.WAITING], cases[CaseStatus.CLOSED]
    assert (datetime.now(UTC) - waiting.received_at).total_seconds() < 60
    assert (closed.closed_at, closed.received_at) == (day_start(date(2024, 6, 30)), day_start(date(2024, 3, 31)))
    assert (waiting.level, closed.level) == (Urgency.P1, Urgency.P3)
    assert '"detail":{"closed":1,"open":1}' in imported
    acts = {tuple(workshop.actions(report.id)) for report in reports}
    assert {"closed" in act for act in acts} == {True, False}


def test_what_stands_in_the_register_is_sealed_and_the_number_links_to_nothing(registry: Registry) -> None:
    registry.run(registry.write([ROW]), "--by", "nia")
    with registry.workshop.owner() as session:
        part, report = session.scalars(select(ReportPart)).one(), session.scalars(select(Report)).one()
        slot = session.get_one(KeySlot, (report.id, SlotRole.OFFICE, 1))
    key = open_data_key(registry.workshop.office.epoch, slot.wrapped, SlotRole.OFFICE, report.id)
    sent = ReportContents.from_bytes(open_part(key, part.box, report.id, part.position, part.kind)).submission
    assert (sent.origin.register_number, sent.story) == ("2024/001", ROW["cerita"])
    assert sent.answers.kinds == {HarmKind.SEXTORTION, HarmKind.THREAT_TO_SPREAD}
    assert sent.addresses == ("@pengancam_register", "0812-3456-7800")
    stolen = dump_database(registry.workshop.database)
    for word in ("2024/001", "ceritaregister", "pengancam_register", "81234567800", "written_consent"):
        assert word.encode() not in stolen


def test_the_order_of_imported_numbers_tells_nothing(registry: Registry) -> None:
    rows = [with_changes(nomor_register=str(number), cerita="x", tautan="") for number in range(8)]
    registry.run(registry.write(rows), "--by", "nia")
    place = "rowid" if registry.workshop.database.kind == "sqlite" else "ctid"
    with registry.workshop.owner() as session:
        written = [bytes(row[0]) for row in session.execute(text(f"SELECT tag FROM register_number ORDER BY {place}"))]
    assert len(written) == 8
    assert written == sorted(written)


def test_a_new_report_meets_what_the_register_held_and_a_closed_case_returns(registry: Registry) -> None:
    registry.run(registry.write([{**ROW, **CLOSED}]), "--by", "nia")
    registry.workshop.run()
    registry.workshop.report(make_submission(addresses=("instagram.com/pengancam_register",)))
    registry.workshop.run()
    with registry.workshop.owner() as session:
        assert session.scalars(select(Match.match_class)).all() == [MatchClass.SAME_ACCOUNT]
        assert session.scalars(select(Recurrence.told_id)).all() == [None]


def test_the_same_register_a_second_time_is_refused_by_line_or_left_out(registry: Registry) -> None:
    registry.run(registry.write([ROW]), "--by", "nia")
    before = registry.rows_in_all()
    longer = registry.write([with_changes(nomor_register="2024/009"), with_changes(nomor_register=" 2024/001 ")])
    again = registry.run(longer, "--by", "nia")
    assert "line 3, column nomor_register: was imported before" in again.output
    assert again.exit_code == 1
    assert registry.rows_in_all() == before
    left_out = registry.run(longer, "--by", "nia", "--skip-known")
    assert "1 cases were imported: 1 open, 0 closed; 1 were imported before and left out." in left_out.output
    assert registry.rows_in_all()["report"] == 2
    assert "0 cases were imported" in registry.run(longer, "--by", "nia", "--skip-known").output


@pytest.mark.parametrize("last", [1, 3])
def test_an_import_that_is_interrupted_leaves_the_database_as_it_was(registry: Registry, last: int) -> None:
    rows = [with_changes(nomor_register=str(number), cerita="x", tautan="") for number in range(201)]
    cases = read_register(registry.write(rows), "utf-8", date(2026, 11, 23)).cases
    office, before, written = registry.workshop.office, registry.rows_in_all(), []

    def cut(count: int) -> None:
        written.append(count)
        if len(written) == last:
            raise KeyboardInterrupt

    with Session(registry.workshop.database.engine("triage")) as session:
        staff_id = session.scalars(select(StaffMember.id).where(StaffMember.username == "nia")).one()
        session.rollback()
        importer = Importer(staff_id, FilingKeys(office.public, office.intake.identifier_key), datetime.now(UTC))
        with pytest.raises(KeyboardInterrupt):
            import_cases(session, prepare(cases, importer, ignore), importer, cut)
    assert registry.rows_in_all() == before


@pytest.mark.parametrize("by", ["admin", "nobody", None])
def test_somebody_who_may_enter_reports_answers_for_it(registry: Registry, by: str | None) -> None:
    words = [] if by is None else ["--by", by]
    done = registry.run(registry.write([ROW]), *words)
    assert isinstance(done.exception, RegisterError)
    assert registry.rows_in_all()["report"] == 0


def test_it_is_said_how_many_stories_the_office_keeps_no_longer(registry: Registry) -> None:
    rows = [
        {**ROW, **CLOSED, "nomor_register": "1"},
        {**ROW, **CLOSED, "nomor_register": "2", "alasan_tutup": ""},
        {**ROW, **dict.fromkeys(CLOSED, ""), "nomor_register": "3", "keadaan": "terbuka"},
    ]
    path, warning = registry.write(rows), "of them were closed longer ago than this office keeps stories"
    assert warning not in registry.run(path, "--by", "nia", "--dry-run").output
    with registry.workshop.owner() as session:
        nia = session.scalars(select(StaffMember.id).where(StaffMember.username == "nia")).one()
        body = encode_body(Spans(erases_cases=True).to_body())
        row = {"kind": ITEM.kind, "key": ITEM.key, "number": 1, "body": body, "changed_by": nia, "is_removed": False}
        session.add(KeptVersion(**row, changed_at=datetime.now(UTC) - 2 * GRACE))
        session.commit()
    for words in (["--dry-run"], []):
        assert f"1 {warning}" in registry.run(path, "--by", "nia", *words).output
    workshop = registry.workshop
    workshop.run()
    assert erase_old_cases(workshop.runtime, datetime.now(UTC)) == 1 + 2, "one story, fingerprints of both"

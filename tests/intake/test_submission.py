"""A receipt means that the report is kept: once, whole, sealed, with everything that follows from it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents, WorkerPayload
from casefile.custody import list_entries, verify_chain
from casefile.models import KeySlot, OutboxRow, Receipt, Report, ReportPart, WorkerEnvelope
from casefile.receipts import derive_receipt_keys
from casefile.submission import Answers, Consents
from casefile.unsealing import open_data_key, open_part, open_worker_envelope
from casefile.vocabulary import HarmKind, JobName, Platform, SlotRole
from intake.submission import SubmissionKeys, submit_report
from tests.conftest import Database
from tests.factories import NOON, Office, draw_screenshot, keep_report, make_office, make_submission


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office")


def contents_of(session: Session, report_id: uuid.UUID, office: Office, role: SlotRole) -> ReportContents:
    pair = {SlotRole.OFFICE: office.epoch, SlotRole.RECOVERY: office.recovery}[role]
    slot = session.scalars(select(KeySlot).where(KeySlot.report_id == report_id, KeySlot.role == role)).one()
    data_key = open_data_key(pair, slot.wrapped, role, report_id)
    part = session.get_one(ReportPart, (report_id, CONTENTS_PART))
    return ReportContents.from_bytes(open_part(data_key, part.box, report_id, CONTENTS_PART, CONTENTS_KIND))


@pytest.mark.parametrize("role", [SlotRole.OFFICE, SlotRole.RECOVERY])
def test_office_and_recovery_key_open_exactly_what_was_sent(session: Session, office: Office, role: SlotRole) -> None:
    submission = make_submission(draw_screenshot(1), addresses=("@rizky_contoh",), story="Kisah < 3 & selesai.")
    kept = keep_report(session, office, submission)
    assert submission.pictures[0].sketches is not None
    assert contents_of(session, kept.report_id, office, role).submission == submission.without_sketches()


def test_the_code_finds_the_report_and_its_key_receives_replies(session: Session, office: Office) -> None:
    kept = keep_report(session, office)
    keys = derive_receipt_keys(kept.code.upper(), office.intake.instance_salt, office.intake.receipt_pepper)
    assert session.get_one(Receipt, keys.tag).report_id == kept.report_id
    contents = contents_of(session, kept.report_id, office, SlotRole.OFFICE)
    assert contents.reporter_key == keys.pair.public.to_text()


def test_the_worker_learns_codes_and_blinded_tags_but_no_word(session: Session, office: Office) -> None:
    submission = make_submission(
        draw_screenshot(2),
        story="rahasia besar",
        addresses=("https://instagram.com/akun.contoh",),
        answers=Answers(kinds=frozenset({HarmKind.SEXTORTION}), platforms=frozenset({Platform.INSTAGRAM})),
        consents=Consents(may_compare=False, text_version="1"),
    )
    kept = keep_report(session, office, submission)
    envelope = session.scalars(select(WorkerEnvelope)).one()
    opened = open_worker_envelope(office.worker.pair, envelope.box or b"", kept.report_id)
    payload = WorkerPayload.from_bytes(opened)
    assert (payload.answers, payload.pictures) == (submission.answers, submission.pictures)
    assert not payload.may_compare
    assert payload.tags
    assert b"rahasia" not in opened
    assert b"akun.contoh" not in opened


def test_report_outbox_row_and_custody_entry_come_in_one_transaction(session: Session, office: Office) -> None:
    keys = SubmissionKeys(office.public, office.intake)
    kept = submit_report(session, make_submission(), keys, b"f" * 32, NOON)
    assert verify_chain(kept.report_id, list_entries(session, kept.report_id)) == 1
    row = session.scalars(select(OutboxRow)).one()
    assert (row.job, row.report_id) == (JobName.MATCH_REPORT, kept.report_id)
    session.rollback()
    for table in (Report, OutboxRow, Receipt, KeySlot, ReportPart, WorkerEnvelope):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_the_same_form_is_kept_once(session: Session, office: Office) -> None:
    keys = SubmissionKeys(office.public, office.intake)
    submit_report(session, make_submission(), keys, b"f" * 32, NOON)
    session.commit()
    with pytest.raises(IntegrityError):
        submit_report(session, make_submission(), keys, b"f" * 32, NOON)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Report)) == 1


def test_the_intake_role_suffices_to_submit(database: Database, office: Office) -> None:
    with Session(database.engine("intake")) as session:
        kept = keep_report(session, office)
    with Session(database.engine()) as owner:
        assert owner.get_one(Report, kept.report_id).received_on.isoformat() == "2026-11-23"


def test_a_kept_report_never_prints_its_code(session: Session, office: Office) -> None:
    kept = keep_report(session, office)
    assert kept.code not in repr(kept)

"""What an office keeps no longer is erased, by the day of closing; an open, withdrawn or handed-on case is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casefile.custody import SYSTEM, Act, append_entry
from casefile.database import begin_write
from casefile.kept import encode_body
from casefile.keyring import OfficePublicKeys
from casefile.models import (
    Addition,
    Bundle,
    Case,
    CaseRemark,
    CaseReport,
    IndexEntry,
    KeptVersion,
    KeySlot,
    Message,
    Receipt,
    ReportPart,
    WorkerEnvelope,
)
from casefile.retention import GRACE, ITEM, Spans, find_spans
from casefile.vocabulary import (
    Author,
    BundleState,
    CaseStatus,
    ClosingReason,
    CustodyAction,
    PublicStatus,
    RemarkKind,
    StaffRole,
)
from tests.factories import NOON
from tests.triage.conftest import CHEAP, FIRST
from tests.worker.conftest import Workshop
from triage.staff import create_staff
from worker.retention import erase_old_cases

ON = Spans(erases_cases=True)
YEAR = timedelta(days=366)


def keep(session: Session, *versions: tuple[Spans, datetime]) -> None:
    """What a supervisor set, oldest first."""
    begin_write(session)
    account = {"username": uuid4().hex, "display_name": "Sari", "role": StaffRole.SUPERVISOR, "password": FIRST}
    staff_id = create_staff(session, **account, epochs={}, now=NOON, cost=CHEAP).id
    for number, (spans, at) in enumerate(versions, start=1):
        row = {"kind": ITEM.kind, "key": ITEM.key, "number": number, "body": encode_body(spans.to_body())}
        session.add(KeptVersion(**row, changed_by=staff_id, changed_at=at, is_removed=False))
    session.commit()


def close(workshop: Workshop, report_id: UUID, age: timedelta, reason: ClosingReason = ClosingReason.HELPED) -> None:
    """Close a report's case as the desk does, ``age`` before noon."""
    with workshop.owner() as session:
        begin_write(session)
        case_id = session.get_one(CaseReport, report_id).case_id
        ended = {"status": CaseStatus.CLOSED, "closed_at": NOON - age}
        session.execute(update(Case).where(Case.id == case_id).values(ended))
        act = Act(CustodyAction.CLOSED, SYSTEM, NOON - age, {"reason": reason.value})
        append_entry(session, report_id, act)
        session.commit()


def left(workshop: Workshop, report_id: UUID) -> tuple[bool, bool]:
    """Whether the story and the fingerprints are still there."""
    with workshop.owner() as session:
        parts = session.scalar(select(func.count()).where(ReportPart.report_id == report_id))
        slots = session.scalar(select(func.count()).where(KeySlot.report_id == report_id))
        box = session.scalar(select(WorkerEnvelope.box).where(WorkerEnvelope.report_id == report_id))
        entry = session.scalar(select(IndexEntry.box).where(IndexEntry.report_id == report_id))
    assert bool(parts) is bool(slots)
    assert bool(box) is bool(entry)
    return bool(parts), bool(box)


def status(workshop: Workshop, report_id: UUID) -> PublicStatus:
    with workshop.owner() as session:
        return session.scalars(select(Receipt.status).where(Receipt.report_id == report_id)).one()


def nine_cases(workshop: Workshop) -> dict[str, UUID]:
    """Reports by what became of their cases; in two somebody wrote lately."""
    names = ("young", "old", "older", "referred", "letter", "open", "reopened", "unread", "talking")
    reports = {name: workshop.report() for name in names}
    workshop.run()
    workshop.write_message(reports["unread"])
    workshop.run()
    for name in ("old", "talking"):
        workshop.write_message(reports[name], author=Author.OFFICE)
    with workshop.owner() as session:
        long_ago = {"sent_on": (NOON - 2 * YEAR).date()}
        session.execute(update(Message).where(Message.report_id != reports["talking"]).values(long_ago))
        session.execute(update(Addition).values(added_on=long_ago["sent_on"]))
        session.commit()
    ages = {"young": YEAR / 2, "old": YEAR, "older": 3 * YEAR, "reopened": 3 * YEAR, "unread": YEAR, "talking": YEAR}
    for name, age in ages.items():
        close(workshop, reports[name], age)
    close(workshop, reports["referred"], YEAR, ClosingReason.REFERRED)
    close(workshop, reports["letter"], YEAR)
    with workshop.owner() as session:
        begin_write(session)
        append_entry(session, reports["letter"], Act(CustodyAction.REFERRAL_SENT, SYSTEM, NOON - YEAR))
        case_id = session.get_one(CaseReport, reports["reopened"]).case_id
        session.execute(update(Case).where(Case.id == case_id).values(status=CaseStatus.OPEN))
        session.commit()
    return reports


def test_stories_and_fingerprints_go_when_their_time_is_over_and_nothing_else(workshop: Workshop) -> None:
    reports = nine_cases(workshop)
    assert erase_old_cases(workshop.runtime, NOON) == 0, "off until an office switches it on"
    with workshop.owner() as session:
        keep(session, (ON, NOON - GRACE))
    assert erase_old_cases(workshop.runtime, NOON) == 3
    assert {name: left(workshop, report_id) for name, report_id in reports.items()} == {
        "young": (True, True),
        "old": (False, True),
        "older": (False, False),
        "referred": (True, True),
        "letter": (True, True),
        "open": (True, True),
        "reopened": (True, True),
        "unread": (True, True),
        "talking": (True, True),
    }
    assert status(workshop, reports["older"]) is PublicStatus.ERASED
    assert status(workshop, reports["talking"]) is PublicStatus.RECEIVED
    assert workshop.actions(reports["older"])[-2:] == [CustodyAction.PURGED, CustodyAction.PURGED]
    with workshop.owner() as session:
        assert set(session.scalars(select(Message.report_id))) == {reports["unread"], reports["talking"]}
        assert session.scalar(select(func.count()).select_from(Case)) == len(reports), "the case stays, for counting"
    assert erase_old_cases(workshop.runtime, NOON) == 0
    assert erase_old_cases(workshop.runtime, NOON + timedelta(days=4_400)) > 0, "a referred one after its own span"
    assert left(workshop, reports["referred"]) == left(workshop, reports["letter"]) == (False, False)
    assert left(workshop, reports["open"]) == (True, True)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_mistake_can_be_taken_back_for_a_week(session: Session) -> None:
    long, short = replace(ON, story_days=800), replace(ON, story_days=200)
    assert find_spans(session, NOON) == Spans()
    session.rollback()
    minute = timedelta(minutes=1)
    keep(session, (long, NOON), (short, NOON + YEAR), (long, NOON + YEAR + minute))
    assert not find_spans(session, NOON + GRACE - minute).erases_cases, "switched on less than a week ago"
    assert find_spans(session, NOON + GRACE) == long
    assert find_spans(session, NOON + YEAR + timedelta(days=30)).story_days == 800


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_shorter_span_counts_after_a_week(session: Session) -> None:
    keep(session, (replace(ON, story_days=800), NOON), (replace(ON, story_days=200), NOON + YEAR))
    assert find_spans(session, NOON + YEAR + GRACE - timedelta(minutes=1)).story_days == 800
    assert find_spans(session, NOON + YEAR + GRACE).story_days == 200


def test_spans_out_of_bounds_are_named_and_never_read() -> None:
    assert Spans().list_faults() == []
    assert replace(ON, story_days=179, handed_on_days=3_649).list_faults() == ["story_days", "handed_on_days"]
    assert Spans.from_body({"story_days": 1, "erases_cases": True}).story_days == 180


def switch_on(workshop: Workshop) -> None:
    """Spans that have stood for long enough."""
    with workshop.owner() as session:
        keep(session, (ON, NOON - GRACE))


def note(workshop: Workshop, report_id: UUID, action: CustodyAction) -> None:
    """One more entry on the report's chain."""
    with workshop.owner() as session:
        begin_write(session)
        append_entry(session, report_id, Act(action, SYSTEM, NOON - YEAR))
        session.commit()


def ask_for_bundle(
    workshop: Workshop, report_id: UUID, state: BundleState, exported_at: datetime | None = None
) -> None:
    """A request as the desk writes it."""
    with workshop.owner() as session:
        staff_id = session.scalars(select(KeptVersion.changed_by)).one()
        case_id = session.get_one(CaseReport, report_id).case_id
        asked = {"requested_by": staff_id, "requested_at": NOON, "purpose_box": b"", "epoch": 1}
        session.add(Bundle(id=uuid4(), case_id=case_id, state=state, exported_at=exported_at, **asked))
        session.commit()


def test_a_case_waits_for_a_bundle_on_its_way_and_keeps_long_what_the_police_may_know(workshop: Workshop) -> None:
    names = ("asked", "approved", "refused", "decided", "plain")
    reports = {name: workshop.report(now=NOON - 2 * YEAR) for name in names}
    workshop.run()
    switch_on(workshop)
    for name, report_id in reports.items():
        close(workshop, report_id, 3 * YEAR if name == "asked" else YEAR)
    ask_for_bundle(workshop, reports["asked"], BundleState.REQUESTED)
    ask_for_bundle(workshop, reports["approved"], BundleState.APPROVED)
    ask_for_bundle(workshop, reports["refused"], BundleState.REFUSED)
    note(workshop, reports["decided"], CustodyAction.DUTY_DECIDED)
    assert erase_old_cases(workshop.runtime, NOON) == 2
    assert {name: left(workshop, report_id) for name, report_id in reports.items()} == {
        "asked": (True, True),
        "approved": (True, True),
        "refused": (False, True),
        "decided": (True, True),
        "plain": (False, True),
    }
    with workshop.owner() as session:
        asked = update(Bundle).where(Bundle.state == BundleState.REQUESTED)
        session.execute(asked.values(state=BundleState.TAKEN_BACK))
        session.commit()
    assert erase_old_cases(workshop.runtime, NOON) == 2, "story and fingerprints, once the request was refused"


def test_what_came_in_or_was_written_after_the_erasing_goes_too(workshop: Workshop) -> None:
    report_id = workshop.report(now=NOON - 2 * YEAR)
    workshop.run()
    switch_on(workshop)
    close(workshop, report_id, YEAR)
    assert erase_old_cases(workshop.runtime, NOON) == 1
    workshop.write_message(report_id)
    assert erase_old_cases(workshop.runtime, NOON) == 0, "somebody wrote"
    later = NOON + YEAR
    assert erase_old_cases(workshop.runtime, later) == 2, "the message, and the fingerprints"
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0
        remark = {"kind": RemarkKind.CLOSING, "number": 1, "said_on": later.date(), "box": b"box", "epoch": 1}
        staff_id = session.scalars(select(KeptVersion.changed_by)).one()
        case_id = session.get_one(CaseReport, report_id).case_id
        session.add(CaseRemark(id=uuid4(), case_id=case_id, staff_id=staff_id, **remark))
        session.commit()
    assert erase_old_cases(workshop.runtime, later) == 1
    assert erase_old_cases(workshop.runtime, later) == 0
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(CaseRemark)) == 0
        assert session.scalars(select(Receipt.status_on)).one() == NOON.date(), "the day on which the story went"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_switching_off_stops_a_sweep_that_has_begun(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [workshop.report(now=NOON - 2 * YEAR) for _ in range(2)]
    workshop.run()
    switch_on(workshop)
    for report_id in reports:
        close(workshop, report_id, YEAR)
    real = workshop.runtime.keys
    turns: list[int] = []

    def keys_while_somebody_switches_off() -> OfficePublicKeys:
        turns.append(1)
        if len(turns) == 2:
            with workshop.owner() as session:
                begin_write(session)
                newest = session.scalars(select(KeptVersion)).one()
                row = {"kind": ITEM.kind, "key": ITEM.key, "number": 2, "body": encode_body(Spans().to_body())}
                session.add(KeptVersion(**row, changed_by=newest.changed_by, changed_at=NOON, is_removed=False))
                session.commit()
        return real()

    monkeypatch.setattr(workshop.runtime, "keys", keys_while_somebody_switches_off)
    assert erase_old_cases(workshop.runtime, NOON) == 1
    assert sorted(left(workshop, report_id) for report_id in reports) == [(False, True), (True, True)]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"erases_cases":"no","story_days":null}', '{"erases_cases":"no"}'])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_damaged_row_erases_nothing_of_a_case(session: Session, body: str) -> None:
    keep(session, (ON, NOON - 2 * GRACE), (ON, NOON - GRACE))
    session.execute(update(KeptVersion).where(KeptVersion.number == 2).values(body=body))
    session.commit()
    assert not find_spans(session, NOON).erases_cases

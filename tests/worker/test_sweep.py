"""Once a minute: what slipped through is sent again, waiting reports rise, what expired is erased, nothing closes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from casefile.kept import encode_body
from casefile.models import (
    Case,
    CaseReport,
    Draft,
    KeptVersion,
    OutboxRow,
    SpentProof,
    StaffMember,
    StaffSession,
    UrgencyOverride,
)
from casefile.reconcile import Counts, reconcile
from casefile.submission import Answers
from casefile.urgency import RULES_ITEM, SHIPPED_VALUES, due_at
from casefile.vocabulary import AgeBand, CaseStatus, JobName, OutboxState, ReasonCode, StaffRole, Threat, Urgency
from casefile.wib import start_of_day
from tests.factories import NOON, make_submission
from tests.worker.conftest import Workshop, damage_envelope
from worker.sweep import Swept, age_queue, erase_expired, queue_unread, resend_unmatched, sweep, weigh_by_new_values

P3 = Answers(age=AgeBand.FROM_25)
P2 = Answers(age=AgeBand.FROM_25, threat=Threat.WITHIN_7_DAYS)


def triaged(workshop: Workshop, answers: Answers = P3) -> UUID:
    """A report in the queue, as it stood when it came in."""
    report = workshop.report(make_submission(answers=answers))
    workshop.run()
    with workshop.owner() as session:
        own = select(CaseReport.case_id).where(CaseReport.report_id == report)
        session.execute(update(Case).where(Case.id.in_(own)).values(level=Urgency.P3))
        session.commit()
    return report


def level(workshop: Workshop, report: UUID) -> Urgency:
    case = workshop.case(report)
    assert case is not None
    return case.level


def test_a_report_without_case_and_job_gets_a_new_job_once(workshop: Workshop) -> None:
    report = workshop.report()
    with workshop.owner() as session:
        session.execute(delete(OutboxRow))
        session.commit()
    with workshop.owner() as session:
        assert reconcile(session) == Counts(received=1, queued=0, triaged=0, set_aside=0, open=0)
    assert resend_unmatched(workshop.runtime, NOON) == 1
    assert resend_unmatched(workshop.runtime, NOON) == 0
    assert [(row.job, row.report_id) for row in workshop.rows()] == [(JobName.MATCH_REPORT, report)]
    workshop.run()
    assert workshop.actions(report) == ["received", "job_resent", "matched"]
    assert resend_unmatched(workshop.runtime, NOON) == 0


def test_a_withdrawal_that_was_not_carried_out_gets_a_new_job(workshop: Workshop) -> None:
    report = workshop.report()
    workshop.withdraw(report)
    with workshop.owner() as session:
        session.execute(delete(OutboxRow))
        session.commit()
    assert resend_unmatched(workshop.runtime, NOON) == 1
    workshop.run()
    assert workshop.actions(report)[-1] == "purged"
    assert resend_unmatched(workshop.runtime, NOON) == 0


def test_what_was_set_aside_is_left_to_a_person(workshop: Workshop) -> None:
    workshop.report()
    with workshop.owner() as session:
        session.execute(update(OutboxRow).values(state=OutboxState.SET_ASIDE, settled_at=NOON))
        session.commit()
    assert resend_unmatched(workshop.runtime, NOON) == 0
    assert erase_expired(workshop.runtime, NOON + timedelta(days=365)) == 0


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, Urgency.P3), (23, Urgency.P3), (24, Urgency.P2), (47, Urgency.P2), (48, Urgency.P1)]
)
def test_a_waiting_report_rises_and_says_why(workshop: Workshop, hours: int, expected: Urgency) -> None:
    report = triaged(workshop)
    age_queue(workshop.runtime, NOON + timedelta(hours=hours))
    assert level(workshop, report) is expected
    assert age_queue(workshop.runtime, NOON + timedelta(hours=hours)) == 0
    if expected is not Urgency.P3:
        assert ReasonCode.OVERDUE.value in dict(workshop.summary(report).reasons)


def test_the_due_time_does_not_move_with_age(workshop: Workshop) -> None:
    report = triaged(workshop)
    age_queue(workshop.runtime, NOON + timedelta(days=3))
    case = workshop.case(report)
    assert case is not None
    assert case.due_at == NOON + timedelta(hours=24)


def test_who_can_rise_and_whose_due_time_was_moved_are_found_among_those_that_stand_still(workshop: Workshop) -> None:
    came = NOON + timedelta(minutes=3, seconds=17)
    names = ("waits", "set", "taken up", "stands")
    reports = {name: workshop.report(make_submission(answers=P3), came) for name in names}
    workshop.run()
    cases = {name: workshop.case(report) for name, report in reports.items()}
    urgent = {"level": Urgency.P1, "score": 60, "due_at": due_at(Urgency.P1, came)}
    day = start_of_day(came)
    with workshop.owner() as session:
        for name, values in {
            "waits": {"level": Urgency.P3},
            "set": {"level": Urgency.P1},
            "taken up": {**urgent, "received_at": day, "due_at": day},
            "stands": urgent,
        }.items():
            session.execute(update(Case).where(Case.id == cases[name].id).values(values))
        override(session, cases["set"].id, Urgency.P1, 1)
    assert age_queue(workshop.runtime, came + timedelta(hours=24)) == 3
    found = {name: workshop.case(report) for name, report in reports.items()}
    assert (found["waits"].level, found["waits"].due_at) == (Urgency.P2, due_at(Urgency.P3, came))
    for name, received_at in {"set": came, "taken up": day, "stands": came}.items():
        assert (found[name].level, found[name].due_at) == (Urgency.P1, due_at(Urgency.P1, received_at)), name
    assert age_queue(workshop.runtime, came + timedelta(hours=24)) == 0


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.WITHDRAWN])
def test_finished_cases_do_not_age(workshop: Workshop, status: CaseStatus) -> None:
    report = triaged(workshop)
    with workshop.owner() as session:
        session.execute(update(Case).values(status=status))
        session.commit()
    assert age_queue(workshop.runtime, NOON + timedelta(days=3)) == 0
    assert level(workshop, report) is Urgency.P3


def override(session: Session, case_id: UUID, chosen: Urgency, minute: int) -> None:
    staff = session.scalars(select(StaffMember)).first() or make_staff(session)
    session.add(
        UrgencyOverride(
            id=uuid.uuid4(),
            case_id=case_id,
            level=chosen,
            staff_id=staff.id,
            decided_at=NOON + timedelta(minutes=minute),
            reason_box=b"box",
            epoch=1,
        )
    )
    session.commit()


def make_staff(session: Session) -> StaffMember:
    staff = StaffMember(
        id=uuid.uuid4(),
        username="konselor",
        display_name="Konselor",
        role=StaffRole.COUNSELLOR,
        is_active=True,
        password_record="-",  # noqa: S106
        public_key=b"-",
        seed_box=b"-",
        totp_counter=0,
        failed_attempts=0,
        created_at=NOON,
    )
    session.add(staff)
    session.flush()
    return staff


@pytest.mark.parametrize("chosen", [Urgency.P3, Urgency.P1, Urgency.P0])
def test_the_level_that_a_person_set_last_stands_and_sets_the_due_time(workshop: Workshop, chosen: Urgency) -> None:
    unsafe = Answers(age=AgeBand.FROM_25, threat=Threat.WITHIN_24_H)
    report = triaged(workshop, unsafe)
    case = workshop.case(report)
    assert case is not None
    with workshop.owner() as session:
        override(session, case.id, Urgency.P2, 1)
        override(session, case.id, chosen, 2)
    age_queue(workshop.runtime, NOON)
    assert level(workshop, report) is chosen
    age_queue(workshop.runtime, NOON + timedelta(hours=25))
    assert level(workshop, report) is (Urgency.P2 if chosen is Urgency.P3 else chosen)


def test_expired_drafts_sessions_proofs_and_settled_jobs_are_erased_and_no_others(workshop: Workshop) -> None:
    past, later = NOON - timedelta(seconds=1), NOON + timedelta(minutes=1)
    workshop.report()
    workshop.run()
    workshop.report()
    with workshop.owner() as session:
        done = update(OutboxRow).where(OutboxRow.state == OutboxState.DONE)
        session.execute(done.values(settled_at=NOON - timedelta(days=7, seconds=1)))
        session.add_all(Draft(tag=tag, box=b"box", expires_at=at) for tag, at in ((b"old", past), (b"new", later)))
        session.add_all(
            StaffSession(tag=tag, box=b"box", expires_at=at, started_at=past)
            for tag, at in ((b"old", past), (b"new", later))
        )
        session.add_all(SpentProof(tag=tag, expires_at=at) for tag, at in ((b"old", past), (b"new", later)))
        session.commit()
    assert erase_expired(workshop.runtime, NOON) == 4
    with workshop.owner() as session:
        assert session.scalars(select(SpentProof.tag)).all() == [b"new"]
        assert session.scalars(select(Draft.tag)).all() == [b"new"]
        assert session.scalars(select(StaffSession.tag)).all() == [b"new"]
    assert [row.state for row in workshop.rows()] == [OutboxState.OPEN]


def test_a_sweep_of_a_quiet_office_changes_nothing(workshop: Workshop) -> None:
    triaged(workshop)
    age_queue(workshop.runtime, NOON)
    assert sweep(workshop.runtime, NOON) == Swept(resent=0, unread=0, reweighed=0, raised=0, erased=0)
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(Case).where(Case.status == CaseStatus.WAITING)) == 1


def test_a_report_whose_envelope_is_damaged_is_queued_unread_and_once(workshop: Workshop) -> None:
    report = workshop.report()
    damage_envelope(workshop, report)
    with workshop.owner() as session:
        session.execute(update(OutboxRow).values(state=OutboxState.SET_ASIDE, settled_at=NOON))
        session.commit()
    assert queue_unread(workshop.runtime, NOON + timedelta(minutes=1)) == 1
    assert queue_unread(workshop.runtime, NOON + timedelta(minutes=2)) == 0
    case = workshop.case(report)
    assert case is not None
    assert (case.level, case.status, case.received_at) == (Urgency.P1, CaseStatus.WAITING, NOON)
    assert workshop.summary(report).reasons == ((ReasonCode.UNREADABLE.value, 0),)
    assert workshop.actions(report) == ["received", "matched"]


def test_a_withdrawn_report_is_not_queued_unread(workshop: Workshop) -> None:
    report = workshop.report()
    workshop.withdraw(report)
    with workshop.owner() as session:
        session.execute(update(OutboxRow).values(state=OutboxState.SET_ASIDE, settled_at=NOON))
        session.commit()
    assert queue_unread(workshop.runtime, NOON) == 0
    assert workshop.case(report) is None


def test_sweeping_needs_no_key_file_when_nothing_is_stuck(workshop: Workshop) -> None:
    (workshop.office.folder / "keys" / "office.json").unlink()
    assert queue_unread(workshop.runtime, NOON) == 0


def keep_rules(workshop: Workshop, *bodies: str, first: int = 1) -> None:
    """Values of the rules, oldest first."""
    with workshop.owner() as session:
        staff = session.scalars(select(StaffMember)).first() or make_staff(session)
        row = {"kind": RULES_ITEM.kind, "key": RULES_ITEM.key, "changed_by": staff.id, "changed_at": NOON}
        for number, body in enumerate(bodies, start=first):
            session.add(KeptVersion(**row, number=number, body=body, is_removed=False))
        session.commit()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_case_that_waits_to_be_weighed_by_new_values_does_not_sink_meanwhile(workshop: Workshop) -> None:
    body = SHIPPED_VALUES.to_body()
    report = triaged(workshop, P2)
    keep_rules(workshop, encode_body({**body, "p2_from": 15}))
    assert weigh_by_new_values(workshop.runtime, NOON) == 1
    assert level(workshop, report) is Urgency.P2
    graver = {"points.deadline_7_days": 50, "points.deadline_24_h": 50, "p2_from": 29}
    keep_rules(workshop, encode_body({**body, **graver}), first=2)
    assert age_queue(workshop.runtime, NOON) == 0
    assert level(workshop, report) is Urgency.P2
    assert weigh_by_new_values(workshop.runtime, NOON) == 1
    assert level(workshop, report) is Urgency.P1


@pytest.mark.parametrize("body", ["{", "[]", '{"p1_from":"many"}', '{"floor.unsafe":"P9"}'])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_damaged_values_of_the_rules_stop_neither_the_queue_nor_its_ageing(workshop: Workshop, body: str) -> None:
    waiting = triaged(workshop)
    keep_rules(workshop, encode_body(SHIPPED_VALUES.to_body()), body)
    with workshop.owner() as session:
        session.execute(update(Case).values(rules_number=2))
        session.commit()
    fresh = triaged(workshop, P2)
    assert workshop.rows(OutboxState.OPEN) == []
    swept = sweep(workshop.runtime, NOON + timedelta(hours=100))
    assert (swept.reweighed, sweep(workshop.runtime, NOON + timedelta(hours=100)).reweighed) == (1, 0)
    assert {level(workshop, waiting), level(workshop, fresh)} == {Urgency.P1}

"""A new report is compared, weighed and put into the queue: once, on both databases, as the worker's own role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from casefile.contents import MATCH_NOTE, MatchReason, decode_reasons
from casefile.errors import UnsealError
from casefile.models import Case, LinkDecision, Match
from casefile.reconcile import Counts, reconcile
from casefile.submission import Answers, Consents
from casefile.unsealing import open_note
from casefile.vocabulary import (
    AgeBand,
    Author,
    CaseStatus,
    Demand,
    HarmKind,
    JobName,
    LinkState,
    MatchClass,
    OutboxState,
    Platform,
    ReasonCode,
    Threat,
    Urgency,
)
from tests.factories import NOON, draw_screenshot, encode, make_submission, reencode
from tests.worker.conftest import Workshop, damage_envelope
from worker.jobs import match_report, note_message, withdraw_report

SEXTORTION_OF_A_CHILD = Answers(
    age=AgeBand.FROM_16,
    kinds=frozenset({HarmKind.SEXTORTION}),
    threat=Threat.WITHIN_24_H,
    demands=frozenset({Demand.MONEY}),
)
FALSE_ACCOUNT = Answers(
    age=AgeBand.FROM_25, kinds=frozenset({HarmKind.IMPERSONATION}), platforms=frozenset({Platform.INSTAGRAM})
)
SMALL = (360, 640)


def test_a_report_becomes_a_case_in_the_queue_with_level_and_reasons(workshop: Workshop) -> None:
    report = workshop.report(make_submission(answers=SEXTORTION_OF_A_CHILD))
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert (case.level, case.score, case.floor, case.status) == (Urgency.P0, 70, Urgency.P0, CaseStatus.WAITING)
    assert case.received_at == NOON
    assert case.code.startswith("K-")
    assert len(case.code) == len("K-000000")
    summary = workshop.summary(report)
    assert summary.answers == SEXTORTION_OF_A_CHILD
    assert (ReasonCode.CHILD_EXTORTED.value, 0) in summary.reasons
    assert workshop.actions(report) == ["received", "matched"]


def test_the_due_time_counts_from_the_receipt_and_not_from_the_job(workshop: Workshop) -> None:
    report = workshop.report(make_submission(answers=SEXTORTION_OF_A_CHILD))
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert case.due_at == NOON + timedelta(minutes=15)


def test_a_job_that_is_delivered_twice_has_its_effect_once(workshop: Workshop) -> None:
    picture = draw_screenshot(1, *SMALL)
    reports = [workshop.report(make_submission(picture)) for _ in range(2)]
    workshop.run()
    before = [workshop.actions(report) for report in reports], [match.id for match in workshop.matches()]
    for row in workshop.rows():
        assert (row.state, row.attempts) == (OutboxState.DONE, 1)
        match_report(str(row.id))
    assert (*before,) == ([workshop.actions(report) for report in reports], [match.id for match in workshop.matches()])


def test_a_second_job_for_the_same_report_changes_nothing(workshop: Workshop) -> None:
    picture = draw_screenshot(1, *SMALL)
    reports = [workshop.report(make_submission(picture)) for _ in range(2)]
    workshop.run()
    before = [workshop.actions(report) for report in reports]
    workshop.add_job(JobName.MATCH_REPORT, reports[0])
    workshop.run()
    assert [workshop.actions(report) for report in reports] == before
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 2
        assert session.scalar(select(func.count()).select_from(LinkDecision)) == 1


@pytest.mark.parametrize("job", [match_report, note_message, withdraw_report])
def test_a_job_without_a_row_does_nothing(workshop: Workshop, job: object) -> None:
    job("0b8f3d5e-7a51-4a52-9c43-4b5a6f1c2d3e")  # type: ignore[operator]


def test_the_same_file_is_linked_at_once_on_record_of_both(workshop: Workshop) -> None:
    picture = draw_screenshot(1, *SMALL)
    first, second = (workshop.report(make_submission(draw_screenshot(n, *SMALL), picture)) for n in (2, 3))
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.SAME_FILE, LinkState.LINKED)
    assert (match.low_id, match.high_id) == tuple(sorted((first, second), key=lambda side: side.bytes))
    with workshop.owner() as session:
        decision = session.scalars(select(LinkDecision)).one()
    assert (decision.match_id, decision.state, decision.staff_id) == (match.id, LinkState.LINKED, None)
    for report in (first, second):
        assert workshop.actions(report).count("linked_exact") == 1


def test_a_near_picture_is_suggested_with_numbers_and_distance_for_the_office_alone(workshop: Workshop) -> None:
    picture = draw_screenshot(1)
    other = draw_screenshot(2)
    first = workshop.report(make_submission(other, picture))
    workshop.report(make_submission(reencode(picture, quality=50)))
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.DUPLICATE, LinkState.SUGGESTED)
    opened = open_note(workshop.office.epoch, match.reasons_box, MATCH_NOTE, match.id.bytes)
    (reason,) = decode_reasons(opened)
    numbers = (2, 1) if match.low_id == first else (1, 2)
    assert reason == MatchReason(MatchClass.DUPLICATE, *numbers, reason.agreement)
    assert reason.agreement is not None
    assert reason.agreement.distance is not None
    assert 0 <= reason.agreement.distance <= 31
    assert reason.agreement.lines >= 3
    assert reason.agreement.rarity > 50
    assert "linked_exact" not in workshop.actions(first)


def test_a_near_picture_without_sketches_is_the_same_picture_at_most(workshop: Workshop) -> None:
    picture = draw_screenshot(1)
    for sent in (picture, reencode(picture, quality=50)):
        workshop.report(make_submission(sent).without_sketches())
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.SAME_PICTURE, LinkState.SUGGESTED)


def test_the_same_account_and_the_same_address_are_linked(workshop: Workshop) -> None:
    spellings = "https://www.instagram.com/akun.contoh/?igsh=x", "https://instagram.com/akun.contoh"
    for address in spellings:
        workshop.report(make_submission(addresses=(address,)))
    workshop.run()
    found = {(match.match_class, match.state) for match in workshop.matches()}
    assert found == {(MatchClass.SAME_ACCOUNT, LinkState.LINKED), (MatchClass.SAME_ADDRESS, LinkState.LINKED)}


def test_a_bare_user_name_is_suggested_and_counts_until_it_is_rejected(workshop: Workshop) -> None:
    answers = Answers(age=AgeBand.FROM_25, threat=Threat.WITHIN_7_DAYS)
    reports = [workshop.report(make_submission(addresses=("@rizky_contoh",), answers=answers)) for _ in range(2)]
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.SAME_HANDLE, LinkState.SUGGESTED)
    for report in reports:
        assert (ReasonCode.SAME_ACCOUNT.value, 10) in workshop.summary(report).reasons
        assert "linked_exact" not in workshop.actions(report)


def test_reports_that_have_nothing_in_common_are_not_matched(workshop: Workshop) -> None:
    for n in (1, 2):
        workshop.report(make_submission(draw_screenshot(n, *SMALL), addresses=(f"@akun_{n}",), answers=FALSE_ACCOUNT))
    workshop.run()
    assert workshop.matches() == []


@pytest.mark.parametrize("declining", [0, 1])
def test_who_declined_comparing_neither_finds_nor_is_found(workshop: Workshop, declining: int) -> None:
    picture = draw_screenshot(1, *SMALL)
    consents = [Consents(may_compare=number != declining, text_version="1") for number in (0, 1)]
    reports = [
        workshop.report(make_submission(picture, addresses=("@rizky_contoh",), consents=consent))
        for consent in consents
    ]
    workshop.run()
    assert workshop.matches() == []
    assert not workshop.summary(reports[declining]).may_compare


def test_a_new_report_raises_an_older_one_that_names_the_same_account(workshop: Workshop) -> None:
    answers = Answers(age=AgeBand.FROM_25, threat=Threat.WITHIN_7_DAYS, platforms=frozenset({Platform.INSTAGRAM}))
    older = workshop.report(make_submission(addresses=("@rizky_contoh",), answers=answers))
    workshop.run()
    before = workshop.case(older)
    assert before is not None
    newer = workshop.report(make_submission(addresses=("@rizky_contoh",), answers=answers))
    workshop.run()
    after = workshop.case(older)
    assert after is not None
    assert (before.score, after.score) == (15, 25)
    assert after.level <= Urgency.P2
    assert after.due_at < before.due_at
    for report in (older, newer):
        assert (ReasonCode.SAME_ACCOUNT.value, 10) in workshop.summary(report).reasons


def test_a_rejected_match_stays_rejected_and_raises_nobody(workshop: Workshop) -> None:
    picture = draw_screenshot(1, *SMALL)
    first = workshop.report(make_submission(picture, answers=FALSE_ACCOUNT))
    workshop.report(make_submission(reencode(picture), answers=FALSE_ACCOUNT))
    workshop.run()
    with workshop.owner() as session:
        session.execute(update(Match).values(state=LinkState.REJECTED))
        session.execute(update(Case).values(score=0))
        session.commit()
    workshop.add_job(JobName.MATCH_REPORT, first)
    workshop.run(runtime=workshop.new_runtime())
    (match,) = workshop.matches()
    assert match.state is LinkState.REJECTED
    case = workshop.case(first)
    assert case is not None
    assert case.score == 0


def test_two_workers_with_their_own_indexes_find_each_others_reports_once(workshop: Workshop) -> None:
    workers = [workshop.new_runtime() for _ in range(2)]
    picture = draw_screenshot(1, *SMALL)
    for turn in range(4):
        workshop.report(make_submission(picture))
        workshop.run(runtime=workers[turn % 2])
    assert len(workshop.matches()) == 4 * 3 / 2


def test_a_damaged_envelope_raises_and_leaves_the_job_open(workshop: Workshop) -> None:
    damaged = workshop.report()
    damage_envelope(workshop, damaged)
    with pytest.raises(UnsealError):
        workshop.run()
    (row,) = workshop.rows(OutboxState.OPEN)
    assert row.attempts == 1
    assert workshop.case(damaged) is None


def test_a_damaged_envelope_does_not_keep_others_from_being_matched(workshop: Workshop) -> None:
    damaged = workshop.report(make_submission(draw_screenshot(1, *SMALL)))
    damage_envelope(workshop, damaged)
    with pytest.raises(UnsealError):
        workshop.run()
    for _ in range(2):
        workshop.report(make_submission(draw_screenshot(2, *SMALL)))
    for row in workshop.rows(OutboxState.OPEN):
        if row.report_id != damaged:
            match_report(str(row.id))
    assert [match.match_class for match in workshop.matches()] == [MatchClass.SAME_FILE]


def test_the_queue_names_pictures_that_cannot_be_compared(workshop: Workshop) -> None:
    blank = encode(Image.new("RGB", SMALL, "#ffffff"), "PNG")
    report = workshop.report(make_submission(draw_screenshot(1, *SMALL), blank))
    workshop.run()
    summary = workshop.summary(report)
    assert (summary.picture_count, summary.incomparable_pictures) == (2, (2,))


def test_news_that_came_before_the_case_is_shown(workshop: Workshop) -> None:
    report = workshop.report()
    workshop.write_message(report)
    rows = workshop.rows()
    note_message(str(next(row.id for row in rows if row.job is JobName.NOTE_MESSAGE)))
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert case.has_news
    assert workshop.actions(report) == ["received", "reporter_wrote", "matched"]


@pytest.mark.parametrize("author", Author)
def test_only_what_the_reporter_wrote_is_news(workshop: Workshop, author: Author) -> None:
    report = workshop.report()
    workshop.write_message(report, author=author)
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert case.has_news == (author is Author.REPORTER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CaseStatus.WAITING_FOR_REPORTER, CaseStatus.OPEN),
        (CaseStatus.OPEN, CaseStatus.OPEN),
        (CaseStatus.CLOSED, CaseStatus.CLOSED),
    ],
)
def test_a_message_of_the_reporter_opens_what_waited_for_it(
    workshop: Workshop, before: CaseStatus, after: CaseStatus
) -> None:
    report = workshop.report()
    workshop.run()
    with workshop.owner() as session:
        session.execute(update(Case).values(status=before))
        session.commit()
    workshop.write_message(report)
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert (case.status, case.has_news) == (after, True)


def test_every_report_is_counted_in_and_out(workshop: Workshop) -> None:
    for _ in range(3):
        workshop.report()
    with workshop.owner() as session:
        assert reconcile(session) == Counts(received=3, queued=3, triaged=0, set_aside=0, open=3)
    workshop.run()
    with workshop.runtime_session() as session:
        counts = reconcile(session)
    assert counts == Counts(received=3, queued=3, triaged=3, set_aside=0, open=0)
    assert counts.is_settled

"""What is written of a comparison: entries once, suggestions that no person has refused, and floods as one group."""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from casefile.models import CaseReport, IndexEntry, Match
from casefile.submission import Consents
from casefile.vocabulary import JobName, LinkState, MatchClass
from tests.factories import NOON, draw_screenshot, make_submission, reencode
from tests.worker.conftest import Workshop
from worker.matching import Entry, Features, Finding
from worker.recording import record_entry, record_matches
from worker.runtime import take_turn

PICTURE = draw_screenshot(1)
COPIES = [PICTURE, *(reencode(PICTURE, quality=quality) for quality in (40, 60, 80))]


def reject_all(workshop: Workshop) -> None:
    with workshop.owner() as session:
        session.execute(update(Match).values(state=LinkState.REJECTED))
        session.commit()


def group(workshop: Workshop, report: UUID) -> UUID | None:
    with workshop.owner() as session:
        return session.scalars(select(CaseReport.content_group).where(CaseReport.report_id == report)).one()


def test_a_compared_report_has_one_entry_and_one_that_declined_has_none(workshop: Workshop) -> None:
    report = workshop.report(make_submission(PICTURE))
    workshop.report(make_submission(PICTURE, consents=Consents(may_compare=False, text_version="1")))
    workshop.add_job(JobName.MATCH_REPORT, report)
    workshop.run()
    with workshop.owner() as session:
        assert session.scalars(select(IndexEntry.report_id)).all() == [report]


def test_an_entry_that_is_there_is_not_written_over(workshop: Workshop) -> None:
    report = workshop.report(make_submission(PICTURE))
    workshop.run()
    with take_turn(workshop.runtime, NOON) as turn:
        before = turn.session.scalars(select(IndexEntry.box)).one()
        record_entry(turn, report, Entry(Features((), frozenset()), ()))
        assert turn.session.scalars(select(IndexEntry.box)).one() == before


def test_a_pair_that_a_person_rejected_gets_no_new_suggestion_of_another_class(workshop: Workshop) -> None:
    first, second = (workshop.report(make_submission(picture)) for picture in COPIES[:2])
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.DUPLICATE, LinkState.SUGGESTED)
    reject_all(workshop)
    new = [Finding(second, kind, ()) for kind in (MatchClass.SAME_HANDLE, MatchClass.WEAK, MatchClass.SAME_PICTURE)]
    with take_turn(workshop.runtime, NOON) as turn:
        assert record_matches(turn, first, new) == []
        turn.session.commit()
    with take_turn(workshop.runtime, NOON) as turn:
        assert record_matches(turn, second, [Finding(first, MatchClass.WEAK, ())]) == []
        turn.session.commit()
    (match,) = workshop.matches()
    assert match.state is LinkState.REJECTED


def test_an_exact_finding_about_a_rejected_pair_is_linked_all_the_same(workshop: Workshop) -> None:
    first, second = (workshop.report(make_submission(picture)) for picture in COPIES[:2])
    workshop.run()
    reject_all(workshop)
    with take_turn(workshop.runtime, NOON) as turn:
        record_matches(turn, first, [Finding(second, MatchClass.SAME_ACCOUNT, ())])
        turn.session.commit()
    found = {(match.match_class, match.state) for match in workshop.matches()}
    assert found == {(MatchClass.DUPLICATE, LinkState.REJECTED), (MatchClass.SAME_ACCOUNT, LinkState.LINKED)}


def test_rejecting_one_pair_says_nothing_about_another(workshop: Workshop) -> None:
    for picture in COPIES[:2]:
        workshop.report(make_submission(picture))
    workshop.run()
    reject_all(workshop)
    third = workshop.report(make_submission(COPIES[2]))
    workshop.run(runtime=workshop.new_runtime())
    states = [match.state for match in workshop.matches() if third in {match.low_id, match.high_id}]
    assert states == [LinkState.SUGGESTED] * 2


def test_a_flood_shares_one_content_group_and_strangers_have_none(workshop: Workshop) -> None:
    flood = [workshop.report(make_submission(copy), NOON + timedelta(days=day)) for day, copy in enumerate(COPIES)]
    stranger = workshop.report(make_submission(draw_screenshot(2), addresses=("@akun_lain",)))
    workshop.run()
    groups = {group(workshop, report) for report in flood}
    assert len(groups) == 1
    assert groups != {None}
    assert group(workshop, stranger) is None


def test_an_account_in_common_is_no_content_in_common(workshop: Workshop) -> None:
    reports = [
        workshop.report(make_submission(draw_screenshot(n), addresses=("instagram.com/akun.contoh",))) for n in (1, 2)
    ]
    workshop.run()
    assert {match.match_class for match in workshop.matches()} == {MatchClass.SAME_ACCOUNT, MatchClass.SAME_ADDRESS}
    assert [group(workshop, report) for report in reports] == [None, None]


def test_a_report_joins_the_group_of_the_oldest_and_no_group_changes_later(workshop: Workshop) -> None:
    older = [workshop.report(make_submission(draw_screenshot(n))) for n in (1, 1, 2, 2)]
    workshop.run()
    before = [group(workshop, report) for report in older]
    assert before[0] == before[1] != before[2] == before[3]
    both = workshop.report(make_submission(draw_screenshot(1), draw_screenshot(2)), NOON + timedelta(days=1))
    workshop.run()
    assert [group(workshop, report) for report in older] == before
    assert group(workshop, both) in before


def test_a_content_group_says_nothing_about_the_content(workshop: Workshop) -> None:
    for _ in range(2):
        workshop.report(make_submission(PICTURE))
    workshop.run()
    with workshop.owner() as session:
        groups = session.scalars(select(CaseReport.content_group)).all()
        assert session.scalar(select(func.count(func.distinct(CaseReport.content_group)))) == 1
    assert isinstance(groups[0], uuid.UUID)
    assert groups[0].version == 4

"""Reports that were matched by an earlier version are found by new ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from casefile.models import IndexEntry
from casefile.submission import Consents
from casefile.vocabulary import MatchClass
from tests.factories import NOON, draw_screenshot, make_submission
from tests.worker.conftest import Workshop
from worker import catching_up
from worker.catching_up import enter_earlier_reports


def forget_entries(workshop: Workshop) -> None:
    """Leave the database as the version before had it."""
    with workshop.owner() as session:
        session.execute(delete(IndexEntry))
        session.commit()


def test_earlier_reports_get_entries_once_and_new_reports_find_them(workshop: Workshop) -> None:
    earlier = [workshop.report(make_submission(draw_screenshot(seed)), NOON) for seed in (1, 2, 3)]
    withdrawn = workshop.report(make_submission(draw_screenshot(4)), NOON)
    declined = Consents(may_compare=False, text_version="1")
    workshop.report(make_submission(draw_screenshot(5), consents=declined), NOON)
    workshop.run()
    workshop.withdraw(withdrawn)
    workshop.run()
    forget_entries(workshop)
    runtime = workshop.new_runtime()
    assert enter_earlier_reports(runtime, NOON) == 3
    assert enter_earlier_reports(runtime, NOON) == 0
    with workshop.owner() as session:
        entered = set(session.scalars(select(IndexEntry.report_id)))
    assert entered == set(earlier)
    late = workshop.report(make_submission(draw_screenshot(2)), NOON + timedelta(hours=1))
    workshop.run(runtime=workshop.new_runtime())
    found = [match for match in workshop.matches() if late in {match.low_id, match.high_id}]
    same = [match for match in found if match.match_class is MatchClass.SAME_FILE]
    assert [{match.low_id, match.high_id} for match in same] == [{late, earlier[1]}]


def test_more_reports_than_one_batch_are_entered(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "BATCH", 2)
    for _ in range(5):
        workshop.report(make_submission(), NOON)
    workshop.run()
    forget_entries(workshop)
    assert enter_earlier_reports(workshop.new_runtime(), NOON) == 5


def test_reports_that_wait_for_their_job_are_left_to_it(workshop: Workshop) -> None:
    workshop.report(make_submission(draw_screenshot(1)), NOON)
    assert enter_earlier_reports(workshop.new_runtime(), NOON) == 0

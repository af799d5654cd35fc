"""Whatever dies or goes away, every report reaches the queue, and each once (promise 3)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from casefile.custody import list_entries, verify_chain
from casefile.models import Case, CustodyEntry, Match
from casefile.vocabulary import CustodyAction, OutboxState
from tests.factories import draw_screenshot, make_submission
from tests.faults.conftest import PATIENCE, Plant, horses_of
from tests.waiting import wait_until


def test_reports_reach_the_queue_through_relay_and_worker(plant: Plant) -> None:
    plant.start_relay()
    plant.start_worker()
    reports = [plant.workshop.report() for _ in range(3)]
    plant.wait_until_settled(3)
    codes = {case.code for report in reports if (case := plant.workshop.case(report))}
    assert len(codes) == 3

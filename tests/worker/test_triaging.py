"""A new report is compared, weighed and put into the queue: once, on both databases, as the worker's own role."""

from __future__ import annotations

from datetime import timedelta

from casefile.submission import Answers
from casefile.vocabulary import (
    AgeBand,
    CaseStatus,
    Demand,
    HarmKind,
    ReasonCode,
    Threat,
    Urgency,
)
from tests.factories import NOON, make_submission
from tests.worker.conftest import Workshop

SEXTORTION_OF_A_CHILD = Answers(
    age=AgeBand.FROM_16,
    kinds=frozenset({HarmKind.SEXTORTION}),
    threat=Threat.WITHIN_24_H,
    demands=frozenset({Demand.MONEY}),
)


def test_a_report_becomes_a_case_in_the_queue_with_level_and_reasons(workshop: Workshop) -> None:
    report = workshop.report(make_submission(answers=SEXTORTION_OF_A_CHILD))
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert (case.level, case.score, case.status) == (Urgency.P0, 70, CaseStatus.WAITING)
    assert (case.received_at, case.due_at) == (NOON, NOON + timedelta(minutes=15))
    assert case.code.startswith("K-")
    assert len(case.code) == len("K-000000")
    summary = workshop.summary(report)
    assert summary.answers == SEXTORTION_OF_A_CHILD
    assert (ReasonCode.CHILD_EXTORTED.value, 0) in summary.reasons

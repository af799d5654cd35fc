"""The timeline: every act once, newest first, in kinds and pages that hold still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from casefile.vocabulary import CustodyAction
from triage.history import PastAct
from triage.timeline import ActKind, kind_of, read_page

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def act(number: int, action: str, actor: str = "Rina", at: datetime | str | None = None, **detail: object) -> PastAct:
    written = at if isinstance(at, str) else (at or START + timedelta(minutes=number)).isoformat()
    return PastAct(number, action, actor, actor in {"Sistem", "Pelapor"}, written, detail)


def chain(*actions: str) -> list[PastAct]:
    """Newest first, as the log is read."""
    return [act(number, action) for number, action in enumerate(actions, start=1)][::-1]


def test_acts_stand_newest_first_with_their_day_in_wib() -> None:
    late = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    page = read_page([[act(2, "claimed", at=late), act(1, "received", "Pelapor", "2026-11-23")]])
    assert [row.act.action for row in page.rows] == ["claimed", "received"]
    assert [row.moment.day.isoformat() for row in page.rows] == ["2026-11-24", "2026-11-23"]
    assert [row.moment.at for row in page.rows] == [late, None]


def test_a_day_without_a_time_keeps_its_place_in_the_chain() -> None:
    acts = [act(3, "task_added"), act(2, "reporter_wrote", "Pelapor", "2026-11-22"), act(1, "claimed")]
    assert [row.act.number for row in read_page([acts]).rows] == [3, 2, 1]


def test_looks_of_one_person_one_after_the_other_are_one_line_a_day() -> None:
    page = read_page([chain("claimed", "read", "read", "messages_read", "read")])
    assert [(row.act.action, row.times) for row in page.rows] == [
        ("read", 1),
        ("messages_read", 1),
        ("read", 2),
        ("claimed", 1),
    ]
    two = [act(2, "read", at=START + timedelta(days=1)), act(1, "read")]
    assert [row.times for row in read_page([two]).rows] == [1, 1]
    assert [row.times for row in read_page([[act(2, "read", "Budi"), act(1, "read")]]).rows] == [1, 1]


def test_work_is_never_folded() -> None:
    assert len(read_page([chain("task_added", "task_added")]).rows) == 2


def test_pages_hold_every_act_once_while_the_log_grows() -> None:
    actions = [f"task_{number}" for number in range(10)]
    first = read_page([chain(*actions)], size=4)
    assert first.older is not None
    grown = [chain(*actions, "closed")]
    second = read_page(grown, before=first.older, size=4)
    third = read_page(grown, before=second.older, size=4)
    found = [row.act.action for page in (first, second, third) for row in page.rows]
    assert found == actions[::-1]
    assert third.older is None
    assert read_page([chain(*actions[:4])], size=4).older is None


def test_a_kind_is_asked_for_and_the_kinds_of_the_whole_log_are_offered() -> None:
    page = read_page([chain("received", "task_added", "claimed", "duty_decided")], ActKind.TASKS)
    assert [row.act.action for row in page.rows] == ["task_added"]
    assert page.kinds == (ActKind.CASE, ActKind.CLOCKS, ActKind.TASKS, ActKind.REPORTER)


def test_what_was_done_to_a_case_with_two_reports_is_told_once() -> None:
    both = [[act(2, "claimed"), act(1, "received", "Pelapor", "2026-11-23")] for _ in range(2)]
    assert [row.act.action for row in read_page(both).rows] == ["claimed", "received", "received"]
    assert len(read_page([[act(2, "claimed", at=START), act(1, "claimed", at=START)]]).rows) == 2


def test_an_act_of_a_later_version_is_of_another_kind_and_not_lost() -> None:
    assert kind_of("something_new") is ActKind.OTHER
    assert len(read_page([chain("something_new")]).rows) == 1


@pytest.mark.parametrize("action", [CustodyAction.DUTY_DECIDED, CustodyAction.TAKEDOWN_ASKED])
def test_clocks_are_one_kind(action: CustodyAction) -> None:
    assert kind_of(action) is ActKind.CLOCKS

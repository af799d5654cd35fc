"""Due times, ageing and the order of the queue. 23 November 2026 is a Monday; WIB is UTC+7."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.submission import Answers
from casefile.urgency import (
    TARGETS,
    MatchFacts,
    OfficeHours,
    Reason,
    Target,
    aged_level,
    assess,
    due_at,
    level_of,
    level_of_score,
    queue_key,
    waiting_points,
    waiting_reasons,
)
from casefile.vocabulary import AgeBand, Feeling, ReasonCode, Urgency

P0, P1, P2, P3 = Urgency.P0, Urgency.P1, Urgency.P2, Urgency.P3
START = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
untimed = settings(deadline=None)

waits = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=14))
moments = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=365)).map(START.__add__)
base_levels = st.sampled_from([P1, P2, P3])


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_targets_are_those_of_the_office():
    assert TARGETS[P0] == Target(15 * MINUTE, 15 * MINUTE)
    assert TARGETS[P1] == Target(1 * HOUR, 2 * HOUR)
    assert TARGETS[P2] == Target(6 * HOUR, 6 * HOUR)
    assert TARGETS[P3] == Target(24 * HOUR, 24 * HOUR)


@pytest.mark.parametrize(
    ("level", "received", "due"),
    [
        (P0, "2026-11-23T10:00", "2026-11-23T10:15"),
        (P0, "2026-11-22T03:00", "2026-11-22T03:15"),
        (P1, "2026-11-23T08:00", "2026-11-23T09:00"),
        (P1, "2026-11-23T15:59", "2026-11-23T16:59"),
        (P1, "2026-11-23T16:00", "2026-11-23T18:00"),
        (P1, "2026-11-23T05:00", "2026-11-23T07:00"),
        (P1, "2026-11-23T06:30", "2026-11-23T08:30"),
        (P1, "2026-11-23T07:30", "2026-11-23T09:00"),
        (P1, "2026-11-27T15:00", "2026-11-27T16:00"),
        (P1, "2026-11-28T10:00", "2026-11-28T12:00"),
        (P1, "2026-11-29T07:30", "2026-11-29T09:30"),
        (P2, "2026-11-23T07:30", "2026-11-23T13:30"),
        (P2, "2026-11-28T22:00", "2026-11-29T04:00"),
        (P3, "2026-11-23T10:00", "2026-11-24T10:00"),
    ],
)
def test_due_time_follows_level_and_office_hours_in_jakarta(level, received, due):
    assert due_at(level, wib(received)) == wib(due)


def test_due_time_comes_back_in_utc():
    assert due_at(P2, wib("2026-11-23T10:00")).tzinfo is UTC


def test_office_hours_can_be_changed_without_touching_the_rules():
    sundays = OfficeHours(weekdays=frozenset({6}), opens=time(12), closes=time(13))
    assert due_at(P1, wib("2026-11-22T12:30"), sundays) == wib("2026-11-22T13:30")
    assert due_at(P1, wib("2026-11-23T10:00"), sundays) == wib("2026-11-23T12:00")


@pytest.mark.parametrize("level", Urgency)
def test_due_time_of_a_time_without_zone_is_refused(level):
    with pytest.raises(ValueError, match="time zone"):
        due_at(level, START.replace(tzinfo=None))


@untimed
@given(st.sampled_from(Urgency), moments, waits)
def test_a_report_received_later_at_the_same_level_is_never_due_earlier(level, received, gap):
    assert due_at(level, received) <= due_at(level, received + gap)
    assert timedelta(0) < due_at(level, received) - received <= TARGETS[level].otherwise


@pytest.mark.parametrize(
    ("level", "waited", "points"),
    [
        (P3, timedelta(0), 0),
        (P3, 12 * HOUR, 0),
        (P3, 13 * HOUR - MINUTE, 0),
        (P3, 13 * HOUR, 1),
        (P3, 14 * HOUR - MINUTE, 1),
        (P3, 26 * HOUR, 14),
        (P3, 27 * HOUR, 15),
        (P3, 500 * HOUR, 15),
        (P2, 4 * HOUR - MINUTE, 0),
        (P2, 4 * HOUR, 1),
        (P2, 18 * HOUR, 15),
        (P1, 90 * MINUTE - timedelta(seconds=1), 0),
        (P1, 90 * MINUTE, 1),
        (P0, HOUR + timedelta(minutes=7, seconds=30), 1),
        (P3, -5 * HOUR, 0),
    ],
)
def test_a_point_for_each_full_hour_after_half_the_target_up_to_15(level, waited, points):
    assert waiting_points(level, START, START + waited) == points


@pytest.mark.parametrize(
    ("level", "waited", "floor"),
    [
        (P3, 24 * HOUR - MINUTE, None),
        (P3, 24 * HOUR, P2),
        (P3, 48 * HOUR - MINUTE, P2),
        (P3, 48 * HOUR, P1),
        (P3, 2000 * HOUR, P1),
        (P2, 6 * HOUR - MINUTE, None),
        (P2, 6 * HOUR, P1),
        (P2, 2000 * HOUR, P1),
        (P1, 2000 * HOUR, None),
        (P0, 2000 * HOUR, None),
        (P3, -100 * HOUR, None),
    ],
)
def test_each_target_gone_by_raises_one_level_but_never_to_p0(level, waited, floor):
    reasons = waiting_reasons(level, START, START + waited)
    overdue = [reason for reason in reasons if reason.code is ReasonCode.OVERDUE]
    assert overdue == ([] if floor is None else [Reason(ReasonCode.OVERDUE, floor=floor)])


def test_waiting_and_overdue_are_named_among_the_reasons():
    assessment = assess(Answers(age=AgeBand.FROM_25), MatchFacts(), 30 * HOUR)
    assert assessment.reasons == (
        Reason(ReasonCode.WAITING, points=15),
        Reason(ReasonCode.OVERDUE, floor=P2),
    )
    assert (assessment.level, assessment.score, assessment.floor) == (P2, 15, P2)


@pytest.mark.parametrize(
    ("level", "score", "floor", "waited", "aged"),
    [
        (P3, 24, None, 12 * HOUR, (P3, 24)),
        (P3, 24, None, 13 * HOUR, (P2, 25)),
        (P3, 15, None, 21 * HOUR, (P3, 24)),
        (P3, 15, None, 22 * HOUR, (P2, 25)),
        (P3, 0, None, 23 * HOUR, (P3, 11)),
        (P3, 0, None, 24 * HOUR, (P2, 12)),
        (P3, 0, None, 48 * HOUR, (P1, 15)),
        (P2, 48, None, 4 * HOUR, (P2, 49)),
        (P2, 48, None, 5 * HOUR, (P1, 50)),
        (P2, 25, None, 6 * HOUR, (P1, 28)),
        (P1, 30, P1, 100 * HOUR, (P1, 45)),
        (P0, 0, P0, 100 * HOUR, (P0, 15)),
    ],
)
def test_ageing_raises_the_level_at_its_hour(level, score, floor, waited, aged):
    assert aged_level(level, score, floor, START, START + waited) == aged


def test_a_level_set_by_a_person_stays_until_it_is_overdue():
    assert aged_level(P3, 0, None, START, START + 23 * HOUR)[0] is P3
    assert aged_level(P3, 0, None, START, START + 24 * HOUR)[0] is P2


@untimed
@given(st.integers(0, 200), st.none() | st.sampled_from(Urgency), waits, waits)
def test_ageing_never_lowers_and_only_goes_up_with_time(score, floor, one, other):
    base = level_of(score, floor)
    sooner, later = (aged_level(base, score, floor, START, START + waited) for waited in sorted((one, other)))
    assert later[0] <= sooner[0] <= base
    assert later[1] >= sooner[1] >= score
    assert (later[0] is P0) is (base is P0)


@untimed
@given(st.sampled_from(AgeBand), st.sampled_from(Feeling), waits)
def test_ageing_an_assessment_is_the_same_as_assessing_with_the_wait(age, feeling, waited):
    answers = Answers(age=age, feeling=feeling)
    fresh, aged = assess(answers, MatchFacts()), assess(answers, MatchFacts(), waited)
    assert aged_level(fresh.level, fresh.score, fresh.floor, START, START + waited) == (
        aged.level,
        aged.score,
    )
    assert aged.reasons == fresh.reasons + waiting_reasons(fresh.level, START, START + waited)


def key_at(now: datetime, level: Urgency, score: int, received_at: datetime):
    floor = level if level < level_of_score(score) else None
    aged, _ = aged_level(level, score, floor, received_at, now)
    return queue_key(aged, due_at(level, received_at), received_at)


scores = {P1: st.integers(0, 150), P2: st.integers(25, 49), P3: st.integers(0, 24)}
reports = base_levels.flatmap(lambda level: st.tuples(st.just(level), scores[level]))


def test_the_queue_goes_by_level_then_due_time_then_age():
    early, late = START, START + HOUR
    assert (
        queue_key(P0, late, late)
        < queue_key(P1, early, late)
        < queue_key(P1, late, early)
        < queue_key(P1, late, late)
        < queue_key(P3, early, early)
    )


@untimed
@given(reports, moments, waits.filter(bool), waits)
def test_of_two_equal_reports_the_older_one_always_comes_first(report, received, gap, waited):
    newcomer = received + gap
    now = newcomer + waited
    assert key_at(now, *report, received) < key_at(now, *report, newcomer)


TURNS_UNTIL_P1 = {P1: 0, P2: 1, P3: 2}


@untimed
@given(reports, reports, moments, waits, waits)
def test_no_report_starves_behind_newcomers(waiting, newcomer, received, gap, waited):
    level, _ = waiting
    came_in = due_at(level, received) + gap
    settled = received + TURNS_UNTIL_P1[level] * TARGETS[level].otherwise
    now = max(came_in, settled) + waited
    assert key_at(now, *waiting, received) < key_at(now, *newcomer, came_in)


@untimed
@given(reports, moments, waits)
def test_however_long_it_waits_no_report_comes_before_an_emergency(waiting, received, waited):
    now = received + waited
    assert key_at(now, P0, 0, now) < key_at(now, *waiting, received)

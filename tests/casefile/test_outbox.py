"""The outbox: a lease, beginnings that are counted, rests that grow, and a place for what fails too often."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from casefile.models import OutboxRow
from casefile.outbox import (
    LEASE,
    MAX_ATTEMPTS,
    RETRY_AFTER,
    add_job,
    fail_job,
    find_open_job,
    lease_jobs,
    release_lease,
    reopen_job,
    settle_job,
    start_job,
    take_turns,
)
from casefile.vocabulary import JobName, Lane, OutboxState
from tests.factories import NOON


def new_row(session: Session) -> OutboxRow:
    row = find_open_job(session, add_job(session, JobName.MATCH_REPORT, uuid.uuid4(), NOON))
    assert row is not None
    return row


def test_a_job_is_leased_to_one_at_a_time(session: Session) -> None:
    row = new_row(session)
    assert lease_jobs(session, NOON) == [row]
    assert lease_jobs(session, NOON + LEASE) == []
    assert lease_jobs(session, NOON + LEASE + timedelta(seconds=1)) == [row]


def test_the_oldest_come_first_and_no_more_than_asked_for(session: Session) -> None:
    for minute in (3, 1, 2):
        add_job(session, JobName.MATCH_REPORT, uuid.uuid4(), NOON + timedelta(minutes=minute))
    leased = lease_jobs(session, NOON, limit=2)
    assert [row.created_at for row in leased] == [NOON + timedelta(minutes=minute) for minute in (1, 2)]


def test_a_lease_that_is_given_back_is_due_at_once(session: Session) -> None:
    (row,) = [new_row(session)]
    lease_jobs(session, NOON)
    release_lease(row)
    assert lease_jobs(session, NOON) == [row]


def test_leases_without_end_set_nothing_aside(session: Session) -> None:
    row = new_row(session)
    for turn in range(3 * MAX_ATTEMPTS):
        assert lease_jobs(session, NOON + turn * 2 * LEASE) == [row]
    assert row.attempts == 0


def test_a_failed_job_rests_longer_each_time_and_is_then_set_aside(session: Session) -> None:
    row, now = new_row(session), NOON
    assert list(RETRY_AFTER) == sorted(RETRY_AFTER)
    for rest in RETRY_AFTER:
        start_job(row, now)
        fail_job(row, "OperationalError", now)
        assert (row.state, row.leased_until, row.fault) == (OutboxState.OPEN, now + rest, "OperationalError")
        assert lease_jobs(session, now) == []
        now += rest + timedelta(seconds=1)
        assert lease_jobs(session, now) == [row]
    start_job(row, now)
    fail_job(row, "OperationalError", now)
    assert (row.state, row.attempts, row.settled_at) == (OutboxState.SET_ASIDE, MAX_ATTEMPTS, now)


def test_a_job_that_takes_its_worker_down_each_time_is_set_aside(session: Session) -> None:
    row, now = new_row(session), NOON
    for _ in range(MAX_ATTEMPTS):
        assert lease_jobs(session, now) == [row]
        start_job(row, now)
        now += LEASE + timedelta(seconds=1)
    assert lease_jobs(session, now) == []
    assert row.state is OutboxState.SET_ASIDE


def test_what_cannot_get_better_is_set_aside_at_once_and_can_be_handed_out_again(session: Session) -> None:
    row = new_row(session)
    start_job(row, NOON)
    fail_job(row, "UnsealError", NOON, is_final=True)
    assert find_open_job(session, row.id) is None
    reopen_job(row)
    assert lease_jobs(session, NOON) == [row]
    assert row.attempts == 0


def test_a_settled_job_is_not_found_and_keeps_no_fault(session: Session) -> None:
    row = new_row(session)
    start_job(row, NOON)
    fail_job(row, "OperationalError", NOON)
    settle_job(row, NOON)
    assert (row.state, row.fault) == (OutboxState.DONE, None)
    assert find_open_job(session, row.id) is None
    assert find_open_job(session, uuid.uuid4()) is None


def wait_in(session: Session, lane: Lane, minute: int) -> uuid.UUID:
    return add_job(session, JobName.MATCH_REPORT, uuid.uuid4(), NOON + timedelta(minutes=minute), lane)


def test_the_usual_lane_passes_the_slow_one_which_keeps_every_fourth_place(session: Session) -> None:
    slow = [wait_in(session, Lane.SLOW, minute) for minute in range(9)]
    usual = [wait_in(session, Lane.USUAL, 10 + minute) for minute in range(5)]
    leased = [row.id for row in lease_jobs(session, NOON, limit=8)]
    assert leased == [*usual[:3], slow[0], *usual[3:], slow[1], slow[2]]
    later = [row.id for row in lease_jobs(session, NOON, limit=8)]
    assert later == slow[3:]


def test_each_round_of_a_full_usual_lane_lets_one_of_the_slow_lane_through(session: Session) -> None:
    slow = [wait_in(session, Lane.SLOW, minute) for minute in range(3)]
    for minute in range(40):
        wait_in(session, Lane.USUAL, minute)
    leased = [row.id for _ in range(3) for row in lease_jobs(session, NOON, limit=4)]
    assert [job for job in leased if job in slow] == slow


@pytest.mark.parametrize(
    ("usual", "slow", "limit", "taken"),
    [
        ("abcdef", "xy", 8, "abcxdefy"),
        ("ab", "xyz", 4, "abxy"),
        ("", "xyz", 2, "xy"),
        ("abcd", "", 4, "abcd"),
        ("abcd", "x", 3, "abc"),
        ("", "", 4, ""),
    ],
)
def test_a_place_that_one_lane_does_not_need_goes_to_the_other(usual: str, slow: str, limit: int, taken: str) -> None:
    assert "".join(take_turns(usual, slow, limit)) == taken

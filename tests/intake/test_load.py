"""How busy the portal is: a window that moves, memory that forked processes share, and no address in it."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from intake.load import NETWORK_LIMIT, NETWORK_WINDOW, PASSES, WINDOW, Load, Meter, Meters
from tests.factories import NOON

SOMEBODY, NEIGHBOUR = "198.51.100.7", "198.51.100.8"
SHARED_ADDRESSES = ("127.0.0.1", "::1", "10.0.0.2", "fd00::5", "")


def test_a_meter_forgets_what_is_older_than_its_window() -> None:
    meter = Meter()
    for minute in range(3):
        meter.count(NOON + timedelta(minutes=minute))
    totals = [meter.total(NOON + timedelta(minutes=minutes)) for minutes in (2, 5, 6, 7)]
    assert totals == [3, 2, 1, 0]
    meter.count(NOON + WINDOW)
    assert meter.total(NOON + WINDOW) == 3, "the memory of an old count is used again"


def test_what_a_forked_process_counts_is_counted_for_all() -> None:
    meter = Meter()
    child = os.fork()
    if not child:
        meter.count(NOON)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert meter.total(NOON) == 1


def test_the_load_is_high_from_the_limit_on_until_the_window_has_passed() -> None:
    load = Load(3, Meters())
    for _ in range(3):
        assert not load.is_high("", NOON)
        load.count("", NOON)
    assert load.is_high("", NOON)
    assert not load.is_high("", NOON + WINDOW)


def test_a_limit_of_zero_is_always_reached() -> None:
    assert Load(0, Meters()).is_high("", NOON)


def test_one_network_that_sends_much_is_under_load_alone() -> None:
    load = Load(1000, Meters())
    for _ in range(NETWORK_LIMIT):
        assert not load.is_high(SOMEBODY, NOON)
        load.count(SOMEBODY, NOON)
    assert load.is_high(SOMEBODY, NOON)
    assert not load.is_high(NEIGHBOUR, NOON)
    assert not load.is_high(SOMEBODY, NOON + NETWORK_WINDOW)
    assert SOMEBODY not in repr(vars(load.networks))


@pytest.mark.parametrize("address", SHARED_ADDRESSES)
def test_behind_an_onion_or_a_proxy_nobody_is_measured_by_address(address: str) -> None:
    load = Load(1000, Meters())
    for _ in range(NETWORK_LIMIT * 5):
        load.count(address, NOON)
    assert not load.is_high(address, NOON)


def test_passes_run_out_and_come_back() -> None:
    load = Load(0, Meters())
    assert [load.take_pass(NOON) for _ in range(PASSES + 1)] == [True] * PASSES + [False]
    assert load.take_pass(NOON + WINDOW)

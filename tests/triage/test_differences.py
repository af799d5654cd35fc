"""What speaks against a pair in the answers: only what both tell, and tell differently."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, District, HarmKind, Platform, WhenHappened
from tests.factories import NOON
from triage.differences import Difference, find_differences

TOLD = Answers(
    kinds=frozenset({HarmKind.SEXTORTION}),
    age=AgeBand.FROM_16,
    happened=WhenHappened.TODAY,
    platforms=frozenset({Platform.INSTAGRAM}),
    district=District.TEBET,
)
answers = st.builds(
    Answers,
    kinds=st.frozensets(st.sampled_from(HarmKind), max_size=3),
    age=st.sampled_from(AgeBand),
    happened=st.none() | st.sampled_from(WhenHappened),
    platforms=st.frozensets(st.sampled_from(Platform), max_size=3),
    district=st.sampled_from(District),
)
times = st.integers(0, 400).map(lambda days: NOON - timedelta(days=days))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"kinds": frozenset({HarmKind.STALKING})}, (Difference.KINDS,)),
        ({"kinds": frozenset({HarmKind.STALKING, HarmKind.SEXTORTION})}, ()),
        ({"kinds": frozenset({HarmKind.UNSURE})}, ()),
        ({"kinds": frozenset()}, ()),
        ({"age": AgeBand.FROM_25}, (Difference.AGE,)),
        ({"age": AgeBand.SKIPPED}, ()),
        ({"platforms": frozenset({Platform.X})}, (Difference.PLATFORM,)),
        ({"district": District.CILANDAK}, (Difference.DISTRICT,)),
        ({"district": District.SKIPPED}, ()),
        ({"happened": WhenHappened.LONGER}, (Difference.TIME,)),
        ({"happened": WhenHappened.UNSURE}, ()),
        ({"happened": None}, ()),
    ],
)
def test_a_fact_differs_where_both_tell_it_differently(
    change: dict[str, object], found: tuple[Difference, ...]
) -> None:
    values = {name: getattr(TOLD, name) for name in ("kinds", "age", "happened", "platforms", "district")}
    assert find_differences((TOLD, NOON), (Answers(**{**values, **change}), NOON)) == found


@pytest.mark.parametrize(("days", "differs"), [(1, False), (8, False), (12, True), (300, True)])
def test_the_time_of_an_event_counts_from_when_it_was_told(days: int, differs: bool) -> None:
    this_week = Answers(happened=WhenHappened.THIS_WEEK)
    later = find_differences((this_week, NOON - timedelta(days=days)), (this_week, NOON))
    assert (later == (Difference.TIME,)) is differs


@settings(max_examples=60, deadline=None)
@given(answers, times, answers, times)
def test_it_reads_the_same_from_both_sides_and_nothing_differs_from_itself(one, at, other, other_at) -> None:
    assert find_differences((one, at), (other, other_at)) == find_differences((other, other_at), (one, at))
    assert find_differences((one, at), (one, at)) == ()
    assert find_differences((one, at), (Answers(), other_at)) == ()

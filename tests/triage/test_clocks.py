"""The clocks beside the level: pure rules, each with its law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, Channel, HarmKind, ReporterRole, TakedownState, YesNo, YesNoUnknown
from tests.contracts.catalogues import ROOT
from triage.clock_words import countdown, last_day
from triage.clocks import (
    Arrival,
    Clock,
    DutySituation,
    Running,
    complaint_ends_at,
    duty_ends_at,
    duty_situation,
    duty_starts_at,
    read_clock,
    read_takedown,
    suggests_urgent,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""When the 23rd begins in Jakarta."""
SPREAD = frozenset({HarmKind.NCII_SPREAD})


def test_a_clock_has_not_passed_at_its_very_end_and_has_a_moment_later() -> None:
    assert read_clock(NOON, NOON).state is Running.RUNS
    late = read_clock(NOON, NOON + timedelta(microseconds=1))
    assert late.state is Running.PASSED
    assert late.left < timedelta(0)
    assert read_clock(NOON, NOON + timedelta(days=9), is_stopped=True).state is Running.STOPPED


def test_the_duty_ends_three_times_24_hours_after_receipt() -> None:
    assert duty_ends_at(NOON) == datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "day", "in_queue_since", "starts_at"),
    [
        (Channel.WEB, 23, NOON, NOON),
        (Channel.WEB, 23, DAY, DAY),
        (Channel.HOTLINE, 23, NOON, NOON),
        (Channel.HOTLINE, 21, DAY - timedelta(days=2), DAY - timedelta(days=1)),
        (Channel.POST, 21, NOON, DAY - timedelta(days=1)),
        (Channel.REGISTER, 21, NOON, None),
    ],
)
def test_the_duty_counts_from_the_hour_that_is_known_or_the_end_of_the_day_of_receipt(
    channel: Channel, day: int, in_queue_since: datetime, starts_at: datetime | None
) -> None:
    assert duty_starts_at(in_queue_since, Arrival(channel, date(2026, 11, day))) == starts_at


@pytest.mark.parametrize(
    ("answers", "situation"),
    [
        (None, DutySituation.EXPLAIN_FIRST),
        (Answers(), DutySituation.EXPLAIN_FIRST),
        (Answers(kinds=SPREAD, age=AgeBand.FROM_25), DutySituation.EXPLAIN_FIRST),
        (Answers(kinds=SPREAD, age=AgeBand.FROM_16), DutySituation.MUST_REPORT),
        (Answers(kinds=SPREAD, disability=YesNo.YES), DutySituation.MUST_REPORT),
        (Answers(kinds=SPREAD, role=ReporterRole.WITNESS), DutySituation.VERIFY_FIRST),
        (Answers(kinds=frozenset({HarmKind.HACKING})), DutySituation.OUTSIDE),
        (Answers(kinds=frozenset({HarmKind.HACKING}), age=AgeBand.UNDER_13), DutySituation.OUTSIDE),
        (Answers(kinds=frozenset({HarmKind.HACKING, HarmKind.UNSURE})), DutySituation.EXPLAIN_FIRST),
    ],
)
def test_what_is_not_known_counts_as_inside_the_law(answers: Answers | None, situation: DutySituation) -> None:
    assert duty_situation(answers) is situation


@pytest.mark.parametrize(
    ("known", "last"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 10, 31), date(2027, 4, 30)),
    ],
)
def test_a_complaint_may_be_made_until_the_end_of_the_day_six_months_later_in_wib(known: date, last: date) -> None:
    ends_at = complaint_ends_at(known)
    assert ends_at.astimezone(UTC).hour == 17
    assert last_day(read_clock(ends_at, NOON)) == last


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        (None, False),
        (Answers(kinds=SPREAD), False),
        (Answers(age=AgeBand.FROM_16), False),
        (Answers(age=AgeBand.FROM_16, kinds=SPREAD), True),
        (Answers(kinds=frozenset({HarmKind.CHILD_MATERIAL})), True),
        (Answers(child_visible=YesNoUnknown.YES), True),
    ],
)
def test_four_hours_are_suggested_where_answers_point_to_child_material(answers: Answers | None, urgent: bool) -> None:
    assert suggests_urgent(answers) is urgent


@pytest.mark.parametrize(("urgent", "hours"), [(True, 4), (False, 24)])
def test_an_address_has_4_or_24_hours_and_its_clock_stops_with_the_answer(urgent: bool, hours: int) -> None:
    waiting = read_takedown(TakedownState.WAITING, NOON, NOON + timedelta(hours=hours), is_urgent=urgent)
    assert (waiting.ends_at - NOON, waiting.state) == (timedelta(hours=hours), Running.RUNS)
    late = NOON + timedelta(hours=hours, seconds=1)
    assert read_takedown(TakedownState.WAITING, NOON, late, is_urgent=urgent).state is Running.PASSED
    for state in (TakedownState.REMOVED, TakedownState.REFUSED):
        assert read_takedown(state, NOON, late, is_urgent=urgent).state is Running.STOPPED


@pytest.mark.parametrize(
    ("left", "indonesian", "english"),
    [
        (timedelta(hours=41), "tinggal 41 jam", "41 hours left"),
        (timedelta(hours=-3), "lewat 3 jam", "3 hours past"),
        (timedelta(minutes=20), "tinggal 20 menit", "20 minutes left"),
        (timedelta(minutes=89), "tinggal 89 menit", "89 minutes left"),
        (timedelta(minutes=-125), "lewat 2 jam", "2 hours past"),
        (timedelta(hours=71, minutes=59), "tinggal 72 jam", "72 hours left"),
        (timedelta(0), "tinggal 1 menit", "1 minute left"),
        (timedelta(days=20), "tinggal 20 hari", "20 days left"),
        (timedelta(days=150), "tinggal 5 bulan", "5 months left"),
    ],
)
def test_a_countdown_is_said_in_one_unit(left: timedelta, indonesian: str, english: str) -> None:
    app = Flask("words")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    Babel(app, default_locale="id")
    clock = Clock(NOON + left, left, Running.PASSED if left < timedelta(0) else Running.RUNS)
    with app.test_request_context():
        assert countdown(clock) == indonesian
        with force_locale("en"):
            assert countdown(clock) == english

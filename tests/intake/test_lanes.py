"""The lane of a report, from the pages that a browser gets: every report is taken, and no page says which lane."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.models import OutboxRow, SpentProof
from casefile.vocabulary import Lane
from intake.lanes import QUICKEST, Admission, Sending, admit
from intake.load import PASSES, Load, Meters
from intake.portal import current_portal
from intake.proofs import new_challenge
from tests.conftest import Database
from tests.factories import NOON
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import count
from tests.intake.test_proofs import KEYS, solve, soon
from tests.intake.test_sending import at_check, change_session

ORDINARY = Sending("", NOON - timedelta(minutes=3), is_trapped=False, is_in_danger=False, proof="")
CHALLENGE = re.compile(r'data-challenge="([^"]+)"')


@pytest.fixture
def busy(make_app: Callable[..., Flask]) -> Browser:
    """A visitor of a portal that is always under load."""
    return Browser(make_app(SULUH_LOAD_LIMIT="0"))


def take_time(database: Database, visitor: Browser) -> None:
    """As if the form had been begun a little earlier."""

    def age(values: dict[str, object]) -> None:
        form = values["isian"]
        assert isinstance(form, dict)
        form["sampai"] = (datetime.fromisoformat(form["sampai"]) - 2 * QUICKEST).isoformat()

    change_session(database, visitor, age)


def lanes(database: Database) -> list[Lane]:
    with Session(database.engine()) as session:
        return list(session.scalars(select(OutboxRow.lane).order_by(OutboxRow.created_at)))


def send_slowly(database: Database, visitor: Browser, **fields: str) -> str:
    """Send a report as somebody who reads. Returns the code."""
    page = at_check(visitor)
    take_time(database, visitor)
    return code_of(visitor.send(page, {"setuju_proses": "ya", **fields}))


def challenge_on(page: Page) -> str:
    found = CHALLENGE.search(page.response.text)
    assert found
    return html.unescape(found[1])


def test_without_load_there_is_no_challenge_and_the_lane_is_the_usual_one(visitor: Browser, database: Database) -> None:
    page = at_check(visitor)
    assert "hitung" not in page.response.text
    take_time(database, visitor)
    code_of(visitor.finish(page))
    assert lanes(database) == [Lane.USUAL]


def test_under_load_a_proof_buys_the_usual_lane_and_is_spent(busy: Browser, database: Database) -> None:
    page = at_check(busy)
    assert "/s/hitung." in page.response.text
    take_time(database, busy)
    code_of(busy.send(page, {"setuju_proses": "ya", "hitung": solve(challenge_on(page))}))
    assert lanes(database) == [Lane.USUAL]
    assert count(database, SpentProof) == 1


def test_under_load_a_report_without_proof_waits_longer_and_is_taken(busy: Browser, database: Database) -> None:
    assert len(send_slowly(database, busy).split()) == 6
    assert lanes(database) == [Lane.SLOW]


def test_a_proof_buys_nothing_twice(busy: Browser, database: Database) -> None:
    page = at_check(busy)
    answer = solve(challenge_on(page))
    take_time(database, busy)
    code_of(busy.send(page, {"setuju_proses": "ya", "hitung": answer}))
    other = Browser(busy.app)
    send_slowly(database, other, hitung=answer)
    assert lanes(database) == [Lane.USUAL, Lane.SLOW]


def test_a_challenge_ends_with_the_form(busy: Browser, database: Database) -> None:
    page = at_check(busy)
    ends = re.search(r'"expiresAt":(\d+)', challenge_on(page))
    assert ends
    assert abs(int(ends[1]) - soon().timestamp()) < 60
    with busy.app.app_context():
        keys = current_portal().proof_keys
    late = solve(new_challenge(keys, soon() - timedelta(hours=1)))
    send_slowly(database, busy, hitung=late)
    assert lanes(database) == [Lane.SLOW]


@pytest.mark.parametrize("answer", ["bukan jawaban", "e30="])
def test_rubbish_in_place_of_a_proof_costs_the_lane_and_nothing_else(
    busy: Browser, database: Database, answer: str
) -> None:
    send_slowly(database, busy, hitung=answer)
    assert lanes(database) == [Lane.SLOW]


def test_a_machine_that_fills_in_everything_waits_longer(visitor: Browser, database: Database) -> None:
    assert at_check(visitor).values["website"] == [""]
    send_slowly(database, visitor, website="https://example.com")
    assert lanes(database) == [Lane.SLOW]


def test_a_form_filled_in_faster_than_anybody_reads_waits_longer(visitor: Browser, database: Database) -> None:
    code_of(visitor.finish(at_check(visitor)))
    assert lanes(database) == [Lane.SLOW]


def test_from_the_limit_on_reports_of_everybody_need_a_proof(
    make_app: Callable[..., Flask], database: Database
) -> None:
    app = make_app(SULUH_LOAD_LIMIT="2")
    for _ in range(3):
        send_slowly(database, Browser(app))
    assert lanes(database) == [Lane.USUAL, Lane.USUAL, Lane.SLOW]


def test_the_page_of_the_code_is_the_same_in_both_lanes(visitor: Browser, busy: Browser, database: Database) -> None:
    pages = []
    for browser in (visitor, busy):
        code = send_slowly(database, browser)
        page = browser.open("/a/6").response.text.replace(code, "")
        pages.append(re.sub(r'name="csrf_token" value="[^"]+"', "", page))
    assert pages[0] == pages[1]
    assert lanes(database) == [Lane.USUAL, Lane.SLOW]


def test_people_in_danger_pass_until_the_passes_are_used_up() -> None:
    load, danger = Load(0, Meters()), replace(ORDINARY, is_in_danger=True)
    admissions = [admit(danger, load, KEYS, NOON) for _ in range(PASSES + 1)]
    assert admissions == [Admission(Lane.USUAL)] * PASSES + [Admission(Lane.SLOW)]


def test_whoever_needs_no_pass_uses_none() -> None:
    load, danger = Load(1000, Meters()), replace(ORDINARY, is_in_danger=True)
    for _ in range(3):
        assert admit(danger, load, KEYS, NOON) == Admission(Lane.USUAL)
    assert load.meters.passes.total(NOON) == 0


def test_a_proof_does_not_excuse_what_only_a_machine_fills_in() -> None:
    trapped = replace(ORDINARY, is_trapped=True, proof=solve(new_challenge(KEYS, soon())))
    assert admit(trapped, Load(0, Meters()), KEYS, NOON).lane is Lane.SLOW


@pytest.mark.parametrize(("seconds", "lane"), [(4.9, Lane.SLOW), (5, Lane.USUAL)])
def test_five_seconds_are_enough(seconds: float, lane: Lane) -> None:
    hasty = replace(ORDINARY, begun_at=NOON - timedelta(seconds=seconds))
    assert admit(hasty, Load(1000, Meters()), KEYS, NOON).lane is lane

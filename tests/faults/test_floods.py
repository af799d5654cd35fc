"""A flood over real HTTP: every report of it is taken, becomes one row of the queue, and lets others pass."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.models import CaseReport, OutboxRow
from casefile.reconcile import Counts, reconcile
from casefile.vocabulary import Lane
from intake.lanes import QUICKEST
from intake.proofs import PROOF_FIELD
from operations.demo.pages import Page
from operations.demo.reporter import RECEIPT, File, Visitor
from tests.factories import draw_screenshot, reencode
from tests.intake.test_proofs import solve
from tests.operations.processes import Running, environment
from tests.waiting import wait_until

FLOOD = 4
PATIENCE = 60.0
CHALLENGE = re.compile(r'data-challenge="([^"]+)"')


@pytest.fixture
def flooded(tmp_path: Path) -> Iterator[Running]:
    """An installation with two web processes, under load from as many reports as the flood has."""
    running = Running(environment(tmp_path / "data", SULUH_WEB_WORKERS="2", SULUH_LOAD_LIMIT=str(FLOOD)))
    running.wait_until_ready()
    yield running
    assert running.stop() == []


@pytest.fixture
def database(flooded: Running) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{flooded.data_dir / 'suluh.db'}")
    yield engine
    engine.dispose()


def go_on(visitor: Visitor, page: Page, files: Sequence[File] = (), **answers: str) -> Page:
    """Send the page's form."""
    found = page.form_with_button("Lanjut", "Kirim laporan")
    assert found
    form, button = found
    given = {name: [value] for name, value in answers.items()}
    return visitor.press(form, button, {**form.filled(given), **given}, files)


def fill_in(visitor: Visitor, picture: bytes, **events: str) -> Page:
    """From the first page to the last, with one picture that goes the server's way."""
    page = go_on(visitor, visitor.open("/a"), usia="25_44")
    page = go_on(visitor, page, **events)
    page = go_on(visitor, page, [("bukti", ("a.jpg", picture, "image/jpeg"))])
    return go_on(visitor, page)


def finish(visitor: Visitor, page: Page, **fields: str) -> str:
    """Send the report. Returns its code."""
    found = RECEIPT.search(go_on(visitor, page, setuju_proses="ya", **fields).text)
    assert found
    return found.group()


def find_challenge(portal: str, cookies: httpx.Cookies) -> str:
    """The challenge on the last page, over a connection of its own: whichever process answers."""
    answer = httpx.get(f"{portal}/a/5", cookies=cookies, trust_env=False)
    found = CHALLENGE.search(answer.text)
    assert found, "this process does not know of the load"
    return html.unescape(found[1])


def reports_by_arrival(engine: Engine) -> list[tuple[UUID, Lane]]:
    with Session(engine) as session:
        rows = session.execute(select(OutboxRow.report_id, OutboxRow.lane).order_by(OutboxRow.created_at))
        return [(row.report_id, row.lane) for row in rows]


def reports_by_settling(engine: Engine) -> list[UUID]:
    with Session(engine) as session:
        return list(session.scalars(select(OutboxRow.report_id).order_by(OutboxRow.settled_at)))


def counts(engine: Engine) -> Counts:
    with Session(engine) as session:
        return reconcile(session)


def test_a_flood_is_taken_collapses_and_lets_others_pass(flooded: Running, database: Engine) -> None:
    relay = flooded.children()["relay"]
    relay.suspend()
    other = Visitor(flooded.portal)
    page, begun = fill_in(other, reencode(draw_screenshot(50)), jenis="DOXING"), time.monotonic()
    codes = set()
    for quality in range(60, 60 + FLOOD):
        witness = Visitor(flooded.portal)
        last = fill_in(witness, reencode(draw_screenshot(1), quality), jenis="NCII_SEBAR")
        codes.add(finish(witness, last, website="diisi mesin"))
        witness.close()
    assert len(codes) == FLOOD
    challenges = [find_challenge(flooded.portal, other._client.cookies) for _ in range(FLOOD)]
    wait_until(lambda: time.monotonic() - begun > QUICKEST.total_seconds(), PATIENCE)
    finish(other, page, **{PROOF_FIELD: solve(challenges[0])})
    other.close()
    arrived = reports_by_arrival(database)
    assert [lane for _, lane in arrived] == [Lane.SLOW] * FLOOD + [Lane.USUAL]
    assert counts(database) == Counts(FLOOD + 1, FLOOD + 1, 0, 0, FLOOD + 1)
    relay.resume()
    wait_until(lambda: counts(database).is_settled, PATIENCE)
    assert reports_by_settling(database)[0] == arrived[-1][0]
    with Session(database) as session:
        together = (
            select(func.count()).select_from(CaseReport).group_by(CaseReport.content_group).order_by(func.count())
        )
        assert session.scalars(together).all() == [1, FLOOD], "cases of one content share a row of the queue"

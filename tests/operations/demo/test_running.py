"""``suluh demo`` against the running portal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.models import Case
from casefile.reconcile import reconcile
from casefile.vocabulary import Urgency
from operations.cli import suluh as group
from operations.demo.reporter import RECEIPT
from operations.demo.running import is_local
from operations.environment import Office
from operations.errors import PortalError
from tests.operations.processes import PATIENCE, Running, free_ports, suluh
from tests.waiting import wait_until

REPORTS = 6


def test_reports_of_a_demo_reach_the_queue_at_every_level(installation: Running, office: Office) -> None:
    engine = open_engine(office.owner_url)
    with Session(engine) as session:
        before = reconcile(session).received
    told = suluh(installation.env, "demo", "--reports", str(REPORTS), "--show-receipts")
    assert told.returncode == 0, told.stderr
    assert len(RECEIPT.findall(told.stdout)) == REPORTS
    assert f"{REPORTS} reports with" in told.stdout
    assert told.stderr == ""

    def everything_arrived() -> bool:
        with Session(engine) as session:
            counts = reconcile(session)
        return counts.is_settled and counts.received == before + REPORTS

    wait_until(everything_arrived, PATIENCE)
    with Session(engine) as session:
        assert set(session.scalars(select(Case.level))) == set(Urgency)
    engine.dispose()
    assert RECEIPT.search(installation.output) is None


def test_without_being_asked_a_demo_prints_no_receipt(installation: Running) -> None:
    told = suluh(installation.env, "demo", "--reports", "1", "--seed", "9")
    assert told.returncode == 0, told.stderr
    assert RECEIPT.search(told.stdout + told.stderr) is None


@pytest.mark.parametrize("portal", ["https://lapor.example.org", "http://192.0.2.7:8000", "http://0.0.0.0:8000"])
def test_a_portal_on_another_machine_is_refused(portal: str) -> None:
    told = CliRunner().invoke(group, ["demo", "--reports", "1", "--portal", portal])
    assert isinstance(told.exception, PortalError)
    assert "--i-know" in str(told.exception)


@pytest.mark.parametrize("portal", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
def test_a_portal_on_this_machine_is_accepted(portal: str) -> None:
    assert is_local(portal)


def test_a_portal_that_does_not_run_is_one_sentence(installation: Running) -> None:
    told = suluh(installation.env, "demo", "--reports", "1", "--portal", f"http://127.0.0.1:{free_ports(1)[0]}")
    assert told.returncode == 1
    assert told.stderr.splitlines() == ["The portal does not answer (ConnectError): is `suluh up` running?"]

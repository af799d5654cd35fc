"""From the home page to the code: the shortest way, the whole form, a witness, a child."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.models import Draft, Report
from tests.conftest import Database
from tests.factories import Office, draw_screenshot
from tests.intake.browser import Browser, code_of
from tests.intake.opening import opened_submission


def test_the_shortest_way_keeps_a_report_with_everything_skipped(
    visitor: Browser, database: Database, office: Office
) -> None:
    code = visitor.report()
    assert len(code.split()) == 6
    submission = opened_submission(database, office)
    assert submission.to_json()["jenis"] == ["PELECEHAN"]

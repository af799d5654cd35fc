"""Pages that only read: PostgreSQL refuses them every change, and keeps what it planned for them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import InternalError

from casefile.database import begin_write
from casefile.models import StaffMember
from tests.triage.conftest import DeskRoom
from triage.extensions import db

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
RENAMED = update(StaffMember).values(display_name="Lain")


def test_a_page_that_did_not_begin_to_write_cannot_change_anything(desk: DeskRoom) -> None:
    desk.add("rina")
    with desk.app.app_context():
        with pytest.raises(InternalError, match="read-only"):
            db.session.execute(RENAMED)
        db.session.rollback()
        begin_write(db.session())
        db.session.execute(RENAMED)
        db.session.rollback()
        assert db.session.scalar(select(StaffMember.display_name)) == "Rina"
        db.session.rollback()
        begin_write(db.session())
        db.session.execute(RENAMED)
        db.session.commit()
        assert db.session.scalar(select(StaffMember.display_name)) == "Lain"


def test_what_pages_ask_is_planned_once(desk: DeskRoom) -> None:
    desk.renew_app()
    rina = desk.seat("rina")
    for _ in range(8):
        assert rina.get("/antrean/semua").status_code == 200
    with desk.app.app_context(), db.engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
    assert kept >= 8

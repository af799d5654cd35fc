"""``suluh custody verify``, on both databases."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from casefile.custody import verify_all
from tests.conftest import Database
from tests.factories import keep_report, make_office

DROP_GUARDS = {
    "sqlite": (
        "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'custody_entry'"
    ),
    "postgresql": (
        "SELECT 'DROP TRIGGER ' || tgname || ' ON custody_entry' FROM pg_trigger"
        " WHERE tgrelid = 'custody_entry'::regclass AND NOT tgisinternal"
    ),
}


def test_whole_chains_are_counted_and_a_changed_entry_is_named(database: Database, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    with Session(database.engine()) as session:
        first, second = keep_report(session, office), keep_report(session, office)
        whole = verify_all(session)
    assert (whole.chains, whole.entries, whole.broken) == (2, 2, {})
    with Session(database.engine()) as session:
        connection = session.connection()
        for (drop,) in connection.exec_driver_sql(DROP_GUARDS[database.kind]).all():
            connection.exec_driver_sql(drop)
        changed = "UPDATE custody_entry SET body = '{}' WHERE report_id = "
        value = f"'{first.report_id.hex}'" if database.kind == "sqlite" else f"'{first.report_id}'"
        connection.exec_driver_sql(changed + value)
        session.commit()
        assert verify_all(session).broken == {first.report_id: 1}
    assert second.report_id != first.report_id

"""Values that staff keep: versions only added, the newest counts, each change on record and reversible."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.custody import OFFICE_CHAIN, list_entries, verify_chain
from casefile.database import begin_write
from casefile.kept import Item, body_digest, find_body, find_newest, in_use
from casefile.keyring import load_public_keys, load_root_key
from casefile.settings import TriageSettings
from casefile.vocabulary import KeptAct, KeptKind, StaffRole
from tests.conftest import Database
from tests.factories import make_office
from tests.triage.conftest import CHEAP, FIRST
from triage.administration.keeping import add_version, keep, list_past, next_version, remove, restore
from triage.casework import Doing
from triage.errors import ChangedError, NotFoundError
from triage.reader import Reader
from triage.staff import create_staff

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
KIND = KeptKind.MESSAGE_TEMPLATE
GREETING = Item(KIND, "greeting", {"id": "Halo", "en": "Hello"})
NIGHT = Item(KIND, "night")


@pytest.fixture
def desk(database: Database) -> Iterator[Session]:
    """The desk's own role."""
    with Session(database.engine("triage")) as session:
        yield session


@pytest.fixture
def sari(desk: Session, tmp_path: Path) -> Doing:
    settings = TriageSettings.from_env(make_office(tmp_path).environment)
    begin_write(desk)
    account = {"username": "sari", "display_name": "Sari", "role": StaffRole.SUPERVISOR, "password": FIRST}
    staff_id = create_staff(desk, **account, epochs={}, now=NOW, cost=CHEAP).id
    desk.commit()
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    return Doing(Reader(staff_id, {}), office, NOW)


def test_what_staff_keep_stands_before_what_was_shipped_and_comes_back(desk: Session, sari: Doing) -> None:
    shipped = {"greeting": GREETING.shipped}
    assert in_use(desk, KIND, shipped) == shipped
    desk.rollback()
    assert keep(desk, GREETING, GREETING.shipped, sari.on(0)) is None, "what counts already is no change"
    keep(desk, GREETING, {"id": "Hai", "en": "Hello"}, sari.on(0))
    keep(desk, NIGHT, {"id": "Malam"}, sari.on(0))
    remove(desk, GREETING, sari.on(1))
    desk.commit()
    newer = {"greeting": {"id": "Salam", "en": "Hi"}, "morning": {"id": "Pagi"}}
    assert in_use(desk, KIND, newer) == {"night": {"id": "Malam"}, "morning": {"id": "Pagi"}}
    assert find_body(desk, GREETING) is None
    desk.rollback()
    restore(desk, GREETING, 1, sari.on(2))
    restore(desk, GREETING, 0, sari.on(3))
    desk.commit()
    assert find_body(desk, GREETING) == GREETING.shipped
    past = list_past(desk, GREETING)
    assert [(one.version.number, one.version.act) for one in past] == [
        (4, KeptAct.RESTORED),
        (3, KeptAct.RESTORED),
        (2, KeptAct.REMOVED),
        (1, KeptAct.ADDED),
    ]
    assert past[-1].differences == (("id", "Halo", "Hai"),)
    assert past[0].differences == (("id", "Hai", "Halo"),)


def test_the_custody_log_names_each_change_and_its_digest_alone(desk: Session, sari: Doing) -> None:
    keep(desk, NIGHT, {"id": "Malam"}, sari.on(0))
    desk.commit()
    entries = list_entries(desk, OFFICE_CHAIN)
    verify_chain(OFFICE_CHAIN, entries)
    assert "Malam" not in entries[-1].body
    assert json.loads(entries[-1].body) == {
        "action": "kept_changed",
        "actor": f"staff:{sari.staff_id}",
        "at": NOW.isoformat(),
        "detail": {
            "kind": "message_template",
            "key": "night",
            "number": 1,
            "act": "added",
            "digest": body_digest({"id": "Malam"}),
        },
    }


def test_of_two_who_write_one_number_at_once_the_second_is_told(desk: Session, sari: Doing) -> None:
    begin_write(desk)
    first, second = (next_version(NIGHT, None, {"id": words}, sari) for words in ("Malam", "Petang"))
    add_version(desk, KIND, first)
    desk.commit()
    begin_write(desk)
    with pytest.raises(ChangedError):
        add_version(desk, KIND, second)
    desk.rollback()
    assert find_body(desk, NIGHT) == {"id": "Malam"}


def test_nobody_overwrites_what_was_not_on_the_screen(desk: Session, database: Database, sari: Doing) -> None:
    keep(desk, NIGHT, {"id": "Malam"}, sari.on(0))
    desk.commit()
    for attempt in (
        lambda: keep(desk, NIGHT, {"id": "Siang"}, sari.on(0)),
        lambda: remove(desk, NIGHT, sari.on(0)),
        lambda: restore(desk, NIGHT, 1, sari.on(0)),
    ):
        with pytest.raises(ChangedError):
            attempt()
        desk.rollback()
    for number in (0, 7):
        with pytest.raises(NotFoundError):
            restore(desk, NIGHT, number, sari.on(1))
        desk.rollback()
    with pytest.raises(NotFoundError):
        remove(desk, Item(KIND, "none"), sari)
    desk.rollback()
    assert find_newest(desk, NIGHT).number == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_versions_are_never_changed_by_the_desk_and_only_read_by_the_worker(
    desk: Session, database: Database, sari: Doing
) -> None:
    keep(desk, NIGHT, {"id": "Malam"}, sari.on(0))
    desk.commit()
    for process, statement in (
        ("triage", "UPDATE kept_version SET body = ''"),
        ("triage", "DELETE FROM kept_version"),
        ("worker", "INSERT INTO kept_version SELECT * FROM kept_version"),
        ("intake", "SELECT body FROM kept_version"),
    ):
        with database.engine(process).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(statement))
    with Session(database.engine("worker")) as worker:
        assert find_body(worker, NIGHT) == {"id": "Malam"}

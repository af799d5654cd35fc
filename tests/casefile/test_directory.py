"""The directory that comes with Suluh: what upgrades do to it, what they leave alone, and where numbers are written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.directory import (
    EntryValues,
    SuppliedEntry,
    dial,
    freshness,
    list_shown,
    read_file,
    supplied_entries,
    supply,
)
from casefile.hotlines import HOTLINE_ENTRIES, HOTLINES
from casefile.models import DirectoryChange, DirectoryEntry
from casefile.vocabulary import Audience, DirectoryAct, Freshness, HelpKind
from tests.conftest import Database
from tests.contracts.catalogues import ROOT, read_english

NOW = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
PHONES = re.compile(r"(?<![\w.:/#-])(?:\+?62|0)\d[\d -]{6,}\d|\b1(?:1[0-9]|2[0-9]|48)\b")


def entry(session: Session, name: str) -> DirectoryEntry:
    return session.scalars(select(DirectoryEntry).where(DirectoryEntry.name_in_file == name)).one()


def changed(name: str, **values: object) -> SuppliedEntry:
    found = next(one for one in supplied_entries() if one.name_in_file == name)
    return replace(found, values=replace(found.values, **values))


def test_a_migrated_database_holds_what_the_file_says_unchecked(database: Database) -> None:
    with Session(database.engine("intake")) as session:
        shown = [EntryValues.of(row) for row in list_shown(session)]
    assert shown == [one.values for one in supplied_entries()]
    assert {one.verified_on for one in shown} == {None}


def test_supplying_twice_changes_nothing(session: Session) -> None:
    session.rollback()
    assert supply(session, NOW) == 0


def test_an_upgrade_renews_what_nobody_touched_and_keeps_what_was_before(session: Session) -> None:
    session.rollback()
    assert supply(session, NOW, [changed("lpsk", phone="149")]) == 1
    row = entry(session, "lpsk")
    assert (row.phone, row.version) == ("149", 2)
    change = session.get_one(DirectoryChange, (row.id, 2))
    assert (change.act, change.staff_id, change.before["phone"], change.after["phone"]) == (
        DirectoryAct.SUPPLIED,
        None,
        "148",
        "149",
    )


def test_an_upgrade_leaves_alone_what_a_person_touched(session: Session) -> None:
    entry(session, "lpsk").is_ours = True
    session.commit()
    assert supply(session, NOW, [changed("lpsk", phone="149")]) == 0
    assert entry(session, "lpsk").phone == "148"


def test_an_upgrade_adds_what_is_new(session: Session) -> None:
    session.rollback()
    assert supply(session, NOW, [SuppliedEntry("baru", EntryValues("Tempat baru", audiences=(Audience.MEN,)))]) == 1
    assert entry(session, "baru").audiences == ["men"]


def test_the_list_is_narrowed_and_hides_what_is_retired(session: Session) -> None:
    entry(session, "lpsk").is_retired = True
    session.flush()
    assert "LPSK" not in {row.name for row in list_shown(session)}
    men = list_shown(session, audience=Audience.MEN)
    assert men
    assert all("men" in row.audiences for row in men)
    assert "UPT PPPA DKI Jakarta" not in {row.name for row in men}
    assert {row.name for row in list_shown(session, help_kind=HelpKind.TAKEDOWN)} >= {"StopNCII", "Take It Down"}


def test_values_survive_being_kept() -> None:
    values = EntryValues("A", audiences=(Audience.MEN,), helps=(HelpKind.LEGAL,), verified_on=TODAY, is_retired=True)
    assert EntryValues.from_json(values.to_json()) == values
    assert EntryValues.from_json({"name": "A", "unknown": 1}) == EntryValues("A")


@pytest.mark.parametrize(
    ("days", "expected"), [(0, Freshness.FRESH), (183, Freshness.FRESH), (184, Freshness.STALE), (900, Freshness.STALE)]
)
def test_an_entry_is_stale_after_half_a_year(days: int, expected: Freshness) -> None:
    assert freshness(TODAY - timedelta(days=days), TODAY) is expected
    assert freshness(None, TODAY) is Freshness.UNCHECKED


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("119 ext 8", "119"), ("021-3190-1556", "02131901556"), ("+62 812 34", "+6281234"), ("", ""), ("jam kerja", "")],
)
def test_a_telephone_link_dials_digits_without_the_extension(number: str, dialled: str) -> None:
    assert dial(number) == dialled


def test_everybody_finds_somebody_for_everything_that_the_list_can_be_narrowed_to() -> None:
    entries = [one.values for one in supplied_entries()]
    assert [one for one in Audience if not any(one in values.audiences for values in entries)] == []
    assert [one for one in HelpKind if not any(one in values.helps for values in entries)] == []


def test_every_number_on_pages_and_in_texts_is_one_of_the_hotlines() -> None:
    """Numbers also stand in sentences; this holds them to the one file (docs/operating.md)."""
    known = {HOTLINES.emergency, HOTLINES.police, HOTLINES.sapa, HOTLINES.crisis, HOTLINES.unit}
    numbers = {dial(number) for line in known for number in (line.phone, line.whatsapp)}
    assert len(HOTLINE_ENTRIES) == 5 <= len(read_file())
    templates = [path.read_text("utf-8") for path in Path(ROOT, "templates", "intake").rglob("*.html")]
    texts = [message.id for message in read_english() if message.id and isinstance(message.id, str)]
    said = {dial(found[0]) for text in (*templates, *texts) for found in PHONES.finditer(text)}
    assert {"110", "112", "129", dial(HOTLINES.unit.whatsapp)} <= said
    assert said - numbers == set()

"""The first start, on both databases: all of it or nothing, and never over an office that somebody uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair
from casefile.errors import KeyFileError
from casefile.keyring import (
    EntryKeys,
    IntakeSecrets,
    KdfCost,
    RecoverySheet,
    load_public_keys,
    load_root_key,
    open_epoch,
    open_staff_seed,
)
from casefile.models import Epoch, EpochGrant, StaffMember
from casefile.vocabulary import StaffRole
from operations.environment import Office
from operations.first_start import Credentials, is_needed, mark_path, share_entry_keys, start_office, write_mark
from tests.conftest import Database
from tests.factories import keep_report, make_office

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CHEAP = KdfCost(memory_kib=1024, passes=1, lanes=1)


class PowerCutError(Exception):
    """The first start ends here."""


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return Office.from_env({"SULUH_DATA_DIR": str(folder), "SULUH_DATABASE_URL": database.owner_url})


@pytest.fixture
def owner(database: Database) -> Callable[[], Session]:
    return lambda: Session(database.engine())


def begin(office: Office, session: Session, show: Callable[[Credentials], None] | None = None) -> list[Credentials]:
    shown: list[Credentials] = []
    start_office(office, session, NOW, show=show or shown.append, cost=CHEAP)
    return shown


def test_a_new_office_has_one_account_of_each_role_and_only_readers_hold_the_epoch(
    office: Office, owner: Callable[[], Session]
) -> None:
    with owner() as session:
        [credentials] = begin(office, session)
    with owner() as session:
        staff = {member.username: member for member in session.scalars(select(StaffMember))}
        grants = {grant.staff_id: grant for grant in session.scalars(select(EpochGrant))}
        epoch = session.get_one(Epoch, 1)
    assert {member.role for member in staff.values()} == set(StaffRole)
    assert set(grants) == {member.id for member in staff.values() if member.role is not StaffRole.ADMINISTRATOR}
    counsellor = staff["konselor"]
    seed = open_staff_seed(counsellor.seed_box, credentials.passwords["konselor"], counsellor.id, CHEAP)
    opened = open_epoch(KeyPair.from_seed(seed), grants[counsellor.id].wrapped, 1)
    assert opened.public.raw == epoch.public_key


def test_the_desk_gets_its_share_of_the_portals_secrets_also_in_an_office_from_before(
    office: Office, owner: Callable[[], Session]
) -> None:
    with owner() as session:
        begin(office, session)
    share = EntryKeys.of(IntakeSecrets.load(office.intake.secrets))
    assert EntryKeys.load(office.triage.entry_keys) == share
    assert "form_key" not in office.triage.entry_keys.read_text()
    office.triage.entry_keys.unlink()
    share_entry_keys(office)
    assert EntryKeys.load(office.triage.entry_keys) == share


def test_the_sheet_on_paper_is_the_root_and_the_recovery_key(office: Office, owner: Callable[[], Session]) -> None:
    with owner() as session:
        [credentials] = begin(office, session)
    typed = RecoverySheet.from_text(credentials.sheet.to_text())
    root = load_root_key(office.intake.root_key)
    assert root == typed.root_key().public_key().public_bytes_raw()
    assert load_public_keys(office.intake.public_keys, root).recovery.raw == typed.pair().public.raw


def test_credentials_show_nothing_when_printed_by_accident(office: Office, owner: Callable[[], Session]) -> None:
    with owner() as session:
        [credentials] = begin(office, session)
    assert repr(credentials) == "Credentials()"


def test_after_a_first_start_none_is_needed(office: Office, owner: Callable[[], Session]) -> None:
    with owner() as session:
        assert is_needed(office, session)
        session.rollback()
        begin(office, session)
        assert not is_needed(office, session)


def test_a_start_cut_short_while_showing_is_made_again_with_other_keys(
    office: Office, owner: Callable[[], Session]
) -> None:
    def cut(_: Credentials) -> None:
        raise PowerCutError

    with owner() as session, pytest.raises(PowerCutError):
        begin(office, session, cut)
    assert not mark_path(office).exists()
    unfinished = office.intake.public_keys.read_bytes()
    with owner() as session:
        assert is_needed(office, session)
        session.rollback()
        [credentials] = begin(office, session)
    with owner() as session:
        assert len(session.scalars(select(StaffMember)).all()) == 4
        assert set(credentials.passwords) == set(session.scalars(select(StaffMember.username)))
        assert len(session.scalars(select(Epoch)).all()) == 1
    set_aside = list(office.intake.public_keys.parent.glob("office.json.unfinished-*"))
    assert [path.read_bytes() for path in set_aside] == [unfinished]


def test_a_start_cut_short_before_the_rows_leaves_no_row(office: Office, owner: Callable[[], Session]) -> None:
    office.worker.secrets.parent.mkdir(mode=0o755)
    with owner() as session, pytest.raises(KeyFileError, match="open to other users"):
        begin(office, session)
    with owner() as session:
        assert session.scalars(select(StaffMember)).all() == []
        assert is_needed(office, session)


def test_an_office_with_reports_is_never_made_again(
    office: Office, owner: Callable[[], Session], tmp_path: Path
) -> None:
    with owner() as session:
        keep_report(session, make_office(tmp_path / "other"))
    with owner() as session:
        assert not is_needed(office, session)


def test_an_office_that_somebody_signed_in_to_is_never_made_again(office: Office, owner: Callable[[], Session]) -> None:
    with owner() as session:
        begin(office, session)
        session.scalars(select(StaffMember)).first().totp_box = b"enrolled"
        session.commit()
    mark_path(office).unlink()
    with owner() as session:
        assert not is_needed(office, session)


def test_the_mark_says_what_it_is_for(office: Office) -> None:
    write_mark(office)
    assert "Keep this file" in mark_path(office).read_text()

"""Accounts: who gets which key, and what is put on record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair
from casefile.custody import OFFICE_CHAIN, list_entries, verify_chain
from casefile.database import begin_write
from casefile.keyring import KdfCost, open_epoch, open_staff_seed
from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import CustodyAction, StaffRole
from tests.conftest import Database
from tests.factories import Office, make_office, start_epoch
from triage.administration.accounts import deactivate
from triage.casework import Doing
from triage.errors import LastOfRoleError, UsernameTakenError
from triage.reader import Reader
from triage.staff import Account, add_staff, create_staff, reset_second_factor

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CHEAP = KdfCost(memory_kib=256, passes=1, lanes=1)
TYPED = "payung-teduh-di-sore-hari"


@pytest.fixture
def office(tmp_path: Path, session: Session) -> Office:
    made = make_office(tmp_path)
    start_epoch(session, made)
    session.commit()
    return made


def add(session: Session, office: Office, username: str, role: StaffRole) -> StaffMember:
    return create_staff(
        session,
        username=username,
        display_name=username.title(),
        role=role,
        password=TYPED,
        epochs={1: office.epoch.seed},
        now=NOW,
        cost=CHEAP,
    )


def test_the_password_of_a_reader_leads_to_the_epoch_key(session: Session, office: Office) -> None:
    staff = add(session, office, "rina", StaffRole.COUNSELLOR)
    session.commit()
    seed = open_staff_seed(staff.seed_box, TYPED, staff.id, CHEAP)
    grant = session.get_one(EpochGrant, (1, staff.id))
    assert open_epoch(KeyPair.from_seed(seed), grant.wrapped, 1).seed == office.epoch.seed


def test_an_administrator_is_granted_no_epoch(session: Session, office: Office) -> None:
    add(session, office, "tata", StaffRole.ADMINISTRATOR)
    assert session.scalars(select(EpochGrant)).all() == []


def test_a_user_name_exists_once_whatever_its_case(session: Session, office: Office) -> None:
    add(session, office, "rina", StaffRole.COUNSELLOR)
    with pytest.raises(UsernameTakenError):
        add(session, office, " RINA ", StaffRole.SUPERVISOR)


def test_what_an_administrator_does_to_accounts_is_on_the_office_chain(session: Session, office: Office) -> None:
    admin = add(session, office, "tata", StaffRole.ADMINISTRATOR)
    made = add_staff(session, Account("budi", "Budi", StaffRole.COUNSELLOR, TYPED), admin.id, NOW, CHEAP)
    reset_second_factor(session, made.id, admin.id, NOW)
    deactivate(session, made.id, Doing(Reader(admin.id, {}), office.public, NOW))
    session.commit()
    entries = list_entries(session, OFFICE_CHAIN)
    assert verify_chain(OFFICE_CHAIN, entries) == 4
    bodies = [json.loads(entry.body) for entry in entries]
    assert [body["action"] for body in bodies] == [
        CustodyAction.STAFF_ADDED,
        CustodyAction.STAFF_ADDED,
        CustodyAction.SECOND_FACTOR_RESET,
        CustodyAction.STAFF_DEACTIVATED,
    ]
    assert [body["actor"] for body in bodies] == ["system"] + [f"staff:{admin.id}"] * 3
    assert {body["detail"]["staff"] for body in bodies[1:]} == {str(made.id)}


def test_the_only_administrator_cannot_be_put_out_of_service(session: Session, office: Office) -> None:
    admin = add(session, office, "tata", StaffRole.ADMINISTRATOR)
    with pytest.raises(LastOfRoleError):
        deactivate(session, admin.id, Doing(Reader(admin.id, {}), office.public, NOW))
    assert admin.is_active


def test_the_desks_own_database_role_suffices(database: Database, office: Office) -> None:
    with Session(database.engine("triage")) as desk:
        begin_write(desk)
        add(desk, office, "rina", StaffRole.COUNSELLOR)
        desk.commit()
        assert desk.scalars(select(StaffMember.username)).all() == ["rina"]

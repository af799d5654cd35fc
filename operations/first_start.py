"""The first start: keys, key files and the first accounts, once and completely or not at all.

Order is what makes it safe. Files come first, then all rows in one transaction, then the text is printed, and only
then the mark is written, before any process runs. A start that finds no mark finds a first start that was cut short:
nobody can have reported or signed in, so what is there is set aside and made again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair
from casefile.database import begin_write
from casefile.keyring import (
    STAFF_COST,
    EntryKeys,
    IntakeSecrets,
    KdfCost,
    OfficePublicKeys,
    RecoverySheet,
    WorkerSecrets,
    office_signing_key,
    write_public_keys,
    write_root_key,
)
from casefile.models import Epoch, EpochGrant, Report, StaffMember, StaffSession
from casefile.vocabulary import StaffRole
from operations.environment import Office
from triage.passwords import new_temporary_password
from triage.staff import create_staff

MARK_NAME = "first-start-done"
FIRST_EPOCH = 1

FIRST_ACCOUNTS = {
    StaffRole.SUPERVISOR: ("penyelia", "Penyelia"),
    StaffRole.COUNSELLOR: ("konselor", "Konselor"),
    StaffRole.EVIDENCE_OFFICER: ("petugas", "Petugas bukti"),
    StaffRole.ADMINISTRATOR: ("admin", "Administrator"),
}
"""User name and display name of the first account of each role."""


@dataclass(frozen=True)
class Credentials:
    """What exists nowhere else once it was printed: the recovery sheet, and a password for each user name."""

    sheet: RecoverySheet = field(repr=False)
    passwords: dict[str, str] = field(repr=False)


def mark_path(office: Office) -> Path:
    """The file that says that the first start came to its end."""
    return office.intake.public_keys.parent / MARK_NAME


def is_needed(office: Office, session: Session) -> bool:
    """Whether there is no office yet: no mark, and neither a report nor a person who ever signed in."""
    if mark_path(office).exists():
        return False
    reports = select(Report.id).limit(1)
    enrolled = select(StaffMember.id).where(StaffMember.totp_box.is_not(None)).limit(1)
    return session.scalar(reports) is None and session.scalar(enrolled) is None


def start_office(
    office: Office,
    session: Session,
    now: datetime,
    *,
    show: Callable[[Credentials], None],
    cost: KdfCost = STAFF_COST,
) -> None:
    """Make a new office and ``show`` its credentials, once. Commits.

    Raises ``KeyFileError`` when a file cannot be written.
    """
    set_aside(office, now)
    sheet, epoch = RecoverySheet.generate(), KeyPair.generate()
    _write_files(office, sheet, epoch, now)
    begin_write(session)
    for table in (StaffSession, EpochGrant, Epoch, StaffMember):
        session.execute(delete(table))
    session.add(Epoch(number=FIRST_EPOCH, public_key=epoch.public.raw, started_on=now.date()))
    session.flush()
    passwords = {}
    for role, (username, display_name) in FIRST_ACCOUNTS.items():
        passwords[username] = new_temporary_password()
        create_staff(
            session,
            username=username,
            display_name=display_name,
            role=role,
            password=passwords[username],
            epochs={FIRST_EPOCH: epoch.seed},
            now=now,
            cost=cost,
        )
    session.commit()
    show(Credentials(sheet, passwords))
    write_mark(office)


def write_mark(office: Office) -> None:
    """Say that the office is complete."""
    path = mark_path(office)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="ascii") as file:
        file.write("The first start is complete. Keep this file with the keys.\n")
        file.flush()
        os.fsync(file.fileno())


def set_aside(office: Office, now: datetime) -> None:
    """Rename what an unfinished first start left; nothing is deleted, in case somebody put it there."""
    secret = (office.intake.secrets, office.worker.secrets, office.triage.entry_keys)
    for path in (office.intake.public_keys, office.intake.root_key, *secret):
        if path is not None and path.exists():
            path.rename(path.with_name(f"{path.name}.unfinished-{now:%Y%m%dT%H%M%S}"))


def share_entry_keys(office: Office) -> None:
    """Give the desk its share of the portal's secrets, unless it has one or takes no reports.

    Also for an office from before the desk took reports. Raises ``KeyFileError``.
    """
    path = office.triage.entry_keys
    if path is not None and not path.exists():
        EntryKeys.of(IntakeSecrets.load(office.intake.secrets)).save(path)


def _write_files(office: Office, sheet: RecoverySheet, epoch: KeyPair, now: datetime) -> None:
    IntakeSecrets.create(office.intake.secrets)
    share_entry_keys(office)
    worker = WorkerSecrets.create(office.worker.secrets)
    root = sheet.root_key()
    keys = OfficePublicKeys(
        epoch=FIRST_EPOCH,
        office=epoch.public,
        recovery=sheet.pair().public,
        worker=worker.pair.public,
        signing=office_signing_key(epoch.seed).public_key().public_bytes_raw(),
        issued_on=now.date(),
    )
    write_root_key(office.intake.root_key, root.public_key())
    write_public_keys(office.intake.public_keys, keys, root)

"""An office with a desk, and ``suluh import-register`` as its operator runs it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import MetaData, func, select

from casefile.database import begin_write
from casefile.keyring import KdfCost
from casefile.vocabulary import HarmKind, StaffRole
from casefile.wording import label
from operations.cli import suluh
from tests.conftest import Database
from tests.factories import NOON, make_office, start_epoch
from tests.worker.conftest import Workshop
from triage.staff import create_staff

FIRST = "abcd-efgh-ijkl"
CHEAP = KdfCost(memory_kib=256, passes=1, lanes=1)
ROW = {
    "nomor_register": "2024/001",
    "tanggal_lapor": "2024-03-31",
    "keadaan": "terbuka",
    "dasar": "Pelapor setuju, tertulis",
    "boleh_dibandingkan": "ya",
    "usia": "25–44",
    "jenis": f"SEKSTORSI; {label(HarmKind.THREAT_TO_SPREAD)}",
    "cerita": "Ceritaregister: diancam lewat pesan.",
    "platform": "instagram",
    "tautan": "@pengancam_register | 0812-3456-7800",
}


@dataclass
class Registry:
    """What imports are run in."""

    workshop: Workshop
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The desk's."""
        url = {"SULUH_TRIAGE_DATABASE_URL": self.workshop.database.urls["triage"]}
        return {**self.workshop.office.environment, **url}

    def run(self, *words: str | Path) -> Result:
        """``suluh import-register`` with these words."""
        return CliRunner().invoke(suluh, ["import-register", *map(str, words)], env=self.environment)

    def write(self, rows: Iterable[Mapping[str, str]], name: str = "register.csv", **form: str) -> Path:
        """A CSV file; the headings are those of the first row."""
        rows = list(rows)
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), delimiter=form.get("delimiter", ","))
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / name
        path.write_bytes(text.getvalue().encode(form.get("encoding", "utf-8")))
        return path

    def rows_in_all(self) -> dict[str, int]:
        """How many rows every table has."""
        engine = self.workshop.database.engine()
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in tables.tables.items()
            }


def with_changes(**changed: str) -> dict[str, str]:
    """A good row with other cells."""
    return {**ROW, **changed}


@pytest.fixture
def registry(database: Database, tmp_path: Path) -> Registry:
    workshop = Workshop(database, make_office(tmp_path / "office"))
    with workshop.owner() as session:
        begin_write(session)
        start_epoch(session, workshop.office)
        for username, role in (("nia", StaffRole.SUPERVISOR), ("admin", StaffRole.ADMINISTRATOR)):
            create_staff(
                session,
                username=username,
                display_name=username.title(),
                role=role,
                password=FIRST,
                epochs={1: workshop.office.epoch.seed},
                now=NOON,
                cost=CHEAP,
            )
        session.commit()
    return Registry(workshop, tmp_path)

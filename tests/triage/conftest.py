"""A desk on each database with the desk's own role, reports that came in by the real way, and people at browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casefile.custody import OFFICE_CHAIN, list_entries, verify_chain
from casefile.database import begin_write
from casefile.keyring import KdfCost
from casefile.models import Case, CaseReport, StaffMember
from casefile.settings import TriageSettings
from casefile.submission import Submission
from casefile.vocabulary import StaffRole
from tests.conftest import Database
from tests.factories import make_office, start_epoch
from tests.worker.conftest import Workshop
from triage.extensions import db
from triage.factory import create_app, open_desk
from triage.staff import create_staff

CHEAP = KdfCost(memory_kib=256, passes=1, lanes=1)
FIRST = "abcd-efgh-ijkl"
CHOSEN = "payung-teduh-di-sore-hari"


@dataclass
class Clock:
    """The desk's clock, moved by hand."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Move on."""
        self.now += timedelta(**span)


@dataclass
class Person:
    """Somebody at a browser: follows links, fills forms with the page's own hidden word."""

    client: FlaskClient
    clock: Clock
    username: str
    secret: str = ""

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, page: str | None = None, **form: object) -> TestResponse:
        """Send a form as found on ``page`` (the path itself where it can be opened)."""
        word = hidden(self.client.get(page or "/masuk").text, "csrf")
        return self.client.post(path, data={"csrf": word, **form})

    def code(self) -> str:
        """The authenticator's next unused code."""
        self.clock.advance(seconds=30)
        return pyotp.TOTP(self.secret).at(self.clock.now)

    def give_password(self, password: str = CHOSEN) -> TestResponse:
        """The first step."""
        return self.post("/masuk", username=self.username, password=password)

    def sign_in(self, password: str = CHOSEN) -> TestResponse:
        """Both steps."""
        self.give_password(password)
        return self.post("/masuk/kode", "/masuk/kode", code=self.code())

    def set_up(self) -> TestResponse:
        """The first sign-in."""
        self.give_password(FIRST)
        page = self.client.get("/masuk/pertama").text
        self.secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
        form = {"password": CHOSEN, "password_again": CHOSEN, "code": self.code()}
        return self.client.post("/masuk/pertama", data={"csrf": hidden(page, "csrf"), **form})


@dataclass
class DeskRoom:
    """One office, its desk, and the worker that feeds it."""

    workshop: Workshop
    app: Flask
    clock: Clock

    def renew_app(self) -> None:
        """An application of this test alone, which it may add views to."""
        environment = {
            **self.workshop.office.environment,
            "SULUH_TRIAGE_DATABASE_URL": self.workshop.database.urls["triage"],
        }
        self.app = create_app(TriageSettings.from_env(environment), staff_cost=CHEAP, clock=self.clock)

    def add(self, username: str, role: StaffRole = StaffRole.COUNSELLOR, *, with_key: bool = True) -> Person:
        """An account that has never signed in, with a browser of its own."""
        epochs = {1: self.workshop.office.epoch.seed} if with_key else {}
        with Session(self.workshop.database.engine()) as session:
            begin_write(session)
            create_staff(
                session,
                username=username,
                display_name=username.title(),
                role=role,
                password=FIRST,
                epochs=epochs,
                now=self.clock.now,
                cost=CHEAP,
            )
            session.commit()
        return self.browser(username)

    def browser(self, username: str) -> Person:
        """Another browser of the same person."""
        return Person(self.app.test_client(), self.clock, username)

    def seat(self, username: str, role: StaffRole = StaffRole.COUNSELLOR, *, with_key: bool = True) -> Person:
        """A person who is signed in."""
        person = self.add(username, role, with_key=with_key)
        assert person.set_up().status_code == 303
        return person

    def report(self, submission: Submission | None = None, *, age: timedelta = timedelta(minutes=5)) -> UUID:
        """A report that the worker has put into the queue."""
        report_id = self.workshop.report(submission, self.clock.now - age)
        self.workshop.run()
        return report_id

    def code(self, report_id: UUID) -> str:
        """The code of the report's case."""
        return self.case(report_id).code

    def case(self, report_id: UUID) -> Case:
        """The report's case as it is now."""
        with self.owner() as session:
            return session.scalars(select(Case).join(CaseReport).where(CaseReport.report_id == report_id)).one()

    def owner(self) -> Session:
        """A session of the database's owner."""
        return self.workshop.owner()

    def acts(self, chain: UUID = OFFICE_CHAIN) -> list[str]:
        """The verified acts on a chain, oldest first."""
        with self.owner() as session:
            entries = list_entries(session, chain)
            verify_chain(chain, entries)
            return [re.search(r'"action":"(\w+)"', entry.body)[1] for entry in entries]

    def staff_id(self, username: str) -> UUID:
        """The id of an account."""
        with self.owner() as session:
            return session.scalars(select(StaffMember.id).where(StaffMember.username == username)).one()


@pytest.fixture
def desk(database: Database, tmp_path: Path, desk_apps: dict[str, Flask]) -> Iterator[DeskRoom]:
    workshop = Workshop(database, make_office(tmp_path / "office"))
    with workshop.owner() as session:
        start_epoch(session, workshop.office)
        session.commit()
    clock = Clock()
    environment = {**workshop.office.environment, "SULUH_TRIAGE_DATABASE_URL": database.urls["triage"]}
    settings = TriageSettings.from_env(environment)
    if app := desk_apps.get(settings.database_url):
        open_desk(app, settings, staff_cost=CHEAP, clock=clock)
    else:
        app = desk_apps[settings.database_url] = create_app(settings, staff_cost=CHEAP, clock=clock)
    room = DeskRoom(workshop, app, clock)
    yield room
    for used in (app, room.app):
        with used.app_context():
            db.engine.dispose()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]

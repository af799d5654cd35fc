"""A case, the people who make a bundle of it, and a builder in this process: from the form to the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
import pyzipper
from sqlalchemy import select
from werkzeug.test import TestResponse

from casefile.boxes import KeyPair
from casefile.models import Bundle, OutboxRow
from casefile.submission import Consents, Submission
from casefile.timestamping import TimestampAuthority
from casefile.vocabulary import JobName, OutboxState, ReferralTarget, StaffRole
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from triage.bundles.builder_key import publish_key
from triage.bundles.building import build_bundle_job
from triage.bundles.stamping import stamp_bundle_job
from triage.bundles.workbench import Workbench, install

WISH = {"recipient": "Unit PPA Polres", "purpose": "Laporan polisi", "basis": "persetujuan_formulir"}
TO_POLICE = Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="1")
ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what no database can make different."""
JOBS = {JobName.BUILD_BUNDLE: build_bundle_job, JobName.STAMP_BUNDLE: stamp_bundle_job}


@dataclass
class Room:
    """A case, a counsellor who asks, a supervisor and an evidence officer who may decide."""

    desk: DeskRoom
    rina: Person
    sari: Person
    bima: Person
    report_id: UUID
    path: str
    pair: KeyPair = field(default_factory=KeyPair.generate)
    words: dict[str, str] = field(default_factory=dict)

    def word(self, who: Person) -> str:
        """The hidden word of the person's session, from any page."""
        key = who.client.get_cookie("meja").value
        if key not in self.words:
            self.words[key] = re.search(r'name="csrf" value="([^"]*)"', who.get(self.path).text)[1]
        return self.words[key]

    def send(self, who: Person, path: str, **form: object) -> TestResponse:
        """Send a form from the bundles page and follow where it leads."""
        data = {"csrf": self.word(who), **form}
        return who.client.post(path, data=data, follow_redirects=True)

    def open_form(self, who: Person | None = None) -> str:
        """The form with the case's items."""
        return self.send(who or self.rina, f"{self.path}/buka").text

    def fill(self, who: Person | None = None, **changed: object) -> TestResponse:
        """Choose everything that the open form offers, except what ``changed`` says."""
        asker = who or self.rina
        page = asker.get(f"{self.path}/pilih").text
        items = re.findall(r'name="item" value="([^"]*)"', page)
        return self.send(asker, f"{self.path}/pilih", **{**WISH, "item": items, "delivery": "sandi", **changed})

    def ask(self, who: Person | None = None, **changed: object) -> str:
        """From the form to the request; the page that follows."""
        asker = who or self.rina
        self.open_form(asker)
        self.fill(asker, **changed)
        return self.send(asker, self.path).text

    def act(self, who: Person, act: str, **form: str) -> TestResponse:
        """An act on the newest bundle."""
        return self.send(who, f"/berkas/{self.bundle().id}/{act}", **form)

    def approve(self, who: Person) -> TestResponse:
        """Read and approve with a fresh code."""
        self.act(who, "periksa")
        return self.act(who, "setujui", code=who.code())

    def bundle(self) -> Bundle:
        """The newest bundle's row."""
        with self.desk.owner() as session:
            return session.scalars(select(Bundle).order_by(Bundle.requested_at.desc())).first()

    def bundle_acts(self) -> list[str]:
        """What the report's chain says of bundles, oldest first, without the prefix."""
        acts = self.desk.acts(self.report_id)
        return [act.removeprefix("bundle_") for act in acts if act.startswith("bundle_")]

    @property
    def key_file(self) -> Path:
        """Where the builder's public key lies."""
        return self.desk.workshop.office.folder / "builder" / "builder.pub"

    @contextmanager
    def builder(self) -> Iterator[None]:
        """A builder whose public key the desk finds."""
        with publish_key(self.key_file, self.pair):
            yield

    def work(self, authority: TimestampAuthority | None = None, pair: KeyPair | None = None) -> None:
        """Do every open job of the builder, with the desk's role."""
        workshop = self.desk.workshop
        engine = workshop.database.engine("triage")
        keys = workshop.office.folder / "keys" / "office.json"
        install(Workbench(engine, pair or self.pair, keys, workshop.office.root_public, authority))
        for row in self.rows(OutboxState.OPEN):
            JOBS[row.job](str(row.id))

    def rows(self, state: OutboxState) -> list[OutboxRow]:
        """The builder's jobs."""
        return [row for row in self.desk.workshop.rows(state) if row.job in JOBS]

    def order(self, who: Person | None = None) -> TestResponse:
        """Press "Susun"."""
        with self.builder():
            return self.act(who or self.bima, "susun")

    def make(self, **changed: object) -> None:
        """From the form to a file that waits for its download."""
        self.ask(**changed)
        self.approve(self.sari)
        self.order()
        self.work()

    def download(self, who: Person | None = None) -> TestResponse:
        """The file."""
        taker = who or self.bima
        return taker.client.post(f"/berkas/{self.bundle().id}/unduh", data={"csrf": self.word(taker)})

    def passphrase(self, who: Person | None = None) -> str | None:
        """The words on the page of handing over."""
        page = (who or self.bima).get(f"/berkas/{self.bundle().id}/serah").text
        found = re.search(r'<p class="handed"><b>([^<]*)</b>', page)
        return found and found[1]


def make_room(desk: DeskRoom, submission: Submission | None = None) -> Room:
    """Everybody signed in, one report whose form agrees to the police."""
    report_id = desk.report(submission or make_submission(consents=TO_POLICE))
    people = [
        desk.seat("rina"),
        desk.seat("sari", StaffRole.SUPERVISOR),
        desk.seat("bima", StaffRole.EVIDENCE_OFFICER),
    ]
    return Room(desk, *people, report_id, f"/kasus/{desk.code(report_id)}/berkas")


def unlock(file: bytes, passphrase: str) -> bytes:
    """The package in an AES ZIP."""
    with pyzipper.AESZipFile(io.BytesIO(file)) as outer:
        (name,) = outer.namelist()
        return outer.read(name, pwd=passphrase.encode())

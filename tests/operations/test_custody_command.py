"""``suluh custody verify``, on both databases: whoever owns the database can change it, and is found out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from casefile.anchors import NAMESPACE, make_leaf, root_of, sheet_code, statement
from casefile.custody import GENESIS, OFFICE_CHAIN, SYSTEM, Act, append_entry, entry_digest, list_entries
from casefile.database import begin_write
from casefile.models import Anchor, AnchorSignature, AnchorStamp, CustodyEntry, StaffMember
from casefile.sshsig import sign
from casefile.vocabulary import CustodyAction, StaffRole
from casefile.wib import local_date
from operations.cli import suluh
from tests.conftest import Database
from tests.factories import Office, keep_report, make_office
from tests.tsa import Signer, make_signer, serve
from triage.anchors import sign_anchors
from triage.casework import Doing
from triage.reader import Reader
from worker.anchoring import make_anchors, stamp_anchors

DAY = timedelta(days=1)
GUARDS = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name, '' FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT 'ALTER TABLE ' || tgrelid::regclass || ' DISABLE TRIGGER ' || tgname,"
        " 'ALTER TABLE ' || tgrelid::regclass || ' ENABLE ALWAYS TRIGGER ' || tgname"
        " FROM pg_trigger WHERE tgenabled = 'A'"
    ),
}
"""Statements that lift the guards, and that put them back."""


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(tmp_path_factory.mktemp("tsa"))


@dataclass
class Archive:
    """An office with two reports and three days of anchors, signed and stamped but for the last."""

    database: Database
    office: Office
    signer: Signer
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    reports: list[UUID] = field(default_factory=list)

    def fill(self) -> None:
        staff_id = self._add_officer()
        with serve(self.signer) as tsa:
            for back in (2, 1, 0):
                now = self.now - back * DAY
                with self.owner() as session:
                    self.reports.append(keep_report(session, self.office, now=now).report_id)
                    begin_write(session)
                    append_entry(session, self.reports[0], Act(CustodyAction.READ, SYSTEM, now))
                    session.commit()
                assert make_anchors(self.database.engine("worker"), now) == 1
                if back:
                    stamp_anchors(self.database.engine("worker"), tsa.authority)
                    reader = Reader(staff_id, {1: self.office.epoch})
                    with Session(self.database.engine("triage")) as session:
                        assert sign_anchors(session, Doing(reader, self.office.public, now)) == 1

    def owner(self) -> Session:
        return Session(self.database.engine())

    def verify(self, *words: str) -> Result:
        """As the operator calls it, with the authority's certificates."""
        env = {
            **self.office.environment,
            "SULUH_DATABASE_URL": self.database.owner_url,
            "SULUH_TSA_CERTIFICATES": str(self.signer.roots_file),
        }
        return CliRunner().invoke(suluh, ["custody", "verify", *words], env=env)

    def day(self, back: int) -> date:
        """The day of the newest anchor, or of one before."""
        return local_date(self.now) - (1 + back) * DAY

    def sheet(self, back: int) -> str:
        """What was printed."""
        with self.owner() as session:
            root = session.scalars(select(Anchor.root).where(Anchor.day == self.day(back))).one()
        return sheet_code(self.day(back), root)

    def tamper(self, change: Callable[[Session], None]) -> None:
        """What an owner of the database can do: lift the guards, then change what he likes."""
        with self.owner() as session:
            connection = session.connection()
            guards = connection.exec_driver_sql(GUARDS[self.database.kind]).all()
            for lift, _ in guards:
                connection.exec_driver_sql(lift)
            change(session)
            session.flush()
            for _, restore in guards:
                if restore:
                    connection.exec_driver_sql(restore)
            session.commit()

    def _add_officer(self) -> UUID:
        staff_id = uuid.uuid4()
        values = {"password_record": "-", "public_key": b"-", "seed_box": b"-", "totp_counter": 0, "failed_attempts": 0}
        with self.owner() as session:
            session.add(
                StaffMember(
                    id=staff_id,
                    username="bukti",
                    display_name="Bukti",
                    role=StaffRole.EVIDENCE_OFFICER,
                    is_active=True,
                    created_at=self.now,
                    **values,
                )
            )
            session.commit()
        return staff_id


@pytest.fixture
def archive(database: Database, tmp_path: Path, signer: Signer) -> Iterator[Archive]:
    made = Archive(database, make_office(tmp_path / "office"), signer)
    made.fill()
    return made


def rewrite(session: Session, chain: UUID, bodies: list[str]) -> list[bytes]:
    """The chain with other bodies, linked as it should be; its digests."""
    session.execute(delete(CustodyEntry).where(CustodyEntry.report_id == chain))
    previous, digests = GENESIS, []
    for number, body in enumerate(bodies, start=1):
        digest = entry_digest(chain, number, previous, body)
        entry = {"report_id": chain, "number": number, "previous": previous, "body": body, "digest": digest}
        session.execute(insert(CustodyEntry).values(entry))
        previous = digest
        digests.append(digest)
    return digests


def bodies_of(session: Session, chain: UUID) -> list[str]:
    return [entry.body for entry in list_entries(session, chain)]


def test_what_holds_is_counted_and_what_is_missing_of_it_is_said(archive: Archive) -> None:
    outcome = archive.verify()
    assert outcome.exit_code == 0, outcome.output
    assert "OK: 4 chains, 11 entries, 3 anchors." in outcome.output
    assert f"Days with an anchor that nobody has signed: {archive.day(0)}." in outcome.output
    assert f"Days with an anchor without timestamp: {archive.day(0)}." in outcome.output
    for back in (0, 2):
        sheet = archive.sheet(back)
        assert archive.verify("--anchor", sheet).exit_code == 0
        assert archive.verify("--anchor", " ".join(sheet.rsplit(":", 1)[1].upper())).exit_code == 0
    with archive.owner() as session:
        begin_write(session)
        append_entry(session, archive.reports[1], Act(CustodyAction.READ, SYSTEM, archive.now))
        session.commit()
    assert archive.verify().exit_code == 0


def test_a_chain_written_anew_and_a_stamp_over_something_else_are_named(archive: Archive) -> None:
    report, day = archive.reports[0], archive.day(1)

    def change(session: Session) -> None:
        bodies = bodies_of(session, report)
        rewrite(session, report, [*bodies[:2], bodies[2].replace("read", "claimed"), *bodies[3:]])
        token = session.get_one(AnchorStamp, archive.day(2)).token
        session.execute(update(AnchorStamp).where(AnchorStamp.day == day).values(token=token))

    archive.tamper(change)
    outcome = archive.verify()
    assert outcome.exit_code == 1
    said = f"The chain of report {report}: one of the entries 3 to 3 was changed; the anchor of {day} saw another."
    assert said in outcome.output
    assert f"Anchor of {day}: the timestamp does not hold: Mismatch between messages." in outcome.output


def test_a_changed_byte_a_dropped_end_and_a_chain_that_is_gone_are_named(archive: Archive) -> None:
    cut, gone, changed = archive.reports

    def change(session: Session) -> None:
        session.execute(delete(CustodyEntry).where(CustodyEntry.report_id == cut, CustodyEntry.number >= 3))
        session.execute(delete(CustodyEntry).where(CustodyEntry.report_id == gone))
        body = bodies_of(session, changed)[0].replace("reporter", "reposter")
        session.execute(update(CustodyEntry).where(CustodyEntry.report_id == changed).values(body=body))

    archive.tamper(change)
    outcome = archive.verify()
    assert outcome.exit_code == 1
    for said in (
        f"The chain of report {changed}: entry 1 does not follow from the ones before it.",
        f"The chain of report {cut}: entry 3 is missing; the anchor of {archive.day(1)} saw it.",
        f"report {gone}: the whole chain is missing, entry 1 first; the anchor of {archive.day(1)} saw it.",
        "3 things are wrong",
    ):
        assert said in outcome.output


def test_an_anchor_that_is_gone_or_lost_its_signature_is_named(archive: Archive) -> None:
    gone, bare = archive.day(0), archive.day(2)

    def change(session: Session) -> None:
        session.execute(delete(Anchor).where(Anchor.day == gone))
        session.execute(delete(AnchorSignature).where(AnchorSignature.day == bare))

    sheet = archive.sheet(0)
    archive.tamper(change)
    outcome = archive.verify("--anchor", sheet)
    assert outcome.exit_code == 1
    assert f"Anchor of {gone}: the log says that it was made; it is missing." in outcome.output
    assert f"Anchor of {bare}: the log says that it was signed; the signature is missing." in outcome.output
    assert "The paper's anchor is not in this database" in outcome.output
    assert f"Days without an anchor: {gone}." in outcome.output


def test_other_signatures_stamps_roots_and_counts_are_named(archive: Archive) -> None:
    day, other = archive.day(1), archive.day(2)
    stranger = Ed25519PrivateKey.generate()

    def say(change: Callable[[Session], None]) -> str:
        archive.tamper(change)
        outcome = archive.verify()
        assert outcome.exit_code == 1
        return outcome.output

    def sign_as_stranger(session: Session) -> None:
        anchor = session.get_one(Anchor, day)
        signature = sign(stranger, statement(day, anchor.chains, anchor.root), NAMESPACE)
        key = stranger.public_key().public_bytes_raw()
        session.execute(
            update(AnchorSignature).where(AnchorSignature.day == day).values(signature=signature, signing_key=key)
        )

    assert f"Anchor of {day}: signed with a key that is not the office's." in say(sign_as_stranger)
    key = archive.office.public.signing
    own = update(AnchorSignature).where(AnchorSignature.day == day).values(signing_key=key)
    said = say(lambda session: session.execute(own))
    assert f"Anchor of {day}: its signature does not hold: the signature is by another key" in said
    with archive.owner() as session:
        token = session.get_one(AnchorStamp, other).token
    swap = update(AnchorStamp).where(AnchorStamp.day == day).values(token=token)
    remove = delete(AnchorSignature).where(AnchorSignature.day == day)
    said = say(lambda session: (session.execute(remove), session.execute(swap)))
    assert f"Anchor of {day}: the log says that it was signed" in said
    recount = update(Anchor).where(Anchor.day == other).values(chains=9)
    assert f"Anchor of {other}: its root is not that of the chains it saw." in say(lambda s: s.execute(recount))


def test_a_database_set_back_to_yesterday_is_whole_and_contradicts_the_paper(archive: Archive) -> None:
    """A copy of yesterday holds together in itself; only what lies outside of it can tell."""
    sheet, newest = archive.sheet(0), archive.day(0)

    def set_back(session: Session) -> None:
        session.execute(delete(Anchor).where(Anchor.day == newest))
        for chain in (*archive.reports, OFFICE_CHAIN):
            kept = [body for body in bodies_of(session, chain) if not is_of_today(body)]
            rewrite(session, chain, kept)

    def is_of_today(body: str) -> bool:
        at = json.loads(body)["at"]
        day = date.fromisoformat(at) if len(at) == 10 else local_date(datetime.fromisoformat(at))
        return day == local_date(archive.now)

    archive.tamper(set_back)
    assert archive.verify().exit_code == 0
    outcome = archive.verify("--anchor", sheet)
    assert outcome.exit_code == 1
    assert "it was set back to an earlier state, or changed." in outcome.output
    make_anchors(archive.database.engine("worker"), archive.now)
    outcome = archive.verify("--anchor", sheet)
    assert outcome.exit_code == 1
    assert f"Anchor of {newest}: the paper has another root." in outcome.output


def test_chains_and_anchors_rewritten_together_contradict_the_paper_and_the_stamp(archive: Archive) -> None:
    """Whoever owns the database rewrites one report and everything that depends on it; he has no key of the office."""
    sheet, first = archive.sheet(2), archive.day(2)
    report = archive.reports[0]

    def forge(session: Session) -> None:
        bodies = bodies_of(session, report)
        forged = rewrite(session, report, [bodies[0].replace("received", "linked_exact"), *bodies[1:]])
        heads: dict[bytes, bytes] = {}
        office = bodies_of(session, OFFICE_CHAIN)
        for anchor in session.scalars(select(Anchor).order_by(Anchor.day)).all():
            leaves = [anchor.moved[at : at + 56] for at in range(0, len(anchor.moved), 56)]
            links = rewrite(session, OFFICE_CHAIN, office)
            new = {report: forged, OFFICE_CHAIN: links}
            leaves = [
                make_leaf(UUID(bytes=leaf[:16]), number, new[UUID(bytes=leaf[:16])][number - 1])
                if UUID(bytes=leaf[:16]) in new and (number := int.from_bytes(leaf[16:24], "big"))
                else leaf
                for leaf in leaves
            ]
            heads.update((leaf[:16], leaf) for leaf in leaves)
            root = root_of(heads)
            office = [body.replace(anchor.root.hex(), root.hex()) for body in office]
            session.execute(update(Anchor).where(Anchor.day == anchor.day).values(root=root, moved=b"".join(leaves)))
        rewrite(session, OFFICE_CHAIN, [body for body in office if "anchor_signed" not in body])

    # He also takes away what he cannot make: the office's signatures.
    archive.tamper(forge)
    archive.tamper(lambda session: session.execute(delete(AnchorSignature)))
    outcome = archive.verify()
    assert outcome.exit_code == 1
    assert f"Anchor of {first}: the timestamp does not hold: Mismatch between messages." in outcome.output
    archive.tamper(lambda session: session.execute(delete(AnchorStamp)))
    outcome = archive.verify("--anchor", sheet)
    assert outcome.exit_code == 1
    assert f"Anchor of {first}: the paper has another root." in outcome.output


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_checked_is_said_with_another_exit_code(archive: Archive, tmp_path: Path) -> None:
    assert archive.verify("--anchor", "SULUH1:anchor:today").exit_code == 2
    assert archive.verify("--keys", str(tmp_path / "none.json")).exit_code == 2
    roots = archive.signer.roots_file
    env = {**archive.office.environment, "SULUH_DATABASE_URL": archive.database.owner_url}
    outcome = CliRunner().invoke(suluh, ["custody", "verify"], env=env)
    assert (outcome.exit_code, "2 timestamps were not checked" in outcome.output) == (2, True)
    (tmp_path / "broken.pem").write_text("-")
    env["SULUH_TSA_CERTIFICATES"] = str(tmp_path / "broken.pem")
    assert CliRunner().invoke(suluh, ["custody", "verify"], env=env).exit_code == 2
    env |= {"SULUH_TSA_CERTIFICATES": str(roots), "SULUH_DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}"}
    outcome = CliRunner().invoke(suluh, ["custody", "verify"], env=env)
    assert (outcome.exit_code, "Not checked" in outcome.output) == (2, True)

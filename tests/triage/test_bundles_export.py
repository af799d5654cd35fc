"""From a wish to a file by the rules alone: two people, one file, everything on record."""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair
from casefile.contents import BUNDLE_NOTE
from casefile.custody import list_entries, verify_chain
from casefile.database import begin_write
from casefile.errors import CustodyError, KeyFileError, SignatureError, UnsealError
from casefile.keyring import write_public_keys
from casefile.models import Bundle, BundleBuild, Case, KeySlot, OutboxRow, Withdrawal
from casefile.sealing import seal_note
from casefile.submission import Consents
from casefile.vocabulary import BundleState, CaseStatus, CustodyAction, JobName, OutboxState
from tests.conftest import Database
from tests.triage.bundle_world import (
    ASKER,
    BUNDLE_ID,
    CASE_CODE,
    CASE_ID,
    DECIDER,
    NOW,
    OFFICE,
    REPORT_ID,
    SIGNING,
    STRANGER,
    SUBMISSION,
    WISH,
    doing,
    keep_approved_bundle,
    keep_case,
    make_facts,
)
from triage.bundles import (
    BundleBar,
    BundleBarredError,
    BundleBasis,
    BundleWish,
    Package,
    approve_bundle,
    build_bundle,
    get_bundle,
    list_bundles,
    open_wish,
    order_build,
    read_case,
    refuse_bundle,
    request_bundle,
    take_package,
)
from triage.bundles.builder_key import publish_key, read_key
from triage.bundles.building import build_bundle_job
from triage.bundles.sealed_build import open_material
from triage.bundles.workbench import Workbench, install
from triage.errors import MissingKeyError, NotFoundError, WrongStateError
from triage.reader import Reader

Decide = Callable[..., Bundle]
BUILDER = KeyPair.from_seed(bytes(range(96, 192)))


@pytest.fixture
def kept(session: Session) -> None:
    keep_case(session)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The public key of a builder that runs."""
    path = tmp_path / "builder" / "builder.pub"
    with publish_key(path, BUILDER):
        yield path


def ask(session: Session, wish: BundleWish = WISH) -> uuid.UUID:
    opened = read_case(session, CASE_CODE, doing(ASKER)).values()
    bundle_id = request_bundle(session, CASE_CODE, wish, [one.submission for one in opened], doing(ASKER)).id
    session.commit()
    return bundle_id


def order(session: Session, key_file: Path, bundle_id: uuid.UUID = BUNDLE_ID) -> None:
    order_build(session, bundle_id, key_file, doing(DECIDER))
    session.commit()


def build(engine: Engine, folder: Path) -> None:
    """Do what was ordered, as the builder does."""
    write_public_keys(folder / "office.json", OFFICE, SIGNING)
    install(Workbench(engine, BUILDER, folder / "office.json", SIGNING.public_key().public_bytes_raw()))
    with Session(engine) as session:
        waiting = session.scalars(select(OutboxRow.id).where(OutboxRow.job == JobName.BUILD_BUNDLE)).all()
    for row_id in waiting:
        build_bundle_job(str(row_id))


def take(session: Session, bundle_id: uuid.UUID = BUNDLE_ID) -> Package:
    package = take_package(session, bundle_id, doing(DECIDER))
    session.commit()
    return package


def withdraw(session: Session) -> None:
    begin_write(session)
    session.add(Withdrawal(report_id=REPORT_ID, requested_on=date(2026, 11, 23)))
    session.commit()


def acts(session: Session) -> list[str]:
    entries = list_entries(session, REPORT_ID)
    verify_chain(REPORT_ID, entries)
    said = [json.loads(entry.body)["action"] for entry in entries]
    session.rollback()
    return said


def test_both_databases_give_the_bytes_that_the_facts_alone_give(session: Session, kept: None, key_file: Path) -> None:
    keep_approved_bundle(session)
    order(session, key_file)
    ordered = session.scalars(select(BundleBuild)).one()
    material = open_material(BUILDER, ordered.box, ordered.id)
    assert build_bundle(material.facts, material.signing) == build_bundle(make_facts(), SIGNING)


def test_every_step_is_on_the_reports_chain_and_the_desks_own_role_suffices(
    database: Database, session: Session, kept: None, key_file: Path, tmp_path: Path
) -> None:
    session.rollback()
    engine = database.engine("triage")
    with Session(engine) as desk:
        bundle_id = ask(desk)
        approve_bundle(desk, bundle_id, doing(DECIDER))
        desk.commit()
        order(desk, key_file, bundle_id)
        build(engine, tmp_path)
        package = take(desk, bundle_id)
    assert acts(session)[2:] == [
        CustodyAction.READ,
        CustodyAction.BUNDLE_REQUESTED,
        CustodyAction.BUNDLE_APPROVED,
        CustodyAction.READ,
        CustodyAction.BUNDLE_ORDERED,
        CustodyAction.BUNDLE_BUILT,
        CustodyAction.BUNDLE_EXPORTED,
    ]
    *_, built, exported = (json.loads(entry.body) for entry in list_entries(session, REPORT_ID))
    digest = hashlib.sha256(package.content).digest()
    assert exported["detail"] == {"bundle": str(bundle_id), "sha256": digest.hex()}
    assert (exported["actor"], built["actor"]) == (f"staff:{DECIDER}", "system")
    assert built["detail"]["sha256"] == digest.hex()
    bundle = session.get_one(Bundle, bundle_id)
    assert (bundle.digest, bundle.exported_at) == (digest, NOW)
    assert session.scalars(select(BundleBuild)).all() == []


@pytest.mark.parametrize("decide", [approve_bundle, refuse_bundle])
def test_the_person_who_asked_cannot_decide_and_what_is_decided_stays(
    session: Session, kept: None, decide: Decide
) -> None:
    bundle_id = ask(session)
    with pytest.raises(BundleBarredError) as raised:
        decide(session, bundle_id, doing(ASKER))
    assert raised.value.bar is BundleBar.SAME_PERSON
    session.rollback()
    refuse_bundle(session, bundle_id, doing(DECIDER))
    session.commit()
    with pytest.raises(WrongStateError):
        decide(session, bundle_id, doing(DECIDER))
    assert get_bundle(session, bundle_id).state is BundleState.REFUSED


def test_without_a_yes_there_is_no_file(session: Session, kept: None, key_file: Path) -> None:
    bundle_id = ask(session)
    for act in (lambda: order(session, key_file, bundle_id), lambda: take(session, bundle_id)):
        with pytest.raises(WrongStateError):
            act()
        session.rollback()
    refuse_bundle(session, bundle_id, doing(DECIDER))
    session.commit()
    with pytest.raises(WrongStateError):
        order(session, key_file, bundle_id)
    session.rollback()
    assert acts(session)[-1] == CustodyAction.BUNDLE_REFUSED


def test_an_unknown_bundle_is_not_found(session: Session, kept: None, key_file: Path) -> None:
    for act in (approve_bundle, refuse_bundle, take_package):
        with pytest.raises(NotFoundError):
            act(session, uuid.UUID(int=99), doing(DECIDER))
    with pytest.raises(NotFoundError):
        order(session, key_file, uuid.UUID(int=99))


def test_a_report_withdrawn_before_the_request_bars_it_unread(session: Session, kept: None) -> None:
    withdraw(session)
    before = acts(session)
    with pytest.raises(BundleBarredError) as raised:
        read_case(session, CASE_CODE, doing(ASKER))
    assert raised.value.bar is BundleBar.WITHDRAWN
    session.rollback()
    with pytest.raises(BundleBarredError):
        request_bundle(session, CASE_CODE, replace(WISH, basis=BundleBasis.LEGAL_DUTY), [], doing(ASKER))
    assert acts(session) == before


def test_a_report_withdrawn_after_the_approval_bars_what_follows(
    session: Session, kept: None, key_file: Path, database: Database, tmp_path: Path
) -> None:
    keep_approved_bundle(session)
    order(session, key_file)
    withdraw(session)
    before = acts(session)
    build(database.engine("triage"), tmp_path)
    assert session.scalars(select(BundleBuild)).all() == []
    session.rollback()
    for act in (lambda: order(session, key_file), lambda: take(session)):
        with pytest.raises(BundleBarredError) as raised:
            act()
        assert raised.value.bar is BundleBar.WITHDRAWN
        session.rollback()
    assert acts(session) == before
    assert session.get_one(Bundle, BUNDLE_ID).exported_at is None


def test_a_case_marked_withdrawn_bars_the_file(session: Session, kept: None, key_file: Path) -> None:
    keep_approved_bundle(session)
    begin_write(session)
    session.get_one(Case, CASE_ID).status = CaseStatus.WITHDRAWN
    session.commit()
    with pytest.raises(BundleBarredError):
        order(session, key_file)


def test_consent_on_the_form_must_be_on_the_form(session: Session, key_file: Path) -> None:
    keep_case(session, replace(SUBMISSION, consents=Consents(text_version="1")))
    with pytest.raises(BundleBarredError) as raised:
        ask(session)
    assert raised.value.bar is BundleBar.NO_CONSENT
    session.rollback()
    assert ask(session, replace(WISH, basis=BundleBasis.LEGAL_DUTY))
    keep_approved_bundle(session)
    with pytest.raises(BundleBarredError):
        order(session, key_file)


def test_two_open_requests_of_one_case_are_one_too_many(session: Session, kept: None) -> None:
    ask(session)
    with pytest.raises(BundleBarredError) as raised:
        ask(session)
    assert raised.value.bar is BundleBar.ALREADY_REQUESTED
    session.rollback()
    assert len(list_bundles(session, CASE_ID)) == 1


def test_the_wish_is_sealed_to_the_office_and_an_old_one_still_opens(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    bundle = get_bundle(session, bundle_id)
    assert WISH.recipient.encode() not in bundle.purpose_box
    assert open_wish(bundle, doing(DECIDER).reader) == WISH
    assert open_wish(bundle, Reader(DECIDER, {})) is None
    old = json.dumps({"recipient": "Unit PPA", "purpose": "LP", "basis": "kewajiban_hukum"}).encode()
    bundle.purpose_box = seal_note(OFFICE.office, old, BUNDLE_NOTE, bundle_id.bytes)
    assert open_wish(bundle, doing(DECIDER).reader) == BundleWish("Unit PPA", "LP", BundleBasis.LEGAL_DUTY)


def test_a_broken_chain_stops_the_file(database: Database, session: Session, kept: None, key_file: Path) -> None:
    keep_approved_bundle(session)
    if database.kind == "sqlite":
        session.execute(text("DROP TRIGGER custody_entry_no_update"))
    else:
        session.execute(text("ALTER TABLE custody_entry DISABLE TRIGGER ALL"))
    session.execute(text("UPDATE custody_entry SET body = '{}' WHERE number = 2"))
    session.commit()
    with pytest.raises(CustodyError) as raised:
        order(session, key_file)
    assert raised.value.position == 2
    session.rollback()
    assert session.scalars(select(BundleBuild)).all() == []


@pytest.mark.parametrize("damage", ["UPDATE key_slot SET wrapped = :other", None])
def test_a_report_that_does_not_open_leaves_no_file(
    session: Session, kept: None, key_file: Path, damage: str | None
) -> None:
    keep_approved_bundle(session)
    begin_write(session)
    if damage:
        session.execute(text(damage), {"other": b"\x01" + bytes(1136)})
    else:
        session.delete(session.scalars(select(KeySlot)).one())
    session.commit()
    with pytest.raises(UnsealError):
        order(session, key_file)
    session.rollback()
    assert acts(session)[-1] == CustodyAction.READ_FAILED
    assert session.scalars(select(OutboxRow)).all() == []


def test_only_the_published_key_signs(session: Session, kept: None, key_file: Path) -> None:
    keep_approved_bundle(session)
    session.rollback()
    other = replace(OFFICE, signing=STRANGER.public_key().public_bytes_raw())
    with pytest.raises(SignatureError):
        order_build(session, BUNDLE_ID, key_file, replace(doing(DECIDER), office=other))
    session.rollback()
    with pytest.raises((MissingKeyError, UnsealError)):
        order_build(session, BUNDLE_ID, key_file, replace(doing(DECIDER), reader=Reader(DECIDER, {})))
    session.rollback()
    assert CustodyAction.READ not in acts(session)


def test_pressed_by_two_at_once_it_is_made_once_and_taken_once(
    database: Database, session: Session, kept: None, key_file: Path, tmp_path: Path
) -> None:
    keep_approved_bundle(session)
    session.rollback()
    engine = database.engine("triage")
    both_ready = threading.Barrier(2)

    def press(act: Callable[[Session], object]) -> object:
        with Session(engine) as desk:
            both_ready.wait()
            try:
                return act(desk)
            except WrongStateError:
                return None

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, [lambda desk: order(desk, key_file)] * 2))
    rows = session.scalars(select(OutboxRow)).all()
    assert [(row.job, row.state) for row in rows] == [(JobName.BUILD_BUNDLE, OutboxState.OPEN)]
    session.rollback()
    build(engine, tmp_path)
    with ThreadPoolExecutor(2) as pool:
        packages = [package for package in pool.map(press, [take] * 2) if package]
    assert [hashlib.sha256(one.content).digest() for one in packages] == [session.get_one(Bundle, BUNDLE_ID).digest]
    session.rollback()
    assert [acts(session).count(act) for act in ("bundle_ordered", "bundle_built", "bundle_exported")] == [1, 1, 1]


def test_the_builders_key_counts_only_while_it_belongs_to_the_desk_alone(tmp_path: Path) -> None:
    path = tmp_path / "builder.pub"
    assert read_key(path) is None
    with publish_key(path, BUILDER):
        assert read_key(path) == BUILDER.public
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(KeyFileError), publish_key(path, KeyPair.generate()):
            pass
        path.chmod(0o640)
        with pytest.raises(KeyFileError):
            read_key(path)
    assert not path.exists()

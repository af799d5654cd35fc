"""From a wish to a file: two people, one export, everything on record."""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from casefile.custody import list_entries, verify_chain
from casefile.database import begin_write
from casefile.errors import CustodyError, SignatureError, UnsealError
from casefile.models import Bundle, Case, KeySlot, Withdrawal
from casefile.submission import Consents
from casefile.vocabulary import BundleState, CaseStatus, CustodyAction
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
    Disclosure,
    approve_bundle,
    build_bundle,
    export_bundle,
    get_bundle,
    list_bundles,
    open_wish,
    package_bundle,
    preview_bundle,
    read_case,
    refuse_bundle,
    request_bundle,
)
from triage.errors import MissingKeyError, NotFoundError, WrongStateError
from triage.reader import Reader

Decide = Callable[..., Bundle]


@pytest.fixture
def kept(session: Session) -> None:
    keep_case(session)


def ask(session: Session, wish: BundleWish = WISH) -> uuid.UUID:
    contents = read_case(session, CASE_CODE, doing(ASKER))
    bundle_id = request_bundle(session, CASE_CODE, wish, contents.values(), doing(ASKER)).id
    session.commit()
    return bundle_id


def withdraw(session: Session) -> None:
    begin_write(session)
    session.add(Withdrawal(report_id=REPORT_ID, requested_on=date(2026, 11, 23)))
    session.commit()


def acts(session: Session) -> list[str]:
    entries = list_entries(session, REPORT_ID)
    verify_chain(REPORT_ID, entries)
    return [json.loads(entry.body)["action"] for entry in entries]


def test_both_databases_give_the_bytes_that_the_facts_alone_give(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    assert export_bundle(session, BUNDLE_ID, doing(DECIDER)) == package_bundle(
        build_bundle(make_facts(), SIGNING), SIGNING
    )


def test_every_step_is_on_the_reports_chain(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    approve_bundle(session, bundle_id, doing(DECIDER))
    session.commit()
    package = export_bundle(session, bundle_id, doing(DECIDER))
    assert acts(session)[2:] == [
        CustodyAction.READ,
        CustodyAction.BUNDLE_REQUESTED,
        CustodyAction.BUNDLE_APPROVED,
        CustodyAction.READ,
        CustodyAction.BUNDLE_EXPORTED,
    ]
    last = json.loads(list_entries(session, REPORT_ID)[-1].body)
    assert last["detail"] == {"bundle": str(bundle_id), "sha256": hashlib.sha256(package).hexdigest()}
    assert last["actor"] == f"staff:{DECIDER}"


def test_the_row_keeps_the_digest_of_what_left(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    package = export_bundle(session, BUNDLE_ID, doing(DECIDER))
    session.rollback()
    bundle = session.get_one(Bundle, BUNDLE_ID)
    assert bundle.digest == hashlib.sha256(package).digest()
    assert bundle.exported_at == NOW


def test_a_second_download_is_refused_and_opens_nothing(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    export_bundle(session, BUNDLE_ID, doing(DECIDER))
    before = acts(session)
    session.rollback()
    with pytest.raises(WrongStateError):
        export_bundle(session, BUNDLE_ID, doing(DECIDER))
    assert acts(session) == before


@pytest.mark.parametrize("decide", [approve_bundle, refuse_bundle])
def test_the_person_who_asked_cannot_decide(session: Session, kept: None, decide: Decide) -> None:
    bundle_id = ask(session)
    with pytest.raises(BundleBarredError) as raised:
        decide(session, bundle_id, doing(ASKER))
    assert raised.value.bar is BundleBar.SAME_PERSON
    assert get_bundle(session, bundle_id).state is BundleState.REQUESTED


@pytest.mark.parametrize("decide", [approve_bundle, refuse_bundle])
def test_what_is_decided_stays_decided(session: Session, kept: None, decide: Decide) -> None:
    bundle_id = ask(session)
    refuse_bundle(session, bundle_id, doing(DECIDER))
    session.commit()
    with pytest.raises(WrongStateError):
        decide(session, bundle_id, doing(DECIDER))


def test_without_a_decision_there_is_no_file(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    with pytest.raises(WrongStateError):
        export_bundle(session, bundle_id, doing(DECIDER))


def test_a_refused_bundle_has_no_file(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    refuse_bundle(session, bundle_id, doing(DECIDER))
    session.commit()
    with pytest.raises(WrongStateError):
        export_bundle(session, bundle_id, doing(DECIDER))
    assert acts(session)[-1] == CustodyAction.BUNDLE_REFUSED


def test_an_unknown_bundle_is_not_found(session: Session, kept: None) -> None:
    for act in (approve_bundle, refuse_bundle, export_bundle):
        with pytest.raises(NotFoundError):
            act(session, uuid.UUID(int=99), doing(DECIDER))


def test_a_report_withdrawn_before_the_request_bars_it_unread(session: Session, kept: None) -> None:
    withdraw(session)
    before = acts(session)
    session.rollback()
    with pytest.raises(BundleBarredError) as raised:
        read_case(session, CASE_CODE, doing(ASKER))
    assert raised.value.bar is BundleBar.WITHDRAWN
    session.rollback()
    with pytest.raises(BundleBarredError):
        request_bundle(session, CASE_CODE, replace(WISH, basis=BundleBasis.LEGAL_DUTY), [], doing(ASKER))
    assert acts(session) == before


def test_a_report_withdrawn_after_the_request_bars_the_approval(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    withdraw(session)
    with pytest.raises(BundleBarredError):
        approve_bundle(session, bundle_id, doing(DECIDER))


def test_a_report_withdrawn_after_the_approval_bars_the_export(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    withdraw(session)
    before = acts(session)
    session.rollback()
    with pytest.raises(BundleBarredError) as raised:
        export_bundle(session, BUNDLE_ID, doing(DECIDER))
    assert raised.value.bar is BundleBar.WITHDRAWN
    session.rollback()
    assert acts(session) == before
    assert session.get_one(Bundle, BUNDLE_ID).exported_at is None


def test_a_case_marked_withdrawn_bars_the_export(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    begin_write(session)
    session.get_one(Case, CASE_ID).status = CaseStatus.WITHDRAWN
    session.commit()
    with pytest.raises(BundleBarredError):
        export_bundle(session, BUNDLE_ID, doing(DECIDER))


def test_consent_on_the_form_must_be_on_the_form(session: Session) -> None:
    keep_case(session, replace(SUBMISSION, consents=Consents(text_version="1")))
    with pytest.raises(BundleBarredError) as raised:
        ask(session)
    assert raised.value.bar is BundleBar.NO_CONSENT
    session.rollback()
    assert ask(session, replace(WISH, basis=BundleBasis.LEGAL_DUTY))


def test_the_export_looks_for_the_consent_again(session: Session) -> None:
    keep_case(session, replace(SUBMISSION, consents=Consents(text_version="1")))
    keep_approved_bundle(session)
    with pytest.raises(BundleBarredError):
        export_bundle(session, BUNDLE_ID, doing(DECIDER))


def test_two_open_requests_of_one_case_are_one_too_many(session: Session, kept: None) -> None:
    ask(session)
    with pytest.raises(BundleBarredError) as raised:
        ask(session)
    assert raised.value.bar is BundleBar.ALREADY_REQUESTED
    session.rollback()
    assert len(list_bundles(session, CASE_ID)) == 1


def test_the_wish_is_sealed_to_the_office(session: Session, kept: None) -> None:
    bundle_id = ask(session)
    bundle = get_bundle(session, bundle_id)
    assert WISH.recipient.encode() not in bundle.purpose_box
    assert open_wish(bundle, doing(DECIDER).reader) == WISH
    assert open_wish(bundle, Reader(DECIDER, {})) is None


def test_a_request_names_a_recipient_a_purpose_and_a_basis() -> None:
    assert BundleWish.from_form("Unit\nPPA", " <b>LP</b> ", "kewajiban_hukum") == BundleWish(
        "Unit PPA", "LP", BundleBasis.LEGAL_DUTY
    )
    for form in (("", "LP", "kewajiban_hukum"), ("PPA", " ", "kewajiban_hukum"), ("PPA", "LP", "lain")):
        with pytest.raises(BundleBarredError):
            BundleWish.from_form(*form)


def test_a_broken_chain_stops_the_export(database: Database, session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    if database.kind == "sqlite":
        session.execute(text("DROP TRIGGER custody_entry_no_update"))
    else:
        session.execute(text("ALTER TABLE custody_entry DISABLE TRIGGER ALL"))
    session.execute(text("UPDATE custody_entry SET body = '{}' WHERE number = 2"))
    session.commit()
    with pytest.raises(CustodyError) as raised:
        export_bundle(session, BUNDLE_ID, doing(DECIDER))
    assert raised.value.position == 2
    session.rollback()
    assert session.get_one(Bundle, BUNDLE_ID).exported_at is None


def test_a_damaged_report_leaves_no_file_but_a_trace(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    session.execute(text("UPDATE key_slot SET wrapped = :other"), {"other": b"\x01" + bytes(1136)})
    session.commit()
    with pytest.raises(UnsealError):
        export_bundle(session, BUNDLE_ID, doing(DECIDER))
    session.rollback()
    assert acts(session)[-1] == CustodyAction.READ_FAILED
    assert session.get_one(Bundle, BUNDLE_ID).exported_at is None


def test_only_the_published_key_signs(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    other = replace(OFFICE, signing=STRANGER.public_key().public_bytes_raw())
    with pytest.raises(SignatureError):
        export_bundle(session, BUNDLE_ID, replace(doing(DECIDER), office=other))
    session.rollback()
    with pytest.raises(MissingKeyError):
        export_bundle(session, BUNDLE_ID, replace(doing(DECIDER), reader=Reader(DECIDER, {})))
    session.rollback()
    assert CustodyAction.READ not in acts(session)


def test_the_preview_is_the_page_that_leaves(session: Session, kept: None) -> None:
    contents = read_case(session, CASE_CODE, doing(ASKER))
    page = preview_bundle(session, Disclosure(CASE_CODE, WISH, contents), doing(ASKER))
    assert "Ia meminta uang." in page
    assert "(belum disetujui)" in page
    assert session.scalars(select(Bundle)).all() == []


def test_the_desks_own_database_role_suffices(database: Database, session: Session, kept: None) -> None:
    session.rollback()
    with Session(database.engine("triage")) as desk:
        bundle_id = ask(desk)
        approve_bundle(desk, bundle_id, doing(DECIDER))
        desk.commit()
        assert export_bundle(desk, bundle_id, doing(DECIDER))


def test_reports_of_another_epoch_need_its_key(session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    begin_write(session)
    slot = session.scalars(select(KeySlot)).one()
    session.delete(slot)
    session.commit()
    with pytest.raises(UnsealError):
        export_bundle(session, BUNDLE_ID, doing(DECIDER))


def test_of_two_downloads_at_once_one_gets_the_file(database: Database, session: Session, kept: None) -> None:
    keep_approved_bundle(session)
    session.rollback()
    engine = database.engine("triage")
    both_ready = threading.Barrier(2)

    def download(_person: int) -> bytes | None:
        with Session(engine) as desk:
            both_ready.wait()
            try:
                return export_bundle(desk, BUNDLE_ID, doing(DECIDER))
            except WrongStateError:
                return None

    with ThreadPoolExecutor(2) as pool:
        packages = [package for package in pool.map(download, range(2)) if package]
    assert [hashlib.sha256(package).digest() for package in packages] == [session.get_one(Bundle, BUNDLE_ID).digest]
    assert acts(session).count(CustodyAction.BUNDLE_EXPORTED) == 1

"""A report that its reporter cannot withdraw: one person asks, a supervisor confirms, and it is gone everywhere."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.custody import SYSTEM, Act, start_chains
from casefile.database import begin_write
from casefile.filing import Arrival, FilingKeys, insert_reports, seal_report
from casefile.models import (
    Base,
    ErasureRequest,
    IndexEntry,
    KeySlot,
    Match,
    Receipt,
    ReportPart,
    Withdrawal,
)
from casefile.reconcile import reconcile
from casefile.vocabulary import (
    CaseStatus,
    Channel,
    CustodyAction,
    IdentityCheck,
    Lane,
    PublicStatus,
    Requester,
    StaffRole,
)
from casefile.wib import day_start, local_date
from tests.contracts.test_stolen_copy import dump_database
from tests.factories import draw_screenshot, make_submission, reencode
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.casework import Doing
from triage.erasing import Asking, ask_erasure
from triage.errors import WrongStateError
from triage.reader import Reader
from worker.sweep import resend_unmatched

PICTURE = draw_screenshot(1, 360, 640)
ASKED = {"peminta": "person", "pemeriksaan": "called_back"}
NOTE = "Rahasiacatatan: menelepon balik pukul sepuluh."


def enter(desk: DeskRoom, channel: Channel = Channel.HOTLINE, *, days_ago: int = 0, picture: bytes = PICTURE) -> UUID:
    """A report as staff file it, without a code, worked on by the worker. Of an earlier day, its hour is not known."""
    office, now = desk.workshop.office, desk.clock.now
    day = local_date(now) - timedelta(days=days_ago)
    arrival = Arrival(channel, day, now if not days_ago or channel is Channel.REGISTER else day_start(day))
    keys = FilingKeys(office.public, office.intake.identifier_key)
    sealed = seal_report(make_submission(picture), keys, arrival, secrets.token_bytes(32))
    with desk.owner() as session:
        begin_write(session)
        insert_reports(session, [sealed], now, Lane.USUAL)
        start_chains(session, [sealed.report_id], Act(CustodyAction.RECEIVED, SYSTEM, now))
        session.commit()
    desk.workshop.run()
    return sealed.report_id


def ask(desk: DeskRoom, person: Person, code: str, **changed: str) -> str:
    """Fill the form of the page; the text of what comes after it."""
    path = f"/kasus/{code}/penghapusan"
    page = person.get(path).text
    form = {"version": hidden(page, "version"), "baru": hidden(page, "baru"), **ASKED, **changed}
    return person.client.post(path, data={"csrf": hidden(page, "csrf"), **form}, follow_redirects=True).text


def confirm(person: Person, code: str, request_id: str, typed: str | None = None) -> tuple[int, str]:
    path = f"/kasus/{code}/penghapusan"
    answer = person.post(f"{path}/setujui", path, permintaan=request_id, code=typed or person.code())
    return answer.status_code, person.get(path).text


def count(desk: DeskRoom, table: type[Base], *where: ColumnElement[bool]) -> int:
    with desk.owner() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def test_a_request_says_what_it_means_and_waits_in_front_of_the_second_person(desk: DeskRoom) -> None:
    sari, nia = desk.seat("sari"), desk.seat("nia", StaffRole.SUPERVISOR)
    report = enter(desk)
    code, path = desk.code(report), f"/kasus/{desk.code(report)}"
    assert f"{path}/penghapusan" in sari.get(path).text
    assert "Pilih siapa yang meminta" in ask(desk, sari, code, peminta="", catatan=NOTE)
    page = ask(desk, sari, code, catatan=NOTE)
    assert "Permintaan tercatat." in page
    assert "Riwayat: siapa melakukan apa dan kapan, tanpa isi" in page
    assert "Setujui dan hapus" not in page
    assert NOTE.encode() not in dump_database(desk.workshop.database)
    assert f"{path}/penghapusan" in nia.get("/antrean/semua").text
    assert "Penghapusan menunggu" not in sari.get("/antrean/semua").text
    page = nia.get(f"{path}/penghapusan").text
    assert NOTE in page


def test_what_two_people_erased_is_found_by_nothing_afterwards(desk: DeskRoom) -> None:
    sari, nia, budi = desk.seat("sari"), desk.seat("nia", StaffRole.SUPERVISOR), desk.seat("budi")
    report = enter(desk)
    code, path = desk.code(report), f"/kasus/{desk.code(report)}"
    ask(desk, sari, code, catatan=NOTE)
    request_id = hidden(nia.get(f"{path}/penghapusan").text, "permintaan")
    assert confirm(budi, code, request_id, "000000")[0] == 403
    assert confirm(nia, code, request_id, "000000")[0] == 403
    assert count(desk, Withdrawal) == 0
    status, page = confirm(nia, code, request_id)
    assert (status, "segera dihapus" in page) == (303, True)
    before = sari.post(f"{path}/cerita", path)
    assert (before.status_code, "segera dihapus" in before.text) == (410, True)
    assert "Tampilkan cerita lengkap" not in sari.get(path).text
    desk.workshop.run()
    with desk.owner() as session:
        assert session.get_one(Withdrawal, report).erased_on is not None
        assert session.scalars(select(IndexEntry.box).where(IndexEntry.report_id == report)).one() is None
        assert reconcile(session).is_settled
    assert [count(desk, table) for table in (ReportPart, KeySlot, ErasureRequest)] == [0, 0, 0]
    assert resend_unmatched(desk.workshop.runtime, desk.clock.now) == 0
    assert desk.case(report).status is CaseStatus.WITHDRAWN
    assert desk.acts(report)[-3:] == ["erasure_asked", "erasure_confirmed", "purged"]
    after = sari.post(f"{path}/cerita", path)
    assert (after.status_code, "Isinya sudah dihapus" in after.text) == (410, True)
    told = nia.get(f"{path}/riwayat").text
    assert "Sari mencatat permintaan menghapus laporan." in told
    assert "Yang mengalami sendiri" in told
    enter(desk, picture=reencode(PICTURE))
    assert count(desk, Match) == 0


def test_until_it_is_confirmed_a_request_is_taken_back_and_it_takes_two_people(desk: DeskRoom) -> None:
    nia, tuti = desk.seat("nia", StaffRole.SUPERVISOR), desk.seat("tuti", StaffRole.SUPERVISOR)
    report = enter(desk)
    code, path = desk.code(report), f"/kasus/{desk.code(report)}/penghapusan"
    page = nia.get(path).text
    form = {name: hidden(page, name) for name in ("csrf", "version", "baru")} | ASKED
    answers = [nia.client.post(path, data=form, follow_redirects=True).text for _ in range(2)]
    assert ["Permintaan tercatat." in answer for answer in answers] == [True, True]
    other = {**form, "baru": str(uuid.uuid4())}
    assert "sudah berubah" in nia.client.post(path, data=other, follow_redirects=True).text
    first = hidden(nia.get(path).text, "permintaan")
    assert "Setujui dan hapus" not in nia.get(path).text
    assert confirm(nia, code, first)[1].count("Penyelia lain perlu menyetujuinya.") == 2
    assert nia.post(f"{path}/batal", path, permintaan=first).status_code == 303
    assert desk.acts(report)[-2:] == ["erasure_asked", "erasure_taken_back"]
    ask(desk, nia, code)
    assert "sudah berubah" in confirm(tuti, code, first)[1], "what is confirmed is what was read"
    assert [count(desk, table) for table in (Withdrawal, ReportPart)] == [0, 1]
    second = hidden(tuti.get(path).text, "permintaan")
    confirm(tuti, code, second)
    tuti.post(f"{path}/batal", f"/kasus/{code}/riwayat", permintaan=second)
    assert desk.acts(report)[-1] == "erasure_confirmed"
    assert "Isinya tidak bisa dibuka lagi" in tuti.get(path).text


def test_whose_code_is_lost_is_erased_the_same_way_also_after_the_case_was_closed(desk: DeskRoom) -> None:
    sari, nia = desk.seat("sari"), desk.seat("nia", StaffRole.SUPERVISOR)
    report = desk.report()
    code, path = desk.code(report), f"/kasus/{desk.code(report)}"
    assert "Pelapor punya kode" in sari.get(path).text
    sari.post(f"{path}/tutup", path, version=hidden(sari.get(path).text, "version"), closing_reason="helped")
    assert f"{path}/penghapusan" in sari.get(path).text
    assert "Tanyakan dulu apakah kodenya hilang" in ask(desk, sari, code)
    doing = Doing(Reader(desk.staff_id("sari"), {}), desk.workshop.office.public, desk.clock.now)
    with Session(desk.workshop.database.engine("triage")) as session, pytest.raises(WrongStateError):
        ask_erasure(session, code, uuid.uuid4(), Asking(Requester.PERSON, IdentityCheck.SHOWN), doing)
    assert "Permintaan tercatat." in ask(desk, sari, code, kode_hilang="ya")
    with desk.owner() as session, pytest.raises(IntegrityError):
        session.execute(update(ErasureRequest).values(confirmed_by=ErasureRequest.asked_by))
    confirm(nia, code, hidden(nia.get(f"{path}/penghapusan").text, "permintaan"))
    desk.workshop.run()
    with desk.owner() as session:
        assert session.scalars(select(Receipt.status)).one() is PublicStatus.WITHDRAWN
    assert "withdrawn" not in desk.acts(report)
    assert "Isinya sudah dihapus" in sari.get(path).text


def test_a_story_that_is_gone_by_its_span_of_keeping_is_said_to_be_gone(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    report = enter(desk)
    path = f"/kasus/{desk.code(report)}"
    with desk.owner() as session:
        session.execute(delete(ReportPart))
        session.commit()
    answer = sari.post(f"{path}/cerita", path)
    assert (answer.status_code, "Masa simpan laporan ini habis" in answer.text) == (410, True)
    assert "Tampilkan cerita lengkap" not in answer.text


def test_an_account_that_nobody_gave_a_key_confirms_no_erasing(desk: DeskRoom) -> None:
    rina, fresh = desk.seat("rina"), desk.seat("fresh", StaffRole.SUPERVISOR, with_key=False)
    report = enter(desk)
    ask(desk, rina, desk.code(report), catatan=NOTE)
    with desk.owner() as session:
        request_id = str(session.scalars(select(ErasureRequest.id)).one())
    assert confirm(fresh, desk.code(report), request_id)[0] == 403
    assert count(desk, Withdrawal) == 0


def test_erasing_is_for_counsellors_to_ask_and_for_supervisors_to_confirm(desk: DeskRoom) -> None:
    officer, budi = desk.seat("petugas", StaffRole.EVIDENCE_OFFICER), desk.seat("budi")
    path = f"/kasus/{desk.code(enter(desk))}"
    assert officer.get(f"{path}/penghapusan").status_code == 403
    assert "penghapusan" not in officer.get(path).text
    assert budi.post(f"{path}/penghapusan/setujui", path, permintaan=uuid.uuid4(), code="1").status_code == 403


def test_case_pages_count_the_duty_from_the_day_of_receipt_and_send_register_cases_to_the_register(
    desk: DeskRoom,
) -> None:
    desk.clock.now = day_start(local_date(desk.clock.now)) + timedelta(seconds=1)
    sari = desk.seat("sari")
    pages = [
        sari.get(f"/kasus/{desk.code(enter(desk, channel, days_ago=days))}").text
        for channel, days in ((Channel.REGISTER, 400), (Channel.POST, 2))
    ]
    assert "Dari register lama: periksa di register." in pages[0]
    assert "lewat 7 bulan" in pages[0], "the time to complain counts from the report's own day"
    assert "tinggal 48 jam" in pages[1]
    assert ["Jam terimanya tidak tercatat" in page for page in pages] == [False, True]

"""Who holds a case, what may be done with it, and what others see."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import OVERRIDE_NOTE
from casefile.custody import list_entries
from casefile.database import begin_write
from casefile.models import CustodyEntry, Receipt, UrgencyOverride
from casefile.unsealing import open_note
from casefile.vocabulary import CaseStatus, ClosingReason, CustodyAction, PublicStatus, StaffRole, Urgency
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.casework import LEASE, Doing, claim
from triage.errors import TakenError
from triage.reader import Reader


def take(person: Person, code: str) -> int:
    return person.post(f"/kasus/{code}/ambil", f"/kasus/{code}").status_code


def act(person: Person, code: str, verb: str, **form: object) -> object:
    """Send a form of the case page with the version that the page holds."""
    version = hidden(person.get(f"/kasus/{code}").text, "version")
    return person.post(f"/kasus/{code}/{verb}", f"/kasus/{code}", **{"version": version, **form})


def test_a_claimed_case_leaves_the_unread_and_stands_among_ones_own(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    assert code in rina.get("/antrean/perlu-dibaca").text
    assert take(rina, code) == 303
    assert code not in rina.get("/antrean/perlu-dibaca").text
    assert code in rina.get("/antrean/kasus-saya").text
    assert desk.case(report).status is CaseStatus.OPEN
    assert CustodyAction.CLAIMED in desk.acts(report)


def test_of_two_people_one_wins_and_the_other_sees_who_and_when(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    take(rina, code)
    desk.clock.advance(seconds=5)
    answer = budi.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    assert answer.status_code == 409
    assert "Rina mengambil kasus ini 5 detik lalu." in answer.text
    assert "Lihat tanpa mengubah" in answer.text
    assert "Sedang dibaca Rina" in budi.get("/antrean/semua").text


def test_of_many_at_the_same_moment_exactly_one_wins(desk: DeskRoom) -> None:
    names = ["rina", "budi", "sari", "tono"]
    for name in names:
        desk.add(name)
    report = desk.report()
    code, office = desk.code(report), desk.workshop.office.public
    engine = desk.workshop.database.engine("triage")

    def try_to_take(name: str) -> bool:
        with Session(engine) as session:
            doing = Doing(Reader(desk.staff_id(name), {}), office, desk.clock.now)
            try:
                claim(session, code, doing)
                session.commit()
            except TakenError:
                return False
            return True

    with ThreadPoolExecutor(len(names)) as crowd:
        won = list(crowd.map(try_to_take, names))
    assert sum(won) == 1
    assert desk.acts(report).count(CustodyAction.CLAIMED) == 1
    assert desk.case(report).claimed_by == desk.staff_id(names[won.index(True)])


def test_a_lease_ends_unless_the_holder_is_active(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    take(rina, code)
    desk.clock.advance(minutes=29)
    rina.get(f"/kasus/{code}")
    desk.clock.advance(minutes=29)
    assert take(budi, code) == 409
    desk.clock.advance(seconds=LEASE.total_seconds())
    assert code in budi.get("/antrean/perlu-dibaca").text
    assert take(budi, code) == 303


def test_a_look_by_somebody_else_does_not_take_or_renew(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    take(rina, code)
    before = desk.case(report).claim_expires_at
    desk.clock.advance(minutes=5)
    page = budi.get(f"/kasus/{code}").text
    assert "Sedang dibaca Rina" in page
    assert "Ambil kasus" not in page
    assert desk.case(report).claim_expires_at == before


def test_a_released_case_is_unread_again(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    take(rina, code)
    rina.post(f"/kasus/{code}/lepas", f"/kasus/{code}")
    assert desk.case(report).status is CaseStatus.WAITING
    assert code in rina.get("/antrean/perlu-dibaca").text
    assert desk.acts(report)[-1] == CustodyAction.RELEASED


def test_nobody_releases_the_case_of_another(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    take(rina, code)
    assert budi.post(f"/kasus/{code}/lepas", f"/kasus/{code}").status_code == 409
    assert desk.case(report).claimed_by == desk.staff_id("rina")


def test_an_override_needs_a_reason_seals_it_and_keeps_the_earlier_ones(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    assert act(rina, code, "tingkat", level="P1").status_code == 422
    act(rina, code, "tingkat", level="P1", reason="Ada ancaman baru lewat telepon")
    desk.clock.advance(minutes=1)
    act(rina, code, "tingkat", level="P2", reason="Sudah aman di rumah bibi")
    assert desk.case(report).level is Urgency.P2
    with desk.owner() as session:
        overrides = session.scalars(select(UrgencyOverride).order_by(UrgencyOverride.decided_at)).all()
        notes = {
            open_note(desk.workshop.office.epoch, one.reason_box, OVERRIDE_NOTE, one.id.bytes).decode(): one.level
            for one in overrides
        }
    assert notes == {"Ada ancaman baru lewat telepon": Urgency.P1, "Sudah aman di rumah bibi": Urgency.P2}
    assert "Sudah aman di rumah bibi" in rina.get(f"/kasus/{code}").text


def test_an_override_of_an_unread_case_leaves_it_unread(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    act(rina, code, "tingkat", level="P1", reason="Kabar dari pos kecamatan")
    assert (desk.case(report).status, desk.case(report).claimed_by) == (CaseStatus.WAITING, None)
    assert code in rina.get("/antrean/perlu-dibaca").text


def test_a_supervisor_may_raise_a_case_that_somebody_else_holds(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    supervisor = desk.seat("sari", StaffRole.SUPERVISOR)
    code = desk.code(report)
    take(rina, code)
    act(supervisor, code, "tingkat", level="P0", reason="Batas waktu dimajukan")
    assert desk.case(report).level is Urgency.P0
    assert desk.case(report).claimed_by == desk.staff_id("rina")


def test_what_was_typed_is_kept_when_the_case_changed_meanwhile(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    take(rina, code)
    stale = hidden(rina.get(f"/kasus/{code}").text, "version")
    act(rina, code, "tingkat", level="P1", reason="Pertama")
    answer = rina.post(
        f"/kasus/{code}/tingkat", f"/kasus/{code}", version=stale, level="P0", reason="Kalimat yang belum tersimpan"
    )
    assert answer.status_code == 409
    assert "Kasus berubah sejak Anda buka. Lihat perubahan sebelum menyimpan." in answer.text
    assert "Kalimat yang belum tersimpan" in answer.text
    assert desk.case(report).level is Urgency.P1
    fresh = hidden(answer.text, "version")
    assert fresh != stale


def test_looking_at_ones_own_case_in_a_second_window_is_no_change(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    take(rina, code)
    version = hidden(rina.get(f"/kasus/{code}").text, "version")
    desk.clock.advance(minutes=1)
    rina.get(f"/kasus/{code}")
    rina.post(f"/kasus/{code}/cerita", f"/kasus/{code}")
    form = {"version": version, "level": "P1", "reason": "Tetap berlaku"}
    assert rina.post(f"/kasus/{code}/tingkat", f"/kasus/{code}", **form).status_code == 303


def test_closing_needs_a_reason_tells_the_reporter_and_keeps_only_days(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    assert act(rina, code, "tutup").status_code == 422
    assert act(rina, code, "tutup", closing_reason=ClosingReason.HELPED.value).status_code == 303
    case = desk.case(report)
    assert case.status is CaseStatus.CLOSED
    moments = (case.received_at, case.due_at, case.closed_at)
    assert {(at + timedelta(hours=7)).strftime("%H:%M:%S.%f") for at in moments} == {"00:00:00.000000"}
    assert case.claimed_by is None
    with desk.owner() as session:
        assert session.scalars(select(Receipt.status)).one() is PublicStatus.CLOSED
        last = list_entries(session, report)[-1]
    assert json.loads(last.body)["detail"] == {"reason": "helped"}
    assert code in rina.get("/antrean/ditutup").text
    assert code not in rina.get("/antrean/semua").text


def test_a_closed_case_shows_days_and_no_hour_that_it_no_longer_knows(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    act(rina, code, "tutup", closing_reason=ClosingReason.HELPED.value)
    received = re.search(r"<dt>Diterima</dt><dd>(.*?)</dd>", rina.get(f"/kasus/{code}").text)
    assert received
    assert re.fullmatch(r"\d+ \w+ \d{4}", received[1])
    assert f"Ditutup · {received[1]}" in rina.get("/antrean/ditutup").text


def test_a_closed_case_refuses_work_until_it_is_reopened(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    act(rina, code, "tutup", closing_reason=ClosingReason.NO_ANSWER.value)
    take(rina, code)
    assert desk.case(report).status is CaseStatus.CLOSED
    assert act(rina, code, "buka").status_code == 422
    act(rina, code, "buka", alasan_buka="Pelapor menulis lagi lewat telepon")
    assert desk.case(report).status is CaseStatus.OPEN
    assert desk.acts(report)[-1] == CustodyAction.REOPENED


def test_the_history_shows_acts_in_words_and_says_when_the_chain_is_broken(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    take(rina, code)
    page = rina.get(f"/kasus/{code}/riwayat").text
    assert "Rina mengambil kasus." in page
    assert "Rantai catatan utuh" in page
    with Session(desk.workshop.database.engine()) as session:
        begin_write(session)
        forged = CustodyEntry(report_id=report, number=len(desk.acts(report)) + 1, previous=b"", body="{}", digest=b"")
        last = list_entries(session, report)[-1]
        forged.previous, forged.digest = last.digest, bytes(32)
        forged.body = '{"action":"read","actor":"system","at":"2026-11-23"}'
        session.add(forged)
        session.commit()
    assert f"Catatan nomor {forged_number(page)} tidak cocok" in rina.get(f"/kasus/{code}/riwayat").text


def forged_number(page: str) -> int:
    """The number after the last entry that the page showed."""
    return page.count("<time ") + 1


@pytest.mark.parametrize("verb", ["ambil", "lepas", "tingkat", "tutup", "buka"])
def test_an_evidence_officer_does_no_casework(desk: DeskRoom, verb: str) -> None:
    nova, code = desk.seat("nova", StaffRole.EVIDENCE_OFFICER), desk.code(desk.report())
    assert nova.post(f"/kasus/{code}/{verb}", f"/kasus/{code}").status_code == 403


def test_an_unknown_case_is_a_calm_page(desk: DeskRoom) -> None:
    answer = desk.seat("rina").get("/kasus/K-none")
    assert answer.status_code == 404
    assert "Tidak ditemukan" in answer.text

"""Clocks that staff set on the case page, closing with what is still open, undoing it at once, and reopening."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select

from casefile.models import CaseRemark, Receipt, Takedown
from casefile.submission import Answers
from casefile.vocabulary import AgeBand, CaseStatus, ClosingReason, CustodyAction, HarmKind, PublicStatus
from casefile.wib import WIB, local_date, start_of_day
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.test_tasks import add, form_of

HELPED = ClosingReason.HELPED.value


def send(person: Person, code: str, path: str, **form: object) -> object:
    """A form of the case page, with the version that the page holds."""
    version = hidden(person.get(f"/kasus/{code}").text, "version")
    return person.post(f"/kasus/{code}/{path}", f"/kasus/{code}", **{"version": version, **form})


def ask_takedown(desk: DeskRoom, person: Person, code: str, **form: str) -> object:
    when = desk.clock.now.astimezone(WIB).strftime("%Y-%m-%dT%H:%M")
    given = {"baru": str(uuid.uuid4()), "alamat": "https://contoh.example/rahasia", "kepada_siapa": "komdigi"}
    return send(person, code, "hapus-konten", **{**given, "pada": when, "mendesak": "tidak", **form})


def remarks(desk: DeskRoom) -> list[CaseRemark]:
    with desk.owner() as session:
        return list(session.scalars(select(CaseRemark).order_by(CaseRemark.number)))


def takedown(desk: DeskRoom) -> Takedown:
    with desk.owner() as session:
        return session.scalars(select(Takedown)).one()


def test_the_duty_to_report_runs_until_somebody_decides_and_again_when_that_is_taken_back(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    child = make_submission(answers=Answers(age=AgeBand.FROM_16, kinds=frozenset({HarmKind.NCII_SPREAD})))
    report = desk.report(child, age=timedelta(hours=31))
    code = desk.code(report)
    page = rina.get(f"/kasus/{code}").text
    assert "tinggal 41 jam" in page
    assert "wajib dilaporkan, juga tanpa izin" in page
    assert send(rina, code, "wajib-lapor", putusan="not_reported").status_code == 422
    stale = hidden(page, "version")
    assert send(rina, code, "wajib-lapor", putusan="reported", alasan_putusan="Rahasianomor LP").status_code == 303
    page = rina.get(f"/kasus/{code}").text
    assert "Sudah dilaporkan ke polisi" in page
    assert "Rahasianomor LP" in page
    assert "tinggal 41 jam" not in page
    late = rina.post(
        f"/kasus/{code}/wajib-lapor", f"/kasus/{code}", version=stale, putusan="not_tpks", alasan_putusan="Kalimat saya"
    )
    assert late.status_code == 409
    assert "Kalimat saya" in late.text
    assert send(rina, code, "wajib-lapor", putusan="batal").status_code == 422
    assert send(rina, code, "wajib-lapor", putusan="batal", alasan_putusan="Salah kasus").status_code == 303
    desk.clock.advance(hours=44)
    rina.sign_in()
    page = rina.get(f"/kasus/{code}").text
    assert "lewat 3 jam" in page
    assert "Keputusan dicabut Rina: Salah kasus" in page
    assert desk.acts(report)[-2:] == [CustodyAction.DUTY_DECIDED, CustodyAction.DUTY_TAKEN_BACK]
    assert not [remark for remark in remarks(desk) if b"reported" in remark.box or b"Rahasianomor" in remark.box]


def test_the_time_to_complain_counts_from_the_report_until_staff_know_better(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    assert "Dihitung sejak laporan masuk" in rina.get(f"/kasus/{code}").text
    tomorrow = local_date(desk.clock.now) + timedelta(days=1)
    assert send(rina, code, "tahu-sejak", tahu=tomorrow.isoformat()).status_code == 422
    assert send(rina, code, "tahu-sejak", tahu="2026-01-31").status_code == 303
    page = rina.get(f"/kasus/{code}").text
    assert "sampai 31 Juli 2026" in page
    assert "31 Januari 2026 (dicatat Rina)" in page
    send(rina, code, "tahu-sejak", tahu="")
    assert "Dihitung sejak laporan masuk" in rina.get(f"/kasus/{code}").text


def test_a_reported_address_runs_its_own_clock_waits_passes_and_ends(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    ahead = (desk.clock.now + timedelta(hours=1)).astimezone(WIB).strftime("%Y-%m-%dT%H:%M")
    assert ask_takedown(desk, rina, code, pada=ahead).status_code == 422
    assert ask_takedown(desk, rina, code, mendesak="ya").status_code == 303
    assert b"contoh" not in takedown(desk).box
    page = rina.get(f"/kasus/{code}").text
    assert "https://contoh.example/rahasia" in page
    assert "mendesak, 4 jam" in page
    desk.clock.advance(hours=6, minutes=5)
    rina.sign_in()
    assert "lewat 2 jam" in rina.get(f"/kasus/{code}").text
    where = f"/kasus/{code}/hapus-konten/{takedown(desk).id}"
    stale = form_of(rina.get(f"/kasus/{code}").text, where)
    rina.post(where, f"/kasus/{code}", **{**stale, "hasil": "removed"})
    assert "Sudah hilang" in rina.get(f"/kasus/{code}").text
    assert rina.post(where, f"/kasus/{code}", **{**stale, "hasil": "refused"}).status_code == 409
    rina.post(where, f"/kasus/{code}", **{**form_of(rina.get(f"/kasus/{code}").text, where), "hasil": "waiting"})
    assert "lewat 2 jam" in rina.get(f"/kasus/{code}").text
    asked, settled, resumed = (
        CustodyAction.TAKEDOWN_ASKED,
        CustodyAction.TAKEDOWN_SETTLED,
        CustodyAction.TAKEDOWN_RESUMED,
    )
    assert desk.acts(report)[-3:] == [asked, settled, resumed]


def test_closing_names_what_is_open_bars_nothing_and_keeps_days_alone(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    add(desk, rina, code, "Masih perlu ditelepon", "rina")
    ask_takedown(desk, rina, code)
    page = rina.get(f"/kasus/{code}").text
    assert "tugas: 1" in page
    assert "wajib lapor belum diputuskan" in page
    assert "alamat yang menunggu dihapus: 1" in page
    assert send(rina, code, "tutup", closing_reason=HELPED, penutupan="Rahasiacatatan penutup").status_code == 303
    assert takedown(desk).asked_at == start_of_day(desk.clock.now)
    assert b"Rahasiacatatan" not in remarks(desk)[-1].box
    page = rina.get(f"/kasus/{code}").text
    assert "Rahasiacatatan penutup" in page
    assert "Kebutuhan pelapor terpenuhi" in page
    assert "tinggal 24 jam" not in page
    assert "Tambah tugas" not in page
    assert send(rina, code, "buka", alasan_buka="Pelapor menulis lagi").status_code == 303
    assert "Pelapor menulis lagi" in rina.get(f"/kasus/{code}").text
    desk.workshop.withdraw(report)
    desk.workshop.run()
    with desk.owner() as session:
        assert [session.scalars(select(table)).all() for table in (CaseRemark, Takedown)] == [[], []]


def test_who_closed_a_case_takes_that_back_at_once_as_if_it_had_not_been(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    ask_takedown(desk, rina, code)
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    before, asked = desk.case(report), takedown(desk).asked_at
    send(rina, code, "tutup", closing_reason=HELPED)
    assert desk.case(report).received_at != before.received_at
    assert "Batalkan penutupan" not in budi.get(f"/kasus/{code}").text
    assert "Batalkan penutupan" in rina.get(f"/kasus/{code}").text
    desk.clock.advance(minutes=1)
    budi.post(f"/kasus/{code}/tutup/batal", f"/kasus/{code}")
    assert desk.case(report).status is CaseStatus.CLOSED
    rina.post(f"/kasus/{code}/tutup/batal", f"/kasus/{code}")
    after = desk.case(report)
    kept = ("status", "received_at", "due_at", "first_read_at", "first_reply_at", "closed_at", "claimed_by")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert takedown(desk).asked_at == asked
    with desk.owner() as session:
        assert session.scalars(select(Receipt.status)).one() is PublicStatus.RECEIVED
    assert desk.acts(report)[-2:] == [CustodyAction.CLOSED, CustodyAction.CLOSING_UNDONE]
    send(rina, code, "tutup", closing_reason=HELPED)
    desk.clock.advance(minutes=9, seconds=50)
    rina.get(f"/kasus/{code}")
    desk.clock.advance(minutes=1)
    assert "Batalkan penutupan" not in rina.get(f"/kasus/{code}").text
    rina.post(f"/kasus/{code}/tutup/batal", f"/kasus/{code}")
    assert desk.case(report).status is CaseStatus.CLOSED
    rows = rina.get(f"/kasus/{code}/riwayat?jenis=kasus").text
    assert rows.index("Rina membatalkan penutupan.") < rows.index("Rina mengambil kasus.")


def test_a_closing_after_another_ones_is_not_taken_back_by_who_closed_first(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    send(rina, code, "tutup", closing_reason=HELPED)
    send(budi, code, "buka", alasan_buka="Pelapor menulis lagi")
    send(budi, code, "tutup", closing_reason=HELPED)
    assert "Batalkan penutupan" not in rina.get(f"/kasus/{code}").text
    rina.post(f"/kasus/{code}/tutup/batal", f"/kasus/{code}")
    assert desk.case(report).status is CaseStatus.CLOSED
    assert CustodyAction.CLOSING_UNDONE not in desk.acts(report)

"""Nothing is lost, and a page shows it."""

from __future__ import annotations

import re

from sqlalchemy import select, update

from casefile.custody import list_entries
from casefile.models import CustodyEntry, OutboxRow
from casefile.vocabulary import CustodyAction, OutboxState, StaffRole
from tests.triage.conftest import DeskRoom, Person


def figures(person: Person) -> list[int]:
    """The figures of the page: received, queued, triaged, open, set aside."""
    return [int(number) for number in re.findall(r'<td class="num">(\d+)</td>', person.get("/hitungan").text)]


def test_received_queued_and_triaged_are_equal_when_all_is_done(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    for _ in range(3):
        desk.report()
    assert figures(rina) == [3, 3, 3, 0, 0]
    assert "Semua laporan sudah sampai di antrean." in rina.get("/hitungan").text


def test_a_report_under_way_is_counted_as_such(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.workshop.report(now=desk.clock.now)
    assert figures(rina) == [1, 1, 0, 1, 0]


def test_a_job_set_aside_is_seen_and_sent_again_by_who_may(desk: DeskRoom) -> None:
    sari, rina = desk.seat("sari", StaffRole.SUPERVISOR), desk.seat("rina")
    report = desk.workshop.report(now=desk.clock.now)
    with desk.owner() as session:
        session.execute(update(OutboxRow).values(state=OutboxState.SET_ASIDE, attempts=5, fault="UnsealError"))
        session.commit()
        job_id = session.scalars(select(OutboxRow.id)).one()
    page = sari.get("/hitungan").text
    assert figures(sari) == [1, 1, 0, 0, 1]
    assert "Bandingkan laporan baru" in page
    assert "UnsealError" in page
    assert rina.post(f"/hitungan/{job_id}", "/hitungan").status_code == 403
    assert sari.post(f"/hitungan/{job_id}", "/hitungan").status_code == 303
    assert desk.acts(report)[-1] == CustodyAction.JOB_RESENT
    desk.workshop.run()
    assert figures(sari) == [1, 1, 1, 0, 0]
    assert sari.post(f"/hitungan/{job_id}", "/hitungan").status_code == 404


def test_the_desk_answers_whether_it_lives(desk: DeskRoom) -> None:
    answer = desk.app.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_every_chain_can_be_checked_and_a_broken_one_is_named(desk: DeskRoom) -> None:
    sari, report = desk.seat("sari", StaffRole.SUPERVISOR), desk.report()
    sari.post("/hitungan/periksa", "/hitungan")
    assert "Semua 2 rantai catatan utuh." in sari.get("/hitungan").text
    with desk.owner() as session:
        last = list_entries(session, report)[-1]
        body = '{"action":"read","actor":"system","at":"2026-11-23"}'
        forged = {"report_id": report, "number": last.number + 1, "previous": last.digest, "digest": bytes(32)}
        session.add(CustodyEntry(body=body, **forged))
        session.commit()
    sari.post("/hitungan/periksa", "/hitungan")
    said = f"Rantai catatan rusak: {desk.code(report)}, mulai catatan nomor {last.number + 1}."
    assert said in sari.get("/hitungan").text

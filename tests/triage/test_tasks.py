"""Tasks: what is to be done, by whom, by which day; nothing is lost and nothing lies open."""

from __future__ import annotations

import html
import re
import uuid
from datetime import timedelta

from sqlalchemy import select

from casefile.models import Task
from casefile.vocabulary import ClosingReason, CustodyAction, StaffRole
from casefile.wib import local_date
from tests.triage.conftest import DeskRoom, Person, hidden


def form_of(page: str, address: str) -> dict[str, str]:
    """The hidden fields of the form that goes to ``address``."""
    form = re.search(rf'<form method="post" action="{re.escape(address)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form, address
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form[1])
    return {name: html.unescape(value) for name, value in found if name != "csrf"}


def add(desk: DeskRoom, person: Person, code: str, text: str, to: str, *, days: int = 0, **more: str) -> int:
    page = person.get(f"/kasus/{code}").text
    given = {
        "version": hidden(page, "version"),
        "baru": form_of(page, f"/kasus/{code}/tugas")["baru"],
        "tugas": text,
        "petugas": str(desk.staff_id(to)),
        "tenggat": (local_date(desk.clock.now) + timedelta(days=days)).isoformat(),
        **more,
    }
    return person.post(f"/kasus/{code}/tugas", f"/kasus/{code}", **given).status_code


def tasks(desk: DeskRoom) -> list[Task]:
    with desk.owner() as session:
        return list(session.scalars(select(Task).order_by(Task.due_on)))


def test_a_task_goes_from_its_writer_to_whoever_does_it_and_back(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    again = {"baru": str(uuid.uuid4())}
    assert add(desk, rina, code, "", "budi") == 422
    assert [add(desk, rina, code, "Telepon UPTD soal rumah aman", "budi", **again) for _ in range(2)] == [303, 303]
    assert add(desk, rina, code, "Tulis surat", "rina", days=1) == 303
    assert [task.staff_id for task in tasks(desk)] == [desk.staff_id("budi"), desk.staff_id("rina")]
    page = rina.get(f"/kasus/{code}").text
    assert page.index("rumah aman") < page.index("Tulis surat")
    assert "besok" in page
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    own = budi.get("/tugas").text
    assert "rumah aman" in own
    assert "Tulis surat" not in own
    first = tasks(desk)[0].id
    where = f"/kasus/{code}/tugas/{first}/jadi"
    done = budi.post(where, "/tugas", **{**form_of(own, where), "jadi": "done"})
    assert done.headers["Location"] == "/tugas"
    assert "Tidak ada tugas untuk Anda." in budi.get("/tugas").text
    page = rina.get(f"/kasus/{code}").text
    assert "Sudah selesai atau dihapus: 1" in page
    rina.post(where, f"/kasus/{code}", **{**form_of(page, where), "jadi": "lagi"})
    assert "rumah aman" in budi.get("/tugas").text
    rina.post(where, f"/kasus/{code}", **{**form_of(rina.get(f"/kasus/{code}").text, where), "jadi": "removed"})
    assert desk.acts(report)[-6:] == [
        *(CustodyAction.TASK_ADDED, CustodyAction.TASK_ADDED, CustodyAction.CLAIMED),
        *(CustodyAction.TASK_DONE, CustodyAction.TASK_RESUMED, CustodyAction.TASK_REMOVED),
    ]
    assert "Budi menyelesaikan tugas." in rina.get(f"/kasus/{code}/riwayat?jenis=tugas").text


def test_two_people_at_one_task_see_each_other_and_lose_no_word(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    add(desk, rina, code, "Kalimat pertama", "rina")
    where = f"/kasus/{code}/tugas/{tasks(desk)[0].id}"
    stale = form_of(budi.get(f"/kasus/{code}").text, where)
    due = {"tenggat": local_date(desk.clock.now).isoformat()}
    mine = {"tugas": "Kalimat Rina", "petugas": str(desk.staff_id("rina")), **due}
    desk.clock.advance(minutes=1)
    assert rina.post(where, f"/kasus/{code}", **{**stale, **mine}).status_code == 303
    his = {"tugas": "Kalimat Budi", "petugas": str(desk.staff_id("budi")), **due}
    answer = budi.post(where, f"/kasus/{code}", **{**stale, **his})
    assert answer.status_code == 409
    assert [word for word in ("Kalimat Rina", "Kalimat Budi", "Tugas diubah") if word not in answer.text] == []
    assert "Kalimat Rina" in rina.get(f"/kasus/{code}").text
    form = form_of(answer.text, where)
    edited = budi.post(where, f"/kasus/{code}", **form).text
    assert "Kalimat Budi" in edited
    del form["ubah"]
    assert budi.post(where, f"/kasus/{code}", **form).status_code == 303
    assert tasks(desk)[0].staff_id == desk.staff_id("budi")
    assert "Kalimat Budi" in budi.get("/tugas").text


def test_a_task_typed_while_the_case_is_closed_is_shown_and_not_lost(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    page = budi.get(f"/kasus/{code}").text
    version = hidden(rina.get(f"/kasus/{code}").text, "version")
    rina.post(f"/kasus/{code}/tutup", f"/kasus/{code}", version=version, closing_reason=ClosingReason.HELPED.value)
    given = {"version": hidden(page, "version"), "baru": str(uuid.uuid4()), "tugas": "Kalimat yang belum tersimpan"}
    given |= {"petugas": str(desk.staff_id("budi")), "tenggat": local_date(desk.clock.now).isoformat()}
    answer = budi.post(f"/kasus/{code}/tugas", f"/kasus/{code}", **given)
    assert answer.status_code == 409
    assert "Kalimat yang belum tersimpan" in answer.text
    assert tasks(desk) == []


def test_what_is_due_for_me_today_stands_in_todays_list(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code, today = desk.code(report), "/antrean/jatuh-tempo-hari-ini"
    with desk.owner() as session:
        case = session.merge(desk.case(report))
        case.first_reply_at = desk.clock.now
        session.commit()
    add(desk, rina, code, "Nanti", "rina", days=1)
    assert code not in rina.get(today).text
    add(desk, rina, code, "Sekarang", "rina")
    page = rina.get(today).text
    assert code in page
    assert "Tugas Anda jatuh tempo: 1" in page
    assert '<b data-count="jatuh-tempo-hari-ini">1</b>' in page
    assert code not in budi.get(today).text
    desk.clock.advance(days=1)
    rina.sign_in()
    assert "Tugas Anda jatuh tempo: 2" in rina.get(today).text
    where = f"/kasus/{code}/tugas/{tasks(desk)[0].id}/jadi"
    rina.post(where, f"/kasus/{code}", **{**form_of(rina.get(f"/kasus/{code}").text, where), "jadi": "done"})
    assert "Tugas Anda jatuh tempo: 1" in rina.get(today).text


def test_a_task_is_sealed_is_no_business_of_others_and_goes_with_its_report(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    nova = desk.seat("nova", StaffRole.EVIDENCE_OFFICER)
    code, other = desk.code(report), desk.code(desk.report())
    add(desk, rina, code, "Rahasiatugas di rumah bibi", "rina")
    [task] = tasks(desk)
    assert b"Rahasiatugas" not in task.text_box
    assert nova.get("/tugas").status_code == 403
    page = rina.get(f"/kasus/{code}").text
    form = {"csrf": hidden(page, "csrf"), "versi": "1", "version": hidden(page, "version"), "jadi": "done"}
    assert rina.client.post(f"/kasus/{other}/tugas/{task.id}/jadi", data=form).status_code == 404
    assert add(desk, rina, code, "Untuk Nova", "nova") == 404
    desk.workshop.withdraw(report)
    desk.workshop.run()
    assert tasks(desk) == []

"""Words that were typed are not lost: not with the session, not to a quicker colleague, not to a request sent twice."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select

from casefile.models import Paper, Referral, Takedown, Task
from casefile.vocabulary import ClosingReason
from casefile.wib import local_date
from tests.triage.conftest import DeskRoom, Person, hidden

WORDS = "Kalimat yang panjang sekali"
FORMS = {
    "/kasus/K-100000/tingkat": "reason",
    "/kasus/K-100000/tutup": "penutupan",
    "/kasus/K-100000/buka": "alasan_buka",
    "/kasus/K-100000/wajib-lapor": "alasan_putusan",
    "/kasus/K-100000/hapus-konten": "alamat",
    "/kasus/K-100000/tugas": "tugas",
    f"/kasus/K-100000/tugas/{uuid.UUID(int=1)}": "tugas",
    "/kasus/K-100000/serahkan": "catatan",
    "/kasus/K-100000/pindahkan": "catatan",
    "/kasus/K-100000/penghapusan": "catatan",
    "/serah-terima": "catatan",
    "/pengaturan/pasal/baru": "note",
    "/pengaturan/pasal/kode": "note",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_form_whose_session_ended_gives_its_words_back(desk: DeskRoom) -> None:
    nobody = desk.app.test_client()
    answers = {path: nobody.post(path, data={field: WORDS}) for path, field in FORMS.items()}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(FORMS, 409)
    assert [path for path, answer in answers.items() if f"<p>{WORDS}</p>" not in answer.text] == []


def test_who_comes_second_to_a_case_that_is_held_reads_the_own_note(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    case = f"/kasus/{desk.code(report)}"
    rina.post(f"{case}/ambil", case)
    seen = hidden(budi.get(case).text, "version")
    late = budi.post(f"{case}/tutup", case, version=seen, closing_reason=ClosingReason.HELPED.value, penutupan=WORDS)
    assert (late.status_code, WORDS in late.text, "Rina" in late.text) == (409, True, True)
    given = budi.post(f"{case}/serahkan", case, version=seen, kepada=str(uuid.UUID(int=1)), catatan=WORDS)
    assert (given.status_code, WORDS in given.text) == (409, True)


def test_a_form_sent_again_with_other_words_swallows_none_of_them(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    case = f"/kasus/{code}"
    today = local_date(desk.clock.now).isoformat()
    moment = f"{today}T00:00"
    task = {"baru": str(uuid.uuid4()), "petugas": str(desk.staff_id("rina")), "tenggat": today}
    address = {"baru": str(uuid.uuid4()), "kepada_siapa": "platform", "pada": moment}
    note = {"nomor": str(uuid.uuid4())}
    for words in ("satu", "satu", "dua"):
        assert rina.post(f"{case}/tugas", case, **task, tugas=words).status_code == 303
        assert rina.post(f"{case}/hapus-konten", case, **address, alamat=f"https://{words}.test").status_code == 303
        assert rina.post(f"{case}/catatan/baru/catatan", case, **note, teks=words).status_code == 303
    with desk.owner() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Task, Takedown, Paper)]
    assert counts == [2, 2, 2], "the same again is one, other words are another"
    assert send_plan(rina, case, "Rumah bibi") == send_plan(rina, case, "Rumah bibi") == 303
    assert send_plan(rina, case, "Rumah nenek") == 409
    asked = {"nomor": str(uuid.uuid4()), "penerima": "Lembaga", "bidang": "lain"}
    answers = [rina.post(f"{case}/rujukan/baru", case, **asked, tujuan=words) for words in ("satu", "satu", "dua")]
    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert "dua</textarea>" in answers[2].text
    with desk.owner() as session:
        assert session.scalar(select(func.count()).select_from(Referral)) == 1


def send_plan(person: Person, case: str, place: str) -> int:
    """A first safety plan, always from the same form."""
    page = f"{case}/catatan/baru/rencana-aman"
    return person.post(page, case, nomor=str(uuid.UUID(int=7)), place=place).status_code

"""Values of the urgency rules in the browser: tried out, proposed by one, confirmed by another, then weighed by."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from casefile.models import KeptVersion
from casefile.submission import Answers, Submission
from casefile.vocabulary import AgeBand, StaffRole, Threat, Urgency
from tests.triage.conftest import DeskRoom, Person, hidden
from worker.sweep import sweep

PAGE = "/pengaturan/urgensi"
THREAT = Submission(answers=Answers(age=AgeBand.FROM_25, threat=Threat.NO_DEADLINE), story="Ia mengancam.")


def press(person: Person, deed: str = "", **form: object) -> object:
    """Send the page's form as it stands now."""
    return person.post(PAGE + deed, PAGE, version=hidden(person.get(PAGE).text, "version"), **form)


def notice(person: Person) -> str:
    return " ".join(re.findall(r'<p class="notice" role="status">(.*?)</p>', person.get(PAGE).text))


def rules_kept(desk: DeskRoom) -> list[tuple[int, object, object]]:
    with desk.owner() as session:
        rows = session.scalars(select(KeptVersion).where(KeptVersion.key == "rules").order_by(KeptVersion.number))
        return [(row.number, row.changed_by, row.confirmed_by) for row in rows]


def test_a_change_needs_two_people_and_moves_open_cases_there_and_back(desk: DeskRoom) -> None:
    sari, dewi = desk.seat("sari", StaffRole.SUPERVISOR), desk.seat("dewi", StaffRole.SUPERVISOR)
    report = desk.report(THREAT, age=timedelta(minutes=1))
    assert (desk.case(report).level, desk.case(report).score) == (Urgency.P3, 10)
    raised = {"points.threat_without_deadline": "15", "p2_from": "15"}
    tried = press(sari, "/coba", ancaman="tanpa_batas", usia="25_44", **raised)
    assert re.findall(r'<span class="level (p\d)">', tried.text) == ["p3", "p3", "p2"]
    assert "<b>1</b> Biasa → Sedang" in tried.text
    assert rules_kept(desk) == [], "trying keeps nothing"
    press(sari, **raised)
    press(sari, "/setujui")
    assert "Anda yang mengusulkan" in notice(sari)
    assert rules_kept(desk) == []
    press(dewi, "/setujui")
    assert rules_kept(desk) == [(1, desk.staff_id("sari"), desk.staff_id("dewi"))]
    assert "Batalkan usulan" not in dewi.get(PAGE).text
    assert sweep(desk.workshop.runtime, desk.clock.now).reweighed == 1
    assert (desk.case(report).level, desk.case(report).score) == (Urgency.P2, 15)
    assert sweep(desk.workshop.runtime, desk.clock.now).reweighed == 0
    fresh = desk.report(THREAT, age=timedelta(minutes=1))
    assert (desk.case(fresh).score, desk.case(fresh).rules_number) == (15, 1), "weighed by the newest values at once"
    press(dewi, "/kembalikan", number=0)
    press(sari, "/setujui")
    sweep(desk.workshop.runtime, desk.clock.now)
    assert {desk.case(one).score for one in (report, fresh)} == {10}, "what was raised by mistake comes down again"
    assert "disetujui Sari" in sari.get(PAGE).text


def test_floors_cannot_be_lowered_and_faults_keep_what_was_typed(desk: DeskRoom) -> None:
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    for form, words in (
        ({"points.under_13": "51"}, "paling banyak 50"),
        ({"points.age_unknown": "9"}, "paling sedikit 10"),
        ({"points.from_13_to_17": "36"}, "tidak boleh lebih ringan"),
        ({"p2_from": "abc"}, "dengan angka"),
        ({"floor.unsafe": "P9"}, "dengan angka"),
        ({"floor.unsafe": "P3"}, "Belum ada yang berubah"),
        ({}, "Belum ada yang berubah"),
    ):
        answer = press(sari, **form)
        assert answer.status_code == 422, form
        assert words in answer.text
    bad = press(sari, "/coba", tempel='{"umur": 3}')
    assert bad.status_code == 422
    assert "Unknown field: umur." in bad.text
    pasted = press(sari, "/coba", tempel='{"perasaan": "akhiri_hidup"}', **{"floor.unsafe": "P0"})
    assert re.findall(r'<span class="level (p\d)">', pasted.text) == ["p0"] * 3
    assert '<option value="P0" selected>' in pasted.text
    press(sari, **{"floor.unsafe": "P0"})
    stale = sari.post(PAGE, PAGE, version=0, **{"floor.unsafe_and_near": "P0", "floor.child_visible": "P0"})
    assert stale.status_code == 303
    assert "usulan berubah" in notice(sari)
    press(sari, "/batal")
    assert "Usulan dari" not in sari.get(PAGE).text


def test_who_sees_tries_and_changes(desk: DeskRoom) -> None:
    rina, tata = desk.seat("rina"), desk.seat("tata", StaffRole.ADMINISTRATOR)
    for person in (rina, tata):
        assert person.get("/pengaturan").status_code == 200
        assert "Usulkan nilai ini" not in person.get(PAGE).text
        tried = person.post(f"{PAGE}/coba", PAGE, version=0, usia="lt13", p2_from="20")
        assert "<b>" not in re.search(r'id="hasil".*?</section>', tried.text, re.DOTALL)[0], "counts nothing"
        assert person.post(PAGE, PAGE, version=0, p2_from="20").status_code == 403
        assert person.post(f"{PAGE}/setujui", PAGE, version=0).status_code == 403
    keyless = desk.seat("sari", StaffRole.SUPERVISOR, with_key=False)
    assert press(keyless, p2_from="20").status_code == 403, "an account without a key decides nothing"

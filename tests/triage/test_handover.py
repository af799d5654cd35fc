"""Giving cases away: with a note, as a whole load, by a supervisor; what the others see; what a clash shows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from casefile.contents import HANDOVER_NOTE
from casefile.models import Case, Handover
from casefile.unsealing import open_note
from casefile.vocabulary import CustodyAction, StaffRole, Urgency
from tests.english import expect_english
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.test_casework import act, take
from tests.triage.test_collapsing import Flood
from tests.triage.test_queue import codes
from triage.casework import LEASE
from triage.handover import SHIFT

NOTE = "Pelapor lebih suka dihubungi pagi"


def give(desk: DeskRoom, person: Person, code: str, to: str, *, note: str = NOTE, verb: str = "serahkan") -> int:
    """Hand one case over, as the case page's form does."""
    seen = hidden(person.get(f"/kasus/{code}").text, "version")
    form = {"version": seen, "kepada": str(desk.staff_id(to)), "catatan": note}
    return person.post(f"/kasus/{code}/{verb}", f"/kasus/{code}", **form).status_code


def test_a_colleague_sees_the_case_and_the_note_on_top_and_accepts_by_opening(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    take(rina, code)
    assert give(desk, rina, code, "budi") == 303
    page = budi.get("/antrean/kasus-saya").text
    top = page[: page.index('<ol class="queue">')]
    assert code in top
    assert NOTE in top
    assert "dari Rina" in top
    assert NOTE not in rina.get("/antrean/kasus-saya").text
    with desk.owner() as session:
        given = session.scalars(select(Handover)).one()
        assert open_note(desk.workshop.office.epoch, given.note_box, HANDOVER_NOTE, given.id.bytes).decode() == NOTE
    assert budi.get(f"/kasus/{code}").status_code == 200
    assert "Diserahkan kepada Anda" not in budi.get("/antrean/kasus-saya").text
    assert desk.acts(report)[-2:] == [CustodyAction.HANDED_OVER, CustodyAction.HANDOVER_ACCEPTED]
    assert desk.case(report).claimed_by == desk.staff_id("budi")


@pytest.mark.parametrize(("level", "patience"), [(Urgency.P0, LEASE), (Urgency.P1, LEASE), (Urgency.P3, SHIFT)])
def test_what_nobody_opens_is_free_again_soonest_where_it_is_urgent(
    desk: DeskRoom, level: Urgency, patience: timedelta
) -> None:
    rina, report = desk.seat("rina"), desk.report()
    desk.add("budi")
    code = desk.code(report)
    with desk.owner() as session:
        session.execute(update(Case).where(Case.code == code).values(level=level))
        session.commit()
    give(desk, rina, code, "budi")
    assert desk.case(report).claim_expires_at == desk.clock.now + patience


def test_a_handover_needs_a_note_and_somebody_who_works_on_cases(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    for name, role in (
        ("nova", StaffRole.EVIDENCE_OFFICER),
        ("ani", StaffRole.ADMINISTRATOR),
        ("budi", StaffRole.COUNSELLOR),
    ):
        desk.add(name, role)
    assert give(desk, rina, code, "budi", note=" ") == 422
    for name in ("nova", "ani"):
        give(desk, rina, code, name)
    with desk.owner() as session:
        assert session.scalars(select(Handover)).all() == []


def test_only_a_supervisor_moves_what_another_holds_and_the_holder_is_told(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    sari, code = desk.seat("sari", StaffRole.SUPERVISOR), desk.code(report)
    take(rina, code)
    assert give(desk, budi, code, "sari") == 409
    assert give(desk, budi, code, "sari", verb="pindahkan") == 403
    assert give(desk, sari, code, "budi", note="Rina pulang lebih awal", verb="pindahkan") == 303
    told = rina.get("/antrean/perlu-dibaca").text
    assert f"Sari menyerahkan {code} ke Budi. Rina pulang lebih awal" in told
    rina.post("/serah-terima/dibaca", "/antrean/perlu-dibaca")
    assert "dipindahkan" not in rina.get("/antrean/perlu-dibaca").text
    assert desk.case(report).claimed_by == desk.staff_id("budi")


def test_a_whole_load_goes_to_several_in_turn(desk: DeskRoom) -> None:
    rina, sari = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR)
    for name in ("budi", "tono"):
        desk.add(name)
    load = Flood(desk).add(5, None, claimed_by=desk.staff_id("rina"))
    to = [str(desk.staff_id(name)) for name in ("budi", "tono")]
    form = {"dari": str(desk.staff_id("rina")), "kepada": to, "catatan": "Cuti dua minggu"}
    budi = desk.browser("budi")
    assert "5 kasus" in rina.get("/serah-terima").text
    assert sari.post("/serah-terima", "/serah-terima", **{**form, "kepada": []}).status_code == 422
    assert rina.post("/serah-terima", "/serah-terima", **form).status_code == 303
    assert codes(rina.get("/antrean/kasus-saya").text) == []
    with desk.owner() as session:
        holders = dict(session.execute(select(Case.code, Case.claimed_by)).all())
    assert [str(holders[copy.code]) for copy in load] == [to[0], to[1], to[0], to[1], to[0]]
    assert budi.get("/serah-terima").status_code == 303


def test_nobody_gives_away_the_load_of_another_but_a_supervisor(desk: DeskRoom) -> None:
    rina, sari = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR)
    desk.add("budi")
    Flood(desk).add(2, None, claimed_by=desk.staff_id("budi"))
    form = {"dari": str(desk.staff_id("budi")), "kepada": str(desk.staff_id("rina")), "catatan": "Budi sakit"}
    assert rina.post("/serah-terima", "/serah-terima", **form).status_code == 403
    assert sari.post("/serah-terima", "/serah-terima", **form).status_code == 303
    assert len(codes(rina.get("/antrean/kasus-saya").text)) == 2


def test_a_clash_shows_who_changed_what_and_keeps_the_text_for_both_ways_on(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    seen = hidden(rina.get(f"/kasus/{code}").text, "version")
    act(budi, code, "tingkat", level="P1", reason="Ada ancaman lewat telepon")
    form = {"version": seen, "level": "P2", "reason": "Sudah aman di rumah bibi"}
    clash = rina.post(f"/kasus/{code}/tingkat", f"/kasus/{code}", **form)
    assert clash.status_code == 409
    assert "Kasus berubah sejak Anda buka. Lihat perubahan sebelum menyimpan." in clash.text
    assert re.search(r"Budi: Tingkat ditetapkan petugas · \w+ → Tinggi", clash.text)
    assert "Saat Anda buka" in clash.text
    assert "Sudah aman di rumah bibi" in clash.text
    assert desk.case(report).level is Urgency.P1
    again = {**form, "version": hidden(clash.text, "version")}
    edited = rina.post(f"/kasus/{code}/tingkat", f"/kasus/{code}", **again, ubah="ya").text
    assert "Sudah aman di rumah bibi</textarea>" in edited
    assert desk.case(report).level is Urgency.P1
    assert rina.post(f"/kasus/{code}/tingkat", f"/kasus/{code}", **again).status_code == 303
    assert desk.case(report).level is Urgency.P2


def test_what_the_rules_changed_is_said_to_be_no_persons_act(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    seen = hidden(rina.get(f"/kasus/{code}").text, "version")
    with desk.owner() as session:
        session.get_one(Case, desk.case(report).id).level = Urgency.P1
        session.commit()
    clash = rina.post(f"/kasus/{code}/tutup", f"/kasus/{code}", version=seen, closing_reason="helped")
    assert clash.status_code == 409
    assert "Tidak ada tindakan petugas." in clash.text


def test_the_one_who_comes_second_sees_until_when(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    take(rina, code)
    answer = budi.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    until = desk.clock.now + LEASE + timedelta(hours=7)
    assert re.search(rf"Kasus tetap padanya sampai (besok )?{until:%H\.%M}", answer.text)


def test_handing_over_is_told_in_english_too(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    give(desk, rina, code, "budi", note="-")
    budi.post("/bahasa", language="en")
    seen = hidden(budi.get(f"/kasus/{code}").text, "version")
    give(desk, rina, desk.code(desk.report()), "budi", note="-")
    expect_english(budi.get("/antrean/kasus-saya").text)
    act(budi, code, "tingkat", level="P1", reason="-")
    clash = budi.post(f"/kasus/{code}/tingkat", f"/kasus/{code}", version=seen, level="P2", reason="-")
    expect_english(clash.text)

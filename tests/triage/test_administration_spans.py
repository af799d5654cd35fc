"""Spans of keeping at the desk, and the page that leads to all that an office keeps for itself."""

from __future__ import annotations

import pytest

from casefile.retention import GRACE, Spans, find_spans
from casefile.vocabulary import StaffRole
from tests.triage.conftest import DeskRoom, Person, hidden

PAGE = "/pengaturan/masa-simpan"
DAYS = {"story_days": "365", "handed_on_days": "4383", "fingerprint_days": "730", "job_days": "7"}


def press(person: Person, deed: str = "", **form: object) -> object:
    return person.post(PAGE + deed, PAGE, version=hidden(person.get(PAGE).text, "version"), **form)


def spans_after(desk: DeskRoom) -> Spans:
    """What will be erased by, once the week is over."""
    with desk.owner() as session:
        return find_spans(session, desk.clock.now + GRACE)


def test_erasing_more_asks_for_the_code_and_comes_back(desk: DeskRoom) -> None:
    sari, rina = desk.seat("sari", StaffRole.SUPERVISOR), desk.seat("rina")
    assert "Isi kasus tidak dihapus otomatis." in rina.get(PAGE).text
    for deed in ("", "/kembalikan"):
        assert rina.post(PAGE + deed, PAGE, version=0, number=0, **DAYS).status_code == 403
    refused = press(sari, erases_cases="1", **DAYS)
    assert refused.status_code == 422
    assert "Isi kode 6 angka" in refused.text
    for wrong, words in (({"story_days": "12"}, "paling sedikit 180"), ({"job_days": ""}, "jumlah hari")):
        answer = press(sari, **{**DAYS, **wrong})
        assert answer.status_code == 422
        assert words in answer.text
    assert press(sari, erases_cases="1", code=sari.code(), **DAYS).status_code == 303
    assert spans_after(desk) == Spans(erases_cases=True)
    with desk.owner() as session:
        assert not find_spans(session, desk.clock.now).erases_cases
    assert press(sari, **{**DAYS, "story_days": "800"}).status_code == 303, "keeping longer asks for nothing"
    assert spans_after(desk) == Spans(story_days=800)
    assert press(sari, "/kembalikan", number=1).status_code == 422
    assert press(sari, "/kembalikan", number=0).status_code == 303
    assert press(sari, "/kembalikan", number=9).status_code == 404
    stale = sari.post(PAGE, PAGE, version=1, **DAYS)
    assert "rekan mengubah masa simpan" in stale.text
    assert desk.acts().count("kept_changed") == 3


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_of_settings_leads_by_role(desk: DeskRoom) -> None:
    leads = {
        StaffRole.COUNSELLOR: {"/direktori", "/kunci"},
        StaffRole.SUPERVISOR: {"/direktori", "/kunci", "/contoh-pesan"},
        StaffRole.EVIDENCE_OFFICER: {"/direktori"},
        StaffRole.ADMINISTRATOR: {"/direktori", "/petugas", "/contoh-pesan"},
    }
    everybody = {"/pengaturan/pasal", "/pengaturan/urgensi", PAGE}
    for role, more in leads.items():
        person = desk.seat(role.value, role)
        main = person.get("/pengaturan").text.partition("<main")[2]
        assert {part.partition('"')[0] for part in main.split('<h2><a href="')[1:]} == more | everybody
        assert all(person.get(path).status_code == 200 for path in more | everybody)

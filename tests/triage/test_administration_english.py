"""The pages of settings and accounts in English, with their faults and notices."""

from __future__ import annotations

import pytest

from casefile.submission import Answers, Submission
from casefile.vocabulary import HarmKind, StaffRole, WhenHappened
from tests.english import expect_english
from tests.triage.conftest import DeskRoom, Person, hidden

RULES, ARTICLE, SPANS = "/pengaturan/urgensi", "/pengaturan/pasal/ite-27-1", "/pengaturan/masa-simpan"
DAYS = {"story_days": "365", "handed_on_days": "4383", "fingerprint_days": "730", "job_days": "7"}


def speak(person: Person) -> Person:
    person.post("/bahasa", "/akun", language="en")
    return person


def press(person: Person, page: str, deed: str = "", **form: object) -> None:
    """Press a button; what is answered, or the page that the answer leads to, is English."""
    answer = person.post(page + deed, page, version=hidden(person.get(page).text, "version"), **form)
    expect_english(answer.text if answer.status_code != 303 else person.get(answer.headers["Location"]).text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_settings_are_all_english(desk: DeskRoom) -> None:
    sari, dewi = speak(desk.seat("sari", StaffRole.SUPERVISOR)), speak(desk.seat("dewi", StaffRole.SUPERVISOR))
    report = desk.report(Submission(answers=Answers(kinds=frozenset({HarmKind.DOXING}), happened=WhenHappened.TODAY)))
    press(sari, RULES, "/coba", p2_from="10", usia="lt13")
    press(sari, RULES, "/coba", tempel="{}x")
    for form in ({}, {"p2_from": "1"}, {"points.same_house": "0"}, {"p1_from": "x"}, {"p2_from": "20"}):
        press(sari, RULES, **form)
    press(sari, RULES, "/setujui")
    press(dewi, RULES, "/setujui")
    press(sari, RULES, "/kembalikan", number=0)
    press(sari, RULES, "/batal")
    for deed, form in (
        ("", {"law": "UU"}),
        ("", {"law": "UU", "article": "Pasal 1"}),
        ("/periksa", {}),
        ("/lepas", {}),
    ):
        press(sari, ARTICLE, deed, **form)
    press(sari, ARTICLE, "/kembalikan", number=0)
    press(sari, ARTICLE, "/periksa", verified_by="Lestari")
    press(sari, SPANS, **DAYS, erases_cases="1")
    press(sari, SPANS, **{**DAYS, "job_days": "99"})
    press(sari, SPANS, **{**DAYS, "job_days": "9"})
    for path in ("/pengaturan", "/pengaturan/pasal", "/pengaturan/pasal/baru", f"/kasus/{desk.code(report)}"):
        expect_english(sari.get(path).text)
    rina = speak(desk.seat("rina"))
    for path in ("/pengaturan", RULES, ARTICLE, SPANS):
        expect_english(rina.get(path).text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_accounts_are_all_english(desk: DeskRoom) -> None:
    tata = speak(desk.seat("tata", StaffRole.ADMINISTRATOR))
    desk.seat("rina")
    rina, own = (f"/petugas/{desk.staff_id(name)}" for name in ("rina", "tata"))
    press(tata, rina, "/nama", display_name="")
    press(tata, rina, "/nama", display_name="Rina Dua")
    press(tata, rina, "/peran")
    press(tata, rina, "/peran", role="supervisor", code="0")
    press(tata, rina, "/peran", role="administrator", code=tata.code())
    press(tata, rina, "/peran", role="evidence_officer", code=tata.code())
    press(tata, rina, "/kembalikan", number=1, code="0")
    press(tata, rina, "/kembalikan", number=1, code=tata.code())
    for deed in ("/nonaktif", "/aktif", "/kode"):
        press(tata, rina, deed)
    press(tata, own, "/peran", role="supervisor", code=tata.code())
    expect_english(tata.get("/petugas").text)

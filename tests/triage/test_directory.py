"""The directory at the desk: who may change it, what is kept of a change, and how it comes back."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.custody import OFFICE_CHAIN, list_entries
from casefile.directory import list_shown, supply
from casefile.models import DirectoryChange, DirectoryEntry
from casefile.vocabulary import DirectoryAct, StaffRole
from casefile.wib import local_date
from tests.english import expect_english
from tests.triage.conftest import DeskRoom, Person, hidden

FORM = {"name": "LPSK", "phone": "148", "position": "80", "audiences": ["men", "women"], "helps": ["legal"]}


def entry(desk: DeskRoom, name: str = "LPSK") -> DirectoryEntry:
    with desk.owner() as session:
        return session.scalars(select(DirectoryEntry).where(DirectoryEntry.name == name)).one()


def changes(desk: DeskRoom, entry_id: UUID) -> list[DirectoryChange]:
    with desk.owner() as session:
        chosen = select(DirectoryChange).where(DirectoryChange.entry_id == entry_id)
        return list(session.scalars(chosen.order_by(DirectoryChange.version)))


def shown(desk: DeskRoom) -> list[str]:
    with desk.owner() as session:
        return [row.name for row in list_shown(session)]


def page_of(desk: DeskRoom, name: str = "LPSK") -> str:
    return f"/direktori/{entry(desk, name).id}"


def act(person: Person, page: str, deed: str = "", **form: object) -> object:
    """Press a button as the page stands now."""
    return person.post(page + deed, page, version=hidden(person.get(page).text, "version"), **form)


@pytest.mark.parametrize("role", StaffRole)
def test_everybody_reads_and_only_supervisor_and_administrator_change(desk: DeskRoom, role: StaffRole) -> None:
    person, page, before = desk.seat("rina", role), page_of(desk), entry(desk).version
    assert "LPSK" in person.get("/direktori").text
    assert "148" in person.get(page).text
    may_edit = role in {StaffRole.SUPERVISOR, StaffRole.ADMINISTRATOR}
    tries = {
        person.post(path, "/direktori", version=before, number=1, **FORM).status_code
        for path in (
            "/direktori/baru",
            page,
            f"{page}/periksa",
            f"{page}/sembunyikan",
            f"{page}/tampilkan",
            f"{page}/kembalikan",
        )
    }
    assert tries == ({303} if may_edit else {403})
    assert person.get("/direktori/baru").status_code == (200 if may_edit else 403)
    assert ("Simpan" in person.get(page).text) is may_edit
    if not may_edit:
        assert entry(desk).version == before


def test_checking_names_the_person_and_the_day_and_goes_stale(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    assert "belum diperiksa" in sari.get(page).text
    act(sari, page, "/periksa")
    today = local_date(desk.clock.now)
    assert entry(desk).verified_on == today
    row = next(part for part in sari.get("/direktori").text.split("<tr>") if ">LPSK<" in part)
    assert "Sari" in row
    assert str(today.year) in row
    desk.clock.advance(days=184)
    again = desk.browser("sari")
    again.secret = sari.secret
    again.sign_in()
    row = next(part for part in again.get("/direktori").text.split("<tr>") if ">LPSK<" in part)
    assert "perlu diperiksa lagi" in row


def test_a_change_is_kept_whole_logged_and_unchecks_contacts(desk: DeskRoom) -> None:
    admin, page = desk.seat("tata", StaffRole.ADMINISTRATOR), page_of(desk)
    act(admin, page, "/periksa")
    act(
        admin,
        page,
        **{
            **FORM,
            "about": "<b>Baru</b>",
            "phone": "148",
            "whatsapp": "0857-7001-0048",
            "address": entry(desk).address,
        },
    )
    assert entry(desk).verified_on is not None, "only what one reads changed"
    act(admin, page, **{**FORM, "phone": "149"})
    kept = entry(desk)
    assert (kept.about, kept.phone, kept.audiences, kept.verified_on, kept.is_ours) == (
        "",
        "149",
        ["women", "men"],
        None,
        True,
    )
    past = changes(desk, kept.id)
    assert [one.act for one in past] == [
        DirectoryAct.SUPPLIED,
        DirectoryAct.CHECKED,
        DirectoryAct.EDITED,
        DirectoryAct.EDITED,
    ]
    assert (past[2].after["about"], past[3].before["about"], past[3].staff_id) == (
        "Baru",
        "Baru",
        desk.staff_id("tata"),
    )
    with desk.owner() as session:
        bodies = [json.loads(one.body) for one in list_entries(session, OFFICE_CHAIN)]
    logged = [body["detail"] for body in bodies if body["action"] == "directory_changed"]
    assert logged == [
        {"entry": str(kept.id), "version": n, "act": what} for n, what in ((2, "checked"), (3, "edited"), (4, "edited"))
    ]
    assert "149" not in json.dumps(bodies)


def test_saving_what_is_there_already_is_no_change(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    act(sari, page, **FORM)
    before = entry(desk).version
    act(sari, page, **FORM)
    assert entry(desk).version == before


def test_two_people_who_save_at_once_see_both_and_lose_nothing(desk: DeskRoom) -> None:
    sari, tata = desk.seat("sari", StaffRole.SUPERVISOR), desk.seat("tata", StaffRole.ADMINISTRATOR)
    page = page_of(desk)
    seen = hidden(sari.get(page).text, "version")
    act(tata, page, **{**FORM, "phone": "149"})
    answer = sari.post(page, page, version=seen, **{**FORM, "phone": "150"})
    assert answer.status_code == 409
    assert entry(desk).phone == "149"
    assert "Tata mengubah tempat ini" in answer.text
    clash = answer.text.split("Tersimpan sekarang")[1].split("</table>")[0]
    assert "149" in clash
    assert "150" in clash
    assert re.search(r'<textarea id="phone"[^>]*>\s*150<', answer.text)
    assert sari.post(f"{page}/periksa", page, version=seen).status_code == 303
    assert entry(desk).verified_on is None
    latest = re.findall(r'name="version" value="(\d+)"', answer.text)[-1]
    assert sari.post(page, page, version=latest, **{**FORM, "phone": "150"}).status_code == 303
    assert entry(desk).phone == "150"


def test_an_earlier_state_comes_back_and_so_does_the_later_one(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    original = changes(desk, entry(desk).id)[0].after
    act(sari, page, **{**FORM, "phone": "149"})
    act(sari, page, "/sembunyikan")
    assert "LPSK" not in shown(desk)
    act(sari, page, "/kembalikan", number=1)
    past = changes(desk, entry(desk).id)
    assert (past[-1].act, past[-1].after) == (DirectoryAct.RESTORED, original)
    assert "LPSK" in shown(desk)
    act(sari, page, "/kembalikan", number=2)
    assert entry(desk).phone == "149"
    assert act(sari, page, "/kembalikan", number=99).status_code == 404


def test_a_retired_entry_can_be_shown_again(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    act(sari, page, "/sembunyikan")
    assert "disembunyikan" in sari.get("/direktori").text
    act(sari, page, "/tampilkan")
    assert "LPSK" in shown(desk)


def test_a_new_entry_is_shown_in_its_place_and_faults_keep_what_was_typed(desk: DeskRoom) -> None:
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    for form in ({**FORM, "name": " "}, {**FORM, "name": "Klinik Asa", "phone": "hubungi kami"}):
        answer = sari.post("/direktori/baru", "/direktori/baru", **form)
        assert answer.status_code == 422
        assert form["phone"] in answer.text
    assert "Klinik Asa" not in shown(desk)
    sari.post("/direktori/baru", "/direktori/baru", **{**FORM, "name": "Klinik Asa", "position": "5"})
    assert shown(desk)[0] == "Klinik Asa"
    made = entry(desk, "Klinik Asa")
    assert (made.name_in_file, made.verified_on, made.version) == (None, None, 1)
    page = page_of(desk, "Klinik Asa")
    assert act(sari, page, **{**FORM, "name": ""}).status_code == 422
    assert sari.post(page, page, **FORM).status_code == 400, "a form without a version"


def test_an_upgrade_leaves_what_staff_checked_or_hid(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    act(sari, page, "/sembunyikan")
    with desk.owner() as session:
        supply(session, desk.clock.now)
        session.commit()
    assert "LPSK" not in shown(desk)


def test_a_hotline_says_that_it_also_stands_elsewhere(desk: DeskRoom) -> None:
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    warning = "Nomor ini juga tertulis tetap"
    assert warning in sari.get(page_of(desk, "Polisi 110")).text
    assert warning not in sari.get(page_of(desk)).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_pages_speak_english(desk: DeskRoom) -> None:
    sari, page = desk.seat("sari", StaffRole.SUPERVISOR), page_of(desk)
    sari.post("/bahasa", "/akun", language="en")
    seen = hidden(sari.get(page).text, "version")
    act(sari, page, "/periksa")
    act(sari, page, **{**FORM, "about": "Kata yang baru"})
    clash = sari.post(page, page, version=seen, **FORM)
    fault = sari.post("/direktori/baru", "/direktori/baru", **{**FORM, "name": ""})
    pages = [sari.get(path) for path in ("/direktori", "/direktori/baru", page)]
    for answer in (clash, fault, *pages):
        expect_english(answer.text)

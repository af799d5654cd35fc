"""The administrator's page, and keys that only readers can give."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from casefile.boxes import KeyPair
from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import CustodyAction, StaffRole
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden

STORY = "Akun itu terus menelepon."


def make_account(admin: Person, username: str, role: StaffRole = StaffRole.COUNSELLOR) -> str:
    """Add an account on the page; the page's text."""
    form = {"username": username, "display_name": username.title(), "role": role.value}
    return admin.post("/petugas", "/petugas", **form).text


def test_a_new_account_gets_a_temporary_password_that_is_shown_once(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    page = make_account(tata, "wulan")
    password = re.search(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>", page)[1]
    assert password not in tata.get("/petugas").text
    wulan = desk.browser("wulan")
    assert wulan.give_password(password).headers["Location"] == "/masuk/pertama"
    assert desk.acts().count(CustodyAction.STAFF_ADDED) == 2


@pytest.mark.parametrize(
    "form",
    [
        {"username": "", "display_name": "Wulan", "role": "counsellor"},
        {"username": "dua kata", "display_name": "Wulan", "role": "counsellor"},
        {"username": "wulan", "display_name": "Wulan", "role": "raja"},
        {"username": "TATA", "display_name": "Tata Lagi", "role": "administrator"},
    ],
)
def test_a_form_that_cannot_be_an_account_is_kept_and_refused(desk: DeskRoom, form: dict[str, str]) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    answer = tata.post("/petugas", "/petugas", **form)
    assert answer.status_code == 422
    assert f'value="{form["display_name"]}"' in answer.text
    with desk.owner() as session:
        assert session.scalars(select(StaffMember.username)).all() == ["tata"]


def test_a_new_reader_waits_until_a_colleague_compares_and_grants(desk: DeskRoom) -> None:
    rina, wulan = desk.seat("rina"), desk.seat("wulan", with_key=False)
    report = desk.report(make_submission(story=STORY))
    path = f"/kasus/{desk.code(report)}"
    assert wulan.post(f"{path}/cerita", path).status_code == 403
    kid = hidden(rina.get("/kunci").text, "kid")
    assert kid in wulan.get("/antrean/perlu-dibaca").text
    grant = f"/kunci/{desk.staff_id('wulan')}"
    rina.post(grant, "/kunci", kid=kid)
    assert wulan.post(f"{path}/cerita", path).status_code == 403
    rina.post(grant, "/kunci", kid=kid, compared="yes")
    assert STORY in wulan.post(f"{path}/cerita", path).text
    assert desk.acts()[-1] == CustodyAction.KEY_GRANTED
    assert "Tidak ada rekan yang menunggu kunci." in rina.get("/kunci").text


def test_a_key_slipped_into_an_account_shows_when_compared(desk: DeskRoom) -> None:
    rina, wulan = desk.seat("rina"), desk.seat("wulan", with_key=False)
    honest = hidden(rina.get("/kunci").text, "kid")
    with desk.owner() as session:
        slipped = KeyPair.generate().public.raw
        session.execute(update(StaffMember).where(StaffMember.username == "wulan").values(public_key=slipped))
        session.commit()
    shown = hidden(rina.get("/kunci").text, "kid")
    assert shown != honest
    assert shown not in wulan.get("/kunci").text
    rina.post(f"/kunci/{desk.staff_id('wulan')}", "/kunci", kid=honest, compared="yes")
    with desk.owner() as session:
        assert session.get(EpochGrant, (1, desk.staff_id("wulan"))) is None


def test_who_holds_no_key_grants_none(desk: DeskRoom) -> None:
    desk.add("rina", with_key=False)
    wulan = desk.seat("wulan", with_key=False)
    answer = wulan.post(f"/kunci/{desk.staff_id('rina')}", "/kunci", kid="0", compared="yes")
    assert answer.status_code in {303, 403}
    with desk.owner() as session:
        assert session.scalars(select(EpochGrant)).all() == []


def test_an_administrator_is_never_on_the_list_of_those_who_wait(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.add("tata", StaffRole.ADMINISTRATOR)
    assert "Tata" not in rina.get("/kunci").text
    answer = rina.post(f"/kunci/{desk.staff_id('tata')}", "/kunci", kid="0", compared="yes")
    assert answer.status_code == 404


def test_the_last_administrator_stays(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    tata.post(f"/petugas/{desk.staff_id('tata')}/nonaktif", "/petugas")
    assert "Ini administrator terakhir." in tata.get("/petugas").text


def test_accounts_are_named_with_their_state(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    desk.seat("rina")
    desk.seat("wulan", with_key=False)
    desk.add("nova", StaffRole.EVIDENCE_OFFICER)
    rows = re.findall(r"<tr><td>(\w+)<br>.*?</td><td>.*?</td>\s*<td>(.*?)</td>", tata.get("/petugas").text, re.DOTALL)
    assert dict(rows) == {"Nova": "belum pernah masuk", "Rina": "aktif", "Tata": "aktif", "Wulan": "menunggu kunci"}

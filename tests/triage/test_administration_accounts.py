"""Changing accounts in the browser: what it does to keys and sessions, who is safe from it, how it comes back."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from casefile.custody import OFFICE_CHAIN, list_entries, verify_chain
from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import StaffRole
from casefile.wib import local_date
from tests.triage.conftest import DeskRoom, Person, hidden

QUEUE = "/antrean/perlu-dibaca"


def account(desk: DeskRoom, username: str) -> StaffMember:
    with desk.owner() as session:
        return session.scalars(select(StaffMember).where(StaffMember.username == username)).one()


def epochs(desk: DeskRoom, username: str) -> list[int]:
    with desk.owner() as session:
        return list(session.scalars(select(EpochGrant.epoch).where(EpochGrant.staff_id == desk.staff_id(username))))


def press(desk: DeskRoom, admin: Person, username: str, deed: str, **form: object) -> str:
    """Press a button on an account's page as it stands now; what the page then says."""
    page = f"/petugas/{desk.staff_id(username)}"
    admin.post(f"{page}/{deed}", page, version=hidden(admin.get(page).text, "version"), **form)
    shown = admin.get(page).text
    return " ".join(re.findall(r'<p class="notice" role="status">(.*?)</p>', shown))


def test_a_role_takes_keys_with_it_and_comes_back_without_them(desk: DeskRoom) -> None:
    tata, rina = desk.seat("tata", StaffRole.ADMINISTRATOR), desk.seat("rina")
    desk.seat("sari", StaffRole.SUPERVISOR)
    assert "Kode 6 angka tidak cocok" in press(desk, tata, "rina", "peran", role="administrator", code="000000")
    assert "Peran diubah" in press(desk, tata, "rina", "peran", role="administrator", code=tata.code())
    assert (account(desk, "rina").role, epochs(desk, "rina")) == (StaffRole.ADMINISTRATOR, [])
    assert rina.get(QUEUE).headers["Location"] == "/masuk", "signed out"
    press(desk, tata, "rina", "nama", display_name="Rina <b>Dua</b>")
    assert "Dikembalikan" in press(desk, tata, "rina", "kembalikan", number=1, code=tata.code())
    kept = account(desk, "rina")
    assert (kept.role, kept.display_name) == (StaffRole.COUNSELLOR, "Rina Dua"), "the later change of name stays"
    assert epochs(desk, "rina") == [], "a key comes from a colleague alone"
    page = tata.get(f"/petugas/{kept.id}").text
    assert "<del>Administrator</del> → Konselor" in page
    with desk.owner() as session:
        entries = list_entries(session, OFFICE_CHAIN)
        verify_chain(OFFICE_CHAIN, entries)
    bodies = [json.loads(entry.body) for entry in entries]
    done = [
        body["detail"] for body in bodies if body["detail"].get("staff") == str(kept.id) and "number" in body["detail"]
    ]
    assert [one.get("to") for one in done] == ["administrator", None, "counsellor"]
    assert {"epoch": 1, "staff": str(kept.id)} in [one["detail"] for one in bodies if one["action"] == "key_withdrawn"]
    assert "Dua" not in json.dumps(bodies), "the log names nobody"


def test_out_of_service_and_back_and_the_last_key_stays(desk: DeskRoom) -> None:
    tata, rina = desk.seat("tata", StaffRole.ADMINISTRATOR), desk.seat("rina")
    desk.seat("sari", StaffRole.SUPERVISOR)
    today = local_date(desk.clock.now)
    assert account(desk, "rina").last_seen_on == today
    press(desk, tata, "rina", "nonaktif")
    assert rina.get(QUEUE).headers["Location"] == "/masuk"
    assert (account(desk, "rina").is_active, epochs(desk, "rina")) == (False, [])
    press(desk, tata, "rina", "aktif")
    assert rina.sign_in().status_code == 303
    assert "Menunggu kunci" in rina.get(QUEUE).text or "nomor kunci" in rina.get(QUEUE).text
    refused = press(desk, tata, "sari", "peran", role="administrator", code=tata.code())
    assert "hanya orang ini yang memegang kunci" in refused
    assert account(desk, "sari").role is StaffRole.SUPERVISOR
    press(desk, tata, "sari", "nonaktif")
    assert (account(desk, "sari").is_active, epochs(desk, "sari")) == (False, [1])


def test_nobody_changes_their_own_role_or_leaves_the_office_without_administrator(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    assert "mengubah peran sendiri" in press(desk, tata, "tata", "peran", role="supervisor", code=tata.code())
    assert "administrator terakhir" in press(desk, tata, "tata", "nonaktif")
    desk.seat("budi", StaffRole.ADMINISTRATOR)
    press(desk, tata, "tata", "nama", display_name="Tata Surya")
    stale = f"/petugas/{desk.staff_id('tata')}"
    tata.post(f"{stale}/nama", stale, version=0, display_name="Lain")
    assert "rekan mengubah akun ini" in tata.get(stale).text
    assert account(desk, "tata").display_name == "Tata Surya"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ADMINISTRATOR])
def test_only_an_administrator_opens_an_account(desk: DeskRoom, role: StaffRole) -> None:
    somebody = desk.seat("rina", role)
    page = f"/petugas/{desk.staff_id('rina')}"
    assert somebody.get(page).status_code == 403
    assert somebody.post(f"{page}/peran", "/akun", version=0, role="administrator").status_code == 403

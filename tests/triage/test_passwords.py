"""Another password: both factors again, and the key goes with it."""

from __future__ import annotations

import re

import pyotp
import pytest
from werkzeug.test import TestResponse

from casefile.vocabulary import CustodyAction, StaffRole
from tests.triage.conftest import CHOSEN, DeskRoom, Person, hidden

OTHER = "sepeda-biru-lewat-jembatan"


def change(person: Person, **form: str) -> TestResponse:
    """Ask for another password, right in everything that ``form`` does not say otherwise."""
    right = {"current": CHOSEN, "password": OTHER, "password_again": OTHER, "code": person.code()}
    return person.post("/akun", "/akun", **{**right, **form})


def test_a_person_changes_the_password_and_still_reads(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    assert change(rina).status_code == 303
    assert desk.acts()[-1] == CustodyAction.SIGN_IN_CHANGED
    rina.post("/keluar")
    assert rina.give_password(CHOSEN).status_code == 403
    assert rina.sign_in(OTHER).status_code == 303
    path = f"/kasus/{desk.code(report)}"
    assert "mengancam" in rina.post(f"{path}/cerita", path).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"current": "bukan-kata-sandi"},
        {"password_again": "lain-lagi-sekali"},
        {"code": "000000"},
        {"password": "pendek", "password_again": "pendek"},
        {"password": CHOSEN, "password_again": CHOSEN},
    ],
)
def test_a_password_stays_when_anything_typed_is_wrong(desk: DeskRoom, wrong: dict[str, str]) -> None:
    rina = desk.seat("rina")
    assert change(rina, **wrong).status_code == 403
    rina.post("/keluar")
    assert rina.sign_in().status_code == 303


def test_the_printed_password_cannot_be_kept(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    form = {"username": "wulan", "display_name": "Wulan", "role": "counsellor"}
    printed = re.search(
        r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>", tata.post("/petugas", "/petugas", **form).text
    )[1]
    wulan = desk.browser("wulan")
    wulan.give_password(printed)
    page = wulan.get("/masuk/pertama").text
    code = pyotp.TOTP(page.split("<code>")[1].split("</code>")[0].replace(" ", "")).at(desk.clock.now)
    form = {"csrf": hidden(page, "csrf"), "password": printed, "password_again": printed, "code": code}
    assert wulan.client.post("/masuk/pertama", data=form).status_code == 403

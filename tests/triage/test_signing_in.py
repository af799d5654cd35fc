"""Signing in: what opens the desk, what does not, and for how long."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, update

from casefile.keyring import open_staff_seed
from casefile.models import StaffMember, StaffSession
from casefile.sealed_sessions import STAFF_SESSIONS
from casefile.vocabulary import CustodyAction, StaffRole
from tests.triage.conftest import CHEAP, CHOSEN, FIRST, DeskRoom, Person, hidden
from triage.extensions import db
from triage.permissions import Permission
from triage.signing_in import FREE_ATTEMPTS, LONGEST_LOCK, lock_after

QUEUE = "/antrean/perlu-dibaca"


def test_the_first_sign_in_enrols_and_replaces_the_printed_password(desk: DeskRoom) -> None:
    rina = desk.add("rina")
    assert rina.give_password(FIRST).headers["Location"] == "/masuk/pertama"
    assert rina.get(QUEUE).headers["Location"] == "/masuk"
    assert rina.set_up().headers["Location"] == "/"
    assert rina.get(QUEUE).status_code == 200
    rina.post("/keluar")
    assert rina.give_password(FIRST).status_code == 403
    assert rina.sign_in().status_code == 303
    assert rina.get(QUEUE).status_code == 200
    assert CustodyAction.SECOND_FACTOR_ENROLLED in desk.acts()


@pytest.mark.parametrize("chosen", ["pendek", "aaaaaaaaaaaaaaaa", "rina-rina-rina-rina"])
def test_a_weak_new_password_is_refused_and_nothing_is_enrolled(desk: DeskRoom, chosen: str) -> None:
    rina = desk.add("rina")
    rina.give_password(FIRST)
    page = rina.get("/masuk/pertama").text
    secret = page.split("<code>")[1].split("</code>")[0].replace(" ", "")
    form = {"password": chosen, "password_again": chosen, "code": pyotp.TOTP(secret).at(desk.clock.now)}
    answer = rina.client.post("/masuk/pertama", data={"csrf": hidden(page, "csrf"), **form})
    assert answer.status_code == 403
    assert "paling sedikit 12" in answer.text
    with desk.owner() as session:
        assert session.scalars(select(StaffMember.totp_box)).all() == [None]


def test_a_wrong_name_and_a_wrong_password_look_the_same(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    wrong = rina.give_password("bukan-kata-sandi").text
    unknown = Person(rina.client, desk.clock, "rani").give_password("bukan-kata-sandi").text
    assert "salah" in wrong
    assert wrong.replace("rina", "") == unknown.replace("rani", "")


def test_a_code_opens_once(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    rina.give_password()
    code = rina.code()
    assert rina.post("/masuk/kode", "/masuk/kode", code=code).status_code == 303
    rina.post("/keluar")
    rina.give_password()
    assert rina.post("/masuk/kode", "/masuk/kode", code=code).status_code == 403
    assert rina.get(QUEUE).status_code == 303


def test_an_older_code_than_the_last_one_is_refused(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    earlier = pyotp.TOTP(rina.secret).at(desk.clock.now)
    rina.give_password()
    assert rina.post("/masuk/kode", "/masuk/kode", code=earlier).status_code == 403


def test_the_password_alone_opens_no_page(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    rina.give_password()
    assert rina.get(QUEUE).headers["Location"] == "/masuk"


def test_failures_lock_the_account_and_the_right_password_waits(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    for _ in range(FREE_ATTEMPTS):
        rina.give_password("bukan-kata-sandi")
    assert rina.give_password().status_code == 403
    assert CustodyAction.SIGN_IN_LOCKED in desk.acts()
    desk.clock.advance(minutes=2)
    assert rina.give_password().status_code == 303


def test_wrong_codes_lock_the_account_too_and_giving_the_password_again_does_not_help(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    for _ in range(FREE_ATTEMPTS):
        rina.give_password()
        rina.post("/masuk/kode", "/masuk/kode", code="000000")
    assert rina.give_password().status_code == 403


def test_a_full_sign_in_forgives_earlier_failures(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    for _ in range(3):
        for _ in range(FREE_ATTEMPTS - 1):
            rina.give_password("bukan-kata-sandi")
        assert rina.sign_in().headers["Location"] == "/"
        rina.post("/keluar")


def test_the_lock_grows_up_to_an_hour() -> None:
    waits = [lock_after(failures) for failures in range(FREE_ATTEMPTS, 40)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == LONGEST_LOCK
    assert lock_after(FREE_ATTEMPTS - 1) is None


def test_a_session_ends_after_ten_idle_minutes(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    with desk.owner() as session:
        row = session.scalars(select(StaffSession).where(StaffSession.staff_id.is_not(None))).one()
        now = datetime.now(UTC)
        assert timedelta(minutes=9) < row.expires_at - now <= timedelta(minutes=10)
        session.execute(update(StaffSession).values(expires_at=now - timedelta(seconds=1)))
        session.commit()
    answer = rina.client.get(QUEUE, follow_redirects=True)
    assert "Sesi berakhir" in answer.text


def test_reading_puts_the_end_of_a_session_off_and_does_not_write_it_for_every_page(desk: DeskRoom) -> None:
    rina = desk.seat("rina")

    def kept(age: timedelta) -> tuple[bytes, timedelta]:
        with desk.owner() as session:
            ends = datetime.now(UTC) + timedelta(minutes=10) - age
            session.execute(update(StaffSession).where(StaffSession.staff_id.is_not(None)).values(expires_at=ends))
            session.commit()
        rina.get(QUEUE)
        with desk.owner() as session:
            row = session.scalars(select(StaffSession).where(StaffSession.staff_id.is_not(None))).one()
        return row.box, row.expires_at - datetime.now(UTC)

    box, left = kept(timedelta(minutes=4))
    assert left > timedelta(minutes=9)
    assert kept(timedelta(seconds=5))[0] == box
    assert kept(timedelta(minutes=4))[0] != box


def test_a_session_ends_after_eight_hours_whatever_happens(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.clock.advance(hours=7, minutes=59)
    assert rina.get(QUEUE).status_code == 200
    desk.clock.advance(minutes=2)
    assert rina.get(QUEUE).headers["Location"] == "/masuk"


def test_signing_in_elsewhere_ends_the_first_session(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    other = desk.browser("rina")
    other.secret = rina.secret
    other.sign_in()
    assert other.get(QUEUE).status_code == 200
    assert rina.get(QUEUE).status_code == 303


def test_the_cookie_changes_at_every_step(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/keluar")
    rina.get("/masuk")
    cookies = {rina.client.get_cookie("meja").value}
    rina.give_password()
    cookies.add(rina.client.get_cookie("meja").value)
    rina.post("/masuk/kode", "/masuk/kode", code=rina.code())
    cookies.add(rina.client.get_cookie("meja").value)
    assert len(cookies) == 3


def test_a_stolen_session_row_opens_nothing_without_the_cookie(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    with desk.owner() as session:
        row = session.scalars(select(StaffSession).where(StaffSession.staff_id.is_not(None))).one()
        staff = session.get_one(StaffMember, desk.staff_id("rina"))
        seed = open_staff_seed(staff.seed_box, CHOSEN, staff.id, CHEAP)
        assert seed not in row.box
        assert STAFF_SESSIONS.load(session, row.tag, desk.clock.now) is None
        stolen = row.box
    thief = desk.browser("rina")
    thief.get("/masuk")
    with desk.owner() as session:
        session.execute(update(StaffSession).values(box=stolen))
        session.commit()
    assert thief.get(QUEUE).headers["Location"] == "/masuk"
    assert rina.get(QUEUE).status_code == 200


def test_a_signed_out_cookie_opens_nothing(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    cookie = rina.client.get_cookie("meja").value
    rina.post("/keluar")
    rina.client.set_cookie("meja", cookie)
    assert rina.get(QUEUE).headers["Location"] == "/masuk"


def test_a_deactivated_person_is_out_at_once_and_cannot_come_back(desk: DeskRoom) -> None:
    rina, tata = desk.seat("rina"), desk.seat("tata", StaffRole.ADMINISTRATOR)
    assert tata.post(f"/petugas/{desk.staff_id('rina')}/nonaktif", "/petugas").status_code == 303
    assert rina.get(QUEUE).headers["Location"] == "/masuk"
    assert rina.give_password().status_code == 403


def test_a_reset_second_factor_must_be_enrolled_again(desk: DeskRoom) -> None:
    rina, tata = desk.seat("rina"), desk.seat("tata", StaffRole.ADMINISTRATOR)
    tata.post(f"/petugas/{desk.staff_id('rina')}/kode", "/petugas")
    assert rina.get(QUEUE).headers["Location"] == "/masuk"
    assert rina.give_password().headers["Location"] == "/masuk/pertama"


def test_a_form_from_elsewhere_is_refused(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    assert rina.client.post("/keluar", data={"csrf": "x"}).status_code == 400
    assert rina.client.post("/keluar").status_code == 400
    assert rina.get(QUEUE).status_code == 200


def test_pages_are_never_stored_and_run_nothing_inline(desk: DeskRoom) -> None:
    answer = desk.seat("rina").get(QUEUE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?! src=\"/static/[\w.]+\" defer></script>)", answer.text) == []
    assert "style=" not in answer.text


def test_a_request_under_way_does_not_bring_back_a_session_that_was_ended(desk: DeskRoom) -> None:
    def ended_meanwhile() -> str:
        with desk.owner() as session:
            session.execute(delete(StaffSession))
            session.commit()
        return "halaman"

    ended_meanwhile.permission = Permission.HOME_SEE
    desk.renew_app()
    desk.app.add_url_rule("/lambat", "slow", ended_meanwhile)
    rina = desk.seat("rina")
    assert rina.get("/lambat").text == "halaman"
    assert rina.get(QUEUE).headers["Location"] == "/masuk"
    with desk.owner() as session:
        assert session.scalars(select(StaffSession.staff_id)).all() in ([], [None])


def test_what_a_failed_view_left_unfinished_is_not_stored_with_the_session(desk: DeskRoom) -> None:
    def fails_halfway() -> str:
        db.session.execute(update(StaffMember).values(display_name="Setengah jadi"))
        return "halaman"

    fails_halfway.permission = Permission.HOME_SEE
    desk.renew_app()
    desk.app.add_url_rule("/gagal", "failing", fails_halfway)
    desk.seat("rina").get("/gagal")
    with desk.owner() as session:
        assert session.scalars(select(StaffMember.display_name)).all() == ["Rina"]

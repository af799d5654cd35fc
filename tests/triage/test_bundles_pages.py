"""Evidence bundles in the browser: choose, check, a second person with a fresh code, one download."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update

from casefile.database import begin_write
from casefile.models import Bundle, Withdrawal
from casefile.submission import Consents
from casefile.vocabulary import CustodyAction, ReferralTarget, StaffRole
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from verifier.checking import Request, check_bundle
from verifier.packing import build_pyz
from verifier.signatures import fingerprint

WISH = {"recipient": "Unit PPA Polres", "purpose": "Laporan polisi", "basis": "persetujuan_formulir"}


@dataclass
class Room:
    """A case, a counsellor who asks, a supervisor and an evidence officer who may decide."""

    desk: DeskRoom
    rina: Person
    sari: Person
    bima: Person
    report_id: UUID
    path: str

    def ask(self, by: Person | None = None, **changed: str) -> str:
        """The page that follows a request."""
        asker = by or self.rina
        return asker.client.post(
            self.path, data={"csrf": self.word(asker), **WISH, **changed}, follow_redirects=True
        ).text

    def act(self, who: Person, act: str, **form: str) -> tuple[int, str]:
        """Status and text of an act on the newest bundle."""
        data = {"csrf": self.word(who), **form}
        answer = who.client.post(f"/berkas/{self.bundle_id()}/{act}", data=data, follow_redirects=True)
        return answer.status_code, answer.data.decode("utf-8", "replace")

    def word(self, who: Person) -> str:
        """The hidden word of the bundles page."""
        return re.search(r'name="csrf" value="([^"]*)"', who.get(self.path).text)[1]

    def bundle_id(self) -> UUID:
        """The only bundle."""
        return self.bundle().id

    def bundle(self) -> Bundle:
        """The only bundle's row."""
        with self.desk.owner() as session:
            return session.scalars(select(Bundle)).one()


@pytest.fixture
def room(desk: DeskRoom) -> Room:
    submission = make_submission(consents=Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="1"))
    report_id = desk.report(submission)
    people = [
        desk.seat("rina"),
        desk.seat("sari", StaffRole.SUPERVISOR),
        desk.seat("bima", StaffRole.EVIDENCE_OFFICER),
    ]
    return Room(desk, *people, report_id, f"/kasus/{desk.code(report_id)}/berkas")


def test_the_whole_way_ends_in_a_package_that_verifies(room: Room) -> None:
    assert "Menunggu persetujuan" in room.ask()
    assert "Akun itu terus mengirim pesan" in room.act(room.sari, "periksa")[1]
    assert "satu kali unduhan" in room.act(room.sari, "setujui", code=room.sari.code())[1]
    package = room.bima.client.post(f"/berkas/{room.bundle_id()}/unduh", data={"csrf": room.word(room.bima)})
    assert package.mimetype == "application/zip"
    assert package.headers["Cache-Control"] == "no-store"
    office = fingerprint(room.desk.workshop.office.public.signing)
    assert check_bundle(Request(package.data, None, office)).is_good
    assert [act for act in room.desk.acts(room.report_id) if act.startswith("bundle")] == [
        CustodyAction.BUNDLE_REQUESTED,
        CustodyAction.BUNDLE_APPROVED,
        CustodyAction.BUNDLE_EXPORTED,
    ]
    page = room.rina.get(room.path).text
    assert room.bundle().digest.hex() in page
    assert office in page


def test_a_second_download_is_refused(room: Room) -> None:
    room.ask()
    room.act(room.bima, "setujui", code=room.bima.code())
    room.act(room.bima, "unduh")
    status, page = room.act(room.bima, "unduh")
    assert (status, "sudah diunduh" in page) == (200, True)


def test_checking_shows_what_leaves_and_asks_for_nothing(room: Room) -> None:
    page = room.rina.client.post(f"{room.path}/periksa", data={"csrf": room.word(room.rina), **WISH}).text
    assert "RINGKASAN BERKAS BUKTI" in page
    assert "Unit PPA Polres" in page
    assert CustodyAction.BUNDLE_REQUESTED not in room.desk.acts(room.report_id)
    assert room.desk.acts(room.report_id)[-1] == CustodyAction.READ


def test_the_person_who_asked_cannot_approve_even_with_a_code(room: Room) -> None:
    room.ask(by=room.sari)
    status, page = room.act(room.sari, "setujui", code=room.sari.code())
    assert (status, "Orang lain harus memutuskan" in page) == (200, True)
    assert room.bundle().decided_by is None
    assert "Orang lain harus memutuskan" in room.act(room.sari, "periksa")[1]


@pytest.mark.parametrize("code", ["", "000000"])
def test_without_a_fresh_code_nothing_is_approved(room: Room, code: str) -> None:
    room.ask()
    assert room.act(room.sari, "setujui", code=code)[0] == 403
    assert room.bundle().decided_by is None


def test_a_code_that_was_used_approves_nothing(room: Room) -> None:
    room.rina.post("/keluar")
    code = room.sari.code()
    room.sari.client.post("/keluar", data={"csrf": room.word(room.sari)})
    room.sari.give_password()
    room.sari.post("/masuk/kode", "/masuk/kode", code=code)
    room.rina.sign_in()
    room.ask()
    assert room.act(room.sari, "setujui", code=code)[0] == 403


def test_roles_that_may_not_are_turned_away(room: Room) -> None:
    room.ask()
    for act in ("periksa", "setujui", "tolak", "unduh"):
        assert room.act(room.rina, act, code=room.rina.code())[0] == 403
    tata = room.desk.seat("tata", StaffRole.ADMINISTRATOR)
    assert tata.get(room.path).status_code == 403
    assert tata.get("/alat/verify.pyz").status_code == 403


def test_a_refused_bundle_has_no_download(room: Room) -> None:
    room.ask()
    assert "ditolak" in room.act(room.bima, "tolak")[1]
    assert "Unduh berkas" not in room.bima.get(room.path).text
    assert "sudah diputuskan" in room.act(room.bima, "unduh")[1]
    assert "sudah diputuskan" in room.act(room.sari, "setujui", code=room.sari.code())[1]


def test_a_report_withdrawn_meanwhile_leaves_nothing(room: Room) -> None:
    room.ask()
    room.act(room.sari, "setujui", code=room.sari.code())
    with room.desk.owner() as session:
        begin_write(session)
        session.add(Withdrawal(report_id=room.report_id, requested_on=date(2026, 11, 23)))
        session.commit()
    assert "menarik laporannya" in room.act(room.sari, "unduh")[1]
    assert "menarik laporannya" in room.ask()
    assert room.bundle().exported_at is None


@pytest.mark.parametrize("changed", [{"recipient": " "}, {"purpose": ""}, {"basis": "lain"}])
@pytest.mark.parametrize("step", ["", "/periksa"])
def test_what_is_missing_is_said_and_what_was_typed_stays(room: Room, changed: dict[str, str], step: str) -> None:
    form = {"csrf": room.word(room.rina), **WISH, **changed}
    answer = room.rina.client.post(room.path + step, data=form)
    assert answer.status_code == 422
    assert "Isi penerima, tujuan, dan dasar." in answer.text
    assert [kept for name, kept in WISH.items() if name not in changed and kept not in answer.text] == []


def test_a_consent_that_is_not_there_is_said(desk: DeskRoom) -> None:
    report_id = desk.report()
    rina = desk.seat("rina")
    path = f"/kasus/{desk.code(report_id)}/berkas"
    answer = rina.post(f"{path}/periksa", path, **WISH)
    assert (answer.status_code, "Pilih dasar lain" in answer.text) == (422, True)


def test_the_wish_is_in_no_address_and_in_no_clear_column(room: Room) -> None:
    room.ask()
    row = room.bundle()
    assert WISH["recipient"].encode() not in row.purpose_box


def test_a_damaged_request_sends_nothing(room: Room) -> None:
    room.ask()
    room.act(room.sari, "setujui", code=room.sari.code())
    with room.desk.owner() as session:
        begin_write(session)
        session.execute(update(Bundle).values(purpose_box=b"rusak"))
        session.commit()
    assert "Berkas gagal dibuat. Tidak ada yang terkirim." in room.act(room.sari, "unduh")[1]
    assert room.bundle().exported_at is None


def test_the_verifier_is_handed_out_as_it_is(room: Room) -> None:
    handed_out = room.bima.get("/alat/verify.pyz").data
    assert handed_out == build_pyz()
    assert hashlib.sha256(handed_out).hexdigest() in room.bima.get(room.path).text

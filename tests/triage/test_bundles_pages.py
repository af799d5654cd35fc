"""Evidence bundles in the browser: choose, read page by page, a second person with a fresh code, one file."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest
from sqlalchemy import select, update

from casefile.database import begin_write
from casefile.models import Bundle, BundleDraft, Withdrawal
from casefile.submission import Consents
from casefile.vocabulary import BundleState, CustodyAction, StaffRole
from tests.factories import make_submission
from tests.triage.bundle_flow import ON_ONE_DATABASE, TO_POLICE, WISH, Room, make_room, unlock
from tests.triage.conftest import DeskRoom
from triage.bundles import open_wish
from triage.reader import Reader
from verifier.checking import Request, check_bundle
from verifier.packing import build_pyz
from verifier.signatures import fingerprint

FAULTS: list[tuple[dict[str, object], str]] = [
    ({"recipient": " "}, "Isi penerima, tujuan, dan dasar."),
    ({"basis": "lain"}, "Isi penerima, tujuan, dan dasar."),
    ({"item": []}, "Centang paling sedikit satu isi."),
    ({"fingerprints": "ya"}, "Tulis alasan menyertakan sidik gambar."),
    ({"delivery": "age", "age_key": "age1salah"}, "Kunci age salah."),
    ({"annex_investigator": "Aiptu Sari"}, "isi nama penyidik, kuncinya, dan isinya"),
]


@pytest.fixture
def room(desk: DeskRoom) -> Room:
    return make_room(desk)


def withdraw(room: Room) -> None:
    with room.desk.owner() as session:
        begin_write(session)
        session.add(Withdrawal(report_id=room.report_id, requested_on=date(2026, 11, 23)))
        session.commit()


def test_the_whole_way_ends_in_one_file_that_verifies(room: Room) -> None:
    assert "Menunggu persetujuan" in room.ask()
    assert "Unit PPA Polres" in room.act(room.sari, "periksa").text
    assert "satu kali unduhan" in room.act(room.sari, "setujui", code=room.sari.code()).text
    waiting = room.order()
    assert waiting.headers["Refresh"]
    assert "Sedang disusun" in waiting.text
    room.work()
    assert "Berkas siap" in room.bima.get(f"/berkas/{room.bundle().id}/susunan").text
    assert room.passphrase() is None
    file = room.download()
    assert (file.status_code, file.headers["Cache-Control"]) == (200, "no-store")
    assert file.headers["Content-Disposition"].endswith('.aes.zip"')
    office = fingerprint(room.desk.workshop.office.public.signing)
    assert check_bundle(Request(unlock(file.data, room.passphrase()), None, office)).is_good
    page = room.rina.get(room.path).text
    digest = hashlib.sha256(file.data).digest()
    assert room.bundle().digest == digest
    assert digest.hex() in page
    assert office in page
    assert room.bundle_acts() == ["requested", "approved", "ordered", "built", "exported"]
    assert room.bima.get(f"/berkas/{room.bundle().id}/lembar.pdf").data.startswith(b"%PDF")
    assert "sudah lewat" in room.act(room.bima, "unduh").text
    assert "sudah lewat" in room.act(room.bima, "susun").text


@ON_ONE_DATABASE
def test_every_page_shows_a_paper_with_what_allows_it_and_opens_the_report_once(room: Room) -> None:
    assert "Akun itu terus" in room.open_form()
    first = room.fill()
    count = int(re.search(r"Halaman 1 dari (\d+)", first.text)[1])
    story = 0
    for number in range(1, count + 1):
        page = room.rina.get(f"{room.path}/halaman/{number}").text
        assert f"Halaman {number} dari {count}" in page
        assert ("Sebelumnya" in page, "Berikutnya" in page) == (number > 1, number < count)
        assert "Persetujuan pelapor di formulir" in page
        assert "pelapor setuju diteruskan ke Polisi" in page
        story += "Akun itu terus mengirim pesan" in page
    assert story
    assert room.rina.get(f"{room.path}/halaman/{count + 1}").status_code == 404
    assert room.desk.acts(room.report_id).count(CustodyAction.READ) == 1
    assert room.bundle() is None


def test_what_one_reads_nobody_else_does_and_only_for_half_an_hour(room: Room) -> None:
    room.open_form()
    room.fill()
    path = f"{room.path}/halaman/1"
    assert room.sari.get(path).status_code == 303
    with room.desk.owner() as session:
        (kept,) = session.scalars(select(BundleDraft.box)).all()
    assert WISH["recipient"].encode() not in kept
    withdraw(room)
    assert "menarik laporannya" in room.rina.client.get(path, follow_redirects=True).text
    with room.desk.owner() as session:
        begin_write(session)
        session.execute(update(BundleDraft).values(expires_at=room.desk.clock.now))
        session.execute(Withdrawal.__table__.delete())
        session.commit()
    assert "Waktu membaca habis" in room.rina.client.get(path, follow_redirects=True).text
    assert "Waktu membaca habis" in room.send(room.rina, room.path).text
    assert room.bundle() is None


@ON_ONE_DATABASE
def test_what_is_unticked_typed_and_chosen_comes_with_the_request(desk: DeskRoom) -> None:
    room = make_room(desk, make_submission(consents=TO_POLICE, addresses=("@akun.contoh",)))
    room.open_form()
    story = f"{room.report_id}/uraian"
    items = re.findall(r'name="item" value="([^"]*)"', room.rina.get(f"{room.path}/pilih").text)
    assert story in items
    chosen = {
        "item": [item for item in items if item != story],
        "action": ["laporan_polisi", "pengamanan_data"],
        "related": "ya",
        "letter": "B/12/2026",
        "fingerprints": "ya",
        "fingerprints_reason": "Dicari di HP terlapor",
    }
    page = room.fill(**chosen).text
    assert "1 isi tetap di kantor" in page
    assert "Dicari di HP terlapor" in page
    again = room.rina.get(f"{room.path}/pilih").text
    assert f'value="{story}" checked' not in again.replace("\n", "")
    room.send(room.rina, room.path)
    reader = Reader(room.desk.staff_id("sari"), {1: room.desk.workshop.office.epoch})
    wish = open_wish(room.bundle(), reader)
    assert (wish.left_out, wish.names_related, wish.letter_number) == (frozenset({story}), True, "B/12/2026")
    assert [action.value for action in wish.actions] == ["laporan_polisi", "pengamanan_data"]
    assert b"terlapor" not in room.bundle().purpose_box


@ON_ONE_DATABASE
def test_what_is_missing_is_said_and_what_was_typed_stays(room: Room) -> None:
    room.open_form()
    for changed, sentence in FAULTS:
        answer = room.fill(**changed)
        assert (answer.status_code, sentence in answer.text) == (422, True)
        typed = {**WISH, **changed}
        assert [name for name in ("recipient", "purpose") if str(typed[name]).strip() not in answer.text] == []
    assert room.rina.get(f"{room.path}/halaman/1").status_code == 303


def test_the_person_who_asked_takes_the_request_back_and_decides_nothing(room: Room) -> None:
    room.ask(room.sari)
    assert "Orang lain harus memutuskan" in room.act(room.sari, "periksa").text
    assert "Orang lain harus memutuskan" in room.act(room.sari, "setujui", code=room.sari.code()).text
    assert "Hanya yang meminta" in room.act(room.bima, "tarik").text
    assert "ditarik kembali" in room.act(room.sari, "tarik").text
    assert room.bundle().state is BundleState.TAKEN_BACK
    assert "sudah lewat" in room.act(room.sari, "tarik").text
    assert "Waktu membaca habis" in room.act(room.bima, "setujui", code=room.bima.code()).text
    assert "Menunggu persetujuan" in room.ask()
    room.act(room.bima, "periksa")
    assert "ditolak" in room.act(room.bima, "tolak").text
    assert "Susun berkas" not in room.bima.get(room.path).text
    assert "sudah lewat" in room.order().text
    assert room.bundle_acts() == ["requested", "taken_back", "requested", "refused"]


@ON_ONE_DATABASE
def test_approving_needs_a_fresh_code_and_a_look_at_the_pages(room: Room) -> None:
    room.ask()
    assert "Waktu membaca habis" in room.act(room.sari, "setujui", code=room.sari.code()).text
    room.act(room.sari, "periksa")
    for code in ("", "000000"):
        assert room.act(room.sari, "setujui", code=code).status_code == 403
    used = room.sari.code()
    room.sari.client.post("/keluar", data={"csrf": room.word(room.sari)})
    room.sari.give_password()
    room.sari.post("/masuk/kode", "/masuk/kode", code=used)
    room.act(room.sari, "periksa")
    assert room.act(room.sari, "setujui", code=used).status_code == 403
    assert room.bundle().decided_by is None
    assert "satu kali unduhan" in room.act(room.sari, "setujui", code=room.sari.code()).text


@ON_ONE_DATABASE
def test_roles_that_may_not_are_turned_away(room: Room) -> None:
    room.ask()
    for act in ("periksa", "setujui", "tolak", "susun", "unduh"):
        assert room.act(room.rina, act, code=room.rina.code()).status_code == 403
    for page in ("halaman/1", "susunan", "serah"):
        assert room.rina.get(f"/berkas/{room.bundle().id}/{page}").status_code == 403
    tata = room.desk.seat("tata", StaffRole.ADMINISTRATOR)
    for path in (room.path, f"{room.path}/pilih", "/alat/verify.pyz", f"/berkas/{room.bundle().id}/lembar.pdf"):
        assert tata.get(path).status_code == 403


def test_what_is_withdrawn_meanwhile_bars_every_step(room: Room) -> None:
    room.ask()
    room.act(room.sari, "periksa")
    withdraw(room)
    assert "menarik laporannya" in room.act(room.sari, "setujui", code=room.sari.code()).text
    assert "menarik laporannya" in room.act(room.sari, "periksa").text
    assert "menarik laporannya" in room.open_form(room.bima)
    assert room.bundle().decided_by is None


def test_a_consent_taken_back_later_bars_every_later_step(room: Room) -> None:
    room.ask()
    room.act(room.sari, "periksa")
    workshop = room.desk.workshop
    workshop.choose(room.report_id, Consents(text_version="1"))
    sentence = "Pelapor tidak memberi izin ke polisi"
    assert sentence in room.act(room.sari, "setujui", code=room.sari.code()).text
    workshop.choose(room.report_id, TO_POLICE)
    room.approve(room.sari)
    workshop.choose(room.report_id, Consents(text_version="1"))
    assert sentence in room.order().text
    workshop.choose(room.report_id, TO_POLICE)
    room.order()
    room.work()
    workshop.choose(room.report_id, Consents(text_version="1"))
    assert sentence in room.act(room.bima, "unduh").text
    assert room.bundle().exported_at is None


@ON_ONE_DATABASE
def test_a_damaged_request_sends_nothing(room: Room) -> None:
    room.ask()
    room.approve(room.sari)
    with room.desk.owner() as session:
        begin_write(session)
        session.execute(update(Bundle).values(purpose_box=b"rusak"))
        session.commit()
    assert "Berkas gagal dibuat. Tidak ada yang terkirim." in room.order().text
    assert room.bundle_acts() == ["requested", "approved"]


def test_the_verifier_is_handed_out_as_it_is(room: Room) -> None:
    handed_out = room.bima.get("/alat/verify.pyz").data
    assert handed_out == build_pyz()
    assert hashlib.sha256(handed_out).hexdigest() in room.bima.get(room.path).text

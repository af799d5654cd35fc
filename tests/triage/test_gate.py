"""The gate: closed by default, open to roles by permission, never by accident."""

from __future__ import annotations

import uuid

import pytest

from casefile.vocabulary import StaffRole
from tests.triage.conftest import DeskRoom

PAGES = {
    "/antrean/semua": {StaffRole.COUNSELLOR, StaffRole.SUPERVISOR, StaffRole.EVIDENCE_OFFICER},
    "/kunci": {StaffRole.COUNSELLOR, StaffRole.SUPERVISOR},
    "/petugas": {StaffRole.ADMINISTRATOR},
    "/hitungan": set(StaffRole),
}


def test_a_view_that_nobody_gave_a_permission_answers_nobody(desk: DeskRoom) -> None:
    desk.renew_app()
    desk.app.add_url_rule("/tanpa-izin", "forgotten", lambda: "bocor")
    for username, role in (("rina", StaffRole.COUNSELLOR), ("tata", StaffRole.ADMINISTRATOR)):
        answer = desk.seat(username, role).get("/tanpa-izin")
        assert answer.status_code == 403
        assert "bocor" not in answer.text


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_opens_its_own_pages_and_no_others(desk: DeskRoom, role: StaffRole) -> None:
    person = desk.seat("rina", role)
    opened = {path for path in PAGES if person.get(path).status_code == 200}
    assert opened == {path for path, roles in PAGES.items() if role in roles}


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_arrives_at_a_page_it_may_see_and_every_link_there_opens(desk: DeskRoom, role: StaffRole) -> None:
    person = desk.seat("rina", role)
    page = person.client.get("/", follow_redirects=True)
    assert page.status_code == 200
    links = {part.split('"')[0] for part in page.text.split('href="/')[1:]} - {"static/meja.css"}
    assert {
        link: person.get(f"/{link}").status_code for link in links if person.get(f"/{link}").status_code >= 400
    } == {}


def test_an_error_page_tells_nothing_of_what_went_wrong(desk: DeskRoom, capsys: pytest.CaptureFixture[str]) -> None:
    desk.renew_app()
    desk.app.add_url_rule("/rusak", "broken", _raise_secret)
    rina = desk.seat("rina")
    answer = rina.get("/rusak")
    assert answer.status_code == 500
    assert "Ada gangguan" in answer.text
    shown = answer.text + "".join(capsys.readouterr())
    assert "rahasia" not in shown


def _raise_secret() -> str:
    raise RuntimeError("kalimat rahasia pelapor")


_raise_secret.permission = "desk:home:see"  # type: ignore[attr-defined]


def test_a_form_that_is_far_too_long_is_refused_calmly(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    answer = rina.post("/bahasa", language="x" * 300_000)
    assert answer.status_code == 413
    assert "Terlalu panjang" in answer.text


def test_numbers_and_names_that_no_page_sends_are_refused_calmly(desk: DeskRoom) -> None:
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    case = f"/kasus/{desk.code(desk.report())}"
    endless = "9" * 5000
    level = sari.post(f"{case}/tingkat", case, version=endless, level="P0", reason="Kalimat saya")
    assert (level.status_code, "Kalimat saya" in level.text) == (400, True)
    assert sari.post(f"{case}/tugas/{uuid.uuid4()}/jadi", case, versi=endless, jadi="done").status_code == 400
    assert sari.post(f"{case}/percakapan/{2**63}/batal", case).status_code == 404
    nested = sari.post("/pengaturan/urgensi/coba", "/pengaturan/urgensi", tempel="[" * 3999)
    assert (nested.status_code, "Jawaban tidak terbaca." in nested.text) == (422, True)
    foreign = sari.post("/contoh-pesan/bukan-nama", "/contoh-pesan", version="0", title="Nama", text="Isi")
    assert foreign.status_code == 404
    assert [sari.get(path).status_code for path in ("/kasus/%00", "/pengaturan/pasal/%00")] == [404, 404]


def test_an_unknown_address_is_a_calm_page(desk: DeskRoom) -> None:
    answer = desk.seat("rina").get("/tidak/ada")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"

"""Whoever chose English meets no Indonesian at the desk; the papers for the police stay Indonesian."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from casefile.submission import Consents, Submission
from casefile.vocabulary import ReferralTarget, StaffRole
from tests.english import expect_english, indonesian_in
from tests.factories import draw_screenshot, make_submission
from tests.triage.conftest import CHOSEN, FIRST, DeskRoom, Person, hidden

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

VIEWS = ("perlu-dibaca", "kasus-saya", "menunggu-pelapor", "jatuh-tempo-hari-ini", "semua", "ditutup")
ANSWERS = {
    "jenis": ["SEKSTORSI", "NCII_SEBAR"],
    "usia": "13_15",
    "aman_sekarang": "tidak",
    "perasaan": "sangat_berat",
    "akses_pelaku": ["serumah", "punya_senjata"],
    "ancaman": "sampai_24_jam",
    "status_konten": "umum",
    "kebutuhan": ["hukum"],
    "relasi": "guru_atasan_aparat",
    "platform": ["aplikasi_pinjol"],
    "platform_lain": "Forum",
    "orang_dewasa": "Budi",
    "kontak": "wa",
    "kontak_isi": "0812",
    "kontak_sapaan": "Kurir",
    "kontak_tanpa_pesan": True,
    "setuju_rujuk": ["lbh"],
}
WISH = {"recipient": "Unit PPA", "purpose": "Test", "basis": "kewajiban_hukum"}


@dataclass
class Reader:
    """A person who chose English and looks at every page that comes."""

    person: Person

    def see(self, path: str, status: int = 200) -> str:
        """Open a page."""
        answer = self.person.client.get(path, follow_redirects=True)
        return self._check(answer.text, answer.status_code, status)

    def act(self, path: str, page: str, status: int = 200, **form: object) -> str:
        """Send a form whose word stands on ``page``."""
        word = hidden(self.person.get(page).text, "csrf")
        answer = self.person.client.post(path, data={"csrf": word, **form}, follow_redirects=True)
        return self._check(answer.text, answer.status_code, status)

    def _check(self, page: str, found: int, expected: int) -> str:
        assert found == expected
        expect_english(page)
        return page


def speak_english(person: Person) -> Reader:
    """The person after pressing the button at the foot of the page."""
    reader = Reader(person)
    reader.act("/bahasa", "/akun" if person.secret else "/masuk", language="en")
    return reader


@pytest.fixture
def cases(desk: DeskRoom) -> tuple[str, str]:
    """The codes of two cases with one picture and one account, the first with every kind of answer."""
    picture, account = draw_screenshot(5, 360, 640), ("@akun.contoh",)
    consents = Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="id-1")
    other = desk.report(make_submission(picture, addresses=account, consents=consents))
    full = {**make_submission(picture, addresses=account).to_json(), **ANSWERS}
    return desk.code(desk.report(Submission.from_json(full))), desk.code(other)


def test_signing_in_is_all_indonesian_or_all_english(desk: DeskRoom) -> None:
    person = desk.add("rina")
    assert len(indonesian_in(person.get("/masuk").text)) > 2
    rina = speak_english(person)
    assert "ended" not in rina.see("/masuk")
    rina.act("/masuk", "/masuk", 403, username="rina", password=CHOSEN)
    page = rina.act("/masuk", "/masuk", username="rina", password=FIRST)
    person.secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "Set up your account" in rina.act("/bahasa", "/masuk/pertama", language="en")
    first, form = "/masuk/pertama", {"password": CHOSEN, "password_again": CHOSEN}
    rina.act(first, first, 403, **{**form, "password_again": "b", "code": "000000"})
    rina.act(first, first, 403, **dict.fromkeys(form, "kata"), code=person.code())
    rina.act(first, first, 403, **form, code="000000")
    rina.act(first, first, **form, code=person.code())
    person.post("/keluar", "/akun")
    rina = speak_english(desk.browser("rina"))
    rina.act("/masuk", "/masuk", username="rina", password=CHOSEN)
    assert "6-digit code" in rina.act("/bahasa", "/masuk/kode", language="en")


def test_a_counsellor_works_in_english(desk: DeskRoom, cases: tuple[str, str]) -> None:
    person, case = desk.seat("rina"), f"/kasus/{cases[0]}"
    for tab in ("", "/riwayat", "/berkas"):
        assert len(indonesian_in(person.get(case + tab).text)) > 2
    rina = speak_english(person)
    for path in (*(f"/antrean/{view}" for view in VIEWS), "/kunci", "/akun"):
        rina.see(path)
    rina.act(f"{case}/cerita", case)
    for tab in ("", "/percakapan", "/keterkaitan", "/riwayat", "/berkas"):
        rina.see(case + tab)
    rina.act(f"{case}/ambil", case)
    rina.act(f"{case}/tingkat", case, 422)
    rina.act(f"{case}/tingkat", case, version=version(person, case), level="P1", reason="Calmer now")
    rina.act(f"{case}/tutup", case, 422)
    rina.act(f"{case}/tutup", case, 409, version=0, closing_reason="helped")
    rina.act(f"{case}/tutup", case, version=version(person, case), closing_reason="not_kbgo")
    for path in (case, f"{case}/percakapan", f"{case}/riwayat", "/antrean/ditutup"):
        rina.see(path)
    rina.act(f"{case}/ambil", case)
    for path, status in (("/kasus/K-0000", 404), ("/petugas", 403), ("/tidak-ada", 404)):
        rina.see(path, status)


def test_a_pair_is_judged_in_english(desk: DeskRoom, cases: tuple[str, str]) -> None:
    rina, pair = speak_english(desk.seat("rina")), f"/kasus/{cases[0]}/keterkaitan/{cases[1]}"
    for choice in ("batal", "belum", "terkait", "batal", "tidak"):
        seen = hidden(rina.see(pair), "seen")
        rina.act(pair, pair, choice=choice, reason="Same account", seen=seen)
    rina.act(pair, pair, 409, choice="batal", reason="", seen=0)
    rina.see(pair)


def test_a_conversation_is_held_in_english(desk: DeskRoom, cases: tuple[str, str]) -> None:
    person, thread = desk.seat("rina"), f"/kasus/{cases[0]}/percakapan"
    rina = speak_english(person)
    rina.act(thread, thread, 422, text="")
    rina.act(thread, thread, 422, text="Call 0812-3456-7890")
    rina.act(thread, thread, 422, text="long " * 1000)
    rina.act(thread, thread, text="Hello", version=version(person, thread))
    for deed in ("1/batal", "1/batal", "draf", "contoh", "draf/buang"):
        rina.act(f"{thread}/{deed}", thread, text="Hello")
    rina.act(thread, thread, text="Hello", version=version(person, thread))
    rina.act(thread, thread, 409, text="Hello again", version=0)
    assert "replied" in rina.see("/antrean/semua")
    sari, own = speak_english(desk.seat("sari", StaffRole.SUPERVISOR)), "/contoh-pesan/closing"
    sari.act(own, own, 422, version=0, title="", text="")
    sari.act(own, own, version=0, title="Ending", text="Thank you.")
    sari.act(own, own, 409, version=0, title="Ending", text="Thanks.")
    sari.act(f"{own}/lepas", own, version=1)
    sari.see("/contoh-pesan")


def test_staff_keys_and_counts_are_english(desk: DeskRoom, cases: tuple[str, str]) -> None:
    desk.seat("baru", with_key=False)
    sari = speak_english(desk.seat("sari", StaffRole.SUPERVISOR))
    for path in ("/", "/hitungan", "/kunci"):
        sari.see(path)
    sari.act("/hitungan/periksa", "/hitungan")
    sari.act(f"/kunci/{desk.staff_id('baru')}", "/kunci")
    sari.act(f"/kunci/{desk.staff_id('baru')}", "/kunci", compared="yes", kid="00")
    admin = speak_english(desk.seat("admin", StaffRole.ADMINISTRATOR))
    admin.see("/petugas")
    admin.act("/petugas", "/petugas", 422, username="dua kata")
    admin.act("/petugas", "/petugas", username="dewi", display_name="Dewi", role="counsellor")
    admin.act("/petugas", "/petugas", 422, username="dewi", display_name="Dewi", role="counsellor")
    admin.act(f"/petugas/{desk.staff_id('baru')}/kode", "/petugas")
    admin.act(f"/petugas/{desk.staff_id('baru')}/nonaktif", "/petugas")
    admin.act(f"/petugas/{desk.staff_id('admin')}/nonaktif", "/petugas")
    person = f"/petugas/{desk.staff_id('baru')}"
    for deed in ("aktif", "nama", "peran", "kembalikan"):
        admin.act(f"{person}/{deed}", person, version=1, role="supervisor", display_name="Baru Lagi")
    admin.see(person)
    speak_english(desk.seat("lain", with_key=False)).see("/antrean/semua")


def test_a_bundle_is_asked_for_in_english_and_stays_indonesian(desk: DeskRoom, cases: tuple[str, str]) -> None:
    papers = f"/kasus/{cases[0]}/berkas"
    rina, sari = speak_english(desk.seat("rina")), speak_english(desk.seat("sari", StaffRole.SUPERVISOR))
    form = rina.act(f"{papers}/buka", papers)
    rina.act(f"{papers}/pilih", papers, 422, basis="persetujuan_formulir")
    items = re.findall(r'name="item" value="([^"]*)"', form)
    page = rina.act(f"{papers}/pilih", papers, **WISH, item=items, delivery="sandi")
    assert '<section class="paper" lang="id"' in page
    for number in range(2, 14):
        rina.see(f"{papers}/halaman/{number}")
    rina.act(papers, papers)
    bundle = re.search(r"/berkas/([0-9a-f-]{36})/periksa", sari.see(papers))[1]
    sari.act(f"/berkas/{bundle}/periksa", papers)
    sari.act(f"/berkas/{bundle}/setujui", papers, 403, code="000000")
    sari.act(f"/berkas/{bundle}/setujui", papers, code=sari.person.code())
    sari.act(f"/berkas/{bundle}/susun", papers)
    sari.act(f"/berkas/{bundle}/tolak", papers)


def version(person: Person, path: str) -> str:
    """Which state of the case the page shows."""
    return hidden(person.get(path).text, "version")

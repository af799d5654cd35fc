"""One report from the home page of a phone to the counsellor's reply, and back to the reporter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from casefile.database import open_engine
from casefile.models import Message
from tests.browser.conftest import Desk, fill_in
from tests.factories import draw_screenshot
from tests.operations.processes import Running

pytestmark = pytest.mark.browser

STORY = "Mantan mengancam menyebar foto kalau saya tidak mengirim uang malam ini."
REPLY = "Terima kasih sudah bercerita. Anda tidak sendiri. Kami bantu langkah demi langkah."
ANSWER = "Terima kasih. Saya menunggu di rumah saudara."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def send_report(phone: Page, portal: str, story: str) -> str:
    """Fill in the form as a frightened adult might. Returns the receipt code."""
    phone.goto(portal)
    phone.get_by_role("link", name="Mulai lapor").click()
    phone.get_by_label("Saya yang mengalami").check()
    phone.get_by_label("18–24").check()
    go_on(phone)
    phone.get_by_label("Dimintai uang atau hal lain (pemerasan)").check()
    phone.get_by_label(re.compile("Ceritakan")).fill(story)
    phone.get_by_label("Ada, kurang dari 24 jam lagi").check()
    go_on(phone)
    pictures = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": draw_screenshot(n)} for n in (1, 2)]
    phone.locator("#f-bukti").set_input_files(pictures)  # type: ignore[arg-type]
    phone.get_by_label("Instagram").check()
    phone.get_by_label(re.compile("Akun atau tautan")).fill("@akun_contoh_77")
    go_on(phone)
    phone.get_by_label("Konseling").check()
    go_on(phone)
    phone.get_by_label(re.compile("Saya mengerti konselor")).check()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")
    return phone.locator(".code").inner_text()


def go_on(phone: Page) -> None:
    phone.get_by_role("button", name="Lanjut", exact=True).click()


def find_case(desk: Desk) -> Page:
    """Reload the queue until a report with these answers waits to be taken, and take it."""
    take = desk.page.get_by_role("button", name=re.compile("^Ambil kasus"))
    for _ in range(100):
        desk.open("/")
        if take.count():
            break
        desk.page.wait_for_timeout(100)
    take.first.click()
    return desk.page


def read_and_reply(desk: Page) -> None:
    """Read the story and answer, as a counsellor who has just taken the case."""
    expect(desk.get_by_text("2 sidik digital")).to_be_visible()
    assert STORY not in desk.content()
    desk.get_by_role("button", name="Tampilkan cerita lengkap").click()
    expect(desk.get_by_text(STORY)).to_be_visible()
    assert desk.locator("img").count() == 0
    desk.get_by_role("link", name="Percakapan").click()
    desk.get_by_label("Pesan yang dibaca pelapor").fill(REPLY)
    desk.get_by_role("button", name="Kirim ke pelapor").click()
    expect(desk.locator(".thread").get_by_text(REPLY)).to_be_visible()


def let_the_minute_pass(running: Running) -> None:
    """In which a reply can be taken back."""
    engine = open_engine(f"sqlite:///{running.data_dir / 'suluh.db'}")
    with engine.begin() as connection:
        connection.execute(update(Message).values(shown_from=None))
    engine.dispose()


def read_reply_and_answer(phone: Page, portal: str, code: str) -> None:
    """Come back with the code, typed carelessly, and write to the counsellor."""
    phone.goto(portal)
    phone.get_by_role("link", name="Baca balasan").click()
    fill_in(phone, "Kode rahasia", f"  {code.title()} ")
    phone.get_by_role("button", name="Buka").click()
    expect(phone.get_by_text(REPLY)).to_be_visible()
    assert STORY not in phone.content()
    phone.get_by_label(re.compile("Tulis pesan")).fill(ANSWER)
    phone.get_by_role("button", name="Kirim pesan").click()
    expect(phone.get_by_text(ANSWER)).to_be_visible()


def test_a_report_reaches_a_counsellor_whose_reply_reaches_the_reporter(
    phone: Page, running: Running, counsellor: Desk
) -> None:
    code = send_report(phone, running.portal, STORY)
    fill_in(phone, "Tulis ulang kode untuk memastikan", code.upper().replace(" ", "-"))
    phone.get_by_role("button", name="Periksa kode").click()
    expect(phone.get_by_text("Kode cocok.")).to_be_visible()
    desk = find_case(counsellor)
    read_and_reply(desk)
    let_the_minute_pass(running)
    read_reply_and_answer(phone, running.portal, code)
    desk.reload()
    expect(desk.get_by_text(ANSWER)).to_be_visible()
    desk.get_by_role("link", name="Riwayat").click()
    for act in ("Laporan masuk.", "Konselor membaca cerita.", "Konselor membalas pelapor."):
        expect(desk.get_by_text(act).first).to_be_visible()


def test_after_quick_exit_back_shows_only_a_neutral_page(phone: Page, running: Running) -> None:
    send_report(phone, running.portal, STORY)
    phone.get_by_role("link", name="Keluar cepat").click()
    phone.wait_for_url(running.env["SULUH_EXIT_URL"])
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Layanan Warga")
    assert not phone.locator(".code").count()


def test_skipping_a_step_keeps_what_was_ticked_there(phone: Page, running: Running) -> None:
    phone.goto(running.portal)
    phone.get_by_role("link", name="Mulai lapor").click()
    go_on(phone)
    phone.get_by_label("Pelecehan lewat pesan").check()
    go_on(phone)
    phone.get_by_role("button", name="Lewati langkah ini").first.click()
    phone.get_by_label("Ada pikiran mengakhiri hidup").check()
    phone.get_by_role("button", name="Lewati langkah ini").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa laporan Anda")
    expect(phone.get_by_text("Ada pikiran mengakhiri hidup")).to_be_visible()
    expect(phone.get_by_text("healing119.id")).to_be_visible()

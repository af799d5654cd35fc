"""Every screen of the portal and every state it can be in, with the way there.

A walk goes a way as a person does and stops at each screen: it yields the screen's name while the page stands there.
The checks of accessibility, layout and weight, and the pictures of the documentation, all go the same walks. A new page
that anybody may open is a line of ``OPEN_PAGES``; a new state is a line of its walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import FilePayload, Page

from intake.guidance import FILTERS, INDEX_PATH, PAGES, filter_path
from tests.browser.site import Site
from tests.factories import draw_screenshot

Walk = Callable[[Page, Site], Iterator[str]]

OPEN_PAGES = {
    "home": "/",
    "guide": INDEX_PATH,
    **{f"guide-{page.template}": page.path for page in PAGES},
    "guide-places-narrowed": filter_path(FILTERS[0]),
    "error-404": "/tidak-ada",
}
"""Pages that anybody may open by their address."""

STORY = "Akun itu terus mengirim pesan. Saya takut. Nomornya 0812-3456-7890."
ANSWER = "Terima kasih. Saya menunggu di rumah saudara."
REPLY = "Terima kasih sudah bercerita. Anda tidak sendiri."
TOO_LONG = 300_000
NO_PICTURE: FilePayload = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"no picture"}
NOISE = """
const read = CanvasRenderingContext2D.prototype.getImageData;
CanvasRenderingContext2D.prototype.getImageData = function (...place) {
  const pixels = read.apply(this, place);
  pixels.data[0] ^= 1;
  return pixels;
};
"""
"""What browsers do that resist fingerprinting."""


def open_pages(page: Page, site: Site) -> Iterator[str]:
    """What needs no session."""
    for name, path in OPEN_PAGES.items():
        page.goto(site.address + path)
        yield stop(page, name, "h1")


def adult(page: Page, site: Site) -> Iterator[str]:
    """The whole form with every fault on the way, to the code."""
    yield from _first_pages(page, site)
    yield stop(page, "form-3", "[data-device]:visible")
    choose_pictures(page, NO_PICTURE)
    yield stop(page, "form-3-refused", ".pictures .fault")
    choose_pictures(page, screenshot(1), screenshot(2))
    yield stop(page, "form-3-filled", ".pictures li:not(.fault) >> nth=1")
    page.get_by_label(re.compile("Akun atau tautan")).fill("@akun_contoh_77")
    go_on(page)
    yield stop(page, "form-4", "[name=perasaan]")
    page.get_by_label("Ada pikiran mengakhiri hidup").check()
    page.get_by_label("Nomor atau alamat surel").fill("0812-3456-7890")
    yield stop(page, "form-4-filled", ".once-suicidal .calls")
    go_on(page)
    yield stop(page, "review", ".review")
    go_on(page)
    yield stop(page, "review-faulty", "#e-setuju_proses")
    agree_and_send(page)
    yield stop(page, "code", ".code")
    yield from _checking_the_code(page)


def _first_pages(page: Page, site: Site) -> Iterator[str]:
    page.goto(site.address)
    follow(page, "Mulai lapor")
    yield stop(page, "form-1", "[name=usia]")
    page.get_by_label("Tidak, saya sedang terancam").check()
    yield stop(page, "form-1-danger", ".once-danger .calls")
    go_on(page)
    yield stop(page, "form-2", "[name=jenis]")
    go_on(page)
    yield stop(page, "form-2-faulty", "#salah")
    page.get_by_label("Pelecehan lewat pesan").check()
    page.locator("summary").click()
    page.get_by_label(re.compile("Ceritakan")).fill(STORY)
    go_on(page)
    yield stop(page, "form-2-notice", "#n-cerita")
    go_on(page)


def _checking_the_code(page: Page) -> Iterator[str]:
    code = page.locator(".code").inner_text()
    for typed, name, mark in ((code[::-1], "code-wrong", "#e-kode"), (code, "code-right", ".good")):
        page.get_by_label("Tulis ulang kode untuk memastikan").fill(typed)
        press(page, "Periksa kode")
        yield stop(page, name, mark)


def untrusted_canvas(page: Page, site: Site) -> Iterator[str]:
    """Somebody whose browser guards against being recognised: pictures go to the server, and the page says so."""
    page.add_init_script(NOISE)
    begin(page, site, "18–24")
    page.get_by_label("Akun dipalsukan").check()
    go_on(page)
    yield stop(page, "form-3-server", "[data-server]")
    send_pictures(page, NO_PICTURE)
    yield stop(page, "form-3-server-faulty", "#e-bukti")
    send_pictures(page, screenshot(1))
    yield stop(page, "form-3-server-filled", ".pictures li")


def child(page: Page, site: Site) -> Iterator[str]:
    """Somebody under 18, whom the portal addresses otherwise and asks for no picture."""
    begin(page, site, "13–15")
    page.locator("summary").click()
    page.get_by_label("Didekati lalu dibujuk ke arah seksual").check()
    yield stop(page, "child-form-2", "[name=jenis]")
    go_on(page)
    yield stop(page, "child-form-3", "[name=platform]")
    go_on(page)
    yield stop(page, "child-form-4", "[name=tppo]")
    go_on(page)
    agree_and_send(page)
    yield stop(page, "child-code", ".code")


def english(page: Page, site: Site) -> Iterator[str]:
    """The way of a child who reads English, whose words are of another length."""
    page.goto(site.address)
    press(page, "English")
    yield stop(page, "english-home", "html[lang=en]")
    page.goto(f"{site.address}/a")
    page.locator("[name=usia][value='16_17']").check()
    go_on(page)
    page.locator("summary").click()
    page.locator("[name=jenis][value=GROOMING]").check()
    yield stop(page, "english-form-2", "html[lang=en] [name=jenis]")
    go_on(page)
    yield stop(page, "english-form-3", "html[lang=en] [name=platform]")
    go_on(page)
    yield stop(page, "english-form-4", "html[lang=en] [name=tppo]")
    go_on(page)
    yield stop(page, "english-review", "html[lang=en] .review")


def witness(page: Page, site: Site) -> Iterator[str]:
    """Somebody who saw it: fewer questions, no picture."""
    begin(page, site, "Orang yang melihat")
    yield stop(page, "witness-form-2", "[name=jenis]")
    page.get_by_label("Foto atau video pribadi disebar").check()
    go_on(page)
    yield stop(page, "witness-form-3", "[name=platform]")
    go_on(page)
    yield stop(page, "witness-review", ".review")


def behind_the_code(page: Page, site: Site) -> Iterator[str]:
    """Coming back: wrong code, replies, messages, withdrawal, quick exit."""
    code = minimal_report(page, site)
    page.goto(f"{site.address}/b")
    yield stop(page, "enter-code", "[name=kode]")
    enter_code(page, "bukan kode yang kami beri 1234")
    yield stop(page, "enter-code-wrong", "#e-kode")
    enter_code(page, code)
    yield stop(page, "thread-empty", "[name=pesan]")
    press(page, "Kirim pesan")
    yield stop(page, "thread-faulty", "#e-pesan")
    site.reply(code, REPLY)
    page.get_by_label(re.compile("Tulis pesan")).fill(ANSWER)
    press(page, "Kirim pesan")
    yield stop(page, "thread", ".thread .yours")
    follow(page, "Hapus pesan 1")
    yield stop(page, "erase", "[action='/b/hapus/1']")
    press(page, "Ya, hapus pesan ini")
    yield stop(page, "thread-erased", ".thread .help")
    yield from _adding(page)
    follow(page, "Minta laporan dihapus")
    yield stop(page, "withdraw", "[action='/b/tarik']")
    press(page, "Ya, hapus laporan saya")
    yield stop(page, "withdrawn", "main > p > .button")
    page.goto(f"{site.address}/b")
    enter_code(page, code)
    yield stop(page, "thread-withdrawn", "main > p > .button")
    page.get_by_role("link", name="Keluar cepat").click()
    page.wait_for_url(site.outside)
    page.goto(site.address)
    yield stop(page, "calm", "[action='/buka']")


def _adding(page: Page) -> Iterator[str]:
    follow(page, "Tambahkan sesuatu")
    yield stop(page, "add", "[name=cerita]")
    press(page, "Kirim tambahan")
    yield stop(page, "add-faulty", "#salah")
    page.locator("[name=cerita]").fill(STORY)
    press(page, "Kirim tambahan")
    yield stop(page, "add-notice", "#n-cerita")
    press(page, "Kirim tambahan")
    follow(page, "Lihat atau ubah")
    yield stop(page, "choices", "[name=jangan_bandingkan]")
    page.locator("[name=jangan_bandingkan]").check()
    press(page, "Simpan")
    yield stop(page, "thread-added", "main section ul li")


def failures(page: Page, site: Site) -> Iterator[str]:
    """What the portal says when it cannot do what it was asked."""
    begin(page, site, "18–24")
    page.get_by_label(re.compile("Ceritakan")).fill("a" * TOO_LONG)
    go_on(page)
    yield stop(page, "error-413", "h1")
    page.goto(f"{site.address}/a/2")
    page.context.clear_cookies()
    go_on(page)
    yield stop(page, "error-expired", "h1")
    for status in (429, 500, 503):
        page.goto(f"{site.address}/rusak/{status}")
        yield stop(page, f"error-{status}", "h1")


WALKS: dict[str, Walk] = {
    "open pages": open_pages,
    "adult": adult,
    "untrusted canvas": untrusted_canvas,
    "child": child,
    "english": english,
    "witness": witness,
    "behind the code": behind_the_code,
    "failures": failures,
}


def begin(page: Page, site: Site, answer: str) -> None:
    """From the home page to the second page, with one answer on the first."""
    page.goto(site.address)
    follow(page, "Mulai lapor")
    page.get_by_label(answer, exact=True).check()
    go_on(page)


def minimal_report(page: Page, site: Site) -> str:
    """The shortest way through the form. Returns the code."""
    begin(page, site, "25–44")
    page.get_by_label("Pelecehan lewat pesan").check()
    for _ in range(3):
        go_on(page)
    agree_and_send(page)
    return page.locator(".code").inner_text()


def stop(page: Page, name: str, mark: str) -> str:
    """Returns ``name`` when the page is complete and shows what ``mark`` selects, by which this screen is known."""
    page.wait_for_load_state()
    page.locator(mark).first.wait_for()
    return name


def press(page: Page, button: str) -> None:
    """Press a button that leads to a page, and wait for that page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    """Follow a link, and wait for its page."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).click()


def go_on(page: Page) -> None:
    """To the next page of the form, in any language."""
    with page.expect_navigation():
        page.locator(".ways [name=langkah][value=lanjut]").first.click()


def agree_and_send(page: Page) -> None:
    """Tick the consent that a report needs, and send."""
    page.locator("[name=setuju_proses]").check()
    go_on(page)


def enter_code(page: Page, code: str) -> None:
    """Type a code where replies are read."""
    page.get_by_label("Kode rahasia", exact=True).fill(code)
    press(page, "Buka")


def screenshot(number: int) -> FilePayload:
    """A drawn chat, as a phone offers it to a form."""
    return {"name": f"{number}.png", "mimeType": "image/png", "buffer": draw_screenshot(number)}


def choose_pictures(page: Page, *files: FilePayload) -> None:
    """Choose pictures where the phone reads them itself, and wait until it has."""
    page.locator("[data-device]:visible").first.wait_for()
    page.locator("#f-bukti").set_input_files(list(files))
    page.locator("[data-cancel]:visible").wait_for(state="detached")


def send_pictures(page: Page, *files: FilePayload) -> None:
    """Choose pictures where the server reads them, and send them there."""
    page.locator("#f-bukti").set_input_files(list(files))
    press(page, "Tambah gambar")

"""With JavaScript a picture stays on the phone: the picture step in a real Chromium against the portal's own script."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask, request
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Request, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.fingerprints import draw_screenshot as draw_chat
from casefile.fingerprints.picture import read_picture
from casefile.settings import IntakeSettings
from casefile.vocabulary import FingerprintSource
from intake import state
from intake.extensions import db
from intake.factory import create_app
from intake.portal import current_portal
from tests.factories import draw_screenshot, encode, make_office
from tests.phone import reading_of_phone

pytestmark = pytest.mark.browser

SERVER_WORDS = "Gambar dikirim, dibuatkan sidik digital, lalu langsung dibuang."
DEVICE_WORDS = "Gambar tetap di ponsel Anda."
REFUSAL = "jangan kirim gambar"
PATIENCE = 60_000
NOISE = """
for (const kind of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
  const read = kind.prototype.getImageData;
  kind.prototype.getImageData = function (...place) {
    const pixels = read.apply(this, place);
    pixels.data[pixels.data.length - 4 * 7] ^= 1;
    return pixels;
  };
}
"""
"""One byte of one pixel is wrong, in its lowest bit."""
SLOW = (
    "const take = Blob.prototype.arrayBuffer; self.held = new Promise((go) => (self.release = go));"
    "Blob.prototype.arrayBuffer = async function () { await self.held; return take.call(this); };"
)


class Quiet(WSGIRequestHandler):
    """Writes no log of requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@dataclass
class Portal:
    """The portal alone, served by this process; ``kept`` are the sources of the pictures in each draft it was left."""

    app: Flask
    address: str
    kept: list[list[FingerprintSource]]


@pytest.fixture(scope="module")
def portal(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    (folder / "suluh.db").write_bytes(sqlite_template.read_bytes())
    office = make_office(folder / "office")
    env = {**office.environment, "SULUH_INTAKE_DATABASE_URL": f"sqlite:///{folder / 'suluh.db'}"}
    app = create_app(IntakeSettings.from_env(env))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    portal = Portal(app, f"http://127.0.0.1:{server.port}", [])

    @app.after_request
    def note(response: Any) -> Any:
        if request.path == "/a/3" and request.method == "POST" and (draft := state.draft()):
            portal.kept.append([picture.source for _, picture in draft.pictures])
        return response

    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield portal
    server.shutdown()
    thread.join()
    with app.app_context():
        current_portal().reader.close()
        db.engine.dispose()


@pytest.fixture
def open_step(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens the picture step of a new form on a phone of its own."""
    contexts: list[BrowserContext] = []

    def open_step(*, age: str = "", script: str = "", has_script: bool = True, role: str = "") -> Page:
        context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=has_script)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{portal.address}/a")
        for label in filter(None, (age, role)):
            page.get_by_label(label, exact=True).check()
        go_on(page)
        page.get_by_label("Dimintai uang atau hal lain (pemerasan)").check()
        go_on(page)
        page.wait_for_url("**/a/3")
        return page

    yield open_step
    for context in contexts:
        context.close()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def choose(page: Page, *files: bytes) -> None:
    payloads = [FilePayload(name="rahasia.png", mimeType="image/png", buffer=data) for data in files]
    page.locator("#gambar input[type=file]:not([name])").set_input_files(payloads)


def readings(page: Page, count: int) -> list[str]:
    """What will be sent, once as many pictures are done."""
    expect(page.get_by_role("status")).to_contain_text(f"{count} dari {count} gambar selesai", timeout=PATIENCE)
    fields = page.locator("#gambar input[name=sidik]")
    return [fields.nth(place).input_value() for place in range(count)]


def requests_of(page: Page) -> list[Request]:
    """All requests of the page from now on."""
    sent: list[Request] = []

    def note(one: Request) -> None:
        sent.append(one)

    page.on("request", note)
    return sent


def oriented(image: Image.Image, turn: int, kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turn
    return encode(image, kind, quality=90, exif=exif)


def corpus() -> dict[str, bytes]:
    """Every way in which a screenshot or a photograph may be stored."""
    drawn = Image.open(BytesIO(draw_screenshot(5, 270, 480))).convert("RGB")
    clear = drawn.copy()
    clear.putalpha(Image.linear_gradient("L").resize(drawn.size))
    deep = Image.fromarray(np.asarray(drawn.convert("L")).astype(np.uint16) * 257)
    return {
        "PNG": encode(drawn, "PNG"),
        "PNG, palette": encode(drawn.quantize(64), "PNG"),
        "PNG, palette, transparent": encode(drawn.quantize(64), "PNG", transparency=3),
        "PNG, grey": encode(drawn.convert("L"), "PNG"),
        "PNG, black and white": encode(drawn.convert("1"), "PNG"),
        "PNG, 16 bits": encode(deep, "PNG"),
        "PNG, translucent": encode(clear, "PNG"),
        "PNG, grey, translucent": encode(clear.convert("LA"), "PNG"),
        "PNG, EXIF 6": oriented(drawn, 6, "PNG"),
        "JPEG 4:2:0": encode(drawn, "JPEG", quality=80, subsampling=2),
        "JPEG 4:4:4": encode(drawn, "JPEG", quality=80, subsampling=0),
        "JPEG, progressive": encode(drawn, "JPEG", progressive=True),
        "JPEG, grey": encode(drawn.convert("L"), "JPEG"),
        "JPEG, CMYK": encode(drawn.convert("CMYK"), "JPEG"),
        "JPEG, odd sizes": encode(drawn.resize((333, 555)), "JPEG", quality=70),
        "WebP": encode(drawn, "WEBP", quality=80),
        "WebP, lossless": encode(drawn, "WEBP", lossless=True),
        "WebP, translucent": encode(clear, "WEBP", lossless=True),
        **{f"JPEG, EXIF {turn}": oriented(drawn, turn, "JPEG") for turn in range(1, 9)},
    }


def test_the_phone_reads_every_kind_of_file_as_the_server_does(open_step: Callable[..., Page]) -> None:
    files = corpus()
    page = open_step()
    for start in range(0, len(files), 10):
        page.reload()
        part = dict(list(files.items())[start : start + 10])
        choose(page, *part.values())
        for (name, data), reading in zip(part.items(), readings(page, len(part)), strict=True):
            assert reading == reading_of_phone(read_picture(data)), name


@pytest.mark.parametrize("missing", ["Worker", "OffscreenCanvas"])
def test_where_there_is_no_worker_or_no_canvas_in_it_the_page_reads_by_itself(
    open_step: Callable[..., Page], missing: str
) -> None:
    page = open_step(script=f"delete self.{missing}")
    picture = draw_screenshot(1, 240, 400)
    choose(page, picture, draw_screenshot(2, 240, 400))
    assert readings(page, 2)[0] == reading_of_phone(read_picture(picture))


def test_no_request_holds_a_byte_of_a_picture_and_the_report_has_its_readings(
    open_step: Callable[..., Page], portal: Portal
) -> None:
    page = open_step()
    expect(page.get_by_text(DEVICE_WORDS)).to_be_visible()
    expect(page.get_by_text(SERVER_WORDS)).to_be_hidden()
    sent = requests_of(page)
    files = [encode(Image.open(BytesIO(draw_screenshot(n))), "JPEG", quality=90) for n in (1, 2)]
    choose(page, *files)
    assert len(readings(page, 2)) == 2
    assert "rahasia" not in page.content()
    go_on(page)
    page.wait_for_url("**/a/4")
    assert portal.kept[-1] == [FingerprintSource.DEVICE] * 2
    go_on(page)
    page.get_by_label(re.compile("Saya mengerti konselor")).check()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")
    posted = [one.post_data_buffer or b"" for one in sent if one.method == "POST"]
    assert [one.url for one in sent if one.method == "POST" and "/a/" in one.url]
    for body in posted:
        assert len(body) < 8_000
        assert b"rahasia" not in body
        for data in files:
            assert not any(data[place : place + 16] in body for place in range(0, len(data), 97))


def test_a_canvas_that_returns_noise_leaves_the_server_way_and_its_words(
    open_step: Callable[..., Page], portal: Portal
) -> None:
    page = open_step(script=NOISE)
    picture = FilePayload(name="1.png", mimeType="image/png", buffer=draw_screenshot(1, 240, 400))
    expect(page.get_by_text(SERVER_WORDS)).to_be_visible()
    expect(page.get_by_text(DEVICE_WORDS)).to_be_hidden()
    sent = requests_of(page)
    page.locator("input[name=bukti]").set_input_files(picture)
    expect(page.get_by_role("button", name="Tambah gambar")).to_be_visible()
    assert sent == []
    go_on(page)
    page.wait_for_url("**/a/4")
    assert portal.kept[-1] == [FingerprintSource.SERVER]


def test_a_worker_whose_canvas_returns_noise_is_not_used(open_step: Callable[..., Page]) -> None:
    page = open_step()
    page.route(
        "**/s/sidik.*", lambda route: route.fulfill(body=_noisy(route.fetch().text()), content_type="text/javascript")
    )
    picture = draw_screenshot(1, 240, 400)
    choose(page, picture)
    assert readings(page, 1) == [reading_of_phone(read_picture(picture))]


def _noisy(script: str) -> str:
    """The served script, where a worker's canvas gives back one grey."""
    return f"""
if (typeof document === "undefined") {{
  const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...place) {{
    const pixels = read.apply(this, place);
    pixels.data.fill(119);
    return pixels;
  }};
}}
{script}"""


def test_under_18_reads_on_the_device_and_sees_no_way_to_send_a_file(
    open_step: Callable[..., Page], portal: Portal
) -> None:
    page = open_step(age="16–17")
    expect(page.get_by_text("Gambar tetap di ponsel kamu.")).to_be_visible()
    expect(page.get_by_text(REFUSAL)).to_be_hidden()
    assert page.locator("[name=bukti]").count() == 0
    choose(page, draw_screenshot(1, 240, 400))
    readings(page, 1)
    go_on(page)
    page.wait_for_url("**/a/4")
    assert portal.kept[-1] == [FingerprintSource.DEVICE]


@pytest.mark.parametrize("settings", [{"script": NOISE}, {"has_script": False}], ids=["noise", "no script"])
def test_under_18_without_a_canvas_to_trust_there_is_no_way_to_choose_a_file(
    open_step: Callable[..., Page], settings: dict[str, Any]
) -> None:
    page = open_step(age="16–17", **settings)
    expect(page.get_by_text(REFUSAL)).to_be_visible()
    expect(page.get_by_label("Pilih gambar (tangkapan layar, bila ada)")).to_be_hidden()
    assert page.locator("[name=bukti]").count() == 0


def test_a_witness_is_given_no_script_and_no_input(open_step: Callable[..., Page]) -> None:
    page = open_step(role="Orang yang melihat")
    assert page.locator("input[type=file], script[src*=gambar]").count() == 0


def test_faults_are_named_as_the_server_names_them_and_the_good_ones_stay(open_step: Callable[..., Page]) -> None:
    page = open_step()
    small = draw_screenshot(1, 240, 400)
    wide = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (30_000).to_bytes(4, "big") * 2 + bytes(40)
    moving = encode(Image.new("RGB", (40, 40)), "PNG", save_all=True, append_images=[Image.new("RGB", (40, 40), "red")])
    refused = {
        b"bukan gambar": "bukan JPG, PNG, atau WebP",
        b"\0\0\0\x18ftypheic" + bytes(64): "berformat HEIC. Ubah dulu ke JPG, atau lewati.",
        b"": "kosong. Pilih lagi, atau lewati.",
        small + bytes(10 * 1024 * 1024): "lebih dari 10 MB",
        wide: "lebih dari 40 megapiksel",
        encode(Image.new("RGB", (15, 40)), "PNG"): "terlalu kecil untuk dikenali",
        moving: "bergerak. Pilih gambar diam, atau lewati.",
        small[: len(small) // 2]: "tidak bisa dibaca. Coba tangkapan layar lain, atau lewati.",
    }
    choose(page, small, *refused, small)
    readings(page, 1)
    items = page.locator("#gambar ol li")
    expect(items).to_have_count(10)
    for number, sentence in enumerate(refused.values(), start=2):
        expect(items.nth(number - 1)).to_contain_text(f"Gambar {number} {sentence}")
    expect(items.last).to_contain_text("Gambar 10 sama dengan gambar 1. Cukup satu yang kami catat.")
    page.get_by_role("button", name="Hapus gambar 2").click()
    expect(items).to_have_count(9)
    choose(page, *[draw_screenshot(seed, 60, 80) for seed in range(10)])
    expect(page.get_by_role("status")).to_contain_text("Pilih paling banyak 10 gambar")
    readings(page, 10)


def test_cancelling_keeps_what_is_done_and_drops_the_rest(open_step: Callable[..., Page]) -> None:
    page = open_step(script=f"delete self.Worker; {SLOW}")
    choose(page, draw_screenshot(1, 240, 400))
    expect(page.get_by_text("Gambar 1 – menghitung…")).to_be_visible()
    page.evaluate("() => release()")
    readings(page, 1)
    page.evaluate("() => { held = new Promise((go) => (release = go)); }")
    choose(page, *[draw_screenshot(seed, 240, 400) for seed in (2, 3)])
    expect(page.get_by_text("Gambar 3 – menunggu")).to_be_visible()
    page.get_by_role("button", name="Batalkan").click()
    expect(page.locator("#gambar ol li")).to_have_count(1)
    page.evaluate("() => release()")
    expect(page.get_by_role("button", name="Batalkan")).to_be_hidden()
    readings(page, 1)


def test_a_worker_that_is_cancelled_is_ended_and_the_next_picture_gets_another(open_step: Callable[..., Page]) -> None:
    page = open_step()
    large = encode(Image.effect_noise((3000, 3000), 60), "JPEG", quality=60)
    choose(page, large)
    expect(page.get_by_text("Gambar 1 – menghitung…")).to_be_visible()
    page.get_by_role("button", name="Batalkan").click()
    expect(page.locator("#gambar ol li")).to_have_count(0)
    choose(page, draw_screenshot(1, 240, 400))
    readings(page, 1)


def test_going_on_while_pictures_are_read_waits_for_them(open_step: Callable[..., Page], portal: Portal) -> None:
    page = open_step(script=f"delete self.Worker; {SLOW}")
    page.get_by_label("Telegram").check()
    choose(page, draw_screenshot(1, 240, 400), draw_screenshot(2, 240, 400))
    go_on(page)
    expect(page.get_by_role("status")).to_contain_text("Halaman lanjut sendiri setelah selesai.")
    page.evaluate("() => release()")
    page.wait_for_url("**/a/4")
    assert portal.kept[-1] == [FingerprintSource.DEVICE] * 2


def test_pictures_kept_earlier_are_counted_and_can_be_taken_out(open_step: Callable[..., Page], portal: Portal) -> None:
    page = open_step()
    choose(page, draw_screenshot(1, 240, 400))
    readings(page, 1)
    go_on(page)
    page.wait_for_url("**/a/4")
    page.goto(f"{portal.address}/a/3")
    choose(page, draw_screenshot(2, 240, 400))
    readings(page, 1)
    expect(page.get_by_text("Gambar 2 – selesai")).to_be_visible()
    page.get_by_role("button", name="Hapus gambar 1").click()
    page.wait_for_url("**/a/3")
    expect(page.get_by_text("Gambar 1 – selesai")).to_be_visible()
    assert portal.kept[-1] == [FingerprintSource.DEVICE]


def test_where_the_script_cannot_be_had_the_person_is_told_and_the_rest_of_the_form_goes_on(
    open_step: Callable[..., Page], portal: Portal
) -> None:
    page = open_step()
    page.route("**/s/sidik.*", lambda route: route.abort())
    choose(page, draw_screenshot(1, 240, 400))
    expect(page.get_by_text("Gambar 1 belum bisa dihitung. Periksa sambungan, lalu pilih lagi.")).to_be_visible()
    go_on(page)
    page.wait_for_url("**/a/4")
    assert portal.kept[-1] == []


def test_the_step_is_light(open_step: Callable[..., Page]) -> None:
    page = open_step()
    sent = requests_of(page)
    page.goto(page.url)
    choose(page, *[encode(draw_chat(seed), "JPEG", quality=85) for seed in range(3)])
    taken = sum(len(reading) for reading in readings(page, 3))
    answers = [one.url for one in sent if "/s/p." not in one.url and "/s/keluar." not in one.url]
    assert len(answers) == 3
    received = [page.context.request.get(url, headers={"Accept-Encoding": "gzip"}) for url in answers]
    assert sum(int(answer.headers["content-length"]) for answer in received) <= 20_000
    assert taken <= 3 * 3_150

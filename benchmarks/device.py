"""The picture step on a slow phone: Chromium with its CPU slowed down six times, against a running installation.

Printed: how long a photograph of 12 megapixels takes from choosing it to "selesai", in a worker and, since Chromium
slows down pages and not workers, on the page itself; what the step transfers, headers included, and what reporting
five screenshots of 1080x2400 sends.
"""

from __future__ import annotations

import io
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, FilePayload, Page, Request, sync_playwright

from benchmarks.fingerprints import draw_screenshot
from tests.browser.conftest import FLAGS, chromium_path
from tests.operations.processes import Running, environment

SLOWDOWN = 6
WIDTH, HEIGHT = 4000, 3000
SCREENSHOTS = 5
RUNS = 3
PATIENCE_MILLISECONDS = 120_000
WATCH = """
() => {
  const area = document.querySelector("#gambar");
  const input = area.querySelector("input[type=file]");
  input.addEventListener("change", () => (input.dataset.begun = performance.now()), { capture: true });
  new MutationObserver(() => {
    if (area.querySelector("input[name=sidik]")) input.dataset.done ??= performance.now();
  }).observe(area, { subtree: true, childList: true });
}
"""


def draw_photograph() -> bytes:
    """A JPEG of 12 megapixels with soft shapes and the grain of a cheap camera."""
    numbers = np.random.default_rng(1)
    shapes = Image.fromarray(numbers.integers(0, 256, (60, 80, 3), dtype=np.uint8)).resize((WIDTH, HEIGHT))
    grain = Image.fromarray(numbers.integers(0, 60, (HEIGHT, WIDTH), dtype=np.uint8))
    soft = grain.filter(ImageFilter.GaussianBlur(2))
    return encode(Image.blend(shapes, Image.merge("RGB", (soft, soft, soft)), 0.3))


def encode(image: Image.Image) -> bytes:
    """A JPEG as phones write it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def payloads(*files: bytes) -> list[FilePayload]:
    """As a file input takes them."""
    return [FilePayload(name="1.jpg", mimeType="image/jpeg", buffer=data) for data in files]


@contextmanager
def picture_step(browser: Browser, portal: str, script: str = "") -> Iterator[Page]:
    """The page of a form just begun, on a phone with nothing in its cache; ``script`` runs before the page's own."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(f"{portal}/a")
    page.get_by_role("button", name="Lanjut", exact=True).click()
    page.get_by_label("Pelecehan lewat pesan").check()
    page.get_by_role("button", name="Lanjut", exact=True).click()
    page.locator("#f-bukti:not([name])").wait_for()
    yield page
    context.close()


def seconds_to_read(page: Page, data: bytes, slowdown: int) -> float:
    """From choosing a file until its reading lies in the form."""
    page.reload()
    page.locator("#f-bukti:not([name])").wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.evaluate(WATCH)
    field = page.locator("#f-bukti")
    field.set_input_files(payloads(data))
    page.locator("input[name=sidik]").wait_for(state="attached", timeout=PATIENCE_MILLISECONDS)
    begun, done = (float(field.get_attribute(f"data-{name}") or "nan") for name in ("begun", "done"))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return (done - begun) / 1000


def measure_speed(browser: Browser, portal: str) -> None:
    """Print the median of a few photographs, with and without slowing down."""
    photograph = draw_photograph()
    for where, script in (("in a worker", ""), ("on the page", "delete self.Worker")):
        with picture_step(browser, portal, script) as page:
            for slowdown in (1, SLOWDOWN):
                taken = [seconds_to_read(page, photograph, slowdown) for _ in range(RUNS)]
                print(f"12 megapixels {where}, CPU slowed down {slowdown}x: {statistics.median(taken):.1f} s")


def measure_bytes(browser: Browser, portal: str) -> None:
    """Print what the step transfers, and what is sent with five screenshots."""
    with picture_step(browser, portal) as page:
        requests: list[Request] = []

        def note(one: Request) -> None:
            requests.append(one)

        page.context.on("request", note)
        page.goto(page.url)
        files = [encode(draw_screenshot(seed, has_wallpaper=bool(seed % 2))) for seed in range(SCREENSHOTS)]
        page.locator("#f-bukti:not([name])").set_input_files(payloads(*files))
        last = page.locator("input[name=sidik]").nth(SCREENSHOTS - 1)
        last.wait_for(state="attached", timeout=PATIENCE_MILLISECONDS)
        sizes = {one.url: _transferred(page, one.url) for one in requests}
        kept = sum(size for url, size in sizes.items() if "/s/p." in url or "/s/keluar." in url)
        print(f"picture step: {len(sizes)} requests, {sum(sizes.values()):,} bytes; {kept:,} of them from pages before")
        page.get_by_role("button", name="Lanjut", exact=True).click()
        page.wait_for_url("**/a/4")
        (sent,) = [one for one in requests if one.method == "POST"]
        original = sum(len(data) for data in files)
        print(f"{SCREENSHOTS} screenshots of {original:,} bytes: {len(sent.post_data_buffer or b''):,} bytes sent")


def _transferred(page: Page, url: str) -> int:
    """Body as compressed and headers of an answer."""
    answer = page.context.request.get(url, headers={"Accept-Encoding": "gzip"})
    headers = sum(len(one["name"]) + len(one["value"]) + 4 for one in answer.headers_array)
    return int(answer.headers["content-length"]) + headers


def main() -> None:
    """Measure on an installation of its own."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        running = Running(environment(Path(folder) / "data"))
        running.wait_until_ready()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        try:
            measure_bytes(browser, running.portal)
            measure_speed(browser, running.portal)
        finally:
            browser.close()
            running.stop()


if __name__ == "__main__":
    main()

"""verify.html, opened from disk in real browsers: it says what verify.pyz says, of good bundles and of changed ones."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from benchmarks.fingerprints import draw_screenshot
from casefile.fingerprints.picture import fingerprint_picture
from tests.browser.test_accessibility import DESKTOP, PHONE, find_violations
from tests.browser.test_firefox import PATIENCE, firefox_path
from tests.browser.tools import need_tools, run_node
from tests.verifier.attacks import ATTACKS, WITH_ANNEX, Attack
from tests.verifier.bundles import (
    BUNDLE,
    OFFICE,
    PACKAGE,
    Plan,
    bits_to_flip,
    build,
    flip,
    package,
    repaired_flips,
)
from tests.verifier.test_attacks import FLIPS, REPAIRED
from tests.verifier.test_attacks import check as check_with_python
from tests.verifier.tokens import STAMPED, TOKEN
from verifier.checking import Request, check_bundle
from verifier.packing import build_page

pytestmark = pytest.mark.browser

LOCKED = b"age-encryption.org/v1\n"
CHECK = """
async (requests) => {
  const bytes = (text) => text === null ? undefined : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const verdicts = [];
  for (const { archive, detached, token, ...rest } of requests) {
    const request = { archive: bytes(archive), detached: bytes(detached), token: bytes(token), ...rest };
    verdicts.push(await checkBundle(request));
  }
  return verdicts;
}
"""
FLIP = """
async ([text, bits]) => {
  const archive = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const codes = [];
  for (const bit of bits) {
    archive[bit >> 3] ^= 1 << (bit & 7);
    codes.push((await checkBundle({ archive })).findings.at(-1).code);
    archive[bit >> 3] ^= 1 << (bit & 7);
  }
  return codes;
}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pemeriksa") / "verify.html"
    path.write_bytes(build_page())
    return path


@pytest.fixture(scope="module")
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    """The page as a recipient opens it; whatever it asks a network for, or complains of, fails the test."""
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert heard == []
    assert asked == [file.as_uri()]
    context.close()


def encoded(attack: Attack) -> dict[str, str | None]:
    files = {"archive": attack.archive, "detached": attack.detached, "token": attack.token}
    texts = {name: None if each is None else base64.b64encode(each).decode() for name, each in files.items()}
    return {**texts, "pinned": attack.pinned, "expected": attack.expected}


def ask(page: Page, attacks: Sequence[Attack]) -> list[dict[str, Any]]:
    verdicts: list[dict[str, Any]] = page.evaluate(CHECK, [encoded(attack) for attack in attacks])
    return verdicts


def test_it_says_word_for_word_what_the_program_says(page: Page) -> None:
    honest = [PACKAGE, BUNDLE, WITH_ANNEX, package(STAMPED)]
    asked = [
        *ATTACKS.values(),
        *(Attack(archive, "", pinned=OFFICE) for archive in honest),
        Attack(PACKAGE, "", token=TOKEN),
        Attack(LOCKED, "locked_age", expected=hashlib.sha256(LOCKED).hexdigest()),
    ]
    for attack, verdict in zip(asked, ask(page, asked), strict=True):
        ours = check_with_python(attack)
        assert verdict["isFinished"] is ours.is_finished
        said = [(finding["state"], finding["code"], tuple(finding["said"])) for finding in verdict["findings"]]
        assert said == [(each.state.name.lower(), each.code, tuple(each.said)) for each in ours.findings]
        assert ours.is_good is (attack.code == "")


def test_it_finds_every_flipped_bit_and_names_it_like_the_program(page: Page) -> None:
    bits = bits_to_flip(PACKAGE, FLIPS)
    codes = page.evaluate(FLIP, [base64.b64encode(PACKAGE).decode(), bits])
    assert codes == [check_bundle(Request(flip(PACKAGE, bit))).findings[-1].code for bit in bits]
    repaired = [Attack(archive, "") for archive in repaired_flips(REPAIRED)]
    verdicts = ask(page, repaired)
    assert [verdict["findings"][-1]["code"] for verdict in verdicts] == [
        check_with_python(attack).findings[-1].code for attack in repaired
    ]
    assert all(verdict["findings"][-1]["state"] == "wrong" for verdict in verdicts)


def test_a_browser_without_ed25519_says_so_and_confirms_nothing(chromium: Browser, file: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(
        "SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    page.goto(file.as_uri())
    (verdict,) = ask(page, [Attack(PACKAGE, "")])
    assert verdict["isFinished"] is False
    assert "verify.pyz" in verdict["findings"][-1]["said"][1]
    context.close()


def choose(page: Page, *files: tuple[str, bytes], originals: Sequence[tuple[str, bytes]] = ()) -> None:
    def payloads(named: Sequence[tuple[str, bytes]]) -> list[Any]:
        return [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in named]

    page.locator("#berkas").set_input_files(payloads(files))
    page.locator("#asli").set_input_files(payloads(originals))


def press(page: Page, result: str) -> None:
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("status")).to_contain_text(result)


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    """An original, a smaller copy saved as JPEG, another picture, and a plain one."""
    original, other = draw_screenshot(1), draw_screenshot(5)
    smaller = original.convert("RGB").resize((original.width * 2 // 3, original.height * 2 // 3))
    return {
        "asli.png": saved(original, "PNG"),
        "salinan.jpg": saved(smaller, "JPEG"),
        "lain.png": saved(other, "PNG"),
        "polos.png": saved(Image.new("RGB", (200, 200), "white"), "PNG"),
        "catatan.txt": b"bukan gambar",
    }


def saved(picture: Image.Image, kind: str) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, quality=70)
    return buffer.getvalue()


def test_originals_are_told_apart_as_the_command_does_it(page: Page, pictures: dict[str, bytes]) -> None:
    prints = fingerprint_picture(pictures["asli.png"])
    plan = Plan(originals=(pictures["asli.png"], b"x"), prints=((prints.pdq.hex(), prints.pdq_quality), ("", 0)))
    choose(page, ("berkas.zip", package(build(plan))), originals=list(pictures.items()))
    page.locator("#kunci").fill(OFFICE)
    press(page, "UTUH dan dari kantor itu")
    said = page.locator("#temuan p[lang=en]").all_inner_texts()[:5]
    kinds = ["matches item 1", "altered copy of item 1", "not in this bundle", "too plain", "cannot be read"]
    for (name, kind), sentence in zip(zip(pictures, kinds, strict=True), said, strict=True):
        assert sentence.startswith(f"{name}: ")
        assert kind in sentence
        assert "%" not in sentence
    choose(page, ("berkas.zip", PACKAGE), originals=[("asli.png", pictures["asli.png"])])
    press(page, "UTUH")
    assert "another SHA-256" in page.locator("#temuan p[lang=en]").first.inner_text()


def test_what_a_person_chooses_types_and_drops(page: Page) -> None:
    page.locator("#kunci").fill("")
    choose(page)
    press(page, "Pilih dulu berkas buktinya.")
    expect(page.locator("#berkas")).to_be_focused()
    choose(page, ("bukti.zip", BUNDLE), ("tagmanifest-sha256.txt.sig.tsr", TOKEN))
    press(page, "pembuatnya belum dipastikan")
    expect(page.locator("#temuan")).to_contain_text("Stempel waktu untuk tanda tangan ini: 2026-11-23 05:00:07 UTC.")
    expect(page.locator("#temuan")).to_contain_text("bukti.zip.sig tidak ada di sampingnya")
    page.locator("#kunci").fill("SHA256:pendek")
    press(page, "Tidak dikenal: SHA256:pendek")
    expect(page.locator("#kunci")).to_have_attribute("aria-invalid", "true")
    page.locator("#kunci").fill(OFFICE)
    page.locator("#kode").fill(f"SULUH1:sha256:{'0' * 64}")
    page.locator("#kode").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ini bukan berkas yang disebut di kertas")
    page.locator("#kode").fill("")
    drop(page, "main", "berkas.zip", flip(PACKAGE, 4000))
    press(page, "JANGAN DIPAKAI")
    expect(page.get_by_role("status")).to_contain_text("Berkas bukti.zip berubah.")


def drop(page: Page, where: str, name: str, content: bytes) -> None:
    transfer = page.evaluate_handle(
        """([name, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
          return transfer;
        }""",
        [name, base64.b64encode(content).decode()],
    )
    page.dispatch_event(where, "drop", {"dataTransfer": transfer})


@pytest.mark.parametrize("archive", [PACKAGE, flip(PACKAGE, 4000)], ids=["good", "bad"])
def test_it_is_accessible_and_fits_a_phone(page: Page, archive: bytes) -> None:
    choose(page, ("berkas.zip", archive))
    page.locator("#kunci").fill(OFFICE)
    press(page, "HASIL")
    for scheme, size in (("dark", PHONE), ("light", PHONE), ("light", DESKTOP)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert find_violations(page) == []


def test_nothing_of_it_may_reach_a_network() -> None:
    text = build_page().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src" not in policy[1]
    assert re.findall(r"https?://|//[a-z]", re.sub(r"^//.*", "", text, flags=re.M)) == []
    assert build_page() == build_page()


def test_firefox_says_the_same(file: Path, tmp_path: Path) -> None:
    need_tools()
    good, bad = tmp_path / "baik.zip", tmp_path / "buruk.zip"
    good.write_bytes(PACKAGE)
    bad.write_bytes(next(iter(repaired_flips(1))))
    asked = {"firefox": firefox_path(), "page": file.as_uri(), "key": OFFICE, "files": [str(good), str(bad)]}
    seen = run_node("verifier.mjs", asked, patience=PATIENCE)
    assert seen["errors"] == []
    assert "HASIL: UTUH dan dari kantor itu." in seen["said"][0]
    assert "HASIL: JANGAN DIPAKAI." in seen["said"][1]
    wrong = check_bundle(Request(bad.read_bytes())).findings[-1].said
    assert wrong.indonesian in seen["said"][1], json.dumps(seen)

"""The whole way in Firefox with ``privacy.resistFingerprinting``, as Tor Browser has it: no canvas can be trusted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from casefile.vocabulary import FingerprintSource
from tests.browser.site import Site
from tests.browser.tools import IS_CI, need_tools, run_node
from tests.factories import draw_screenshot

pytestmark = pytest.mark.browser

STORY = "Akun itu mengirim pesan setiap malam."
PATIENCE = 120
TIMES_BACK = 3
RESISTING_ZONE = "Atlantic/Reykjavik"
"""What such a Firefox says of its time zone, wherever it runs."""


def firefox_path() -> str:
    """Where Firefox lies. Without one the test is skipped with what to do; in CI it fails."""
    path = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        words = "Firefox is missing: install it (Debian: apt-get install firefox-esr) or name it in FIREFOX"
        pytest.fail(words) if IS_CI else pytest.skip(words)
    return path


@pytest.fixture
def seen(site: Site, tmp_path: Path) -> dict[str, Any]:
    """What was seen on the way from the home page to the code, out by quick exit, and back."""
    need_tools()
    picture = tmp_path / "1.png"
    picture.write_bytes(draw_screenshot(1))
    asked = {
        "firefox": firefox_path(),
        "portal": site.address,
        "outside": site.outside,
        "picture": str(picture),
        "story": STORY,
    }
    noted: dict[str, Any] = run_node("firefox.mjs", asked, patience=PATIENCE)
    return noted


def test_a_report_in_firefox_that_resists_fingerprinting(seen: dict[str, Any], site: Site) -> None:
    assert seen["zone"] == RESISTING_ZONE, "this Firefox does not resist fingerprinting"
    assert seen["errors"] == []
    check_pictures(seen)
    stored = site.submission(seen["code"])
    assert stored.story == STORY
    assert [picture.source for picture in stored.pictures] == [FingerprintSource.SERVER]
    check_leaving(seen)


def check_pictures(seen: dict[str, Any]) -> None:
    """With script alive, the picture went to the server, and the page said so and promised nothing else."""
    assert seen["isScriptAlive"]
    assert seen["promise"] == ["Gambar dikirim, dibuatkan sidik digital, lalu langsung dibuang. Gambar tidak disimpan."]
    assert [said.splitlines()[0] for said in seen["pictures"]] == ["Gambar 1 – selesai"]


def check_leaving(seen: dict[str, Any]) -> None:
    """The session is gone, and Back shows the neutral page however often it is pressed."""
    assert seen["cookies"] == ["t"]
    assert len(seen["back"]) == TIMES_BACK
    for page in seen["back"]:
        assert page["heading"] == "Layanan Warga"
        assert not any(said in page["text"] for said in (seen["code"], STORY, "Laporan"))

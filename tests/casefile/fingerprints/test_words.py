"""Text is read by tesseract where it can do no harm, and only keyed groups of three words come out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casefile.fingerprints.words import MOST_GROUPS, WordKey, can_read, read_words
from tests.casefile.fingerprints.pages import SENTENCES, draw_page
from tests.factories import encode
from tests.waiting import wait_until

KEY = WordKey(b"k" * 32)
PAGE = encode(draw_page(44)[0], "PNG")
READING = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from casefile.fingerprints.words import WordKey, read_words
print(b"".join(read_words(sys.stdin.buffer.read(), WordKey(b"k" * 32))).hex())
"""
"""Reads in a process that may write into no file, and whose children may not either (setrlimit(2))."""

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")


@pytest.fixture(autouse=True)
def _tesseract() -> None:
    assert can_read(), "tesseract is missing: install it (Debian: apt-get install tesseract-ocr tesseract-ocr-ind)"


def test_a_page_gives_its_groups_from_children_that_are_locked_down_and_give_way() -> None:
    seen: set[str] = set()
    command = [sys.executable, "-c", READING]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as reading:
        assert reading.stdin
        assert reading.stdout
        reading.stdin.write(PAGE)
        reading.stdin.close()
        wait_until(lambda: reading.poll() is not None or look(reading.pid, seen), 120)
        packed = bytes.fromhex(reading.stdout.read().decode())
    assert seen == {"page", "tesseract"}
    found = {packed[start : start + 6] for start in range(0, len(packed), 6)}
    assert len(found & set(KEY.groups(" ".join(SENTENCES)))) >= 20
    assert found.isdisjoint(WordKey(b"l" * 32).groups(" ".join(SENTENCES)))


def look(parent: int, seen: set[str]) -> bool:
    """Note children that are as they should be; whether both were seen."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status, words = (process / "status").read_text(), (process / "cmdline").read_text().split("\0")
            limits, stat = (process / "limits").read_text(), (process / "stat").read_text()
        except OSError:
            continue
        is_nice = stat.rsplit(")", 1)[1].split()[16] == "10"
        writes_nothing = any(line.split()[:5] == ["Max", "file", "size", "0", "0"] for line in limits.splitlines())
        if f"PPid:\t{parent}\n" in status and is_nice and writes_nothing:
            is_locked = "NoNewPrivs:\t1\n" in status and "Seccomp:\t2\n" in status
            seen |= {"tesseract"} if words[0] == "tesseract" else set()
            seen |= {"page"} if "casefile.fingerprints.page" in words and is_locked else set()
    return seen == {"page", "tesseract"}


def test_a_text_gives_each_group_once_and_not_too_many() -> None:
    assert len(KEY.groups("satu dua tiga satu dua tiga")) == 3
    assert KEY.groups("Satu, DUA: tiga!") == KEY.groups("satu dua tiga")
    assert KEY.groups("satu dua") == ()
    assert len(KEY.groups(" ".join(f"kata{number}" for number in range(500)))) == MOST_GROUPS


def test_what_is_no_picture_has_no_words() -> None:
    assert read_words(PAGE[:200], KEY) == ()

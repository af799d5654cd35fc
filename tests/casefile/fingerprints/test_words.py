"""Text is read by tesseract where it can do no harm, and only keyed groups of three words come out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from casefile.fingerprints.wordgroups import WordKey
from casefile.fingerprints.words import can_read, read_words
from tests.casefile.fingerprints.golden.pictures import PICTURES
from tests.casefile.fingerprints.pages import SENTENCES, draw_page, read_lines
from tests.factories import encode
from tests.waiting import wait_until

KEY = WordKey(b"k" * 32)
PAGE = encode(draw_page(44)[0], "PNG")
READING = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from casefile.fingerprints.wordgroups import WordKey
from casefile.fingerprints.words import read_words
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
    said = [KEY.groups(read_lines(sentence)) for sentence in SENTENCES]
    assert all(set(groups) <= found for groups in said)
    assert found.isdisjoint(WordKey(b"l" * 32).groups(read_lines(*SENTENCES)))


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


def test_a_cut_out_and_a_dark_part_are_read_as_the_page_is() -> None:
    image, boxes = draw_page(44)
    left, top, right, bottom = boxes[3]
    image.paste(ImageOps.invert(image.crop((left - 30, top - 20, right + 30, bottom + 20))), (left - 30, top - 20))
    whole = set(read_words(encode(image, "PNG"), KEY))
    cut = image.crop((0, boxes[2][1] - 20, image.width, boxes[5][3] + 20))
    part = set(read_words(encode(cut, "PNG"), KEY))
    assert part <= whole
    assert {group for number in (2, 3, 4, 5) for group in KEY.groups(read_lines(SENTENCES[number]))} <= part


def test_marks_and_single_letters_are_no_words_nor_is_what_a_side_has_cut() -> None:
    image = draw_line("Kirim, a SEKARANG: juga! sebelum pagi")
    said = read_lines("kirim sekarang juga sebelum pagi")
    assert set(read_words(encode(image, "PNG"), KEY)) == set(KEY.groups(said))
    letters = ImageFont.load_default(size=44).getlength("Kirim, a SEKARANG: juga! sebel")
    cut = image.crop((70, 0, 40 + int(letters), image.height))
    assert set(read_words(encode(cut, "PNG"), KEY)) <= set(KEY.groups(read_lines("sekarang juga")))
    kept = image.crop((70, 0, image.width, image.height))
    assert set(read_words(encode(kept, "PNG"), KEY)) == set(KEY.groups(read_lines("sekarang juga sebelum pagi")))


def test_what_is_only_like_letters_is_no_word() -> None:
    assert read_words(encode(PICTURES["more shapes"](), "PNG"), KEY) == ()


def test_each_part_of_a_number_has_its_own_place() -> None:
    image = Image.new("RGB", (1000, 300), "white")
    font = ImageFont.load_default(size=44)
    draw = ImageDraw.Draw(image)
    draw.text((40, 60), "0852-4307-6748", fill="black", font=font)
    draw.text((40 + font.getlength("0852-4"), 160), "menunggu", fill="black", font=font)
    found = read_words(encode(image, "PNG"), KEY)
    assert set(KEY.groups(read_lines("0852 4307 6748"))) < set(found)
    assert set(KEY.groups(read_lines("4307 6748", "  menunggu"))) < set(found)
    assert set(KEY.groups(read_lines("0852 4307", "  menunggu"))).isdisjoint(found)


def draw_line(text: str) -> Image.Image:
    """One line of text on white."""
    image = Image.new("RGB", (1200, 160), "white")
    ImageDraw.Draw(image).text((40, 60), text, fill="black", font=ImageFont.load_default(size=44))
    return image


def test_what_is_no_picture_has_no_words() -> None:
    assert read_words(PAGE[:200], KEY) == ()
    assert read_words(encode(Image.new("RGB", (400, 400), "white"), "PNG"), KEY) == ()

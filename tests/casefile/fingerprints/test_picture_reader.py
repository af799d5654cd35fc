"""The reader gives what fingerprinting in process would, and outlives everything a picture can do to its helper."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from casefile.errors import PictureError
from casefile.fingerprints import MAX_PICTURE_BYTES
from casefile.fingerprints.picture import read_picture
from casefile.fingerprints.sandbox import PictureReader
from casefile.vocabulary import PictureFault
from tests.casefile.fingerprints.drawings import draw_chat, draw_waves, encode

ROOT = str(Path(__file__).resolve().parents[3])


@pytest.fixture(scope="module")
def shared_reader() -> Iterator[PictureReader]:
    with PictureReader() as reader:
        yield reader


@pytest.fixture
def own_reader() -> Iterator[PictureReader]:
    with PictureReader() as reader:
        yield reader


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def zygote_of(reader: PictureReader) -> int:
    """The helper's process id: the only child that runs the zygote and answers this reader."""
    assert reader._zygote is not None
    return reader._zygote.pid


def wait_until(found: Callable[[], list[int]]) -> list[int]:
    while not (seen := found()):
        os.sched_yield()
    return seen


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_answer_equals_fingerprinting_in_process(shared_reader: PictureReader, name: str) -> None:
    data = encode(draw_chat(1, 1080, 2400), name)
    assert shared_reader.read(data) == read_picture(data)


def test_every_lock_holds_on_linux(shared_reader: PictureReader) -> None:
    assert shared_reader.confinement().is_complete


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: b"", PictureFault.EMPTY),
        (lambda: b"<html>", PictureFault.NOT_ALLOWED),
        (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(16), PictureFault.HEIC),
        (lambda: b"\xff\xd8\xff" + bytes(MAX_PICTURE_BYTES), PictureFault.TOO_LARGE),
        (lambda: encode(draw_waves(1), "JPEG")[:3000], PictureFault.UNREADABLE),
        (
            lambda: encode(Image.new("L", (12_000, 12_000)), "WEBP", lossless=True, method=0),
            PictureFault.TOO_MANY_PIXELS,
        ),
    ],
    ids=[fault.value for fault in list(PictureFault)[:6]],
)
def test_refusals_come_back_by_name(
    shared_reader: PictureReader, make: Callable[[], bytes], fault: PictureFault
) -> None:
    with pytest.raises(PictureError) as refusal:
        shared_reader.read(make())
    assert refusal.value.fault is fault


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_forty_megapixels_fit_into_the_memory_limit(shared_reader: PictureReader, name: str) -> None:
    mode = "RGB" if name == "JPEG" else "RGBA"
    found = shared_reader.read(encode(Image.new(mode, (6_320, 6_320)), name)).fingerprints
    assert (found.width, found.height) == (6_320, 6_320)


def test_many_threads_each_get_their_own_answer(shared_reader: PictureReader) -> None:
    pictures = [encode(draw_waves(seed)) for seed in range(1, 13)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(shared_reader.read, pictures))
    assert answers == [read_picture(data) for data in pictures]


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        (signal.SIGXCPU, PictureFault.TOO_SLOW),
        (signal.SIGALRM, PictureFault.TOO_SLOW),
        (signal.SIGKILL, PictureFault.TOO_SLOW),
        (signal.SIGSEGV, PictureFault.UNREADABLE),
        (signal.SIGABRT, PictureFault.UNREADABLE),
    ],
)
def test_a_child_that_dies_costs_one_picture_and_not_the_service(
    own_reader: PictureReader, how: signal.Signals, fault: PictureFault
) -> None:
    slow = encode(Image.effect_noise((2_900, 2_900), 60), "JPEG", quality=80)
    faults: list[PictureFault] = []

    def read() -> None:
        try:
            own_reader.read(slow)
        except PictureError as error:
            faults.append(error.fault)

    reading = threading.Thread(target=read)
    reading.start()
    (child,) = wait_until(lambda: children(zygote_of(own_reader)))
    os.kill(child, how)
    reading.join()
    assert faults == [fault]
    assert own_reader.read(encode(draw_waves(1))).fingerprints.width == 300


def test_a_dead_helper_is_replaced(own_reader: PictureReader) -> None:
    before = zygote_of(own_reader)
    os.kill(before, signal.SIGKILL)
    assert own_reader.read(encode(draw_waves(1))) == read_picture(encode(draw_waves(1)))
    assert zygote_of(own_reader) != before


def test_closing_ends_the_helper_and_reading_starts_another() -> None:
    reader = PictureReader()
    assert reader.read(encode(draw_waves(1))).fingerprints.width == 300
    before = zygote_of(reader)
    reader.close()
    assert not Path(f"/proc/{before}").exists()
    assert reader.read(encode(draw_waves(1))).fingerprints.width == 300
    reader.close()


def test_no_process_or_descriptor_is_left_behind(own_reader: PictureReader) -> None:
    helper = zygote_of(own_reader)
    own_reader.read(encode(draw_waves(1)))

    def open_descriptors() -> int:
        return len(list(Path(f"/proc/{helper}/fd").iterdir()))

    wait_until(lambda: [] if children(helper) else [helper])
    before = open_descriptors()
    for seed in range(1, 9):
        own_reader.read(encode(draw_waves(seed)))
    wait_until(lambda: [] if children(helper) or open_descriptors() > before else [helper])
    assert open_descriptors() == before


def test_the_helper_knows_nothing_of_our_environment(
    own_reader: PictureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_reader.close()
    monkeypatch.setenv("SULUH_RAHASIA", "jangan-diwariskan")
    own_reader.start()
    assert b"SULUH" not in Path(f"/proc/{zygote_of(own_reader)}/environ").read_bytes()


def test_the_reading_side_loads_no_decoder() -> None:
    look = "import sys, casefile.fingerprints.sandbox; print([m for m in ('PIL', 'numpy') if m in sys.modules])"
    finished = subprocess.run(
        [sys.executable, "-P", "-c", look],
        env={"PYTHONPATH": ROOT},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert finished.stdout.strip() == "[]"

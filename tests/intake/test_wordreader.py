"""Text of pictures is read beside the form: nobody waits for it, and what is not ready is absent."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.fingerprints.wordgroups import MOST_GROUPS, WordKey
from casefile.fingerprints.words import can_read
from casefile.models import WorkerEnvelope
from casefile.pictures import Picture
from casefile.submission import Answers, Consents, Submission
from casefile.vocabulary import FingerprintSource
from intake.portal import current_portal
from intake.state import LONGEST
from intake.wordreader import (
    KEPT_SECONDS,
    MOST_WAITING_BYTES,
    MOST_WAITING_SECONDS,
    ReaderWithWords,
    WordBoard,
    WordReader,
    with_words,
)
from tests.casefile.fingerprints.pages import SENTENCES, draw_page, read_lines
from tests.conftest import Database
from tests.factories import Office, draw_screenshot, encode, keep_picture
from tests.intake.browser import Browser
from tests.intake.opening import opened_submission
from tests.waiting import wait_until
from worker.payloads import open_payload

KEY = WordKey(b"k" * 32)
GROUPS = KEY.groups(read_lines("kirim uangnya sekarang juga"))
FILE = b"f" * 32


class SlowReading:
    """Stands for tesseract: reads nothing until it is told to go on, and counts."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.read: list[int] = []

    def __call__(self, data: bytes, key: WordKey) -> tuple[bytes, ...]:
        self.go_on.wait()
        self.read.append(len(data))
        return GROUPS


@pytest.fixture
def slow() -> Iterator[SlowReading]:
    reading = SlowReading()
    yield reading
    reading.go_on.set()


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_words_of_a_picture_reach_the_worker_and_nobody_else(
    make_app: Callable[..., Flask], database: Database, office: Office
) -> None:
    assert can_read(), "tesseract is missing: install it (Debian: apt-get install tesseract-ocr tesseract-ocr-ind)"
    app, page = make_app(SULUH_OCR="auto"), encode(draw_page(44)[0], "PNG")
    visitor = Browser(app)
    visitor.send(visitor.send(visitor.begin(), {"jenis": "SEKSTORSI"}), {}, [page])
    digest = keep_picture(page).fingerprints.sha256
    with app.app_context():
        words = current_portal().words
    assert isinstance(wait_until(lambda: words.words_of(digest), 120), tuple)
    visitor.finish()
    with Session(database.engine()) as session:
        envelope = session.scalars(select(WorkerEnvelope)).one()
    (picture,) = open_payload(office.worker, envelope.box or b"", envelope.report_id).pictures
    key = WordKey(office.intake.sketch_key)
    assert {group for sentence in SENTENCES for group in key.groups(read_lines(sentence))} <= set(picture.words)
    assert opened_submission(database, office).pictures[0].words == ()


def test_sending_does_not_wait_for_words(app: Flask, database: Database, office: Office, slow: SlowReading) -> None:
    with app.app_context():
        portal = current_portal()
        words = WordReader(KEY, WordBoard(), slow)
        object.__setattr__(portal, "reader", ReaderWithWords(portal.reader, words))
        object.__setattr__(portal, "words", words)
    visitor = Browser(app)
    visitor.send(visitor.send(visitor.begin(), {"jenis": "SEKSTORSI"}), {}, [draw_screenshot(1, 240, 400)])
    assert visitor.finish().path == "/a/6"
    with Session(database.engine()) as session:
        envelope = session.scalars(select(WorkerEnvelope)).one()
    (picture,) = open_payload(office.worker, envelope.box or b"", envelope.report_id).pictures
    assert picture.words == ()
    assert slow.read == []


def test_where_tesseract_is_missing_or_switched_off_nothing_is_read(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = [make_app(SULUH_OCR="off")]
    monkeypatch.setenv("PATH", "/nonexistent")
    apps.append(make_app(SULUH_OCR="auto"))
    for app in apps:
        with app.app_context():
            assert not isinstance(current_portal().reader, ReaderWithWords)


def test_too_much_at_once_is_not_read_and_what_was_read_is_let_go(slow: SlowReading) -> None:
    reader, size = WordReader(KEY, WordBoard(), slow), MOST_WAITING_BYTES // 4
    first = bytes(size)
    held_before = sys.getrefcount(first)
    reader.read_later(b"first".ljust(32), first)
    wait_until(lambda: not reader.waiting_bytes, 10)
    for number in range(6):
        reader.read_later(bytes([number]) * 32, bytes(size - number))
    assert reader.waiting_bytes == sum(size - number for number in range(4))
    slow.go_on.set()
    wait_until(lambda: len(slow.read) == 5, 10)
    assert slow.read == [size, *(size - number for number in range(4))]
    wait_until(lambda: reader.words_of(bytes([3]) * 32) == GROUPS, 10)
    assert reader.words_of(bytes([4]) * 32) == ()
    assert (reader.waiting_bytes, sys.getrefcount(first)) == (0, held_before)
    reader.close()


def test_a_picture_that_waited_too_long_is_dropped_unread(slow: SlowReading) -> None:
    clock = Clock()
    reader = WordReader(KEY, WordBoard(), slow, clock)
    reader.read_later(b"first".ljust(32), b"1")
    wait_until(lambda: not reader.waiting_bytes, 10)
    reader.read_later(b"late".ljust(32), b"22")
    clock.now += MOST_WAITING_SECONDS + 1
    reader.read_later(b"fresh".ljust(32), b"333")
    slow.go_on.set()
    wait_until(lambda: len(slow.read) == 2, 10)
    assert (slow.read, reader.waiting_bytes) == ([1, 3], 0)


def test_a_file_is_read_once(slow: SlowReading) -> None:
    reader = WordReader(KEY, WordBoard(), slow)
    reader.read_later(b"other".ljust(32), b"before it")
    wait_until(lambda: not reader.waiting_bytes, 10)
    for _ in range(3):
        reader.read_later(FILE, b"gambar")
    slow.go_on.set()
    assert wait_until(lambda: reader.words_of(FILE), 10) == GROUPS
    reader.read_later(FILE, b"gambar")
    assert (slow.read, reader.waiting_bytes) == ([9, 6], 0)
    reader.close()


def test_a_picture_on_which_reading_fails_stops_no_other() -> None:
    def fails_on_the_first(data: bytes, key: WordKey) -> tuple[bytes, ...]:
        if data == b"pertama":
            raise MemoryError
        return GROUPS

    reader = WordReader(KEY, WordBoard(), fails_on_the_first)
    reader.read_later(b"first".ljust(32), b"pertama")
    reader.read_later(FILE, b"kedua")
    assert wait_until(lambda: reader.words_of(FILE), 10) == GROUPS
    assert reader.words_of(b"first".ljust(32)) == ()
    reader.close()


def test_a_closed_reader_forgets_what_waits(slow: SlowReading) -> None:
    reader = WordReader(KEY, WordBoard(), slow)
    reader.read_later(b"first".ljust(32), b"satu")
    wait_until(lambda: not reader.waiting_bytes, 10)
    reader.read_later(FILE, b"dua")
    reader.close()
    slow.go_on.set()
    reader.read_later(FILE, b"dua")
    assert reader.waiting_bytes == 0
    wait_until(lambda: slow.read == [4], 10)


def test_the_board_keeps_words_as_long_as_a_form_may_be_filled() -> None:
    clock = Clock()
    board = WordBoard(clock)
    board.keep(FILE, GROUPS)
    assert LONGEST.total_seconds() == KEPT_SECONDS
    clock.now += KEPT_SECONDS - 1
    assert board.find(FILE) == GROUPS
    board.sweep()
    assert board.find(FILE) == GROUPS
    clock.now += 2
    assert board.find(FILE) is None
    board.sweep()
    clock.now -= 2
    assert board.find(FILE) is None


def test_the_board_tells_nothing_read_from_nothing_to_read_and_takes_the_most_groups() -> None:
    board = WordBoard()
    assert board.find(FILE) is None
    board.keep(FILE, ())
    assert board.find(FILE) == ()
    most = tuple(bytes([number]) * 6 for number in range(MOST_GROUPS))
    board.keep(FILE, most)
    assert board.find(FILE) == most


def test_a_place_that_was_written_over_in_the_middle_counts_as_absent() -> None:
    board = WordBoard()
    board.keep(FILE, GROUPS)
    memory = bytes(board.memory)
    where = memory.index(GROUPS[0])
    board.memory[where] ^= 1
    assert board.find(FILE) is None


def test_a_process_finds_what_another_forked_from_the_same_one_has_read() -> None:
    board = WordBoard()
    child = os.fork()
    if child == 0:
        board.keep(FILE, GROUPS)
        os._exit(0)
    os.waitpid(child, 0)
    assert board.find(FILE) == GROUPS


def test_only_pictures_that_the_server_read_have_words_and_only_where_comparing_is_wanted() -> None:
    board = WordBoard()
    kept = keep_picture(draw_screenshot(1, 240, 400))
    on_the_device = Picture(kept.fingerprints, FingerprintSource.DEVICE, kept.sketches)
    board.keep(kept.fingerprints.sha256, GROUPS)
    submission = Submission(answers=Answers(), pictures=(kept, on_the_device), consents=Consents(may_compare=True))
    reader = WordReader(KEY, board)
    assert [picture.words for picture in with_words(submission, reader).pictures] == [GROUPS, ()]
    declined = Submission(answers=Answers(), pictures=(kept,), consents=Consents(may_compare=False))
    assert with_words(declined, reader) == declined

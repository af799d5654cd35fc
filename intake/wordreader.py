"""Text of pictures, read while the reporter goes on filling the form, and kept as keyed word groups.

Reading takes a second or more, so nobody waits for it: a picture that was accepted is handed to one thread of this
process, which reads one picture after another at low priority (``casefile.fingerprints.words``). What it finds
lies on a board in memory, under a keyed digest of the file, until a report with that file is sent. Where it is not
there by then, the report goes without words: a machine without tesseract, too many pictures at once, or a portal of
several machines, whose memory is not shared.
"""

from __future__ import annotations

import mmap
import secrets
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b

from casefile.fingerprints import PictureReading
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.fingerprints.wordgroups import MOST_GROUPS, WordKey
from casefile.fingerprints.words import read_words
from casefile.pictures import Picture
from casefile.submission import Submission
from casefile.vocabulary import FingerprintKind, FingerprintSource
from intake.uploads import Reader

KEPT_SECONDS = 2 * 60 * 60
"""As long as a form may be filled (``intake.state.LONGEST``)."""
MOST_WAITING_BYTES = 32 * 1024 * 1024
"""Pictures that wait to be read, together; what comes past that is not read."""
MOST_WAITING_SECONDS = 60
"""A picture that waited longer is dropped unread: the page says that it is not kept."""

_SWEEP_SECONDS = 300.0
"""How often an idle reader overwrites what was kept long enough."""

Words = tuple[bytes, ...]

_GROUP_BYTES = BYTE_LENGTHS[FingerprintKind.WORDS]
_DIGEST_BYTES = 16
_PLACES = 4096
_HEAD = struct.Struct("<16sdH")
"""Whose words, until when (seconds of the machine's monotonic clock), how many groups."""
_CHECKED_BYTES = _HEAD.size + MOST_GROUPS * _GROUP_BYTES
_PLACE_BYTES = _CHECKED_BYTES + _DIGEST_BYTES


class WordBoard:
    """Word groups of files in memory (3.3 MB) that this process and those forked from it share.

    A file has one place, named by its digest; another file with the same place takes it over. Nobody waits for
    anybody: what was written over in the middle fails its checksum and counts as absent.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self.memory = mmap.mmap(-1, _PLACES * _PLACE_BYTES)

    def keep(self, sha256: bytes, groups: Words) -> None:
        """Keep at most ``MOST_GROUPS`` word groups of a file for ``KEPT_SECONDS``."""
        name, start = self._place(sha256)
        head = _HEAD.pack(name, self._clock() + KEPT_SECONDS, len(groups))
        checked = (head + b"".join(groups)).ljust(_CHECKED_BYTES, b"\0")
        self.memory[start : start + _PLACE_BYTES] = checked + self._digest(checked)

    def find(self, sha256: bytes) -> Words | None:
        """The word groups of a file; None where it was not read, or too long ago."""
        name, start = self._place(sha256)
        whole = self.memory[start : start + _PLACE_BYTES]
        checked, digest = whole[:_CHECKED_BYTES], whole[_CHECKED_BYTES:]
        kept_for, until, count = _HEAD.unpack_from(checked)
        if kept_for != name or until < self._clock() or not secrets.compare_digest(self._digest(checked), digest):
            return None
        starts = range(_HEAD.size, _HEAD.size + count * _GROUP_BYTES, _GROUP_BYTES)
        return tuple(checked[start : start + _GROUP_BYTES] for start in starts)

    def sweep(self) -> None:
        """Overwrite what was kept long enough."""
        for start in range(0, len(self.memory), _PLACE_BYTES):
            _, until, _ = _HEAD.unpack_from(self.memory, start)
            if 0 < until < self._clock():
                self.memory[start : start + _PLACE_BYTES] = bytes(_PLACE_BYTES)

    def _place(self, sha256: bytes) -> tuple[bytes, int]:
        name = self._digest(sha256)
        return name, int.from_bytes(name[:4]) % _PLACES * _PLACE_BYTES

    def _digest(self, data: bytes) -> bytes:
        return blake2b(data, key=self._secret, digest_size=_DIGEST_BYTES).digest()


SHARED_BOARD = WordBoard()
"""Made when this module is loaded: ``operations.portal_gunicorn`` loads it before web processes are forked, so that the
process in which a report is sent finds what another has read."""


class WordReader:
    """Reads one picture after another in a thread that starts with the first: so after any fork of this process."""

    def __init__(
        self,
        key: WordKey,
        board: WordBoard,
        read: Callable[[bytes, WordKey], Words] = read_words,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._key, self._board, self._read, self._clock = key, board, read, clock
        self._waiting: deque[tuple[float, bytes, bytes]] = deque()
        self._bytes = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def read_later(self, sha256: bytes, data: bytes) -> None:
        """Read a picture some time, unless it was read, it waits already, or too much does."""
        if self._board.find(sha256) is not None:
            return
        with self._changed:
            known = any(waiting == sha256 for _, waiting, _ in self._waiting)
            if self._is_closed or known or self._bytes + len(data) > MOST_WAITING_BYTES:
                return
            self._waiting.append((self._clock() + MOST_WAITING_SECONDS, sha256, data))
            self._bytes += len(data)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="words", daemon=True)
                self._thread.start()
            self._changed.notify()

    @property
    def waiting_bytes(self) -> int:
        """How much waits to be read."""
        return self._bytes

    def words_of(self, sha256: bytes) -> Words:
        """The word groups of a file, none where it has not been read; never waits."""
        return self._board.find(sha256) or ()

    def close(self) -> None:
        """Forget what waits and read nothing more."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._bytes = 0
            self._changed.notify()

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            sha256, data = taken
            del taken
            try:
                groups = self._read(data, self._key)
            except (MemoryError, OSError, RuntimeError, ValueError):
                groups = ()
            del data
            self._board.keep(sha256, groups)

    def _next(self) -> tuple[bytes, bytes] | None:
        """The picture that has waited longest, but not too long; None when this reader was closed."""
        with self._changed:
            while not self._is_closed:
                while self._waiting:
                    until, sha256, data = self._waiting.popleft()
                    self._bytes -= len(data)
                    if self._clock() <= until:
                        return sha256, data
                    del data
                if not self._changed.wait(_SWEEP_SECONDS):
                    self._board.sweep()
            return None


class ReaderWithWords:
    """A picture reader that hands what it has read to a ``WordReader``; a refused picture goes no further."""

    def __init__(self, reader: Reader, words: WordReader) -> None:
        self._reader, self._words = reader, words

    def read(self, data: bytes) -> PictureReading:
        """As the reader within."""
        reading = self._reader.read(data)
        self._words.read_later(reading.fingerprints.sha256, data)
        return reading

    def close(self) -> None:
        """End both."""
        self._words.close()
        self._reader.close()


def with_words(submission: Submission, words: WordReader) -> Submission:
    """The submission with the words of those of its pictures that were read by now.

    Words serve comparing alone: a reporter who declined it sends none.
    """
    if not submission.consents.may_compare:
        return submission
    return replace(submission, pictures=words_for(submission.pictures, words))


def words_for(pictures: Iterable[Picture], words: WordReader) -> tuple[Picture, ...]:
    """The pictures, with the words of those that were read by now."""
    return tuple(
        replace(picture, words=words.words_of(picture.fingerprints.sha256))
        if picture.source is FingerprintSource.SERVER
        else picture
        for picture in pictures
    )

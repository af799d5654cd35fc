"""The words of a picture, read by tesseract where it is installed, and only then: the kind is absent otherwise.

They live in memory until they are keyed (``casefile.fingerprints.wordgroups``).
"""

from __future__ import annotations

import csv
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from casefile.fingerprints.sandbox import SOURCE_ROOT, hear_out, send_all
from casefile.fingerprints.sheet import Place, Sheet
from casefile.fingerprints.textlines import Box
from casefile.fingerprints.wordgroups import ReadLine, Word, WordKey

_WORD = re.compile(r"[^\W_]{2,}")
_SECONDS = 60
"""Most that decoding may take, and most that reading may: on a busy machine little is left for them."""
_NICENESS = 10
"""Reading gives way to pages and to matching, and still comes to its end on a busy machine."""
_COMMAND = ("tesseract", "stdin", "stdout", "--psm", "6", "-c", "tessedit_create_tsv=1", "-l")
"""One block of text, as a table of words."""
_LANGUAGES = "ind+eng"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath}
_LEAST_SURE = 40.0
"""How sure of a word tesseract must be, in percent."""


def can_read() -> bool:
    """Whether tesseract is installed."""
    return shutil.which(_COMMAND[0]) is not None


def read_words(data: bytes, key: WordKey) -> tuple[bytes, ...]:
    """The keyed word groups of a JPEG, PNG or WebP file; none where it cannot be read in time.

    The picture is decoded in a process that can do nothing else, tesseract gets grey pixels alone, and neither writes a
    file. Both run at low priority.
    """
    try:
        packed = _read_sheet(data)
        return key.groups(_read_lines(Sheet.from_bytes(packed))) if packed else ()
    except (OSError, subprocess.SubprocessError, ValueError):
        return ()


def _read_lines(sheet: Sheet) -> list[ReadLine]:
    """The lines of a page, from top to bottom, and their words, without those that a side may have cut."""
    words = defaultdict(list)
    for found, text in _read_text(sheet):
        place = sheet.place(found)
        if place is None:
            continue
        letter = (place.right - place.left) / len(text)
        for part in _WORD.finditer(text):
            left, right = place.left + part.start() * letter, place.left + part.end() * letter
            if not sheet.is_at_border(Place(place.line, left, right)):
                words[place.line].append(Word(left, right, part.group().lower()))
    return [ReadLine(sheet.boxes[line], sorted(words[line])) for line in sorted(words)]


def _read_sheet(data: bytes) -> bytes:
    """The packed sheet, from a process that is locked down; empty for what is no picture or has no line."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            command = (sys.executable, "-P", "-m", "casefile.fingerprints.page", str(theirs.fileno()))
            environment = {
                "PYTHONPATH": SOURCE_ROOT,
                "PYTHONDONTWRITEBYTECODE": "1",
                "OPENBLAS_NUM_THREADS": "1",
            }
            child = _start(command, environment, pass_fds=(theirs.fileno(),))
        ours.settimeout(_SECONDS)
        with child:
            try:
                send_all(ours, data)
                return hear_out(ours)
            finally:
                child.kill()


def _read_text(sheet: Sheet) -> Iterator[tuple[Box, str]]:
    """What stands where on a sheet, as far as tesseract is sure of it."""
    height, width = sheet.levels.shape
    pixels = b"P5 %d %d 255\n" % (width, height) + sheet.levels.tobytes()
    with _start((*_COMMAND, _LANGUAGES), _ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            table, _ = child.communicate(pixels, _SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    lines = table.decode(errors="replace").split("\n") if child.returncode == 0 else []
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"] and float(row["conf"]) >= _LEAST_SURE:
            left, top, width, height = (int(row[side]) for side in ("left", "top", "width", "height"))
            yield Box(left, top, left + width, top + height), row["text"]


def _start(command: tuple[str, ...], environment: dict[str, str], **options: Any) -> subprocess.Popen[bytes]:
    """Our own module or tesseract, at low priority; neither may write a byte into a file or leave a core."""
    started = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, **options)  # noqa: S603 - fixed words
    os.setpriority(os.PRIO_PROCESS, started.pid, _NICENESS)
    if hasattr(resource, "prlimit"):
        for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.prlimit(started.pid, kind, (0, 0))
    return started

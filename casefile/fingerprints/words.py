"""Groups of three words of a picture's text, keyed: they find equal text and cannot be read back.

Text is read by tesseract, where it is installed, and only then: the kind is absent otherwise. The words themselves live
in memory until they are keyed. A group is three words that follow one another, in lower case and without marks;
HMAC-SHA256 (RFC 2104) under a key of its own, cut to 6 bytes. Whoever holds the key can test guessed phrases.
"""

from __future__ import annotations

import hmac
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from casefile.boxes import derive
from casefile.fingerprints.sandbox import SOURCE_ROOT, hear_out, send_all
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.vocabulary import FingerprintKind

MOST_GROUPS = 128
"""Groups kept of one picture, 768 bytes."""

_GROUP = 3
_GROUP_BYTES = BYTE_LENGTHS[FingerprintKind.WORDS]
_WORD = re.compile(r"[^\W_]{2,}")
_SECONDS = 60
"""Most that decoding may take, and most that reading may: on a busy machine little is left for them."""
_NICENESS = 10
"""Reading gives way to pages and to matching, and still comes to its end on a busy machine."""
_COMMAND = ("tesseract", "stdin", "stdout", "--psm", "11", "-l")
_LANGUAGES = "ind+eng"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath}


@dataclass(frozen=True)
class WordKey:
    """The secret (32 bytes) of an office's sketches keys its word groups too, under another name."""

    secret: bytes = field(repr=False)

    def groups(self, text: str) -> tuple[bytes, ...]:
        """The keyed groups of a text, each once, in the order of their bytes; at most ``MOST_GROUPS``."""
        key = derive(self.secret, "word groups 1")
        words = [word.lower() for word in _WORD.findall(text)]
        phrases = (" ".join(words[start : start + _GROUP]) for start in range(len(words) - _GROUP + 1))
        keyed = {hmac.digest(key, phrase.encode(), "sha256")[:_GROUP_BYTES] for phrase in phrases}
        return tuple(sorted(keyed)[:MOST_GROUPS])


def can_read() -> bool:
    """Whether tesseract is installed."""
    return shutil.which(_COMMAND[0]) is not None


def read_words(data: bytes, key: WordKey) -> tuple[bytes, ...]:
    """The keyed word groups of a JPEG, PNG or WebP file; none where it cannot be read in time.

    The picture is decoded in a process that can do nothing else, tesseract gets grey pixels alone, and neither writes a
    file. Both run at low priority.
    """
    try:
        page = _read_page(data)
        text = _read_text(page) if page else b""
    except (OSError, subprocess.SubprocessError):
        return ()
    return key.groups(text.decode(errors="replace"))


def _read_page(data: bytes) -> bytes:
    """The grey page as PGM, from a process that is locked down; empty for what is no picture."""
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


def _read_text(page: bytes) -> bytes:
    with _start((*_COMMAND, _LANGUAGES), _ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            text, _ = child.communicate(page, _SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    return text if child.returncode == 0 else b""


def _start(command: tuple[str, ...], environment: dict[str, str], **options: Any) -> subprocess.Popen[bytes]:
    """Our own module or tesseract, at low priority; neither may write a byte into a file or leave a core."""
    started = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, **options)  # noqa: S603 - fixed words
    os.setpriority(os.PRIO_PROCESS, started.pid, _NICENESS)
    if hasattr(resource, "prlimit"):
        for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.prlimit(started.pid, kind, (0, 0))
    return started

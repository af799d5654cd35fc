"""Fingerprints of files that the operator names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from casefile.errors import PictureError
from casefile.fingerprints.picture import fingerprint_file_line

UNREADABLE_FILE = "unreadable_file"
"""The error code of a file that the operating system does not give us."""


def fingerprint_files(paths: Iterable[Path]) -> Iterator[dict[str, str | int | None]]:
    """One dict of JSON types for each file, in order: its name and fingerprints, or its name and an ``error`` code."""
    for path in paths:
        try:
            yield {"file": str(path), **fingerprint_file_line(path.read_bytes())}
        except PictureError as error:
            yield {"file": str(path), "error": error.fault.value}
        except OSError:
            yield {"file": str(path), "error": UNREADABLE_FILE}

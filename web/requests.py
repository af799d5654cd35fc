"""A request whose uploads stay in the memory of this process."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MEGABYTE = 1024 * 1024
PICTURE_LIMIT = 10 * MEGABYTE
"""Most bytes of one picture."""
BODY_LIMIT = 101 * MEGABYTE
"""Most bytes of one request: ten pictures and the form around them."""
FORM_LIMIT = 256 * 1024
"""Most bytes of all text fields together."""
PART_LIMIT = 60
"""Most parts of one form."""


class CappedBuffer(BytesIO):
    """Holds one upload, at most one byte more than the largest picture; drops the rest of what arrives.

    The one byte more is how a reader sees that the upload was too large.
    """

    def write(self, chunk: bytes) -> int:  # type: ignore[override]
        """Takes the whole chunk as if it were kept."""
        room = PICTURE_LIMIT + 1 - self.tell()
        if room > 0:
            super().write(chunk[:room])
        return len(chunk)


class MemoryRequest(Request):
    """Werkzeug spools uploads past 500 kB into a temporary file; a picture must never touch a disk."""

    max_form_memory_size = FORM_LIMIT
    max_form_parts = PART_LIMIT

    def __init__(self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False) -> None:
        """Pictures come as multipart forms only; Werkzeug holds no other body to ``max_form_memory_size``."""
        super().__init__(environ, populate_request, shallow)
        self.max_content_length = BODY_LIMIT if self.mimetype == "multipart/form-data" else FORM_LIMIT

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return CappedBuffer()

"""The pictures that one request brings: files to be read here, or what a device read of them."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request

from casefile.wording import N_
from intake.device import take_readings
from intake.forms import Fault
from intake.forms.pictures import Pictures, PictureWays
from intake.portal import current_portal
from intake.uploads import Taken, take_pictures
from intake.views.typed import read_number

PICTURE_FIELD = "bukti"
READING_FIELD = "sidik"
REMOVAL_FIELD = "hapus"


def receive_pictures(held: Pictures, ways: PictureWays, *, is_child: bool) -> Taken:
    """``held`` without the picture that was removed and with those that came; what the ways bar is refused unread.

    Pictures that came a way which has been closed since are left behind. ``is_child`` chooses the words of a refusal.
    """
    held = held.admitted(ways)
    removed = read_number(request.form.get(REMOVAL_FIELD, ""))
    if removed is not None:
        held = held.without_picture(removed)
    portal = current_portal()
    readings = request.form.getlist(READING_FIELD) if ways.takes_readings else []
    taken = take_readings(held, readings, portal.sketch_key)
    if ways.takes_files:
        return taken.and_then(take_pictures(taken.pictures, _uploads(), portal.reader, portal.sketch_key))
    refusal = [Fault(_REFUSED_CHILD if is_child else _REFUSED)] if any(_uploads()) else []
    return taken.and_then(Taken(taken.pictures, refusal))


def _uploads() -> Iterator[bytes]:
    """The files that were chosen, one at a time; each is forgotten before the next. A field left empty sends none."""
    for upload in request.files.getlist(PICTURE_FIELD):
        with upload.stream as stream:
            data = stream.read()
        if data or upload.filename:
            yield data


_REFUSED_CHILD = N_("Untuk usia di bawah 18 tahun, jangan kirim gambar. Cukup ceritakan dengan kata-kata.")
_REFUSED = N_("Untuk laporan ini, jangan kirim gambar. Cukup ceritakan dengan kata-kata.")

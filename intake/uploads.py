"""Pictures of one request: read, fingerprinted, forgotten. Only numbers leave this module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from casefile.errors import PictureError
from casefile.fingerprints import PictureReading
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.lockdown import Confinement
from casefile.submission import Picture
from casefile.vocabulary import PictureFault
from casefile.wording import N_, label
from intake.forms import Draft, Fault
from intake.forms.draft import MAX_PICTURES


class Reader(Protocol):
    """Turns the bytes of a picture into fingerprints and descriptions, or raises ``PictureError``."""

    def read(self, data: bytes) -> PictureReading:
        """What there is to know of one picture."""

    def close(self) -> None:
        """End what reading needs."""


class ConfinedReader(Reader, Protocol):
    """A reader that knows which locks hold."""

    def confinement(self) -> Confinement:
        """Which locks hold on this machine."""


class StrictReader:
    """Refuses every picture where the kernel cannot lock the reader down (``SULUH_CONFINEMENT=require``)."""

    def __init__(self, reader: ConfinedReader) -> None:
        self._reader = reader
        self._is_confined: bool | None = None

    def read(self, data: bytes) -> PictureReading:
        """As ``PictureReader.read``."""
        if self._is_confined is None:
            self._is_confined = self._reader.confinement().is_complete
        if not self._is_confined:
            raise PictureError(PictureFault.UNREADABLE)
        return self._reader.read(data)

    def close(self) -> None:
        """End the helper process."""
        self._reader.close()


@dataclass(frozen=True)
class Taken:
    """The draft with the pictures that were accepted; what was wrong with the others; what was sent twice."""

    draft: Draft
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def take_pictures(draft: Draft, uploads: Iterable[bytes], reader: Reader, key: SketchKey) -> Taken:
    """Fingerprint each upload and add it to the draft; one bad picture harms no other.

    Numbers in the sentences go on from the pictures that the draft holds already, in the order they were chosen.
    Past ``MAX_PICTURES`` nothing more is read. The same file is kept once.
    """
    taken = Taken(draft)
    for number, data in enumerate(uploads, start=len(draft.pictures) + 1):
        if len(taken.draft.pictures) >= MAX_PICTURES:
            fault = Fault(N_("Pilih paling banyak {limit} gambar"), {"limit": MAX_PICTURES})
            return Taken(taken.draft, [*taken.faults, fault], taken.notices)
        taken = _take_one(taken, number, _Upload(data, reader, key))
    return taken


class _Upload(NamedTuple):
    """One file, who reads it, and what its descriptions are keyed with."""

    data: bytes
    reader: Reader
    key: SketchKey

    def read(self) -> Picture:
        """What is kept of the file. Raises ``PictureError``."""
        reading = self.reader.read(self.data)
        sketches = self.key.sketch(Descriptions.from_text(reading.descriptions))
        return Picture(reading.fingerprints, sketches=sketches.to_bytes())


def _take_one(taken: Taken, number: int, upload: _Upload) -> Taken:
    try:
        picture = upload.read()
    except PictureError as error:
        fault = Fault(label(error.fault), {"number": number})
        return Taken(taken.draft, [*taken.faults, fault], taken.notices)
    earlier = taken.draft.position_of(picture)
    if earlier is None:
        return Taken(taken.draft.with_picture(picture), taken.faults, taken.notices)
    same = N_("Gambar {number} sama dengan gambar {earlier}. Cukup satu yang kami catat.")
    return Taken(taken.draft, taken.faults, [*taken.notices, Fault(same, {"number": number, "earlier": earlier})])

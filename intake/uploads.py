"""Pictures of one request: read, fingerprinted, forgotten. Only numbers leave this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from casefile.errors import PictureError
from casefile.fingerprints import PictureReading
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.lockdown import Confinement
from casefile.pictures import Picture
from casefile.vocabulary import PictureFault
from casefile.wording import N_, label
from intake.forms import Fault
from intake.forms.pictures import MAX_PICTURES, Pictures

Sent = TypeVar("Sent")


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
    """The pictures with those that were accepted; what was wrong with the others; what was sent twice."""

    pictures: Pictures
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)

    def and_then(self, later: Taken) -> Taken:
        """What ``later`` led to, with what was said before it."""
        return Taken(later.pictures, [*self.faults, *later.faults], [*self.notices, *later.notices])


def take_pictures(held: Pictures, uploads: Iterable[bytes], reader: Reader, key: SketchKey) -> Taken:
    """Fingerprint each upload and add it to those held; one bad picture harms no other.

    Numbers in the sentences go on from the pictures that are held already, in the order they were chosen.
    Past ``MAX_PICTURES`` nothing more is read. The same file is kept once.
    """
    return take_each(held, uploads, lambda data: _read(data, reader, key))


def take_each(held: Pictures, sent: Iterable[Sent], read: Callable[[Sent], Picture]) -> Taken:
    """As ``take_pictures``, whatever a picture was sent as; ``read`` may raise ``PictureError``."""
    taken = Taken(held)
    for number, one in enumerate(sent, start=len(held) + 1):
        if taken.pictures.is_full:
            fault = Fault(N_("Pilih paling banyak {limit} gambar"), {"limit": MAX_PICTURES})
            return Taken(taken.pictures, [*taken.faults, fault], taken.notices)
        taken = taken.and_then(_take_one(taken.pictures, number, partial(read, one)))
    return taken


def _read(data: bytes, reader: Reader, key: SketchKey) -> Picture:
    """What is kept of the file. Raises ``PictureError``."""
    reading = reader.read(data)
    sketches = key.sketch(Descriptions.from_text(reading.descriptions))
    return Picture(reading.fingerprints, sketches=sketches.to_bytes(), insets=reading.insets)


def _take_one(held: Pictures, number: int, read: Callable[[], Picture]) -> Taken:
    try:
        picture = read()
    except PictureError as error:
        return Taken(held, [Fault(label(error.fault), {"number": number})])
    earlier = held.position_of(picture)
    if earlier is None:
        return Taken(held.with_picture(picture))
    same = N_("Gambar {number} sama dengan gambar {earlier}. Cukup satu yang kami catat.")
    return Taken(held, notices=[Fault(same, {"number": number, "earlier": earlier})])

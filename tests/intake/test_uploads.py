"""Where the kernel must be able to lock the reader down, a picture is read only if it can."""

from __future__ import annotations

import pytest

from casefile.errors import PictureError
from casefile.fingerprints import PictureFingerprints
from casefile.fingerprints.lockdown import Confinement
from casefile.fingerprints.picture import fingerprint_picture
from casefile.settings import IntakeSettings
from casefile.vocabulary import PictureFault
from intake.portal import make_reader
from intake.uploads import StrictReader
from tests.factories import draw_screenshot

COMPLETE = Confinement(limits=True, undumpable=True, no_new_privileges=True, landlock=True, seccomp=True)
WITHOUT_SECCOMP = Confinement(limits=True, undumpable=True, no_new_privileges=True, landlock=True, seccomp=False)


class OpenReader:
    """Reads in this process, and says of itself what it is told to."""

    def __init__(self, confinement: Confinement) -> None:
        self.locks = confinement

    def read(self, data: bytes) -> PictureFingerprints:
        return fingerprint_picture(data)

    def confinement(self) -> Confinement:
        return self.locks

    def close(self) -> None:
        """Nothing to end."""


def test_a_locked_reader_reads() -> None:
    picture = draw_screenshot(1, 120, 200)
    assert StrictReader(OpenReader(COMPLETE)).read(picture) == fingerprint_picture(picture)


def test_a_reader_that_misses_one_lock_refuses() -> None:
    with pytest.raises(PictureError) as refusal:
        StrictReader(OpenReader(WITHOUT_SECCOMP)).read(draw_screenshot(1, 120, 200))
    assert refusal.value.fault is PictureFault.UNREADABLE


@pytest.mark.parametrize(("wanted", "is_strict"), [("require", True), ("prefer", False)])
def test_the_setting_decides(wanted: str, is_strict: bool) -> None:
    reader = make_reader(IntakeSettings.from_env({"SULUH_CONFINEMENT": wanted}))
    assert isinstance(reader, StrictReader) is is_strict

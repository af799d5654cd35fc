"""Every error that crosses a module border.

::

    SuluhError
    ├── SettingsError            settings from the environment are missing or wrong; lists every fault
    ├── SealingError
    │   ├── UnsealError          a box, slot or envelope does not open: wrong key, moved or altered
    │   ├── KeyFileError         a key file is missing, unreadable or not signed by the pinned root
    │   └── SignatureError       a signature is missing, malformed, or by another key
    ├── PictureError             a picture was not accepted (``fault`` says why)
    ├── ReceiptError             a receipt code has the wrong form
    ├── CustodyError             a custody chain is broken; names the first bad entry
    ├── TimestampError           a timestamp was not given, or does not hold
    └── QueueError               a job name or payload is not on the allow-list
"""

from __future__ import annotations

from casefile.vocabulary import PictureFault


class SuluhError(Exception):
    """Root of the tree; never raised itself."""


class SettingsError(SuluhError):
    """Settings are missing or wrong. ``faults`` holds one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class SealingError(SuluhError):
    """Something about keys or sealed bytes is wrong."""


class UnsealError(SealingError):
    """Sealed bytes do not open here: wrong key, wrong place, or altered."""


class KeyFileError(SealingError):
    """A key file is missing, unreadable, or not signed by the pinned root key."""


class SignatureError(SealingError):
    """A signature is malformed, by another key, for another purpose, or over other bytes."""


class PictureError(SuluhError):
    """A picture was not accepted; ``fault`` says why. Holds no byte of the picture and no file name."""

    def __init__(self, fault: PictureFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


class ReceiptError(SuluhError):
    """A receipt code has the wrong form. Never holds the code."""


class CustodyError(SuluhError):
    """A custody chain is broken. ``position`` is the sequence number of the first bad entry."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"custody chain breaks at entry {position}")


class TimestampError(SuluhError):
    """A timestamp was not given, or does not hold; says why in a sentence without content."""


class QueueError(SuluhError):
    """A job name or payload is not on the allow-list."""

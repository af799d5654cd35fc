"""Fingerprints of pictures: values small enough to keep, from which no picture can be seen.

This package itself holds only the values, so that a process which never sees a picture can read them without loading
a decoder. ``gate`` opens bytes that a stranger sent, ``pdq`` and ``phash`` compute, ``picture`` puts them together,
``algorithms`` says what two values have in common, and ``sandbox`` does all of it in a process that can do nothing
else.
"""

from casefile.fingerprints.values import (
    MAX_PICTURE_BYTES,
    Comparison,
    Fingerprint,
    PictureFingerprints,
    PictureReading,
    distance,
)

__all__ = ["MAX_PICTURE_BYTES", "Comparison", "Fingerprint", "PictureFingerprints", "PictureReading", "distance"]

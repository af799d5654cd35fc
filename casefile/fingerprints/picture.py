"""Bytes in, fingerprints out. Pure and in process: bytes that strangers sent go through ``sandbox`` instead."""

from __future__ import annotations

from casefile.fingerprints.algorithms import PDQ, PHASH, SHA256, Picture
from casefile.fingerprints.gate import open_picture
from casefile.fingerprints.values import PictureFingerprints, PictureReading


def fingerprint_picture(data: bytes) -> PictureFingerprints:
    """Return the fingerprints of a JPEG, PNG or WebP file.

    SHA-256 is of ``data`` as it came; PDQ and pHash are of the picture as it is seen: rotated as its EXIF says, and
    transparency on white. Raises ``PictureError`` for everything the gate refuses.
    """
    return _fingerprints(Picture(data, open_picture(data)))


def _fingerprints(picture: Picture) -> PictureFingerprints:
    (sha256,), (pdq,), (phash,) = (kind.extract(picture) for kind in (SHA256, PDQ, PHASH))
    width, height = picture.image.size
    return PictureFingerprints(
        sha256=sha256.value,
        pdq=pdq.value,
        pdq_quality=pdq.quality or 0,
        phash=phash.value,
        width=width,
        height=height,
        byte_count=len(picture.data),
    )


def read_picture(data: bytes) -> PictureReading:
    """Return fingerprints, descriptions and insets of a JPEG, PNG or WebP file; raises ``PictureError`` as above."""
    picture = Picture(data, open_picture(data))
    return PictureReading(_fingerprints(picture), picture.descriptions.to_text(), picture.insets)


def fingerprint_file_line(data: bytes) -> dict[str, str | int | None]:
    """Return what the command line prints for one file: sha256, pdq, pdq_quality, phash, width and height.

    Raises ``PictureError`` as ``fingerprint_picture`` does.
    """
    line = fingerprint_picture(data).to_json()
    del line["byte_count"]
    return line

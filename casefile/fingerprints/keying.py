"""Descriptions become sketches: bits that only the holder of the secret can make, and that still have a distance.

A description is turned by a secret rotation and only the signs are kept (random hyperplanes; Charikar, "Similarity
Estimation Techniques from Rounding Algorithms", 2002). The rotation mixes only numbers that behave alike when a picture
is mirrored or turned, so that the sketch of the mirrored picture follows from the sketch by flipping and reordering
bits. Without the secret nobody can compute a sketch for a guess; with it, guesses can be tested (docs/threat-model.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from casefile.fingerprints.calibration import LINE_DEVIATIONS, POINT_MEANS
from casefile.fingerprints.descriptions import DIRECTIONS, HIGH, SQUARES, WIDE, Descriptions
from casefile.fingerprints.sketches import LINE_BITS, POINT_BITS, Sketches

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


class Form(IntEnum):
    """How a picture may have been turned before it came: the eight symmetries of the square.

    Quarters are clockwise; the mirrored forms are mirrored left to right first.
    """

    UPRIGHT = 0
    QUARTER = 1
    HALF = 2
    THREE_QUARTERS = 3
    MIRRORED = 4
    MIRRORED_QUARTER = 5
    MIRRORED_HALF = 6
    MIRRORED_THREE_QUARTERS = 7

    @property
    def is_mirrored(self) -> bool:
        """Left and right are changed over."""
        return self >= Form.MIRRORED

    @property
    def quarters(self) -> int:
        """Clockwise quarter turns, after mirroring."""
        return self % 4


@dataclass(frozen=True)
class SketchKey:
    """The secret (32 bytes) that keys all sketches of an office, and the two rotations made from it."""

    secret: bytes = field(repr=False)
    _lines: Floats = field(init=False, repr=False, compare=False)
    _points: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", _line_rotation(_Numbers(self.secret, b"suluh text lines 1")))
        object.__setattr__(self, "_points", _point_rotation(_Numbers(self.secret, b"suluh photo points 1")))

    @property
    def line_rotation(self) -> Floats:
        """The secret rotation of lines, 128 x 128: whoever has it can go back from signs to a rough description."""
        return self._lines

    def sketch(self, descriptions: Descriptions) -> Sketches:
        """The sketches of a picture."""
        return Sketches(
            size=descriptions.size,
            line_boxes=descriptions.line_boxes,
            line_bits=self.sketch_lines(descriptions.lines),
            point_places=descriptions.point_places,
            point_scales=descriptions.point_scales,
            point_bits=self.sketch_points(descriptions.points),
            piece_boxes=descriptions.piece_boxes,
            piece_bits=self.sketch_lines(descriptions.pieces),
        )

    def sketch_lines(self, descriptions: NDArray[np.int8]) -> Bytes:
        """Descriptions of lines or pieces (n x 128, whole numbers) to sketches (n x 16 bytes)."""
        return np.packbits(descriptions / LINE_DEVIATIONS @ self._lines.T > 0, axis=1)

    def sketch_points(self, descriptions: NDArray[np.uint8]) -> Bytes:
        """Descriptions (n x 128, 0 to 255) to sketches (n x 8 bytes)."""
        return np.packbits((descriptions - POINT_MEANS) @ self._points.T > 0, axis=1)


class _Numbers:
    """Random numbers from a secret, the same on every machine: the key stream of ChaCha20 under HKDF-SHA256's key."""

    def __init__(self, secret: bytes, purpose: bytes) -> None:
        key = HKDF(hashes.SHA256(), 32, None, purpose).derive(secret)
        self._stream = Cipher(algorithms.ChaCha20(key, bytes(16)), None).encryptor()

    def orthogonal(self, size: int) -> Floats:
        """A random orthogonal matrix."""
        drawn = np.frombuffer(self._stream.update(bytes(4 * size * size * 4)), "<i4").astype(np.float64)
        normal = drawn.reshape(4, size, size).sum(axis=0)
        vectors, scales = np.linalg.qr(normal)
        result: Floats = vectors * np.sign(np.diag(scales))
        return result


def _line_rotation(numbers: _Numbers) -> Floats:
    """128 x 128; frequencies even and odd along and across stay apart: mirroring changes the signs of the odd ones."""
    rotation = np.zeros((LINE_BITS, LINE_BITS))
    row = 0
    for chosen in _line_blocks():
        size = len(chosen)
        rotation[row : row + size, chosen] = numbers.orthogonal(size)
        row += size
    return rotation


def _line_blocks() -> Iterator[Numbers]:
    """Places of a description that behave alike: even and odd frequencies across, even and odd along."""
    across, along = np.divmod(np.arange(HIGH * WIDE), WIDE)
    for odd_across in (0, 1):
        for odd_along in (0, 1):
            yield np.flatnonzero((across % 2 == odd_across) & ((along + 1) % 2 == odd_along))


def line_flips(form: Form) -> Bytes:
    """What to XOR a line's sketch (16 bytes) with to get that of the picture mirrored or upside down.

    Quarter turns keep no line a line: for them the mask is that of the same form without the quarter.
    """
    size = LINE_BITS // 4
    flips = np.zeros((2, 2, size), bool)
    if form.is_mirrored != (form.quarters == Form.HALF):
        flips[:, 1] ^= True
    if form.quarters == Form.HALF:
        flips[1] ^= True
    return np.packbits(flips.ravel())


def _move(squares: Numbers, *, mirrored: bool) -> Numbers:
    """Where each of the 128 numbers of a point goes in a quarter turn, or in the mirror."""
    rows, columns, directions = squares
    if mirrored:
        columns, directions = SQUARES - 1 - columns, (4 - directions) % DIRECTIONS
    else:
        rows, columns, directions = columns, SQUARES - 1 - rows, (directions + 2) % DIRECTIONS
    return np.asarray((rows * SQUARES + columns) * DIRECTIONS + directions)


def _symmetries() -> tuple[Floats, Floats]:
    """The quarter turn and the mirror as 128 x 128 permutation matrices."""
    places = np.arange(SQUARES * SQUARES * DIRECTIONS)
    squares = np.stack([places // 32, places // 8 % 4, places % 8])
    matrices = []
    for mirrored in (False, True):
        matrix = np.zeros((places.size, places.size))
        matrix[_move(squares, mirrored=mirrored), places] = 1
        matrices.append(matrix)
    return matrices[0], matrices[1]


_CHARACTERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))
"""What a quarter turn and the mirror multiply the numbers of each one-dimensional representation by."""
_SIZES = (9, 7, 7, 9)
"""Bits taken from each of them; ``_PAIRS`` pairs of bits come from the two-dimensional one."""
_PAIRS = 16
_NOTHING = 1e-9


def _point_rotation(numbers: _Numbers) -> Floats:
    """64 x 128, in the order of ``_SIZES`` and then the first and second halves of the pairs."""
    quarter, mirror = _symmetries()
    identity = np.eye(quarter.shape[0])
    turns = [np.linalg.matrix_power(quarter, count) for count in range(4)]
    rows = []
    for (by_quarter, by_mirror), size in zip(_CHARACTERS, _SIZES, strict=True):
        projection = sum(by_quarter**count * turn for count, turn in enumerate(turns)) @ (identity + by_mirror * mirror)
        basis = _basis(projection / 8)
        rows.append((basis @ numbers.orthogonal(basis.shape[1])[:, :size]).T)
    basis = _basis((identity + mirror) / 2 @ (identity - turns[2]) / 2)
    first = (basis @ numbers.orthogonal(basis.shape[1])[:, :_PAIRS]).T
    return np.concatenate([*rows, first, first @ quarter.T])


def _basis(projection: Floats) -> Floats:
    """Orthonormal columns that span what a projection leaves.

    The columns of these projections are parallel or orthogonal, so that the choice is the same on every machine.
    """
    chosen: list[Floats] = []
    for column in projection.T:
        length = float(np.linalg.norm(column))
        if length > _NOTHING and all(abs(float(column @ other)) < _NOTHING for other in chosen):
            chosen.append(column / length)
    return np.stack(chosen, axis=1)


def point_order(form: Form) -> tuple[Numbers, NDArray[np.bool_]]:
    """Of the sketch of a point in the turned picture: from which bit each of the 64 comes, and whether flipped."""
    single = sum(_SIZES)
    order = np.arange(POINT_BITS)
    flips = np.zeros(POINT_BITS, bool)
    signs = [by_mirror**form.is_mirrored * by_quarter**form.quarters for by_quarter, by_mirror in _CHARACTERS]
    flips[:single] = np.repeat([sign < 0 for sign in signs], _SIZES)
    first, second = np.arange(single, single + _PAIRS), np.arange(single + _PAIRS, POINT_BITS)
    flip_first, flip_second = False, form.is_mirrored
    for _ in range(form.quarters):
        first, second = second, first
        flip_first, flip_second = not flip_second, flip_first
    order[single:] = np.concatenate([first, second])
    flips[single : single + _PAIRS], flips[single + _PAIRS :] = flip_first, flip_second
    return order, flips

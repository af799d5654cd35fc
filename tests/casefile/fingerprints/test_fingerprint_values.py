"""Values, their JSON form, and the contract that every kind of fingerprint keeps."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.errors import PictureError
from casefile.fingerprints import Comparison, Fingerprint, PictureFingerprints, distance
from casefile.fingerprints.algorithms import ALGORITHMS, PDQ, Picture
from casefile.fingerprints.gate import open_picture
from casefile.fingerprints.kinds import KINDS
from casefile.fingerprints.picture import fingerprint_file_line, fingerprint_picture
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.fingerprints.words import can_read
from casefile.vocabulary import FingerprintKind, PictureFault
from tests.casefile.fingerprints.drawings import draw_chat, encode
from tests.casefile.fingerprints.pages import SENTENCES, draw_photo

CHAT = encode(draw_chat(1))
FOUND = fingerprint_picture(CHAT)


def picture(image: Image.Image, name: str = "PNG", **options: Any) -> Picture:
    data = encode(image, name, **options)
    return Picture(data, open_picture(data), secret=b"k" * 32)


@cache
def pages() -> tuple[Picture, Picture]:
    """Two pictures, each with text and a photograph, that have nothing in common."""
    made = []
    for seed, sentences in enumerate((SENTENCES[:4], SENTENCES[4:])):
        page = Image.new("RGB", (760, 1120), (170, 170, 170))
        draw = ImageDraw.Draw(page)
        for number, sentence in enumerate(sentences):
            draw.text((40 + 30 * number, 60 + 90 * number), sentence, "black", ImageFont.load_default(28))
        page.paste(draw_photo(seed, 728, 600), (0, 520))
        made.append(picture(page))
    return made[0], made[1]


def test_fingerprints_of_a_picture_are_of_its_bytes_and_of_what_is_seen() -> None:
    assert FOUND.sha256 == hashlib.sha256(CHAT).digest()
    assert FOUND.pdq.hex() == "4b7e732ca125ccfa78d304fcb49b1803186c3c018f30efbc6c83dcd2e33ce739"
    assert FOUND.phash.hex() == "a71f1e65601e1e47"
    assert (FOUND.pdq_quality, FOUND.width, FOUND.height, FOUND.byte_count) == (100, 360, 800, len(CHAT))


def test_width_and_height_are_those_of_the_upright_picture() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    found = fingerprint_picture(encode(draw_chat(1), "JPEG", exif=turned))
    assert (found.width, found.height) == (800, 360)


def test_refused_pictures_have_no_fingerprints() -> None:
    with pytest.raises(PictureError) as refusal:
        fingerprint_picture(b"bukan gambar")
    assert refusal.value.fault is PictureFault.NOT_ALLOWED


def test_command_line_form_has_its_six_keys() -> None:
    line = fingerprint_file_line(CHAT)
    assert list(line) == ["sha256", "pdq", "pdq_quality", "phash", "width", "height"]
    assert line["pdq"] == FOUND.pdq.hex()


def test_json_form_comes_back_equal() -> None:
    stored = json.loads(json.dumps({**FOUND.to_json(), "sumber_sidik": "server"}))
    assert PictureFingerprints.from_json(stored) == FOUND


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sha256", "ab"),
        ("sha256", None),
        ("sha256", "AB" * 32),
        ("pdq", "zz" * 32),
        ("pdq", " " * 64),
        ("pdq", "a1" * 31 + "a "),
        ("pdq", 7),
        ("phash", "ab" * 9),
        ("pdq_quality", 101),
        ("pdq_quality", -1),
        ("pdq_quality", True),
        ("pdq_quality", "100"),
        ("width", 0),
        ("height", 1.5),
        ("byte_count", None),
    ],
)
def test_wrong_json_is_refused_by_key_and_without_its_value(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{key} is ") as refusal:
        PictureFingerprints.from_json({**FOUND.to_json(), key: value})
    assert not isinstance(value, str) or value not in str(refusal.value)


def test_missing_keys_are_refused() -> None:
    for key in FOUND.to_json():
        short = {name: value for name, value in FOUND.to_json().items() if name != key}
        with pytest.raises(ValueError, match=f"^{key} is "):
            PictureFingerprints.from_json(short)


def test_no_value_shows_in_a_representation() -> None:
    shown = repr(FOUND) + repr(FOUND.fingerprints())
    assert not any(fingerprint.value.hex()[:8] in shown for fingerprint in FOUND.fingerprints())
    assert "\\x" not in shown


def test_distance_counts_bits() -> None:
    nought, some = bytes(32), bytes(30) + b"\x80\x0f"
    assert distance(Fingerprint(FingerprintKind.PDQ, nought), Fingerprint(FingerprintKind.PDQ, some)) == 5


def test_different_kinds_have_no_distance() -> None:
    sha256, pdq, _ = FOUND.fingerprints()
    with pytest.raises(ValueError, match="no distance"):
        distance(sha256, pdq)


def test_pdq_matches_up_to_31_bits_of_clear_pictures() -> None:
    def with_bits(count: int, quality: int) -> Fingerprint:
        return Fingerprint(FingerprintKind.PDQ, ((1 << count) - 1).to_bytes(32), quality)

    assert PDQ.compare(with_bits(0, 50), with_bits(31, 50)).is_match
    assert not PDQ.compare(with_bits(0, 50), with_bits(32, 50)).is_match
    assert not PDQ.compare(with_bits(0, 49), with_bits(0, 100)).is_match
    assert not PDQ.compare(with_bits(0, 100), with_bits(0, 49)).is_match


@pytest.mark.parametrize("kind", FingerprintKind)
def test_every_kind_keeps_the_contract(kind: FingerprintKind) -> None:
    assert can_read(), "tesseract is missing: install it (Debian: apt-get install tesseract-ocr tesseract-ocr-ind)"
    algorithm = ALGORITHMS[kind]
    first, other = (algorithm.extract(page) for page in pages())
    assert len(first) == 1 or len(first) >= 4
    assert algorithm.version >= 1
    assert algorithm.reason
    assert algorithm.extract(pages()[0]) == first
    for value in first:
        assert value.algorithm is algorithm.kind is kind
        assert len(value.value) == BYTE_LENGTHS[kind]
        assert algorithm.compare(value, value) == Comparison(is_match=True, distance=0)
    found_by_strangers = [any(algorithm.compare(one, stranger).is_match for stranger in other) for one in first]
    assert sum(found_by_strangers) <= len(first) // 4
    for stranger in FOUND.fingerprints():
        if stranger.algorithm is not kind:
            with pytest.raises(ValueError, match="fingerprint"):
                algorithm.compare(stranger, first[0])


@pytest.mark.parametrize("kind", [kind for kind in FingerprintKind if KINDS[kind].is_keyed])
def test_a_keyed_kind_asks_for_the_secret(kind: FingerprintKind) -> None:
    with pytest.raises(ValueError, match="secret"):
        ALGORITHMS[kind].extract(replace(pages()[0], secret=None))


@pytest.mark.parametrize("kind", [FingerprintKind.LINE, FingerprintKind.POINT])
def test_another_secret_gives_other_values(kind: FingerprintKind) -> None:
    page, algorithm = pages()[0], ALGORITHMS[kind]
    ours, theirs = algorithm.extract(page), algorithm.extract(replace(page, secret=b"l" * 32))
    assert len(ours) == len(theirs)
    assert {value.value for value in ours}.isdisjoint(value.value for value in theirs)


def test_thresholds_of_elements_are_kept_to_the_bit() -> None:
    for kind in (KINDS[FingerprintKind.LINE], KINDS[FingerprintKind.POINT]):
        length, most = BYTE_LENGTHS[kind.kind], kind.match_threshold
        none, some, more = (Fingerprint(kind.kind, ((1 << bits) - 1).to_bytes(length)) for bits in (0, most, most + 1))
        assert kind.compare(none, some) == Comparison(is_match=True, distance=most)
        assert kind.compare(none, more) == Comparison(is_match=False, distance=most + 1)


def test_pdq_recognises_a_picture_saved_again_and_made_smaller() -> None:
    drawn = draw_chat(4, 1080, 2400)
    (original,) = PDQ.extract(picture(drawn))
    (saved_again,) = PDQ.extract(picture(drawn, "JPEG", quality=30))
    (smaller,) = PDQ.extract(picture(drawn.resize((720, 1600), Image.Resampling.LANCZOS), "WEBP"))
    assert PDQ.compare(original, saved_again).is_match
    assert PDQ.compare(original, smaller).is_match

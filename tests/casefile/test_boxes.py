"""The primitives of SULUH1: known answers, round trips, and everything that must not open."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import (
    SEED_BYTES,
    KeyPair,
    PublicKey,
    box,
    derive,
    lp,
    pad,
    unbox,
    unpad,
    unwrap,
    wrap,
)
from casefile.errors import SealingError, UnsealError

FIXED_SEED = bytes(range(SEED_BYTES))
FIXED_KEY = bytes(range(32))
REPORT = b"r" * 16

# Sealed once with cryptography 50.0.2; must open for as long as suite 1 is read.
WRAPPED_ONCE = """
AcOpsFUErkpOGNAGNs7k3lFLVCErfL9gyIo1OEcqF+ibwb/v2xejnPUsJInw37o3JaE7JgtfLYOH2Th+ra5JY7uknELdjj5EKXlo
LJgCSh3U+EkJAAZFnaFJ0cIexjpzEwJF2EGYK9WHeQFrrEOryzxl/8I0CSH2+PyYyGT8PCTmQrSF0a0G9kyiSCnoWB0R5Mh0gBy8
1nNaOjDDZ4/WEITjj/vGQJoJI8VL2IaiMZgPkhqyii+v6z0r5p5fELhKvIY+5fY98BSTuJgcvRTmE78r3FzyucG+hJH/4dZNl9QA
4fmxhRjflAzLii3HFGP0V5uq4FxI4jgM+1PlT9EA/u7tVNsRnOv+G63hye4xXs5PfRh2RpK7pNj7R7vR8X2kznXVPDwV+yjwBdUy
TaleZrRst/ZV3sujc0jBLg2o2+EcW34U8M9HFrFkPBo0dPyXwcb9wFc126Gp2u7vYOXSRowlPcDnqW+wsJ46d5kIpdHVpeR2R7LQ
qx/7wYb/hbDzqZtLEQf3D6gOXaUAPfD/6DnELUV7NX+9eskapzKiVB4Kbwmisv7HP/HZYPZE00Jq8P29oDixwfJdLHkUTM2JFqC8
R07UJkg0FrAOOFSEeKQPXtHULblQPIyeOA55qp9HmTxY2PZ8VqdCR80dICfEZeaHU/yL+qGBXh8QEn58rK/oLHAYj5HYH2QNp8Is
iNdK+ql8n8GEutwVzivzNCQMrBVmnMzFWlyasEFjrlXNY7FvXRdHhXP8cDSM0UleUpNG3KQuEXVf8OwBeh9CWkzYUS/xqkWyZysw
RAknvzCi8Zih7nAOBM6/ISfhxzXsVopoCn3hqY4oTj6Ct/M126CwsHvDr9tPO2uvgGwvZuFkdEriz3MfatI5XwRQRuEKIt2a4NmB
pVnDGP+w6hALqbsByV2R8grriyHVnxNvegZ76yOczM41zFriJ8xSa0f/C+9DeAih5n9yTsDJhwd8B3jxDwjlSr37pyfC99pZ7ucj
F0ncy6PywyywLFAoZvRT+ao0cyUWFfzgMdL2t3ksYUiDT6CPQ5+4VnPYjUbPZk+8Ta+l/PlfIXATU5VGBXZZcK9SOxpjeY032MuA
tMZTWTJqpl1Z8f6kU1mj8t76Lel2JkffEk1zaCVeMQUIGX1i3yVh47atDUjekqO6eFzYRYvCfENXjrMfr3wPS+YQOsiCxw7REBZZ
y5Jnu/siVYBI9IoG112ksoLvZJ4OqVj0t8vMqLpLfyFZn5eVU2re0Ah6syGBTmnpL7YHBmKAjZ1Sqrj0m464iZ5QhFtZmBqCImdx
AEmIWs+/c/o6/VCl2tbW8XsGm1jCclbPFnoe3CMsqpYcm7ZdSDbUfMyWAF5klRe+Tvbm8Q1x4s/XofgjeMSFJIFmeaQWUqT+B1DC
Eq2UPb9SzEcirY3yLOEGhfKbq+eeSJuuWkb0fZn3dq6gryQ3mpDJPN8BCKKyDere9aMmBSU4DgdNLPzasNBERC9mvU6e7Gj8E7HS
wZcu8+gZhFveEIr8uWYZxpRTFSA51faXWQ==
"""
BOXED_ONCE = "cfb2a5fb1b68530e2aad47a907c562dd4a05f8d176c6a04d29ddf150d7ffd5d25b4ad0afdc9ebe"

PAIR = KeyPair.from_seed(FIXED_SEED)
OTHER = KeyPair.generate()

pieces = st.lists(st.binary(max_size=40), max_size=5)


def test_a_fixed_seed_gives_the_frozen_public_key() -> None:
    digest = hashlib.sha256(PAIR.public.raw).hexdigest()
    assert digest == "d99e4496af749b54ee4a2d270c8057450624ecc5dc0866295ffc504a26134ad4"
    assert PAIR.public.kid.hex() == "b67c223450d97af41d4b7b38f9f13a99"


def test_the_kid_is_the_first_half_of_a_labelled_sha256() -> None:
    assert PAIR.public.kid == hashlib.sha256(b"SULUH1|pub|" + PAIR.public.raw).digest()[:16]


def test_derive_is_hkdf_sha256_with_a_labelled_purpose() -> None:
    extracted = hmac.digest(bytes(32), FIXED_KEY, "sha256")
    first = hmac.digest(extracted, b"SULUH1|lookup\x01", "sha256")
    second = hmac.digest(extracted, first + b"SULUH1|lookup\x02", "sha256")
    assert derive(FIXED_KEY, "lookup", 64) == first + second
    assert derive(bytes(32), "lookup").hex() == ("56173f64955f72e7fbc317959d966a11841f019e9b0a8f4b9527262c552a3d40")


def test_what_was_wrapped_once_still_opens() -> None:
    wrapped = base64.b64decode("".join(WRAPPED_ONCE.split()))
    assert unwrap(PAIR, wrapped, "office", REPORT) == b"kunci laporan"


def test_what_was_boxed_once_still_opens() -> None:
    assert unbox(FIXED_KEY, bytes.fromhex(BOXED_ONCE), b"part", REPORT) == b"isi laporan"


def test_lp_writes_each_length_before_its_part() -> None:
    assert lp(b"ab", b"") == b"\0\0\0\2ab\0\0\0\0"


@settings(deadline=None)
@given(pieces, pieces)
def test_two_lists_of_parts_share_bytes_only_when_they_are_equal(left: list[bytes], right: list[bytes]) -> None:
    assert (lp(*left) == lp(*right)) == (left == right)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=3000), st.text(max_size=12), pieces)
def test_what_is_wrapped_opens_with_its_pair_role_and_context(secret: bytes, role: str, context: list[bytes]) -> None:
    assert unwrap(PAIR, wrap(PAIR.public, secret, role, *context), role, *context) == secret


@settings(deadline=None)
@given(st.binary(max_size=3000), pieces)
def test_what_is_boxed_opens_with_its_key_and_context(plaintext: bytes, aad: list[bytes]) -> None:
    assert unbox(FIXED_KEY, box(FIXED_KEY, plaintext, *aad), *aad) == plaintext


def test_wrapping_twice_gives_different_bytes_of_the_documented_length() -> None:
    once, again = (wrap(PAIR.public, bytes(32), "office", REPORT) for _ in range(2))
    assert once != again
    assert len(once) == len(again) == 32 + 1137


def test_boxing_twice_gives_different_bytes_of_the_documented_length() -> None:
    once, again = (box(FIXED_KEY, bytes(32), REPORT) for _ in range(2))
    assert once != again
    assert len(once) == len(again) == 32 + 28


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=8 * (1137 + 32) - 1))
def test_no_flipped_bit_anywhere_in_wrapped_bytes_goes_unseen(bit: int) -> None:
    wrapped = wrap(PAIR.public, bytes(32), "office", REPORT)
    with pytest.raises(UnsealError):
        unwrap(PAIR, _flipped(wrapped, bit), "office", REPORT)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=8 * (28 + 32) - 1))
def test_no_flipped_bit_anywhere_in_a_box_goes_unseen(bit: int) -> None:
    with pytest.raises(UnsealError):
        unbox(FIXED_KEY, _flipped(box(FIXED_KEY, bytes(32), REPORT), bit), REPORT)


def test_another_key_pair_opens_nothing() -> None:
    with pytest.raises(UnsealError):
        unwrap(OTHER, wrap(PAIR.public, b"x", "office", REPORT), "office", REPORT)


@pytest.mark.parametrize("half", [slice(0, 64), slice(64, 96)], ids=["ML-KEM", "X25519"])
def test_one_right_half_of_the_hybrid_key_opens_nothing(half: slice) -> None:
    mixed = bytearray(OTHER.seed)
    mixed[half] = PAIR.seed[half]
    with pytest.raises(UnsealError):
        unwrap(KeyPair.from_seed(bytes(mixed)), wrap(PAIR.public, b"x", "office"), "office")


@pytest.mark.parametrize(
    ("role", "context"),
    [
        ("recovery", (REPORT,)),
        ("office", (b"s" * 16,)),
        ("office", ()),
        ("office", (REPORT, b"")),
        ("office", (REPORT[:8], REPORT[8:])),
    ],
)
def test_another_role_or_context_opens_nothing(role: str, context: tuple[bytes, ...]) -> None:
    with pytest.raises(UnsealError):
        unwrap(PAIR, wrap(PAIR.public, b"x", "office", REPORT), role, *context)


def test_another_box_key_opens_nothing() -> None:
    with pytest.raises(UnsealError):
        unbox(bytes(32), box(FIXED_KEY, b"x", REPORT), REPORT)


def test_parts_of_a_context_may_not_be_joined() -> None:
    with pytest.raises(UnsealError):
        unbox(FIXED_KEY, box(FIXED_KEY, b"x", b"ab", b"c"), b"a", b"bc")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + bytes(1200), bytes(11), b"\x01" + bytes(1136)])
def test_too_few_or_foreign_bytes_are_an_unseal_error(sealed: bytes) -> None:
    with pytest.raises(UnsealError):
        unwrap(PAIR, sealed, "office")
    with pytest.raises(UnsealError):
        unbox(FIXED_KEY, sealed)


def test_a_key_of_the_wrong_length_opens_nothing() -> None:
    with pytest.raises(UnsealError):
        unbox(b"short", box(FIXED_KEY, b"x"))


@settings(deadline=None)
@given(st.binary(max_size=5000), st.sampled_from([1, 16, 1024, 4096]))
def test_padding_comes_off_again_and_fills_whole_steps(data: bytes, step: int) -> None:
    padded = pad(data, step)
    assert len(padded) % step == 0
    assert len(padded) < len(data) + 4 + step
    assert unpad(padded) == data


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\0\0\0", b"\0\0\0\5abcd", b"\xff\xff\xff\xff" + bytes(4092), b"\0\0\0\1a" + bytes(10) + b"x"],
    ids=["nothing", "no whole length", "too short", "length past the end", "filling not zero"],
)
def test_damaged_padding_is_an_unseal_error(damaged: bytes) -> None:
    with pytest.raises(UnsealError):
        unpad(damaged)


def test_a_public_key_survives_text() -> None:
    assert PublicKey.from_text(PAIR.public.to_text()) == PAIR.public
    assert "\n" not in PAIR.public.to_text()


@pytest.mark.parametrize("text", ["", "!!", "YQ==", "b\u00e9", PAIR.public.to_text()[:-4]])
def test_text_that_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(SealingError):
        PublicKey.from_text(text)


@pytest.mark.parametrize("raw", [b"", PAIR.public.raw[:-1], PAIR.public.raw + b"\0", b"\xff" * 1216])
def test_bytes_that_are_no_public_key_are_refused(raw: bytes) -> None:
    with pytest.raises(SealingError):
        PublicKey(raw)


def test_a_public_key_with_a_null_point_cannot_be_sealed_to() -> None:
    with pytest.raises(SealingError):
        wrap(PublicKey(PAIR.public.raw[:1184] + bytes(32)), b"x", "office")


@pytest.mark.parametrize("length", [0, 95, 97])
def test_a_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(SealingError):
        KeyPair.from_seed(bytes(length))


def test_a_pair_comes_back_from_its_seed() -> None:
    assert KeyPair.from_seed(OTHER.seed).public == OTHER.public


def test_no_secret_shows_in_repr() -> None:
    shown = repr(PAIR) + str(PAIR) + repr([PAIR])
    assert PAIR.seed.hex()[:16] not in shown
    assert repr(PAIR.seed)[2:20] not in shown
    assert shown.count("hidden") == 3


def test_a_public_key_shows_as_its_kid() -> None:
    assert repr(PAIR.public) == f"PublicKey(kid={PAIR.public.kid.hex()})"


def test_an_unseal_error_names_neither_key_nor_content() -> None:
    with pytest.raises(UnsealError) as caught:
        unwrap(OTHER, wrap(PAIR.public, b"rahasia", "office", REPORT), "office", REPORT)
    assert str(caught.value) == "does not open with this key in this place"
    assert caught.value.__cause__ is None


def _flipped(sealed: bytes, bit: int) -> bytes:
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)

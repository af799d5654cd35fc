"""Ed25519 in plain Python against the vectors of RFC 8032 section 7.1, and against OpenSSL."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier.ed25519 import is_valid

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19


def signed(seed: int) -> tuple[bytes, bytes, bytes]:
    rng = random.Random(seed)
    private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    message = rng.randbytes(rng.randrange(200))
    return private.public_key().public_bytes_raw(), private.sign(message), message


@pytest.mark.parametrize(("public", "message", "point", "scalar"), RFC_8032)
def test_the_vectors_of_the_rfc_are_valid(public: str, message: str, point: str, scalar: str) -> None:
    assert is_valid(bytes.fromhex(public), bytes.fromhex(point + scalar), bytes.fromhex(message))


@pytest.mark.parametrize("seed", range(20))
def test_what_openssl_signs_is_valid_and_any_flipped_bit_is_not(seed: int) -> None:
    public, signature, message = signed(seed)
    assert is_valid(public, signature, message)
    flipped = bytearray(signature)
    bit = random.Random(seed).randrange(512)
    flipped[bit // 8] ^= 1 << bit % 8
    assert not is_valid(public, bytes(flipped), message)
    assert not is_valid(public, signature, message + b"\x00")
    assert not is_valid(signed(seed + 1)[0], signature, message)


def test_a_second_signature_cannot_be_made_from_a_good_one() -> None:
    public, signature, message = signed(1)
    raised = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_valid(public, signature[:32] + raised.to_bytes(32, "little"), message)


@pytest.mark.parametrize(
    "public",
    [
        b"",
        bytes(31),
        (PRIME + 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
        (2).to_bytes(32, "little"),
    ],
    ids=["empty", "short", "y not below p", "minus zero", "not on the curve"],
)
def test_bytes_that_encode_no_key_sign_nothing(public: bytes) -> None:
    neutral_point = b"\x01" + bytes(63)
    assert not is_valid(public, neutral_point, b"")


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_a_signature_has_64_bytes(length: int) -> None:
    public, signature, message = signed(2)
    assert not is_valid(public, (signature + b"\x00")[:length], message)

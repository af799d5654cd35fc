"""Keys of people and of epochs: a password opens a seed, a grant opens an epoch, for one person each."""

from __future__ import annotations

import uuid

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import KeyPair, derive, unbox, wrap
from casefile.errors import UnsealError
from casefile.keyring import (
    STAFF_COST,
    KdfCost,
    grant_epoch,
    office_signing_key,
    open_epoch,
    open_staff_seed,
    seal_staff_seed,
)

OFFICE = KeyPair.generate()
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
STAFF = uuid.UUID(int=1)


def test_the_production_cost_of_a_password_is_256_mib() -> None:
    assert KdfCost(memory_kib=256 * 1024, passes=3, lanes=4) == STAFF_COST


def test_a_staff_seed_opens_at_the_default_cost() -> None:
    assert open_staff_seed(seal_staff_seed(OFFICE.seed, "kata sandi", STAFF), "kata sandi", STAFF) == OFFICE.seed


def test_a_sealed_seed_follows_the_written_scheme() -> None:
    sealed = seal_staff_seed(OFFICE.seed, "kata sandi", STAFF, CHEAP)
    key = hash_secret_raw(b"kata sandi", sealed[:16], 1, 64, 1, 32, Type.ID)
    assert unbox(key, sealed[16:], b"staffkey", STAFF.bytes) == OFFICE.seed
    assert len(sealed) == 16 + 28 + 96


@settings(deadline=None)
@given(st.text(max_size=40), st.uuids())
def test_a_staff_seed_opens_with_its_password(password: str, staff_id: uuid.UUID) -> None:
    sealed = seal_staff_seed(OFFICE.seed, password, staff_id, CHEAP)
    assert open_staff_seed(sealed, password, staff_id, CHEAP) == OFFICE.seed


def test_a_password_typed_on_another_keyboard_is_the_same_password() -> None:
    sealed = seal_staff_seed(OFFICE.seed, "caf\u00e9 \uff11", STAFF, CHEAP)
    assert open_staff_seed(sealed, "cafe\u0301 1", STAFF, CHEAP) == OFFICE.seed


@pytest.mark.parametrize(
    ("password", "staff_id", "cost"),
    [
        ("kata sandi ", STAFF, CHEAP),
        ("Kata sandi", STAFF, CHEAP),
        ("kata sandi", uuid.UUID(int=2), CHEAP),
        ("kata sandi", STAFF, KdfCost(memory_kib=128, passes=1, lanes=1)),
    ],
    ids=["other password", "other case", "swapped between people", "other cost"],
)
def test_a_staff_seed_opens_for_nobody_else(password: str, staff_id: uuid.UUID, cost: KdfCost) -> None:
    sealed = seal_staff_seed(OFFICE.seed, "kata sandi", STAFF, CHEAP)
    with pytest.raises(UnsealError):
        open_staff_seed(sealed, password, staff_id, cost)


@pytest.mark.parametrize("length", [0, 15, 16, 17, 139])
def test_a_cut_staff_seed_is_an_unseal_error(length: int) -> None:
    sealed = seal_staff_seed(OFFICE.seed, "kata sandi", STAFF, CHEAP)
    with pytest.raises(UnsealError):
        open_staff_seed(sealed[:length], "kata sandi", STAFF, CHEAP)


def test_the_same_password_seals_differently_each_time() -> None:
    one, two = (seal_staff_seed(OFFICE.seed, "kata sandi", STAFF, CHEAP) for _ in range(2))
    assert one[:16] != two[:16]


def test_a_granted_epoch_opens_for_its_holder() -> None:
    counsellor = KeyPair.generate()
    granted = grant_epoch(counsellor.public, OFFICE.seed, 7)
    assert open_epoch(counsellor, granted, 7).public == OFFICE.public


def test_a_granted_epoch_opens_for_no_other_person_or_epoch() -> None:
    counsellor, colleague = KeyPair.generate(), KeyPair.generate()
    granted = grant_epoch(counsellor.public, OFFICE.seed, 7)
    for holder, epoch in [(colleague, 7), (counsellor, 8)]:
        with pytest.raises(UnsealError):
            open_epoch(holder, granted, epoch)


def test_a_planted_grant_that_holds_no_seed_is_an_unseal_error() -> None:
    counsellor = KeyPair.generate()
    planted = wrap(counsellor.public, b"no seed", "epoch", (7).to_bytes(4, "big"))
    with pytest.raises(UnsealError):
        open_epoch(counsellor, planted, 7)


def test_a_fixed_epoch_gives_the_frozen_signing_key() -> None:
    seed = bytes(range(96))
    signing = office_signing_key(seed)
    assert signing.public_key().public_bytes_raw().hex() == (
        "dc696dcd4652159bc4083a7e0816e6b8674f550ce172eb0cddb720cb3b7c59a6"
    )
    assert signing.private_bytes_raw() == derive(seed, "office-signing")

"""Roots and proofs agree with RFC 9162, written down once more as it defines them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.merkle import inclusion_proof, is_included, tree_root


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << (count - 1).bit_length() - 1


def mth(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1.1."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0])
    k = split(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:]))


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def test_roots_and_proofs_are_those_of_the_definition_for_all_small_trees() -> None:
    for count in range(70):
        leaves = [number.to_bytes(56, "big") for number in range(count)]
        root = mth(leaves)
        assert tree_root(leaves) == root
        for index, leaf in enumerate(leaves):
            proof = inclusion_proof(leaves, index)
            assert proof == path(index, leaves)
            assert is_included(root, leaf, index, count, proof)


CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
CT_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_the_published_trees_of_certificate_transparency_have_their_roots() -> None:
    assert [tree_root(CT_LEAVES[:count]).hex() for count in range(9)] == list(CT_ROOTS)


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=40), st.data())
def test_a_proof_fits_its_leaf_its_place_and_its_tree_alone(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, proof = tree_root(leaves), inclusion_proof(leaves, index)
    assert is_included(root, leaves[index], index, len(leaves), proof)
    assert not is_included(root, leaves[index] + b"x", index, len(leaves), proof)
    assert not is_included(sha256(root), leaves[index], index, len(leaves), proof)
    assert not is_included(root, leaves[index], len(leaves), len(leaves), proof)
    assert not is_included(root, leaves[index], -1, len(leaves), proof)
    assert not is_included(root, leaves[index], index, len(leaves), [*proof, root])
    if proof:
        assert not is_included(root, leaves[index], index, len(leaves), proof[:-1])
        assert not is_included(root, leaves[index], index, len(leaves), [sha256(proof[0]), *proof[1:]])


def test_a_node_does_not_pass_for_a_leaf() -> None:
    left, right = sha256(b"\x00a"), sha256(b"\x00b")
    assert tree_root([left + right]) != tree_root([b"a", b"b"])


def test_a_place_outside_the_tree_has_no_proof() -> None:
    for index in (-1, 2):
        with pytest.raises(IndexError):
            inclusion_proof([b"a", b"b"], index)

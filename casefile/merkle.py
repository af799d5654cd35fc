"""Merkle trees as Certificate Transparency has them (RFC 9162, section 2.1): one digest stands for many leaves.

A leaf's digest is SHA-256 of 0x00 and the leaf, a node's of 0x01 and both children, so that no node passes for a leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256().digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The 32-byte root over ``leaves`` in their order."""
    row = [_leaf(leaf) for leaf in leaves]
    while len(row) > 1:
        row = _next_row(row)
    return row[0] if row else EMPTY_ROOT


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The digests, lowest first, with which the leaf at ``index`` leads to the root. Raises ``IndexError``."""
    row, proof = [_leaf(leaf) for leaf in leaves], []
    if not 0 <= index < len(row):
        raise IndexError(index)
    while len(row) > 1:
        sibling = index ^ 1
        if sibling < len(row):
            proof.append(row[sibling])
        row, index = _next_row(row), index // 2
    return proof


def is_included(root: bytes, leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that ``leaf`` stands at ``index`` of the ``size`` leaves under ``root``."""
    if not 0 <= index < size:
        return False
    digest, last, left = _leaf(leaf), size - 1, list(proof)
    while last:
        if index & 1 or index < last:
            if not left:
                return False
            sibling = left.pop(0)
            digest = _node(sibling, digest) if index & 1 else _node(digest, sibling)
        index, last = index // 2, last // 2
    return not left and digest == root


def _next_row(row: Sequence[bytes]) -> list[bytes]:
    above = [_node(row[start], row[start + 1]) for start in range(0, len(row) - 1, 2)]
    return [*above, row[-1]] if len(row) % 2 else above


def _leaf(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()

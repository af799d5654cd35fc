"""Who reads, and with which keys: the epochs that were granted to the signed-in person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casefile.boxes import KeyPair, PublicKey
from casefile.contents import decode_json
from casefile.errors import UnsealError
from casefile.keyring import open_epoch
from casefile.unsealing import open_note
from triage.errors import MissingKeyError

_GROUP = 4


@dataclass(frozen=True)
class Reader:
    """A person at the desk. ``epochs`` is empty until a colleague has granted a key.

    ``kid`` names the person's own key in grouped hex. It comes from the private half, never from the database, so that
    a public key slipped into the account shows when the two are compared aloud.
    """

    staff_id: UUID
    epochs: Mapping[int, KeyPair] = field(repr=False)
    kid: str = ""

    def key(self, epoch: int) -> KeyPair:
        """The key pair of an epoch. Raises ``MissingKeyError``."""
        try:
            return self.epochs[epoch]
        except KeyError:
            raise MissingKeyError from None

    def open_note(self, sealed: bytes, epoch: int, kind: str, row_id: UUID) -> bytes | None:
        """What was sealed for staff about one row; None when it is damaged or of an epoch without a key."""
        try:
            return open_note(self.key(epoch), sealed, kind, row_id.bytes)
        except (UnsealError, MissingKeyError):
            return None

    def open_values(self, sealed: bytes, epoch: int, kind: str, row_id: UUID) -> Mapping[str, Any] | None:
        """The same where values by name were sealed as JSON; None also for anything else."""
        opened = self.open_note(sealed, epoch, kind, row_id)
        try:
            values = None if opened is None else decode_json(opened)
        except ValueError:
            return None
        return values if isinstance(values, dict) else None


def open_grants(grants: Iterable[tuple[int, bytes]], staff_id: UUID, seed: bytes) -> Reader:
    """Every epoch that was granted to the person (its number, its wrapped key) and opens with the 96-byte seed."""
    pair = KeyPair.from_seed(seed)
    epochs = {}
    for number, wrapped in grants:
        try:
            epochs[number] = open_epoch(pair, wrapped, number)
        except UnsealError:
            continue
    return Reader(staff_id, epochs, grouped_kid(pair.public))


def grouped_kid(public: PublicKey) -> str:
    """The 16-byte name of a public key as eight groups of four hex digits."""
    text = public.kid.hex()
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))

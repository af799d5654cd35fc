"""Proof of work: a small sum that the phone does in the background while the load is high. ALTCHA, version 2.

A proof buys the usual lane for one report and is never required. What was spent is kept as a digest of the challenge
until the challenge expires, so that it buys nothing twice, in whichever process.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self, cast

from altcha import Payload, create_challenge, verify_solution
from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.boxes import derive
from casefile.models import SpentProof

PROOF_FIELD = "hitung"
ALGORITHM = "PBKDF2/SHA-256"
COST = 5000
"""Rounds of the derivation for one try."""
MOST_TRIES = 400
"""The answer lies below; a phone needs half as many tries on average."""
_LONGEST = 2000


@dataclass(frozen=True)
class ProofKeys:
    """Sign challenges and answers; equal in all web processes of the portal."""

    challenge: bytes
    answer: bytes

    @classmethod
    def of(cls, form_key: bytes) -> Self:
        """Derived from the key of the form tokens (32 bytes)."""
        return cls(derive(form_key, "proof/challenge"), derive(form_key, "proof/answer"))

    def __repr__(self) -> str:
        return "ProofKeys()"


@dataclass(frozen=True)
class Proof:
    """A proof that was checked. Whether it was spent before is not known yet."""

    tag: bytes
    expires_at: datetime


def new_challenge(keys: ProofKeys, expires_at: datetime) -> str:
    """A challenge as JSON, for ``hitung.js``. Costs the server one try."""
    challenge = create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.randbelow(MOST_TRIES),
        expires_at=expires_at,
        hmac_secret=keys.challenge,
        hmac_key_secret=keys.answer,
    )
    return json.dumps(challenge.to_dict(), separators=(",", ":"))


def read_proof(sent: str, keys: ProofKeys) -> Proof | None:
    """What came with the form; None for anything but an answer to a challenge of ours that has not expired.

    The tag comes from the challenge's signature, which is the same however the answer is written down.
    """
    if not 0 < len(sent) <= _LONGEST or not _is_verified(sent, keys):
        return None
    challenge = Payload.from_base64(sent).challenge
    expires_at = datetime.fromtimestamp(challenge.parameters.expires_at or 0, UTC)
    return Proof(hashlib.sha256((challenge.signature or "").encode()).digest(), expires_at)


def spend(session: Session, proof: Proof) -> bool:
    """Spend a proof in the caller's transaction; False when another report did. Reads nothing."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(SpentProof).values(tag=proof.tag, expires_at=proof.expires_at).on_conflict_do_nothing()
    done = session.execute(row, execution_options={"preserve_rowcount": True})
    return cast("CursorResult[Any]", done).rowcount == 1


def _is_verified(sent: str, keys: ProofKeys) -> bool:
    try:
        return verify_solution(sent, keys.challenge, hmac_key_secret=keys.answer).verified
    except (ValueError, TypeError, AttributeError, OverflowError):
        return False

"""Passwords of staff: the record that says yes or no, rules for new ones, and the first one that is printed.

The record alone opens nothing. The private key is sealed under a second, costlier derivation
(``casefile.keyring.seal_staff_seed``), so a stolen record that is guessed still leaves that work to do.
"""

from __future__ import annotations

import base64
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from casefile.keyring import KdfCost
from triage.errors import PasswordRuleError

LEAST_LENGTH = 12
"""Characters (OWASP ASVS 5.0 V6.2.1 asks for at least 8 and recommends 15; a second factor is compulsory here)."""
MOST_LENGTH = 200
LEAST_DISTINCT = 6

_TEMPORARY_BYTES = 15
_GROUP = 4


@cache
def record_hasher(cost: KdfCost) -> PasswordHasher:
    """Argon2id with a quarter of the memory that unlocks the key: 64 MiB at ``STAFF_COST``."""
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib // 4, parallelism=cost.lanes)


def make_record(password: str, cost: KdfCost) -> str:
    """The record of a password, in PHC string form."""
    return record_hasher(cost).hash(_normal(password))


@cache
def decoy_record(cost: KdfCost) -> str:
    """A record that no password fits, so that an unknown name costs the same time as a wrong password.

    Made when the desk starts: the first unknown name must not take longer than the second.
    """
    return make_record(secrets.token_hex(), cost)


def fits(record: str, password: str, cost: KdfCost) -> bool:
    """Whether ``password`` gave ``record``."""
    try:
        return record_hasher(cost).verify(record, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def check_new_password(password: str, username: str) -> None:
    """Raises ``PasswordRuleError`` for a password that is too short, too long, monotonous, or holds the name."""
    plain = _normal(password)
    if (
        not LEAST_LENGTH <= len(plain) <= MOST_LENGTH
        or len(set(plain)) < LEAST_DISTINCT
        or username.casefold() in plain.casefold()
    ):
        raise PasswordRuleError


def new_temporary_password() -> str:
    """120 random bits as six groups of four letters and digits; valid until the first sign-in."""
    text = base64.b32encode(secrets.token_bytes(_TEMPORARY_BYTES)).decode().lower()
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)

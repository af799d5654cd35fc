"""The second factor: six digits every thirty seconds (TOTP, RFC 6238), each usable once.

The shared secret is sealed under a key derived from the person's own seed: it opens only after the password has.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pyotp
import segno
from sqlalchemy import update
from sqlalchemy.orm import Session

from casefile.boxes import box, derive, unbox
from casefile.models import StaffMember
from triage.rows import count_changed

PERIOD = 30
"""Seconds that one code stands for (RFC 6238 section 5.2)."""
DRIFT = 1
"""Periods that a phone's clock may be early or late."""
ISSUER = "Suluh"

_PURPOSE = b"totp"


@dataclass(frozen=True)
class Enrolment:
    """What a person copies into the authenticator: ``secret`` is base32, ``qr`` the same as a ``data:`` address."""

    secret: str = field(repr=False)
    qr: str = field(repr=False)


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def enrolment(secret: str, username: str) -> Enrolment:
    """The secret as a QR code (SVG, no network) and grouped by four to be typed."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Enrolment(groups, segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="white"))


def seal_secret(seed: bytes, secret: str, staff_id: UUID) -> bytes:
    """The secret under a key derived from the person's 96-byte seed."""
    return box(derive(seed, "totp"), secret.encode(), _PURPOSE, staff_id.bytes)


def open_secret(seed: bytes, sealed: bytes, staff_id: UUID) -> str:
    """The inverse of ``seal_secret``. Raises ``UnsealError``."""
    return unbox(derive(seed, "totp"), sealed, _PURPOSE, staff_id.bytes).decode()


def matching_counter(secret: str, code: str, now: datetime) -> int | None:
    """The period whose code was typed, or None. Spaces are forgiven; all periods are compared in the same time."""
    typed = "".join(code.split()).encode()
    current = int(now.timestamp()) // PERIOD
    found = None
    for counter in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(pyotp.HOTP(secret).at(counter).encode(), typed):
            found = counter
    return found


def use_code(session: Session, staff_id: UUID, secret: str, code: str, now: datetime) -> bool:
    """Whether the code is right and of a later period than the last one used; if so it is used up.

    One UPDATE decides, so that of two requests with one code only one passes.
    """
    counter = matching_counter(secret, code, now)
    if counter is None:
        return False
    later = update(StaffMember).where(StaffMember.id == staff_id, StaffMember.totp_counter < counter)
    return count_changed(session, later.values(totp_counter=counter)) == 1

"""Which decisions a second person judges: about one in twenty, drawn so that nobody chooses and nobody can foresee it.

The draw is a keyed digest of the match's id under a key that comes from the office's own, so that it is the same
whenever it is made, and cannot be worked out from the database.
"""

from __future__ import annotations

import hmac
import uuid
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.keyring import draw_key
from casefile.models import LinkDecision, Match, SecondLook
from triage.casework import Doing
from triage.errors import MissingKeyError

SHARE = 0.05
"""The share of decided pairs that is drawn."""

_BYTES = 8
_ALL = float(256**_BYTES)


def is_drawn(key: bytes, match_id: UUID, share: float = SHARE) -> bool:
    """Whether a decision on the match is judged a second time; ``key`` is that of ``draw_key``."""
    digest = hmac.digest(key, match_id.bytes, "sha256")[:_BYTES]
    return int.from_bytes(digest, "big") < share * _ALL


def ask_second_look(session: Session, match: Match, decision: LinkDecision, doing: Doing) -> None:
    """Put the decision before a second person if its match is drawn. Whoever holds no key draws nothing."""
    try:
        key = draw_key(doing.reader.key(match.epoch).seed)
    except MissingKeyError:
        return
    if is_drawn(key, match.id):
        look = SecondLook(id=uuid.uuid4(), decision_id=decision.id, match_id=match.id, asked_at=doing.now)
        session.add(look)
        session.flush()

"""Findings become rows: each pair and class once, whoever found it first; decisions of people are never touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.contents import MATCH_NOTE, MatchReason, encode_reasons
from casefile.keyring import OfficePublicKeys
from casefile.models import LinkDecision, Match
from casefile.sealing import seal_note
from casefile.vocabulary import LinkState
from worker.matching import Finding
from worker.runtime import Turn


def record_matches(turn: Turn, report_id: UUID, findings: Iterable[Finding]) -> list[tuple[Finding, UUID]]:
    """Write what is new of the findings; returns those with the ids of their rows.

    Exact classes are linked at once, by a decision without a person. A pair and class that has a row already keeps
    it, with its state: what was rejected stays rejected.
    """
    written = []
    for finding in sorted(findings, key=lambda found: (found.report_id.bytes, found.match_class)):
        match_id = uuid.uuid4()
        if _insert(turn, match_id, report_id, finding):
            written.append((finding, match_id))
    linked = (match_id for finding, match_id in written if finding.match_class.is_exact)
    turn.session.add_all(_link_by_rule(match_id, turn.now) for match_id in linked)
    return written


def seal_reasons(match_id: UUID, reasons: tuple[MatchReason, ...], keys: OfficePublicKeys) -> bytes:
    """A match's reasons for the office."""
    return seal_note(keys.office, encode_reasons(reasons), MATCH_NOTE, match_id.bytes)


def _insert(turn: Turn, match_id: UUID, report_id: UUID, finding: Finding) -> bool:
    low, high = sorted((report_id, finding.report_id), key=lambda side: side.bytes)
    reasons = finding.reasons if low == report_id else tuple(reason.swapped() for reason in finding.reasons)
    row = {
        "id": match_id,
        "low_id": low,
        "high_id": high,
        "match_class": finding.match_class,
        "state": LinkState.LINKED if finding.match_class.is_exact else LinkState.SUGGESTED,
        "suggested_at": turn.now,
        "reasons_box": seal_reasons(match_id, reasons, turn.keys),
        "epoch": turn.keys.epoch,
    }
    return turn.session.scalar(_insert_once(turn.session, row)) is not None


def _insert_once(session: Session, row: dict[str, object]) -> Insert:
    pair = [Match.low_id, Match.high_id, Match.match_class]
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Match).values(row).on_conflict_do_nothing(index_elements=pair).returning(Match.id)
    return sqlite.insert(Match).values(row).on_conflict_do_nothing(index_elements=pair).returning(Match.id)


def _link_by_rule(match_id: UUID, now: datetime) -> LinkDecision:
    return LinkDecision(id=uuid.uuid4(), match_id=match_id, state=LinkState.LINKED, decided_at=now)

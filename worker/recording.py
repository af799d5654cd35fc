"""Findings become rows: each pair and class once, whoever found it first; decisions of people are never touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, exists, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.contents import MATCH_NOTE, MatchReason, encode_reasons
from casefile.keyring import OfficePublicKeys
from casefile.models import CaseReport, IndexEntry, LinkDecision, Match, Report
from casefile.sealing import seal_note
from casefile.vocabulary import LinkState, MatchClass
from worker.matching import Entry, Finding, entry_key, seal_entry
from worker.runtime import Turn

Written = list[tuple[Finding, UUID]]
"""Findings that were new, with the ids of their rows."""

_SAME_CONTENT = frozenset({MatchClass.SAME_FILE, MatchClass.DUPLICATE})


def record_entry(turn: Turn, report_id: UUID, entry: Entry) -> None:
    """Let later reports find this one. Once a report has an entry, or was withdrawn, nothing more is written."""
    if turn.session.scalar(select(exists().where(IndexEntry.report_id == report_id))):
        return
    box = seal_entry(entry_key(turn.secrets), entry, report_id)
    turn.session.execute(insert(IndexEntry).inline().values(report_id=report_id, box=box))


def join_content_group(turn: Turn, report_id: UUID, written: Written) -> None:
    """Put a new report with the oldest one that holds the same content, so that the queue can show a flood as one."""
    same = [finding.report_id for finding, _ in written if finding.match_class in _SAME_CONTENT]
    others = turn.session.scalars(
        select(CaseReport)
        .join(Report, Report.id == CaseReport.report_id)
        .where(CaseReport.report_id.in_(same))
        .order_by(Report.received_on, CaseReport.content_group.is_(None), CaseReport.report_id)
    ).all()
    if not others:
        return
    others[0].content_group = others[0].content_group or uuid.uuid4()
    turn.session.get_one(CaseReport, report_id).content_group = others[0].content_group


def record_matches(turn: Turn, report_id: UUID, findings: Iterable[Finding]) -> Written:
    """Write what is new of the findings; returns those with the ids of their rows.

    Exact classes are linked at once, by a decision without a person. A pair and class that has a row already keeps
    it, with its state, and of a pair that a person rejected only exact findings are written.
    """
    rejected = _rejected_with(turn.session, report_id)
    findings = [one for one in findings if one.match_class.is_exact or one.report_id not in rejected]
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


def _rejected_with(session: Session, report_id: UUID) -> set[UUID]:
    """The reports of which a person said that they do not belong with this one."""
    own = or_(Match.low_id == report_id, Match.high_id == report_id)
    found = select(Match.low_id, Match.high_id).where(own, Match.state == LinkState.REJECTED)
    return {side for row in session.execute(found) for side in row} - {report_id}


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

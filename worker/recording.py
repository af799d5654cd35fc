"""Findings become rows: each pair and class once, whoever found it first; decisions of people are never touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, delete, exists, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.contents import MATCH_NOTE, MatchReason, encode_reasons
from casefile.custody import SYSTEM, Act, append_entry
from casefile.keyring import OfficePublicKeys
from casefile.models import CaseReport, IndexEntry, LinkDecision, Match, Report
from casefile.recurrences import log_recurrences, note_recurrences
from casefile.sealing import seal_note
from casefile.stacking import settle_stacks
from casefile.vocabulary import CustodyAction, LinkState, MatchClass
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


def replace_entry(turn: Turn, report_id: UUID, entry: Entry | None) -> None:
    """Let later reports find what this one is now, or find it no more; under a new number, so that every index sees it.

    Without an entry, and without one before, nothing is written.
    """
    removed = turn.session.execute(
        delete(IndexEntry).where(IndexEntry.report_id == report_id).returning(IndexEntry.number)
    )
    if entry is None and removed.first() is None:
        return
    box = None if entry is None else seal_entry(entry_key(turn.secrets), entry, report_id)
    turn.session.execute(insert(IndexEntry).inline().values(report_id=report_id, box=box))


def is_entered(session: Session, report_id: UUID) -> bool:
    """Whether later reports find this one."""
    live = exists().where(IndexEntry.report_id == report_id, IndexEntry.box.is_not(None))
    return bool(session.scalar(select(live)))


def join_content_group(turn: Turn, report_id: UUID, written: Written) -> None:
    """Put a report with the oldest one that holds the same content, so that the queue can show a flood as one.

    One that shares its content with another already stays where it is.
    """
    if turn.session.get_one(CaseReport, report_id).content_group is not None:
        return
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
    settle_stacks(turn.session, [others[0].report_id, report_id])


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
        else:
            _renew_reasons(turn, report_id, finding)
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


def drop_undecided(turn: Turn, report_id: UUID) -> int:
    """Remove the suggestions on a report that nobody has decided on; returns how many. What was decided is history."""
    own = or_(Match.low_id == report_id, Match.high_id == report_id)
    is_decided = exists().where(LinkDecision.match_id == Match.id)
    undecided = delete(Match).where(own, Match.state == LinkState.SUGGESTED, ~is_decided)
    gone = turn.session.scalars(undecided.returning(Match.id), execution_options={"synchronize_session": False})
    return len(gone.all())


def note_links(turn: Turn, report_id: UUID, written: Written) -> None:
    """One custody entry on both reports' chains for each link that was made by rule; closed cases that return by it.

    The cases' rows must be locked before, by ``weigh_again``.
    """
    linked = [match_id for finding, match_id in written if finding.match_class.is_exact]
    recurred = note_recurrences(turn.session, linked, turn.now)
    for finding, match_id in written:
        if finding.match_class.is_exact:
            detail = {"match": str(match_id), "class": finding.match_class.value}
            for side in (report_id, finding.report_id):
                append_entry(turn.session, side, Act(CustodyAction.LINKED_EXACT, SYSTEM, turn.now, detail))
    log_recurrences(turn.session, recurred, SYSTEM, turn.now)


def _renew_reasons(turn: Turn, report_id: UUID, finding: Finding) -> None:
    """What was added to a report may give more reasons for a suggestion that stands; a decision keeps those it saw."""
    low, high = _sides(report_id, finding)
    pair = (Match.low_id == low, Match.high_id == high, Match.match_class == finding.match_class)
    is_decided = exists().where(LinkDecision.match_id == Match.id)
    standing = select(Match).where(*pair, Match.state == LinkState.SUGGESTED, ~is_decided)
    match = turn.session.scalars(standing.with_for_update(of=Match)).one_or_none()
    if match is not None:
        match.reasons_box = seal_reasons(match.id, _reasons_from(low, report_id, finding), turn.keys)
        match.epoch = turn.keys.epoch


def _sides(report_id: UUID, finding: Finding) -> tuple[UUID, UUID]:
    low, high = sorted((report_id, finding.report_id), key=lambda side: side.bytes)
    return low, high


def _reasons_from(low: UUID, report_id: UUID, finding: Finding) -> tuple[MatchReason, ...]:
    return finding.reasons if low == report_id else tuple(reason.swapped() for reason in finding.reasons)


def _insert(turn: Turn, match_id: UUID, report_id: UUID, finding: Finding) -> bool:
    low, high = _sides(report_id, finding)
    reasons = _reasons_from(low, report_id, finding)
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

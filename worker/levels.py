"""The level of a case: from its answers, from what comparing showed, from the time it has waited, or from a person.

``Case.score`` and ``Case.floor`` hold the assessment without waiting, ``Case.level`` the aged level (docs/urgency.md,
"For whoever stores it"). What the queue shows is sealed anew whenever the level or its reasons change.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary, WorkerPayload
from casefile.models import Case, CaseReport, Match, UrgencyOverride, WorkerEnvelope
from casefile.sealing import seal_note
from casefile.submission import Answers
from casefile.urgency import (
    MatchFacts,
    Thresholds,
    aged_level,
    assess,
    due_at,
    find_earlier_values,
    find_rules,
    level_of,
)
from casefile.vocabulary import CaseStatus, FingerprintSource, LinkState, MatchClass, ReasonCode, Urgency
from worker.matching import list_features
from worker.runtime import Turn

FINISHED = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)

_SAME_CONTENT = frozenset(
    {MatchClass.SAME_FILE, MatchClass.SAME_DIGEST, MatchClass.DUPLICATE, MatchClass.SAME_CONVERSATION}
)
_SAME_ACCOUNT = frozenset({MatchClass.SAME_ACCOUNT, MatchClass.SAME_ADDRESS, MatchClass.SAME_HANDLE})


def find_facts(session: Session, report_id: UUID) -> MatchFacts:
    """What comparing shows of a report today. Rejected matches, and those with a withdrawn report, do not count.

    An alike screenshot or an equal user name without a platform counts before a person has looked: ten points too
    many cost less than ten too few. A photograph that two screenshots share counts for nothing: it may be anybody's.
    """
    other = WorkerEnvelope.report_id
    is_own_match = or_(
        (Match.low_id == report_id) & (Match.high_id == other), (Match.high_id == report_id) & (Match.low_id == other)
    )
    found = select(Match.match_class).join(WorkerEnvelope, is_own_match).distinct()
    standing = found.where(Match.state != LinkState.REJECTED, WorkerEnvelope.box.is_not(None))
    classes = set(session.scalars(standing))
    return MatchFacts(
        same_content_elsewhere=not _SAME_CONTENT.isdisjoint(classes),
        same_account_elsewhere=not _SAME_ACCOUNT.isdisjoint(classes),
    )


def find_open_case(session: Session, report_id: UUID) -> Case | None:
    """The report's case, locked; None when there is none or its work has ended."""
    found = (
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        .where(CaseReport.report_id == report_id, Case.status.not_in(FINISHED))
        .with_for_update(of=Case)
    )
    return session.scalars(found).one_or_none()


def weigh_case(turn: Turn, case: Case, payload: WorkerPayload, facts: MatchFacts) -> bool:
    """Apply the rules, with the values that stand now, to a case. Returns whether anything changed.

    Facts that are gone lower nothing: under the same values, score and floor only rise here. A level that a person set
    stands, and rises only when it is overdue.
    """
    rules = find_rules(turn.session)
    before = (case.level, case.score, case.floor, case.due_at, case.rules_number)
    fresh = assess(payload.answers, facts, values=rules.values)
    if case.rules_number == rules.number:
        case.score, case.floor = max(case.score, fresh.score), _higher(case.floor, fresh.floor)
    else:
        score, floor = _left_of_gone_facts(turn.session, case, payload, facts)
        case.score, case.floor = score + fresh.score, _higher(floor, fresh.floor)
        case.rules_number = rules.number
    override = find_overrides(turn.session, case.id).get(case.id)
    case.level, case.due_at = level_at(case, override, turn.now, rules.values.thresholds)
    if before == (case.level, case.score, case.floor, case.due_at, case.rules_number) and case.summary_box:
        return False
    seal_summary(turn, case, payload, facts)
    return True


def level_at(case: Case, override: Urgency | None, now: datetime, thresholds: Thresholds) -> tuple[Urgency, datetime]:
    """The aged level and the due time at ``now``; ``override`` is the level that a person set, if any."""
    base = level_of(case.score, case.floor, thresholds) if override is None else override
    score, floor = (case.score, case.floor) if override is None else (0, None)
    level, _ = aged_level(base, score, floor, case.received_at, now, thresholds=thresholds)
    return level, due_at(base, case.received_at)


def find_overrides(session: Session, case_id: UUID | None = None) -> dict[UUID, Urgency]:
    """The level that a person set last, of one case or of all, by case; without those that nobody overrode."""
    history = select(UrgencyOverride.case_id, UrgencyOverride.level).order_by(UrgencyOverride.decided_at)
    if case_id is not None:
        history = history.where(UrgencyOverride.case_id == case_id)
    return {row.case_id: row.level for row in session.execute(history)}


def seal_summary(turn: Turn, case: Case, payload: WorkerPayload, facts: MatchFacts) -> None:
    """Write what the queue shows of the case, with the reasons that hold now."""
    assessed = assess(payload.answers, facts, turn.now - case.received_at, find_rules(turn.session).values)
    summary = QueueSummary(
        answers=payload.answers,
        may_compare=payload.may_compare,
        picture_count=len(payload.pictures),
        incomparable_pictures=tuple(
            picture.number for picture in list_features(payload.pictures) if not picture.is_comparable
        ),
        reasons=tuple((reason.code.value, reason.points) for reason in assessed.reasons),
        device_pictures=sum(picture.source is FingerprintSource.DEVICE for picture in payload.pictures),
    )
    _seal(turn, case, summary)


def seal_unread_summary(turn: Turn, case: Case) -> None:
    """Write that nothing is known of the case but its story."""
    unknown = QueueSummary(
        answers=Answers(),
        may_compare=False,
        picture_count=0,
        incomparable_pictures=(),
        reasons=((ReasonCode.UNREADABLE.value, 0),),
    )
    _seal(turn, case, unknown)


def _seal(turn: Turn, case: Case, summary: QueueSummary) -> None:
    case.summary_box = seal_note(turn.keys.office, summary.to_bytes(), SUMMARY_NOTE, case.id.bytes)
    case.summary_epoch = turn.keys.epoch


def _left_of_gone_facts(
    session: Session, case: Case, payload: WorkerPayload, facts: MatchFacts
) -> tuple[int, Urgency | None]:
    """Points and floor that the case has from facts that are gone by now, beyond what the values before give today."""
    earlier = assess(payload.answers, facts, values=find_earlier_values(session, case.rules_number))
    is_from_rules = case.floor is None or (earlier.floor is not None and earlier.floor <= case.floor)
    return max(0, case.score - earlier.score), None if is_from_rules else case.floor


def _higher(first: Urgency | None, second: Urgency | None) -> Urgency | None:
    return min((floor for floor in (first, second) if floor is not None), default=None)

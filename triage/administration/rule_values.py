"""Changing the values of the urgency rules: one supervisor proposes, another confirms, and nobody lowers a floor.

A proposal is a kept value of its own, so that it has its history too. Whoever proposes or confirms must hold a key of
the office, which a colleague gave after comparing: an account that was only just made decides nothing here. What stands
is ``casefile.urgency.find_rules``; the worker reads it before it weighs a case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.database import begin_write
from casefile.kept import Item, Version, find_newest
from casefile.models import Case, UrgencyOverride
from casefile.submission import Answers
from casefile.urgency import RULES_ITEM, MatchFacts, RuleValues, assess, find_rules
from casefile.urgency.values import list_faults
from casefile.vocabulary import KeptKind, ReasonCode, Urgency
from triage.administration.keeping import get_body, keep, lock_item, next_version, remove, write_version
from triage.casework import Doing
from triage.errors import BoundsError, MissingKeyError, NotFoundError, SamePersonError
from triage.queue.facts import parse_summary
from triage.reader import Reader

PROPOSAL = Item(KeptKind.URGENCY_RULES, "proposal")
MOST_COUNTED = 2_000
"""Open cases that one request looks into: about half a second."""


@dataclass(frozen=True)
class Effect:
    """What other values would do to open cases: how many move from one level to another, before ageing.

    ``counted`` of ``open_cases`` could be opened; ``by_hand`` of them have a level that a person set, and stay.
    """

    open_cases: int
    counted: int
    by_hand: int
    moves: Mapping[tuple[Urgency, Urgency], int]


def find_proposal(session: Session) -> Version | None:
    """The proposal that waits for a second person."""
    newest = find_newest(session, PROPOSAL)
    return None if newest is None or newest.is_removed else newest


def propose(session: Session, values: RuleValues, doing: Doing) -> None:
    """Put values before a second person. ``Doing.version`` is the number of the newest proposal, 0 without one.

    Raises ``BoundsError`` for the first value that is not allowed, ``MissingKeyError``, ``ChangedError``.
    """
    _require_key(doing)
    _require_allowed(values)
    keep(session, PROPOSAL, values.to_body(), doing)


def propose_earlier(session: Session, number: int, doing: Doing) -> None:
    """Propose what stood in version ``number``, 0 being what comes with Suluh. Raises as ``propose``."""
    begin_write(session)
    propose(session, RuleValues.from_body(get_body(session, RULES_ITEM, number)), doing)


def withdraw_proposal(session: Session, doing: Doing) -> None:
    """Drop the proposal. Raises ``ChangedError``, ``NotFoundError``."""
    remove(session, PROPOSAL, doing)


def confirm_proposal(session: Session, doing: Doing) -> None:
    """Let the proposal count from now on. ``Doing.version`` is the proposal's number.

    Raises ``SamePersonError`` for the person who proposed it, ``MissingKeyError``, ``ChangedError``, ``NotFoundError``
    where nothing is proposed.
    """
    _require_key(doing)
    proposal = lock_item(session, PROPOSAL, doing)
    if proposal is None or proposal.is_removed:
        raise NotFoundError
    if proposal.changed_by == doing.staff_id:
        raise SamePersonError
    _require_allowed(RuleValues.from_body(proposal.body))
    accepted = next_version(RULES_ITEM, find_newest(session, RULES_ITEM), proposal.body, doing)
    accepted = replace(accepted, changed_by=proposal.changed_by, confirmed_by=doing.staff_id)
    write_version(session, RULES_ITEM.kind, accepted)
    done = next_version(PROPOSAL, proposal, proposal.body, doing)
    write_version(session, PROPOSAL.kind, replace(done, is_removed=True))


def count_effect(session: Session, reader: Reader, values: RuleValues) -> Effect:
    """What ``values`` would do to open cases, from the summaries that the reader's keys open, the most urgent first.

    Answers and facts are those that the worker weighed last; points of facts that are gone by now are left out.
    """
    standing = find_rules(session).values
    columns = (Case.id, Case.summary_box, Case.summary_epoch)
    listed = select(*columns).where(Case.closed_at.is_(None)).order_by(Case.level, Case.due_at).limit(MOST_COUNTED)
    rows = session.execute(listed).all()
    overridden = set(session.scalars(select(UrgencyOverride.case_id).distinct()))
    opened = ((row.id, reader.open_note(row.summary_box, row.summary_epoch, SUMMARY_NOTE, row.id)) for row in rows)
    read = [(case_id, summary) for case_id, one in opened if (summary := _weighable(parse_summary(one)))]
    moves = Counter(
        (assess(*asked, values=standing).level, assess(*asked, values=values).level)
        for case_id, asked in read
        if case_id not in overridden
    )
    moved = {move: count for move, count in sorted(moves.items()) if move[0] is not move[1]}
    total = session.scalar(select(func.count()).where(Case.closed_at.is_(None))) or 0
    return Effect(total, len(read), sum(case_id in overridden for case_id, _ in read), moved)


def _weighable(summary: QueueSummary | None) -> tuple[Answers, MatchFacts] | None:
    codes = {code for code, _ in summary.reasons} if summary else set()
    if summary is None or ReasonCode.UNREADABLE in codes:
        return None
    return summary.answers, MatchFacts(ReasonCode.SAME_CONTENT in codes, ReasonCode.SAME_ACCOUNT in codes)


def _require_key(doing: Doing) -> None:
    if not doing.reader.epochs:
        raise MissingKeyError


def _require_allowed(values: RuleValues) -> None:
    if faults := list_faults(values):
        raise BoundsError(faults[0][0])

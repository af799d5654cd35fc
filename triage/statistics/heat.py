"""Kinds of harm by place, from the sealed summaries of one year, opened with the reader's own key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.models import Case, CaseReport, Report
from casefile.vocabulary import HarmKind, Platform
from triage.queue.facts import Wanted
from triage.queue.pages import Desktop
from triage.statistics.periods import Period

MOST_OPENED = 1000
"""Summaries that one look opens, about a third of a second; the next look goes on."""
MOST_CASES = 20_000
"""The newest cases of a year that are looked at: not more than the process remembers."""

Pair = tuple[HarmKind, Platform]
Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True)
class Opened:
    """Pairs of kind and platform by day, and how far the reading came.

    A report that names several kinds or platforms counts once for each pair. ``read`` of ``wanted`` summaries are
    opened, ``barred`` are of an epoch without a key, ``older`` cases were not looked at.
    """

    pairs: Counter[tuple[date, Pair]]
    read: int
    wanted: int
    barred: int
    older: int

    @property
    def is_whole(self) -> bool:
        """Whether everything that the reader's keys open was opened."""
        return self.read + self.barred == self.wanted


def open_pairs(session: Session, year: Period, desktop: Desktop) -> Opened:
    """What happened where, for the reports of a year; opens at most ``MOST_OPENED`` summaries more."""
    arrived = Report.received_on.between(year.first, year.last)
    joined = select(Report.received_on, Case.id, Case.version, Case.summary_epoch)
    joined = joined.join(CaseReport, CaseReport.report_id == Report.id).join(Case, Case.id == CaseReport.case_id)
    newest = joined.where(arrived).order_by(Report.received_on.desc(), Report.id).limit(MOST_CASES)
    rows = session.execute(newest).all()
    in_all = session.scalar(select(func.count()).select_from(Report).where(arrived)) or 0
    wanted = [Wanted(row.id.bytes, row.version, row.summary_epoch) for row in rows]
    barred = sum(each.epoch not in desktop.reader.epochs for each in wanted)
    facts, unread = desktop.shelf.learn(session, desktop.reader, wanted, MOST_OPENED)
    pairs: Counter[tuple[date, Pair]] = Counter()
    for row in rows:
        if fact := facts.get(row.id.bytes):
            for pair in product(_members(fact.kinds, HarmKind), _members(fact.platforms, Platform)):
                pairs[row.received_on, pair] += 1
    older = in_all - len(rows) if len(rows) == MOST_CASES else 0
    return Opened(pairs, len(wanted) - barred - unread, len(wanted), barred, older)


def _members(bits: int, kind: type[Member]) -> Iterator[Member]:
    """The members whose place in their list is set (``triage.queue.facts``)."""
    return (member for place, member in enumerate(kind) if bits >> place & 1)

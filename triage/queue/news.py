"""What has changed on a page since it was shown: numbers only, so that a page in the background knows no case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from triage.queue.pages import PAGE_SIZE, Desktop, Excerpt, find_cases

MOST_COUNTED = 100
"""Rows above that are counted one by one."""
_MARK = 6


@dataclass(frozen=True)
class News:
    """``above`` rows stand before the last one shown and were not shown; ``gone`` shown ones left the list.

    ``unread`` summaries are still to be opened before a filtered list is whole.
    """

    above: int
    gone: int
    unread: int


def mark_shown(case_ids: list[UUID]) -> bytes:
    """What a page must know again of the cases that it showed: the last bytes of their random ids."""
    return b"".join(case_id.bytes[-_MARK:] for case_id in case_ids)


def read_news(session: Session, excerpt: Excerpt, shown: bytes, desktop: Desktop) -> News:
    """Compare what ``mark_shown`` kept with the list as it is now. Raises ``NotFoundError`` as ``list_queue``."""
    found = find_cases(session, excerpt, desktop, PAGE_SIZE + MOST_COUNTED)
    present = [case_id.bytes[-_MARK:] for case_id in found.under]
    marks = {shown[start : start + _MARK] for start in range(0, len(shown), _MARK)}
    kept = [number for number, mark in enumerate(present) if mark in marks]
    first = kept[0] if kept and excerpt.before is not None else 0
    last = kept[-1] if kept else min(len(present), PAGE_SIZE) - 1
    above = sum(mark not in marks for mark in present[first : last + 1])
    return News(above, len(marks - set(present)), found.unread)

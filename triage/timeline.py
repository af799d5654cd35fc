"""Everything that happened to a case, newest first: its custody log in kinds that can be asked for, page by page.

The log is the only source. It says that there was a message, a note, a task; never what it said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from casefile.vocabulary import CustodyAction
from casefile.wib import WIB, local_date
from triage.clash import LOOKS
from triage.history import PastAct

PAGE_SIZE = 40
_DAY_ONLY = len("2026-11-23")


class ActKind(StrEnum):
    """What an act was about; the value is a word of an address."""

    CASE = "kasus"
    CLOCKS = "tingkat-dan-waktu"
    TASKS = "tugas"
    READING = "bacaan"
    MESSAGES = "percakapan"
    PAPERS = "catatan-tim"
    REPORTER = "pelapor"
    LINKS = "keterkaitan"
    REFERRALS = "rujukan"
    BUNDLES = "berkas"
    OTHER = "lainnya"


_NAMES: dict[CustodyAction, ActKind] = {
    CustodyAction.CLAIMED: ActKind.CASE,
    CustodyAction.RELEASED: ActKind.CASE,
    CustodyAction.HANDED_OVER: ActKind.CASE,
    CustodyAction.HANDOVER_ACCEPTED: ActKind.CASE,
    CustodyAction.LABELLED: ActKind.CASE,
    CustodyAction.UNLABELLED: ActKind.CASE,
    CustodyAction.CLOSED: ActKind.CASE,
    CustodyAction.REOPENED: ActKind.CASE,
    CustodyAction.CLOSING_UNDONE: ActKind.CASE,
    CustodyAction.URGENCY_OVERRIDDEN: ActKind.CLOCKS,
    CustodyAction.KNOWN_DAY_SET: ActKind.CLOCKS,
    CustodyAction.READ: ActKind.READING,
    CustodyAction.READ_FAILED: ActKind.READING,
    CustodyAction.MESSAGES_READ: ActKind.READING,
    CustodyAction.PAPERS_READ: ActKind.READING,
    CustodyAction.REFERRALS_READ: ActKind.READING,
    CustodyAction.REPLIED: ActKind.MESSAGES,
    CustodyAction.REPLY_TAKEN_BACK: ActKind.MESSAGES,
    CustodyAction.CONTACTED: ActKind.MESSAGES,
    CustodyAction.REPORTER_WROTE: ActKind.MESSAGES,
    CustodyAction.RECEIVED: ActKind.REPORTER,
    CustodyAction.REPORTER_ADDED: ActKind.REPORTER,
    CustodyAction.CONSENT_CHANGED: ActKind.REPORTER,
    CustodyAction.WITHDRAWN: ActKind.REPORTER,
    CustodyAction.PURGED: ActKind.REPORTER,
    CustodyAction.MATCHED: ActKind.LINKS,
    CustodyAction.LINKED_EXACT: ActKind.LINKS,
    CustodyAction.RECURRED: ActKind.LINKS,
    CustodyAction.RECURRENCE_SEEN: ActKind.LINKS,
}
_BEGINNINGS: dict[str, ActKind] = {
    "task_": ActKind.TASKS,
    "duty_": ActKind.CLOCKS,
    "takedown_": ActKind.CLOCKS,
    "link_": ActKind.LINKS,
    "bundle_": ActKind.BUNDLES,
    "referral_": ActKind.REFERRALS,
    "paper_": ActKind.PAPERS,
    "erasure_": ActKind.REPORTER,
}


@dataclass(frozen=True)
class Moment:
    """When something was: a day in Jakarta, and a clock time where one is known."""

    day: date
    at: datetime | None


@dataclass(frozen=True)
class TimelineRow:
    """One line. ``times`` counts looks of one person, one after the other on one day, that share it."""

    act: PastAct
    kind: ActKind
    moment: Moment
    times: int = 1


@dataclass(frozen=True)
class TimelinePage:
    """``rows`` newest first. ``kinds`` occur in the whole log; ``older`` is the place where the next page begins."""

    rows: tuple[TimelineRow, ...]
    kinds: tuple[ActKind, ...]
    older: int | None


def kind_of(action: str) -> ActKind:
    """The kind of an act; of one that is not known here, ``OTHER``."""
    named = {member.value: kind for member, kind in _NAMES.items()}
    begun = (kind for beginning, kind in _BEGINNINGS.items() if action.startswith(beginning))
    return named.get(action) or next(begun, ActKind.OTHER)


def read_page(
    chains: Iterable[Sequence[PastAct]], kind: ActKind | None = None, before: int | None = None, size: int = PAGE_SIZE
) -> TimelinePage:
    """One page of the acts on the chains of a case, each newest first as ``triage.history`` gives them.

    ``before`` is the place that an earlier page named; the log only grows, so that places hold still. Acts that stand
    on several chains, because they were about the case, are one line.
    """
    acts = _merge(chains)
    kinds = {kind_of(act.action) for act in acts}
    places = [place for place, act in enumerate(acts) if kind is None or kind_of(act.action) is kind]
    asked = [place for place in reversed(places) if before is None or place < before]
    rows: list[TimelineRow] = []
    last = None
    for place in asked:
        row = TimelineRow(acts[place], kind_of(acts[place].action), _moment(acts[place]))
        if rows and _is_same_look(rows[-1], row):
            rows[-1] = replace(rows[-1], times=rows[-1].times + 1)
        elif len(rows) == size:
            return TimelinePage(tuple(rows), _in_order(kinds), last)
        else:
            rows.append(row)
        last = place
    return TimelinePage(tuple(rows), _in_order(kinds), None)


def _merge(chains: Iterable[Sequence[PastAct]]) -> list[PastAct]:
    """All acts, oldest first. A day without a time never moves an act before one that its chain has earlier."""
    placed: list[tuple[datetime, int, int, PastAct]] = []
    for number, chain in enumerate(chains):
        reached = datetime.min.replace(tzinfo=UTC)
        for act in reversed(chain):
            moment = _moment(act)
            reached = max(reached, moment.at or datetime.combine(moment.day, time(), WIB))
            placed.append((reached, act.number, number, act))
    placed.sort(key=lambda one: one[:3])
    first_on: dict[str, int] = {}
    return [act for _, _, number, act in placed if first_on.setdefault(_told(act, number), number) == number]


def _told(act: PastAct, chain: int) -> str:
    """Equal for the same act on several chains; a reporter's act, which has no time, is always one of its own."""
    own = chain if len(act.at) == _DAY_ONLY else ""
    return repr((act.action, act.actor, act.at, sorted(act.detail.items()), own))


def _moment(act: PastAct) -> Moment:
    value = datetime.fromisoformat(act.at)
    return Moment(value.date(), None) if len(act.at) == _DAY_ONLY else Moment(local_date(value), value)


def _is_same_look(newer: TimelineRow, row: TimelineRow) -> bool:
    one, other = newer.act, row.act
    is_look = one.action in LOOKS and newer.moment.day == row.moment.day
    return is_look and (one.action, one.actor, one.is_fixed) == (other.action, other.actor, other.is_fixed)


def _in_order(kinds: Iterable[ActKind]) -> tuple[ActKind, ...]:
    held = set(kinds)
    return tuple(kind for kind in ActKind if kind in held)

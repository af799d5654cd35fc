"""A second person judges decisions that were drawn, without seeing them; two verdicts that differ go to a supervisor.

A look lapses when its decision is taken back. What the second person says changes no link: only people who then read
both reasons do, on the pair's own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from casefile.contents import DECISION_NOTE
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.models import LinkDecision, Match, SecondLook
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction, LinkState
from triage.casework import Doing
from triage.errors import ChangedError, NotFoundError
from triage.history import list_codes
from triage.links import Choice, DecisionReason, Pair, Viewer, get_pair
from triage.links.choices import STATES
from triage.reader import Reader
from triage.rows import count_changed, read_columns

LOOK_NOTE = "second-look"
MOST_LISTED = 50


@dataclass(frozen=True)
class Judged:
    """A look that is done, with both verdicts. A reason is None where none was given or it does not open."""

    look: SecondLook
    decision: LinkDecision
    first_reason: DecisionReason | None
    second_reason: DecisionReason | None
    codes: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether the two verdicts contradict each other; doubt contradicts nothing."""
        return self.look.verdict is not LinkState.SUGGESTED and self.look.verdict is not self.decision.state


def count_waiting(session: Session, staff_id: UUID) -> int:
    """How many looks wait for this person or any other who did not decide."""
    return read_columns(session, _counting(), {"staff": staff_id}).scalar() or 0


def find_waiting(session: Session, staff_id: UUID) -> UUID | None:
    """The look that has waited longest for somebody other than who decided."""
    return session.scalar(_waiting(staff_id).order_by(SecondLook.asked_at, SecondLook.id).limit(1))


def get_look(session: Session, look_id: UUID, staff_id: UUID) -> SecondLook:
    """A look that this person may do or has done.

    Raises ``NotFoundError`` for who decided and where it lapsed, ``ChangedError`` when another person was first.
    """
    others = select(SecondLook).join(LinkDecision, LinkDecision.id == SecondLook.decision_id)
    look = session.scalar(others.where(SecondLook.id == look_id, LinkDecision.staff_id != staff_id, _stands()))
    if look is None:
        raise NotFoundError
    if look.looked_by not in {None, staff_id}:
        raise ChangedError
    return look


def open_look(session: Session, look: SecondLook, viewer: Viewer) -> Pair:
    """The pair behind a look, A and B in an order that tells nothing. Raises ``NotFoundError``."""
    return get_pair(session, _codes(session, look.match_id), viewer)


def judge(session: Session, look_id: UUID, choice: Choice, reason: DecisionReason, doing: Doing) -> None:
    """Keep the second verdict; the caller commits.

    Raises as ``get_look``, and ``ChangedError`` when the person has said so before.
    """
    begin_write(session)
    look = get_look(session, look_id, doing.staff_id)
    office = doing.office
    free = update(SecondLook).where(SecondLook.id == look_id, SecondLook.looked_at.is_(None))
    written = free.values(
        looked_by=doing.staff_id,
        looked_at=doing.now,
        verdict=STATES[choice],
        reason_box=seal_note(office.office, reason.to_bytes(), LOOK_NOTE, look_id.bytes) if reason else None,
        epoch=office.epoch if reason else None,
    )
    if not count_changed(session, written.execution_options(synchronize_session=False)):
        raise ChangedError
    _log(session, look.match_id, CustodyAction.LINK_CHECKED, doing)


def list_disagreements(session: Session, reader: Reader) -> list[Judged]:
    """Looks whose verdicts differ and that no supervisor has settled, oldest first; at most ``MOST_LISTED``."""
    differ = and_(SecondLook.verdict != LinkState.SUGGESTED, SecondLook.verdict != LinkDecision.state)
    found = (
        select(SecondLook, LinkDecision)
        .join(LinkDecision, LinkDecision.id == SecondLook.decision_id)
        .where(SecondLook.looked_at.is_not(None), SecondLook.settled_at.is_(None), differ, _stands())
    )
    rows = session.execute(found.order_by(SecondLook.looked_at, SecondLook.id).limit(MOST_LISTED))
    return [_open_judged(session, look, decision, reader) for look, decision in rows.all()]


def get_judged(session: Session, look: SecondLook, reader: Reader) -> Judged:
    """A look that is done, with both verdicts."""
    return _open_judged(session, look, session.get_one(LinkDecision, look.decision_id), reader)


def settle(session: Session, look_id: UUID, doing: Doing) -> None:
    """A supervisor has read both; the link stays as it is. The caller commits.

    Raises ``NotFoundError`` where there is no such disagreement, or where the supervisor decided first.
    """
    begin_write(session)
    look = session.scalar(
        select(SecondLook)
        .join(LinkDecision, LinkDecision.id == SecondLook.decision_id)
        .where(SecondLook.id == look_id, SecondLook.looked_at.is_not(None), LinkDecision.staff_id != doing.staff_id)
    )
    if look is None:
        raise NotFoundError
    still = update(SecondLook).where(SecondLook.id == look_id, SecondLook.settled_at.is_(None))
    written = still.values(settled_by=doing.staff_id, settled_at=doing.now)
    if count_changed(session, written.execution_options(synchronize_session=False)):
        _log(session, look.match_id, CustodyAction.LINK_CHECK_SETTLED, doing)


@cache
def _counting() -> Select[tuple[int]]:
    return select(func.count()).select_from(_waiting(bindparam("staff")).subquery())


def _waiting(staff_id: UUID | BindParameter[Any]) -> Select[tuple[UUID]]:
    looks = select(SecondLook.id).join(LinkDecision, LinkDecision.id == SecondLook.decision_id)
    return looks.where(SecondLook.looked_at.is_(None), LinkDecision.staff_id != staff_id, _stands())


def _stands() -> ColumnElement[bool]:
    """Whether the decision of a look was not taken back."""
    undoing = aliased(LinkDecision)
    return ~exists().where(undoing.undoes == SecondLook.decision_id)


def _codes(session: Session, match_id: UUID) -> tuple[str, str]:
    match = session.get_one(Match, match_id)
    found = list_codes(session, (match.low_id, match.high_id))
    if not {match.low_id, match.high_id} <= found.keys():
        raise NotFoundError
    return found[match.low_id], found[match.high_id]


def _open_judged(session: Session, look: SecondLook, decision: LinkDecision, reader: Reader) -> Judged:
    first = _open(reader, decision.reason_box, decision.epoch, DECISION_NOTE, decision.id)
    second = _open(reader, look.reason_box, look.epoch, LOOK_NOTE, look.id)
    return Judged(look, decision, first, second, _codes(session, look.match_id))


def _open(reader: Reader, box: bytes | None, epoch: int | None, kind: str, row_id: UUID) -> DecisionReason | None:
    opened = None if box is None or epoch is None else reader.open_note(box, epoch, kind, row_id)
    return None if opened is None else DecisionReason.from_bytes(opened)


def _log(session: Session, match_id: UUID, action: CustodyAction, doing: Doing) -> None:
    match = session.get_one(Match, match_id)
    detail = {"match": str(match_id), "class": match.match_class.value}
    act = Act(action, staff_actor(doing.staff_id), doing.now, detail)
    for report_id in sorted((match.low_id, match.high_id)):
        append_entry(session, report_id, act)

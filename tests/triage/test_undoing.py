"""Undoing: after it every case is byte for byte what it was, in whatever order people decided and took back."""

from __future__ import annotations

import runpy
import uuid
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from casefile.migrate import SCRIPTS
from casefile.models import LinkDecision, Match
from casefile.vocabulary import CustodyAction, LinkGround, LinkState, MatchClass, StaffRole
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import close, export, join, pair_path, say
from triage.casework import Doing
from triage.errors import ChangedError
from triage.links import Choice, DecisionReason, Verdict, Viewer, decide, list_decisions
from triage.links.deciding import list_rows
from triage.reader import Reader

REASON = DecisionReason((LinkGround.ONE_EVENT,), "Sama sampai jamnya")
EARLIER_UNDOINGS = runpy.run_path(str(SCRIPTS / "versions" / "0009_related.py"))["EARLIER_UNDOINGS"]
DECIDES = (Choice.RELATED, Choice.UNRELATED, Choice.UNSURE)


@pytest.fixture
def rina(desk: DeskRoom) -> Person:
    return desk.seat("rina")


class Couple:
    """Two cases with three matches, one of them linked by rule, and a counsellor who decides without a browser."""

    def __init__(self, desk: DeskRoom) -> None:
        desk.add("rina")
        one, other = desk.report(), desk.report()
        close(desk, other)
        classes = (MatchClass.SAME_PICTURE, MatchClass.DUPLICATE, MatchClass.SAME_FILE)
        self.desk, self.codes = desk, (desk.code(one), desk.code(other))
        self.match_ids = [join(desk, one, other, match_class) for match_class in classes]
        self.engine = desk.workshop.database.engine("triage")
        reader = Reader(desk.staff_id("rina"), {1: desk.workshop.office.epoch})
        self.viewer = Viewer(reader, StaffRole.COUNSELLOR)
        self.doing = Doing(reader, desk.workshop.office.public, desk.clock.now)

    def say(self, choice: Choice) -> bool:
        """Decide on what is there now. Returns whether that was possible."""
        with Session(self.engine) as session:
            seen = len(list_rows(session, self.match_ids))
            session.rollback()
            try:
                decide(session, self.codes, Verdict(choice, REASON, seen), self.viewer, self.doing)
            except ChangedError:
                return False
            session.commit()
        return True

    def export(self) -> bytes:
        """Everything that the cases are."""
        return export(self.desk)


def test_whatever_was_decided_undoing_leads_back_the_same_way(desk: DeskRoom) -> None:
    couple = Couple(desk)
    assert couple.say(Choice.UNDO), "the link by rule"
    first = couple.export()

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.sampled_from([*DECIDES, Choice.UNDO]), min_size=3, max_size=6))
    def lead_back(choices: list[Choice]) -> None:
        past, settled = [first], [False]
        for choice in [*choices, *[Choice.UNDO] * (len(choices) + 1)]:
            may = len(past) > 1 if choice is Choice.UNDO else not settled[-1]
            assert couple.say(choice) is may
            if may and choice is Choice.UNDO:
                past.pop(), settled.pop()
                assert couple.export() == past[-1]
            elif may:
                past.append(couple.export())
                settled.append(choice is not Choice.UNSURE)
        assert couple.export() == first

    lead_back()


def test_undoing_an_exact_link_leaves_an_older_rejection_where_it_was(desk: DeskRoom, rina: Person) -> None:
    one, other = desk.report(), desk.report()
    older = join(desk, one, other, MatchClass.SAME_PICTURE)
    path = pair_path(desk, one, other)
    assert say(rina, path, "tidak", reason="Orang lain") == 303
    desk.clock.advance(minutes=1)
    newer = join(desk, one, other, MatchClass.SAME_FILE)
    for choice in ("batal", "terkait", "batal"):
        assert say(rina, path, choice, reason="Sama") == 303
    with desk.owner() as session:
        states = dict(session.execute(select(Match.id, Match.state)).all())
    assert states == {older: LinkState.REJECTED, newer: LinkState.SUGGESTED}


def test_over_the_web_linked_and_undone_is_what_it_was(desk: DeskRoom, rina: Person) -> None:
    one, other = desk.report(), desk.report()
    join(desk, one, other)
    path = pair_path(desk, one, other)
    rina.get(path)
    before = export(desk)
    assert say(rina, path, "terkait", ground="one_event") == 303
    assert export(desk) != before
    desk.clock.advance(minutes=9)
    assert say(rina, path, "batal") == 303
    assert export(desk) == before
    assert [desk.acts(report)[-2:] for report in (one, other)] == [
        [CustodyAction.LINK_CONFIRMED, CustodyAction.LINK_UNDONE]
    ] * 2


def test_a_clock_that_was_set_back_does_not_turn_decisions_round(desk: DeskRoom) -> None:
    couple = Couple(desk)
    assert couple.say(Choice.UNDO)
    couple.doing = Doing(couple.viewer.reader, couple.doing.office, desk.clock.now.replace(year=2020))
    for choice in (Choice.UNSURE, Choice.RELATED, Choice.UNDO):
        assert couple.say(choice)
    with Session(couple.engine) as session:
        past = list_decisions(session, couple.match_ids, couple.viewer.reader)
    assert [one.choice for one in past] == [Choice.UNDO, Choice.RELATED, Choice.UNSURE, Choice.UNDO, Choice.RELATED]
    assert [one.stands for one in past] == [False, False, True, False, False]


def test_decisions_from_before_there_were_undoings_are_read_as_what_they_were(desk: DeskRoom, rina: Person) -> None:
    one, other = desk.report(), desk.report()
    match_id = join(desk, one, other)
    linked, taken_back = uuid.uuid4(), uuid.uuid4()
    with desk.owner() as session:
        for number, (row_id, state) in enumerate([(linked, LinkState.LINKED), (taken_back, LinkState.SUGGESTED)]):
            at = desk.clock.now.replace(microsecond=number)
            row = LinkDecision(id=row_id, match_id=match_id, state=state, staff_id=desk.staff_id("rina"), decided_at=at)
            session.add(row)
            session.flush()
        session.commit()
        session.execute(text(EARLIER_UNDOINGS))
        session.commit()
        undone: dict[UUID, UUID | None] = dict(session.execute(select(LinkDecision.id, LinkDecision.undoes)).all())
    assert undone == {linked: None, taken_back: linked}
    assert "Dibatalkan" in rina.get(pair_path(desk, one, other)).text

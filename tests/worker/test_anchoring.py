"""Once a day: one anchor over all chains, on both databases, by one worker or several, late where nothing ran."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casefile.anchors import due_days, find_anchored, find_leaves, list_anchors, make_leaf, root_of, statement
from casefile.custody import GENESIS, OFFICE_CHAIN, SYSTEM, Act, append_entry, entry_digest, list_entries
from casefile.database import begin_write
from casefile.merkle import inclusion_proof, is_included, tree_root
from casefile.models import Anchor, AnchorStamp
from casefile.timestamping import check_stamp
from casefile.vocabulary import CustodyAction
from tests.factories import NOON
from tests.tsa import LocalAuthority, make_signer, serve
from tests.worker.conftest import Workshop
from worker.anchoring import Anchoring, make_anchors, stamp_anchors

SUNDAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[LocalAuthority]:
    with serve(make_signer(tmp_path / "tsa")) as local:
        yield local


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, [SUNDAY]),
        (SUNDAY, []),
        (SUNDAY + DAY, []),
        (SUNDAY - DAY, [SUNDAY]),
        (SUNDAY - 3 * DAY, [SUNDAY - 2 * DAY, SUNDAY - DAY, SUNDAY]),
    ],
)
def test_every_day_that_has_ended_in_jakarta_is_due_once(last: date | None, expected: list[date]) -> None:
    assert due_days(last, NOON) == expected
    assert due_days(last, NOON.replace(hour=16, minute=59)) == expected


def test_a_day_begins_in_jakarta_and_a_long_standstill_is_caught_up_a_month_at_most() -> None:
    assert due_days(SUNDAY, NOON.replace(hour=17)) == [SUNDAY + DAY]
    caught_up = due_days(SUNDAY - 400 * DAY, NOON)
    assert (len(caught_up), caught_up[-1]) == (31, SUNDAY)


def test_an_anchor_holds_every_chain_and_the_next_one_only_what_moved(workshop: Workshop) -> None:
    first, second = workshop.report(), workshop.report()
    engine = workshop.runtime.engine
    assert make_anchors(engine, NOON) == 1
    assert make_anchors(engine, NOON + timedelta(hours=1)) == 0
    workshop.run()
    with workshop.owner() as session:
        begin_write(session)
        append_entry(session, first, Act(CustodyAction.READ, SYSTEM, NOON))
        session.commit()
    assert make_anchors(engine, NOON + DAY) == 1
    assert make_anchors(engine, NOON + 2 * DAY) == 1
    with workshop.owner() as session:
        before, after, quiet = list_anchors(session)
        chains = {chain: list_entries(session, chain) for chain in (first, second, OFFICE_CHAIN)}
        assert [entry.body.count('"anchored"') for entry in chains[OFFICE_CHAIN]] == [1, 1, 1]
        assert set(find_anchored(session)) == set(find_leaves(session))
    leaves = sorted(make_leaf(chain, 1, chains[chain][0].digest) for chain in (first, second))
    assert (before.day, before.chains, before.is_late, before.moved) == (SUNDAY, 2, False, b"".join(leaves))
    assert before.root == tree_root(leaves)
    ends = sorted(
        make_leaf(chain, number, chains[chain][number - 1].digest)
        for chain, number in ((first, 3), (second, 2), (OFFICE_CHAIN, 1))
    )
    assert (after.chains, after.root) == (3, tree_root(ends))
    assert (quiet.chains, quiet.moved) == (3, make_leaf(OFFICE_CHAIN, 2, chains[OFFICE_CHAIN][1].digest))
    place = ends.index(make_leaf(second, 2, chains[second][1].digest))
    assert is_included(after.root, ends[place], place, after.chains, inclusion_proof(ends, place))
    assert entry_digest(first, 1, GENESIS, chains[first][0].body) == chains[first][0].digest


def test_days_on_which_nothing_ran_are_made_afterwards_and_say_so(workshop: Workshop) -> None:
    workshop.report()
    make_anchors(workshop.runtime.engine, NOON)
    assert make_anchors(workshop.runtime.engine, NOON + 3 * DAY) == 3
    with workshop.owner() as session:
        anchors = list(list_anchors(session))
        leaves: dict[bytes, bytes] = {}
        for anchor in anchors:
            leaves.update(
                (anchor.moved[at : at + 16], anchor.moved[at : at + 56]) for at in range(0, len(anchor.moved), 56)
            )
            assert root_of(leaves) == anchor.root
    assert [anchor.is_late for anchor in anchors] == [False, True, True, False]
    assert len({anchor.root for anchor in anchors}) == 4


def test_several_workers_make_one_anchor_a_day(workshop: Workshop) -> None:
    workshop.report()
    engines = [workshop.database.engine("worker") for _ in range(4)]
    gate = threading.Barrier(4)

    def make(engine: object) -> int:
        gate.wait(5)
        return make_anchors(engine, NOON)  # type: ignore[arg-type]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(make, engines)) == [0, 0, 0, 1]
    assert workshop.actions(OFFICE_CHAIN) == ["anchored"]


def test_an_office_without_any_entry_has_no_anchor(workshop: Workshop) -> None:
    assert make_anchors(workshop.runtime.engine, NOON) == 0


def test_an_anchor_is_stamped_once_and_later_where_the_authority_was_silent(
    workshop: Workshop, tsa: LocalAuthority, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.report()
    working, tsa.answer = tsa.answer, lambda _: (503, b"")
    anchoring = Anchoring(workshop.runtime.engine, tsa.authority, threading.Event())
    anchoring.look(NOON)
    anchoring.look(NOON)
    assert len(tsa.queries) == 1
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        "the daily anchor has no timestamp yet: the authority answered with status 503"
    ]
    tsa.answer = working
    assert stamp_anchors(workshop.runtime.engine, tsa.authority) == 1
    assert stamp_anchors(workshop.runtime.engine, tsa.authority) == 0
    with workshop.owner() as session:
        anchor, stamp = session.scalars(select(Anchor)).one(), session.scalars(select(AnchorStamp)).one()
        said = statement(anchor.day, anchor.chains, anchor.root)
    assert check_stamp(tsa.signer.roots_pem, said, stamp.token) == stamp.stamped_at
    assert tsa.signer.openssl_verifies(said, stamp.token)
    assert anchor.root not in tsa.queries[-1]


ROW = "(day, made_at, is_late, chains, root, moved)"
CHANGES = [
    "UPDATE anchor SET chains = 9",
    "DELETE FROM anchor",
    "TRUNCATE anchor CASCADE",
    f"INSERT INTO anchor {ROW} SELECT day, made_at, is_late, 9, root, moved FROM anchor",
    f"REPLACE INTO anchor {ROW} SELECT day, made_at, is_late, 9, root, moved FROM anchor",
    "UPDATE anchor_stamp SET token = token",
    "DELETE FROM anchor_stamp",
    "TRUNCATE anchor_stamp",
    "REPLACE INTO anchor_stamp SELECT * FROM anchor_stamp",
]


@pytest.mark.parametrize("process", ["intake", "worker", "triage", "owner"])
def test_no_process_changes_or_removes_an_anchor_nor_does_its_owner_by_a_plain_statement(
    workshop: Workshop, tsa: LocalAuthority, process: str
) -> None:
    workshop.report()
    make_anchors(workshop.runtime.engine, NOON)
    stamp_anchors(workshop.runtime.engine, tsa.authority)
    engine = workshop.database.engine(process)
    for change in CHANGES:
        with Session(engine) as session, pytest.raises(DBAPIError):
            session.connection().exec_driver_sql(change)
    with workshop.owner() as session:
        assert session.scalars(select(Anchor.chains)).all() == [1]

"""The columns find every near value and no other, through additions and removals."""

from __future__ import annotations

import uuid
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.matching.columns import PdqColumns

VALUES = st.binary(min_size=32, max_size=32)


def bits_apart(first: bytes, second: bytes) -> int:
    return (int.from_bytes(first) ^ int.from_bytes(second)).bit_count()


def flip(value: bytes, bits: set[int]) -> bytes:
    number = int.from_bytes(value)
    for bit in bits:
        number ^= 1 << bit
    return number.to_bytes(32)


@settings(deadline=None)
@given(VALUES, st.lists(st.sets(st.integers(0, 255), max_size=60), max_size=20), st.data())
def test_a_scan_agrees_with_counting_bit_by_bit(value: bytes, changes: list[set[int]], data: st.DataObject) -> None:
    columns, kept = PdqColumns(), {}
    for number, bits in enumerate(changes, start=1):
        report = uuid.uuid4()
        kept[report] = (number, flip(value, bits))
        columns.add(report, *kept[report])
    for report in data.draw(st.sets(st.sampled_from(sorted(kept)))) if kept else ():
        columns.remove(report)
        del kept[report]
    assert len(columns) == len(kept)
    expected = {
        (report, number, bits_apart(value, other))
        for report, (number, other) in kept.items()
        if bits_apart(value, other) <= 31
    }
    assert set(columns.near(value, 31)) == expected


def test_room_grows_and_removal_takes_all_rows_of_a_report_and_no_others() -> None:
    columns, value = PdqColumns(), bytes(32)
    reports = [UUID(int=n) for n in range(600)]
    for report in reports:
        for number in range(1, 6):
            columns.add(report, number, value)
    for report in reports[::2]:
        columns.remove(report)
    columns.remove(UUID(int=10_000))
    found = list(columns.near(value, 0))
    assert len(found) == len(columns) == 300 * 5
    assert {report for report, _, _ in found} == set(reports[1::2])
    for report in reports[1::2]:
        columns.remove(report)
    assert list(columns.near(value, 256)) == []


def test_what_was_removed_is_overwritten_in_memory() -> None:
    columns = PdqColumns()
    columns.add(UUID(int=1), 1, b"\xff" * 32)
    columns.remove(UUID(int=1))
    assert not columns._columns.any()

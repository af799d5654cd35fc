"""A report is found by each of its tags while it is held, and leaves nothing behind."""

from __future__ import annotations

import uuid

from casefile.vocabulary import IdentifierKind
from worker.matching import Tag
from worker.matching.reports import HeldReports

FIRST, SECOND, THIRD = (uuid.UUID(int=number << 64 | number) for number in (1, 2, 3))
PHONE, URL = (Tag(kind, b"0123456789abcdef") for kind in (IdentifierKind.PHONE, IdentifierKind.URL))
OTHER = Tag(IdentifierKind.PHONE, b"0123456789abcdeF")


def test_reports_are_found_by_kind_and_value_of_a_tag_in_the_order_in_which_they_were_added() -> None:
    reports = HeldReports()
    reports.add(SECOND, 7, 2, {PHONE, URL})
    reports.add(FIRST, 8, 2, {OTHER})
    reports.add(THIRD, 9, 5, {PHONE})
    assert [reports.with_tag(tag) for tag in (PHONE, URL, OTHER)] == [[SECOND, THIRD], [SECOND], [FIRST]]
    assert sorted((THIRD, FIRST, SECOND), key=reports.number) == [SECOND, FIRST, THIRD]
    assert [reports.remove(report) for report in (THIRD, FIRST, SECOND)] == [range(2, 5), range(2, 2), range(2)]


def test_a_removed_report_is_overwritten_and_may_come_back() -> None:
    reports = HeldReports()
    for number, report in enumerate((FIRST, SECOND)):
        reports.add(report, number, number + 1, {PHONE})
    assert reports.remove(FIRST) == range(1)
    assert reports.remove(FIRST) == range(0)
    assert (len(reports), FIRST in reports, SECOND in reports) == (1, False, True)
    assert reports.with_tag(PHONE) == [SECOND]
    kept = bytes(reports._ids) + reports._tags.table._bits.tobytes()
    assert kept.count(FIRST.bytes) == 0
    assert kept.count(PHONE.value) == 1
    reports.add(FIRST, 5, 4, {URL})
    assert (reports.with_tag(PHONE), reports.with_tag(URL)) == ([SECOND], [FIRST])
    assert reports.remove(FIRST) == range(2, 4)


def test_what_was_overwritten_is_no_tag() -> None:
    reports = HeldReports()
    reports.add(FIRST, 1, 0, {PHONE})
    reports.remove(FIRST)
    assert all(reports.with_tag(Tag(kind, bytes(16))) == [] for kind in IdentifierKind)

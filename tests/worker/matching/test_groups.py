"""A content group is one however its pictures come and go."""

from __future__ import annotations

import uuid

import pytest

from worker.matching.groups import ContentGroups, name_of_first

FIRST, SECOND, THIRD = (uuid.UUID(int=number) for number in (1, 2, 3))
NAME = name_of_first(FIRST, 1)


def test_later_pictures_belong_to_the_group_that_the_first_one_began() -> None:
    groups = ContentGroups()
    begun = groups.take(NAME, FIRST, 1)
    assert groups.take(name_of_first(FIRST, 2), FIRST, 2) != begun
    assert groups.take(NAME, SECOND, 1) == begun
    assert groups.name(begun) == NAME


def test_a_group_is_one_though_its_first_picture_is_read_last() -> None:
    groups = ContentGroups()
    early = groups.take(NAME, SECOND, 1)
    assert groups.take(NAME, THIRD, 2) == early
    assert groups.take(NAME, FIRST, 1) == early


def test_a_report_that_was_taken_up_before_comes_back_to_its_group() -> None:
    groups = ContentGroups()
    begun = groups.take(NAME, FIRST, 1)
    groups.join(begun, is_compared=True)
    groups.leave(begun, is_compared=True)
    assert groups.take(NAME, FIRST, 1) == begun


@pytest.mark.parametrize("is_compared", [True, False])
def test_a_group_is_lost_while_only_pictures_that_are_not_compared_are_left(is_compared: bool) -> None:
    groups = ContentGroups()
    group = groups.take(NAME, FIRST, 1)
    groups.join(group, is_compared=True)
    groups.join(group, is_compared=is_compared)
    groups.leave(group, is_compared=True)
    assert groups.is_lost(group) is not is_compared
    assert groups.compared(group) == is_compared


def test_thousands_of_groups_are_told_apart() -> None:
    groups = ContentGroups()
    reports = [uuid.UUID(int=number) for number in range(9000)]
    numbers = [groups.take(name_of_first(report, 1), report, 1) for report in reports]
    assert numbers == list(range(9000))
    assert [groups.take(name_of_first(report, 1), THIRD, 1) for report in reports[::500]] == numbers[::500]

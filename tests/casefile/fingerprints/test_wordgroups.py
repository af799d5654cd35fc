"""Keyed groups of three words: those of a line, and two with the word below or above the gap between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.fingerprints.textlines import Box
from casefile.fingerprints.wordgroups import MOST_GROUPS, ReadLine, WordKey
from tests.casefile.fingerprints.pages import LETTER_WIDTH, read_lines

KEY = WordKey(b"k" * 32)


def test_words_of_a_line_that_follow_one_another_are_a_group_once_in_the_order_of_their_bytes() -> None:
    found = KEY.groups(read_lines("satu dua tiga empat satu dua tiga"))
    one_by_one = (KEY.groups(read_lines(three)) for three in ("satu dua tiga", "dua tiga empat", "tiga empat satu"))
    assert set(found) >= {group for groups in one_by_one for group in groups}
    assert list(found) == sorted(set(found))
    assert len(found) == 4
    assert {len(group) for group in found} == {6}


def test_two_words_are_no_group_nor_is_a_line_with_the_beginning_of_the_next() -> None:
    assert KEY.groups(read_lines("satu dua")) == ()
    assert KEY.groups(read_lines("          satu dua", "tiga")) == ()
    assert KEY.groups([]) == ()


def test_a_wall_of_one_word_or_of_two_has_no_group() -> None:
    assert KEY.groups(read_lines(*["sayang sayang sayang sayang"] * 6)) == ()
    assert KEY.groups(read_lines("maaf ya maaf ya", "ya maaf ya maaf", "maaf ya maaf ya")) == ()
    assert len(KEY.groups(read_lines("maaf ya kak maaf"))) == 2


def test_three_words_below_one_another_are_a_group() -> None:
    found = KEY.groups(read_lines("satu", "dua", "tiga"))
    assert len(found) == 1
    assert KEY.groups(read_lines("satu", "", "dua", "tiga")) == found
    assert KEY.groups(read_lines("satu", "     lain", "dua", "tiga")) == found
    assert KEY.groups(read_lines("  satu", "dua tiga", " empat"))
    assert KEY.groups(read_lines("satu", "dua", "    tiga")) == ()
    assert KEY.groups(read_lines("satu", "     dua", "     tiga")) == ()
    assert len(KEY.groups(read_lines("perjalanan", "     dua", "     tiga"))) == 1
    for others in (("satu dua tiga",), (" satu", "dua tiga"), ("satu dua", "   tiga")):
        assert set(KEY.groups(read_lines(*others))).isdisjoint(found)


def test_two_words_and_the_one_below_or_above_the_gap_between_them_are_a_group() -> None:
    below = KEY.groups(read_lines("satu dua", "   tiga"))
    above = KEY.groups(read_lines("   tiga", "satu dua"))
    in_a_line = KEY.groups(read_lines("satu dua tiga"))
    assert len(below) == len(above) == 1
    assert len({*below, *above, *in_a_line}) == 3


@pytest.mark.parametrize(
    ("second", "number"),
    [("dia", 0), ("tiga", 1), (" tiga", 1), ("     tiga", 1), ("      tiga", 0)],
    ids=["ends before the gap", "just before it", "under it", "begins just after it", "after it"],
)
def test_only_a_word_at_the_gap_counts(second: str, number: int) -> None:
    assert len(KEY.groups(read_lines("satu dua", second))) == number


def test_of_the_lines_within_reach_the_nearest_that_has_a_word_there_counts() -> None:
    groups = set(KEY.groups(read_lines("satu dua", "   tiga", "   empat")))
    assert groups > set(KEY.groups(read_lines("satu dua", "   tiga")))
    assert groups.isdisjoint(KEY.groups(read_lines("satu dua", "   empat")))
    first, beside, third, fourth = read_lines("satu dua", "         jauh", "   tiga", "   empat")
    found = KEY.groups([first, third])
    assert len(found) == 1
    assert KEY.groups([first, beside, third]) == found
    assert KEY.groups([first, fourth]) == ()
    assert KEY.groups(read_lines("   tiga", "", "", "satu dua")) == ()
    groups = set(KEY.groups(read_lines("   tiga", "   empat", "satu dua")))
    assert groups > set(KEY.groups(read_lines("   empat", "satu dua")))
    assert groups.isdisjoint(KEY.groups(read_lines("   tiga", "satu dua")))


def test_groups_do_not_depend_on_size_or_place() -> None:
    lines = read_lines("satu dua tiga empat", "  lima enam tujuh", "delapan sembilan")
    moved = [
        ReadLine(
            Box(*(3 * side + 50 for side in line.box)),
            [word._replace(left=3 * word.left + 50, right=3 * word.right + 50) for word in line.words],
        )
        for line in lines
    ]
    assert KEY.groups(moved) == KEY.groups(lines)


texts = st.lists(st.sampled_from(("aku", "kamu", "dia", "kita", "mereka", "pulang", "besok", "kemarin")), max_size=6)


@given(st.lists(texts.map(" ".join), max_size=8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 12))
def test_what_a_cut_leaves_has_no_group_that_the_whole_has_not(rows: list[str], top: int, end: int, left: int) -> None:
    whole = read_lines(*rows)
    groups = set(KEY.groups(whole))
    assert groups >= set(KEY.groups(whole[top:end]))
    for line in whole:
        kept = [word for word in line.words if word.left >= left * LETTER_WIDTH]
        assert groups >= set(KEY.groups([ReadLine(line.box, kept)]))


def test_of_a_long_page_those_groups_are_kept_that_any_part_of_it_would_keep() -> None:
    rows = [" ".join(f"kata{10 * row + column}" for column in range(10)) for row in range(60)]
    whole, half = KEY.groups(read_lines(*rows)), KEY.groups(read_lines(*rows[:3]))
    assert len(whole) == MOST_GROUPS
    assert len(half) < MOST_GROUPS
    assert {group for group in half if group <= whole[-1]} <= set(whole)


def test_another_secret_makes_other_groups() -> None:
    lines = read_lines("satu dua tiga")
    assert set(KEY.groups(lines)).isdisjoint(WordKey(b"l" * 32).groups(lines))
    assert b"k" * 32 not in repr(KEY).encode()

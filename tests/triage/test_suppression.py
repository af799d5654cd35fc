"""Nobody who knows a table, its totals and the bounds of what is hidden can work out a hidden number."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from triage.statistics.periods import Period, Span, rows_of, weeks, year_tree
from triage.statistics.suppression import (
    COVERED,
    SMALL,
    Cell,
    Number,
    Rule,
    bounds,
    protect,
    protect_at_any_price,
    table_of_sums,
)

OFFICE = Rule(5)
SENSITIVE = Rule(5, hides_zero=True)
PUBLIC = Rule(10, hides_zero=True)
RULES = st.sampled_from([OFFICE, SENSITIVE, PUBLIC, Rule(10)])
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))
ROWS, COLUMNS = ("a", "b", "c", "d"), ("x", "y", "z")
TREES: list[dict[Hashable, Hashable | None]] = [
    {"all": None, "a": "all", "b": "all", "c": "all"},
    {"all": None, "left": "all", "right": "all", "a": "left", "b": "left", "c": "right", "d": "right"},
    {"all": None, "left": "all", "a": "left", "b": "left", "c": "all"},
    {"a": None},
]

Told = Mapping[Hashable, Cell]


@st.composite
def tables(draw: st.DrawFn) -> list[Number]:
    """A random table: flat or with sums of sums, with one column or several."""
    columns = COLUMNS[: draw(st.integers(1, 3))]
    counts = {(row, column): draw(COUNTS) for row, column in product(ROWS, columns)}
    return table_of_sums(draw(st.sampled_from(TREES)), counts, columns)


def attack(numbers: Sequence[Number], told: Told, rule: Rule) -> dict[Hashable, tuple[int, int]]:
    """The least and the greatest number that each hidden one can be: linear programmes over all that is known.

    The sums make a network, whose matrix is totally unimodular: the ends that are found are whole numbers.
    """
    nodes = {node: place for place, node in enumerate({end for n in numbers for end in (n.tail, n.head)})}
    sums = np.zeros((len(nodes), len(numbers)))
    for place, number in enumerate(numbers):
        sums[nodes[number.tail], place] -= 1
        sums[nodes[number.head], place] += 1
    limits = [bounds(told[number.name], rule) for number in numbers]
    found = {}
    for place, number in enumerate(numbers):
        if told[number.name].value is not None:
            continue
        aim = np.zeros(len(numbers))
        aim[place] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=sums, b_eq=np.zeros(len(nodes)), bounds=limits)
            assert solved.status in {0, 3}
            ends.append(10**6 if solved.status == 3 else round(sign * solved.fun))
        found[number.name] = (ends[0], ends[1])
    return found


@settings(max_examples=60, deadline=None)
@given(tables(), RULES)
def test_no_hidden_number_can_be_pinned_to_one_value(numbers: list[Number], rule: Rule) -> None:
    told = protect(numbers, rule)
    if told is None:
        return
    assert all(low < high for low, high in attack(numbers, told, rule).values())


@settings(max_examples=200, deadline=None)
@given(tables(), RULES)
def test_what_is_shown_is_right_and_what_is_small_is_hidden(numbers: list[Number], rule: Rule) -> None:
    told = protect(numbers, rule)
    for number in numbers if told is not None else ():
        cell = told[number.name]
        assert cell.value in {None, number.value}
        if rule.least <= number.value < rule.threshold:
            assert cell == SMALL
        else:
            assert cell in (COVERED, Cell(number.value))
        assert number.value >= rule.threshold or cell != COVERED


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.integers(0, 4)] * 4), st.booleans())
def test_the_cycles_agree_with_trying_every_table(counts: tuple[int, ...], hides_zero: bool) -> None:
    """Of two by two, all tables that look the same are listed: each hidden number must differ between some two."""
    rows, columns, rule = ("a", "b"), ("x", "y"), Rule(3, hides_zero)
    tree: dict[Hashable, Hashable | None] = {"all": None, "a": "all", "b": "all"}
    told = protect(table_of_sums(tree, dict(zip(product(rows, columns), counts, strict=True)), columns), rule)
    if told is None:
        return
    seen: dict[Hashable, set[int]] = {}
    for other in product(range(7), repeat=4):
        twin = table_of_sums(tree, dict(zip(product(rows, columns), other, strict=True)), columns)
        if all(_fits(number.value, told[number.name], rule) for number in twin):
            for number in twin:
                seen.setdefault(number.name, set()).add(number.value)
    assert all(len(values) > 1 for name, values in seen.items() if told[name].value is None)


def _fits(value: int, cell: Cell, rule: Rule) -> bool:
    least, most = bounds(cell, rule)
    return least <= value and (most is None or value <= most)


def test_hiding_small_numbers_alone_would_not_do() -> None:
    """The attack bites: without the further numbers, the only small one of a row is the total less the others."""
    counts = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}
    tree: dict[Hashable, Hashable | None] = {"all": None, "a": "all", "b": "all"}
    numbers = table_of_sums(tree, counts, ("x", "y"))
    naive = {number.name: SMALL if number.name == ("a", "x") else Cell(number.value) for number in numbers}
    assert attack(numbers, naive, OFFICE) == {("a", "x"): (3, 3)}
    told = protect(numbers, OFFICE)
    assert told is not None
    hidden = {name for name, cell in told.items() if cell.value is None}
    assert hidden == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert told["all", None] == Cell(93)


def test_nought_is_hidden_where_nothing_else_protects() -> None:
    """Four parts of at least one in a sum of at most four are one each, whatever is hidden beside them."""
    tree: dict[Hashable, Hashable | None] = {"all": None, "month": "all", "rest": "all"}
    tree |= dict.fromkeys(("a", "b", "c", "d", "e"), "month")
    counts = {(week, "x"): 1 for week in "abcd"} | {("rest", "x"): 20}
    numbers = table_of_sums(tree, counts, ("x",))
    assert protect(numbers, OFFICE) is None
    told = protect_at_any_price(numbers, OFFICE)
    assert told is not None
    assert told["e", "x"] == told["a", "x"] == SMALL
    assert all(low < high for low, high in attack(numbers, told, SENSITIVE).values())


def test_a_month_cannot_be_worked_out_from_its_quarter() -> None:
    """What a table of the quarter shows is hidden with the same numbers as the tables of its months."""
    month = Period.month(2026, 2)
    counts = {(Period.month(2026, 1), "x"): 9, (month, "x"): 2, (Period.month(2026, 3), "x"): 8}
    told = protect(table_of_sums(year_tree(2026, Period.year(2026), by_week=False), counts, ("x",)), OFFICE)
    assert told is not None
    others = [told[Period.month(2026, number), "x"] for number in (1, 3)]
    assert told[month, "x"] == SMALL
    assert COVERED in [*others, told[Period.quarter(2026, 1), "x"]]


def test_tables_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        protect([Number("part", "all", "each", 4), Number("sum", "each", "all", 5)], OFFICE)
    with pytest.raises(ValueError, match="nought"):
        protect([Number("part", "all", "each", -1), Number("sum", "each", "all", -1)], OFFICE)


def test_weeks_and_months_make_up_the_year() -> None:
    for year in (2024, 2026):
        tree = year_tree(year, Period.year(year), by_week=True)
        inner = set(tree.values())
        leaves = sorted(row for row in tree if isinstance(row, Period) and row not in inner)
        assert leaves[0].first == Period.year(year).first
        assert leaves[-1].last == Period.year(year).last
        assert all(before.last.toordinal() + 1 == after.first.toordinal() for before, after in pairwise(leaves))
        assert all(leaf.first.month == leaf.last.month for leaf in leaves)
        assert all(
            parent.has(row) for row, parent in tree.items() if isinstance(parent, Period) and isinstance(row, Period)
        )
    assert len(weeks(Period.month(2026, 2))) == 5
    assert len(rows_of(Period.year(2026), by_week=True)) == 12
    for part in ("tahun", "jan-sep", "t1", "t4", "1", "12"):
        assert Period.parse(2026, part).part == part
    for part in ("", "t5", "t0", "13", "0", "x"):
        with pytest.raises(ValueError, match=r"."):
            Period.parse(2026, part)
    assert Period.nine_months(2026).span is Span.NINE_MONTHS


def test_what_lies_outside_the_days_that_are_known_is_no_part_of_the_year() -> None:
    """Otherwise hiding that there was nothing next month would hide everything of this one."""
    known = Period(date(2026, 10, 1), date(2026, 11, 10), Span.YEAR)
    tree = year_tree(2026, known, by_week=True)
    assert Period.nine_months(2026) not in tree
    assert Period.month(2026, 12) not in tree
    assert Period.quarter(2026, 4) in tree
    assert sum(1 for row in tree if isinstance(row, Period) and row.span is Span.WEEK) == 5 + 3
    assert year_tree(2025, known, by_week=True) == {}

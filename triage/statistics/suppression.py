"""Hiding small numbers in tables of sums so that none can be worked out from what stays.

A number below the threshold is hidden, and with it as many larger ones as it takes until nobody who knows all that is
shown, and within which bounds each hidden number lies, can narrow a hidden one down to a single value.

A table with totals is a circulation: every number flows along an arc, and what goes into a sum comes out as the sum.
A hidden number can be another one exactly where a cycle leads through its arc along which others can change as well
(D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing 17(3), 1988). So the
test is exact, also for whole numbers; what is hidden besides is found as the cheapest such cycle (after J. P. Kelly,
B. L. Golden and A. A. Assad, "Cell suppression: disclosure protection for sensitive tabular data", Networks 22, 1992).
Which further numbers are hidden is a good choice, not always the smallest.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

INTERNAL = 5
"""Numbers below are hidden in the office's own tables."""
PUBLISHED = 10
"""Numbers below are hidden in what leaves the office."""

_OUTSIDE = "outside"
_WEIGHT_OF_TOTALS = 100
"""Other tables show the same totals, so that they are the last to be hidden for another number's sake."""


@dataclass(frozen=True)
class Rule:
    """From which number on a table tells; ``hides_zero`` where also nobody is told of."""

    threshold: int
    hides_zero: bool = False

    @property
    def least(self) -> int:
        """The least number that a small hidden one can be."""
        return 0 if self.hides_zero else 1

    def is_small(self, value: int) -> bool:
        """Whether the number is hidden for its own sake."""
        return self.least <= value < self.threshold


@dataclass(frozen=True)
class Number:
    """One number of a table, as an arc: part of all sums at ``tail`` on one side and at ``head`` on the other.

    ``weight`` is how much rather another number of the same size is hidden.
    """

    name: Hashable
    tail: Hashable
    head: Hashable
    value: int
    weight: int = 1


@dataclass(frozen=True)
class Cell:
    """What may be told of a number: itself, or None with whether that is because it is small."""

    value: int | None
    is_small: bool = False


SMALL = Cell(None, is_small=True)
COVERED = Cell(None)
"""A number from the threshold on, hidden to protect another."""


def protect(numbers: Sequence[Number], rule: Rule) -> dict[Hashable, Cell] | None:
    """What may be told of each number, by name; None where nothing may be, so that the table is not shown.

    Raises ``ValueError`` for numbers below nought, and where they do not add up at some node.
    """
    _check_sums(numbers)
    network = _Network(numbers, rule)
    for place, number in enumerate(numbers):
        if rule.is_small(number.value) and not network.cover(place):
            return None
    return {number.name: network.tell(place) for place, number in enumerate(numbers)}


def protect_at_any_price(numbers: Sequence[Number], rule: Rule) -> dict[Hashable, Cell] | None:
    """The same, but nought is hidden too where nothing else helps: four weeks of at least one in a month of at most
    four, all of them small, are four weeks of one.
    """
    return protect(numbers, rule) or protect(numbers, Rule(rule.threshold, hides_zero=True))


def bounds(cell: Cell, rule: Rule) -> tuple[int, int | None]:
    """Between which numbers whoever sees the table knows a cell's to lie; None is without end."""
    if cell.value is not None:
        return cell.value, cell.value
    return (rule.least, rule.threshold - 1) if cell.is_small else (rule.threshold, None)


class _Network:
    """The arcs with what is hidden so far, and which of them are known to lie on a cycle."""

    def __init__(self, numbers: Sequence[Number], rule: Rule) -> None:
        self._numbers, self._rule = numbers, rule
        self._hidden = {place for place, number in enumerate(numbers) if rule.is_small(number.value)}
        self._safe: set[int] = set()
        self._touching: dict[Hashable, list[int]] = {}
        for place, number in enumerate(numbers):
            for node in (number.tail, number.head):
                self._touching.setdefault(node, []).append(place)

    def tell(self, place: int) -> Cell:
        if place not in self._hidden:
            return Cell(self._numbers[place].value)
        return SMALL if self._rule.is_small(self._numbers[place].value) else COVERED

    def cover(self, place: int) -> bool:
        """Hide what it takes for the arc to lie on a cycle; False where nothing suffices."""
        if place in self._safe:
            return True
        number = self._numbers[place]
        found = []
        if self._can_grow(number.value):
            found.append(self._find_way(number.head, number.tail, place))
        if self._can_shrink(number.value):
            found.append(self._find_way(number.tail, number.head, place))
        ways = [way for way in found if way is not None]
        if not ways:
            return False
        _, cycle = min(ways)
        self._hidden.update(cycle)
        self._safe.update(cycle, {place})
        return True

    def _can_grow(self, value: int) -> bool:
        return not self._rule.is_small(value) or value < self._rule.threshold - 1

    def _can_shrink(self, value: int) -> bool:
        return value > (self._rule.least if self._rule.is_small(value) else self._rule.threshold)

    def _steps(self, node: Hashable, barred: int) -> Iterator[tuple[Hashable, int, int]]:
        """Where one can go from ``node``: the next node, the arc, and what hiding it would cost."""
        for place in self._touching[node]:
            number = self._numbers[place]
            is_hidden = place in self._hidden
            if place == barred or not (is_hidden or number.value >= self._rule.threshold):
                continue
            price = 0 if is_hidden else number.value * number.weight
            if number.tail == node and self._can_grow(number.value):
                yield number.head, place, price
            if number.head == node and self._can_shrink(number.value):
                yield number.tail, place, price

    def _find_way(self, start: Hashable, goal: Hashable, barred: int) -> tuple[int, list[int]] | None:
        """The cheapest way (Dijkstra) and its price, without the arc ``barred``."""
        waiting: list[tuple[int, int, Hashable, tuple[int, ...]]] = [(0, 0, start, ())]
        done: set[Hashable] = set()
        tick = 0
        while waiting:
            price, _, node, way = heapq.heappop(waiting)
            if node == goal:
                return price, list(way)
            if node in done:
                continue
            done.add(node)
            for following, place, more in self._steps(node, barred):
                if following not in done:
                    tick += 1
                    heapq.heappush(waiting, (price + more, tick, following, (*way, place)))
        return None


def _check_sums(numbers: Sequence[Number]) -> None:
    over: dict[Hashable, int] = {}
    for number in numbers:
        if number.value < 0:
            raise ValueError("a count below nought")
        over[number.tail] = over.get(number.tail, 0) - number.value
        over[number.head] = over.get(number.head, 0) + number.value
    if any(over.values()):
        raise ValueError("the table does not add up")


def table_of_sums(
    parents: Mapping[Hashable, Hashable | None],
    counts: Mapping[tuple[Hashable, Hashable], int],
    columns: Sequence[Hashable],
) -> list[Number]:
    """The numbers of a table whose rows are the nodes of a tree, each the sum of those below it, with row totals.

    ``parents`` names for each row the row that it is part of, None for the one that is all; ``counts`` holds the
    rows without rows below, by row and column. Names are ``(row, column)``, totals ``(row, None)``. With one column
    there are no totals beside it.
    """
    inner = {parent for parent in parents.values() if parent is not None}
    leaves = [row for row in parents if row not in inner]
    sums = {(row, column): 0 for row in parents for column in columns}
    for leaf in leaves:
        above: Hashable | None = leaf
        while above is not None:
            for column in columns:
                sums[above, column] += counts.get((leaf, column), 0)
            above = parents[above]
    has_totals = len(columns) > 1
    numbers = []
    for row, parent in parents.items():
        for column in columns:
            tail = ("in", column, row) if row in inner else ("row", row) if has_totals else _OUTSIDE
            head = _OUTSIDE if parent is None else ("in", column, parent)
            numbers.append(Number((row, column), tail, head, sums[row, column]))
        if has_totals:
            total = sum(sums[row, column] for column in columns)
            start = _OUTSIDE if parent is None else ("row", parent)
            numbers.append(Number((row, None), start, ("row", row), total, _WEIGHT_OF_TOTALS))
    return numbers

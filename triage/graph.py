"""A group as a small drawing: cases as numbered circles round about, what they share as lettered boxes within.

Deterministic, styled by class alone (the page's rules allow no inline style), readable at 360 px: a circle holds a
number and the table beside the drawing says which case that is. Nothing in it names a case, a person or an account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from casefile.vocabulary import CaseStatus
from triage.bonds import Bond
from triage.groups import Cluster, Group, Tie

MOST_DRAWN = 30
"""Cases in a drawing; further ones are in the table."""
MOST_BOXES = 5
LEAST_SHARED = 3
"""Cases from which a cluster has a box of its own; two are joined by a line."""

SIZE = 340
_MIDDLE = SIZE / 2
_OUTER, _INNER = 148.0, 66.0
_RADIUS, _WIDTH, _HEIGHT = 12.0, 82.0, 22.0


@dataclass(frozen=True)
class Words:
    """What the drawing says to whoever cannot see it: its title and description; ``boxes`` name each cluster."""

    title: str
    description: str
    boxes: dict[tuple[Bond, str], str]


@dataclass(frozen=True)
class Placed:
    """Where everything stands: case ids and clusters with their x and y, and ties drawn as plain lines."""

    cases: dict[UUID, tuple[float, float]]
    boxes: tuple[tuple[Cluster, tuple[float, float]], ...]
    lines: tuple[Tie, ...]


def place(group: Group) -> Placed:
    """The layout: cases on a circle, the first on top and those of one cluster side by side; boxes on a smaller one."""
    first, *others = (member.case_id for member in group.members[:MOST_DRAWN])
    drawn = [first, *sorted(others, key=lambda case_id: [case_id not in cluster.members for cluster in group.clusters])]
    cases = dict(zip(drawn, _round(len(drawn), _OUTER), strict=True))
    clusters = [cluster for cluster in group.clusters if len(_drawn(cluster, cases)) >= LEAST_SHARED][:MOST_BOXES]
    middle = {cluster: _mean_place(_drawn(cluster, cases), drawn) for cluster in clusters}
    ordered = sorted(clusters, key=lambda cluster: (middle[cluster], cluster.bond, cluster.letter))
    spots = [(_MIDDLE, _MIDDLE)] if len(ordered) == 1 else _round(len(ordered), _INNER)
    covered = {(cluster.bond, member) for cluster in ordered for member in cluster.members}
    lines = tuple(
        tie
        for tie in group.ties
        if all(end in cases for end in tie.ends) and not all((tie.bond, end) in covered for end in tie.ends)
    )
    return Placed(cases, tuple(zip(ordered, spots, strict=True)), lines)


def draw(group: Group, words: Words) -> str:
    """The drawing as SVG text, ready to stand in a page."""
    placed = place(group)
    root = Element("svg", {"class": "graph", "role": "img", "viewBox": f"0 0 {SIZE} {SIZE}"})
    root.set("aria-labelledby", "graph-title graph-text")
    SubElement(root, "title", {"id": "graph-title"}).text = words.title
    SubElement(root, "desc", {"id": "graph-text"}).text = words.description
    for tie in placed.lines:
        _line(root, placed.cases[tie.ends[0]], placed.cases[tie.ends[1]], is_linked=tie.is_linked)
    for cluster, spot in placed.boxes:
        for case_id in _drawn(cluster, placed.cases):
            _line(root, spot, placed.cases[case_id], is_linked=cluster.is_linked)
    for cluster, spot in placed.boxes:
        _box(root, spot, words.boxes[cluster.bond, cluster.letter])
    for number, member in enumerate(group.members[:MOST_DRAWN], start=1):
        kinds = "node own" if number == 1 else "node done" if member.status is CaseStatus.CLOSED else "node"
        _circle(root, placed.cases[member.case_id], str(number), kinds)
    return tostring(root, encoding="unicode")


def _round(count: int, radius: float) -> list[tuple[float, float]]:
    angles = (2 * pi * number / max(1, count) for number in range(count))
    return [(round(_MIDDLE + radius * sin(angle), 1), round(_MIDDLE - radius * cos(angle), 1)) for angle in angles]


def _drawn(cluster: Cluster, cases: dict[UUID, tuple[float, float]]) -> list[UUID]:
    return [member for member in cluster.members if member in cases]


def _mean_place(members: Sequence[UUID], order: Sequence[UUID]) -> float:
    return sum(order.index(member) for member in members) / len(members)


def _line(root: Element, one: tuple[float, float], other: tuple[float, float], *, is_linked: bool) -> None:
    ends = {"x1": one[0], "y1": one[1], "x2": other[0], "y2": other[1]}
    SubElement(root, "line", {"class": "sure" if is_linked else "open", **{key: str(at) for key, at in ends.items()}})


def _box(root: Element, spot: tuple[float, float], name: str) -> None:
    sides = {"x": spot[0] - _WIDTH / 2, "y": spot[1] - _HEIGHT / 2, "width": _WIDTH, "height": _HEIGHT, "rx": 4}
    SubElement(root, "rect", {"class": "bond", **{key: f"{side:g}" for key, side in sides.items()}})
    _text(root, spot, name, "bond")


def _circle(root: Element, spot: tuple[float, float], name: str, kinds: str) -> None:
    SubElement(root, "circle", {"class": kinds, "cx": str(spot[0]), "cy": str(spot[1]), "r": f"{_RADIUS:g}"})
    _text(root, spot, name, kinds)


def _text(root: Element, spot: tuple[float, float], name: str, kinds: str) -> None:
    at = {"x": str(spot[0]), "y": str(spot[1]), "class": kinds, "text-anchor": "middle", "dominant-baseline": "central"}
    SubElement(root, "text", at).text = name

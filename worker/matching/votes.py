"""Which pictures share elements with one, in each of the eight forms in which it may have been turned.

An element counts by its rarity. The heaviest are worth laying on the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.keying import Form
from casefile.fingerprints.kinds import LINE, POINT
from casefile.fingerprints.sketches import NO_SKETCHES, Sketches
from worker.matching.alignment import POINT_SHARE, Layout, distances, lay_out
from worker.matching.pictures import PictureTables
from worker.matching.rarity import rarities
from worker.matching.tables import Hits
from worker.matching.values import FULL_OF_LINES, PictureFeatures

Floats = NDArray[np.float64]

LEAST_VOTES = 0.9


class Limits(NamedTuple):
    """What comparing may cost.

    ``laid``: pictures of other reports that one picture is laid on, the heaviest votes first; ``laid_by_pieces``: more
    of them, for which pieces of lines vote; ``laid_of_group``: of one content group; ``kept_of_group``: pictures of one
    content group whose sketches are kept. The rest of a flood says the same.
    """

    laid: int = 24
    laid_by_pieces: int = 8
    laid_of_group: int = 3
    kept_of_group: int = 16


USUAL_LIMITS = Limits()


@dataclass(frozen=True)
class WithPieces:
    """Our layout with pieces of lines, and the weights of its lines and pieces."""

    layout: Layout
    line_weights: Floats


@dataclass(frozen=True)
class Vote:
    """A slot, the form in which it shares the most, the weight of what it shares, and the weights of our elements.

    ``with_pieces`` where it shares a piece of a line.
    """

    slot: int
    layout: Layout
    weight: float
    line_weights: Floats
    point_weights: Floats
    with_pieces: WithPieces | None = None


class Votes(NamedTuple):
    """For which slots whole lines and points vote, and for which pieces of lines do as well."""

    whole: list[Vote]
    by_pieces: list[Vote]


@dataclass(frozen=True)
class _Asked:
    """What the tables say about one form of a picture."""

    layout: Layout
    lines: Hits
    points: Hits
    line_weights: Floats
    point_weights: Floats

    def vote(self, slot: int, weight: float, with_pieces: WithPieces | None = None) -> Vote:
        return Vote(slot, self.layout, weight, self.line_weights, self.point_weights / POINT_SHARE, with_pieces)


def find_votes(tables: PictureTables, picture: PictureFeatures, own: UUID, limits: Limits) -> Votes:
    """The heaviest of each form; ``own`` is the picture's report. Cut pictures are looked for upright alone."""
    if picture.sketches is None:
        return Votes([], [])
    shares = _shares(lay_out(picture.sketches))
    asked = {form: _ask(tables, lay_out(picture.sketches, form), shares, form, own) for form in Form}
    whole = [vote for one in asked.values() for vote in _heaviest(one)[: 4 * limits.laid]]
    return Votes(whole, _votes_by_pieces(tables, picture.sketches, asked[Form.UPRIGHT], own))


def bare_vote(picture: PictureFeatures, slot: int, weight: float = 0.0) -> Vote:
    """A vote that no line or point is for."""
    layout = lay_out(picture.sketches or NO_SKETCHES)
    return Vote(slot, layout, weight, np.zeros(len(layout.lefts)), np.zeros(len(layout.points)))


def choose_votes(tables: PictureTables, votes: Votes, extra: Mapping[int, float], limits: Limits) -> dict[int, Vote]:
    """The heaviest votes, one a slot and as many of a content group as the limits allow; ``extra`` is what more there
    is for a slot. Votes by pieces take no other's place.
    """
    best: dict[int, Vote] = {}
    for vote in votes.whole:
        if vote.slot not in best or best[vote.slot].weight < vote.weight:
            best[vote.slot] = vote
    ordered = sorted(best, key=lambda slot: (-best[slot].weight - extra.get(slot, 0.0), slot))
    chosen = {slot: best[slot] for slot in few_of_groups(tables, ordered, limits)}
    by_pieces = {vote.slot: vote for vote in votes.by_pieces}
    others = (slot for slot in by_pieces if slot not in chosen)
    more = few_of_groups(tables, others, limits._replace(laid=limits.laid_by_pieces), beside=chosen)
    return {
        slot: replace(vote, with_pieces=by_pieces[slot].with_pieces) if slot in by_pieces else vote
        for slot, vote in (*chosen.items(), *((slot, by_pieces[slot]) for slot in more))
    }


def few_of_groups(
    tables: PictureTables, slots: Iterable[int], limits: Limits, beside: Collection[int] = ()
) -> list[int]:
    """The first slots, as many of a content group and as many in all as the limits allow; of the group those chosen
    ``beside`` count too.
    """
    groups = Counter(tables.groups(np.array([*beside], np.int64)).tolist())
    few: list[int] = []
    for slot in slots:
        name = tables.name(slot)
        if name is not None and groups[name.group] < limits.laid_of_group and len(few) < limits.laid:
            groups[name.group] += 1
            few.append(slot)
    return few


def _shares(layout: Layout) -> Floats:
    """What each point of a page of text counts: n that are alike on the page count as the root of n; elsewhere 1.

    An icon in every row of a list says little more than the icon alone, and a stranger's list has it in every row too.
    """
    if len(layout.lefts) < FULL_OF_LINES:
        return np.ones(len(layout.points))
    alike = distances(layout.point_bits, layout.point_bits) <= POINT.match_threshold
    return np.asarray(1 / np.sqrt(alike.sum(axis=1)))


def _ask(tables: PictureTables, layout: Layout, shares: Floats, form: Form, own: UUID) -> _Asked:
    """One form, points by their ``shares``. Lines are looked for only where they still run level."""
    is_level = form.quarters in {Form.UPRIGHT, Form.HALF}
    line_bits = layout.line_bits if is_level else layout.line_bits[:0]
    lines = tables.of_others(tables.near_lines(line_bits, LINE.match_threshold), own)
    points = tables.of_others(tables.near_points(layout.point_bits, POINT.match_threshold), own)
    line_weights = rarities(tables, lines, len(layout.lefts))
    point_weights = POINT_SHARE * shares * rarities(tables, points, len(layout.points))
    return _Asked(layout, lines, points, line_weights, point_weights)


def _heaviest(asked: _Asked) -> list[Vote]:
    """Votes by whole lines and points, the heaviest first."""
    weights = np.concatenate([asked.line_weights[asked.lines.queries], asked.point_weights[asked.points.queries]])
    sums = _sum_up(np.concatenate([asked.lines.rows, asked.points.rows]), weights)
    return [asked.vote(slot, weight) for slot, weight in sums]


def _votes_by_pieces(tables: PictureTables, sketches: Sketches, asked: _Asked, own: UUID) -> list[Vote]:
    """Votes for all that share a piece: by lines, or pieces of them where those weigh more, and by points."""
    layout = lay_out(sketches, with_pieces=True)
    lines = len(asked.layout.lefts)
    hits = tables.of_others(tables.near_pieces(layout.line_bits[lines:], LINE.match_threshold), own)
    weights = np.concatenate([asked.line_weights, rarities(tables, hits, len(layout.lefts) - lines)])
    queries = np.concatenate([asked.lines.queries, hits.queries + lines])
    rows = np.concatenate([asked.lines.rows, hits.rows])
    once = _heaviest_of_owners(rows, layout.owners[queries], weights[queries])
    sums = _sum_up(
        np.concatenate([rows[once], asked.points.rows]),
        np.concatenate([weights[queries[once]], asked.point_weights[asked.points.queries]]),
    )
    share_a_piece = set(hits.rows.tolist())
    with_pieces = WithPieces(layout, weights)
    return [asked.vote(slot, weight, with_pieces) for slot, weight in sums if slot in share_a_piece]


def _heaviest_of_owners(rows: NDArray[np.int64], owners: NDArray[np.int64], weights: Floats) -> NDArray[np.int64]:
    """Of all hits of one row by lines and pieces of one owner the place of the heaviest."""
    order = np.lexsort((-weights, owners, rows))
    is_first = np.diff(rows[order], prepend=-1).astype(bool) | np.diff(owners[order], prepend=-1).astype(bool)
    return np.asarray(order[is_first])


def _sum_up(slots: NDArray[np.int64], weights: Floats) -> list[tuple[int, float]]:
    """For each slot the sum of its weights, the heaviest first, as far as it is worth a look."""
    unique, where = np.unique(slots, return_inverse=True)
    sums = np.bincount(where, weights, len(unique))
    heavy = np.flatnonzero(sums >= LEAST_VOTES)
    heaviest = heavy[np.argsort(-sums[heavy], kind="stable")]
    return list(zip(unique[heaviest].tolist(), sums[heaviest].tolist(), strict=True))

"""Pictures of which all sides were cut off: no line is left whole, and pieces of lines find them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest

from casefile.contents import Agreement
from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.sketches import Sketches
from casefile.vocabulary import MatchClass
from operations.linking import PictureReports
from tests.worker.matching.layouts import make_picture, make_sketches, moved, noisy
from worker.matching.alignment import align, lay_out
from worker.matching.comparing import lay_on
from worker.matching.evidence import Evidence, classify, is_same_content
from worker.matching.overlap import Overlap, Side, judge_overlap
from worker.matching.pictures import PictureTables
from worker.matching.rarity import COMMON
from worker.matching.votes import Limits, choose_votes, find_votes

NOBODY = UUID(int=0)
LINES, PIECES = 10, 8
WHOLE = replace(
    make_sketches(1, lines=LINES, points=0, pieces=PIECES),
    line_boxes=np.array([(200, 300 + 300 * row, 1800, 360 + 300 * row) for row in range(LINES)], np.uint16),
    piece_boxes=np.array([(700, 300 + 300 * row, 1300, 360 + 300 * row) for row in range(PIECES)], np.uint16),
)
MIDDLE = (500, 200, 1500, 2600)


def cut_out(sketches: Sketches, box: tuple[int, int, int, int], seed: int = 9) -> Sketches:
    """What is left within a box: lines that are cut are other lines, pieces are there where they are whole."""
    rng = np.random.default_rng(seed)
    left, top, right, bottom = box
    low, high = np.array([left, top, left, top]), np.array([right, bottom, right, bottom])
    boxes = sketches.line_boxes.astype(int).clip(low, high)
    is_there = (boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3])
    is_whole = (boxes == sketches.line_boxes).all(axis=1)[:, None]
    bits = np.where(is_whole, sketches.line_bits, rng.integers(0, 256, sketches.line_bits.shape))
    pieces = (sketches.piece_boxes.astype(int).clip(low, high) == sketches.piece_boxes).all(axis=1)
    scale = UNIT / max(right - left, bottom - top)
    kept = replace(
        sketches,
        line_boxes=boxes[is_there].astype(np.uint16),
        line_bits=bits[is_there].astype(np.uint8),
        piece_boxes=sketches.piece_boxes[pieces],
        piece_bits=sketches.piece_bits[pieces],
    )
    size = (round((right - left) * scale), round((bottom - top) * scale))
    return moved(kept, scale, -left * scale, -top * scale, size=size)


def agreement(newer: Sketches, *older: Sketches) -> tuple[MatchClass, Agreement] | None:
    """In which class the newer finds the first of the older ones, and why."""
    reports = PictureReports()
    first, *_ = [reports.add(make_picture(one)) for one in older]
    for finding in reports.find(make_picture(newer), NOBODY):
        if finding.report_id == first and finding.reasons[0].agreement is not None:
            return finding.match_class, finding.reasons[0].agreement
    return None


def without_pieces(sketches: Sketches, first: int = 0) -> Sketches:
    return replace(sketches, piece_boxes=sketches.piece_boxes[:first], piece_bits=sketches.piece_bits[:first])


@pytest.mark.parametrize("is_newer", [True, False], ids=["the newer is cut", "the older is cut"])
def test_the_middle_of_a_page_is_found_by_pieces_of_its_lines_and_suggested_at_most_as_a_picture(
    is_newer: bool,
) -> None:
    middle = noisy(cut_out(WHOLE, MIDDLE), 3)
    pair = (middle, WHOLE) if is_newer else (WHOLE, middle)
    found = agreement(*pair)
    assert found is not None
    assert found[0] is MatchClass.SAME_PICTURE
    assert (found[1].lines, found[1].pieces, found[1].other_lines) == (0, 8, 0)
    assert agreement(*(without_pieces(one) for one in pair)) is None


def test_whole_lines_that_are_left_count_beside_pieces() -> None:
    page = replace(WHOLE, line_boxes=WHOLE.line_boxes.copy())
    page.line_boxes[0] = (600, 300, 1400, 360)
    found = agreement(cut_out(page, MIDDLE), page)
    assert found is not None
    assert (found[0], found[1].lines, found[1].pieces) == (MatchClass.SAME_PICTURE, 1, 7)


@pytest.mark.parametrize(("pieces", "is_found"), [(2, True), (1, False)])
def test_two_pieces_are_needed(pieces: int, is_found: bool) -> None:
    few = without_pieces(WHOLE, pieces)
    assert (agreement(cut_out(few, MIDDLE), few) is not None) is is_found


def test_equal_words_within_different_lines_that_both_show_whole_say_nothing() -> None:
    other = replace(WHOLE, line_bits=make_sketches(77, lines=LINES).line_bits)
    assert agreement(other, WHOLE) is None


def test_a_piece_at_the_same_place_with_other_words_speaks_against_it() -> None:
    middle = cut_out(WHOLE, MIDDLE)
    changed = replace(middle, piece_bits=middle.piece_bits.copy())
    changed.piece_bits[4:] = make_sketches(78, pieces=8).piece_bits[4:]
    laid = lay_on(make_picture(changed), make_picture(WHOLE))
    assert not laid.evidence.is_cut
    assert agreement(changed, WHOLE) is None


def test_pieces_that_many_have_say_nothing() -> None:
    strangers = [
        replace(make_sketches(100 + seed, lines=LINES, pieces=PIECES), piece_bits=WHOLE.piece_bits)
        for seed in range(COMMON)
    ]
    assert agreement(cut_out(WHOLE, MIDDLE), WHOLE, *strangers[:2]) is not None
    assert agreement(cut_out(WHOLE, MIDDLE), WHOLE, *strangers) is None


def test_what_is_found_by_pieces_is_not_the_same_content() -> None:
    laid = lay_on(make_picture(cut_out(WHOLE, MIDDLE)), make_picture(WHOLE))
    assert laid.evidence.is_cut
    assert laid.evidence.overlap.pieces == 8
    assert not is_same_content(laid.evidence)


TWICE = replace(
    WHOLE,
    piece_boxes=np.array(
        [(left, 300 + 300 * row, left + 400, 360 + 300 * row) for row in range(4) for left in (600, 1000)], np.uint16
    ),
)
"""Of each of four lines two pieces."""


def test_two_pieces_of_one_line_count_once() -> None:
    found = agreement(cut_out(TWICE, MIDDLE), TWICE)
    assert found is not None
    assert (found[1].pieces, found[1].low_share, found[1].high_share) == (4, 50, 100)


def test_of_a_line_with_two_pieces_that_differ_one_place_differs_and_whole_lines_are_counted_alone() -> None:
    middle = cut_out(TWICE, MIDDLE)
    changed = replace(middle, piece_bits=middle.piece_bits.copy())
    changed.piece_bits[:4] = make_sketches(78, pieces=4).piece_bits
    first, second = (lay_out(one, with_pieces=True) for one in (changed, TWICE))
    found = align(first, second, np.ones(len(first.lefts)), np.zeros(0))
    assert found is not None
    overlap = judge_overlap(first, second, found)
    assert (overlap.pieces, overlap.other_lines) == (2, 2)
    assert (overlap.first.lines, overlap.second.lines) == (8, LINES)


def test_pieces_that_only_begin_together_are_no_other_lines() -> None:
    changed = cut_out(WHOLE, MIDDLE)
    changed.piece_bits[:4] = make_sketches(78, pieces=4).piece_bits
    changed.piece_boxes[:2, 2] += 150
    first, second = (lay_out(one, with_pieces=True) for one in (changed, WHOLE))
    found = align(first, second, np.ones(len(first.lefts)), np.zeros(0))
    assert found is not None
    overlap = judge_overlap(first, second, found)
    assert (overlap.pieces, overlap.other_lines, overlap.one_sided) == (4, 2, 0)


def test_a_line_and_its_pieces_draw_a_picture_to_themselves_no_more_than_the_line() -> None:
    pieces = TWICE.piece_boxes[:2]
    first = replace(TWICE, piece_boxes=pieces, piece_bits=TWICE.piece_bits[:2])
    away = np.array([0, 700, 0, 700], np.uint16)
    boxes = first.line_boxes.copy()
    boxes[0] += away
    second = replace(first, line_boxes=boxes, piece_boxes=pieces + away)
    one, other = (
        lay_out(replace(page, line_boxes=page.line_boxes[:3], line_bits=page.line_bits[:3]), with_pieces=True)
        for page in (first, second)
    )
    found = align(one, other, np.ones(5), np.zeros(0))
    assert found is not None
    assert abs(found.shift) < 1
    assert found.line_pairs.tolist() == [[1, 1], [2, 2]]


def test_a_piece_is_expected_of_a_page_of_long_lines_too() -> None:
    page = make_sketches(4, lines=24, points=0, pieces=6)
    shown = moved(replace(page, line_boxes=page.line_boxes[:0], line_bits=page.line_bits[:0]), 1, 0, 0)
    first, second = (lay_out(one, with_pieces=True) for one in (shown, page))
    found = align(first, second, np.ones(6), np.zeros(0))
    assert found is not None
    assert judge_overlap(first, second, found).first.expected_lines == 6


def test_how_long_a_page_s_lines_are_is_told_by_its_whole_lines_alone() -> None:
    page = make_sketches(4, lines=24, points=0, pieces=6)
    narrow = page.line_boxes.copy()
    narrow[:, 2] = narrow[:, 0] + 300
    first, second = (lay_out(one, with_pieces=True) for one in (replace(page, line_boxes=narrow), page))
    found = align(first, second, np.ones(30), np.zeros(0))
    assert found is not None
    assert judge_overlap(first, second, found).first.expected_lines == 6


def test_two_pieces_of_one_line_vote_as_one_and_only_for_pages_that_share_one() -> None:
    middle = cut_out(TWICE, MIDDLE)
    one_line, two_lines, lines = (make_sketches(seed, lines=LINES, points=0, pieces=4) for seed in (60, 61, 62))
    one_line.piece_bits[:2] = middle.piece_bits[:2]
    two_lines.piece_bits[:2] = middle.piece_bits[[2, 4]]
    lines.line_bits[:2] = middle.line_bits[:2]
    tables, own = PictureTables(), UUID(int=9)
    for number, one in enumerate((one_line, two_lines, lines), start=1):
        tables.add(UUID(int=number), make_picture(one), group=number)
    votes = find_votes(tables, make_picture(middle), own, Limits())
    assert [(vote.slot, round(vote.weight, 6)) for vote in votes.by_pieces] == [(1, 2.0), (0, 1.0)]


def cut_evidence(
    *, weight: float = 3.0, lines: int = 3, pieces: int = 2, others: int = 0, expected: int = 4, displaced: int = 0
) -> Evidence:
    """Lines or pieces agree, of so many that are expected."""
    side = Side(expected, expected, 0, 0)
    return Evidence(Overlap(lines, 0, others, displaced, 0.0, side, side, pieces), weight, 0.0, 5, is_cut=True)


@pytest.mark.parametrize(
    ("evidence", "is_found"),
    [
        (cut_evidence(), True),
        (cut_evidence(pieces=0), False),
        (cut_evidence(weight=1.2), True),
        (cut_evidence(weight=1.1), False),
        (cut_evidence(weight=1.5, lines=2), True),
        (cut_evidence(weight=1.5, lines=1, pieces=1, expected=1), False),
        (cut_evidence(displaced=2), True),
        (cut_evidence(weight=2.4, displaced=3), False),
        (cut_evidence(weight=1.5, expected=9), True),
        (cut_evidence(weight=1.5, expected=10), False),
        (cut_evidence(weight=2.4, others=1), False),
        (cut_evidence(weight=2.5, others=3), False),
    ],
)
def test_what_pieces_find_rests_on_pieces_that_agree_and_not_on_a_near_pdq(evidence: Evidence, is_found: bool) -> None:
    assert classify(evidence) is (MatchClass.SAME_PICTURE if is_found else None)


def test_a_page_that_pieces_vote_for_takes_no_other_s_place() -> None:
    middle = cut_out(WHOLE, MIDDLE)
    rival = make_sketches(55, lines=12, points=0)
    both = replace(
        middle,
        line_boxes=np.concatenate([middle.line_boxes, rival.line_boxes[:3]]),
        line_bits=np.concatenate([middle.line_bits, rival.line_bits[:3]]),
    )
    for laid_by_pieces in (0, 1):
        reports = PictureReports(Limits(laid=1, laid_by_pieces=laid_by_pieces))
        page, stranger = (reports.add(make_picture(one)) for one in (WHOLE, rival))
        found = {finding.report_id for finding in reports.find(make_picture(both), NOBODY)}
        assert found == ({stranger, page} if laid_by_pieces else {stranger})


def test_of_a_flood_no_more_are_laid_on_because_pieces_vote_too() -> None:
    tables, limits, page = PictureTables(), Limits(), make_picture(WHOLE)
    for number in range(1, 9):
        tables.add(UUID(int=number), make_picture(noisy(WHOLE, number)), group=0)
    votes = find_votes(tables, page, NOBODY, limits)
    assert len(votes.whole) >= len(votes.by_pieces) == 8
    chosen = choose_votes(tables, votes, {}, limits)
    assert len(chosen) == limits.laid_of_group
    assert all(vote.with_pieces for vote in chosen.values())


def test_a_withdrawn_page_is_found_no_more() -> None:
    reports = PictureReports()
    page = reports.add(make_picture(WHOLE))
    middle = make_picture(cut_out(WHOLE, MIDDLE))
    assert [finding.report_id for finding in reports.find(middle, NOBODY)] == [page]
    reports.index.drop(page)
    assert reports.find(middle, NOBODY) == ()


def test_a_piece_belongs_to_the_line_in_which_its_middle_lies_and_otherwise_to_itself() -> None:
    boxes = WHOLE.piece_boxes.copy()
    boxes[1] = (700, 3900, 1300, 3960)
    layout = lay_out(replace(WHOLE, piece_boxes=boxes), with_pieces=True)
    assert layout.owners.tolist() == [*range(LINES), 0, LINES + 1, *range(2, PIECES)]
    assert layout.is_piece.tolist() == [False] * LINES + [True] * PIECES
    assert len(lay_out(WHOLE).lefts) == LINES

"""The tables find what counting bit by bit finds: everything near if exact, everything with an equal band if not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.matching import tables
from worker.matching.tables import Hits, SketchTable, Words

SEEDS = st.integers(0, 2**32 - 1)
MOST = 10_000
LONGEST = 256
Portions = list[tuple[int, bool]]
PORTIONS = st.lists(st.tuples(st.integers(0, 70), st.booleans()), min_size=1, max_size=8)
"""How many rows are added at once, and whether somebody asks before the next."""


def draw_rows(rng: np.random.Generator, count: int, words: int) -> Words:
    return rng.integers(0, 2**64, (count, words), np.uint64)


def nudge(rng: np.random.Generator, rows: Words, most: int) -> Words:
    """Each row with up to ``most`` bits flipped, anywhere."""
    bits = np.unpackbits(rows.view(np.uint8), axis=1)
    for row in bits:
        row[rng.choice(bits.shape[1], int(rng.integers(0, most + 1)), replace=False)] ^= 1
    return np.packbits(bits, axis=1).view(np.uint64)


def near_by_counting(rows: Words, queries: Words, threshold: int) -> np.ndarray:
    """For each query and row, whether they are near."""
    near: np.ndarray = np.bitwise_count(queries[:, None] ^ rows[None]).sum(axis=2) <= threshold
    return near


def share_a_band(rows: Words, queries: Words, bands: int) -> np.ndarray:
    own, other = queries.view(np.uint16)[:, :bands], rows.view(np.uint16)[:, :bands]
    equal: np.ndarray = (own[:, None] == other[None]).any(axis=2)
    return equal


def as_pairs(hits: Hits) -> list[tuple[int, int]]:
    return list(zip(hits.queries.tolist(), hits.rows.tolist(), strict=True))


@pytest.fixture(autouse=True, scope="module")
def small_tail() -> Iterator[None]:
    """Segments at a size at which counting everything takes no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "TAIL", 32)
        patch.setattr(tables, "_LONGEST", LONGEST)
        yield


@settings(deadline=None, max_examples=40)
@given(SEEDS, PORTIONS)
def test_an_exact_table_finds_every_row_up_to_its_threshold_and_no_other(seed: int, portions: Portions) -> None:
    rng = np.random.default_rng(seed)
    table, rows = SketchTable(4, 16, is_exact=True), np.zeros((0, 4), np.uint64)
    queries = draw_rows(rng, 3, 4)
    for count, is_asked in portions:
        fresh = nudge(rng, np.repeat(queries, count, axis=0)[:count], 45)
        table.append(fresh)
        rows = np.concatenate([rows, fresh])
        if is_asked:
            table.near(queries, 0, MOST)
    assert len(table) == len(rows)
    hits = table.near(queries, 31, MOST)
    assert as_pairs(hits) == [tuple(pair) for pair in np.argwhere(near_by_counting(rows, queries, 31)).tolist()]


def test_31_bits_that_lie_as_badly_as_they_can_are_found_and_32_are_not() -> None:
    table = SketchTable(4, 16, is_exact=True)
    two_in_each_band = np.full((1, 16), 0b11, np.uint16)
    one_less = two_in_each_band.copy()
    one_less[0, 7] = 1
    table.append(np.zeros((64, 4), np.uint64))
    assert len(table.near(one_less.view(np.uint64), 31, MOST).rows) == 64
    assert len(table.near(two_in_each_band.view(np.uint64), 31, MOST).rows) == 0
    assert len(table._segments) == 1, "it was the tables that were asked"


@settings(deadline=None, max_examples=40)
@given(SEEDS, PORTIONS, st.sampled_from([(2, 6, 22), (1, 4, 13)]))
def test_another_table_finds_every_near_row_with_an_equal_band(
    seed: int, portions: Portions, shape: tuple[int, int, int]
) -> None:
    words, bands, threshold = shape
    rng = np.random.default_rng(seed)
    table, rows = SketchTable(words, bands), np.zeros((0, words), np.uint64)
    queries = draw_rows(rng, 3, words)
    for count, is_asked in portions:
        fresh = nudge(rng, np.repeat(queries, count, axis=0)[:count], 2 * threshold)
        table.append(fresh)
        rows = np.concatenate([rows, fresh])
        if is_asked:
            table.near(queries, 0, MOST)
    near = near_by_counting(rows, queries, threshold)
    found = set(as_pairs(table.near(queries, threshold, MOST)))
    is_covered = np.arange(len(rows)) < table._covered
    sure = near & (share_a_band(rows, queries, bands) | ~is_covered[None])
    assert {tuple(pair) for pair in np.argwhere(sure).tolist()} <= found
    assert found <= {tuple(pair) for pair in np.argwhere(near).tolist()}


def test_rows_are_found_across_merged_segments_and_the_tail() -> None:
    rng = np.random.default_rng(1)
    table = SketchTable(2, 6)
    rows = draw_rows(rng, 999, 2)
    for start in range(0, len(rows), 7):
        table.append(rows[start : start + 7])
        assert as_pairs(table.near(rows[start : start + 1], 0, MOST)) == [(0, start)]
    assert 1 < len(table._segments) < 8, "merged, and more than one left"
    assert 0 < table._covered < len(rows)
    ends = [segment.end for segment in table._segments]
    assert [segment.start for segment in table._segments] == [0, *ends[:-1]]
    assert ends[:3] == [LONGEST, 2 * LONGEST, 3 * LONGEST], "as long as they may be, and no longer"
    assert as_pairs(table.near(rows, 0, MOST)) == [(number, number) for number in range(len(rows))]
    full = table._segments[:3]
    table.append(draw_rows(rng, 600, 2))
    table.near(rows[:1], 0, MOST)
    assert all(old is new for old, new in zip(full, table._segments, strict=False)), "not sorted again"


def test_rows_of_a_long_segment_are_found_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_LONGEST", 1 << 24)
    table, rows = SketchTable(1, 1), draw_rows(np.random.default_rng(3), 140_000, 1)
    table.append(rows)
    asked = [0, 65_535, 65_536, 131_071, 131_072, 139_999]
    assert as_pairs(table.near(rows[asked], 0, MOST)) == list(enumerate(asked))
    assert len(table._segments) == 1


def test_an_empty_table_and_no_query_find_nothing() -> None:
    table = SketchTable(2, 6)
    assert as_pairs(table.near(np.zeros((2, 2), np.uint64), 128, MOST)) == []
    table.append(np.zeros((100, 2), np.uint64))
    assert as_pairs(table.near(np.zeros((0, 2), np.uint64), 128, MOST)) == []


def test_erased_rows_are_overwritten_and_no_longer_found() -> None:
    rng = np.random.default_rng(2)
    table = SketchTable(2, 6)
    rows = draw_rows(rng, 500, 2)
    table.append(rows)
    assert len(table.near(rows, 0, MOST).rows) == 500
    table.append(rows[:10])
    table.erase(100, 200)
    table.erase(503, 505)
    found = as_pairs(table.near(rows, 0, MOST))
    kept = [row for row in range(510) if not 100 <= row < 200 and row not in {503, 504}]
    assert sorted(row for _, row in found) == kept
    assert not table._bits[100:200].any()
    assert not table._bits[503:505].any()
    table.append(draw_rows(rng, 400, 2))
    assert sorted(row for _, row in as_pairs(table.near(rows, 0, MOST))) == kept, "and not after a merge either"


def test_of_a_common_row_an_even_sample_is_compared() -> None:
    table = SketchTable(1, 1)
    table.append(np.zeros((1000, 1), np.uint64))
    hits = table.near(np.zeros((1, 1), np.uint64), 0, 50)
    assert table._covered == 1000
    in_segments = hits.rows[hits.rows < table._covered]
    assert len(in_segments) <= 50 * len(table._segments)
    assert in_segments[0] < 50
    assert in_segments[-1] > table._covered * 9 // 10


def test_what_is_added_without_a_question_is_put_into_tables_once() -> None:
    one_by_one, settled = SketchTable(1, 1), SketchTable(1, 1)
    for number in range(200):
        one_by_one.append(np.array([[number]], np.uint64))
        settled.append(np.array([[number]], np.uint64))
        if number % 40 == 0:
            one_by_one.settle()
    assert one_by_one._covered > 0
    assert settled._covered == 0
    settled.settle()
    assert [(segment.start, segment.end) for segment in settled._segments] == [(0, 200)]


def test_the_memory_that_is_counted_grows_with_the_rows() -> None:
    table = SketchTable(2, 6)
    before = table.byte_count
    table.append(np.zeros((5000, 2), np.uint64))
    table.near(np.ones((1, 2), np.uint64), 0, MOST)
    assert table.byte_count >= before + 4000 * 16

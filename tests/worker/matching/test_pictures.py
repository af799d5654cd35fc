"""Every row in the tables knows its picture; a removed picture is overwritten and never named again."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace

import numpy as np

from tests.worker.matching.layouts import make_picture, make_sketches
from worker.matching.pictures import PictureTables, pdq_bits, word_bits

OWNER = uuid.UUID(int=5)


def test_each_line_point_word_pdq_value_and_inset_leads_to_its_own_picture() -> None:
    tables = PictureTables()
    pictures = []
    for seed in range(1100):
        sketches = make_sketches(seed, seed % 4, seed % 3) if seed % 5 else None
        words = frozenset({seed.to_bytes(6, "big")})
        insets = tuple(secrets.token_bytes(32) for _ in range(seed % 3))
        pictures.append(replace(make_picture(sketches, 1 + seed % 9), words=words, insets=insets))
        assert tables.add(uuid.UUID(int=seed), pictures[-1], group=seed // 2) == seed
    assert len(tables) == len(pictures)
    for slot in (0, 1, 7, 1023, 1024, 1099):
        picture = pictures[slot]
        assert tables.name(slot) == (uuid.UUID(int=slot), picture.number, slot // 2)
        assert tables.near_pdq(pdq_bits([picture.pdq]), 31).rows.tolist() == [slot]
        insets = tables.near_insets(pdq_bits(picture.insets), 31)
        assert (insets.queries.tolist(), insets.rows.tolist()) == ([*range(slot % 3)], [slot] * (slot % 3))
        assert tables.equal_words(word_bits(picture.words)).rows.tolist() == [slot]
        if picture.sketches is not None:
            lines = picture.sketches.line_bits.view(np.uint64)
            assert tables.near_lines(lines, 22).rows.tolist() == [slot] * len(lines)
            points = picture.sketches.point_bits.view(np.uint64)
            assert set(tables.near_points(points, 4).rows.tolist()) == ({slot} if len(points) else set())


def test_a_removed_picture_is_overwritten_and_its_neighbours_stay() -> None:
    tables = PictureTables()
    pictures = [
        replace(
            make_picture(make_sketches(seed, 3, 3, pieces=2)),
            words=frozenset({b"%06d" % seed}),
            insets=(bytes([seed] * 32),),
        )
        for seed in range(1, 9, 3)
    ]
    for picture in pictures:
        tables.add(OWNER, picture, group=4)
    tables.remove(1)
    assert tables.name(1) is None
    for slot, picture in enumerate(pictures):
        sketches = picture.sketches
        assert sketches is not None
        found = {
            *tables.near_pdq(pdq_bits([picture.pdq]), 31).rows.tolist(),
            *tables.near_insets(pdq_bits(picture.insets), 31).rows.tolist(),
            *tables.equal_words(word_bits(picture.words)).rows.tolist(),
            *tables.near_lines(sketches.line_bits.view(np.uint64), 22).rows.tolist(),
            *tables.near_pieces(sketches.piece_bits.view(np.uint64), 22).rows.tolist(),
            *tables.near_points(sketches.point_bits.view(np.uint64), 4).rows.tolist(),
        }
        assert found == (set() if slot == 1 else {slot})
    for width, near in ((2, tables.near_lines), (2, tables.near_pieces), (1, tables.near_points)):
        assert near(np.zeros((1, width), np.uint64), 0).rows.size == 0, "what was overwritten is near nothing"
    kept = b"".join(rows.table._bits.tobytes() for rows in tables._owned)
    assert pictures[1].pdq not in kept
    assert pictures[1].insets[0] not in kept
    assert tables._reports.tobytes() == OWNER.bytes + bytes(16) + OWNER.bytes
    assert pictures[0].pdq in kept
    assert pictures[0].insets[0] in kept


def test_the_pictures_of_a_report_are_told_from_those_of_others() -> None:
    tables, shown = PictureTables(), make_picture(make_sketches(1))
    assert shown.sketches is not None
    owners = [uuid.UUID(int=number) for number in (7, 8, 7)]
    for number, owner in enumerate(owners):
        tables.add(owner, shown, group=number)
    hits = tables.near_lines(shown.sketches.line_bits.view(np.uint64), 0)
    assert set(tables.of_others(hits, uuid.UUID(int=7)).rows.tolist()) == {1}
    assert set(tables.of_others(hits, uuid.UUID(int=8)).rows.tolist()) == {0, 2}
    assert set(tables.of_others(hits, uuid.UUID(int=9)).rows.tolist()) == {0, 1, 2}


def test_of_a_picture_that_is_not_compared_the_file_alone_is_kept() -> None:
    tables = PictureTables()
    picture = replace(make_picture(make_sketches(1, pieces=2)), insets=(b"i" * 32,), words=frozenset({b"w" * 6}))
    tables.add(OWNER, picture, group=0, is_compared=False)
    assert [len(rows) for rows in tables._owned] == [0, 0, 0, 0, 0, 0]
    assert [name.group for name in tables.same_files(picture.sha256, is_told=False)] == [0]


def test_a_picture_with_too_little_structure_has_no_pdq_value_to_be_found() -> None:
    tables = PictureTables()
    blank = replace(make_picture(None), quality=49)
    tables.add(OWNER, blank, group=0)
    assert tables.near_pdq(pdq_bits([blank.pdq]), 31).rows.tolist() == []

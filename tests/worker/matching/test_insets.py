"""Pictures inside pictures: what is found by them, and what never is."""

from __future__ import annotations

import secrets
from dataclasses import replace
from uuid import UUID

import pytest
from PIL import Image

from casefile.fingerprints.picture import read_picture
from casefile.vocabulary import MatchClass
from operations.commands.link import KEY
from operations.linking import PictureReports, picture_features
from tests.casefile.fingerprints.pages import LIGHT, draw_photo
from tests.factories import encode
from tests.worker.matching.layouts import make_picture, make_sketches
from worker.matching import PictureFeatures
from worker.matching.comparing import lay_on
from worker.matching.evidence import Evidence, classify, explain, is_same_content
from worker.matching.insets import Inside, find_near, lies_inside
from worker.matching.overlap import NO_OVERLAP
from worker.matching.pictures import PictureTables
from worker.matching.votes import USUAL_LIMITS

PHOTO = secrets.token_bytes(32)
FOUND = [MatchClass.SAME_PICTURE]


def away(bits: int, pdq: bytes = PHOTO) -> bytes:
    """A PDQ that differs in so many bits."""
    return (int.from_bytes(pdq) ^ ((1 << bits) - 1)).to_bytes(32)


def photograph(pdq: bytes = PHOTO, *, lines: int = 0, points: int = 16, quality: int = 100) -> PictureFeatures:
    """A picture alone; with fewer than five points it is not comparable."""
    sketches = make_sketches(secrets.randbits(32), lines, points)
    return replace(make_picture(sketches), pdq=pdq, quality=quality)


def smooth(pdq: bytes = PHOTO) -> PictureFeatures:
    """A photograph without enough points."""
    return photograph(pdq, points=3)


def chat(*insets: bytes) -> PictureFeatures:
    """A page of text with pictures in it."""
    return replace(make_picture(make_sketches(secrets.randbits(32))), insets=insets)


def found_by(newer: PictureFeatures, *older: PictureFeatures) -> list[MatchClass]:
    reports = PictureReports()
    for picture in older:
        reports.add(picture)
    return [finding.match_class for finding in reports.find(newer, UUID(int=0))]


@pytest.mark.parametrize("whole", [photograph, smooth])
@pytest.mark.parametrize(("bits", "found"), [(0, FOUND), (31, FOUND), (32, [])])
def test_a_photograph_is_found_in_the_chat_in_which_it_was_sent_and_the_other_way_about(
    whole: type[PictureFeatures], bits: int, found: list[MatchClass]
) -> None:
    picture, page = whole(PHOTO), chat(secrets.token_bytes(32), away(bits))
    assert found_by(picture, page) == found
    assert found_by(page, picture) == found


@pytest.mark.parametrize(
    ("bits", "weight", "quality", "is_found"),
    [(31, 1.0, 20, True), (32, 1.0, 20, False), (31, 0.0, 20, False), (31, 1.0, 19, False)],
)
def test_of_two_pictures_one_lies_in_the_other_where_it_is_near_rare_and_clear(
    bits: int, weight: float, quality: int, *, is_found: bool
) -> None:
    whole, page = photograph(quality=quality), chat(away(bits))
    weights = {PHOTO: weight, away(bits): weight}
    found = (bits, None, weight) if is_found else (None, None, 0.0)
    assert lies_inside(whole, page, weights) == found
    assert lies_inside(page, whole, weights) == (found[1], found[0], found[2])


def test_pages_that_hold_the_same_inset_have_nothing_in_common_by_it() -> None:
    assert found_by(chat(PHOTO), chat(PHOTO)) == []


@pytest.mark.parametrize(
    ("lines", "quality", "found"), [(0, 19, []), (0, 20, FOUND), (1, 20, []), (1, 49, []), (1, 50, FOUND)]
)
def test_a_whole_picture_without_structure_lies_in_nothing_and_is_like_none(
    lines: int, quality: int, found: list[MatchClass]
) -> None:
    """Of a page of text PDQ must see more than of a photograph, which may be dark or blurred."""
    blank = photograph(lines=lines, quality=quality)
    assert found_by(blank, chat(PHOTO)) == found
    assert found_by(chat(PHOTO), blank) == found
    tables = PictureTables()
    tables.add(UUID(int=1), photograph(), 0)
    near = find_near(tables, blank, UUID(int=2))
    assert len(near.alike) == len(found)


@pytest.mark.parametrize(("holders", "found"), [(11, 11), (12, 0)])
def test_what_a_dozen_unlike_pages_hold_says_nothing(holders: int, found: int) -> None:
    pages = [chat(away(number)) for number in range(holders)]
    assert found_by(photograph(), *pages) == FOUND * found
    assert found_by(chat(PHOTO), photograph(), *pages[1:]) == FOUND * bool(found)


def test_copies_of_a_photograph_are_one_holder_however_many_they_are() -> None:
    copies = [smooth(away(number % 4)) for number in range(30)]
    assert found_by(chat(PHOTO), *copies) == FOUND * USUAL_LIMITS.laid_of_group


@pytest.mark.parametrize(("bits", "found"), [(0, FOUND), (31, FOUND), (32, [])])
def test_copies_of_a_photograph_are_found_however_few_points_it_has(bits: int, found: list[MatchClass]) -> None:
    assert found_by(smooth(away(bits)), smooth()) == found
    assert found_by(photograph(away(bits)), smooth()) == found
    assert found_by(smooth(away(bits)), photograph()) == found
    assert found_by(photograph(away(bits)), photograph()) == found


def test_a_near_pdq_is_no_copy_where_one_of_the_two_says_nothing() -> None:
    clear, blank = photograph(), photograph(away(5), quality=19)
    assert classify(lay_on(clear, blank).evidence) is classify(lay_on(blank, clear).evidence) is None


def pattern(pdq: bytes = PHOTO, points: int = 5) -> PictureFeatures:
    """The same thing again and again, as a wall of one emoji is."""
    wall = photograph(pdq, points=points)
    wall.sketches.point_bits[:] = wall.sketches.point_bits[:1]
    return wall


@pytest.mark.parametrize(("bits", "found"), [(15, FOUND), (16, [])])
def test_patterns_and_empty_pages_must_be_nearer_to_be_copies(bits: int, found: list[MatchClass]) -> None:
    for other in (smooth(), pattern(), photograph(points=3, lines=2)):
        assert found_by(pattern(away(bits)), other) == found_by(other, pattern(away(bits))) == found
        empty = photograph(away(bits), points=3, lines=1)
        assert found_by(empty, other) == found_by(other, empty) == found
    assert found_by(pattern(away(bits), points=4), smooth()) == FOUND


def test_words_that_were_read_into_a_pattern_do_not_make_it_a_photograph() -> None:
    read, other_read = (frozenset(bytes([first + number]) * 6 for number in range(4)) for first in (0, 100))
    for bits, found in ((15, FOUND), (16, [])):
        wall = replace(pattern(away(bits)), words=read)
        assert wall.is_comparable
        for other in (photograph(), smooth(), pattern(), replace(pattern(), words=other_read)):
            assert found_by(wall, other) == found_by(other, wall) == found


@pytest.mark.parametrize(("bits", "found"), [(10, FOUND), (11, [])])
def test_pages_with_a_line_or_two_that_can_be_compared_are_copies_as_pages_are(
    bits: int, found: list[MatchClass]
) -> None:
    for other in (photograph(lines=2), smooth(), pattern()):
        assert (
            found_by(photograph(away(bits), lines=2), other)
            == found_by(other, photograph(away(bits), lines=2))
            == found
        )


@pytest.mark.parametrize(("bits", "found"), [(10, FOUND), (11, [])])
def test_edges_that_look_like_lines_in_one_of_two_copies_do_not_part_them(bits: int, found: list[MatchClass]) -> None:
    planks = photograph(lines=11)
    assert found_by(smooth(away(bits)), planks) == found
    assert found_by(planks, smooth(away(bits))) == found
    assert found_by(smooth(away(bits)), photograph(lines=12)) == []


@pytest.mark.parametrize(
    ("bits", "most", "is_one"), [(10, 31, True), (10, 15, True), (11, 31, False), (10, 10, False)], ids=str
)
def test_only_near_copies_of_lone_pictures_are_one_content(bits: int, most: int, *, is_one: bool) -> None:
    evidence = Evidence(NO_OVERLAP, 0.0, 0.0, bits, are_comparable=False, copy_distance=most, are_sparse=True)
    assert is_same_content(evidence) is is_one
    assert not is_same_content(evidence._replace(is_clear=False))
    assert not is_same_content(evidence._replace(are_sparse=False))


def test_what_the_points_of_a_picture_that_is_not_comparable_say_is_not_told() -> None:
    reports, picture = PictureReports(), smooth()
    reports.add(picture)
    (finding,) = reports.find(replace(picture, sha256=secrets.token_bytes(32)), UUID(int=0))
    assert [reason.agreement and reason.agreement.points for reason in finding.reasons] == [0]


def test_walls_and_pages_are_no_lone_photographs() -> None:
    wall = photograph(points=0, lines=12)
    bits = make_sketches(1, 1).line_bits.repeat(12, axis=0)
    wall = replace(wall, sketches=replace(make_sketches(2, 12, 0), line_bits=bits))
    assert not wall.is_comparable
    assert found_by(wall, replace(wall, sha256=secrets.token_bytes(32))) == []
    few = replace(wall, sketches=replace(make_sketches(2, 6, 0), line_bits=bits[:6]))
    assert not few.is_comparable
    assert found_by(few, replace(few, sha256=secrets.token_bytes(32))) == []
    assert found_by(smooth(), wall) == found_by(smooth(), few) == []
    assert found_by(smooth(), replace(smooth(), sketches=None, quality=49)) == []


@pytest.mark.parametrize("are_comparable", [True, False])
def test_it_is_never_more_than_the_same_picture_and_says_which_lies_in_which(*, are_comparable: bool) -> None:
    evidence = Evidence(NO_OVERLAP, 0.0, 0.0, 128, are_comparable=are_comparable)
    assert classify(evidence) is None
    found = evidence._replace(inside=Inside(own_in_other=7, weight=0.5))
    assert classify(found) is MatchClass.SAME_PICTURE
    agreement = explain(found)
    assert (agreement.low_in_high, agreement.high_in_low, agreement.rarity) == (7, None, 50)
    assert (agreement.swapped().low_in_high, agreement.swapped().high_in_low) == (None, 7)
    assert agreement.is_inside
    assert not explain(evidence).is_inside


def test_a_drawn_photograph_is_found_in_a_frame_from_pixels() -> None:
    photo = draw_photo(5).convert("RGB")
    frame = Image.new("RGB", (720, 1280), LIGHT)
    frame.paste(photo.resize((480, 480)), (120, 300))
    whole, framed = (picture_features(read_picture(encode(one, "JPEG", quality=80)), KEY) for one in (photo, frame))
    assert found_by(whole, framed) == FOUND
    assert found_by(framed, whole) == FOUND
    bare = replace(make_picture(None), pdq=whole.pdq)
    assert found_by(bare, framed) == FOUND
    assert found_by(bare, replace(framed, insets=())) == []

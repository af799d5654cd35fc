"""What two pictures have in common, and the class that it supports. The one place to change that rule.

What pictures have in common is always a suggestion, in four classes; docs/matching.md says what each rests on and how
often each was wrong.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from casefile.contents import Agreement
from casefile.fingerprints.kinds import LINE, PDQ
from casefile.vocabulary import MatchClass
from worker.matching.alignment import POINT_SHARE
from worker.matching.insets import NOT_INSIDE, Inside
from worker.matching.overlap import Overlap
from worker.matching.values import COPY_DISTANCE, LEAST_LINES, LEAST_POINTS


class Evidence(NamedTuple):
    """All that two pictures have in common. Weights are sums of rarities: what only these two hold counts 1.

    ``distance`` is PDQ's. ``words`` is the number of equal word groups, ``least_words`` the smaller of the two numbers
    of word groups. ``has_sketches`` is false where a picture came without lines and points: PDQ is then all there is.
    ``is_clear`` where both PDQs say something: those of two nearly blank pages are alike. ``inside`` says whether one
    lies in the other. Unless ``are_comparable``, that and whether two pictures that ``are_sparse`` are copies is all
    that counts; ``copy_distance`` is the smaller of theirs. ``is_cut`` where pieces of lines were laid on one another
    too, since whole lines said little.
    """

    overlap: Overlap
    line_weight: float
    point_weight: float
    distance: int
    words: int = 0
    word_weight: float = 0.0
    least_words: int = 0
    has_sketches: bool = True
    is_clear: bool = True
    inside: Inside = NOT_INSIDE
    are_comparable: bool = True
    copy_distance: int = COPY_DISTANCE
    are_sparse: bool = False
    is_cut: bool = False

    @property
    def sharp_line_weight(self) -> float:
        """The weight of lines, less for lines that agree only roughly: strangers' lines agree no other way."""
        return self.line_weight * (1 - self.overlap.noise / _FULL_NOISE)

    @property
    def score(self) -> float:
        """How much evidence there is: one rare line that agrees in every bit counts 1."""
        sketches = self.sharp_line_weight + POINT_SHARE * self.point_weight
        return sketches + WORD_SHARE * self.word_weight + _SURE_POINTS * self.inside.weight


WORD_SHARE = 0.3
"""What an equal word group counts beside a line: a line of eight words holds six."""


_SURE_DUPLICATE, _SURE_CONVERSATION, _SURE_ALIKE = 3.0, 2.5, 2.5
_SURE_POINTS, _POINT_COVER = 1.4, 0.12
_LEAST_POINTS_OF_TEXTS = 8
"""Two pages of text of which no line agrees need more: corners of bubbles and buttons are alike everywhere."""
_DUPLICATE_COVER, _WHOLE_COVER, _HALF_COVER = 0.8, 0.7, 0.4
_CONTAINED = 0.7
_FEW_LINES, _PHOTO_COVER = 4, 0.25
_SURE_COPY, _COPY_COVER = 4.0, 0.5
_LEAST_CUT, _SURE_CUT, _CUT_COVER = 2, 1.2, 0.33
_SURE_SCENE, _SURE_SCENE_ON_TEXT, _SCENE_COVER, _LINES_OF_A_SCENE = 2.3, 4.0, 0.4, 8
_SHARP = 6.0
_WEAK = 1.9
_MOST_DISPLACED = 2
_FULL_NOISE = LINE.match_threshold
"""All of these were chosen on the corpus of benchmarks/matching; docs/matching.md shows what each buys."""


def classify(evidence: Evidence) -> MatchClass | None:
    """The strongest class that the evidence of two pictures supports; None where it supports nothing."""
    if not evidence.are_comparable:
        is_found = evidence.inside.is_found or (evidence.are_sparse and _is_near_enough(evidence))
        return MatchClass.SAME_PICTURE if is_found else None
    if evidence.is_cut:
        by_pieces = _is_cut_out, _is_part, _is_mostly_alike
        is_found = evidence.overlap.pieces > 0 and any(holds(evidence) for holds in by_pieces)
        return MatchClass.SAME_PICTURE if is_found else None
    if _is_duplicate(evidence):
        return MatchClass.DUPLICATE
    if _is_conversation(evidence):
        return MatchClass.SAME_CONVERSATION
    alike = _is_picture, _is_scene, _is_copy, _is_part, _is_cut_out, _is_mostly_alike, _is_same_text
    if evidence.inside.is_found or any(holds(evidence) for holds in alike):
        return MatchClass.SAME_PICTURE
    return MatchClass.WEAK if evidence.score >= _WEAK else None


def _is_clean(found: Overlap, tolerance: int) -> bool:
    """Hardly a place where both have a line and the lines differ: at most one, or one in ``tolerance``."""
    return found.other_lines <= max(1, found.lines // tolerance)


def _covers(found: Overlap) -> tuple[float, float]:
    """The share of the lines that should agree and do: by the picture where it is larger, and the mean of both."""
    first, second = (min(1.0, found.lines / max(1, side.expected_lines)) for side in (found.first, found.second))
    return max(first, second), sqrt(first * second)


def _is_contained(found: Overlap) -> bool:
    """Whether one picture shows nearly all lines of the other, as a cut-out does and a scrolled screen does not."""
    return max(side.expected_lines / max(1, side.lines) for side in (found.first, found.second)) >= _CONTAINED


def _is_still(found: Overlap) -> bool:
    """Whether nothing stayed where it was while the rest moved."""
    return found.displaced <= max(_MOST_DISPLACED, found.lines // 4)


def _is_duplicate(evidence: Evidence) -> bool:
    """The same screenshot: enough rare lines in one arrangement, nearly all of them, and hardly one that differs.

    Forms and templates differ from one person to another in few lines only, so that one differing line in seven is
    too many; what fails by that alone is still ``_is_mostly_alike``. So is what agrees mostly at the border, where a
    line that differs may be one that was cut and is not held against the pair.
    """
    found = evidence.overlap
    is_sure = found.lines >= LEAST_LINES and evidence.sharp_line_weight >= _SURE_DUPLICATE
    is_inside = 2 * min(found.first.expected_lines, found.second.expected_lines) >= found.lines
    covers = _covers(found)[1] >= _DUPLICATE_COVER and _is_contained(found) and is_inside
    return is_sure and covers and _is_still(found) and _is_clean(found, tolerance=7)


def _is_conversation(evidence: Evidence) -> bool:
    """Another part of the same conversation: sharp rare lines agree, and the screens moved against each other. At least
    three must differ from one another: any two lists of one app agree when one is moved by a row.
    """
    found = evidence.overlap
    is_sure = found.lines - found.copies >= LEAST_LINES and evidence.sharp_line_weight >= _SURE_CONVERSATION
    moved = not (_is_contained(found) and _is_still(found))
    is_clean = _is_clean(found, tolerance=10) and found.noise < _SHARP
    return is_sure and moved and is_clean and _covers(found)[0] >= _HALF_COVER


def _is_picture(evidence: Evidence) -> bool:
    """A picture in common: PDQ with nothing against it, or enough rare photo points in one arrangement."""
    found = evidence.overlap
    is_near = evidence.distance <= PDQ.match_threshold
    if not evidence.has_sketches:
        return is_near
    if is_near and found.points + found.lines >= LEAST_LINES and _is_clean(found, tolerance=10):
        return True
    are_texts = min(found.first.expected_lines, found.second.expected_lines) >= LEAST_LINES
    least = _LEAST_POINTS_OF_TEXTS if are_texts and found.lines == 0 else LEAST_POINTS
    is_sure = found.points >= least and POINT_SHARE * evidence.point_weight >= _SURE_POINTS
    return is_sure and _point_cover(found) >= _POINT_COVER


def _is_scene(evidence: Evidence) -> bool:
    """Part of a photograph: few photo points, but two in five of all that both should show. They must be rarer where
    both should show lines of text and most of those do not agree, unless nearly all points do.
    """
    found = evidence.overlap
    fewer, more = sorted((found.first.expected_lines, found.second.expected_lines))
    is_bare = fewer < LEAST_LINES and more <= _LINES_OF_A_SCENE
    share = _point_cover(found)
    least = _SURE_SCENE if is_bare or max(share, _covers(found)[0]) >= _WHOLE_COVER else _SURE_SCENE_ON_TEXT
    is_sure = found.points >= LEAST_POINTS and evidence.point_weight >= least
    agrees = share >= _SCENE_COVER and found.contradictions == 0
    return is_sure and agrees and found.displaced <= _MOST_DISPLACED


def _is_copy(evidence: Evidence) -> bool:
    """PDQ as near as only copies are, also where lines became too small to be found again: it needs nothing beside it,
    and is refuted only by more lines that differ than rare ones that agree.
    """
    is_refuted = evidence.overlap.contradictions > max(1.0, evidence.line_weight)
    return _is_near_enough(evidence) and not is_refuted


def _is_near_enough(evidence: Evidence) -> bool:
    return evidence.is_clear and evidence.distance <= evidence.copy_distance


def _is_part(evidence: Evidence) -> bool:
    """A small piece of a picture: little rare evidence, but all that both should show agrees and nothing differs."""
    found = evidence.overlap
    weight = evidence.sharp_line_weight + POINT_SHARE * evidence.point_weight
    is_sure = found.lines + found.points >= 2 * LEAST_LINES and weight >= _WEAK
    agrees = _covers(found)[0] >= _WHOLE_COVER and _point_cover(found) >= _PHOTO_COVER
    return is_sure and agrees and found.contradictions == 0 and _is_still(found)


def _is_cut_out(evidence: Evidence) -> bool:
    """What is left where sides were cut off: two lines or more, nearly all that both should show, and nothing that
    differs. Of pieces of lines a third of all is enough, since a cut leaves some of them by half.
    """
    found = evidence.overlap
    larger, mean = _covers(found)
    weight = evidence.sharp_line_weight + POINT_SHARE * evidence.point_weight
    is_sure = found.lines >= _LEAST_CUT and weight >= _SURE_CUT
    agrees = larger >= _CUT_COVER if evidence.is_cut else mean >= _WHOLE_COVER
    return is_sure and agrees and found.contradictions == 0 and _is_still(found)


def _is_mostly_alike(evidence: Evidence) -> bool:
    """Screens that agree in much and differ in something: an edited copy, or two people's copies of one form."""
    found = evidence.overlap
    weight = evidence.sharp_line_weight + POINT_SHARE * evidence.point_weight
    is_sure = found.lines >= LEAST_LINES and weight >= _SURE_ALIKE
    return is_sure and _covers(found)[0] >= _HALF_COVER and 5 * found.contradictions <= max(10, 4 * found.lines)


def _is_same_text(evidence: Evidence) -> bool:
    """Word groups: rare ones that are a large part of the shorter text's, the larger the fewer they are; or so many
    that not even a shared template explains them, on pictures that lie on one another with nothing against it.
    """
    share = evidence.words / max(1, evidence.least_words)
    if any(evidence.word_weight >= least and share >= part for least, part in _SHARES_OF_TEXT):
        return True
    found = evidence.overlap
    lies_on_it = found.lines + found.points >= LEAST_LINES and _is_clean(found, tolerance=10)
    return evidence.word_weight >= _MANY_WORDS and lies_on_it


SURE_WORDS, _MANY_WORDS = 2.0, 12.0
"""Strangers without a common template shared a weight of 7.5 at most (seed 777)."""
_SHARES_OF_TEXT = (SURE_WORDS, 3 / 4), (3.0, 1 / 2), (5.0, 1 / 3)
"""How much equal word groups must weigh, and what part of the shorter text's they must be."""


def _point_cover(found: Overlap) -> float:
    return found.points / max(1, min(found.first.expected_points, found.second.expected_points))


def is_same_content(evidence: Evidence) -> bool:
    """Whether two pictures count as one where rarity is counted: copies, also edited ones, and lone photographs.

    Screenshots that merely share a photograph do not, or all that share a wallpaper would end up as one.
    """
    if not evidence.are_comparable:
        is_lone = evidence.are_sparse and evidence.copy_distance > COPY_DISTANCE
        return is_lone and evidence.is_clear and evidence.distance <= COPY_DISTANCE
    if evidence.is_cut:
        return False
    found = evidence.overlap
    is_photograph = max(found.first.lines, found.second.lines) <= _FEW_LINES
    if is_photograph and _is_picture(evidence) and _point_cover(found) >= _PHOTO_COVER:
        return True
    is_sure = evidence.sharp_line_weight >= _SURE_COPY and _covers(found)[1] >= _COPY_COVER
    return _is_duplicate(evidence) or (is_sure and _is_mostly_alike(evidence) and _is_clean(found, tolerance=4))


def explain(evidence: Evidence) -> Agreement:
    """The same as values that a page can say in words."""
    found = evidence.overlap
    inside = evidence.inside
    agreeing = found.lines + found.points + evidence.words + inside.is_found
    weight = evidence.line_weight + evidence.point_weight + evidence.word_weight + inside.weight
    return Agreement(
        distance=evidence.distance,
        lines=found.lines - found.pieces,
        pieces=found.pieces,
        other_lines=found.other_lines,
        points=found.points,
        words=evidence.words,
        rarity=round(100 * weight / max(1, agreeing)),
        low_share=_share(found, found.first.expected_lines + found.first.expected_points),
        high_share=_share(found, found.second.expected_lines + found.second.expected_points),
        low_in_high=inside.own_in_other,
        high_in_low=inside.other_in_own,
    )


def _share(found: Overlap, expected: int) -> int:
    return min(100, round(100 * (found.lines + found.points) / max(1, expected)))

"""The values of an assessment: facts that go in, reasons and a level that come out."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.vocabulary import ReasonCode, Urgency


@dataclass(frozen=True)
class Thresholds:
    """From how many points on a report is P1, and P2."""

    p1_from: int = 50
    p2_from: int = 25


SHIPPED_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class MatchFacts:
    """What comparing with other people's reports has shown: ten other reports weigh as much as one."""

    same_content_elsewhere: bool = False
    same_account_elsewhere: bool = False


@dataclass(frozen=True)
class Reason:
    """One rule that holds: the points it adds (0 or more) and the least level it asks for, if any."""

    code: ReasonCode
    points: int = 0
    floor: Urgency | None = None


@dataclass(frozen=True)
class Assessment:
    """A suggested level with all that it rests on; ``reasons`` stand in the order of the rules."""

    level: Urgency
    score: int
    floor: Urgency | None
    reasons: tuple[Reason, ...]


def level_of_score(score: int, thresholds: Thresholds = SHIPPED_THRESHOLDS) -> Urgency:
    """P1 and P2 from their thresholds on, else P3. Points alone never make a P0."""
    if score >= thresholds.p1_from:
        return Urgency.P1
    return Urgency.P2 if score >= thresholds.p2_from else Urgency.P3


def level_of(score: int, floor: Urgency | None, thresholds: Thresholds = SHIPPED_THRESHOLDS) -> Urgency:
    """The higher of floor and score. Levels sort as text, P0 first, so the smaller is the more urgent."""
    by_score = level_of_score(score, thresholds)
    return min(by_score, floor or by_score)


def weigh(reasons: tuple[Reason, ...], thresholds: Thresholds = SHIPPED_THRESHOLDS) -> Assessment:
    """Sum the points and take the highest floor."""
    score = sum(reason.points for reason in reasons)
    floor = min((reason.floor for reason in reasons if reason.floor), default=None)
    return Assessment(level_of(score, floor, thresholds), score, floor, reasons)

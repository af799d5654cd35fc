"""How often suggestions were right, by class, from what people decided. Opens nothing that is sealed.

Figures to judge the matching by, never a person or a report. Two cautions: a decision is on a pair of cases and reaches
each of its matches, so that a weak class shares the verdict of a strong one beside it; and decisions within one flood
resemble each other, so that the true interval is wider than the one given. A second look counts once, for the strongest
match of its pair, also when the decision that it judged was undone since: or only agreement would be left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy.orm import Session

from casefile.models import LinkDecision, Match, SecondLook
from casefile.vocabulary import LinkState, MatchClass

FEWEST_DECIDED = 5
"""Decisions below which a precision would say more than they do."""

_NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""
_DAY = 86_400
_Counts = tuple[int, int, int, int, int]
_NONE: _Counts = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class ClassReview:
    """One class of match: how many there are, and what became of them.

    ``matches`` is the sum of ``by_rule`` (linked by rule, not touched since), ``related``, ``unrelated`` and ``open``;
    ``undone`` are those of the open ones whose newest decision took back an earlier one. ``open_days`` is the median
    age of the open ones, or None without any. ``checked`` decisions were judged by a second person who was sure;
    ``agreed`` are those on which both said the same.
    """

    match_class: MatchClass
    by_rule: int
    related: int
    unrelated: int
    open: int
    undone: int
    open_days: float | None
    checked: int
    agreed: int

    @property
    def matches(self) -> int:
        """All matches of the class."""
        return self.by_rule + self.decided + self.open

    @property
    def decided(self) -> int:
        """Those that people called related or not related."""
        return self.related + self.unrelated

    @property
    def precision(self) -> float | None:
        """The share of related ones among the decided; None when too few are."""
        return self.related / self.decided if self.decided >= FEWEST_DECIDED else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of ``precision``."""
        return wilson_interval(self.related, self.decided) if self.decided >= FEWEST_DECIDED else None

    @property
    def agreement(self) -> float | None:
        """The share of second looks that agreed with the first decision; None when too few were made."""
        return self.agreed / self.checked if self.checked >= FEWEST_DECIDED else None


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion, without continuity correction; ``trials`` is at least 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), pages 209 to 212.
    """
    share, square = successes / trials, _NORMAL_95**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    reach = _NORMAL_95 * sqrt(share * (1 - share) / trials + square / (4 * trials**2)) / (1 + square / trials)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def review_matches(session: Session, now: datetime) -> tuple[ClassReview, ...]:
    """Every class, in the order of the list, also those without a match."""
    newest = _newest_decisions()
    counted = (
        select(
            Match.match_class,
            func.count().filter(and_(newest.c.match_id.is_(None), Match.state == LinkState.LINKED)),
            func.count().filter(newest.c.state == LinkState.LINKED),
            func.count().filter(newest.c.state == LinkState.REJECTED),
            func.count().filter(_is_open(newest)),
            func.count().filter(_is_open(newest), newest.c.undoes.is_not(None)),
        )
        .outerjoin(newest, newest.c.match_id == Match.id)
        .group_by(Match.match_class)
    )
    rows = session.execute(counted).all()
    found = {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in rows}
    ages, looks = _open_days(session, now), _looks(session)
    return tuple(_review(one, found.get(one, _NONE), ages.get(one), looks.get(one, (0, 0))) for one in MatchClass)


def _review(match_class: MatchClass, counts: _Counts, open_days: float | None, looks: tuple[int, int]) -> ClassReview:
    return ClassReview(match_class, *counts, open_days, *looks)


def _looks(session: Session) -> dict[MatchClass, tuple[int, int]]:
    """By class: second looks of persons who were sure, and those of them that agreed."""
    sure = (
        select(Match.match_class, func.count(), func.count().filter(SecondLook.verdict == LinkDecision.state))
        .select_from(SecondLook)
        .join(LinkDecision, LinkDecision.id == SecondLook.decision_id)
        .join(Match, Match.id == SecondLook.match_id)
        .where(SecondLook.verdict != LinkState.SUGGESTED)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(sure.group_by(Match.match_class))}


def _newest_decisions() -> Subquery:
    """The newest decision of a person on each match, and what it ``undoes``."""
    backwards = (LinkDecision.decided_at.desc(), LinkDecision.id.desc())
    ranked = (
        select(
            LinkDecision.match_id,
            LinkDecision.state,
            LinkDecision.undoes,
            func.row_number().over(partition_by=LinkDecision.match_id, order_by=backwards).label("place"),
        )
        .where(LinkDecision.staff_id.is_not(None))
        .subquery()
    )
    return select(ranked.c.match_id, ranked.c.state, ranked.c.undoes).where(ranked.c.place == 1).subquery()


def _is_open(newest: Subquery) -> ColumnElement[bool]:
    untouched = and_(newest.c.match_id.is_(None), Match.state == LinkState.SUGGESTED)
    return or_(untouched, newest.c.state == LinkState.SUGGESTED)


def _open_days(session: Session, now: datetime) -> dict[MatchClass, float]:
    """The median age of open matches in days; the database hands out the one or two in the middle of each class."""
    newest = _newest_decisions()
    place = func.row_number().over(partition_by=Match.match_class, order_by=(Match.suggested_at, Match.id))
    size = func.count().over(partition_by=Match.match_class)
    aged = select(Match.match_class, Match.suggested_at, place.label("place"), size.label("size"))
    rows = aged.outerjoin(newest, newest.c.match_id == Match.id).where(_is_open(newest)).subquery()
    in_middle = (2 * rows.c.place).between(rows.c.size, rows.c.size + 2)
    ages: dict[MatchClass, list[float]] = defaultdict(list)
    for match_class, suggested_at in session.execute(select(rows.c.match_class, rows.c.suggested_at).where(in_middle)):
        ages[match_class].append((now - suggested_at).total_seconds() / _DAY)
    return {match_class: median(days) for match_class, days in ages.items()}

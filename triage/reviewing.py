"""How often suggestions were right, by class, from what people decided. Opens nothing that is sealed.

Figures to judge the matching by, never a person or a report. Two cautions: a decision is on a pair of cases and reaches
each of its matches, so that a weak class shares the verdict of a strong one beside it; and decisions within one flood
resemble each other, so that the true interval is wider than the one given.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy.orm import Session

from casefile.models import LinkDecision, Match
from casefile.vocabulary import LinkState, MatchClass

FEWEST_DECIDED = 5
"""Decisions below which a precision would say more than they do."""

_NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""
_DAY = 86_400
_NONE = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class ClassReview:
    """One class of match: how many there are, and what became of them.

    ``matches`` is the sum of ``by_rule`` (linked by rule, not touched since), ``related``, ``unrelated`` and ``open``;
    ``undone`` are those of the open ones whose newest decision took back an earlier one. ``open_days`` is the median
    age of the open ones, or None without any.
    """

    match_class: MatchClass
    by_rule: int
    related: int
    unrelated: int
    open: int
    undone: int
    open_days: float | None

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
            func.count().filter(newest.c.state == LinkState.SUGGESTED, newest.c.before != LinkState.SUGGESTED),
        )
        .outerjoin(newest, newest.c.match_id == Match.id)
        .group_by(Match.match_class)
    )
    rows = session.execute(counted).all()
    found = {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in rows}
    ages = _open_days(session, now)
    return tuple(ClassReview(one, *found.get(one, _NONE), open_days=ages.get(one)) for one in MatchClass)


def _newest_decisions() -> Subquery:
    """The newest decision of a person on each match, with the state that stood ``before`` it."""
    by_rule, in_time = LinkDecision.staff_id.is_(None), (LinkDecision.decided_at, LinkDecision.id)
    before = func.lag(LinkDecision.state, type_=LinkDecision.state.type)
    backwards = tuple(column.desc() for column in in_time)
    ranked = select(
        LinkDecision.match_id,
        LinkDecision.state,
        by_rule.label("by_rule"),
        before.over(partition_by=LinkDecision.match_id, order_by=in_time).label("before"),
        func.row_number().over(partition_by=(LinkDecision.match_id, by_rule), order_by=backwards).label("place"),
    ).subquery()
    newest = select(ranked.c.match_id, ranked.c.state, ranked.c.before)
    return newest.where(ranked.c.place == 1, ranked.c.by_rule.is_(False)).subquery()


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

"""Keeping the articles of law: changed by supervisors, checked by a legal officer whose name stands beside them.

As in ``triage.administration.keeping``, what writes begins its own write transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from casefile.articles import Article, articles_for, item_of
from casefile.kept import SHIPPED, find_body, find_newest, list_newest
from casefile.submission import Answers
from casefile.vocabulary import KeptKind, WhenHappened
from casefile.wib import local_date
from casefile.wording import N_
from triage.administration.keeping import keep, lock_item
from triage.casework import Doing
from triage.errors import NotFoundError

FIELD_LABELS: dict[str, str] = {
    "law": N_("Undang-undang"),
    "article": N_("Pasal"),
    "kinds": N_("Jenis kekerasan"),
    "valid_from": N_("Berlaku sejak"),
    "valid_to": N_("Berlaku sampai"),
    "note": N_("Catatan"),
    "verified_by": N_("Diperiksa oleh"),
    "verified_on": N_("Tanggal diperiksa"),
}

_BACK = {WhenHappened.TODAY: timedelta(0), WhenHappened.THIS_WEEK: timedelta(7), WhenHappened.THIS_MONTH: timedelta(31)}


@dataclass(frozen=True)
class StoredArticle:
    """An article with the number of its version, 0 as it comes with Suluh, and whether it was taken out of use."""

    article: Article
    number: int
    is_removed: bool


def get_article(session: Session, code: str) -> StoredArticle:
    """Raises ``NotFoundError``."""
    item = item_of(code)
    newest = find_newest(session, item)
    body = item.shipped if newest is None else newest.body
    if body is None:
        raise NotFoundError
    is_removed = newest is not None and newest.is_removed
    return StoredArticle(Article.from_body(code, body), newest.number if newest else SHIPPED, is_removed)


def list_removed(session: Session) -> list[Article]:
    """Articles that were taken out of use."""
    newest = list_newest(session, KeptKind.LEGAL_ARTICLE).values()
    return [Article.from_body(one.key, one.body) for one in newest if one.is_removed]


def save_article(session: Session, typed: Article, doing: Doing) -> None:
    """Keep what was typed, unchecked: any change ends what a legal officer has said. Raises ``ChangedError``."""
    item = item_of(typed.code)
    lock_item(session, item, doing)
    body, unchecked = find_body(session, item), replace(typed, verified_by="", verified_on=None)
    stored = None if body is None else replace(Article.from_body(typed.code, body), verified_by="", verified_on=None)
    if stored != unchecked:
        keep(session, item, unchecked.to_body(), doing)


def check_article(session: Session, code: str, name: str, doing: Doing) -> None:
    """A legal officer, by ``name``, found the article right today. Raises ``ChangedError``, ``NotFoundError``."""
    lock_item(session, item_of(code), doing)
    checked = replace(get_article(session, code).article, verified_by=name, verified_on=local_date(doing.now))
    keep(session, item_of(code), checked.to_body(), doing)


def days_of(answers: Answers, received_on: date) -> tuple[date, ...]:
    """First and last day on which it can last have happened, as far as the answers say; nothing where they do not."""
    back = _BACK.get(answers.happened) if answers.happened else None
    return () if back is None else (received_on - back, received_on)


def fitting_articles(answers: Answers, received_on: date, articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles that may fit what was reported, on any of the days on which it can have happened."""
    known = tuple(articles)
    days = days_of(answers, received_on) or (None,)
    found = {one.code for day in days for one in articles_for(answers.kinds, day, known)}
    return tuple(one for one in known if one.code in found)

"""Articles of law that may fit what was reported: which come with Suluh, and which were in force on a day.

They are indications for a legal officer, never a conclusion ("indikasi pasal, bukan kesimpulan hukum"). The file
``articles.toml`` comes with the package, unchecked; what an office keeps stands before it (``casefile.kept``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from sqlalchemy.orm import Session

from casefile.kept import Body, Item, in_use
from casefile.vocabulary import HarmKind, KeptKind

FILE = Path(__file__).with_name("articles.toml")


@dataclass(frozen=True)
class Article:
    """One article. Empty days mean: always in force on that side; ``verified_by`` is the legal officer's name."""

    code: str
    law: str
    article: str
    kinds: frozenset[HarmKind] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    verified_by: str = ""
    verified_on: date | None = None

    def to_body(self) -> dict[str, Any]:
        """As ``casefile.kept`` keeps it; the code is the key."""
        return {
            "law": self.law,
            "article": self.article,
            "kinds": [kind.value for kind in HarmKind if kind in self.kinds],
            "valid_from": _text(self.valid_from),
            "valid_to": _text(self.valid_to),
            "note": self.note,
            "verified_by": self.verified_by,
            "verified_on": _text(self.verified_on),
        }

    @classmethod
    def from_body(cls, code: str, body: Body) -> Self:
        """The inverse of ``to_body``. What is missing keeps its default; a kind that is not known is left out."""
        return cls(
            code,
            law=body.get("law", ""),
            article=body.get("article", ""),
            kinds=frozenset(kind for kind in HarmKind if kind.value in body.get("kinds", ())),
            valid_from=_day(body.get("valid_from")),
            valid_to=_day(body.get("valid_to")),
            note=body.get("note", ""),
            verified_by=body.get("verified_by", ""),
            verified_on=_day(body.get("verified_on")),
        )

    def is_in_force(self, day: date) -> bool:
        """Whether it applied to an act on ``day``, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def articles_for(
    kinds: Iterable[HarmKind], happened_on: date | None, articles: Iterable[Article]
) -> tuple[Article, ...]:
    """The articles that may fit any of the kinds and were in force on the day of the act, by law and article.

    Where the day is not known, all that fit the kinds: whoever reads looks at the days beside them.
    """
    asked = frozenset(kinds)
    fitting = (one for one in articles if not asked.isdisjoint(one.kinds))
    in_force = (one for one in fitting if happened_on is None or one.is_in_force(happened_on))
    return tuple(sorted(in_force, key=lambda one: (one.law, one.article, one.code)))


@cache
def shipped_articles() -> Mapping[str, Body]:
    """What comes with Suluh, by code."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["article"]
    bodies = {row["code"]: {name: _text(value) for name, value in row.items() if name != "code"} for row in rows}
    return {code: Article.from_body(code, body).to_body() for code, body in bodies.items()}


def list_articles(session: Session) -> tuple[Article, ...]:
    """Every article that is in use in this office, by law and article."""
    bodies = in_use(session, KeptKind.LEGAL_ARTICLE, shipped_articles())
    found = (Article.from_body(code, body) for code, body in bodies.items())
    return tuple(sorted(found, key=lambda one: (one.law, one.article, one.code)))


def item_of(code: str) -> Item:
    """Where an article is kept."""
    return Item(KeptKind.LEGAL_ARTICLE, code, shipped_articles().get(code))


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None

"""Who can be asked to take content down, and what each asks for: ``takedown_recipients.toml``, data of the package.

Facts about others change without telling us. Each entry says where it comes from, and ``verified_on`` is empty until
somebody has looked; pages say so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from casefile.vocabulary import HarmKind, Platform, TakedownTarget

FILE = Path(__file__).with_name("takedown_recipients.toml")


@dataclass(frozen=True)
class ContentCategory:
    """A recipient's own ``words`` for a kind of content, and the kinds of harm that they fit."""

    words: str
    kinds: frozenset[HarmKind]
    is_for_children: bool = False

    @property
    def is_for_children_alone(self) -> bool:
        """It fits nothing but pictures of children."""
        return self.is_for_children and self.kinds <= {HarmKind.CHILD_MATERIAL}

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(table["words"], frozenset(HarmKind(kind) for kind in table["kinds"]), table.get("child", False))


@dataclass(frozen=True, kw_only=True)
class TakedownRecipient:
    """One recipient. ``platform`` is None for Komdigi; ``usual_hours`` and ``urgent_hours`` are its time by law."""

    key: str
    target: TakedownTarget
    name: str
    where: str
    asks_for: tuple[str, ...]
    notes: tuple[str, ...]
    categories: tuple[ContentCategory, ...]
    laws: tuple[str, ...]
    child_laws: tuple[str, ...]
    usual_hours: int
    urgent_hours: int
    deadline_law: str
    source: str
    platform: Platform | None = None
    hosts: frozenset[str] = frozenset()
    needs_account: bool = False
    verified_on: date | None = None

    @classmethod
    def from_table(cls, key: str, table: Mapping[str, Any]) -> Self:
        """One table of the file. Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(
            key=key,
            target=TakedownTarget(table["target"]),
            name=table["name"],
            where=table["where"],
            asks_for=tuple(table["asks_for"]),
            notes=tuple(table.get("notes", ())),
            categories=tuple(ContentCategory.from_table(one) for one in table["category"]),
            laws=tuple(table["laws"]),
            child_laws=tuple(table["child_laws"]),
            usual_hours=table["usual_hours"],
            urgent_hours=table["urgent_hours"],
            deadline_law=table["deadline_law"],
            source=table["source"],
            platform=Platform(table["platform"]) if "platform" in table else None,
            hosts=frozenset(table.get("hosts", ())),
            needs_account=table.get("account", False),
            verified_on=table.get("verified_on"),
        )

    def suggest_category(self, kinds: frozenset[HarmKind], *, shows_child: bool) -> int:
        """The place in ``categories`` that fits a report: the children's one first where a child is to be seen."""
        places = range(len(self.categories))
        if shows_child:
            return next(place for place in places if self.categories[place].is_for_children)
        fitting = (place for place in places if not kinds.isdisjoint(self.categories[place].kinds))
        grown = (place for place in places if not self.categories[place].is_for_children)
        return next(fitting, next(grown, 0))

    def list_laws(self, *, shows_child: bool) -> tuple[str, ...]:
        """What a request rests on."""
        return (*self.laws, *(self.child_laws if shows_child else ()))


@cache
def list_recipients() -> tuple[TakedownRecipient, ...]:
    """Everybody in the file, in its order. Raises ``KeyError`` or ``ValueError`` for a file of another form."""
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(TakedownRecipient.from_table(key, table) for key, table in tables.items())


def find_recipient(key: str) -> TakedownRecipient | None:
    """The recipient with that key; None for one that this version does not know."""
    return next((one for one in list_recipients() if one.key == key), None)

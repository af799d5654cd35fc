"""Texts from which a reply may begin: what comes with Suluh, and what the office made of it (``casefile.kept``).

Nothing here is about a case or a reporter, and a template is never sent by itself: a person reads and sends it.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from sqlalchemy.orm import Session

from casefile.additions import Choices
from casefile.form_of_address import speak_to_child
from casefile.kept import Body, Item, find_newest, in_use, list_newest
from casefile.vocabulary import KeptKind
from casefile.wording import N_
from triage.errors import NotFoundError

TITLE_LIMIT = 60
"""Characters of a template's name."""

FIELD_LABELS: dict[str, str] = {
    "title": N_("Nama"),
    "title_en": N_("Nama dalam bahasa Inggris"),
    "text": N_("Isi"),
    "text_en": N_("Isi dalam bahasa Inggris"),
}

_OWN_KEY = re.compile(r"[0-9a-f]{32}")
_FILE = files("casefile").joinpath("message_templates.toml")


class Address(StrEnum):
    """In what language and form a reporter is written to."""

    ADULT = "id"
    CHILD = "id-kamu"
    ENGLISH = "en"

    @classmethod
    def of(cls, choices: Choices | None) -> Self:
        """As the form was shown to the reporter; Indonesian and "Anda" where that is not known."""
        if choices is None:
            return cls(cls.ADULT)
        if choices.consents.text_version.startswith("en"):
            return cls(cls.ENGLISH)
        return cls(cls.CHILD if choices.is_child else cls.ADULT)


@dataclass(frozen=True)
class Wording:
    """What a template says. Everything may be empty but the Indonesian name and text."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""

    @property
    def body(self) -> Body:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: Body) -> Self:
        """The inverse of ``body``; what an older version did not know stays empty."""
        return cls(**{name: str(body.get(name, "")) for name in FIELD_LABELS})

    def say(self, address: Address) -> str:
        """The text as the reporter is to read it; Indonesian where there is no English."""
        if address is Address.ENGLISH and self.text_en:
            return self.text_en
        return speak_to_child(self.text) if address is Address.CHILD else self.text


@dataclass(frozen=True)
class Template:
    """A template in use."""

    key: str
    wording: Wording


@cache
def shipped() -> Mapping[str, Body]:
    """What comes with Suluh, in its order."""
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {key: Wording.from_body(table).body for key, table in tables.items()}


def item_of(key: str) -> Item:
    """Under what a template is kept."""
    return Item(KeptKind.MESSAGE_TEMPLATE, key, shipped().get(key))


def new_key() -> str:
    """For a template of the office's own."""
    return uuid.uuid4().hex


def list_templates(session: Session) -> list[Template]:
    """Those in use: Suluh's in their order, then the office's own by name."""
    order = list(shipped())
    found = [
        Template(key, Wording.from_body(body))
        for key, body in in_use(session, KeptKind.MESSAGE_TEMPLATE, shipped()).items()
    ]
    last = len(order)
    return sorted(found, key=lambda one: (order.index(one.key) if one.key in order else last, one.wording.title))


def get_wording(session: Session, key: str) -> Wording:
    """What a template in use says. Raises ``NotFoundError``."""
    for one in list_templates(session):
        if one.key == key:
            return one.wording
    raise NotFoundError


def list_removed(session: Session) -> list[Template]:
    """Those out of use, by name, as they last were."""
    newest = list_newest(session, KeptKind.MESSAGE_TEMPLATE)
    found = [Template(key, Wording.from_body(one.body)) for key, one in newest.items() if one.is_removed]
    return sorted(found, key=lambda one: one.wording.title)


def get_last_wording(session: Session, key: str) -> tuple[Wording | None, int, bool]:
    """What a template says or last said, None where there is none yet; the number of its version; whether out of use.

    Raises ``NotFoundError`` for a key that can belong to none.
    """
    item, newest = item_of(key), find_newest(session, item_of(key))
    body = newest.body if newest else item.shipped
    if body is None and not _OWN_KEY.fullmatch(key):
        raise NotFoundError
    wording = None if body is None else Wording.from_body(body)
    return wording, newest.number if newest else 0, bool(newest and newest.is_removed)

"""What a paper consists of, as frozen values. Indonesian text; nothing in it is markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias


@dataclass(frozen=True)
class Heading:
    """A section begins."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph in the office's words."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, marked line by line so that none passes for the office's."""

    kind: ClassVar[str] = "quote"
    text: str = field(repr=False)


@dataclass(frozen=True)
class Bullets:
    """Short sentences, one below the other."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what is known."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column. ``widths`` are shares of the line; all alike where there are none."""

    kind: ClassVar[str] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """Places to sign, side by side: who signs, and what the office knows of the name."""

    kind: ClassVar[str] = "signatures"
    places: tuple[tuple[str, str], ...]


Block: TypeAlias = Heading | Text | Quote | Bullets | Facts | Table | Signatures


@dataclass(frozen=True)
class Paper:
    """One paper. ``reference`` stands at the foot of every page; ``code`` is what its QR code says, if any."""

    title: str
    reference: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    code: str = field(default="", repr=False)

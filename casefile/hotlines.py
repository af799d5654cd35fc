"""Numbers on pages that must open without a database. The one place they are written is ``directory.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from casefile.directory import read_file


@dataclass(frozen=True)
class Hotline:
    """A number that needs no directory: ``phone`` and ``whatsapp`` as dialled, either may be empty."""

    phone: str
    whatsapp: str
    web: str


@dataclass(frozen=True)
class Hotlines:
    """By what they are for: 112, police, SAPA, thoughts of ending one's life, and the unit's own line."""

    emergency: Hotline
    police: Hotline
    sapa: Hotline
    crisis: Hotline
    unit: Hotline

    @classmethod
    def load(cls) -> Self:
        """Read the file that comes with the package. Raises ``TypeError`` where one is missing there."""
        found = {
            table["hotline"]: Hotline(table.get("phone", ""), table.get("whatsapp", ""), table.get("web", ""))
            for table in read_file().values()
            if "hotline" in table
        }
        return cls(**found)


HOTLINES = Hotlines.load()
HOTLINE_ENTRIES = frozenset(name for name, table in read_file().items() if "hotline" in table)
"""Names in the file of the entries that these numbers come from."""

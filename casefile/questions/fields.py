"""What a question of the form is: its HTML name, its words, how it is asked, and of whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from casefile.questions.calendar import MONTH_LABELS, Month
from casefile.questions.filled import Filled
from casefile.wording import label


class Widget(StrEnum):
    """How a question is asked; also the name of its macro in the templates."""

    RADIO = "radio"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    TICK = "tick"
    LINE = "line"
    LINES = "lines"
    YEAR = "year"

    @property
    def is_text(self) -> bool:
        """Words that a person typed."""
        return self in {Widget.LINE, Widget.LINES}


def always(_filled: Filled) -> bool:
    """For everybody."""
    return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question.

    ``options`` is the closed list of answers; those in ``folded`` stand behind "Pilihan lain". ``limit`` counts
    characters of a text. ``plain`` is text above a box that must be read, so it is not styled as help. ``shown``
    says of whom it is asked; ``left_out`` are members of the list that are no answer here. ``label`` and ``help`` are
    message ids.
    """

    name: str
    label: str
    widget: Widget
    help: str = ""
    plain: tuple[str, ...] = ()
    options: type[StrEnum] | None = None
    folded: frozenset[StrEnum] = frozenset()
    left_out: frozenset[StrEnum] = frozenset()
    limit: int = 0
    shown: Callable[[Filled], bool] = always

    @property
    def values(self) -> frozenset[str]:
        """The option values that may be sent."""
        return frozenset(member.value for member in self.options or () if member not in self.left_out)

    def has_folded(self, filled: Filled) -> bool:
        """Whether one of the answers behind "Pilihan lain" was chosen."""
        return any(member.value in filled.many(self.name) for member in self.folded)

    def choices(self, *, folded: bool = False) -> list[tuple[str, str]]:
        """Pairs of option value and message id, of those behind "Pilihan lain" or of the others."""
        offered = (member for member in self.options or () if member not in self.left_out)
        return [(member.value, words_for(member)) for member in offered if (member in self.folded) is folded]


def words_for(member: StrEnum) -> str:
    """The message id of an option."""
    return MONTH_LABELS[member] if isinstance(member, Month) else label(member)

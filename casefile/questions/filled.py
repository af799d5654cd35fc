"""A form as it was filled: what was typed, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from casefile.submission import Answers
from casefile.vocabulary import Feeling, HarmKind, ReporterRole, SafeNow

Values = Mapping[str, list[str]]
"""Field name to what was sent under it; a field left blank is absent."""

ASKS_FOR_TRAFFICKING_SIGNS = frozenset({HarmKind.TRAFFICKING_OFFER.value, HarmKind.GROOMING.value})
_ONE_ANSWER = ("aman_sekarang", "peran", "usia", "anak_dalam_konten", "perasaan")


@dataclass(frozen=True)
class Filled:
    """Typed values by field name, and what they say of the person."""

    values: Values = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.values.get(name, [])), "")

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.values.get(name, []))

    @property
    def is_witness(self) -> bool:
        """Filled by somebody who saw it."""
        return self.one("peran") == ReporterRole.WITNESS

    @property
    def is_child(self) -> bool:
        """The person harmed is under 18."""
        return self.own_answers.age.is_child

    @property
    def is_in_danger(self) -> bool:
        """The reporter said that they are threatened right now."""
        return self.one("aman_sekarang") == SafeNow.NO

    @property
    def is_suicidal(self) -> bool:
        """The reporter told of thoughts of ending their life."""
        return not self.is_witness and self.one("perasaan") == Feeling.SUICIDAL

    @property
    def may_be_trafficked(self) -> bool:
        """The kinds told of ask for signs of trafficking."""
        return not ASKS_FOR_TRAFFICKING_SIGNS.isdisjoint(self.many("jenis"))

    @property
    def own_answers(self) -> Answers:
        """Those answers on which it depends what is asked and taken; values must be of the closed lists."""
        single = {name: self.one(name) for name in _ONE_ANSWER if self.one(name)}
        return Answers.from_json({**single, "jenis": self.many("jenis")})

    def with_values(self, values: Values) -> Self:
        """Another form with these values."""
        return replace(self, values=dict(values))

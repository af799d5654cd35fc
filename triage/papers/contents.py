"""What stands in a paper, as frozen values with a JSON form. Texts are cleaned already (``casefile.text``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID

from casefile.contents import decode_json, encode_json
from casefile.vocabulary import (
    PaperKind,
    PlanMaking,
    RiskItem,
    SafetyPrompt,
    SafetyStep,
    ServiceKind,
    YesNoUnknown,
)


@dataclass(frozen=True)
class Note:
    """A private note of the team."""

    text: str

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"text": self.text}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` on another form."""
        return cls(stored["text"])


@dataclass(frozen=True)
class SafetyPlan:
    """Answers to the plan's questions, usual steps that were agreed, how it was made, when it is looked at again."""

    texts: Mapping[SafetyPrompt, str] = field(default_factory=dict)
    steps: frozenset[SafetyStep] = frozenset()
    making: PlanMaking | None = None
    review_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "texts": {prompt.value: text for prompt, text in self.texts.items()},
            "steps": sorted(step.value for step in self.steps),
            "making": self.making,
            "review_on": self.review_on and self.review_on.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(
            texts={SafetyPrompt(prompt): text for prompt, text in stored["texts"].items()},
            steps=frozenset(SafetyStep(step) for step in stored["steps"]),
            making=stored["making"] and PlanMaking(stored["making"]),
            review_on=stored["review_on"] and date.fromisoformat(stored["review_on"]),
        )


@dataclass(frozen=True)
class RiskAssessment:
    """Answers by item; what was not asked is absent. ``is_partner``: the alleged perpetrator is or was a partner."""

    answers: Mapping[RiskItem, YesNoUnknown] = field(default_factory=dict)
    is_partner: bool = False
    remark: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        answers = {item.value: answer.value for item, answer in self.answers.items()}
        return {"answers": answers, "is_partner": self.is_partner, "remark": self.remark}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        answers = {RiskItem(item): YesNoUnknown(answer) for item, answer in stored["answers"].items()}
        return cls(answers, stored["is_partner"], stored["remark"])


@dataclass(frozen=True)
class Service:
    """What was given when, by whom: ``provider`` is a name, of the directory's entry where ``entry_id`` is set."""

    kind: ServiceKind
    given_on: date
    provider: str = ""
    entry_id: UUID | None = None
    remark: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "kind": self.kind.value,
            "given_on": self.given_on.isoformat(),
            "provider": self.provider,
            "entry_id": self.entry_id and self.entry_id.hex,
            "remark": self.remark,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(
            kind=ServiceKind(stored["kind"]),
            given_on=date.fromisoformat(stored["given_on"]),
            provider=stored["provider"],
            entry_id=stored["entry_id"] and UUID(stored["entry_id"]),
            remark=stored["remark"],
        )


PaperContents = Note | SafetyPlan | RiskAssessment | Service

_KINDS: dict[PaperKind, type[Note | SafetyPlan | RiskAssessment | Service]] = {
    PaperKind.NOTE: Note,
    PaperKind.SAFETY_PLAN: SafetyPlan,
    PaperKind.RISK_ASSESSMENT: RiskAssessment,
    PaperKind.SERVICE: Service,
}


def kind_of(contents: PaperContents) -> PaperKind:
    """The kind of paper in which ``contents`` stand."""
    return next(kind for kind, held in _KINDS.items() if isinstance(contents, held))


def encode_paper(contents: PaperContents) -> bytes:
    """UTF-8 JSON; equal contents give equal bytes."""
    return encode_json(contents.to_json())


def decode_paper(kind: PaperKind, stored: bytes) -> PaperContents:
    """The inverse of ``encode_paper``. Raises ``ValueError``, ``KeyError`` or ``TypeError`` on another form."""
    return _KINDS[kind].from_json(decode_json(stored))

"""Coded answers that somebody pasted, read strictly: an unknown name is a mistake, not a skipped answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from casefile.errors import SuluhError
from casefile.submission import Answers
from casefile.urgency.reasons import MatchFacts

FACT_NAMES = {"konten_sama": "same_content_elsewhere", "akun_sama": "same_account_elsewhere"}
"""What comparing showed: true or false under these names."""

_QUESTIONS = {question.metadata["name"]: question.metadata for question in fields(Answers)}


class AnswersError(SuluhError):
    """Pasted answers cannot be read. ``faults`` holds one sentence for each mistake, in English."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Pasted(NamedTuple):
    """What the rules are asked about."""

    answers: Answers
    facts: MatchFacts


def read_answers(text: str) -> Pasted:
    """Read JSON: field names of the form (``usia``, ``jenis``...) with their option values, and ``FACT_NAMES``.

    What is left out, or null, was skipped. Raises ``AnswersError``, which names fields and what they may hold.
    """
    try:
        stored = json.loads(text)
    except ValueError as error:
        raise AnswersError(["This is not JSON."]) from error
    if not isinstance(stored, dict):
        raise AnswersError(["JSON must be one object: names of fields with their answers."])
    stored = {name: value for name, value in stored.items() if value is not None}
    if faults := _faults(stored):
        raise AnswersError(faults)
    facts = MatchFacts(**{FACT_NAMES[name]: stored[name] for name in FACT_NAMES if name in stored})
    return Pasted(Answers.from_json({name: stored[name] for name in stored if name in _QUESTIONS}), facts)


def _faults(stored: Mapping[str, Any]) -> list[str]:
    unknown = sorted(set(stored) - set(_QUESTIONS) - set(FACT_NAMES))
    known = ", ".join([*_QUESTIONS, *FACT_NAMES])
    faults = [f"Unknown field: {name}." for name in unknown]
    if unknown:
        faults.append(f"Known fields: {known}.")
    wrong = (name for name in stored if name in _QUESTIONS and not _fits(_QUESTIONS[name], stored[name]))
    faults += [f"{name}: {_allowed(_QUESTIONS[name])}." for name in wrong]
    return faults + [f"{name}: true or false." for name in FACT_NAMES if not isinstance(stored.get(name, False), bool)]


def _fits(question: Mapping[str, Any], value: Any) -> bool:
    values = {member.value for member in question["enum"]}
    if question["many"]:
        return isinstance(value, list) and all(isinstance(one, str) and one in values for one in value)
    return isinstance(value, str) and value in values


def _allowed(question: Mapping[str, Any]) -> str:
    values = ", ".join(member.value for member in question["enum"])
    return f"a list of any of {values}" if question["many"] else f"one of {values}"

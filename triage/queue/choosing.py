"""Which cases a list is made of: what is asked, apart from the values that it is asked with.

Building a statement takes longer than most of them run, and the queue is opened more often than any other page. So a
statement is built once for each kind of question and kept; who asks, when, and what for comes with the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from triage.queue.filters import NO_FILTERS, Filters, filter_conditions
from triage.queue.views import QueueView, moment_values, view_conditions


@dataclass(frozen=True)
class Question:
    """A view and the names of the filters that are set: a few hundred are possible, a dozen are used."""

    view: QueueView
    filters: tuple[str, ...] = ()

    @property
    def condition(self) -> ColumnElement[bool]:
        """What holds for the cases, with the values left open."""
        return _build_condition(self)


@dataclass(frozen=True)
class Chosen:
    """The cases of a list: a question and the values that its condition names."""

    question: Question
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def condition(self) -> ColumnElement[bool]:
        """What holds for the cases, with the values left open."""
        return self.question.condition


EVERY_OPEN = Chosen(Question(QueueView.ALL))
"""All open cases."""


def choose(view: QueueView, staff_id: UUID, now: datetime, filters: Filters = NO_FILTERS) -> Chosen:
    """What the table can be asked for: a view's cases that fit the filters, as far as these are not sealed."""
    asked = filters.to_parameters()
    return Chosen(Question(view, tuple(asked)), {**moment_values(staff_id, now), **asked})


@cache
def _build_condition(question: Question) -> ColumnElement[bool]:
    narrower = filter_conditions(question.filters, closed=question.view is QueueView.CLOSED)
    return and_(view_conditions(question.view), *narrower)

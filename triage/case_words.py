"""What the case page says of a report in one line, and of the days of tasks."""

from __future__ import annotations

from datetime import date, timedelta

from babel.units import format_unit
from flask_babel import get_locale
from flask_babel import gettext as _

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, Spread, Threat
from triage.phrases import day, headline, word, words


def summary_line(answers: Answers) -> str:
    """A report in one plain line: what happened, to somebody of what age, where, and what presses."""
    said = [headline(answers)]
    if answers.age is not AgeBand.SKIPPED:
        said.append(_("usia %(age)s", age=_lower(word(answers.age))))
    if answers.platforms:
        said.append(words(answers.platforms))
    if answers.threat is not None and answers.threat is not Threat.NONE:
        said.append(_("ancaman: %(threat)s", threat=_lower(word(answers.threat))))
    if answers.spread in {Spread.PUBLIC, Spread.CLOSED_GROUP}:
        said.append(_("penyebaran: %(spread)s", spread=_lower(word(Spread(answers.spread)))))
    return " · ".join(said)


def due_day(due_on: date, today: date) -> str:
    """By which day a task is to be done, as near as needed."""
    if due_on == today:
        return _("hari ini")
    if due_on == today + timedelta(days=1):
        return _("besok")
    if due_on < today:
        return _(
            "terlambat %(span)s, sejak %(day)s",
            span=format_unit((today - due_on).days, "duration-day", locale=get_locale()),
            day=day(due_on),
        )
    return day(due_on)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

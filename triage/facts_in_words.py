"""The facts of the two cases of a pair, in one order, in words; and which of them differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from casefile.contents import QueueSummary
from casefile.submission import Answers
from casefile.vocabulary import AgeBand, District
from casefile.wib import local_date
from triage.differences import Difference, find_differences
from triage.link_labels import DIFFERENCES
from triage.links import Side, Sight
from triage.phrases import day, headline, word, words


@dataclass(frozen=True)
class FactRow:
    """One fact of both cases, this case first."""

    label: str
    values: tuple[str, str]
    differs: bool


def compare_facts(own: Side, other: Side, names: Mapping[UUID, str]) -> list[FactRow]:
    """Every fact in a fixed order; ``names`` are those of staff, by id."""
    differing = _find(own, other)
    facts: list[tuple[str, Difference | None, Callable[[Side], str]]] = [
        (_("Diterima"), None, lambda side: day(local_date(side.case.received_at))),
        (_("Tingkat"), None, lambda side: word(side.case.level)),
        (_("Status"), None, lambda side: word(side.case.status)),
        (_("Jenis"), Difference.KINDS, lambda side: _told(side, headline)),
        (_("Usia"), Difference.AGE, lambda side: _told(side, _age)),
        (_("Terakhir terjadi"), Difference.TIME, lambda side: _told(side, _happened)),
        (_("Aplikasi"), Difference.PLATFORM, lambda side: _told(side, lambda told: words(told.platforms))),
        (_("Wilayah"), Difference.DISTRICT, _district),
        (_("Gambar"), None, _pictures),
        (_("Konselor"), None, lambda side: names.get(side.counsellor_id, "") if side.counsellor_id else _("belum ada")),
    ]
    return [FactRow(label, (say(own), say(other)), difference in differing) for label, difference, say in facts]


def say_differences(own: Side, other: Side) -> list[str]:
    """What the answers hold against the pair, one sentence each."""
    return [_(DIFFERENCES[difference]) for difference in _find(own, other)]


def _find(own: Side, other: Side) -> tuple[Difference, ...]:
    if own.summary is None or other.summary is None:
        return ()
    one, two = ((side.summary.answers, side.case.received_at) for side in (own, other) if side.summary)
    return find_differences(one, two)


def _told(side: Side, say: Callable[[Answers], str]) -> str:
    return _("tidak terbuka") if side.summary is None else say(side.summary.answers) or _("belum diketahui")


def _age(told: Answers) -> str:
    return "" if told.age is AgeBand.SKIPPED else word(told.age)


def _happened(told: Answers) -> str:
    return word(told.happened) if told.happened else ""


def _district(side: Side) -> str:
    """Where somebody lives is read by whoever has the case and by supervisors."""
    if side.sight is not Sight.ALL_FACTS:
        return _("hanya untuk konselornya")
    return _told(side, lambda told: "" if told.district is District.SKIPPED else word(told.district))


def _pictures(side: Side) -> str:
    summary: QueueSummary | None = side.summary
    return _("tidak terbuka") if summary is None else str(summary.picture_count)

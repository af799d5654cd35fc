"""What the queue says in words: filters, what is new, what an act on several cases did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask_babel import gettext as _

from triage.labels import VIEW_LABELS
from triage.phrases import day, word
from triage.queue import Filters, Guess, News, QueueView


def filter_words(filters: Filters, names: Mapping[UUID, str]) -> list[str]:
    """What a list is narrowed by, one short text for each filter."""
    members = (filters.level, filters.kind, filters.platform, filters.district, filters.label)
    said = [word(member) for member in members if member is not None]
    if filters.holder is not None:
        said.append(_("dipegang %(name)s", name=names.get(filters.holder, "–")))
    if filters.since is not None:
        said.append(_("dari %(day)s", day=day(filters.since)))
    if filters.until is not None:
        said.append(_("sampai %(day)s", day=day(filters.until)))
    return said


def saved_name(view: QueueView, filters: Filters, names: Mapping[UUID, str]) -> str:
    """The name of a saved view, made from what it asks for."""
    return " · ".join([_(VIEW_LABELS[view]), *filter_words(filters, names)])


def news_line(news: News) -> str:
    """What has changed on a page, or nothing."""
    said = []
    if news.above:
        said.append(_("%(count)s laporan baru di atas.", count=news.above))
    if news.gone:
        said.append(_("%(count)s kasus di halaman ini sudah pindah.", count=news.gone))
    if news.unread:
        said.append(_("Saringan masih membaca: %(count)s kasus lagi.", count=news.unread))
    return " ".join(said)


def estimate(guess: Guess | None, cases: int) -> str:
    """How many people may have sent the reports of ``cases`` cases, or of the first of them, as a guess."""
    if guess is None:
        return _("perkiraan jumlah pelapor belum ada")
    if guess.cases < cases:
        return _("perkiraan pelapor: sekitar %(count)s dari %(all)s pertama", count=guess.reporters, all=guess.cases)
    return _("perkiraan pelapor: sekitar %(count)s dari %(all)s", count=guess.reporters, all=guess.cases)


def skipped(refused: Iterable[str]) -> str:
    """Which cases an act passed over."""
    return _("Dilewati: %(codes)s.", codes=", ".join(refused))

"""What pages say of a conversation: when the code was last used, what in a text may give away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import gettext as _

from casefile.wib import local_date
from triage.conversation import Piece
from triage.conversation.giveaways import GIVEAWAY_WORDS, Giveaway


def code_opened(opened_on: date | None, now: datetime) -> str:
    """How long ago the code was last entered, in days; nothing more is known."""
    if opened_on is None:
        return _("Belum ada catatan pelapor membuka kodenya.")
    days = (local_date(now) - opened_on).days
    if days <= 0:
        return _("Pelapor membuka kodenya hari ini.")
    if days == 1:
        return _("Pelapor terakhir membuka kodenya kemarin.")
    return _("Pelapor belum membuka kode sejak %(days)s hari.", days=days)


def name_giveaways(pieces: Iterable[Piece]) -> str:
    """The kinds that the pieces hold, each once, with commas."""
    held = {piece.kind for piece in pieces}
    return ", ".join(_(GIVEAWAY_WORDS[kind]) for kind in Giveaway if kind in held)

"""Words of the desk alone; what both applications say is in ``casefile.wording``."""

from __future__ import annotations

from casefile.wording import N_
from triage.queue import QueueView

VIEW_LABELS: dict[QueueView, str] = {
    QueueView.TO_READ: N_("Perlu dibaca"),
    QueueView.MINE: N_("Kasus saya"),
    QueueView.WAITING: N_("Menunggu pelapor"),
    QueueView.DUE_TODAY: N_("Jatuh tempo hari ini"),
    QueueView.ALL: N_("Semua"),
    QueueView.CLOSED: N_("Ditutup"),
}

"""The papers of a bundle, in order: what is printed into it, and what two people read before it exists."""

from __future__ import annotations

from typing import NamedTuple

from triage.bundles.facts import BundleFacts
from triage.bundles.papers.around import (
    article_paper,
    consent_paper,
    related_paper,
    supporting_paper,
    takedown_paper,
)
from triage.bundles.papers.evidence import accused_paper, custody_paper, evidence_paper, method_paper
from triage.bundles.papers.handover import handover_paper
from triage.bundles.papers.letter import letter_paper
from triage.bundles.papers.summary import chronology_paper, summary_paper
from triage.printing import Paper

__all__ = ["NamedPaper", "list_papers"]

LETTER = "00_surat_pengantar"

_MAKERS = {
    "01_ringkasan": summary_paper,
    "02_kronologi": chronology_paper,
    "04_terlapor": accused_paper,
    "05_daftar_bukti": evidence_paper,
    "07_metode": method_paper,
    "08_rantai_penguasaan": custody_paper,
    "09_keterkaitan": related_paper,
    "10_permintaan_takedown": takedown_paper,
    "11_indikasi_pasal": article_paper,
    "12_persetujuan": consent_paper,
    "13_pendukung": supporting_paper,
    "14_berita_acara_serah_terima": handover_paper,
}
"""By their place in domain.md section 10. 03 lies outside the bag (the identity annex), 06 is BagIt's manifest."""


class NamedPaper(NamedTuple):
    """A paper and the name of its file in ``data/``."""

    name: str
    paper: Paper


def list_papers(facts: BundleFacts) -> tuple[NamedPaper, ...]:
    """Every paper, the covering letter first."""
    papers = [NamedPaper(f"{stem}.pdf", make(facts)) for stem, make in _MAKERS.items()]
    letter = letter_paper(facts, tuple(_MAKERS))
    return (NamedPaper(f"{LETTER}.pdf", letter), *papers)

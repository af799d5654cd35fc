"""What a check of the custody log found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask_babel import gettext as _

from casefile.anchor_findings import Fault, Finding, Outcome
from casefile.custody import OFFICE_CHAIN
from casefile.wording import N_
from triage.phrases import day

_CHAINS = {
    Fault.ENTRY: N_("Rantai catatan rusak: %(where)s, mulai catatan nomor %(number)s."),
    Fault.CHANGED: N_(
        "Catatan diubah: %(where)s, nomor %(first)s sampai %(number)s. Jangkar %(day)s melihat isi yang lain."
    ),
    Fault.SHORT: N_("Catatan hilang: %(where)s, mulai nomor %(number)s. Jangkar %(day)s masih melihatnya."),
    Fault.CHAIN_GONE: N_("Seluruh rantai hilang: %(where)s. Jangkar %(day)s masih melihatnya."),
}
_ANCHORS = {
    Fault.ROOT: N_("Jangkar %(day)s rusak: akarnya bukan akar rantai hari itu."),
    Fault.SIGNATURE: N_("Jangkar %(day)s rusak: tanda tangannya tidak cocok."),
    Fault.STRANGER: N_("Jangkar %(day)s ditandatangani dengan kunci lain, bukan kunci kantor sekarang."),
    Fault.SIGNATURE_GONE: N_("Tanda tangan jangkar %(day)s hilang."),
    Fault.STAMP: N_("Jangkar %(day)s rusak: stempel waktunya tidak cocok."),
    Fault.ANCHOR_GONE: N_("Jangkar %(day)s hilang."),
    Fault.ANCHOR_UNLOGGED: N_("Jangkar %(day)s tidak cocok dengan catatan kantor."),
}


def say_outcome(outcome: Outcome, codes: Mapping[UUID, str]) -> Iterator[str]:
    """One sentence for each thing that is wrong, or one that all is well; then what should be known.

    ``codes``: the case numbers of reports.
    """
    for found in outcome.broken:
        yield _say(found, codes)
    if not outcome.broken:
        yield _("Semua %(count)s rantai catatan utuh.", count=outcome.chains)
        if outcome.anchors:
            yield _("Semua %(count)s jangkar harian cocok.", count=outcome.anchors)
    if outcome.missing_days:
        first = day(outcome.missing_days[0])
        yield _("%(count)s hari tanpa jangkar, mulai %(day)s.", count=len(outcome.missing_days), day=first)


def _say(found: Finding, codes: Mapping[UUID, str]) -> str:
    on = day(found.day) if found.day else "–"
    if found.fault in _ANCHORS:
        return _(_ANCHORS[found.fault], day=on)
    where = _("kantor") if found.chain == OFFICE_CHAIN else _("laporan tanpa kasus")
    if found.chain is not None and found.chain in codes:
        where = codes[found.chain]
    return _(_CHAINS[found.fault], where=where, first=found.last_good + 1, number=found.number, day=on)

"""What of a report leaves: everything but the items that were unticked. Numbers stay those of the whole report."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date

from casefile.additions import Material
from casefile.pictures import Picture
from triage.additions import OpenedAddition
from triage.bundles.facts import BundleFacts, ReportFacts

STORY = "uraian"
PICTURE = "gambar"
ADDRESS = "alamat"
ADDITION = "tambahan"


@dataclass(frozen=True)
class Leaving:
    """One report as it leaves. ``left_out`` names what stays: ``uraian``, ``gambar/2``; ``number`` counts reports."""

    number: int
    report: ReportFacts
    story: str = field(repr=False)
    platform_other: str = field(repr=False)
    pictures: tuple[tuple[int, Picture], ...]
    addresses: tuple[tuple[int, str], ...] = field(repr=False)
    additions: tuple[OpenedAddition, ...] = field(repr=False)
    left_out: tuple[str, ...] = ()

    def came_on(self, number: int, picture: Picture) -> date:
        """The day on which a picture reached the office: with the report, or with an addition."""
        if number > self.report.sent_pictures:
            for added in self.report.additions:
                if added.material and picture.fingerprints.sha256 in _digests(added.material):
                    return added.added_on
        return self.report.received_on


def leaving_reports(facts: BundleFacts) -> tuple[Leaving, ...]:
    """Every report of the case, as it leaves."""
    return tuple(_leaving(number, report, facts.wish.left_out) for number, report in enumerate(facts.reports, start=1))


def leaves_address(facts: BundleFacts, address: str) -> bool:
    """Whether an address that was asked to be taken down may be named: no unticked line holds it."""
    for report in facts.reports:
        for number, line in enumerate(report.submission.addresses, start=1):
            is_left_out = f"{report.report_id}/{ADDRESS}/{number}" in facts.wish.left_out
            if is_left_out and (address.strip() in line or line.strip() in address):
                return False
    return True


def _leaving(number: int, report: ReportFacts, left_out: Container[str]) -> Leaving:
    sent = report.submission
    keys = [
        *([STORY] if sent.story else []),
        *(f"{ADDITION}/{added.number}" for added in report.additions),
        *(f"{PICTURE}/{count}" for count in range(1, len(sent.pictures) + 1)),
        *(f"{ADDRESS}/{count}" for count in range(1, len(sent.addresses) + 1)),
    ]
    stays = {key for key in keys if f"{report.report_id}/{key}" in left_out}
    pictures = tuple(one for one in enumerate(sent.pictures, start=1) if f"{PICTURE}/{one[0]}" not in stays)
    addresses = tuple(one for one in enumerate(sent.addresses, start=1) if f"{ADDRESS}/{one[0]}" not in stays)
    kept = [added for added in report.additions if f"{ADDITION}/{added.number}" not in stays]
    digests, lines = {one.fingerprints.sha256 for _, one in pictures}, {line for _, line in addresses}
    return Leaving(
        number,
        report,
        story="" if STORY in stays else sent.story,
        platform_other=_platform_other(report, stays),
        pictures=pictures,
        addresses=addresses,
        additions=tuple(_trimmed(added, digests, lines) for added in kept),
        left_out=tuple(key for key in keys if key in stays),
    )


def _platform_other(report: ReportFacts, stays: Container[str]) -> str:
    """The platforms in words, without those that an unticked addition named."""
    unticked = {
        added.material.platform_other
        for added in report.additions
        if added.material and f"{ADDITION}/{added.number}" in stays
    }
    return ", ".join(one for one in report.submission.platform_other.split(", ") if one not in unticked)


def _trimmed(added: OpenedAddition, digests: Container[bytes], lines: Container[str]) -> OpenedAddition:
    if added.material is None:
        return added
    pictures = tuple(one for one in added.material.pictures if one.fingerprints.sha256 in digests)
    addresses = tuple(line for line in added.material.addresses if line in lines)
    return replace(added, material=replace(added.material, pictures=pictures, addresses=addresses))


def _digests(material: Material) -> set[bytes]:
    return {picture.fingerprints.sha256 for picture in material.pictures}

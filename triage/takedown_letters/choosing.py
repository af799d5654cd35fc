"""Which addresses a case has, what each names, and whose it is. No address is ever opened: the text alone is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from casefile.identifiers import Identifier, parse_identifier
from casefile.identifiers.sites import SITES_OF_HOSTS
from casefile.takedown_recipients import TakedownRecipient, list_recipients
from casefile.vocabulary import IdentifierKind, Platform
from triage.additions import OpenedReport


@dataclass(frozen=True)
class ChosenAddress:
    """One address that may be put on a letter. ``platform_key`` names its platform among the recipients, "" for none.

    ``seen_on`` is the day on which the office learned of it.
    """

    text: str = field(repr=False)
    account: str = field(repr=False)
    seen_on: date
    platform_key: str = ""


def list_addresses(
    opened: OpenedReport, received_on: date, typed: Iterable[str] = (), today: date | None = None
) -> tuple[ChosenAddress, ...]:
    """The addresses of a report with its additions, then those that were ``typed`` today, each once."""
    told = [(line, received_on) for line in opened.as_sent.addresses]
    told += [(line, one.added_on) for one in opened.material if one.material for line in one.material.addresses]
    told += [(line, today or received_on) for line in typed]
    first: dict[str, date] = {}
    for line, on in told:
        first.setdefault(line, on)
    platforms = opened.submission.answers.platforms
    return tuple(_read(line, on, platforms) for line, on in first.items())


def _read(line: str, on: date, platforms: frozenset[Platform]) -> ChosenAddress:
    named = parse_identifier(line, platforms)
    accounts = dict.fromkeys(one.canonical.partition(":")[2] for one in named if one.kind in _NAMES)
    keys = (recipient.key for one in named for recipient in _owners(one))
    return ChosenAddress(line, ", ".join(accounts), on, next(keys, ""))


def _owners(named: Identifier) -> Iterator[TakedownRecipient]:
    site, host = named.canonical.partition(":")[0], _host(named)
    for recipient in list_recipients():
        sites = {SITES_OF_HOSTS[known] for known in recipient.hosts if known in SITES_OF_HOSTS}
        is_account_there = named.kind is IdentifierKind.ACCOUNT and site in sites
        if is_account_there or any(host == known or host.endswith(f".{known}") for known in recipient.hosts):
            yield recipient


def _host(named: Identifier) -> str:
    return (urlsplit(named.canonical).hostname or "") if named.kind is IdentifierKind.URL else ""


_NAMES = frozenset({IdentifierKind.ACCOUNT, IdentifierKind.HANDLE})

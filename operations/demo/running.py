"""The demonstration as a whole: a plan, told report by report."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from casefile.vocabulary import Urgency
from operations.demo.chats import Treatment
from operations.demo.plan import PlannedReport
from operations.demo.reporter import Sent, send_report


@dataclass(frozen=True)
class Summary:
    """What was sent; ``levels`` counts by the level that answers alone ask for."""

    reports: int
    pictures: int
    levels: Counter[Urgency]
    shared_accounts: int
    same_files: int
    changed_pictures: int


def is_local(portal: str) -> bool:
    """Whether a URL names this machine. A demonstration must never flood a service that people need."""
    host = urlsplit(portal).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def send_all(portal: str, plan: Sequence[PlannedReport], tell_sent: Callable[[Sent], None]) -> Summary:
    """Send every report, one after the other; ``tell_sent`` hears of each. Raises ``PortalError``."""
    pictures = 0
    for planned in plan:
        sent = send_report(portal, planned)
        pictures += sent.pictures
        tell_sent(sent)
    accounts = Counter(planned.account for planned in plan)
    chats = Counter(chat for planned in plan for chat in planned.chats if chat.treatment is Treatment.NONE)
    return Summary(
        reports=len(plan),
        pictures=pictures,
        levels=Counter(planned.level for planned in plan),
        shared_accounts=sum(count > 1 for count in accounts.values()),
        same_files=sum(count - 1 for count in chats.values()),
        changed_pictures=sum(chat.treatment is not Treatment.NONE for planned in plan for chat in planned.chats),
    )

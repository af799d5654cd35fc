"""URLs, user names and phone numbers of the alleged perpetrator: one spelling each, then blinded.

::

    line ──parse_identifier──> Identifier ──blind_first(k1)──> 32 bytes ──blind_second(k2)──> 16-byte tag
                              (intake)                        (intake, sealed)               (worker)

Canonical forms
    ``ACCOUNT``  ``instagram:nama``, ``facebook:id:1000``, ``email:nama@contoh.id``
    ``HANDLE``   ``handle:nama``, a user name whose platform is not known
    ``URL``      ``https://`` + host + path, merged over spellings, scheme, mobile hosts and tracking parameters
    ``PHONE``    E.164, ``+6281234567890``

How a user name without a platform meets one with a platform
    Equal accounts, addresses and numbers link two reports at once, so a precise line stands only for itself:
    ``instagram:budi`` never meets ``tiktok:budi``. ``@budi`` with exactly one platform ticked becomes that platform's
    account. With several ticked it stands for the account on each of them and for ``handle:budi``. With none it is
    ``handle:budi`` alone and meets only others that nobody could place. Two people may be called ``@budi``: an equal
    handle is only suggested to the counsellor, and finding the rest is left to her.

Pages that are nobody's own (front pages, log-in, search, shops of apps) give no identifier at all.

Nothing here touches the network. Short links (``vt.tiktok.com``, ``fb.watch``, ``bit.ly``) are kept as they are, since
asking where they lead would tell the site that somebody reports.
"""

from __future__ import annotations

from casefile.identifiers.blinding import blind_first, blind_second
from casefile.identifiers.forms import Identifier, looks_confusable
from casefile.identifiers.lines import parse_identifier

__all__ = ["Identifier", "blind_first", "blind_second", "looks_confusable", "parse_identifier"]

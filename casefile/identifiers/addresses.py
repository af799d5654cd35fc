"""From an address as pasted to the page it means, without asking anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import idna
import tldextract
from w3lib.url import canonicalize_url

from casefile.identifiers.sites import SITES_OF_HOSTS, Page, read_page

_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_APP_LINKS = (
    (re.compile(r"tg://resolve/?\?(?:.*&)?domain=(\w+).*", re.IGNORECASE), r"https://t.me/\1"),
    (re.compile(r"tg://resolve/?\?(?:.*&)?phone=\+?(\d+).*", re.IGNORECASE), r"https://t.me/+\1"),
    (re.compile(r"https?://web\.telegram\.org/.*#@(\w+).*", re.IGNORECASE), r"https://t.me/\1"),
    (re.compile(r"whatsapp://send/?\?(?:.*&)?phone=\+?(\d+).*", re.IGNORECASE), r"https://wa.me/\1"),
    (re.compile(r"instagram://user\?username=([\w.]+).*", re.IGNORECASE), r"https://instagram.com/\1"),
    (re.compile(r"fb://profile/(\d+).*", re.IGNORECASE), r"https://facebook.com/\1"),
)
_REDIRECTS = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "l.threads.net": "u",
    "l.wl.co": "u",
}
_TRACKING = re.compile(
    r"utm_\w+|igshid|igsh|ig_rid|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|mibextid|si|_ga|_gl"
    r"|mc_[ce]id|ref_src|ref_url|spm|share_id|share_source|is_from_webapp|sender_device",
    re.IGNORECASE,
)
_HOST_PREFIX = re.compile(r"(?:www\d?|m|mobile|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+")
_LONGEST_HOST = 253
_SHARED_HOSTS_WORDS = """
    google.com gmail.com play.google.com drive.google.com yahoo.com bing.com telegram.org line.me discord.com discord.gg
    michat.sg bigo.tv linkedin.com pinterest.com reddit.com tumblr.com wattpad.com tinder.com bumble.com tantan.com
    omegle.com roblox.com mobilelegends.com garena.com pubgmobile.com shopee.co.id tokopedia.com apple.com microsoft.com
    bit.ly s.id tinyurl.com fb.watch vt.tiktok.com vm.tiktok.com t.co linktr.ee onlyfans.com mega.nz mediafire.com
"""
_SHARED_HOSTS = frozenset(_SHARED_HOSTS_WORDS.split())
_SERVICE_HOSTS_WORDS = """
    play.google.com apps.apple.com itunes.apple.com support.google.com support.apple.com accounts.google.com
    search.yahoo.com id.search.yahoo.com faq.whatsapp.com help.instagram.com support.tiktok.com help.x.com
    help.twitter.com support.x.com support.snapchat.com
"""
_SERVICE_HOSTS = frozenset(_SERVICE_HOSTS_WORDS.split())
_SEARCH = re.compile(
    r"(?:images\.)?(?:google\.(?:com?\.)?[a-z]{2,3}|bing\.com|duckduckgo\.com|yandex\.[a-z]{2,3})"
    r"(?:/?(?:\?.*)?|/(?:search|images|imgres|videos|url|webhp|advanced_search)(?:[/?].*)?)"
)
_DEFAULT_PORTS = (None, 80, 443)
_MOST_PARAMETERS = 100
WRAPPING = "()[]{}<>\"'“”‘’`.,;:!?*"
"""What people and punctuation put around an address or a name."""


def has_known_suffix(host: str) -> bool:
    """Whether ``host`` ends in a public suffix and has a name before it, by the list that comes with tldextract."""
    found = _SUFFIXES.extract_str(host)
    return bool(found.suffix and found.domain)


def read_address(typed: str) -> Page | None:
    """What an address names, or None when it is not one. ``typed`` has a scheme; no request is made, ever.

    A page that is nobody's own (a front page, a log-in, a search, a shop of apps) names nothing, so that two people who
    paste it are not linked. On a known site the account and the post are told apart; elsewhere scheme,
    ``www.``/``m.``, default port, user name and password, fragment, tracking parameters, their order
    and a last slash make no difference.
    """
    try:
        parts = urlsplit(_direct(typed))
        host = _plain_host(parts.hostname or "")
        if host is None or parts.scheme.lower() not in {"http", "https"}:
            return None
        site = SITES_OF_HOSTS.get(host)
        if site is None:
            page = _elsewhere(host, parts)
        else:
            path = urlsplit(canonicalize_url(f"https://{host}{parts.path}")).path.strip("/")
            page = read_page(site, path, _parameters(parts.query))
        return replace(page, address=page.address.rstrip(WRAPPING + "/")) if page.address else page
    except ValueError:
        return None


def _direct(typed: str) -> str:
    """``typed`` with app links rewritten and one outgoing-link wrapper taken off."""
    for pattern, address in _APP_LINKS:
        if pattern.fullmatch(typed):
            return pattern.sub(address, typed)
    parts = urlsplit(typed)
    key = _REDIRECTS.get((parts.hostname or "").lower())
    target = _parameters(parts.query).get(key, "") if key else ""
    return target if re.match(r"https?://", target, re.IGNORECASE) else typed


def _parameters(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS))


def _plain_host(host: str) -> str | None:
    """``host`` in ASCII without the prefixes that phones and languages add; None when it cannot be a host."""
    try:
        plain = host.lower().rstrip(".") if host.isascii() else idna.encode(host, uts46=True).decode().rstrip(".")
    except idna.IDNAError:
        return None
    if len(plain) > _LONGEST_HOST or not _HOST.fullmatch(plain):
        return None
    while (prefix := _HOST_PREFIX.match(plain)) and has_known_suffix(plain[prefix.end() :]):
        plain = plain[prefix.end() :]
    return plain


def _elsewhere(host: str, parts: SplitResult) -> Page:
    port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    kept = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
        if not _TRACKING.fullmatch(pair[0])
    ]
    query = f"?{urlencode(kept)}" if kept else ""
    plain = urlsplit(canonicalize_url(f"https://{host}{port}{parts.path}{query}"))
    query = f"?{plain.query}" if plain.query else ""
    address = f"{plain.netloc}{plain.path.rstrip(WRAPPING + '/')}{query}"
    return Page() if _is_nobodys(host, address) else Page(address=address)


def _is_nobodys(host: str, address: str) -> bool:
    """Front pages that everybody knows, shops of apps, help pages and searches."""
    return host in _SERVICE_HOSTS or address in _SHARED_HOSTS or _SEARCH.fullmatch(address) is not None

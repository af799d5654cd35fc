"""What an address on a known site names: whose account, which post, which phone number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casefile.vocabulary import Platform

PLATFORM_SITES: Mapping[Platform, str] = {
    Platform.INSTAGRAM: "instagram",
    Platform.TIKTOK: "tiktok",
    Platform.X: "x",
    Platform.TELEGRAM: "telegram",
    Platform.FACEBOOK: "facebook",
}

SITES_OF_HOSTS: Mapping[str, str] = {
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "ig.me": "ig.me",
    "threads.net": "threads",
    "threads.com": "threads",
    "tiktok.com": "tiktok",
    "x.com": "x",
    "twitter.com": "x",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.me": "messenger",
    "messenger.com": "messenger",
    "youtube.com": "youtube",
    "youtu.be": "youtu.be",
    "snapchat.com": "snapchat",
    "wa.me": "whatsapp",
    "whatsapp.com": "whatsapp",
    "api.whatsapp.com": "whatsapp",
    "chat.whatsapp.com": "whatsapp groups",
}

_USER_FORMS: Mapping[str, re.Pattern[str]] = {
    "instagram": re.compile(r"[a-z0-9._]{1,30}"),
    "threads": re.compile(r"[a-z0-9._]{1,30}"),
    "tiktok": re.compile(r"[a-z0-9._]{2,24}"),
    "x": re.compile(r"[a-z0-9_]{1,15}"),
    "telegram": re.compile(r"[a-z][a-z0-9_]{3,31}"),
    "facebook": re.compile(r"(?=.*[a-z])[a-z0-9]{3,50}"),
    "youtube": re.compile(r"[a-z0-9._-]{3,30}"),
    "snapchat": re.compile(r"[a-z][a-z0-9._-]{2,14}"),
}

_RESERVED_WORDS = """
    about accounts add add-friend addemoji addlist addstickers addtheme ads api app apps archive articles bg
    blog boost business c careers channel chat contact contacts creators data developer developers direct
    discover discovery download events explore faq feed feeds following foryou friends gaming giftcode group
    groups hashtag help home home.php i in intent invoice invite iv joinchat k l.php legal lists live
    live_stories location login login.php logout lens m marketplace me media message messages music notes
    notifications p pages people permalink permalink.php photo photo.php photos playlist policies posts premium
    privacy profile profile.php proxy public pwa recover reel reels search send setlanguage settings share
    share.php sharer sharer.php shop shorts signup socks spotlight stories story story.php support t tag tags
    terms tos trending tv u v video videos watch web who
"""
_SERVICE_WORDS = """
    about accounts ads api apps articles bookmarks business careers compose contact create developer developers direct
    discover discovery download explore faq feed feeds following foryou groups hashtag help home home.php i intent iv
    legal login login.php logout logout.php marketplace notifications p policies privacy reel reels results s search
    settings setlanguage share share.php sharer sharer.php support tag tags terms tos trending upload watch
"""
_SERVICE = frozenset(_SERVICE_WORDS.split())
"""First parts of a path below which, apart from what a rule reads, nothing is one person's."""
_RESERVED = frozenset(_RESERVED_WORDS.split()) | _SERVICE
_NO_CONTENT = _RESERVED | {"audio", "highlights"}

_QUERY_KEYS = ("fbid", "id", "list", "phone", "screen_name", "story_fbid", "v")
_END = r"(?:[/?].*)?"
_NAME = r"@?(?P<user>[^/?@]+)"
_FB_NUMBER = r"(?P<number>\d{5,20})"


@dataclass(frozen=True)
class Page:
    """What an address names. ``address`` is canonical without its ``https://``; ``phone`` is as written."""

    account: str | None = None
    address: str | None = None
    phone: str | None = None


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern + _END), address) for pattern, address in pairs)


_INSTAGRAM_POST = r"(?:p|reels?|tv)/(?!audio(?:/|$))(?P<post>[\w-]+)"
_RULES: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "instagram": _rules(
        (_INSTAGRAM_POST, "instagram.com/p/{post}"),
        (rf"stories/(?!highlights/){_NAME}/(?P<post>\d+)", "instagram.com/stories/{user}/{post}"),
        (rf"(?:stories/(?!highlights/)|_u/)?{_NAME}/{_INSTAGRAM_POST}", "instagram.com/p/{post}"),
        (rf"(?:stories/(?!highlights(?:/|$))|_u/)?{_NAME}", "instagram.com/{user}"),
    ),
    "ig.me": _rules((rf"m/{_NAME}", "instagram.com/{user}")),
    "threads": _rules(
        (rf"{_NAME}/post/(?P<post>[\w-]+)", "threads.net/post/{post}"),
        (r"t/(?P<post>[\w-]+)", "threads.net/post/{post}"),
        (_NAME, "threads.net/@{user}"),
    ),
    "tiktok": _rules(
        (r"@(?P<user>[^/?@]+)/(?P<form>video|photo)/(?P<post>\d+)", "tiktok.com/{form}/{post}"),
        (r"(?:v|embed(?:/v2)?)/(?P<post>\d+)(?:\.html)?", "tiktok.com/video/{post}"),
        (r"(?P<form>video|photo)/(?P<post>\d+)", "tiktok.com/{form}/{post}"),
        (r"@(?P<user>[^/?@]+)", "tiktok.com/@{user}"),
    ),
    "x": _rules(
        (r"i/(?:web/)?status(?:es)?/(?P<post>\d+)", "x.com/i/status/{post}"),
        (rf"{_NAME}/status(?:es)?/(?P<post>\d+)", "x.com/i/status/{post}"),
        (r"i/(?P<form>communities|lists|spaces|broadcasts)/(?P<post>\w+)", "x.com/i/{form}/{post}"),
        (r"intent/(?:user|follow)\?(?:.*&)?screen_name=@?(?P<user>\w+)", "x.com/{user}"),
        (_NAME, "x.com/{user}"),
    ),
    "telegram": _rules(
        (r"\+?(?P<phone>62\d{7,13}|(?<=\+)\d{8,15})(?![\w-])", ""),
        (r"(?:joinchat/|\+)(?P<post>[\w-]+)", "t.me/+{post}"),
        (r"c/(?P<chat>\d+)/(?P<post>\d+)", "t.me/c/{chat}/{post}"),
        (rf"(?:s/)?{_NAME}/(?P<post>\d+)", "t.me/{user}/{post}"),
        (rf"(?:s/)?{_NAME}", "t.me/{user}"),
    ),
    "facebook": _rules(
        (
            r"(?:story|permalink)\.php\?id=(?P<number>\d+)&story_fbid=(?P<post>\w+)",
            "facebook.com/{number}/posts/{post}",
        ),
        (r"photo(?:\.php|/)?\?(?:.*&)?fbid=(?P<post>\d+)", "facebook.com/photo?fbid={post}"),
        (r"(?:watch(?:/live)?/?|video\.php)\?(?:.*&)?v=(?P<post>\d+)", "facebook.com/watch?v={post}"),
        (r"(?:watch|reel)/(?P<post>\d+)", "facebook.com/watch?v={post}"),
        (r"groups/(?P<group>[^/?]+)/(?:posts|permalink)/(?P<post>\d+)", "facebook.com/groups/{group}/posts/{post}"),
        (r"groups/(?!(?:feed|discover|joins|create|search)(?:[/?]|$))(?P<group>[^/?]+)", "facebook.com/groups/{group}"),
        (r"share/(?P<post>(?:[a-z]/)?[\w-]{6,})", "facebook.com/share/{post}"),
        (r"marketplace/item/(?P<post>\d+)", "facebook.com/marketplace/item/{post}"),
        (rf"profile\.php\?(?:.*&)?id={_FB_NUMBER}", "facebook.com/profile.php?id={number}"),
        (rf"(?:people/[^/?]+/|p/[^/?]*?-?){_FB_NUMBER}(?!\w)", "facebook.com/profile.php?id={number}"),
        (rf"{_FB_NUMBER}/posts/(?P<post>\w+)", "facebook.com/{number}/posts/{post}"),
        (rf"{_FB_NUMBER}(?!\w)", "facebook.com/profile.php?id={number}"),
        (rf"{_NAME}/videos/(?:[^/?]+/)?(?P<post>\d+)", "facebook.com/watch?v={post}"),
        (rf"{_NAME}/posts/(?:[^/?]+/)?(?P<post>\w+)", "facebook.com/{user}/posts/{post}"),
        (_NAME, "facebook.com/{user}"),
    ),
    "messenger": _rules(
        (rf"(?:t/)?{_FB_NUMBER}(?!\w)", "facebook.com/profile.php?id={number}"),
        (rf"(?:t/)?{_NAME}", "facebook.com/{user}"),
    ),
    "youtube": _rules(
        (r"watch/?\?(?:.*&)?v=(?P<post>[\w-]+)", "youtube.com/watch?v={post}"),
        (r"(?:shorts|embed|live|v)/(?P<post>[\w-]+)", "youtube.com/watch?v={post}"),
        (r"playlist/?\?(?:.*&)?list=(?P<post>[\w-]+)", "youtube.com/playlist?list={post}"),
        (r"channel/(?P<post>[\w-]+)", "youtube.com/channel/{post}"),
        (r"@(?P<user>[^/?@]+)", "youtube.com/@{user}"),
    ),
    "youtu.be": _rules((r"(?P<post>[\w-]+)", "youtube.com/watch?v={post}")),
    "snapchat": _rules((rf"(?:add/|@){_NAME}", "snapchat.com/add/{user}")),
    "whatsapp": _rules((r"\+?(?P<phone>\d{8,15})(?!\w)", ""), (r"send/?\?(?:.*&)?phone=\+?(?P<phone>[\d ()-]+)", "")),
    "whatsapp groups": _rules((r"(?:invite/)?(?P<post>[A-Za-z0-9]{16,})", "chat.whatsapp.com/{post}")),
}
_ACCOUNT_SITES: Mapping[str, str] = {"ig.me": "instagram", "messenger": "facebook"}
_HOME_HOSTS: Mapping[str, str] = {
    "telegram": "t.me", "threads": "threads.net", "whatsapp": "wa.me", "ig.me": "ig.me", "messenger": "m.me",
    "youtu.be": "youtu.be", "whatsapp groups": "chat.whatsapp.com",
}  # fmt: skip


def user_name(site: str, typed: str) -> str | None:
    """``typed`` as ``site`` tells user names apart, or None when no such name can exist there.

    Every site ignores case; Facebook ignores full stops too.
    """
    name = typed.removeprefix("@").rstrip(".").lower()
    if site == "facebook":
        name = name.replace(".", "")
    return name if _USER_FORMS[site].fullmatch(name) and name.strip("._-") else None


def read_page(site: str, path: str, query: Mapping[str, str]) -> Page:
    """What ``path`` (no slash in front) and ``query`` name on ``site``; all None when it is nobody's own."""
    kept = "&".join(f"{key}={query[key]}" for key in _QUERY_KEYS if query.get(key))
    line = f"{path}?{kept}" if kept else path
    for pattern, address in _RULES[site]:
        match = pattern.fullmatch(line)
        page = match and _page(site, match.groupdict(), address)
        if page:
            return page
    segments = [segment for segment in path.split("/") if segment]
    if site == "whatsapp groups" or _is_service(segments):
        return Page()
    return Page(address=f"{_HOME_HOSTS.get(site, site + '.com')}/{path.rstrip('/')}")


def _is_service(segments: list[str]) -> bool:
    """Whether a path that no rule reads belongs to the site: front page, menu, search, log-in."""
    words = [segment.lower() for segment in segments]
    return _NO_CONTENT.issuperset(words) or words[0] in _SERVICE


def _page(site: str, found: dict[str, str | None], address: str) -> Page | None:
    if found.get("phone"):
        return Page(phone=found["phone"])
    owner = _ACCOUNT_SITES.get(site, site)
    account = f"{owner}:id:{found['number']}" if found.get("number") else None
    if found.get("user"):
        name = user_name(owner, found["user"] or "")
        if name is None or (found["user"] or "").lower() in _RESERVED:
            return None
        found["user"], account = name, f"{owner}:{name}"
    return Page(account=account, address=address.format(**found))

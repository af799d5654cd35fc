"""The registry of drawn interfaces: unlike each other, none a real brand."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.matching.interfaces import forms, lists, messengers, papers, plain, social, trade
from benchmarks.matching.interfaces.base import FONTS, PHONES, Interface, Look, Phone, Scene
from benchmarks.matching.interfaces.held_out import HELD_OUT_INTERFACES


def _thread(name: str, draw: Callable[[Scene], str], split: str, *, top: bool = True, hero: bool = False) -> Interface:
    """An interface for the comments of several people."""
    return Interface(name, draw, split, people=(4, 9), comments=True, top=top, hero=hero, length=(16, 22))


def _form(name: str, draw: Callable[[Scene], str], split: str, *, tiles: int = 0) -> Interface:
    """An interface without messages, which fits one screen."""
    return Interface(name, draw, split, words=False, scrolls=False, length=(1, 1), tiles=tiles)


_ALL = (
    Interface("green", messengers.green, "train", wallpaper=True),
    Interface("green_group", messengers.green, "train", wallpaper=True, people=(4, 7)),
    Interface("cloud", messengers.cloud, "test", wallpaper=True),
    Interface("gradient", messengers.gradient, "train"),
    Interface("stickers", messengers.stickers, "test", wallpaper=True),
    Interface("sms", plain.sms, "train"),
    Interface("marketplace", trade.marketplace, "train", hero=True),
    Interface("dating", trade.dating, "test"),
    Interface("channel", trade.channel, "train", people=(4, 8)),
    _thread("forum", plain.forum, "test"),
    _thread("microblog", plain.microblog, "train"),
    _thread("photo_post", social.photo_post, "train", hero=True),
    _thread("film", social.film, "test", top=False, hero=True),
    Interface("browser", social.browser, "train", tiles=6, people=(4, 6), comments=True, top=True, length=(9, 12)),
    Interface("mail", lists.mail, "train", top=True, length=(34, 44)),
    Interface("notifications", lists.notifications, "test", wallpaper=True, people=(5, 9), top=True, length=(12, 16)),
    Interface("inbox", lists.inbox, "train", words=False, scrolls=True, tiles=6, length=(1, 1)),
    _form("profile_grid", forms.profile_grid, "train", tiles=15),
    _form("private_profile", forms.private_profile, "test"),
    _form("receipt", forms.receipt, "train"),
    _form("loan", papers.loan, "train"),
    _form("registration", papers.registration, "test"),
    _form("billing", papers.billing, "test"),
    *HELD_OUT_INTERFACES,
)
INTERFACES: dict[str, Interface] = {interface.name: interface for interface in _ALL}

__all__ = ["FONTS", "INTERFACES", "PHONES", "Interface", "Look", "Phone", "Scene"]

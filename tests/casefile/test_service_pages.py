"""Pages that are nobody's own give no identifier, so that strangers who paste them are not linked."""

from __future__ import annotations

import pytest

from casefile.identifiers import parse_identifier

NOBODYS = """
    chat.whatsapp.com chat.whatsapp.com/invite play.google.com/store/apps/details?id=com.contoh
    apps.apple.com/id/app/x/id1
    instagram.com/accounts/login/ instagram.com/explore/tags/viral instagram.com/direct/inbox instagram.com/reels/
    instagram.com/reels/audio/123456 instagram.com/stories/ instagram.com/stories/highlights instagram.com/p/
    facebook.com/login/device-based/ facebook.com/help/123 facebook.com/groups facebook.com/groups/feed
    facebook.com/sharer/sharer.php?u=x facebook.com/marketplace/jakarta facebook.com/watch facebook.com/watch/live
    t.me/share/url?url=x t.me/joinchat t.me/s x.com/home x.com/search?q=x x.com/i/flow/login x.com/intent/tweet?text=x
    x.com/hashtag/viral x.com/explore/tabs/trending tiktok.com/discover/viral tiktok.com/tag/viral
    tiktok.com/login/phone
    youtube.com/feed/subscriptions youtube.com/results?search_query=x youtube.com/watch google.com/search?q=x
    google.co.id/search?q=x google.com/?q=x bing.com/search?q=x bing.com/images/search?q=x
"""
SOMEBODYS = """
    chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv instagram.com/budi_s instagram.com/p/CxYz12 instagram.com/reels/CxYz12
    instagram.com/stories/highlights/17900000000000000 facebook.com/groups/99887766 facebook.com/share/p/AbCdEf12
    facebook.com/marketplace/item/123456 facebook.com/watch?v=123456789 t.me/joinchat/AbCdEfGh t.me/s/budi_s
    x.com/i/status/1700000000000000001 x.com/i/communities/17000 tiktok.com/t/ZSabCdE youtube.com/playlist?list=PLx
    youtube.com/watch?v=dQw4w9WgXcQ google.com/maps/place/x sites.google.com/view/budi docs.google.com/document/d/x
"""


@pytest.mark.parametrize("address", NOBODYS.split())
def test_a_page_that_is_nobodys_own_gives_no_identifier(address: str) -> None:
    assert parse_identifier(f"https://www.{address}") == parse_identifier(f"https://{address}") == []


@pytest.mark.parametrize("address", SOMEBODYS.split())
def test_posts_invites_and_profiles_are_kept(address: str) -> None:
    assert parse_identifier(f"https://{address}")

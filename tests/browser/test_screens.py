"""Every screen of the portal in every state: axe finds nothing, all of it fits and can be tapped, no page is heavy."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.screens import WALKS
from tests.browser.site import Site
from tests.browser.test_accessibility import PHONE, find_barriers
from tests.browser.test_layout import find_misfits
from tests.browser.test_weights import Meter, is_heavy

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("walk", WALKS)
def test_every_screen_is_open_to_all_fits_and_is_light(chromium: Browser, site: Site, walk: str) -> None:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    meter = Meter(context, is_cold=True)
    found: dict[str, object] = {}
    for name in WALKS[walk](meter.page, site):
        found[f"{name}, fitting"] = find_misfits(meter.page)
        found[f"{name}, access"] = find_barriers(meter.page, name)
    context.close()
    ours = [visit for visit in meter.visits if visit.path != urlsplit(site.outside).path]
    assert {where: what for where, what in found.items() if what} == {}
    assert len(ours) >= 3
    assert [str(visit) for visit in ours if is_heavy(visit)] == []

"""The desk's pages: one blueprint a noun."""

from triage.views import (
    account,
    bundles,
    cases,
    casework,
    conversation,
    counts,
    health,
    home,
    keys,
    language,
    links,
    queue,
    signing_in,
    staff,
)

BLUEPRINTS = (
    signing_in.blueprint,
    home.blueprint,
    account.blueprint,
    queue.blueprint,
    cases.blueprint,
    casework.blueprint,
    conversation.blueprint,
    links.blueprint,
    bundles.blueprint,
    counts.blueprint,
    keys.blueprint,
    staff.blueprint,
    language.blueprint,
    health.blueprint,
)

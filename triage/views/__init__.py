"""The desk's pages: one blueprint a noun."""

from triage.views import cases, casework, health, home, language, queue, signing_in

BLUEPRINTS = (
    signing_in.blueprint,
    home.blueprint,
    queue.blueprint,
    cases.blueprint,
    casework.blueprint,
    language.blueprint,
    health.blueprint,
)

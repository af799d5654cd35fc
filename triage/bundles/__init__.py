"""Evidence bundles: requested by one person, approved by another, exported once, provable offline (docs/bundle.md)."""

from triage.bundles.decisions import (
    approve_bundle,
    get_bundle,
    list_bundles,
    open_wish,
    refuse_bundle,
    request_bundle,
)
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.export import Disclosure, export_bundle, preview_bundle, read_case, signing_key
from triage.bundles.facts import BundleFacts
from triage.bundles.package import build_bundle, package_bundle
from triage.bundles.wish import BASIS_LABELS, BundleBasis, BundleWish

__all__ = [
    "BASIS_LABELS",
    "BundleBar",
    "BundleBarredError",
    "BundleBasis",
    "BundleFacts",
    "BundleWish",
    "Disclosure",
    "approve_bundle",
    "build_bundle",
    "export_bundle",
    "get_bundle",
    "list_bundles",
    "open_wish",
    "package_bundle",
    "preview_bundle",
    "read_case",
    "refuse_bundle",
    "request_bundle",
    "signing_key",
]

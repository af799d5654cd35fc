"""Evidence bundles: requested by one person, approved by another, made once, provable offline (docs/bundle.md)."""

from triage.bundles.annex import IDENTITY_LABELS, Annex, IdentityFact, annex_paper
from triage.bundles.building import BuildState, BuildView, find_build
from triage.bundles.choosing import Delivery, Item, ItemKind, TypedWish, hold_back_new, list_items, read_wish
from triage.bundles.decisions import (
    approve_bundle,
    get_bundle,
    list_bundles,
    open_wish,
    refuse_bundle,
    request_bundle,
    take_back_bundle,
)
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.export import Disclosure, gather_facts, read_case, signing_key
from triage.bundles.facts import BundleFacts, decode_facts, encode_facts
from triage.bundles.handing_over import open_sheet, order_build, take_package
from triage.bundles.package import build_bundle, package_bundle
from triage.bundles.papers import list_papers
from triage.bundles.sealed_build import Package
from triage.bundles.stamping import find_stamp
from triage.bundles.wish import ACTION_LABELS, BASIS_LABELS, BundleBasis, BundleWish, RequestedAction, check_basis

__all__ = [
    "ACTION_LABELS",
    "BASIS_LABELS",
    "IDENTITY_LABELS",
    "Annex",
    "BuildState",
    "BuildView",
    "BundleBar",
    "BundleBarredError",
    "BundleBasis",
    "BundleFacts",
    "BundleWish",
    "Delivery",
    "Disclosure",
    "IdentityFact",
    "Item",
    "ItemKind",
    "Package",
    "RequestedAction",
    "TypedWish",
    "annex_paper",
    "approve_bundle",
    "build_bundle",
    "check_basis",
    "decode_facts",
    "encode_facts",
    "find_build",
    "find_stamp",
    "gather_facts",
    "get_bundle",
    "hold_back_new",
    "list_bundles",
    "list_items",
    "list_papers",
    "open_sheet",
    "open_wish",
    "order_build",
    "package_bundle",
    "read_case",
    "read_wish",
    "refuse_bundle",
    "request_bundle",
    "signing_key",
    "take_back_bundle",
    "take_package",
]

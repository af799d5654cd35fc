"""The form in which a person chooses what a bundle holds: its items, and from its fields to a wish."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

import pyrage

from casefile.text import clean_text
from triage.bundles.annex import Annex
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.facts import BundleFacts, ReportFacts
from triage.bundles.wish import BundleBasis, BundleWish, RequestedAction

RECIPIENT_LIMIT = 120
PURPOSE_LIMIT = 500
LETTER_LIMIT = 60
REASON_LIMIT = 300
"""Characters."""
TICKED = "ya"


class ItemKind(StrEnum):
    """What of a report can be left out; the value is a word of the item's id."""

    STORY = "uraian"
    ADDITION = "tambahan"
    PICTURE = "gambar"
    ADDRESS = "alamat"


class Delivery(StrEnum):
    """How the file is sealed for the recipient."""

    PASSPHRASE = "sandi"  # noqa: S105 - the name of a choice
    AGE = "age"


@dataclass(frozen=True)
class Item:
    """One thing that may leave: ``number`` as in ``laporan.json`` (0 for the story), ``said`` to know it by."""

    report_id: UUID
    kind: ItemKind
    number: int
    said: str = field(repr=False)

    @property
    def item_id(self) -> str:
        """As in ``BundleWish.left_out``."""
        return f"{self.report_id}/{self.kind}" + (f"/{self.number}" if self.number else "")


@dataclass(frozen=True)
class TypedWish:
    """The form as it was sent: single fields by name, the ticked items and actions."""

    fields: Mapping[str, str] = field(repr=False)
    items: Collection[str]
    actions: Collection[str]


def list_items(facts: BundleFacts) -> tuple[Item, ...]:
    """Everything that can be ticked, report after report."""
    return tuple(item for report in facts.reports for item in _items(report))


def read_wish(typed: TypedWish, facts: BundleFacts) -> BundleWish:
    """The cleaned wish. Raises ``BundleBarredError`` when something is missing or does not fit together."""
    form = typed.fields
    recipient = " ".join(clean_text(form.get("recipient", ""), RECIPIENT_LIMIT).split())
    purpose = clean_text(form.get("purpose", ""), PURPOSE_LIMIT)
    basis = form.get("basis", "")
    if not recipient or not purpose or basis not in set(BundleBasis):
        raise BundleBarredError(BundleBar.NOT_FILLED_IN)
    items = {item.item_id for item in list_items(facts)}
    if items and not items & set(typed.items):
        raise BundleBarredError(BundleBar.NOTHING_LEFT)
    return BundleWish(
        recipient,
        purpose,
        BundleBasis(basis),
        left_out=frozenset(items - set(typed.items)),
        fingerprints_reason=_fingerprints_reason(form),
        names_related=form.get("related") == TICKED,
        actions=tuple(action for action in RequestedAction if action.value in typed.actions),
        letter_number=" ".join(clean_text(form.get("letter", ""), LETTER_LIMIT).split()),
        age_key=_age_key(form),
        annex=_annex(form, BundleBasis(basis)),
        shown=frozenset(items),
    )


def hold_back_new(facts: BundleFacts) -> BundleFacts:
    """The facts without what came after the form was filled. Wishes from before there were items to choose hold all."""
    wish = facts.wish
    if not wish.shown:
        return facts
    new = {item.item_id for item in list_items(facts)} - wish.shown
    return replace(facts, wish=replace(wish, left_out=wish.left_out | new))


def is_age_key(typed: str) -> bool:
    """Whether ``typed`` is the public half of an age key (X25519: ``age1`` and 58 characters)."""
    try:
        pyrage.x25519.Recipient.from_str(typed)
    except pyrage.RecipientError:
        return False
    return True


def _items(report: ReportFacts) -> Iterator[Item]:
    sent = report.submission
    if sent.story:
        yield Item(report.report_id, ItemKind.STORY, 0, sent.story)
    for added in report.additions:
        told = added.material.story if added.material else ""
        yield Item(report.report_id, ItemKind.ADDITION, added.number, told)
    for number, picture in enumerate(sent.pictures, start=1):
        yield Item(report.report_id, ItemKind.PICTURE, number, picture.fingerprints.sha256.hex())
    for number, address in enumerate(sent.addresses, start=1):
        yield Item(report.report_id, ItemKind.ADDRESS, number, address)


def _fingerprints_reason(form: Mapping[str, str]) -> str:
    if form.get("fingerprints") != TICKED:
        return ""
    reason = clean_text(form.get("fingerprints_reason", ""), REASON_LIMIT)
    if not reason:
        raise BundleBarredError(BundleBar.FINGERPRINTS_REASON)
    return reason


def _age_key(form: Mapping[str, str]) -> str:
    if form.get("delivery") != Delivery.AGE:
        return ""
    return _checked(form.get("age_key", ""))


def _annex(form: Mapping[str, str], basis: BundleBasis) -> Annex | None:
    annex = Annex.from_form(form)
    if annex is None:
        return None
    _checked(annex.age_key)
    if basis is not BundleBasis.LEGAL_DUTY and form.get("annex_agreed") != TICKED:
        raise BundleBarredError(BundleBar.ANNEX_NO_CONSENT)
    return annex


def _checked(typed: str) -> str:
    if not is_age_key(typed.strip()):
        raise BundleBarredError(BundleBar.AGE_KEY)
    return typed.strip()

"""What the bundle's own JSON says: its id and date, where each chain ends, the evidence and its fingerprints."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from verifier.bag import FINGERPRINTS, REPORT
from verifier.custody import Head
from verifier.findings import Fault, Unable

FORMAT = "suluh-bukti/2"
"""``format`` in laporan.json; another number is another layout."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_MOST_DEPTH = 64
_SHA256 = re.compile(r"[0-9a-f]{64}")
PDQ_VERSION = "1"
"""Of the fingerprints that are compared; values of another version mean something else."""


class Item(NamedTuple):
    """One piece of evidence. ``pdq`` is 256 bits as hex, empty where there is none."""

    report: str
    number: int
    sha256: str
    pdq: str = ""
    quality: int = 0


class Contents(NamedTuple):
    """``laporan.json``, as far as it is checked. ``made`` is the time as written there."""

    bundle_id: str
    case: str
    made: str
    heads: dict[str, Head]
    items: list[Item]


def read_contents(files: Mapping[str, bytes]) -> Contents:
    """Raises ``Unable`` for another format, ``Fault`` for what cannot be read."""
    document = read_json(files, REPORT)
    if not isinstance(document, dict):
        raise Fault("unreadable", name=REPORT)
    if document.get("format") != FORMAT:
        raise Unable("format_unknown", format=FORMAT)
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, IndexError):
        raise Fault("unreadable", name=REPORT) from None


def read_fingerprints(files: Mapping[str, bytes]) -> list[Item]:
    """The items whose picture fingerprint left with the bundle; none where there is no such file. Raises ``Fault``."""
    if FINGERPRINTS not in files:
        return []
    try:
        rows = [row for row in _listed(read_json(files, FINGERPRINTS)) if _is_known(row["pdq"])]
        return [_item(row["laporan"], row, row["pdq"]) for row in rows]
    except (KeyError, TypeError, ValueError):
        raise Fault("unreadable", name=FINGERPRINTS) from None


def read_json(files: Mapping[str, bytes], name: str) -> Any:
    """JSON in UTF-8 without a mark, at most 64 deep, so that every reader gets the same. Raises ``Fault``."""
    try:
        text = files[name].decode()
        _check_depth(text)
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Fault("unreadable", name=name) from None


def _check_depth(text: str) -> None:
    depth = 0
    for sign in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if sign in "[{" else -1
        if depth > _MOST_DEPTH:
            raise ValueError


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _read(document: dict[str, Any]) -> Contents:
    about = document["berkas"]
    heads, items = {}, []
    for report in _listed(document["laporan"]):
        chain, report_id = report["rantai_penguasaan"], _text(report["id"])
        heads[report_id] = Head(_number(chain["jumlah"]), _text(chain["kepala"]))
        items += [_item(report_id, row, None) for row in _listed(report["bukti"])]
    return Contents(_text(about["id"]), _text(about["kode_kasus"]), _text(about["dibuat_wib"]), heads, items)


def _item(report: Any, row: Any, pdq: Any) -> Item:
    item = Item(_text(report), _number(row["no"]), _text(row["sha256"]))
    if pdq is not None:
        item = item._replace(pdq=_text(pdq["nilai"]), quality=_number(pdq["mutu"]))
    if not all(_SHA256.fullmatch(digits) for digits in (item.sha256, item.pdq or item.sha256)):
        raise ValueError
    return item


def _is_known(pdq: Any) -> bool:
    return pdq is not None and pdq["versi"] == PDQ_VERSION


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value

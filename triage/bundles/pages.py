"""The printable pages of a bundle, from the values of laporan.json: plain text, as wide as a sheet of A4."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from verifier.checking import INNER, INNER_SIGNATURE
from verifier.signatures import NAMESPACE

WIDTH = 78
"""Characters a line."""
PRINCIPAL = "suluh"
"""The signer's name in ``allowed_signers``."""
OFFICE_NAME = "UPT PPPA"

_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "bundle"


def summary_page(document: dict[str, Any]) -> str:
    """``ringkasan.txt``."""
    return _PAGES.get_template("ringkasan.txt").render(document, office=OFFICE_NAME)


def readme_page(document: dict[str, Any], fingerprint: str) -> str:
    """``README_verifikasi.txt``; ``fingerprint`` is that of the signing key."""
    return _PAGES.get_template("README_verifikasi.txt").render(
        document,
        office=OFFICE_NAME,
        fingerprint=fingerprint,
        inner=INNER,
        inner_signature=INNER_SIGNATURE,
        namespace=NAMESPACE,
        principal=PRINCIPAL,
    )


def quoted(text: str) -> str:
    """Somebody's own words, every line marked, so that nothing in them passes for the office's."""
    lines = [piece for line in text.split("\n") for piece in textwrap.wrap(line, WIDTH - 6) or [""]]
    return "\n".join(f"    > {line}".rstrip() for line in lines)


def listed(items: list[dict[str, str | None]]) -> str:
    """The words of several coded answers."""
    return ", ".join(str(item["sebutan"]) for item in items) or "-"


def _make_pages() -> Environment:
    pages = Environment(  # noqa: S701 - plain text; there is no markup to escape into
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages.filters.update(quoted=quoted, listed=listed)
    return pages


_PAGES = _make_pages()

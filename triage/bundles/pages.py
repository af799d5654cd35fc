"""The instructions that lie in a bundle, as plain text; and how plain text marks somebody's own words."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from verifier.bag import SIGNATURE, TIMESTAMP
from verifier.checking import INNER, INNER_SIGNATURE
from verifier.signatures import NAMESPACE

WIDTH = 78
"""Characters a line."""
PRINCIPAL = "suluh"
"""The signer's name in ``allowed_signers``."""
OFFICE_NAME = "UPT PPPA"

_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "bundle"


def readme_page(document: dict[str, Any], fingerprint: str) -> str:
    """``README_verifikasi.txt``; ``fingerprint`` is that of the signing key."""
    return _PAGES.get_template("README_verifikasi.txt").render(
        document,
        office=OFFICE_NAME,
        fingerprint=fingerprint,
        inner=INNER,
        inner_signature=INNER_SIGNATURE,
        signature=SIGNATURE,
        stamp=TIMESTAMP,
        namespace=NAMESPACE,
        principal=PRINCIPAL,
    )


def quoted(text: str) -> str:
    """Somebody's own words, every line marked, so that nothing in them passes for the office's."""
    lines = [piece for line in text.split("\n") for piece in textwrap.wrap(line, WIDTH - 6) or [""]]
    return "\n".join(f"    > {line}".rstrip() for line in lines)


def _make_pages() -> Environment:
    return Environment(  # noqa: S701 - plain text; there is no markup to escape into
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


_PAGES = _make_pages()

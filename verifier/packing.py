"""The verifiers as they are handed out, ``verify.pyz`` and ``verify.html``, each one file. Same sources, same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from verifier.archive import write_archive
from verifier.findings import SENTENCES

_HERE = Path(__file__).parent
_START = "__main__.py"
_ENDINGS = (".py", ".json")

_PAGE = _HERE / "page"
_PORTAL = _HERE.parent / "static" / "intake" / "sidik"
_PORTAL_MODULES = ("pdq", "header", "canvas")
_PAGE_MODULES = (
    *("bytes", "saying", "archive", "bag", "signatures", "custody", "contents", "timestamps"),
    *("originals", "looking", "checking", "screen"),
)
"""Each after those it imports from; the portal's own PDQ comes first."""


def build_pyz() -> bytes:
    """The verifier as a zip application (PEP 441). It must not travel inside the bundle that it checks."""
    needed = [path for path in _HERE.iterdir() if path.suffix in _ENDINGS and path != Path(__file__)]
    modules = {f"{_HERE.name}/{path.name}": path.read_bytes() for path in needed}
    return write_archive({**modules, _START: modules[f"{_HERE.name}/{_START}"]}.items())


def build_page() -> bytes:
    """The verifier as a page to be opened from disk; its policy allows its own script and style and no network."""
    style = (_PAGE / "page.css").read_text("utf-8")
    script = _join_modules()
    filled = (_PAGE / "page.html").read_text("utf-8")
    for place, content in {
        "@STYLE_DIGEST@": _csp_digest(style),
        "@SCRIPT_DIGEST@": _csp_digest(script),
        "@STYLE@": style,
        "@SCRIPT@": script,
    }.items():
        filled = filled.replace(place, content)
    return filled.encode()


def _join_modules() -> str:
    """One script, as readable as its modules: imports and the word ``export`` stay behind."""
    paths = [_PORTAL / f"{name}.js" for name in _PORTAL_MODULES] + [_PAGE / f"{name}.js" for name in _PAGE_MODULES]
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    kept = (line.removeprefix("export ") for line in lines if not line.startswith("import "))
    sentences = f"const SENTENCES = {json.dumps(SENTENCES)};"
    return "\n".join(["\n(() => {", '"use strict";', sentences, *kept, "})();", ""])


def _csp_digest(content: str) -> str:
    """As Content Security Policy level 3 writes it."""
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

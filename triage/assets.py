"""The desk's static files: which there are, and what each is made of."""

from __future__ import annotations

from pathlib import Path

from web.assets import Assets

_STATIC = Path(__file__).resolve().parents[1] / "static"
SOURCES = {"meja.css": [_STATIC / "tokens.css", _STATIC / "triage" / "meja.css"]} | {
    path.name: [path] for path in sorted((_STATIC / "triage").glob("*.js"))
}
"""Public name to files, in the order in which they are joined."""


def load() -> Assets:
    """Read, join and compress all of them."""
    return Assets.of(SOURCES)

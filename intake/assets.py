"""The portal's static files: which there are, and what each is made of."""

from __future__ import annotations

from pathlib import Path

from web.assets import Assets

_STATIC = Path(__file__).resolve().parents[1] / "static"
_FOLDER = _STATIC / "intake"
_DEVICE = (
    "raster labels scales pdq rectangles insets textlines upright photopoints pieces descriptions picture brief header"
    " canvas file entry"
)
SOURCES = {
    "p.css": [_STATIC / "tokens.css", _FOLDER / "p.css"],
    "keluar.js": [_FOLDER / "keluar.js"],
    "salin.js": [_FOLDER / "salin.js"],
    "hitung.js": [_FOLDER / "hitung.js"],
    "gambar.js": [_FOLDER / "sidik" / "canvas.js", _FOLDER / "sidik" / "reader.js", _FOLDER / "gambar.js"],
    "sidik.js": [_FOLDER / "sidik" / f"{name}.js" for name in _DEVICE.split()],
}
"""Public name to files, each after those it imports from."""


def load() -> Assets:
    """Read, join and compress all of them."""
    return Assets.of(SOURCES)

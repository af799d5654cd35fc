"""Write ``golden.json`` anew."""

from __future__ import annotations

import json

from tests.casefile.fingerprints.golden.pictures import PICTURES
from tests.casefile.fingerprints.golden.values import FILE, compute


def main() -> None:
    """Draw every picture, and write what is computed from it, one picture a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(compute(draw()))}" for name, draw in PICTURES.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()

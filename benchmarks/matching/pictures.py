"""Photographs as the drawn screens use them: cut into cells that do not overlap, so that few are used twice."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from PIL import Image

from benchmarks.matching.wordlists import MEMES

CELLS = {"whole": (1, 1), "half": (2, 1), "sixth": (3, 2), "twelfth": (4, 3)}
SHARES = {"content": 0.42, "tile": 0.26, "avatar": 0.12, "wallpaper": 0.10, "meme": 0.10}
LAYOUT = {"content": "half", "tile": "sixth", "avatar": "twelfth", "wallpaper": "whole", "meme": "whole"}
LONGEST = 900


class PhotoPool:
    """Hands out pieces of photographs by key (``file#layout.index``), unused ones first."""

    def __init__(self, folders: Iterable[Path], seed: int) -> None:
        files = sorted(path for folder in folders for path in folder.glob("*.jpg"))
        if len(files) < 10:
            raise SystemExit("At least ten photographs (*.jpg) are needed: name their folder with --photos.")
        self._rng = random.Random(f"photos:{seed}")
        self._rng.shuffle(files)
        self.files = {path.stem: path for path in files}
        self._waiting: dict[str, list[str]] = {}
        self._fresh = self._share_out(list(self.files))

    def _share_out(self, names: list[str]) -> dict[str, list[str]]:
        """For each use the keys of its pieces; no file serves two uses."""
        fresh, start = {}, 0
        for use, share in SHARES.items():
            end = start + max(2, round(share * len(names)))
            columns, rows = CELLS[LAYOUT[use]]
            part = names[start:end] or names[-2:]
            fresh[use] = [f"{name}#{LAYOUT[use]}.{cell}" for cell in range(columns * rows) for name in part]
            start = end
        return fresh

    def take(self, use: str) -> str:
        """The key of a piece for this use; begins anew in another order when all are used up."""
        waiting = self._waiting.get(use)
        if not waiting:
            waiting = list(self._fresh[use])
            self._rng.shuffle(waiting)
            self._waiting[use] = waiting
        return waiting.pop()

    def some(self, use: str) -> str:
        """Any of the few pieces that everybody uses."""
        return self._rng.choice(self._fresh[use])

    def meme(self, index: int) -> str:
        """The photograph under a joke."""
        return self._fresh["meme"][index % min(len(MEMES), len(self._fresh["meme"]))]

    def resolve(self, key: str) -> str:
        """A key of the drawn pages as a ``data:`` address."""
        return self._address(self.meme(int(key[4:])) if key.startswith("meme") and "#" not in key else key)

    @lru_cache(maxsize=400)  # noqa: B019 - one pool lives as long as the run
    def _address(self, key: str) -> str:
        buffer = io.BytesIO()
        self.piece(key).save(buffer, "JPEG", quality=88)
        return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()

    def piece(self, key: str) -> Image.Image:
        """The piece itself."""
        name, _, cell = key.partition("#")
        layout, _, index = cell.partition(".")
        columns, rows = CELLS[layout]
        image = Image.open(self.files[name]).convert("RGB")
        image.thumbnail((LONGEST * columns, LONGEST * rows))
        if image.width < image.height:
            columns, rows = rows, columns
        column, row = int(index) % columns, int(index) // columns
        width, height = image.width // columns, image.height // rows
        return image.crop((column * width, row * height, (column + 1) * width, (row + 1) * height))


def overlap(one: str, other: str) -> bool:
    """Whether two keys show some of the same photograph."""
    (name, _, cell), (other_name, _, other_cell) = one.partition("#"), other.partition("#")
    if name != other_name:
        return False
    return cell == other_cell or cell.split(".")[0] != other_cell.split(".")[0]

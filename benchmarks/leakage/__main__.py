"""``python -m benchmarks.leakage --photos DIR``: what a thief of sketches learns, without the key and with it."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.leakage.insets import attack_bubbles, attack_framed
from benchmarks.leakage.lines import (
    Written,
    correlation,
    guess_sentences,
    learn_rotation,
    rebuild,
    sentences,
    write,
)
from benchmarks.leakage.words import attack_words
from casefile.fingerprints.features import describe_picture
from casefile.fingerprints.keying import SketchKey
from worker.matching import PictureFeatures, classify
from worker.matching.comparing import lay_on

SENTENCES = 600
KNOWN = (25, 100, 300)
MESSAGES = (1, 3, 6)
"""Sentences in one bubble."""


def attack_lines() -> None:
    """Guess sentences, rebuild ink, learn the rotation."""
    texts = sentences(SENTENCES, seed=1)
    pairs = [(write(text), write(text, size=29), write(text, font=1)) for text in texts]
    kept = [(one, same, other) for one, same, other in pairs if one and same and other]
    key, wrong = SketchKey(secrets.token_bytes(32)), SketchKey(secrets.token_bytes(32))
    sketches = key.sketch_lines(np.array([one.description for one, _, _ in kept]))
    print(f"guessing one sentence of {len(kept)} (chance {1 / len(kept):.4f}):")
    _guess([[written.description for written in pair] for pair in kept], key, wrong)
    cut = [[written.piece for written in pair if written.piece is not None] for pair in kept]
    cut = [pair for pair in cut if len(pair) == len(kept[0])]
    print(f"guessing two words of {len(cut)} pieces:")
    _guess(cut, key, wrong)
    _rebuild([one for one, _, _ in kept], sketches, key, wrong)
    written = [one for pair in kept for one in pair]
    for known in KNOWN:
        print(f"  rotation learned from {known} known lines: {learn_rotation(known, written):.3f} of bits (chance 0.5)")


def _guess(pairs: Sequence[Sequence[NDArray[np.int8]]], key: SketchKey, wrong: SketchKey) -> None:
    """Descriptions in three fonts or sizes, of which the first is what was kept."""
    stored = [row.tobytes() for row in key.sketch_lines(np.array([pair[0] for pair in pairs]))]
    for name, place in (("in the same font, another size", 1), ("in another font", 2)):
        guesses = [pair[place] for pair in pairs]
        for whose, tried in (("with the key", key), ("without", wrong)):
            first, near = guess_sentences(stored, guesses, tried)
            print(f"  {name}, {whose}: right {first:.4f}, within the threshold {near:.4f}")


def _rebuild(written: list[Written], sketches: np.ndarray, key: SketchKey, wrong: SketchKey) -> None:
    ink = np.array([one.ink for one in written])
    for name, tried in (("with the key", key), ("without", wrong)):
        print(f"  ink of a line rebuilt {name}: correlation {correlation(rebuild(sketches, tried), ink):.3f}")
    one = rebuild(sketches[:1], key)[0]
    coarse = (np.clip((one - one.min()) / np.ptp(one), 0, 1) * 255).astype(np.uint8)
    Path("build").mkdir(exist_ok=True)
    Image.fromarray(coarse).resize((960, 120)).save("build/rebuilt-line.png")
    print("  an example lies in build/rebuilt-line.png")


def attack_pictures(photos: Path) -> None:
    """Guess which of some photographs was reported."""
    images = [Image.open(path).convert("RGB") for path in sorted(photos.glob("*.jpg"))[:60]]
    key, wrong = SketchKey(secrets.token_bytes(32)), SketchKey(secrets.token_bytes(32))
    stored = [_features(image, key) for image in images]
    smaller = [image.resize((image.width * 3 // 4, image.height * 3 // 4)) for image in images]
    for name, tried in (("with the key", key), ("without", wrong)):
        guesses = [_features(image, tried) for image in smaller]
        hits = sum(classify(lay_on(a, b).evidence) is not None for a, b in zip(guesses, stored, strict=True))
        print(f"confirming a photograph that one owns, from its points, {name}: {hits} of {len(images)}")
    attack_framed(images)


def _features(image: Image.Image, key: SketchKey) -> PictureFeatures:
    return PictureFeatures(1, secrets.token_bytes(32), secrets.token_bytes(32), 0, key.sketch(describe_picture(image)))


def main() -> None:
    """Run all attacks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leakage")
    parser.add_argument("--photos", type=Path, help="a folder with photographs (*.jpg)")
    photos = parser.parse_args().photos
    attack_lines()
    single = sentences(SENTENCES, seed=1)
    attack_words(single)
    for length in MESSAGES:
        print(f"messages of {length} sentences:")
        attack_bubbles([" ".join(single[start : start + length]) for start in range(0, SENTENCES, length)])
    if photos is not None:
        attack_pictures(photos)


if __name__ == "__main__":
    main()

"""Reads the pictures of a corpus as the server would, or as what a phone sends of them arrives there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from casefile.errors import PictureError
from casefile.fingerprints.brief import read_brief
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.sandbox import PictureReader
from casefile.fingerprints.wordgroups import WordKey
from casefile.fingerprints.words import read_words
from casefile.vocabulary import PictureFault
from operations.commands.link import KEY
from operations.linking import AT_ONCE, picture_features
from tests.phone import pack_briefly
from worker.matching import PictureFeatures


def read_all(
    paths: Sequence[Path], *, with_words: bool = False, from_phone: bool = False
) -> Iterator[PictureFeatures | PictureFault]:
    """The features of each file in order, or why there are none; ``from_phone`` with the rounded brief form."""
    word_key = WordKey(KEY.secret)

    def read(path: Path) -> PictureFeatures | PictureFault:
        data = path.read_bytes()
        try:
            reading = reader.read(data)
            features = picture_features(reading, KEY, read_words(data, word_key) if with_words else ())
        except PictureError as error:
            return error.fault
        if not from_phone:
            return features
        sent = pack_briefly(Descriptions.from_text(reading.descriptions))
        return replace(features, sketches=KEY.sketch(read_brief(sent)))

    with PictureReader(AT_ONCE) as reader, ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(read, paths)

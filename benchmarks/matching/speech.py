"""What people talk about and with which words: one way of talking for the seen splits, others for the held-out one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.matching import phrases, wordlists
from benchmarks.matching import phrases_held_out as other_phrases
from benchmarks.matching import wordlists_held_out as other_words

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Speech:
    """Sentence templates by purpose, what fills their slots, and the threats that are sent to many people."""

    greetings: Lines
    short: Lines
    topics: tuple[Lines, ...]
    comments: Lines
    threats: Lines
    names: Lines
    surnames: Lines
    cities: Lines
    places: Lines
    foods: Lines
    things: Lines
    subjects: Lines
    days: Lines
    colours: Lines


EVERYDAY = Speech(
    greetings=phrases.GREETINGS,
    short=phrases.SHORT,
    topics=phrases.TOPICS,
    comments=phrases.COMMENTS,
    threats=wordlists.THREATS,
    names=wordlists.NAMES,
    surnames=wordlists.SURNAMES,
    cities=wordlists.CITIES,
    places=wordlists.PLACES,
    foods=wordlists.FOODS,
    things=wordlists.THINGS,
    subjects=wordlists.SUBJECTS,
    days=wordlists.DAYS,
    colours=wordlists.COLOURS,
)
HELD_OUT = Speech(
    greetings=other_phrases.GREETINGS,
    short=other_phrases.SHORT,
    topics=other_phrases.TOPICS,
    comments=other_phrases.COMMENTS,
    threats=other_words.THREATS,
    names=other_words.NAMES,
    surnames=other_words.SURNAMES,
    cities=other_words.CITIES,
    places=other_words.PLACES,
    foods=other_words.FOODS,
    things=other_words.THINGS,
    subjects=other_words.SUBJECTS,
    days=other_words.DAYS,
    colours=other_words.COLOURS,
)
HELD_OUT_LETTERS = replace(HELD_OUT, topics=(other_phrases.LETTERS,), short=other_phrases.LETTERS)
"""Letters in whole sentences, without chatter."""

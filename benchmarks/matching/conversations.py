"""Seeded Indonesian conversations: natural, with the short phrases that everybody repeats."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from benchmarks.matching.speech import EVERYDAY, Speech
from benchmarks.matching.wordlists import EMOJI, STICKERS, words

ABBREVIATIONS = dict(
    pair.split(":")
    for pair in words("""
yang:yg tidak:gak sudah:udh belum:blm dengan:dgn kalau:klo besok:bsk jangan:jgn banget:bgt gimana:gmn
karena:krn sampai:smp udah:udh aja:aj makasih:mksh kamu:km terus:trs bisa:bs nanti:ntar juga:jg dulu:dl
""")
)
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Message:
    """One message: who wrote it (an index into the people), what, when (minutes since midnight), what hangs on it."""

    sender: int
    text: str
    minute: int
    template: int | None = None
    sticker: int | None = None
    meme: int | None = None
    photo: str | None = None
    quoted: str | None = None


@dataclass(frozen=True)
class Story:
    """People and what they wrote; ``seed`` decides every further detail that an interface invents."""

    name: str
    seed: int
    people: tuple[str, ...]
    messages: tuple[Message, ...]


def full_name(rng: random.Random, speech: Speech = EVERYDAY) -> str:
    """An invented name of one to three parts."""
    parts = [rng.choice(speech.names)]
    if rng.random() < 0.7:
        parts.append(rng.choice(speech.surnames))
    if rng.random() < 0.15:
        parts.insert(1, rng.choice(speech.names))
    return " ".join(parts)


def money(rng: random.Random) -> str:
    """An amount as people write it."""
    amount = rng.choice((rng.randint(5, 99), rng.randint(100, 999), rng.randint(1000, 9000) // 50 * 50))
    short = f"{amount}rb" if amount < 1000 else f"{amount / 1000:g}jt".replace(".", ",")
    return rng.choice((short, f"Rp {amount}.000" if amount < 1000 else f"Rp {amount // 1000}.{amount % 1000:03d}.000"))


def fill(template: str, rng: random.Random, speech: Speech = EVERYDAY) -> str:
    """The template with every slot filled by chance."""
    hour, minute = rng.randint(5, 22), rng.choice((0, 0, 15, 30, 30, 45))
    return template.format(
        nama=rng.choice(speech.names),
        nama2=rng.choice(speech.names),
        tempat=rng.choice(speech.places),
        kota=rng.choice(speech.cities),
        kota_url=rng.choice(speech.cities).lower(),
        makanan=rng.choice(speech.foods),
        barang=rng.choice(speech.things),
        mapel=rng.choice(speech.subjects),
        hari=rng.choice(speech.days),
        warna=rng.choice(speech.colours),
        jam=rng.choice((f"{hour}", f"{hour}.{minute:02d}", f"{hour:02d}:{minute:02d}")),
        uang=money(rng),
        angka=rng.randint(2, 60),
        nilai=rng.randint(35, 98),
        lantai=rng.randint(1, 12),
        kode="".join(rng.choice(CODE_LETTERS) for _ in range(7)),
    )


def colour_text(text: str, rng: random.Random, sloppy: float) -> str:
    """The text as somebody in a hurry types it: abbreviations, slips, capitals, emoji."""
    typed = [ABBREVIATIONS.get(word, word) if rng.random() < sloppy else word for word in text.split(" ")]
    if rng.random() < sloppy * 0.3:
        typed = [slip(word, rng) if rng.random() < 0.2 and "/" not in word else word for word in typed]
    line = " ".join(typed)
    if rng.random() < 0.25 and not line.startswith("http"):
        line = line[0].upper() + line[1:]
    if rng.random() < 0.18:
        line += " " + rng.choice(EMOJI) * rng.choice((1, 1, 2, 3))
    return line


def slip(word: str, rng: random.Random) -> str:
    """The word with two letters swapped, one doubled or one lost."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice((swapped, word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :], word + word[-1]))


def sentence(rng: random.Random, topic: tuple[str, ...], sloppy: float, short: float, speech: Speech = EVERYDAY) -> str:
    """One message: a phrase everybody uses, or one or two sentences of the topic."""
    if rng.random() < short:
        return colour_text(rng.choice(speech.short), rng, sloppy)
    text = fill(rng.choice(topic), rng, speech)
    if rng.random() < 0.3:
        text += rng.choice((". ", ", ", " soalnya ", " terus ", " tapi ")) + fill(rng.choice(topic), rng, speech)
    return colour_text(text, rng, sloppy)


def make_story(
    name: str,
    seed: int,
    *,
    length: int,
    people: int = 2,
    comments: bool = False,
    top: bool = False,
    template: int | None = None,
    speech: Speech = EVERYDAY,
) -> Story:
    """A conversation (or a thread of comments) with this many messages; the threat, if any, comes near the end."""
    rng = random.Random(f"story:{seed}")
    names = tuple(full_name(rng, speech) for _ in range(people))
    topics = [speech.comments] if comments else rng.sample(speech.topics, min(2, len(speech.topics)))
    sloppy, short = rng.uniform(0.05, 0.5), 0.12 if comments else rng.uniform(0.25, 0.45)
    messages: list[Message] = []
    minute, sender = rng.randint(360, 1200), rng.randrange(people)
    for index in range(length):
        topic = speech.greetings if index == 0 and not comments else rng.choice(topics)
        sender = next_sender(sender, people, rng)
        minute += rng.choice((0, 0, 0, 1, 1, 2, 4, 11))
        quoted = messages[-2].text[:60] if index > 3 and rng.random() < 0.06 else None
        text = sentence(rng, topic, sloppy, short, speech)
        messages.append(Message(sender, text, minute % 1440, quoted=quoted))
        if rng.random() < 0.03 and not comments:
            messages.append(Message(sender, "", minute % 1440, sticker=rng.randrange(len(STICKERS))))
    story = Story(name, seed, names, tuple(messages))
    return story if template is None else with_threat(story, template, speech.threats[template], rng, top=top)


def next_sender(sender: int, people: int, rng: random.Random) -> int:
    """The same person again, or somebody else."""
    return sender if rng.random() < 0.35 else rng.choice([one for one in range(people) if one != sender] or [0])


def with_threat(story: Story, template: int, text: str, rng: random.Random, *, top: bool) -> Story:
    """The story in which somebody sends the threat: near the end or, for a page read from its top, the beginning."""
    near = rng.randint(0, 2)
    at = min(1 + near, len(story.messages)) if top else max(1, len(story.messages) - near)
    minute = story.messages[min(at, len(story.messages) - 1)].minute
    threat = Message(1, text, minute, template=template)
    return replace(story, messages=(*story.messages[:at], threat, *story.messages[at:]))


def with_message(story: Story, message: Message, back: int) -> Story:
    """The story with one more message, ``back`` places before the end."""
    at = max(0, len(story.messages) - back)
    return replace(story, messages=(*story.messages[:at], message, *story.messages[at:]))

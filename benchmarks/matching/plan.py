"""Plans the screens of a corpus: which look, which story, and which relations on purpose."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice

from benchmarks.matching.conversations import Message, Story, make_story, with_message
from benchmarks.matching.edits import Edit
from benchmarks.matching.interfaces import INTERFACES, Interface, Look, Scene
from benchmarks.matching.pictures import PhotoPool
from benchmarks.matching.wordlists import MEMES

SHARES = {"twin": 0.21, "scroll": 0.12, "stock": 0.08, "template": 0.08, "shared_photo": 0.11, "other_phone": 0.03}


SPLITS = {"seen": ("train", "test"), "held-out": ("held-out",)}
"""What a corpus can be drawn from: what thresholds were chosen and looked at with, or what was kept away from that."""


def split_names(split: str, members: Mapping[str, Interface] | Mapping[str, Edit]) -> list[str]:
    """The names of those interfaces or edits that belong to this split, in their order."""
    return [name for name, member in members.items() if member.split in SPLITS[split]]


@dataclass(frozen=True)
class Planned:
    """One screenshot to take: its scene, how far it is scrolled back, and the twins it belongs to."""

    scene: Scene
    back: float = 0.0
    twins: int | None = None


class Planner:
    """Makes scenes by chance from one seed; ``take`` of the photo pool keeps strangers' photographs apart."""

    def __init__(self, seed: int, photos: PhotoPool, interfaces: list[str]) -> None:
        self.rng = random.Random(f"plan:{seed}")
        self.photos = photos
        self.chosen = [INTERFACES[name] for name in interfaces]
        self._seed = seed
        self._stories = 0
        self._looks = 0

    def look(self, interface: Interface, *, dark: bool | None = None) -> Look:
        """A look for this interface."""
        rng, self._looks = self.rng, self._looks + 1
        kind = rng.choice(("doodle", "doodle", "flat", "photo")) if interface.wallpaper else "flat"
        rest = self.photos.take("wallpaper") if kind == "photo" else str(rng.randrange(4))
        return Look(
            interface=interface.name,
            dark=rng.random() < 0.45 if dark is None else dark,
            phone=rng.choice(interface.phones),
            font=rng.choice(interface.fonts),
            text_size=rng.choice((15, 16, 16, 16, 17.5)),
            wallpaper=f"{kind}:{rest}",
            avatar=self.photos.take("avatar") if rng.random() < 0.45 else None,
            seed=self._looks if rng.random() < 0.5 else rng.randrange(4),
        )

    def story(self, interface: Interface, template: int | None = None) -> Story:
        """People and messages of an own."""
        self._stories += 1
        return make_story(
            f"c{self._stories:04d}",
            self._seed * 1_000_003 + self._stories,
            length=self.rng.randint(*interface.length),
            people=self.rng.randint(*interface.people),
            comments=interface.comments,
            top=interface.top,
            template=template if interface.words else None,
            speech=interface.speech,
        )

    def scene(self, look: Look, story: Story | None = None, *, hero: str | None = None) -> Scene:
        """A screen with this look; by chance with a photograph or a joke among the messages."""
        interface, rng = INTERFACES[look.interface], self.rng
        story = story or self.adorned(self.story(interface), interface)
        tiles = tuple(self.photos.take("tile") for _ in range(interface.tiles))
        own = self.photos.take("content") if interface.hero and hero is None else hero
        return Scene(look, story, 0, rng.randrange(1440), rng.randint(4, 100), tiles, own)

    def adorned(self, story: Story, interface: Interface) -> Story:
        """The story, sometimes with an own photograph or a joke that many send."""
        if interface.words and self.rng.random() < 0.22:
            story = self.insert(story, interface, photo=self.photos.take("content"))
        if interface.words and self.rng.random() < 0.05:
            story = self.insert(story, interface, meme=self.rng.randrange(len(MEMES)))
        return story

    def insert(self, story: Story, interface: Interface, **what: object) -> Story:
        """The story with a picture where a screenshot shows it."""
        near = self.rng.randint(0, 3)
        back = len(story.messages) - 1 - near if interface.top else near
        minute = story.messages[-1 - min(back, len(story.messages) - 1)].minute
        sender = self.rng.randrange(len(story.people))
        return with_message(story, Message(sender, "", minute, **what), back)  # type: ignore[arg-type]

    def plan(self, screens: int) -> list[Planned]:
        """All screens: every relation its share, the rest strangers; interfaces in turn."""
        planned: list[Planned] = []
        makers = {
            "twin": self.twins,
            "scroll": self.scrolled,
            "stock": self.stock,
            "template": self.templates,
            "shared_photo": self.shared_photo,
            "other_phone": self.other_phone,
        }
        for kind, share in SHARES.items():
            order = self.rng.sample(self.chosen, len(self.chosen))
            end = len(planned) + round(share * screens)
            for interface in islice(cycle(order), 4 * screens):
                if len(planned) >= end:
                    break
                planned += makers[kind](interface)
        turn = cycle(self.chosen)
        while len(planned) < screens:
            planned.append(Planned(self.scene(self.look(next(turn)))))
        return planned[:screens]

    def twins(self, interface: Interface) -> list[Planned]:
        """Two strangers with the same phone, theme, wallpaper and picture of the other."""
        look, group = self.look(interface), self.rng.getrandbits(40)
        return [Planned(self.scene(look), twins=group), Planned(self.scene(look), twins=group)]

    def scrolled(self, interface: Interface) -> list[Planned]:
        """The same screen twice, scrolled by 30 to 70 per cent."""
        if not interface.scrolls:
            return []
        scene = self.scene(self.look(interface))
        later = replace(scene, clock=scene.clock + self.rng.randint(0, 3))
        return [Planned(scene), Planned(later, back=self.rng.uniform(0.3, 0.7))]

    def stock(self, interface: Interface) -> list[Planned]:
        """Two or three strangers with the same stock wallpaper, joke or sticker."""
        if not interface.words:
            return []
        wallpaper, joke = self.photos.some("wallpaper"), self.rng.randrange(len(MEMES))
        answer = []
        for one in (interface, self.rng.choice(self.chosen), interface):
            look, story = self.look(one), self.story(one)
            if one.wallpaper and interface.wallpaper:
                look = replace(look, wallpaper=f"photo:{wallpaper}")
            elif one.words:
                story = self.insert(story, one, **({"meme": joke} if joke % 2 else {"sticker": joke}))
            answer.append(Planned(self.scene(look, story)))
        return answer

    def templates(self, interface: Interface) -> list[Planned]:
        """The same threat to three strangers, two of them in the same app."""
        if not interface.words:
            return []
        threat = self.rng.randrange(len(interface.speech.threats))
        others = [one for one in self.chosen if one.words and one.speech.threats is interface.speech.threats]
        three = (interface, interface, self.rng.choice(others))
        return [Planned(self.scene(self.look(one), self.story(one, threat))) for one in three]

    def shared_photo(self, interface: Interface) -> list[Planned]:
        """The same private photograph in two strangers' screens."""
        key, answer = self.photos.take("content"), []
        second = self.rng.choice([one for one in self.chosen if one.words or one.hero or one.tiles])
        for one in (interface, self.rng.choice((interface, second))):
            story = self.story(one)
            if one.words and not one.hero:
                story = self.insert(story, one, photo=key)
            scene = self.scene(self.look(one), story, hero=key if one.hero else None)
            if one.tiles:
                scene = replace(scene, tiles=(key, *scene.tiles[1:]))
            answer.append(Planned(scene))
        return answer if interface.words or interface.hero or interface.tiles else []

    def other_phone(self, interface: Interface) -> list[Planned]:
        """The same conversation as each of the two sees it."""
        if not interface.words or interface.comments:
            return []
        scene = self.scene(self.look(interface))
        return [Planned(scene), Planned(replace(scene, look=self.look(interface), owner=1))]

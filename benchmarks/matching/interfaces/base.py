"""What every drawn interface shares: phones, looks, scenes, bars, pictures as HTML."""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.matching.conversations import Message, Story
from benchmarks.matching.speech import EVERYDAY, Speech
from benchmarks.matching.wordlists import MEMES, STICKERS

AVATAR_COLOURS = ("#e17076", "#7bc862", "#e5ca77", "#65aadd", "#a695e7", "#ee7aae", "#6ec9cb", "#faa774", "#8d9aa5")


@dataclass(frozen=True)
class Phone:
    """A phone: CSS size, density, height of its status bar and what lies at its bottom."""

    name: str
    width: int
    height: int
    density: float
    top: int
    bottom: str

    @property
    def pixels(self) -> tuple[int, int]:
        """The size of a screenshot, as the phone's name says it."""
        width, height = self.name.partition("@")[0].split("x")
        return int(width), int(height)


PHONES = (
    Phone("720x1600@2", 360, 800, 2, 24, "buttons"),
    Phone("1080x2400@2.75", 393, 873, 2.75, 32, "gesture"),
    Phone("1080x1920@2.625", 412, 732, 2.625, 24, "buttons"),
    Phone("1170x2532@3", 390, 844, 3, 47, "home"),
    Phone("828x1792@2", 414, 896, 2, 44, "home"),
    Phone("540x1200@1.5", 360, 800, 1.5, 24, "buttons"),
    Phone("1080x2340@3", 360, 780, 3, 28, "gesture"),
)
FONTS = ("Roboto", "Noto Sans", "Open Sans", "Lato", "Liberation Sans", "DejaVu Sans", "Inter")


@dataclass(frozen=True)
class Look:
    """What two strangers may have in common: the app and phone, not who writes what. ``seed`` decides its variants."""

    interface: str
    dark: bool
    phone: Phone
    font: str
    text_size: float
    wallpaper: str
    avatar: str | None
    seed: int

    def pick(self, light: str, dark: str) -> str:
        """The value of the theme in use."""
        return dark if self.dark else light

    def dice(self, purpose: str) -> random.Random:
        """Chance that is the same for every screen with this look."""
        return random.Random(f"look:{self.seed}:{purpose}")


@dataclass(frozen=True)
class Scene:
    """One screen to draw: its look, its story, whose phone it is, the clock, and pictures for whoever needs some."""

    look: Look
    story: Story
    owner: int
    clock: int
    battery: int
    tiles: tuple[str, ...] = ()
    hero: str | None = None

    def dice(self, purpose: str) -> random.Random:
        """Chance that belongs to the story, and so differs between strangers."""
        return random.Random(f"story:{self.story.seed}:{purpose}")

    @property
    def other(self) -> int:
        """The first person who is not the owner."""
        return 1 if self.owner == 0 else 0

    def name(self, person: int) -> str:
        """A person's name, safe for HTML."""
        return html.escape(self.story.people[person])


@dataclass(frozen=True)
class Interface:
    """An interface: how its body is drawn, which story and pictures it wants, on which screens and in which fonts.

    ``split`` says whether thresholds may be chosen on it (``train``), were looked at with it (``test``), or neither
    (``held-out``).
    """

    name: str
    draw: Callable[[Scene], str]
    split: str
    people: tuple[int, int] = (2, 2)
    comments: bool = False
    top: bool = False
    length: tuple[int, int] = (26, 34)
    wallpaper: bool = False
    tiles: int = 0
    hero: bool = False
    words: bool = True
    scrolls: bool = True
    speech: Speech = EVERYDAY
    phones: tuple[Phone, ...] = PHONES
    fonts: tuple[str, ...] = FONTS


def clock(minute: int) -> str:
    """Minutes since midnight as 07:05."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def escape(text: str) -> str:
    """Text for HTML."""
    return html.escape(text)


def picture(role: str, key: str, style: str = "", classes: str = "") -> str:
    """A photograph, filled to the box that ``style`` or ``classes`` give; marked, so that the truth knows it."""
    return f'<img class="{classes}" data-mark="{role}:{key}" style="object-fit:cover;{style}" src="pic://{key}">'


def avatar(scene: Scene, person: int, size: int, radius: str = "50%") -> str:
    """The round picture of a person: the look's photograph for the first stranger, else an initial."""
    key = scene.look.avatar if person == scene.other else None
    box = f"width:{size}px;height:{size}px;border-radius:{radius};flex:none;"
    if key:
        return picture("avatar", key, box)
    name = scene.story.people[person]
    colour = AVATAR_COLOURS[sum(map(ord, name)) % len(AVATAR_COLOURS)]
    style = f"{box}background:{colour};color:#fff;display:flex;align-items:center;justify-content:center;"
    return f'<div style="{style}font-size:{size * 0.45:.0f}px">{escape(name[:1])}</div>'


def sticker(index: int, size: int = 120) -> str:
    """One of the stickers that everybody has."""
    emoji, words = STICKERS[index % len(STICKERS)]
    style = f"width:{size}px;height:{size}px;text-align:center;font-size:{size * 0.58:.0f}px;line-height:1.25;"
    label = f"font:900 {size * 0.16:.0f}px Lato;color:#fff;-webkit-text-stroke:3px #c2185b;paint-order:stroke fill;"
    return f'<div data-mark="sticker:{index}" style="{style}">{emoji}<div style="{label}">{words}</div></div>'


def meme(index: int, width: int) -> str:
    """One of the jokes that go round: a stock photograph with capitals on it."""
    top, bottom = MEMES[index % len(MEMES)]
    letters = (
        f"position:absolute;left:0;right:0;text-align:center;font:900 {width * 0.1:.0f}px 'Roboto Condensed';"
        "color:#fff;-webkit-text-stroke:3px #000;paint-order:stroke fill;"
    )
    return (
        f'<div data-mark="meme:{index}" style="position:relative;width:{width}px;height:{width * 0.8:.0f}px"><img '
        f'src="pic://meme{index}" style="width:100%;height:100%;object-fit:cover;border-radius:6px"><div style="'
        f'{letters}top:6px">{top}</div><div style="{letters}bottom:6px">{bottom}</div></div>'
    )


def marked(message: Message) -> str:
    """The attribute that tells the truth about a text sent to many people; nothing for any other text."""
    return f'data-mark="template:{message.template}"' if message.template is not None else ""


def content(message: Message, width: int) -> str:
    """What hangs on a message: a photograph, a joke, a sticker; nothing for words alone."""
    if message.photo:
        style = f"width:{width}px;height:{width * 3 // 4}px;border-radius:8px;display:block;"
        return picture("content", message.photo, style)
    if message.meme is not None:
        return meme(message.meme, width)
    return "" if message.sticker is None else sticker(message.sticker)


def status_bar(scene: Scene, colour: str = "inherit", background: str = "transparent") -> str:
    """The strip at the top: clock, network, battery; left or right as the maker of the phone likes."""
    phone = scene.look.phone
    signal = scene.look.dice("signal").choice(("▂▄▆█ 4G", "◢ ⏶ LTE", "▂▄▆ 5G", "◢◢ VoLTE"))
    right = f'<span style="letter-spacing:-.5px">{signal} {scene.battery}% ▮</span>'
    left = f"<b>{clock(scene.clock)}</b>"
    pad = "0 28px" if phone.bottom == "home" else "0 12px"
    style = (
        f"height:{phone.top}px;flex:none;display:flex;justify-content:space-between;align-items:center;padding:{pad};"
        f"font:500 12px Roboto;color:{colour};background:{background};position:relative;z-index:3"
    )
    return f'<div style="{style}">{left}{right}</div>'


def nav_bar(scene: Scene, background: str, colour: str) -> str:
    """What the system draws at the bottom."""
    bottom = scene.look.phone.bottom
    if bottom == "buttons":
        inner = (
            f'<span style="color:{colour};font-size:17px;display:flex;gap:84px">◁<span>○</span><span>□</span></span>'
        )
        height = 44
    else:
        width = 130 if bottom == "home" else 100
        inner = f'<div style="width:{width}px;height:4px;border-radius:3px;background:{colour}"></div>'
        height = 28 if bottom == "home" else 18
    style = (
        f"height:{height}px;flex:none;display:flex;align-items:center;justify-content:center;background:{background}"
    )
    return f'<div style="{style}">{inner}</div>'


def doodle(look: Look, ink: str) -> str:
    """A repeated pattern of small drawings as the app itself brings it: one of four, as a CSS background."""
    rng = random.Random(f"doodle:{look.interface}:{look.wallpaper}")
    shapes = "".join(_shape(rng) for _ in range(34))
    group = f'<g fill="none" stroke="{ink}" stroke-width="1.6">{shapes}</g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240">{group}</svg>'
    encoded = svg.replace("#", "%23").replace('"', "'").replace("<", "%3C").replace(">", "%3E")
    return f'url("data:image/svg+xml,{encoded}")'


def _shape(rng: random.Random) -> str:
    """One small drawing at a random place."""
    x, y, size, turn = rng.randint(8, 232), rng.randint(8, 232), rng.randint(7, 15), rng.randint(0, 350)
    wide, half = 2 * size, size // 2
    kind = rng.choice(
        (
            f"<circle r='{size}'/><circle r='{size // 3}'/>",
            f"<rect x='-{size}' y='-{half}' width='{wide}' height='{size}' rx='3'/>",
            f"<path d='M-{size} 0L0 -{size}L{size} 0L0 {size}Z'/>",
            f"<path d='M0 {size}C-{wide} -{size} -{half} -{size} 0 0C{half} -{size} {wide} -{size} 0 {size}'/>",
            f"<path d='M-{size} {size}Q0 -{wide} {size} {size}M-{half} 0H{half}'/>",
        )
    )
    return f"<g transform='translate({x} {y}) rotate({turn})'>{kind}</g>"


def background(scene: Scene, flat: str, ink: str) -> str:
    """The wallpaper behind the messages: an element that fills its parent; a photograph is marked."""
    kind, _, key = scene.look.wallpaper.partition(":")
    fill = "position:absolute;inset:0;width:100%;height:100%;"
    if kind == "photo":
        dim = "filter:brightness(.55);" if scene.look.dark else ""
        return picture("wallpaper", key, fill + dim)
    image = f"background-image:{doodle(scene.look, ink)};" if kind == "doodle" else ""
    return f"<div style='{fill}background-color:{flat};{image}'></div>"


def page(scene: Scene, body: str, css: str, *, ink: str, paper: str) -> str:
    """A whole page: ``body`` is a column whose element of class ``flow`` takes the space that is left and scrolls."""
    look = scene.look
    return (
        "<!doctype html><html><head><meta charset='utf-8'><style>*{box-sizing:border-box}html,body{margin:0;"
        f"height:100%;overflow:hidden}}body{{display:flex;flex-direction:column;font:{look.text_size:.1f}px '"
        f"{look.font}','Roboto',sans-serif,'Noto Color Emoji';line-height:1.35;color:{ink};background:{paper}"
        "}.flow{flex:1;min-height:0;overflow:hidden;position:relative}.room{flex:1;min-height:0;"
        "position:relative}.room>.flow{position:absolute;inset:0}.row{display:flex;align-items:center}.grow{flex:1;"
        f"min-width:0}}p{{margin:0}}.cut{{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}}{css}</style>"
        f"</head><body>{body}</body></html>"
    )

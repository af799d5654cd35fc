"""What the held-out interfaces share: their screens, fonts, bars, stickers and jokes, none of them another split's."""

from __future__ import annotations

from benchmarks.matching.conversations import Message
from benchmarks.matching.interfaces.base import Phone, Scene, clock, picture
from benchmarks.matching.wordlists_held_out import MEMES, STICKERS

PHONES = (
    Phone("1440x3120@4", 360, 780, 4, 30, "gesture"),
    Phone("720x1280@2", 360, 640, 2, 22, "buttons"),
    Phone("1220x2712@3", 407, 904, 3, 36, "gesture"),
    Phone("1080x2520@3", 360, 840, 3, 26, "buttons"),
    Phone("750x1334@2", 375, 667, 2, 20, "home"),
)
SMALL_PHONES = (Phone("480x854@1.5", 320, 570, 1.5, 20, "buttons"), Phone("540x960@1.5", 360, 640, 1.5, 20, "buttons"))
TABLETS = (Phone("1280x800@1", 1280, 800, 1, 24, "buttons"), Phone("2000x1200@1.5", 1334, 800, 1.5, 26, "gesture"))
LYING = (Phone("2400x1080@2.75", 873, 393, 2.75, 0, "gesture"), Phone("1600x720@2", 800, 360, 2, 0, "buttons"))
DESKTOPS = (
    *(Phone("1366x768@1", 1366, 768, 1, 0, "window"), Phone("1920x1080@1.25", 1536, 864, 1.25, 0, "window")),
    *(Phone("1600x900@1", 1600, 900, 1, 0, "window"), Phone("1440x900@1", 1440, 900, 1, 0, "window")),
)
SHEETS = (Phone("1080x1350@2.5", 432, 540, 2.5, 0, "sheet"), Phone("1080x1080@2.5", 432, 432, 2.5, 0, "sheet"))
FONTS = ("Cantarell", "Noto Serif", "Noto Sans Display", "Open Sans Condensed", "Liberation Serif", "Inter Display")


def top_strip(scene: Scene, ink: str = "inherit") -> str:
    """The strip at the top, as another maker draws it: icons at the left, the clock in the middle or at the right."""
    phone = scene.look.phone
    if phone.top == 0:
        return ""
    rng = scene.look.dice("strip")
    icons = rng.choice(("✉ ⏰ ⌁", "☁ ✆", "⌁ 1,2 KB/d", "✆ ☂ ⏰"))
    net = f"HD ıılı {rng.choice(('3G', '4G+', 'H+'))} {scene.battery}%"
    parts = (
        [icons, f"<b>{clock(scene.clock)}</b>", net]
        if rng.random() < 0.5
        else [icons, "", f"{net} {clock(scene.clock)}"]
    )
    spans = "".join(f"<span>{part}</span>" for part in parts)
    style = (
        f"height:{phone.top}px;flex:none;display:flex;justify-content:space-between;align-items:center;padding:0 16px;"
        f"font:600 11px 'Noto Sans';color:{ink};position:relative;z-index:4"
    )
    return f'<div style="{style}">{spans}</div>'


def window_frame(scene: Scene, address: str, *, dark: bool) -> str:
    """A desktop browser's top: tabs, address, buttons."""
    rng = scene.look.dice("window")
    tabs = rng.sample(
        ("Cuaca pekan ini", "Resep sayur bening", "Jadwal kapal", "Kamus", "Peta", "Unduhan"), rng.randint(1, 4)
    )
    back, front, ink = ("#2a2d34", "#3b3f48", "#d8dbe2") if dark else ("#d9dde6", "#ffffff", "#33363d")
    drawn = "".join(f'<span style="padding:7px 18px;opacity:.7">{tab} &nbsp;×</span>' for tab in tabs)
    return (
        f'<div style="flex:none;background:{back};color:{ink};font:13px Cantarell"><div class=row style="height:34px">'
        f'<span style="padding:0 12px">❏</span>{drawn}<b style="background:{front};padding:8px 18px">'
        f'{address.partition("/")[0]} &nbsp;×</b><span style="margin-left:auto;padding-right:14px">— ▢ ✕</span></div>'
        f"<div "
        f'class=row style="height:36px;background:{front};gap:16px;padding:0 14px"><span>‹ &nbsp; › &nbsp; ⟳</span>'
        f"<div "
        f'class=grow style="background:{back};border-radius:4px;padding:4px 12px">https://{address}</div><span>☆ '
        f"☰</span>"
        "</div></div>"
    )


def hung(message: Message, width: int) -> str:
    """What hangs on a message: a photograph, a joke, a sticker; nothing for words alone."""
    if message.photo:
        return picture("content", message.photo, f"width:{width}px;height:{width * 2 // 3}px;display:block;")
    if message.meme is not None:
        return joke(message.meme, width)
    if message.sticker is None:
        return ""
    emoji, words = STICKERS[message.sticker % len(STICKERS)]
    label = "font:800 15px Cantarell;background:#fff;color:#222;border-radius:9px;padding:1px 9px"
    return (
        f'<div data-mark="sticker:{message.sticker % len(STICKERS)}" style="width:110px;text-align:center;'
        f"font-size:70px;"
        f'line-height:1.1">{emoji}<div><span style="{label}">{words}</span></div></div>'
    )


def joke(index: int, width: int) -> str:
    """One of the jokes that go round: words on white above a stock photograph."""
    top, bottom = MEMES[index % len(MEMES)]
    words = f"font:700 {width * 0.07:.0f}px 'Open Sans Condensed';padding:6px 8px"
    return (
        f'<div data-mark="meme:{index % len(MEMES)}" style="width:{width}px;background:#fff;color:#111"><div style="'
        f'{words}">{top}: {bottom.lower()}</div><img src="pic://meme{index % len(MEMES)}" style="display:block;'
        f"width:100%;"
        f'height:{width // 2}px;object-fit:cover"></div>'
    )


def paragraph(message: Message, text: str) -> str:
    """The attribute that tells the truth about a text sent to many, and the text."""
    mark = f' data-mark="template:{message.template}"' if message.template is not None else ""
    return f"<span{mark}>{text}</span>"

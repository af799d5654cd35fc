"""Messengers with bubbles: green, cloud, gradient, stickers, SMS, group."""

from __future__ import annotations

from benchmarks.matching.conversations import Message
from benchmarks.matching.interfaces.base import (
    AVATAR_COLOURS,
    Scene,
    avatar,
    background,
    clock,
    content,
    escape,
    marked,
    nav_bar,
    page,
    status_bar,
    sticker,
)


def runs(scene: Scene) -> list[tuple[Message, bool, bool]]:
    """The messages, each with: is it the owner's, does it begin a run of the same sender."""
    before, answer = None, []
    for message in scene.story.messages:
        answer.append((message, message.sender == scene.owner, message.sender != before))
        before = message.sender
    return answer


def green(scene: Scene) -> str:
    """Green messenger: doodle or photo wallpaper, white and pale green bubbles with the time inside."""
    look = scene.look
    bar, paper = look.pick("#0b7a68", "#1f2c33"), look.pick("#e9e0d6", "#0c141a")
    mine, theirs = look.pick("#dcf7c8", "#0a5c4c"), look.pick("#fff", "#1f2c33")
    ink, faint = look.pick("#121b21", "#e9edef"), look.pick("#667781", "#8c989f")
    group = len(scene.story.people) > 2
    rows = []
    for message, own, first in runs(scene):
        quote = f"<div class=quote>{escape(message.quoted)}</div>" if message.quoted else ""
        tick = " <span style='color:#53a9e8'>✓✓</span>" if own else " "
        head = _heading(scene, message) if group and first and not own else ""
        rows.append(
            f'<div class="line {"own" if own else ""}" style="margin-top:{8 if first else 2}px"><div class=bubble '
            f"{marked(message)}>{head}{quote}{content(message, 240)}{escape(message.text)}"
            f"<span class=stamp>{clock(message.minute)}{tick}</span></div></div>"
        )
    css = (
        ".line{display:flex;padding:0 10px}.own{justify-content:flex-end}.bubble{max-width:82%;background:"
        f"{theirs};padding:5px 8px 6px;border-radius:9px;position:relative;box-shadow:0 1px 1px #0002;"
        f"overflow-wrap:anywhere}}.own .bubble{{background:{mine}}}.stamp{{font-size:11px;color:{faint};float:right;"
        "margin:6px 0 -3px 10px}.quote{border-left:4px solid #06a884;background:#0001;padding:3px 7px;"
        "border-radius:5px;font-size:13px}"
    )
    title = scene.name(scene.other) if not group else escape(f"Grup {scene.story.people[0].split()[0]} & kawan")
    under = "online" if not group else ", ".join(scene.name(one).split()[0] for one in range(len(scene.story.people)))
    body = (
        f'<div style="background:{bar};color:#fff">{status_bar(scene)}<div class=row style="height:56px;padding:0 8px;'
        f'gap:9px"><span style="font-size:21px">←</span>{avatar(scene, scene.other, 38)}<div class="grow"><div '
        f'class=cut style="font-weight:600">{title}</div><div class=cut style="font-size:12px;opacity:.8">{under}</div>'
        '</div><span style="letter-spacing:13px;font-size:19px">▢✆⋮</span></div></div><div class=room>'
        f'{background(scene, paper, look.pick("#d9cec0", "#18242b"))}<div class=flow><div style="padding:8px 0">'
        f'{_day(scene, theirs, faint)}{"".join(rows)}</div></div></div><div class=row style="background:{paper};'
        f'padding:6px;gap:6px"><div class="row grow" style="background:{theirs};border-radius:24px;height:46px;'
        f'padding:0 14px;color:{faint};gap:10px">☺ <span class=grow>Ketik pesan</span>📎 📷</div><div '
        'style="width:46px;'
        "height:46px;border-radius:50%;background:#06a884;color:#fff;text-align:center;line-height:46px;"
        f'font-size:20px">🎤</div></div>{nav_bar(scene, paper, faint)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def _heading(scene: Scene, message: Message) -> str:
    """Somebody's name in the colour that a group gives it."""
    colour = AVATAR_COLOURS[message.sender * 4 % len(AVATAR_COLOURS)]
    return f'<b style="color:{colour};font-size:13px">{scene.name(message.sender)}</b><br>'


def _day(scene: Scene, paper: str, ink: str) -> str:
    """The pill with the day."""
    day = scene.dice("day").choice(("Hari ini", "Kemarin", "Senin", "12 Maret 2026", "3 Mei 2026", "Kamis"))
    return (
        f'<div style="text-align:center;margin:4px"><span style="background:{paper};color:{ink};font-size:12px;'
        f'border-radius:8px;padding:4px 10px">{day}</span></div>'
    )


def cloud(scene: Scene) -> str:
    """Cloud messenger: soft blue, tailed bubbles over a gradient, avatars beside the bubbles, thin input line."""
    look = scene.look
    bar, ink = look.pick("#fff", "#212d3b"), look.pick("#10161c", "#f2f6fa")
    flat = look.pick("#bcd3e4", "#0e1721")
    mine, theirs, faint = look.pick("#effdde", "#3f6d9c"), look.pick("#fff", "#1b2733"), look.pick("#7a8c9b", "#8ea2b4")
    rows = []
    for message, own, first in runs(scene):
        face = avatar(scene, message.sender, 32) if first else '<div style="width:32px;flex:none"></div>'
        stamp = f"<span class=stamp>{clock(message.minute)}{' ✓✓' if own else ''}</span>"
        quote = f"<div class=quote>{escape(message.quoted)}</div>" if message.quoted else ""
        rows.append(
            f'<div class="line {"own" if own else ""}" style="margin-top:{7 if first else 2}px">{"" if own else face}'
            f"<div class=bubble {marked(message)}>{quote}{content(message, 250)}{escape(message.text)}{stamp}</div>"
            "</div>"
        )
    css = (
        ".line{display:flex;padding:0 8px;gap:6px;"
        f"align-items:flex-end}}.own{{justify-content:flex-end}}.bubble{{max-width:76%;background:{theirs};padding:7px "
        f"11px;border-radius:16px 16px 16px 4px;overflow-wrap:anywhere}}.own .bubble{{background:{mine};"
        f"border-radius:16px 16px 4px 16px}}.stamp{{font-size:11px;color:{look.pick('#5fa65b', '#a9c7e4')};float:right;"
        "margin:7px 0 -4px 8px}.quote{border-left:3px solid #3a90d8;padding-left:8px;font-size:13px;color:#3a90d8}"
    )
    body = (
        f'<div style="background:{bar};box-shadow:0 1px 0 #0002;z-index:2">{status_bar(scene)}<div class=row '
        'style="height:52px;padding:0 14px;gap:14px"><span style="font-size:20px">⟵</span><div class=grow '
        f'style="text-align:center"><div class=cut style="font-weight:700">{scene.name(scene.other)}</div><div '
        f'style="font-size:12px;color:{faint}">terakhir dilihat baru-baru ini</div></div>'
        f"{avatar(scene, scene.other, 36)}</div></div><div class=room>"
        f'{background(scene, flat, look.pick("#a8c4d8", "#182533"))}<div class=flow><div style="padding:8px 0">'
        f'{"".join(rows)}</div></div></div><div class=row style="background:{bar};height:50px;padding:0 14px;gap:14px;'
        f'color:{faint}"><span style="font-size:22px">⊕</span><span class=grow>Pesan</span><span '
        f'style="font-size:20px">☻</span><span style="font-size:20px">◉</span></div>{nav_bar(scene, bar, faint)}'
    )
    return page(scene, body, css, ink=ink, paper=bar)


def gradient(scene: Scene) -> str:
    """Direct messages of a photo app: no bubbles' times, own messages on a fixed gradient, story ring, wide corners."""
    look = scene.look
    paper, ink = look.pick("#fff", "#000"), look.pick("#111", "#f5f5f5")
    theirs, faint = look.pick("#efefef", "#262626"), look.pick("#8e8e8e", "#a0a0a0")
    colours = look.dice("gradient").choice(("#7a3cf0,#3c6df0", "#d62fa0,#7b30e8", "#3797f0,#2a6de8", "#ff7a3c,#e0368c"))
    rows, last = [], -99
    for message, own, first in runs(scene):
        if abs(message.minute - last) > 9:
            rows.append(f"<div class=when>{clock(message.minute)}</div>")
        last = message.minute
        face = "" if own else avatar(scene, message.sender, 26) if first else '<div style="width:26px"></div>'
        rows.append(
            f'<div class="line {"own" if own else ""}" style="margin-top:{9 if first else 3}px">{face}<div '
            f"class=bubble {marked(message)}>{content(message, 230)}{escape(message.text)}</div></div>"
        )
    css = (
        ".line{display:flex;padding:0 12px;gap:8px;"
        f"align-items:flex-end}}.own{{justify-content:flex-end}}.bubble{{max-width:72%;background:{theirs};padding:9px "
        f"14px;border-radius:20px;overflow-wrap:anywhere}}.own .bubble{{background:linear-gradient({colours}) fixed;"
        f"color:#fff}}.when{{text-align:center;color:{faint};font-size:12px;margin:14px 0 8px}}"
    )
    handle = scene.story.people[scene.other].lower().replace(" ", scene.dice("handle").choice((".", "_", "")))
    body = (
        f'{status_bar(scene)}<div class=row style="height:58px;padding:0 14px;gap:12px;border-bottom:1px solid {theirs}'
        f'"><span style="font-size:26px">‹</span>{avatar(scene, scene.other, 34)}<div class=grow><div class=cut '
        f'style="font-weight:700;font-size:15px">{scene.name(scene.other)}</div><div style="font-size:12px;color:'
        f'{faint}">{escape(handle)}</div></div><span style="font-size:22px;letter-spacing:12px">☏▷</span></div><div '
        f'class=flow><div style="padding:10px 0">{"".join(rows)}<div style="text-align:right;color:{faint};'
        'font-size:12px;padding:4px 16px">Dilihat</div></div></div><div style="padding:8px 12px"><div class=row '
        f'style="height:44px;border-radius:22px;background:{theirs};gap:10px;padding:0 6px"><div style="width:34px;'
        f"height:34px;border-radius:50%;background:linear-gradient({colours});color:#fff;text-align:center;"
        f'line-height:32px">◎</div><span class=grow style="color:{faint}">Kirim pesan...</span><span '
        f'style="font-size:20px;letter-spacing:10px">♫▣☺</span></div></div>{nav_bar(scene, paper, ink)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def stickers(scene: Scene) -> str:
    """Sticker messenger: sky-blue room, lime own bubbles, small times beside the bubbles, many stickers."""
    look, rng = scene.look, scene.dice("stickers")
    room, ink = look.pick("#8cabd8", "#17181d"), look.pick("#111", "#eee")
    mine, theirs = look.pick("#9be86a", "#4cae4a"), look.pick("#fff", "#33353d")
    rows = []
    for message, own, first in runs(scene):
        stamp = f"<span class=stamp>{'Dibaca<br>' if own else ''}{clock(message.minute)}</span>"
        inside = content(message, 200)
        words = f"<div class=bubble {marked(message)}>{escape(message.text)}</div>" if message.text else ""
        face = "" if own else avatar(scene, message.sender, 36, "13px") if first else '<div style="width:36px"></div>'
        parts = f"{face}<div style='max-width:68%'>{inside}{words}</div>{stamp}"
        rows.append(f'<div class="line {"own" if own else ""}" style="margin-top:{10 if first else 4}px">{parts}</div>')
        if rng.random() < 0.05:
            rows.append(f'<div class="line {"own" if own else ""}">{_loose_sticker(rng.randrange(24))}</div>')
    css = (
        ".line{display:flex;padding:0 10px;gap:7px;"
        f"align-items:flex-end}}.own{{flex-direction:row-reverse}}.bubble{{background:{theirs};padding:9px 13px;"
        f"border-radius:18px;overflow-wrap:anywhere}}.own .bubble{{background:{mine};"
        f"color:#0b2a06}}.stamp{{font-size:10px;color:{look.pick('#4a5f80', '#888')}}}.own .stamp{{text-align:right}}"
    )
    body = (
        f'<div style="background:{room}">{status_bar(scene)}<div class=row style="height:50px;padding:0 12px;gap:14px">'
        '<span style="font-size:26px">〈</span><b class="cut grow" style="font-size:18px">'
        f"{scene.name(scene.other)}</b>"
        '<span style="font-size:20px;letter-spacing:14px">⌕☎≡</span></div></div><div class=room>'
        f'{background(scene, room, look.pick("#7f9fce", "#24262d"))}<div class=flow><div style="padding:8px 0">'
        f'{"".join(rows)}</div></div></div><div class=row style="background:{look.pick("#fff", "#0e0e10")};height:50px;'
        'padding:0 10px;gap:14px;font-size:20px"><span>+</span><span>▣</span><span>▨</span><span class=grow '
        f'style="font-size:16px;background:{look.pick("#f1f2f4", "#26272b")};height:36px;line-height:36px;'
        'border-radius:18px;padding:0 14px;color:#999">Aa</span><span>☺</span></div>'
        f"{nav_bar(scene, look.pick('#fff', '#0e0e10'), ink)}"
    )
    return page(scene, body, css, ink=ink, paper=room)


def _loose_sticker(index: int) -> str:
    """A sticker as a message of its own."""
    return sticker(index, 130)

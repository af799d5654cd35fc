"""Chats that are about something: marketplace, dating, a group's channel without bubbles."""

from __future__ import annotations

from benchmarks.matching.interfaces.base import (
    AVATAR_COLOURS,
    Scene,
    avatar,
    clock,
    content,
    escape,
    marked,
    nav_bar,
    page,
    picture,
    status_bar,
)
from benchmarks.matching.interfaces.forms import rupiah
from benchmarks.matching.interfaces.messengers import runs
from benchmarks.matching.wordlists import CITIES, COLOURS, THINGS


def marketplace(scene: Scene) -> str:
    """Chat with a seller: product card on top, square bubbles with outlines, quick answers above the input."""
    look, rng = scene.look, scene.dice("product")
    paper, ink = look.pick("#f4f4f4", "#17181a"), look.pick("#2b2b2b", "#e3e3e3")
    box, line, faint = look.pick("#fff", "#222427"), look.pick("#dedede", "#3a3d42"), "#8c8c8c"
    accent = look.dice("accent").choice(("#ee5a2b", "#03ac0e", "#0b5ed7"))
    kind = (rng.choice(THINGS), rng.choice(COLOURS), rng.choice(("bekas", "baru", "ori", "murah", "second")))
    product = " ".join(kind).title()
    card = picture("content", scene.hero or "", "width:64px;height:64px;border-radius:4px;flex:none")
    rows = []
    for message, own, first in runs(scene):
        face = "" if own else avatar(scene, message.sender, 30) if first else '<div style="width:30px"></div>'
        rows.append(
            f'<div class="line {"own" if own else ""}" style="margin-top:{10 if first else 4}px">{face}<div '
            f"class=bubble {marked(message)}>{content(message, 220)}{escape(message.text)}<div class=stamp>"
            f"{clock(message.minute)}{' · Dibaca' if own else ''}</div></div></div>"
        )
    css = (
        ".line{display:flex;padding:0 12px;gap:8px;align-items:flex-start}.own{justify-content:flex-end}"
        f".bubble{{max-width:74%;background:{box};border:1px solid {line};padding:8px 10px;border-radius:4px;"
        f"overflow-wrap:anywhere;font-size:15px}}.own .bubble{{background:{accent}22;border-color:{accent}66}}"
        f".stamp{{font-size:10px;color:{faint};margin-top:2px}}.chip{{border:1px solid {accent};color:{accent};"
        "border-radius:14px;padding:3px 10px;font-size:13px;white-space:nowrap}"
    )
    chips = "".join(f"<span class=chip>{text}</span>" for text in ("Stok ada?", "Bisa kirim hari ini?", "Terima kasih"))
    body = (
        f'<div style="background:{box}">{status_bar(scene)}<div class=row style="height:54px;padding:0 12px;gap:12px">'
        f'<span style="font-size:20px;color:{accent}">←</span>{avatar(scene, scene.other, 34, "6px")}<div class=grow>'
        f'<b class=cut>Toko {scene.name(scene.other).split()[0]}</b><div style="font-size:11px;color:{faint}">Aktif '
        f'{rng.randint(2, 59)} menit lalu</div></div><span style="color:{accent}">⚑ ⋮</span></div><div class=row '
        f'style="padding:8px 12px;gap:10px;border-top:1px solid {line}">{card}<div class=grow><div class=cut>{product}'
        f'</div><b style="color:{accent}">{rupiah(rng.randint(15, 3000) * 1000)}</b><div style="font-size:12px;color:'
        f'{faint}">Dikirim dari {rng.choice(CITIES)}</div></div><div style="background:{accent};color:#fff;padding:7px '
        '14px;border-radius:4px;font-size:14px">Beli</div></div></div><div class=flow><div style="padding:6px 0 12px">'
        f'{"".join(rows)}</div></div><div style="background:{box}"><div class=row style="gap:8px;padding:7px 10px;'
        f'overflow:hidden">{chips}</div><div class=row style="padding:4px 10px 8px;gap:12px;font-size:20px;color:'
        f'{faint}">⊕<div class=grow style="border:1px solid {line};border-radius:4px;padding:9px;font-size:15px">Tulis '
        f"pesan…</div>☺ ➤</div></div>{nav_bar(scene, box, faint)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def dating(scene: Scene) -> str:
    """Dating app: the match above in the middle, pink pills, hearts, very round and loose."""
    look, rng = scene.look, scene.dice("match")
    paper, ink = look.pick("#fffafb", "#1a1014"), look.pick("#33262b", "#f3e6ea")
    theirs, faint = look.pick("#f3e5ea", "#37252c"), look.pick("#a58d95", "#8f7a81")
    accent = look.dice("accent").choice(("#fd3a73", "#ff6f3c", "#8b3dff"))
    rows = []
    for message, own, first in runs(scene):
        heart = f'<span class=heart style="color:{accent}">♥</span>' if not own and rng.random() < 0.12 else ""
        gap = 14 if first else 5
        rows.append(
            f'<div class="line {"own" if own else ""}" style="margin-top:{gap}px"><div class=bubble {marked(message)}>'
            f"{content(message, 210)}{escape(message.text)}</div>{heart}</div>"
        )
    css = (
        ".line{display:flex;padding:0 18px;gap:8px;align-items:center}.own{justify-content:flex-end}"
        f".bubble{{max-width:78%;background:{theirs};padding:11px 18px;border-radius:26px;overflow-wrap:anywhere;"
        f"font-size:17px}}.own .bubble{{background:{accent};color:#fff}}.heart{{font-size:15px}}"
    )
    place = f"{rng.randint(1, 30)} km dari sini"
    body = (
        f'{status_bar(scene)}<div style="text-align:center;padding:4px 16px 10px;box-shadow:0 2px 10px #0001;'
        f'position:relative"><span style="position:absolute;left:18px;top:22px;font-size:24px;color:{accent}">‹</span>'
        f'<span style="position:absolute;right:18px;top:26px;color:{accent}">⛨ ⋯</span><div style="display:flex;'
        f'justify-content:center">{avatar(scene, scene.other, 54)}</div><b>{scene.name(scene.other).split()[0]}, '
        f'{rng.randint(18, 42)}</b><div style="font-size:12px;color:{faint}">{place}</div></div><div class=flow><div '
        f'style="padding:6px 0 14px"><div style="text-align:center;font-size:13px;color:{faint};padding:10px">Kalian '
        f'cocok pada {rng.randint(1, 28)}/{rng.randint(1, 12)}/2026</div>{"".join(rows)}<div style="text-align:right;'
        f'padding:5px 22px;font-size:12px;color:{faint}">Terkirim</div></div></div><div class=row style="padding:10px '
        f'16px;gap:14px"><span style="color:{accent};font-size:20px">GIF</span><div class="row grow" style="border:2px '
        f'solid {theirs};border-radius:26px;padding:11px 18px;color:{faint}"><span class=grow>Ketik pesan…</span><b '
        f'style="color:{accent}">KIRIM</b></div></div>{nav_bar(scene, paper, ink)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def channel(scene: Scene) -> str:
    """A community's channel: no bubbles, name and time above, the words at full width, reactions below."""
    look, rng = scene.look, scene.dice("channel")
    paper, ink = look.pick("#fdfdfe", "#313338"), look.pick("#2e3136", "#dbdee1")
    line, faint = look.pick("#e6e8eb", "#3f4248"), look.pick("#6a7078", "#949ba4")
    rows = []
    for message, _own, first in runs(scene):
        colour = AVATAR_COLOURS[message.sender * 5 % len(AVATAR_COLOURS)]
        face = avatar(scene, message.sender, 40) if first else ""
        head = (
            f'<div><b style="color:{colour}">{scene.name(message.sender)}</b> <span class=faint>{clock(message.minute)}'
            "</span></div>"
        )
        seen = "".join(f"<span class=seen>{one} {rng.randint(1, 9)}</span>" for one in rng.sample("👍😂🔥❤🙏", 2))
        quote = f"<div class=faint>↱ {escape(message.quoted)}</div>" if message.quoted else ""
        rows.append(
            f'<div class=post style="margin-top:{13 if first else 2}px"><div style="width:40px;flex:none">{face}</div>'
            f'<div class=grow>{quote}{head if first else ""}<div style="overflow-wrap:anywhere" {marked(message)}>'
            f"{escape(message.text)}{content(message, 260)}</div>{seen if rng.random() < 0.14 else ''}</div></div>"
        )
    css = (
        f".post{{display:flex;gap:12px;padding:0 14px}}.faint{{color:{faint};"
        f"font-size:12px}}.seen{{display:inline-block;background:{line};border-radius:7px;padding:1px 7px;margin:3px "
        "4px 0 0;font-size:13px}"
    )
    title = look.dice("title").choice(("umum", "curhat-bebas", "jual-beli", "alumni-2019", "rt-05"))
    body = (
        f'<div style="border-bottom:1px solid {line}">{status_bar(scene)}<div class=row style="height:52px;padding:0 '
        f'14px;gap:14px"><span style="font-size:20px">☰</span><span style="color:{faint};font-size:22px">#</span><b '
        f"class=grow>{title}</b><span>⌕</span><span>☷ {rng.randint(12, 900)}</span></div></div><div class=flow><div "
        f'style="padding:4px 0 16px">{"".join(rows)}</div></div><div class=row style="padding:8px 12px;gap:10px"><span '
        f'style="background:{line};width:40px;height:40px;border-radius:50%;text-align:center;line-height:40px">'
        f'+</span><div class="row grow" style="background:{line};border-radius:20px;height:40px;padding:0 14px;color:'
        f'{faint}"><span class=grow>Kirim ke #{title}</span>☺</div></div>{nav_bar(scene, paper, ink)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)

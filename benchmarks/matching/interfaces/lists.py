"""Mail, notifications over a locked screen, and the list of all chats."""

from __future__ import annotations

from benchmarks.matching.conversations import full_name, sentence
from benchmarks.matching.interfaces.base import (
    Scene,
    avatar,
    background,
    clock,
    content,
    escape,
    marked,
    nav_bar,
    page,
    picture,
    status_bar,
)
from benchmarks.matching.phrases import TOPICS


def mail(scene: Scene) -> str:
    """A mail that is open: subject, sender, paragraphs, buttons to answer."""
    look, rng = scene.look, scene.dice("mail")
    paper, ink, faint = look.pick("#fff", "#1b1b1f"), look.pick("#202124", "#e6e1e5"), look.pick("#5f6368", "#a5a2a8")
    line = look.pick("#dadce0", "#46464f")
    sender = scene.story.people[scene.other]
    address = sender.lower().replace(" ", ".") + f"{rng.randint(1, 99)}@surat.contoh"
    parts: list[str] = []
    open_part: list[str] = []
    for message in scene.story.messages:
        if message.template is not None or message.photo or message.meme is not None or len(open_part) > 2:
            parts.append(f"<p>{' '.join(open_part)}</p>")
            open_part = []
        if message.template is not None:
            parts.append(f"<p {marked(message)}>{escape(message.text)}</p>")
        elif message.text:
            end = "." if message.text[-1].isalnum() else ""
            open_part.append(escape(message.text[0].upper() + message.text[1:] + end))
        parts.append(content(message, 300))
    css = (
        f"p{{margin:0 0 12px;overflow-wrap:anywhere}}.b{{flex:1;border:1px solid {line};border-radius:20px;"
        "text-align:center;padding:9px}"
    )
    subject = escape(next(one.text for one in reversed(scene.story.messages) if one.text)[:44].capitalize())
    opening = rng.choice(("Dengan hormat,", "Halo,", "Selamat siang,", f"Kepada Yth. {scene.name(scene.owner)},"))
    body = (
        f'{status_bar(scene)}<div class=row style="height:54px;padding:0 16px;gap:22px;font-size:20px"><span '
        "class=grow>←</span><span>▤</span><span>🗑</span><span>✉</span><span>⋮</span></div><div class=flow "
        f'data-anchor=start><div style="padding:6px 18px 14px;font-size:22px;line-height:1.25">{subject} <span '
        f'style="font-size:12px;background:{line};padding:2px 7px;border-radius:4px">Kotak masuk</span></div><div '
        f'class=row style="padding:0 18px 14px;gap:12px">{avatar(scene, scene.other, 42)}<div class=grow><div '
        f'class=cut><b>{escape(sender)}</b> <span style="color:{faint};font-size:12px">{rng.randint(1, 28)} Mei '
        f'{clock(scene.clock - 40)}</span></div><div class=cut style="color:{faint};font-size:13px">{escape(address)}'
        f'<br>kepada saya ⌄</div></div><span>☆ ⋮</span></div><div style="padding:0 18px"><p>{opening}</p>'
        f"{''.join(parts)}<p>{' '.join(open_part)}</p><p>{rng.choice(('Salam,', 'Hormat saya,', 'Terima kasih.'))}<br>"
        f'{escape(sender)}</p></div></div><div class=row style="gap:10px;padding:10px 16px"><div class=b>↰ Balas</div>'
        f"<div class=b>↱ Teruskan</div></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def notifications(scene: Scene) -> str:
    """Cards on a locked screen: big clock, then what came in."""
    look, rng = scene.look, scene.dice("shade")
    paper, ink = look.pick("#dfe6ef", "#0d1016"), "#fff"
    box, words = look.pick("#f7f9fce6", "#23272ee6"), look.pick("#1b1c1f", "#e4e6ea")
    cards = []
    for message in scene.story.messages:
        app = rng.choice(("Pesan", "Obrolan", "Surel", "Grup", "SMS", "Telepon"))
        cards.append(
            f'<div class=card>{avatar(scene, message.sender, 36)}<div class=grow><div class="row" '
            f'style="font-size:12px;opacity:.7"><span class=grow>{app} · {rng.randint(1, 59)} mnt</span>⌄</div><b>'
            f'{scene.name(message.sender)}</b><div {marked(message)} style="overflow-wrap:anywhere">'
            f"{escape(message.text)}{content(message, 190)}</div></div></div>"
        )
    css = (
        f".card{{display:flex;gap:12px;background:{box};color:{words};border-radius:20px;padding:11px 14px;margin:7px "
        "12px;font-size:15px}"
    )
    day = rng.choice(("Senin, 4 Mei", "Kamis, 12 Maret", "Sabtu, 20 Juni", "Minggu, 8 Februari", "Rabu, 22 April"))
    body = (
        '<div style="position:fixed;inset:0">'
        f"{background(scene, look.pick('#6f86a8', '#131a26'), look.pick('#5f7699', '#1e2838'))}</div>"
        f'{status_bar(scene, "#fff")}<div style="position:relative;text-align:center;padding:22px 0 14px;text-shadow:0 '
        f'1px 4px #0008"><div style="font-size:64px;line-height:1.1;font-weight:300">{clock(scene.clock)}</div><div>'
        f'{day}</div></div><div class=flow data-anchor=start>{"".join(cards)}</div><div style="position:relative;'
        'text-align:center;padding:8px;font-size:13px">Usap ke atas untuk membuka</div><div style="position:relative">'
        f"{nav_bar(scene, 'transparent', '#fff')}</div>"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def inbox(scene: Scene) -> str:
    """The list of chats: a face, a name, the beginning of the last message, a number in a dot."""
    look, rng = scene.look, scene.dice("inbox")
    paper, ink, faint = look.pick("#fff", "#111418"), look.pick("#16181b", "#e6e8ea"), look.pick("#6b7075", "#9097a0")
    accent = look.dice("accent").choice(("#1fa855", "#2a7de1", "#8a4fe0"))
    line = look.pick("#ececec", "#22272d")
    rows = []
    for index in range(16):
        name, minute = full_name(rng), rng.randint(0, 1439)
        text = sentence(rng, rng.choice(TOPICS), 0.3, 0.45)
        face = (
            picture("avatar", scene.tiles[index], "width:50px;height:50px;border-radius:50%;flex:none")
            if index < len(scene.tiles) and rng.random() < 0.55
            else _initial(name)
        )
        count = f"<span class=dot>{rng.randint(1, 40)}</span>" if rng.random() < 0.35 else ""
        when = clock(minute) if rng.random() < 0.6 else rng.choice(("Kemarin", "Senin", "12/04/26", "Sabtu"))
        rows.append(
            f'<div class=chat>{face}<div class=grow><div class=row><b class="cut grow">{escape(name)}</b><span '
            f'class=faint>{when}</span></div><div class=row><span class="cut grow faint" style="font-size:15px">'
            f"{escape(text)}</span>{count}</div></div></div>"
        )
    css = (
        f".chat{{display:flex;gap:13px;padding:10px 16px;align-items:center}}.faint{{color:{faint};"
        f"font-size:12px}}.dot{{background:{accent};color:#fff;border-radius:11px;padding:1px 7px;font-size:12px}}"
    )
    chips = "".join(
        f'<span style="background:{line};border-radius:16px;padding:5px 13px;font-size:14px">{text}</span>'
        for text in ("Semua", "Belum dibaca", "Grup")
    )
    body = (
        f'{status_bar(scene)}<div class=row style="height:56px;padding:0 16px;gap:20px"><b class=grow '
        f'style="font-size:23px;color:{accent}">Obrolan</b><span>▣</span><span>⌕</span><span>⋮</span></div><div '
        f'class=row style="gap:8px;padding:0 16px 8px">{chips}</div><div class=flow data-anchor=start>{"".join(rows)}'
        f'</div><div class=row style="height:58px;justify-content:space-around;border-top:1px solid {line};'
        f'font-size:13px;text-align:center"><span style="color:{accent}">✉<br>Obrolan</span><span>◔<br>Status</span>'
        f"<span>☏<br>Panggilan</span></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def _initial(name: str) -> str:
    """A grey disc with a letter."""
    return (
        '<div style="width:50px;height:50px;border-radius:50%;flex:none;background:#9aa6b2;color:#fff;'
        f'text-align:center;line-height:50px;font-size:21px">{escape(name[:1])}</div>'
    )

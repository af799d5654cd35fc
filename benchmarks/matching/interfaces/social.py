"""Photographs and films with words under or over them: photo post, film, browser's picture search."""

from __future__ import annotations

from benchmarks.matching.interfaces.base import (
    Scene,
    avatar,
    content,
    escape,
    marked,
    nav_bar,
    page,
    picture,
    status_bar,
)
from benchmarks.matching.wordlists import CITIES, FOODS, PLACES, THINGS


def handle(scene: Scene, person: int) -> str:
    """An account's name made of a person's."""
    rng = scene.dice(f"handle{person}")
    return escape(
        scene.story.people[person].lower().replace(" ", rng.choice(("", ".", "_"))) + rng.choice(("", "7", "_id", "99"))
    )


def photo_post(scene: Scene) -> str:
    """A photograph, hearts, and the comments below it."""
    look, rng = scene.look, scene.dice("post")
    paper, ink, faint = look.pick("#fff", "#000"), look.pick("#111", "#f2f2f2"), look.pick("#737373", "#a3a3a3")
    line = look.pick("#e3e3e3", "#262626")
    comments = []
    for message in scene.story.messages[1:]:
        comments.append(
            f"<div class=comment>{avatar(scene, message.sender, 32)}<div class=grow {marked(message)}><b>"
            f"{handle(scene, message.sender)}</b> {escape(message.text)}{content(message, 200)}<div class=faint>"
            f"{rng.randint(1, 23)} jam &nbsp; {rng.randint(0, 80)} suka &nbsp; Balas</div></div><span class=faint>"
            "♡</span></div>"
        )
    css = (
        f".comment{{display:flex;gap:10px;padding:7px 14px;font-size:14px;overflow-wrap:anywhere}}.faint{{color:{faint}"
        ";font-size:12px}"
    )
    height = round(look.phone.width * look.dice("shape").choice((0.6, 0.75, 1.0)))
    body = (
        f'{status_bar(scene)}<div class=row style="height:46px;padding:0 14px;gap:20px;border-bottom:1px solid {line}">'
        '<span style="font-size:22px">←</span><b class=grow style="font-size:18px">Postingan</b></div><div class=flow '
        f'data-anchor=start><div class=row style="padding:8px 14px;gap:10px">{avatar(scene, 0, 34)}<div class=grow '
        f'style="font-size:14px"><b>{handle(scene, 0)}</b><div style="font-size:12px">{rng.choice(CITIES)}</div></div>'
        f"⋯</div>{picture('content', scene.hero or '', f'width:100%;height:{height}px;display:block')}<div class=row "
        'style="padding:9px 14px;gap:16px;font-size:23px">♡ ◯ ➢<span class=grow></span>⚐</div><div style="padding:0 '
        f'14px;font-size:14px"><b>{rng.randint(5, 9000)} suka</b><div {marked(scene.story.messages[0])}><b>'
        f"{handle(scene, 0)}</b> {escape(scene.story.messages[0].text)}</div><div class=faint>Lihat semua "
        f'{rng.randint(20, 400)} komentar</div></div>{"".join(comments)}</div><div class=row style="height:48px;'
        f'justify-content:space-around;font-size:22px;border-top:1px solid {line}"><span>⌂</span><span>⌕</span><span>'
        f"⊞</span><span>▷</span><span>◉</span></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def film(scene: Scene) -> str:
    """A film that fills the screen, with comments laid over its lower part and buttons at the right."""
    look, rng = scene.look, scene.dice("film")
    buttons = "".join(
        f'<div style="text-align:center;margin-top:16px"><div style="font-size:30px;line-height:1">{sign}</div><div '
        f'style="font-size:12px">{rng.randint(2, 999)}{rng.choice(("", "rb"))}</div></div>'
        for sign in ("♥", "✉", "⚑", "➦")
    )
    rows = "".join(
        f"<div class=comment>{avatar(scene, message.sender, 30)}<div><b>{handle(scene, message.sender)}</b><div "
        f"{marked(message)}>{escape(message.text)}</div>{content(message, 170)}</div></div>"
        for message in scene.story.messages
    )
    shade = look.pick("#0006", "#0009")
    css = (
        f".comment{{display:flex;gap:9px;padding:5px 10px;font-size:14px;background:{shade};border-radius:12px;"
        "margin:5px 12px;width:fit-content;max-width:calc(100% - 24px);overflow-wrap:anywhere}body{text-shadow:0 1px "
        "2px #000}"
    )
    phone = look.phone
    sheet = round(phone.height * look.dice("sheet").choice((0.42, 0.5, 0.58)))
    fill = f"position:absolute;left:0;top:0;width:{phone.width}px;height:{phone.height}px;"
    dim = "filter:brightness(.8);" if look.dark else ""
    body = (
        f"{picture('content', scene.hero or '', fill + dim)}{status_bar(scene, '#fff')}<div class=row "
        'style="position:relative;justify-content:center;gap:18px;height:44px"><span style="opacity:.7">'
        'Mengikuti</span><b style="border-bottom:2px solid #fff">Untuk Anda</b><span style="position:absolute;'
        'right:16px">⌕</span></div><div style="flex:1;position:relative"><div style="position:absolute;right:12px;'
        f'bottom:8px">{avatar(scene, 0, 46)}{buttons}</div><div style="position:absolute;left:12px;bottom:8px;'
        f'width:72%"><b>@{handle(scene, 0)}</b><div style="font-size:14px">#{rng.choice(FOODS).replace(" ", "")} #'
        f'{rng.choice(CITIES).lower()} ♫ suara asli</div></div></div><div class=flow style="flex:none;height:{sheet}'
        f'px">{rows}</div><div class=row style="position:relative;background:#000a;padding:8px 14px;gap:12px"><div '
        'class=grow style="background:#fff3;border-radius:18px;padding:8px 14px;font-size:14px">Tambahkan '
        f'komentar…</div>☺ ➤</div><div style="position:relative">{nav_bar(scene, "#000", "#fff")}</div>'
    )
    return page(scene, body, css, ink="#fff", paper="#000")


def browser(scene: Scene) -> str:
    """A browser with the result of a search: thumbnails, titles, short texts."""
    look, rng = scene.look, scene.dice("browser")
    paper, ink, faint = look.pick("#fff", "#1f2124"), look.pick("#202124", "#e8eaed"), look.pick("#5f6368", "#9aa0a6")
    line, link = look.pick("#e8eaed", "#3c4043"), look.pick("#1a0dab", "#8ab4f8")
    words = f"{rng.choice(THINGS)} {rng.choice(CITIES).lower()} {rng.choice(PLACES).lower()}"
    tiles = "".join(
        picture("content", key, "width:100%;aspect-ratio:1.2;border-radius:8px;display:block") for key in scene.tiles
    )
    results = "".join(
        f"<div class=result><div class=faint>{escape(handle(scene, m.sender))}.contoh › artikel › "
        f'{rng.randint(10, 9999)}</div><div style="color:{link};font-size:18px">{escape(m.text[:54].capitalize())}'
        f'</div><div {marked(m)} style="font-size:14px">{rng.randint(1, 28)} Apr 2026 — {escape(m.text)} '
        f"{escape(scene.story.messages[-1 - index].text)}{content(m, 200)}</div></div>"
        for index, m in enumerate(scene.story.messages)
    )
    css = (
        f".faint{{color:{faint};font-size:12px}}.result{{padding:12px 14px;border-top:8px solid {line};"
        "overflow-wrap:anywhere}.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:5px;padding:8px 12px}"
    )
    tabs = "".join(f"<span>{text}</span>" for text in ("Semua", "Gambar", "Berita", "Video", "Peta", "Buku"))
    body = (
        f'{status_bar(scene)}<div class=row style="height:56px;padding:0 12px;gap:12px"><span>⌂</span><div class="grow '
        f'cut" style="background:{line};border-radius:24px;padding:9px 16px;font-size:15px">🔒 cari.contoh/?q='
        f'{words.replace(" ", "+")}</div><span style="border:2px solid;border-radius:4px;font-size:12px;padding:0 5px">'
        f'{rng.randint(1, 40)}</span>⋮</div><div class=flow data-anchor=start><div style="padding:8px 14px;margin:0 '
        f'12px;border:1px solid {line};border-radius:22px">⌕ {words}</div><div class=row style="gap:20px;padding:12px '
        f'16px;font-size:14px;color:{faint}">{tabs}</div><div class=grid>{tiles}</div>{results}</div>'
        f"{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)

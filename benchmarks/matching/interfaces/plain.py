"""Words without bubbles' ornaments: SMS, forum, microblog."""

from __future__ import annotations

from benchmarks.matching.interfaces.base import Scene, avatar, clock, content, escape, marked, nav_bar, page, status_bar
from benchmarks.matching.interfaces.messengers import runs


def sms(scene: Scene) -> str:
    """Text messages: sender is a number, tinted flat bubbles, one time per run, a SIM marker, a big title."""
    look = scene.look
    paper, ink = look.pick("#f6f8fc", "#1b1c20"), look.pick("#1c1b1f", "#e4e2e6")
    mine, theirs, faint = look.pick("#0b57d0", "#a8c7fa"), look.pick("#e3e8f1", "#33353b"), "#80838a"
    own_ink = look.pick("#fff", "#0b2a5c")
    rows = []
    for message, own, first in runs(scene):
        when = f'<div class="when {"own" if own else ""}">{clock(message.minute)} • SIM 1</div>' if first else ""
        rows.append(
            f'{when}<div class="line {"own" if own else ""}"><div class=bubble {marked(message)}>'
            f"{content(message, 220)}{escape(message.text)}</div></div>"
        )
    css = (
        ".line{display:flex;padding:0 16px;margin-top:2px}.own{justify-content:flex-end}.bubble{max-width:80%;"
        f"background:{theirs};padding:10px 16px;border-radius:6px 22px 22px 6px;overflow-wrap:anywhere}}.own "
        f".bubble{{background:{mine};color:{own_ink};border-radius:22px 6px 6px 22px}}.when{{font-size:11px;color:"
        f"{faint};padding:12px 28px 3px;display:flex}}"
    )
    rng = scene.dice(f"number{scene.other}")
    number = f"+62 8{rng.randint(11, 99)}-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}"
    body = (
        f'{status_bar(scene)}<div class=row style="height:60px;padding:0 16px;gap:16px"><span style="font-size:22px">'
        f'←</span><div class=grow style="font-size:21px">{number}</div><span style="font-size:20px">☏</span><span>'
        f'⋮</span></div><div class=flow><div style="padding:4px 0 10px">{"".join(rows)}</div></div><div class=row '
        'style="padding:8px 14px;gap:12px"><span style="font-size:22px">⊕</span><div class=grow style="height:46px;'
        f'line-height:46px;border-radius:23px;background:{theirs};padding:0 18px;color:{faint}">Pesan teks</div><span '
        f'style="font-size:22px;color:{look.pick("#0b57d0", "#a8c7fa")}">➤</span></div>{nav_bar(scene, paper, ink)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def forum(scene: Scene) -> str:
    """A forum's thread in a browser: address bar, title, posts in boxes with a side column for the author, quotes."""
    look, rng = scene.look, scene.dice("forum")
    paper, ink = look.pick("#eef1f5", "#16191d"), look.pick("#222", "#d5d8dc")
    box, line = look.pick("#fff", "#20252b"), look.pick("#cfd6de", "#343b44")
    head = look.dice("forum").choice(("#2b5d8c", "#7c3a3a", "#37704a", "#4a4a6a"))
    posts = []
    for index, message in enumerate(scene.story.messages):
        name = scene.name(message.sender)
        quote = f"<blockquote>{escape(message.quoted)}</blockquote>" if message.quoted else ""
        posts.append(
            f"<div class=post><div class=who>{avatar(scene, message.sender, 44, '4px')}<b>{name.split()[0].lower()}"
            f"{message.sender * 7 + 3}</b><br>Anggota<br>Kiriman: {(len(name) * 37 + message.sender) % 900}</div><div "
            f"class=grow><div class=meta>#{index + 1} · {clock(message.minute)} WIB</div><div class=text "
            f"{marked(message)}>{quote}{escape(message.text)}{content(message, 210)}</div><div class=tools>Kutip &nbsp;"
            f" Balas &nbsp; Laporkan &nbsp; ▲ {rng.randint(0, 60)}</div></div></div>"
        )
    css = (
        f".post{{display:flex;background:{box};border:1px solid {line};margin:7px;font-size:15px}}.who{{width:84px;"
        f"padding:8px;font-size:11px;border-right:1px solid {line};background:{paper};overflow-wrap:anywhere;"
        "flex:none}.text{padding:7px 10px;overflow-wrap:anywhere}.meta{font-size:11px;border-bottom:1px dashed "
        f"{line};padding:3px 10px;color:#888}}.tools{{font-size:12px;padding:4px 10px;color:{head}"
        f"}}blockquote{{margin:0 0 6px;padding:5px 8px;background:{paper};border:1px solid {line};font-size:13px}}"
    )
    title = escape(scene.story.messages[0].text[:52].capitalize())
    body = (
        f'{status_bar(scene)}<div class=row style="height:50px;padding:0 12px;gap:10px"><span>⌂</span><div class="grow '
        f'cut" style="background:{line};border-radius:20px;padding:7px 14px;font-size:14px">🔒 forumwarga.contoh/t/'
        f"{rng.randint(1000, 99999)}</div><span>⊞</span><span>⋮</span></div><div class=flow data-anchor=start><div "
        f'style="background:{head};color:#fff;padding:12px"><b style="font-size:20px">Forum Warga</b><div '
        f'style="font-size:12px">Beranda › Obrolan umum › Halaman 1 dari {rng.randint(1, 14)}</div></div><div '
        f'style="padding:9px;font-size:18px;font-weight:700">{title}</div>{"".join(posts)}</div>'
        f"{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def microblog(scene: Scene) -> str:
    """A thread of short posts: avatars at the left joined by a line, handles, counts, tab bar below."""
    look, rng = scene.look, scene.dice("microblog")
    paper, ink = look.pick("#fff", "#15202b"), look.pick("#0f1419", "#e7e9ea")
    line, faint = look.pick("#e6ebee", "#2f3a45"), look.pick("#5b6b77", "#8596a3")
    posts = []
    for message in scene.story.messages:
        name = scene.story.people[message.sender]
        handle = name.lower().replace(" ", "_")[:14] + str(len(name) * 3 + message.sender)
        counts = (
            f"◯ {rng.randint(0, 90)}<span>⇄ {rng.randint(0, 400)}</span><span>♡ {rng.randint(1, 3000)}</span><span>▮▯ ↑"
        )
        posts.append(
            f"<div class=post><div class=side>{avatar(scene, message.sender, 42)}<i></i></div><div class=grow><div "
            f"class=cut><b>{escape(name)}</b> <span class=faint>@{escape(handle)} · {rng.randint(1, 23)} jam</span>"
            f'</div><div style="overflow-wrap:anywhere" {marked(message)}>{escape(message.text)}</div><div '
            f'style="margin-top:6px">{content(message, 290)}</div><div class="faint counts">{counts}</span></div></div>'
            "</div>"
        )
    css = (
        f".post{{display:flex;gap:10px;padding:10px 14px 0;border-bottom:1px solid {line}}}.faint{{color:{faint};"
        "font-size:14px}.side{display:flex;flex-direction:column;align-items:center}.side i{width:2px;flex:1;"
        f"background:{line};margin-top:4px}}.counts{{display:flex;justify-content:space-between;padding:7px 0 9px;"
        "max-width:300px}"
    )
    body = (
        f'{status_bar(scene)}<div class=row style="height:48px;padding:0 16px;gap:26px"><span style="font-size:20px">'
        f'←</span><b style="font-size:19px">Utas</b></div><div class=flow data-anchor=start>{"".join(posts)}</div><div '
        f'class=row style="border-top:1px solid {line};padding:8px 14px"><div class=grow style="background:{line};'
        f'border-radius:20px;padding:8px 16px;color:{faint}">Kirim balasan Anda</div></div><div class=row '
        f'style="height:46px;justify-content:space-around;font-size:22px;border-top:1px solid {line}"><span>⌂</span>'
        f"<span>⌕</span><span>♪</span><span>✉</span></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)

"""Held-out interfaces for conversations."""

from __future__ import annotations

from benchmarks.matching.interfaces.base import Scene, avatar, background, clock, escape, page
from benchmarks.matching.interfaces.held_out_base import hung, paragraph, top_strip

NAME_COLOURS = ("#b4413c", "#2f7f5f", "#5b57b8", "#a8641c", "#1e7a99", "#8a3c83")


def server(scene: Scene) -> str:
    """A room of a talk server: rail of rooms at the left, no bubbles, names and times in one line."""
    look, rng = scene.look, scene.look.dice("rail")
    paper, ink, rail = look.pick("#ffffff", "#313338"), look.pick("#2e3338", "#dbdee1"), look.pick("#e3e5e8", "#1e1f22")
    rows, last = [], -1
    for message in scene.story.messages:
        text = paragraph(message, escape(message.text)) + hung(message, 200)
        if message.sender == last:
            rows.append(f"<div class=more>{text}</div>")
        else:
            colour = NAME_COLOURS[(message.sender + look.seed) % len(NAME_COLOURS)]
            rows.append(
                f'<div class=say>{avatar(scene, message.sender, 38, "12px")}<div class=grow><b style="color:{colour}">'
                f"{scene.name(message.sender)}</b> <i>hari ini {clock(message.minute)}</i><br>{text}</div></div>"
            )
        last = message.sender
    rooms = "".join(
        f'<div style="width:40px;height:40px;border-radius:{rng.choice((13, 20))}px;'
        f"background:{rng.choice(NAME_COLOURS)};"
        f'color:#fff;margin:9px 7px;display:flex;align-items:center;justify-content:center">{letter}</div>'
        for letter in rng.sample("ABDGKMPRSTW", 7)
    )
    css = (
        ".say{display:flex;gap:11px;padding:13px 12px 2px}.more{padding:2px 12px 2px 61px}.say i{font:11px Cantarell;"
        f"opacity:.6}}.rail{{width:54px;background:{rail};flex:none}}.grow,.more{{overflow-wrap:anywhere}}"
    )
    title = rng.choice(("obrolan-bebas", "jadwal", "tanya-jawab", "pengumuman"))
    body = (
        f'{top_strip(scene)}<div style="display:flex;flex:1;min-height:0"><div class=rail>{rooms}</div><div class=grow '
        f'style="display:flex;flex-direction:column"><b style="padding:11px 14px;border-bottom:1px solid {rail}"># '
        f'{title}</b><div class=flow>{"".join(rows)}</div><div style="margin:8px 12px 12px;background:{rail};'
        f"padding:9px 14px;"
        f'border-radius:8px;opacity:.7">Tulis di #{title}</div></div></div>'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def right_side(scene: Scene) -> str:
    """A group whose pictures of people all stand at the right, name plates above square messages."""
    look = scene.look
    paper, ink = look.pick("#f3efe6", "#1a1714"), look.pick("#26211c", "#efe6da")
    box, line, head = look.pick("#fffdf8", "#2b2621"), look.pick("#d8cdb8", "#4a4238"), look.pick("#7b2d26", "#421914")
    rows = []
    for message in scene.story.messages:
        plate = NAME_COLOURS[message.sender % len(NAME_COLOURS)]
        quote = f"<div class=quote>{escape(message.quoted)}</div>" if message.quoted else ""
        rows.append(
            f'<div class=say><div class=box><span class=plate style="background:{plate}">{scene.name(message.sender)}'
            f"</span><div>{quote}{paragraph(message, escape(message.text))}{hung(message, 210)}</div><div class=when>"
            f"{clock(message.minute)} · {'terkirim' if message.sender == scene.owner else 'dibaca'}</div></div>"
            f"{avatar(scene, message.sender, 46, '6px')}</div>"
        )
    css = (
        ".say{display:flex;justify-content:flex-end;gap:9px;padding:6px 9px;align-items:flex-start}.box{background:"
        f"{box};border:1px solid {line};padding:0 11px 5px;max-width:78%;min-width:52%;"
        f"overflow-wrap:anywhere}}.plate{{color:#fff;"
        "font-size:12px;padding:1px 8px;margin-left:-12px}.when{font-size:11px;opacity:.6;text-align:right}"
        f".quote{{border-top:2px dotted {line};font-style:italic;opacity:.75;padding:3px 0}}"
    )
    members = ", ".join(scene.name(one).split()[0] for one in range(len(scene.story.people)))
    body = (
        f'<div style="background:{head};color:#fff">{top_strip(scene)}<div style="padding:8px 14px;'
        f'text-align:center"><b '
        f'style="font-size:19px">{scene.name(scene.other).split()[0]} &amp; kawan</b><div class=cut '
        f'style="font-size:12px">'
        f'{members}</div></div></div><div class=flow>{"".join(rows)}</div><div class=row style="background:{box};'
        f"padding:9px;"
        f'border-top:1px solid {line};gap:9px"><span>🙂</span><span class=grow style="opacity:.5">Ketik di '
        f"sini…</span><b "
        f'style="background:{head};color:#fff;padding:6px 16px">KIRIM</b></div>'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def big_letters(scene: Scene) -> str:
    """Messages in large letters over the whole width, striped, with two words for the keys below."""
    look = scene.look
    one, two = look.pick("#ffffff", "#000000"), look.pick("#dfeaf7", "#1c2733")
    ink, bar = look.pick("#000", "#ffee88"), look.pick("#24507e", "#33424f")
    rows = "".join(
        f'<div style="background:{one if message.sender == scene.owner else two};padding:9px 8px"><b '
        f'style="font-size:17px">'
        f"{'SAYA' if message.sender == scene.owner else scene.name(message.sender).upper()} "
        f"{clock(message.minute)}</b><div "
        f'style="overflow-wrap:anywhere">{paragraph(message, escape(message.text))}{hung(message, 250)}</div></div>'
        for message in scene.story.messages
    )
    size = 21 + look.dice("size").randint(0, 4)
    body = (
        f'{top_strip(scene)}<div style="background:{bar};color:#fff;padding:5px 8px;font-size:20px">Pesan masuk '
        f'({scene.dice("count").randint(2, 80)})</div><div class=flow style="font-size:{size}px;'
        f'line-height:1.25">{rows}</div>'
        f'<div class=row style="background:{bar};color:#fff;padding:7px 10px;justify-content:space-between;'
        f'font-size:19px">'
        "<b>Pilihan</b><b>Balas</b><b>Kembali</b></div>"
    )
    return page(scene, body, "", ink=ink, paper=one)


def tablet(scene: Scene) -> str:
    """A tablet lying down: the list of talks at the left, one talk at the right on the wallpaper."""
    look, rng = scene.look, scene.dice("talks")
    paper, ink, mine = look.pick("#fafafa", "#202124"), look.pick("#1d1d1f", "#e8eaed"), look.pick("#ffe08a", "#6b4f00")
    theirs, line = look.pick("#ffffff", "#3c4043"), look.pick("#d5d5da", "#50545a")
    people = list(scene.story.people) + rng.sample(
        ("Kelompok 4", "Bu Kos", "Tim Voli", "Kurir", "Koperasi", "Toko Cat"), 6
    )
    talks = "".join(
        f'<div style="padding:12px 16px;border-bottom:1px solid {line}"><b>{escape(name)}</b><span style="float:right;'
        f'opacity:.6">{rng.randint(1, 12)}.{rng.randint(10, 59)}</span><div class=cut style="opacity:.7">'
        f"{rng.choice(('Foto', 'Pesan suara', 'baik, nanti saya cek', 'terkirim', 'sudah sampai tujuan'))}</div></div>"
        for name in people[1:]
    )
    rows = "".join(
        f'<div class="say {"own" if message.sender == scene.owner else ""}"><div class=box>'
        f"{paragraph(message, escape(message.text))}{hung(message, 260)}<sub> {clock(message.minute)}</sub></div></div>"
        for message in scene.story.messages
    )
    css = (
        f".say{{display:flex;padding:5px 26px;"
        f"position:relative}}.own{{justify-content:flex-end}}.box{{background:{theirs};"
        f"border-radius:5px;padding:8px 13px;max-width:62%;box-shadow:0 1px 2px #0003}}.own "
        f".box{{background:{mine}}}sub{{opacity:.55}}"
    )
    body = (
        f'{top_strip(scene)}<div style="display:flex;flex:1;min-height:0"><div style="width:330px;border-right:1px '
        f"solid {line};"
        f'flex:none;overflow:hidden"><div style="padding:14px 16px;font-size:20px">Percakapan &nbsp; '
        f"⌕</div>{talks}</div><div "
        f'class=grow style="display:flex;flex-direction:column"><div class=row style="padding:9px 18px;gap:14px">'
        f"{avatar(scene, scene.other, 40)}<b>{scene.name(scene.other)}</b></div><div class=room>"
        f"{background(scene, look.pick('#e9e4f0', '#17181a'), look.pick('#cfc6dd', '#2a2c30'))}<div "
        f"class=flow>{rows}</div></div>"
        '<div style="padding:13px 22px;opacity:.6">Ketik pesan…</div></div></div>'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def voices(scene: Scene) -> str:
    """A talk in voice messages: bars of sound and seconds, with a few words between."""
    look, rng = scene.look, scene.dice("voices")
    paper, ink, tint = look.pick("#eef7f4", "#0d1f1a"), look.pick("#12352b", "#cfe9e0"), look.pick("#0b8f6a", "#39d6a6")
    rows = []
    for message in scene.story.messages:
        side = "flex-end" if message.sender == scene.owner else "flex-start"
        inner = paragraph(message, escape(message.text)) + hung(message, 200)
        if message.template is None and not message.photo and rng.random() < 0.62:
            bars = "".join(
                f'<i style="width:3px;height:{rng.randint(4, 30)}px;background:{tint};border-radius:2px"></i>'
                for _ in range(rng.randint(18, 34))
            )
            inner = f'<div class=row style="gap:2px;height:34px"><b style="font-size:20px">▶</b>&nbsp;{bars}</div>'
            inner += f"<small>0:{rng.randint(3, 59):02d}</small>"
        rows.append(
            f'<div style="display:flex;justify-content:{side};padding:5px 12px"><div class=box>{inner}<small '
            f'style="float:'
            f'right">&nbsp;{clock(message.minute)}</small></div></div>'
        )
    box = look.pick("#fff", "#173029")
    css = f".box{{background:{box};border-radius:20px;padding:8px 15px;max-width:80%}}small{{opacity:.6}}"
    body = (
        f'{top_strip(scene)}<div class=row style="padding:8px 14px;gap:11px"><b>‹</b><div class=grow '
        f'style="text-align:center">'
        f"<b>{scene.name(scene.other)}</b><br><small>membalas dengan suara</small>"
        f"</div>{avatar(scene, scene.other, 36)}</div>"
        f'<div class=flow>{"".join(rows)}</div><div style="text-align:center;padding:10px;font-size:26px;'
        f'color:{tint}">🎙</div>'
    )
    return page(scene, body, css, ink=ink, paper=paper)

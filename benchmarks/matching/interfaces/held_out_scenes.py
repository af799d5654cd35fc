"""Held-out interfaces in which words lie on a picture: a game, a live film, a story, a poster, a page about a "
"person."""

from __future__ import annotations

from benchmarks.matching.interfaces.base import Scene, avatar, escape, page, picture
from benchmarks.matching.interfaces.held_out_base import hung, paragraph, top_strip

TEAM = ("#ffd54a", "#7ee787", "#79c0ff", "#ff9d8a", "#e2b6ff", "#fff")
FULL = "position:absolute;inset:0;width:100%;height:100%;"
SHADE = "text-shadow:0 1px 3px #000,0 0 2px #000;"


def game(scene: Scene) -> str:
    """A game lying down: the field, numbers at its edges, the players' talk in a clear box at the left."""
    look, rng = scene.look, scene.dice("game")
    rows = "".join(
        f'<div><b style="color:{TEAM[message.sender % len(TEAM)]}">[{scene.name(message.sender).split()[0]}]</b> '
        f"{paragraph(message, escape(message.text))}{hung(message, 120)}</div>"
        for message in scene.story.messages
    )
    field = picture("content", str(scene.hero), FULL + f"filter:brightness({look.pick('.8', '.45')}) saturate(1.4);")
    corner = "position:absolute;font:700 15px 'Open Sans Condensed';color:#fff;" + SHADE
    skills = "".join(
        f'<div style="width:{size}px;height:{size}px;border-radius:50%;border:3px solid #e7c76b;background:#0008;'
        f"color:#fff;"
        f'display:flex;align-items:center;justify-content:center;font-size:{size // 2}px">{sign}</div>'
        for size, sign in zip((44, 44, 58), look.dice("skills").sample("⚔🛡🔥❄⚡🌀", 3), strict=True)
    )
    body = (
        f'{field}<div style="{corner}left:14px;top:8px">❤ {rng.randint(100, 4000)} / 4000 &nbsp; '
        f"◆ {rng.randint(0, 900)}</div>"
        f'<div style="{corner}left:44%;top:8px">{rng.randint(0, 30)} : {rng.randint(0, 30)} &nbsp;'
        f" {rng.randint(1, 29)}:"
        f'{rng.randint(10, 59)}</div><div style="{corner}right:14px;top:8px">'
        f"KDA {rng.randint(0, 19)}/{rng.randint(0, 9)}/"
        f'{rng.randint(0, 25)}</div><div class=flow style="position:absolute;left:14px;top:17%;width:47%;height:60%;'
        f"background:"
        f'#0007;color:#fff;padding:6px 10px;font-size:14px;line-height:1.4;flex:none">{rows}</div><div '
        f'style="{corner}left:14px;'
        f'bottom:16px;background:#0009;padding:6px 90px 6px 12px">Tim ▾ &nbsp; ketuk untuk mengetik</div><div '
        f"class=row style="
        f'"position:absolute;right:18px;bottom:18px;gap:10px">{skills}</div>'
    )
    return page(scene, body, "", ink="#fff", paper="#101820")


def live(scene: Scene) -> str:
    """A live film over the whole screen, what viewers write rising at the lower left."""
    look, rng = scene.look, scene.dice("live")
    rows = "".join(
        f'<div class=row style="gap:8px;padding:4px 0;'
        f'align-items:flex-start">{avatar(scene, message.sender, 28)}<div><b style="'
        f'opacity:.75;font-size:13px">{scene.name(message.sender)}</b><br>{paragraph(message, escape(message.text))}'
        f"{hung(message, 130)}</div></div>"
        for message in scene.story.messages
    )
    film = picture("content", str(scene.hero), FULL + f"filter:brightness({look.pick('.95', '.6')});")
    host = scene.name(0)
    body = (
        f'{film}{top_strip(scene, "#fff")}<div class=row style="position:relative;color:#fff;padding:8px 12px;'
        f'gap:9px;{SHADE}">'
        f'{avatar(scene, 0, 34)}<b class="grow cut">{host}</b><span style="background:#e0245e;border-radius:4px;'
        f'padding:1px 8px">'
        f"LIVE</span><span>◉ {rng.randint(12, 9800)}</span><b>✕</b></div><div class=grow></div><div class=flow "
        f'style="flex:none;'
        f'height:46%;width:76%;color:#fff;padding:0 12px;line-height:1.3;{SHADE}">{rows}</div><div class=row '
        f'style="position:'
        f'relative;color:#fff;padding:10px 12px 16px;gap:14px"><span class=grow style="border:1px solid #fff9;'
        f"border-radius:18px;"
        f'padding:6px 14px">Sapa {host.split()[0]}…</span><span style="font-size:22px">🎁 ➦ ♥</span></div>'
    )
    return page(scene, body, "", ink="#fff", paper="#222")


def story(scene: Scene) -> str:
    """A picture for a day: bars of progress above, two or three lines of words on it, a field for an answer below."""
    rng, look = scene.dice("story"), scene.look
    says = [message for message in scene.story.messages if message.text][:4]
    says = sorted(says, key=lambda message: message.template is None)[: rng.randint(2, 3)]
    words = "".join(
        f'<div style="position:absolute;left:{rng.randint(5, 16)}%;top:{18 + 22 * place + rng.randint(0, 8)}%;'
        f"max-width:78%;"
        f"transform:rotate({rng.choice((0, 0, 0, -4, 3))}deg);"
        f"font:{rng.choice(('700 22px Lato', '26px Cantarell', 'italic 24px Noto Serif'))}"
        f";background:{rng.choice(('#fff', '#000', '#d81b60', 'transparent'))};"
        f"color:{rng.choice(('#f5c518', '#7fdbff', '#ff7043'))};"
        f'padding:5px 12px;border-radius:8px">{paragraph(message, escape(message.text))}</div>'
        for place, message in enumerate(says)
    )
    bars = "".join(
        f'<i style="flex:1;height:3px;background:#fff{"" if at == 0 else "6"}"></i>' for at in range(rng.randint(1, 6))
    )
    body = (
        f'{picture("content", str(scene.hero), FULL)}{top_strip(scene, "#fff")}<div class=row style="gap:4px;'
        f"padding:4px 8px;"
        f'position:relative">{bars}</div><div class=row style="position:relative;color:#fff;padding:6px 10px;'
        f'gap:9px;{SHADE}">'
        f"{avatar(scene, scene.other, 32)}<b>{scene.name(scene.other)}</b><span "
        f'style="opacity:.8">{rng.randint(1, 23)} jam</span>'
        f'<span style="margin-left:auto">⋯ &nbsp; ✕</span></div>{words}<div style="position:absolute;left:12px;'
        f"right:12px;bottom:"
        f"18px;color:#fff;border:1px solid #fffa;border-radius:22px;padding:9px 16px;"
        f'background:{look.pick("#0003", "#0008")}">'
        "Kirim pesan ♡ ➤</div>"
    )
    return page(scene, body, "", ink="#fff", paper="#111")


def poster(scene: Scene) -> str:
    """A notice as it is passed on: large words on colours, a picture, a place and a time."""
    rng, look = scene.dice("poster"), scene.look
    speech = scene.story.messages[0].text
    dark, light = look.dice("inks").choice((("#12355b", "#f7b32b"), ("#3b0d2c", "#ffd6e0"), ("#0b3d2e", "#e9f5db")))
    paper, ink = (light, dark) if look.dark else (dark, light)
    what = rng.choice(("LOMBA", "PASAR MURAH", "DONOR DARAH", "PENTAS", "LOWONGAN", "DICARI", "KELAS", "TURNAMEN"))
    body = (
        f'<div style="padding:22px 26px;display:flex;flex-direction:column;height:100%"><div style="font:900 58px '
        f'Lato;line-height:1">'
        f'{what}<br><span style="font:600 30px Noto Serif">{escape(speech[:44])}</span></div>'
        f"{picture('content', str(scene.hero), 'width:100%;flex:1;min-height:0;margin:14px 0;border-radius:14px;')}"
        f'<div style="font:17px Cantarell">'
        f"<b>{rng.randint(1, 28)} {rng.choice(('Januari', 'Maret', 'Juni', 'Agustus', 'November'))} "
        f"2026, {rng.randint(7, 20)}."
        f"{rng.choice(('00', '30'))} WIB</b><br>Narahubung {scene.name(0)} 08{rng.randint(1000000000, 9999999999)}<br>"
        f"Jalan {rng.choice(('Anggrek', 'Kamboja', 'Teratai', 'Flamboyan'))} {rng.randint(1, 120)}, "
        f"{scene.name(scene.other)}</div></div>"
    )
    return page(scene, body, "", ink=ink, paper=paper)


def person_card(scene: Scene) -> str:
    """A page about one person: the picture over most of the screen, name and age on it, chips, three round keys."""
    rng, look = scene.dice("card"), scene.look
    paper, ink, chip = look.pick("#fff", "#16131a"), look.pick("#221b2b", "#f0e9f7"), look.pick("#efe6fb", "#3a2f4a")
    likes = rng.sample(
        (
            "Kucing",
            "Naik gunung",
            "Kopi",
            "Membaca",
            "Voli",
            "Melukis",
            "Motor",
            "Gitar",
            "Film",
            "Masak",
            "Kebun",
            "Catur",
        ),
        5,
    )
    chips = "".join(
        f'<span style="background:{chip};border-radius:14px;padding:4px 13px">{like}</span>' for like in likes
    )
    about = " ".join(message.text for message in scene.story.messages[:2] if message.text)[:110]
    body = (
        f'{top_strip(scene)}<div class=room>{picture("content", str(scene.hero), FULL)}<div style="position:absolute;'
        f"left:16px;bottom:"
        f'12px;color:#fff;font-size:27px;{SHADE}"><b>{scene.name(scene.other)}</b>, {rng.randint(19, 46)}<div '
        f'style="font-size:14px">'
        f'{rng.randint(1, 60)} km dari Anda</div></div></div><div style="padding:13px 16px"><div style="display:flex;'
        f"flex-wrap:wrap;"
        f'gap:7px">{chips}</div><p style="padding:9px 0 2px">{escape(about)}</p></div><div class=row '
        f'style="justify-content:'
        'space-evenly;font-size:30px;padding:4px 0 18px"><span>✕</span><span>★</span><span>♥</span></div>'
    )
    return page(scene, body, "", ink=ink, paper=paper)

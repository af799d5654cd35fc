"""Held-out interfaces to read: letters and an article in a desktop browser, opinions on a place, notes."""

from __future__ import annotations

import random

from benchmarks.matching.interfaces.base import Scene, avatar, clock, escape, page, picture
from benchmarks.matching.interfaces.held_out_base import hung, paragraph, top_strip, window_frame

TOWNS = ("Klaten", "Garut", "Kediri", "Palu", "Ternate", "Sorong", "Blitar", "Kudus", "Tuban", "Mamuju")
TITLES = (
    *("Harga beras turun tipis", "Jalan ambles di dua kabupaten", "Festival layang-layang digelar lagi"),
    *("Kapal feri tambah jadwal", "Petani uji bibit baru", "Liga antarkampung masuk babak akhir"),
)


def letters(scene: Scene) -> str:
    """Letters that answer one another, in a desktop browser: folders at the left, whole paragraphs at the right."""
    look, rng = scene.look, scene.dice("letters")
    paper, ink, line = look.pick("#fdfdfb", "#1d2025"), look.pick("#26282c", "#dfe1e5"), look.pick("#dcdcd4", "#3a3e46")
    folders = "".join(
        f'<div style="padding:8px 20px">{name} <span style="float:right;opacity:.6">{rng.randint(0, 240)}</span></div>'
        for name in ("Kotak surat", "Berbintang", "Ditunda", "Terkirim", "Konsep", "Arsip", "Iklan", "Sampah")
    )
    mails = []
    for place in range(0, len(scene.story.messages), 3):
        part = scene.story.messages[place : place + 3]
        text = " ".join(paragraph(one, escape(one.text)) + hung(one, 240) for one in part)
        name = scene.name(part[0].sender)
        mails.append(
            f'<div style="border:1px solid {line};border-radius:7px;margin:12px 24px;padding:14px 20px"><div class=row '
            f'style="gap:12px">{avatar(scene, part[0].sender, 36)}<div class=grow><b>{name}</b><br><small>kepada '
            f"saya</small></div>"
            f"<small>{clock(part[0].minute)}</small></div><p style='padding:11px 0'>"
            f"Yth. {scene.name(1 - part[0].sender % 2)},</p><p>{text}</p>"
            f"<p style='padding-top:11px'>Salam,<br>{name}</p></div>"
        )
    address = f"surat.contoh/kotak/{rng.getrandbits(40):x}"
    body = (
        f'{window_frame(scene, address, dark=look.dark)}<div style="display:flex;flex:1;min-height:0"><div '
        f'style="width:230px;flex:none;'
        f'padding-top:14px;border-right:1px solid {line}"><b style="margin:20px;padding:10px 26px;background:{line};'
        f'border-radius:9px">Tulis'
        f'</b><div style="height:16px"></div>{folders}</div><div class=grow style="display:flex;'
        f'flex-direction:column"><div style="font-size:'
        f'22px;padding:14px 24px">Perihal: {escape(scene.story.messages[0].text[:46])}</div><div class=flow '
        f"data-anchor=start>"
        f"{''.join(mails)}</div></div></div>"
    )
    return page(scene, body, "small{opacity:.65}", ink=ink, paper=paper)


def article(scene: Scene) -> str:
    """A report on a news page in a desktop browser, what readers wrote below, and a column of others at the right."""
    look, rng = scene.look, scene.dice("article")
    paper, ink, line = look.pick("#fff", "#191919"), look.pick("#111", "#ddd"), look.pick("#c9c9c9", "#444")
    opinions = "".join(
        f'<div class=row style="align-items:flex-start;gap:12px;padding:10px 0;border-top:1px solid {line}">'
        f"{avatar(scene, message.sender, 30, '2px')}<div class=grow><b>{scene.name(message.sender)}</b> "
        f"<small>{clock(message.minute)}</small><br>"
        f"{paragraph(message, escape(message.text))}{hung(message, 200)}</div></div>"
        for message in scene.story.messages
    )
    others = _others(rng, line)
    place, name = rng.choice(TOWNS), scene.name(0)
    text = (
        f"{place.upper()} — {name} menyatakan pekerjaan di ruas {rng.randint(2, 40)} rampung {rng.randint(40, 98)} "
        f"persen. Warga berharap "
        f"jembatan dapat dilewati sebelum tanggal {rng.randint(2, 28)}. Anggarannya "
        f"Rp {rng.randint(2, 90)},{rng.randint(1, 9)} miliar."
    )
    body = (
        f"{window_frame(scene, f'kabarpagi.contoh/{place.lower()}/{rng.randint(1000, 9999)}', dark=look.dark)}<div "
        f"class=flow "
        f'data-anchor=start><div style="display:flex;gap:40px;max-width:1150px;margin:0 auto;padding:18px 30px"><div '
        f'class=grow><div style="'
        f'font:700 34px Noto Serif;line-height:1.15">{place} '
        f"menunggu: {escape(scene.story.messages[0].text[:40])}</div><small>"
        f"{name} · {clock(scene.clock)} "
        f"WIB</small>{picture('content', str(scene.hero), 'width:100%;height:210px;margin:12px 0;display:block;')}<p "
        f"style="
        f'"font:17px/1.5 Noto Serif">{text}</p><h3>{len(scene.story.messages)} tanggapan</h3>{opinions}</div><div '
        f'style="width:270px;flex:none">'
        f"<h3>Terbanyak dibaca</h3>{others}</div></div></div>"
    )
    return page(scene, body, "small{opacity:.65}", ink=ink, paper=paper)


def _others(rng: random.Random, line: str) -> str:
    """What else is read much."""
    return "".join(
        f'<p style="padding:10px 0;border-bottom:1px dotted {line}"><b>{rng.randint(1, 9)}.</b> {title}</p>'
        for title in rng.sample(TITLES, 4)
    )


def reviews(scene: Scene) -> str:
    """What visitors say about a place: a mean in large figures, stars, small pictures in a row."""
    look, rng = scene.look, scene.dice("reviews")
    paper, ink, line = look.pick("#fff", "#1f1f23"), look.pick("#202124", "#e6e6ea"), look.pick("#e4e4e8", "#37373d")
    rows = []
    for message in scene.story.messages:
        stars = rng.randint(1, 5)
        rows.append(
            f'<div style="padding:13px 18px;border-top:1px solid {line}"><div class=row '
            f'style="gap:11px">{avatar(scene, message.sender, 34)}'
            f"<div class=grow>{scene.name(message.sender)}<br><small>{rng.randint(1, 90)} ulasan "
            f"· {rng.randint(0, 40)} foto</small></div>⋮</div>"
            f'<div style="color:#e8a400;padding:4px 0">{"★" * stars}{"☆" * (5 - stars)} <small '
            f'style="color:{ink}">{rng.randint(2, 11)} bulan '
            f"lalu</small></div>{paragraph(message, escape(message.text))}{hung(message, 240)}<div><small>"
            f"👍 {rng.randint(0, 30)} &nbsp; Bagikan"
            "</small></div></div>"
        )
    strip = "".join(
        picture("content", key, "width:118px;height:88px;border-radius:9px;flex:none;") for key in scene.tiles
    )
    mean = rng.uniform(2.4, 4.9)
    body = (
        f'{top_strip(scene)}<div style="padding:10px 18px;'
        f'font-size:21px">{scene.name(0).split()[0]} {rng.choice(("Kopi", "Motor", "Mart", "Salon"))}'
        f'</div><div class=row style="gap:26px;padding:0 18px;border-bottom:2px solid {line}"><span>Ringkasan</span>'
        f"<b>Ulasan</b><span>Foto</span>"
        f'</div><div class=flow data-anchor=start><div class=row style="gap:16px;padding:13px 18px"><b '
        f'style="font-size:44px">{mean:.1f}</b><div>'
        f'<span style="color:#e8a400">★★★★☆</span><br><small>({rng.randint(8, 4000)})</small></div></div><div '
        f'class=row style="gap:8px;padding:0 18px 13px">'
        f"{strip}</div>{''.join(rows)}</div>"
    )
    return page(scene, body, "small{opacity:.65}", ink=ink, paper=paper)


def notes(scene: Scene) -> str:
    """A page of notes on ruled paper, some with a box that is ticked."""
    look, rng = scene.look, scene.dice("notes")
    paper, ink, rule = look.pick("#fff8d6", "#25231a"), look.pick("#3b3310", "#efe7c4"), look.pick("#e6d79a", "#4a452e")
    rows = "".join(
        f'<div class=row style="border-bottom:1px solid {rule};padding:6px 18px;gap:12px;align-items:flex-start"><span>'
        f"{rng.choice(('☐', '☐', '☑', '–'))}</span><div class=grow "
        f'style="overflow-wrap:anywhere">{paragraph(message, escape(message.text))}'
        f"{hung(message, 230)}</div></div>"
        for message in scene.story.messages
    )
    body = (
        f'{top_strip(scene)}<div class=row style="padding:9px 16px;color:#c08a00"><span>‹ Catatan</span><span '
        f'style="margin-left:auto">⤴ &nbsp; ⋯</span></div>'
        f'<div class=flow data-anchor=start><div style="padding:2px 18px 6px;font-size:25px">'
        f"<b>{escape(scene.story.messages[-1].text[:24])}</b><br><span "
        f'style="font-size:13px;opacity:.6">{rng.randint(1, 28)} Juli 2026 {clock(scene.clock)}</span>'
        f"</div>{rows}</div>"
    )
    return page(scene, body, "", ink=ink, paper=paper)

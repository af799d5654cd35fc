"""Pages with the same labels for everybody and little else: bank transfer, private profile, profile grid."""

from __future__ import annotations

import random

from benchmarks.matching.conversations import full_name
from benchmarks.matching.interfaces.base import Scene, avatar, clock, escape, nav_bar, page, picture, status_bar
from benchmarks.matching.wordlists import BANKS, CITIES

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def rupiah(amount: int) -> str:
    """An amount with dots."""
    return "Rp " + f"{amount:,}".replace(",", ".")


def digits(rng: random.Random, count: int) -> str:
    """A number of so many digits."""
    return "".join(str(rng.randint(0, 9)) for _ in range(count))


def receipt(scene: Scene) -> str:
    """Proof of a transfer: the labels are every customer's, the values this one's."""
    look, rng = scene.look, scene.dice("receipt")
    paper, ink = look.pick("#f2f4f7", "#101418"), look.pick("#1c2126", "#e5e9ee")
    box, faint = look.pick("#fff", "#1b2128"), look.pick("#7b858f", "#8d98a3")
    colour = look.dice("bank").choice(("#0a6b4f", "#0c4da2", "#c25b00", "#7a1fa2", "#b3261e"))
    bank = look.dice("bank").choice(BANKS)
    amount, fee = rng.randint(5, 900) * 10_000 + rng.choice((0, 0, rng.randint(1, 999))), rng.choice((0, 2500, 6500))
    day = f"{rng.randint(1, 28)} {rng.choice(MONTHS)} 2026 {clock(rng.randint(300, 1400))}:{rng.randint(10, 59)} WIB"
    rows = (
        *(
            ("Penerima", full_name(rng).upper()),
            ("Bank tujuan", rng.choice(BANKS)),
            ("Nomor rekening", digits(rng, 10)),
        ),
        *(("Sumber dana", f"{scene.story.people[0].upper()}"), ("Rekening sumber", "•••• •••• " + digits(rng, 4))),
        *(("Nominal", rupiah(amount)), ("Biaya admin", rupiah(fee)), ("Metode", rng.choice(("BI-FAST", "Online")))),
        *(("Catatan", rng.choice(("-", "bayar utang", "uang kos", "buat ibu", "pelunasan", "dp barang", "arisan"))),),
        ("No. referensi", digits(rng, 12)),
    )
    lines = "".join(f"<div class=item><span>{label}</span><b>{escape(value)}</b></div>" for label, value in rows)
    css = (
        f".item{{display:flex;justify-content:space-between;gap:16px;padding:10px 0;border-bottom:1px dashed {faint}55;"
        f"font-size:15px}}.item span{{color:{faint}}}.item b{{text-align:right;font-weight:600}}.button{{flex:1;"
        f"text-align:center;border:1.5px solid {colour};color:{colour};border-radius:10px;padding:12px}}"
    )
    body = (
        f'<div style="background:{colour};color:#fff">{status_bar(scene)}<div class=row style="height:54px;padding:0 '
        f'16px;gap:16px"><span style="font-size:20px">✕</span><b class=grow>{bank}</b><span>Bantuan</span></div></div>'
        f'<div class=flow data-anchor=start><div style="background:{colour};height:90px"></div><div style="background:'
        f'{box};margin:-74px 14px 14px;border-radius:14px;padding:18px;box-shadow:0 2px 8px #0002"><div '
        'style="text-align:center"><div style="width:54px;height:54px;border-radius:50%;background:#1ea672;color:#fff;'
        'font-size:30px;line-height:54px;margin:0 auto 8px">✓</div><b style="font-size:19px">Transfer Berhasil</b><div '
        f'style="color:{faint};font-size:13px">{day}</div><div style="font-size:27px;font-weight:700;margin:8px">'
        f'{rupiah(amount + fee)}</div></div>{lines}</div></div><div class=row style="gap:10px;padding:10px 14px"><div '
        f'class=button>Bagikan</div><div class=button style="background:{colour};color:#fff">Selesai</div></div>'
        f"{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def profile_grid(scene: Scene) -> str:
    """A profile with a grid of photographs and few words."""
    look, rng = scene.look, scene.dice("profile")
    paper, ink, faint = look.pick("#fff", "#000"), look.pick("#111", "#f5f5f5"), look.pick("#777", "#9a9a9a")
    line = look.pick("#dbdbdb", "#2a2a2a")
    name = scene.story.people[0]
    handle = name.lower().replace(" ", rng.choice(("", ".", "_"))) + rng.choice(("", digits(rng, 2), "_"))
    counts = (
        (rng.randint(9, 400), "postingan"),
        (rng.randint(80, 4000), "pengikut"),
        (rng.randint(60, 1500), "mengikuti"),
    )
    numbers = "".join(f'<div style="text-align:center"><b>{number}</b><br>{label}</div>' for number, label in counts)
    tiles = "".join(picture("content", key, "width:100%;aspect-ratio:1;display:block") for key in scene.tiles)
    bio = rng.choice(
        ("{c} 📍", "mahasiswa | {c}", "just me ✨", "DM for collab", "ibu dua anak 🌸", "kopi & senja | {c}")
    )
    css = (
        ".grid{display:grid;grid-template-columns:repeat(3,1fr);gap:2px}.chip{flex:1;text-align:center;padding:8px;"
        f"border-radius:8px;background:{line};font-weight:600;font-size:14px}}"
    )
    body = (
        f'{status_bar(scene)}<div class=row style="height:50px;padding:0 16px;gap:20px;font-size:20px"><span>←</span>'
        f'<b class="grow cut">{escape(handle)}</b><span>◔</span><span>⋯</span></div><div class=flow data-anchor=start>'
        f'<div class=row style="padding:8px 16px;gap:24px;font-size:14px">{avatar(scene, scene.other, 82)}<div '
        f'class="row grow" style="justify-content:space-between">{numbers}</div></div><div style="padding:4px 16px;'
        f'font-size:14px"><b>{escape(name)}</b><br>{bio.format(c=rng.choice(CITIES))}</div><div class=row '
        'style="gap:8px;padding:8px 16px"><div class=chip style="background:#3797f0;color:#fff">Ikuti</div><div '
        'class=chip>Kirim pesan</div></div><div class=row style="justify-content:space-around;height:42px;'
        f'border-top:1px solid {line};font-size:20px"><span>▦</span><span style="color:{faint}">▷</span><span '
        f'style="color:{faint}">☺</span></div><div class=grid>{tiles}</div></div><div class=row style="height:48px;'
        f'justify-content:space-around;font-size:22px;border-top:1px solid {line}"><span>⌂</span><span>⌕</span><span>'
        f"⊞</span><span>▷</span><span>◉</span></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def private_profile(scene: Scene) -> str:
    """A profile that is closed: a name, three numbers, a lock."""
    look, rng = scene.look, scene.dice("private")
    paper, ink, faint = look.pick("#fff", "#0c0f14"), look.pick("#111", "#f5f5f5"), look.pick("#777", "#9a9a9a")
    line = look.pick("#dbdbdb", "#262a30")
    name = scene.story.people[scene.other]
    handle = name.lower().replace(" ", rng.choice(("", ".", "_"))) + rng.choice(("", digits(rng, 2), digits(rng, 4)))
    counts = ((rng.randint(0, 90), "postingan"), (rng.randint(0, 900), "pengikut"), (rng.randint(2, 1500), "mengikuti"))
    numbers = "".join(f'<div style="text-align:center"><b>{number}</b><br>{label}</div>' for number, label in counts)
    css = f".chip{{flex:1;text-align:center;padding:8px;border-radius:8px;background:{line};font-size:14px}}"
    body = (
        f'{status_bar(scene)}<div class=row style="height:50px;padding:0 16px;gap:20px;font-size:20px"><span>←</span>'
        f'<b class="grow cut" style="text-align:center">{escape(handle)}</b><span>⋯</span></div><div class=flow '
        'data-anchor=start><div style="text-align:center;padding:14px"><div style="display:flex;'
        f'justify-content:center">{avatar(scene, scene.other, 96)}</div><b style="font-size:18px">{escape(name)}</b>'
        f'</div><div class=row style="justify-content:space-around;font-size:14px;padding:6px 20px">{numbers}</div>'
        '<div class=row style="gap:8px;padding:12px 16px"><div class=chip style="background:#e0365c;color:#fff">'
        f'Ikuti</div><div class=chip>Pesan</div></div><div style="border-top:1px solid {line};margin-top:12px;'
        'padding:56px 40px;text-align:center"><div style="font-size:40px">🔒</div><b>Akun ini bersifat pribadi</b><div '
        f'style="color:{faint};font-size:14px">Ikuti akun ini untuk melihat foto dan video mereka.</div></div></div>'
        f'<div class=row style="height:48px;justify-content:space-around;font-size:22px;border-top:1px solid {line}">'
        f"<span>⌂</span><span>⌕</span><span>⊞</span><span>◉</span></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)

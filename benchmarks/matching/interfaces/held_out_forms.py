"""Held-out interfaces without messages: payments, calls, a parcel on its way."""

from __future__ import annotations

from benchmarks.matching.conversations import full_name
from benchmarks.matching.interfaces.base import Scene, page
from benchmarks.matching.interfaces.held_out_base import top_strip
from benchmarks.matching.speech import HELD_OUT

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WAYS = ("Kirim ke", "Terima dari", "Bayar di", "Isi saldo lewat", "Patungan dengan")


def wallet(scene: Scene) -> str:
    """Payments of the last weeks: to whom, when, how much; the balance above."""
    look, rng = scene.look, scene.dice("wallet")
    paper, ink, head = look.pick("#f6f6fb", "#12131c"), look.pick("#1b1c2b", "#e5e6f2"), look.pick("#5b2be0", "#2c1a63")
    rows, day, month = [], rng.randint(20, 28), rng.randrange(12)
    for _ in range(34):
        if rng.random() < 0.4:
            day = max(1, day - rng.randint(0, 2))
            rows.append(
                f'<div style="padding:12px 16px 4px;font-size:13px;opacity:.7">{day} {MONTHS[month]} 2026</div>'
            )
        way = rng.choice(WAYS)
        sign = "+" if way.startswith(("Terima", "Isi")) else "−"
        amount = f"{rng.randint(1, 900)}.{rng.choice(('000', '500', '250'))}"
        rows.append(
            f'<div class=row style="padding:9px 16px;gap:12px"><span style="width:34px;height:34px;'
            f"border-radius:10px;background:{head};color:#fff;"
            f'text-align:center;line-height:34px">{"↑" if sign == "−" else "↓"}</span><div class=grow><div '
            f"class=cut>{way} {full_name(rng, HELD_OUT)}"
            f'</div><div style="font-size:12px;opacity:.6">{rng.randint(0, 23):02d}.{rng.randint(0, 59):02d} · '
            f"Berhasil</div></div><b>{sign}Rp{amount}</b></div>"
        )
    body = (
        f'<div style="background:{head};color:#fff">{top_strip(scene)}<div style="padding:12px 16px 18px">Saldo<br>'
        f'<b style="font-size:29px">Rp'
        f"{rng.randint(1, 9)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}</b></div></div><div class=row "
        f'style="justify-content:space-around;padding:11px">'
        f"<b>Semua</b><span>Masuk</span><span>Keluar</span></div><div class=flow "
        f"data-anchor=start>{''.join(rows)}</div>"
    )
    return page(scene, body, "", ink=ink, paper=paper)


def calls(scene: Scene) -> str:
    """Calls that came and went: names or bare numbers, an arrow, a time."""
    look, rng = scene.look, scene.dice("calls")
    paper, ink, faint = look.pick("#fff", "#0e1116"), look.pick("#1a1a1a", "#e8eaee"), look.pick("#7a7f87", "#8d939c")
    rows = []
    for _ in range(22):
        named = rng.random() < 0.55
        who = (
            full_name(rng, HELD_OUT)
            if named
            else f"08{rng.randint(10, 99)} {rng.randint(1000, 9999)} {rng.randint(100, 9999)}"
        )
        missed = rng.random() < 0.35
        times = f" ({rng.randint(2, 14)})" if rng.random() < 0.3 else ""
        rows.append(
            f'<div class=row style="padding:11px 18px;gap:14px"><span '
            f'style="color:{"#d63a3a" if missed else faint}">{"↙" if missed else "↗"}</span>'
            f'<div class=grow><div style="{"color:#d63a3a" if missed else ""}">{who}{times}</div><div '
            f'style="font-size:12px;color:{faint}">Seluler, '
            f"{rng.randint(0, 23):02d}.{rng.randint(0, 59):02d}</div></div><span style='color:{faint}'>ⓘ</span></div>"
        )
    tabs = ("Favorit", "Riwayat", "Kontak", "Tombol")
    body = (
        f'{top_strip(scene)}<div style="padding:12px 18px;font-size:27px"><b>Riwayat</b></div><div class=flow '
        f"data-anchor=start>{''.join(rows)}</div>"
        f'<div class=row style="justify-content:space-around;padding:11px 0 17px;'
        f'color:{faint}">{"".join(f"<span>{tab}</span>" for tab in tabs)}</div>'
    )
    return page(scene, body, "", ink=ink, paper=paper)


def parcel(scene: Scene) -> str:
    """A parcel on its way: a number, an address, the stations with their times along a line."""
    look, rng = scene.look, scene.dice("parcel")
    paper, ink, tint = look.pick("#fff", "#1c1a17"), look.pick("#2a2622", "#ece6de"), look.pick("#d2500a", "#ff9a55")
    steps = (
        "Pesanan dibuat",
        "Diambil kurir",
        "Tiba di gudang",
        "Berangkat dari gudang",
        "Transit",
        "Dibawa kurir",
        "Diterima oleh",
    )
    reached = rng.randint(3, 7)
    rows, day = [], rng.randint(2, 20)
    for place, step in enumerate(steps[:reached]):
        day += rng.randint(0, 1)
        town = rng.choice(HELD_OUT.cities)
        rows.append(
            f'<div style="border-left:3px solid {tint};margin-left:22px;padding:0 0 19px 18px"><b '
            f'style="color:{tint if place == reached - 1 else ink}">{step}'
            f"{' ' + full_name(rng, HELD_OUT) if step.startswith('Diterima') else ' ' + town}</b><div "
            f'style="font-size:13px;opacity:.65">{day} {MONTHS[6]} '
            f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d} "
            f"· {rng.choice(('Gudang', 'Loket', 'Agen'))} {rng.randint(1, 99)}</div></div>"
        )
    body = (
        f'{top_strip(scene)}<div class=row style="padding:11px 16px;gap:14px;background:{tint};color:#fff"><span>'
        f"←</span><b>Lacak paket</b></div><div class=flow "
        f'data-anchor=start><div style="padding:15px 18px">Nomor resi<br><b style="font-size:21px;'
        f'letter-spacing:1px">KT{rng.randint(10**9, 10**10)}</b><div style="'
        f'padding-top:9px">Kepada {scene.name(scene.other)}<br>'
        f"Jl. {rng.choice(('Anggrek', 'Teratai', 'Flamboyan', 'Bougenvil'))} No. {rng.randint(1, 190)}, "
        f"{rng.choice(HELD_OUT.cities)} {rng.randint(40000, 69999)}</div></div>{''.join(reversed(rows))}</div>"
    )
    return page(scene, body, "", ink=ink, paper=paper)

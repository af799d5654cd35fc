"""Formulir: an application for a loan, a registration in a browser, an account's details after a loan was granted."""

from __future__ import annotations

import random

from benchmarks.matching.conversations import full_name
from benchmarks.matching.interfaces.base import Scene, escape, nav_bar, page, status_bar
from benchmarks.matching.interfaces.forms import MONTHS, digits, rupiah
from benchmarks.matching.wordlists import BANKS, CITIES, NAMES, PLACES, SUBJECTS

JOBS = (
    "Karyawan swasta",
    "Ibu rumah tangga",
    "Mahasiswa",
    "Pedagang",
    "Guru honorer",
    "Pengemudi ojek",
    "Buruh pabrik",
)
BONDS = ("Ibu kandung", "Ayah", "Suami", "Istri", "Kakak", "Adik", "Teman kantor", "Tetangga")


def phone_number(rng: random.Random) -> str:
    """A telephone number as people write it."""
    return (
        f"08{rng.randint(11, 99)}{rng.choice(('', '-', ' '))}{digits(rng, 4)}{rng.choice(('', '-'))}"
        f"{digits(rng, rng.choice((3, 4)))}"
    )


def birthday(rng: random.Random) -> str:
    """Place and day of birth."""
    return f"{rng.choice(CITIES)}, {rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(1972, 2006)}"


def applicant(name: str, rng: random.Random) -> list[tuple[str, str]]:
    """Everything a lender wants to know, as labels and values."""
    return [
        ("Nama lengkap sesuai KTP", name.upper()),
        ("NIK", digits(rng, 16)),
        ("Tempat, tanggal lahir", birthday(rng)),
        ("Nama ibu kandung", full_name(rng)),
        ("Alamat", f"Jl. {rng.choice(NAMES)} No. {rng.randint(1, 200)}, {rng.choice(PLACES)}"),
        ("Pekerjaan", rng.choice(JOBS)),
        ("Penghasilan per bulan", rupiah(rng.randint(10, 90) * 100_000)),
        ("Kontak darurat 1", f"{full_name(rng)} ({rng.choice(BONDS)})"),
        ("Nomor kontak darurat 1", phone_number(rng)),
        ("Kontak darurat 2", f"{full_name(rng)} ({rng.choice(BONDS)})"),
        ("Nomor kontak darurat 2", phone_number(rng)),
        ("Bank pencairan", rng.choice(BANKS)),
        ("Nomor rekening", digits(rng, 10)),
    ]


def loan(scene: Scene) -> str:
    """Application for a loan: sections with boxed fields, filled in by this applicant."""
    look, rng = scene.look, scene.dice("loan")
    paper, ink = look.pick("#f5f6fa", "#13151b"), look.pick("#1e2230", "#e2e5ee")
    faint = look.pick("#858b9c", "#8a90a3")
    box, line = look.pick("#fff", "#1e212a"), look.pick("#dfe2ea", "#343845")
    accent = look.dice("accent").choice(("#f0791a", "#2756d6", "#12906b", "#c2263f"))
    brand = look.dice("accent").choice(("DanaKilat", "PinjamCepat", "UangLancar", "KreditKawan"))
    inputs = "".join(
        f"<label>{label}<div class=field>{escape(value)}</div></label>"
        for label, value in applicant(scene.story.people[0], rng)
    )
    css = (
        f"label{{display:block;font-size:13px;color:{faint};margin-bottom:10px}}.field{{border:1px solid {line};"
        f"border-radius:8px;padding:10px 12px;color:{ink};font-size:16px;background:{box};margin-top:3px;"
        "min-height:44px}"
    )
    amount = rng.randint(5, 80) * 100_000
    body = (
        f'<div style="background:{accent};color:#fff">{status_bar(scene)}<div class=row style="height:54px;padding:0 '
        f'16px;gap:16px"><span style="font-size:20px">←</span><b class=grow>{brand} · Data Diri</b><span>2/4</span>'
        f'</div></div><div class=flow data-anchor=start><div style="background:{box};margin:12px;border-radius:10px;'
        f'padding:12px 16px"><span style="color:{faint};font-size:13px">Jumlah pinjaman</span><div class=row><b '
        f'class=grow style="font-size:24px;color:{accent}">{rupiah(amount)}</b><span>{rng.choice((7, 14, 30, 60, 90))} '
        f'hari</span></div></div><div style="padding:2px 14px">{inputs}</div></div><div style="padding:10px 14px;'
        f'background:{box}"><div style="background:{accent};color:#fff;border-radius:24px;text-align:center;'
        f'padding:13px;font-weight:600">Lanjutkan</div></div>{nav_bar(scene, box, faint)}'
    )
    return page(scene, body, css, ink=ink, paper=paper)


def person(name: str, rng: random.Random) -> list[tuple[str, str]]:
    """What a registration asks, as labels and values."""
    return [
        ("Nama lengkap", name),
        ("Surel", name.lower().replace(" ", "") + f"{rng.randint(1, 999)}@surat.contoh"),
        ("Nomor telepon", phone_number(rng)),
        ("Tempat, tanggal lahir", birthday(rng)),
        ("Kota asal", rng.choice(CITIES)),
        ("Jurusan / bidang", rng.choice(SUBJECTS).capitalize()),
        ("Pekerjaan", rng.choice(JOBS)),
    ]


def registration(scene: Scene) -> str:
    """A registration form in a browser: underlined fields, radio buttons, a required mark, one question per card."""
    look, rng = scene.look, scene.dice("registration")
    paper, ink = look.pick("#ede7f6", "#18151d"), look.pick("#202124", "#e8e6ea")
    faint = look.pick("#70757a", "#9a969f")
    box, line = look.pick("#fff", "#25212b"), look.pick("#dadce0", "#46414d")
    accent = look.dice("accent").choice(("#673ab7", "#00796b", "#c2185b"))
    title = look.dice("title").choice(
        ("Pendaftaran Peserta Pelatihan", "Formulir Data Alumni", "Formulir Pengaduan Warga")
    )
    cards = [
        f"<div class=card>{label} <i>*</i><div class=field>{escape(value)}</div></div>"
        for label, value in person(scene.story.people[0], rng)
    ]
    chosen = rng.randrange(3)
    options = "".join(
        f'<div style="padding:5px 0"><span style="color:{accent}">{"◉" if index == chosen else "○"}</span> {text}</div>'
        for index, text in enumerate(("Perempuan", "Laki-laki", "Tidak ingin menyebutkan"))
    )
    cards.insert(2, f"<div class=card>Jenis kelamin <i>*</i>{options}</div>")
    css = (
        f".card{{background:{box};border:1px solid {line};border-radius:8px;padding:14px 18px;margin:10px "
        f"12px}}i{{color:#d93025}}.field{{border-bottom:1px solid {faint};padding:10px 0 3px}}"
    )
    body = (
        f'{status_bar(scene)}<div class=row style="height:52px;padding:0 14px;gap:12px;background:{box}"><span>✕</span>'
        f'<div class="grow cut" style="font-size:14px"><b>{title}</b><div style="color:{faint};font-size:12px">'
        "formulir.contoh</div></div><span>⋮</span></div><div class=flow data-anchor=start><div class=card "
        f'style="border-top:9px solid {accent}"><div style="font-size:25px;line-height:1.25">{title}</div><div '
        'style="font-size:14px;margin-top:8px">Mohon diisi dengan data yang sebenarnya. Data hanya dipakai untuk '
        f'keperluan panitia.</div><i style="font-size:13px">* Wajib diisi</i></div>{"".join(cards)}</div>'
        f"{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)


def billing(scene: Scene) -> str:
    """What a lender's app shows about a debt: a red sum, a table of instalments, days late."""
    look, rng = scene.look, scene.dice("billing")
    paper, ink = look.pick("#fff7f2", "#181413"), look.pick("#2a2220", "#efe6e2")
    faint = look.pick("#94847d", "#9d8f89")
    box, line = look.pick("#fff", "#241e1c"), look.pick("#f0dfd5", "#3b312d")
    amount, late = rng.randint(4, 70) * 50_000, rng.randint(1, 45)
    rows = "".join(
        f"<tr><td>{index + 1}</td><td>{rng.randint(1, 28)} {rng.choice(MONTHS)} 2026</td><td>"
        f"{rupiah(rng.randint(100, 999) * 1000)}</td><td>{rng.choice(('Lunas', 'Telat', 'Belum'))}</td></tr>"
        for index in range(rng.randint(4, 8))
    )
    facts = [
        ("Nama peminjam", scene.story.people[0]),
        ("Nomor kontrak", f"PK-{digits(rng, 9)}"),
        ("Pokok", rupiah(amount)),
        ("Denda", rupiah(late * rng.randint(8, 40) * 1000)),
        ("Rekening virtual", digits(rng, 15)),
        ("Petugas", full_name(rng)),
    ]
    lines = "".join(f"<div class=fact><span>{label}</span><b>{escape(value)}</b></div>" for label, value in facts)
    css = (
        f".fact{{display:flex;justify-content:space-between;padding:8px 0;border-bottom:1px solid {line};"
        f"font-size:15px}}.fact span,th{{color:{faint}}}table{{width:100%;border-collapse:collapse;"
        f"font-size:14px}}td,th{{padding:9px 4px;text-align:left;border-bottom:1px solid {line}}}.box{{background:{box}"
        ";border-radius:12px;padding:14px 16px;margin:12px}"
    )
    body = (
        f'<div style="background:#b3261e;color:#fff">{status_bar(scene)}<div class=row style="height:52px;padding:0 '
        '16px;gap:16px"><span>←</span><b class=grow>Detail Tagihan</b><span>?</span></div></div><div class=flow '
        'data-anchor=start><div style="background:#b3261e;color:#fff;padding:8px 20px 22px;text-align:center">Total '
        f'yang harus dibayar<div style="font-size:34px;font-weight:700">{rupiah(amount + late * 13_000)}</div><span '
        f'style="background:#fff3;border-radius:14px;padding:4px 12px;font-size:14px">Terlambat {late} hari</span>'
        f"</div><div class=box>{lines}</div><div class=box><b>Riwayat angsuran</b><table><tr><th>Ke</th><th>Jatuh "
        f'tempo</th><th>Jumlah</th><th>Status</th></tr>{rows}</table></div></div><div style="padding:10px 14px"><div '
        'style="background:#b3261e;color:#fff;border-radius:10px;text-align:center;padding:13px;font-weight:600">Bayar '
        f"Sekarang</div></div>{nav_bar(scene, paper, ink)}"
    )
    return page(scene, body, css, ink=ink, paper=paper)

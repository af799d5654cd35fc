"""Reading and filling HTML forms without a browser."""

from __future__ import annotations

from operations.demo.pages import Page

HTML = """
<p>Halo <a href="/b">Baca <b>balasan</b></a><script>var x = "<form>";</script></p>
<form method="post" action="/a/2">
  <input type="hidden" name="csrf_token" value="t0k&amp;en">
  <input type="radio" name="usia" value="lt13"><input type="radio" name="usia" value="18_24" checked>
  <input type="checkbox" name="jenis" value="A"><input type="checkbox" name="jenis" value="B">
  <input type="checkbox" name="nilai" checked>
  <textarea name="cerita">dua
baris</textarea>
  <select name="wilayah"><option value="">-</option><option value="tebet" selected>Tebet</option></select>
  <select name="bulan"><option value="">-</option><option value="01">Januari</option></select>
  <input type="file" name="bukti"><input name="mati" value="x" disabled><input type="text" name="kosong">
  <button name="langkah" value="kembali">Kembali</button>
  <button name="langkah" value="lanjut"> Lanjut
  </button><button type="button">Salin</button>
</form>
<form action="/cari"><input name="q"><input type="submit" name="k" value="Cari"></form>
"""


def test_a_form_sends_what_a_browser_would_send_untouched() -> None:
    form = Page.parse(HTML).forms[0]
    assert (form.method, form.action, form.files) == ("post", "/a/2", {"bukti"})
    assert form.values == {
        "csrf_token": ["t0k&en"],
        "usia": ["18_24"],
        "nilai": ["on"],
        "cerita": ["dua\nbaris"],
        "wilayah": ["tebet"],
        "bulan": [""],
        "kosong": [""],
    }


def test_answers_go_into_fields_that_exist_and_nowhere_else() -> None:
    filled = Page.parse(HTML).forms[0].filled({"jenis": ["A", "B"], "usia": ["lt13"], "tidak_ada": ["x"]})
    assert filled["jenis"] == ["A", "B"]
    assert filled["usia"] == ["lt13"]
    assert filled["csrf_token"] == ["t0k&en"]
    assert "tidak_ada" not in filled


def test_buttons_are_found_by_what_they_say() -> None:
    page = Page.parse(HTML)
    form, button = page.form_with_button("Kirim laporan", "Lanjut") or (None, None)
    assert form is page.forms[0]
    assert button
    assert (button.name, button.value) == ("langkah", "lanjut")
    assert [known.label for known in page.forms[0].buttons] == ["Kembali", "Lanjut"]
    assert page.form_with_button("Cari")
    assert page.form_with_button("Salin") is None


def test_links_and_text_are_what_is_seen() -> None:
    page = Page.parse(HTML)
    assert page.links == {"Baca balasan": "/b"}
    assert "Halo Baca balasan" in page.text
    assert "var x" not in page.text

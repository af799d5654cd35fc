"""Tables as SVG, drawn from what may be shown and from nothing else.

Styled by class alone, since the page's rules allow no inline style; series differ by pattern and outline, so that
they can be told apart in black and white. A hidden number is a dashed outline: of no size where nothing tells one,
else of the size that the total leaves. Widths are those of a phone; the page lets the drawing grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from triage.statistics.suppression import Cell

WIDTH = 360
_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 34.0, 354.0, 34.0, 150.0, 20.0
_HINT = 5.0
"""The size of an outline that stands for a number which nothing tells."""
_STEP = 26.0
_LABEL_ROOM = 44.0
_MOST_TIMES = 4.0
_SHADES = 4


@dataclass(frozen=True)
class Words:
    """``key`` is unique on the page; title and description are for whoever cannot see the drawing."""

    key: str
    title: str
    description: str


@dataclass(frozen=True)
class Row:
    """One row of a table: its short label, its cells, and its total where the cells add up."""

    label: str
    cells: tuple[Cell, ...]
    total: Cell | None = None


def draw_columns(words: Words, series: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns over time: one on the other where rows have totals, side by side where they have none."""
    root = _start(words, _TOP + _HEIGHT + _FOOT)
    _define_patterns(root, words.key)
    _legend(root, words.key, series)
    top = _round_up(max((_height_of(row) for row in rows), default=0))
    _scale(root, top)
    each = (_RIGHT - _LEFT) / max(1, len(rows))
    labelled = max(1, round(_LABEL_ROOM / each + 0.5))
    for place, row in enumerate(rows):
        left = _LEFT + each * place
        if row.total is None:
            _side_by_side(root, words.key, row, (left, each, top))
        else:
            _stacked(root, words.key, row, (left, each, top))
        if place % labelled == 0:
            _text(root, (left + each / 2, _TOP + _HEIGHT + 14), row.label, "tick", "middle")
    return tostring(root, encoding="unicode")


def draw_bars(words: Words, small: str, rows: Sequence[Row]) -> str:
    """One lying bar for each row, with its number beside it; ``small`` is what stands for a small one."""
    root = _start(words, _STEP * len(rows) * 1.6 + 4)
    top = max((row.cells[0].value or 0 for row in rows), default=0) or 1
    for place, row in enumerate(rows):
        y = place * _STEP * 1.6 + 14
        _text(root, (0, y), row.label, "tick", "start")
        value = row.cells[0].value
        if value is None:
            _box(root, (0.5, y + 5, _HINT * 2, 16), "covered")
            _text(root, (_HINT * 2 + 8, y + 17), small if row.cells[0].is_small else "–", "tick", "start")
            continue
        length = (WIDTH - 50) * value / top
        _box(root, (0.5, y + 5, max(length, 1), 16), "bar solid")
        _text(root, (length + 6, y + 17), str(value), "tick", "start")
    return tostring(root, encoding="unicode")


def draw_times(words: Words, target: str, rows: Sequence[tuple[str, float | None, float | None]]) -> str:
    """Two lengths a row as multiples of a target, whose line has the name ``target``: a bar and a stroke further on."""
    root = _start(words, 20 + len(rows) * _STEP * 1.6 + 6)
    scale = (WIDTH - 20) / _MOST_TIMES
    bottom = 20 + len(rows) * _STEP * 1.6
    _line(root, (scale, 16), (scale, bottom), "target")
    _text(root, (scale, 10), target, "tick", "middle")
    for place, (label, median, p90) in enumerate(rows):
        y = 34 + place * _STEP * 1.6
        _text(root, (0, y), label, "tick", "start")
        if median is None:
            _box(root, (0.5, y + 5, _HINT * 2, 14), "covered")
            continue
        _box(root, (0.5, y + 5, max(1, min(median, _MOST_TIMES) * scale), 14), "bar solid")
        if p90 is not None:
            _line(root, (min(median, _MOST_TIMES) * scale, y + 12), (min(p90, _MOST_TIMES) * scale, y + 12), "reach")
            _line(root, (min(p90, _MOST_TIMES) * scale, y + 4), (min(p90, _MOST_TIMES) * scale, y + 20), "reach")
    return tostring(root, encoding="unicode")


def draw_heat(words: Words, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A grid: each number in its field, darker for more; a hidden one is a dashed empty field."""
    root = _start(words, 24 + len(rows) * _STEP)
    most = max((cell.value or 0 for row in rows for cell in row.cells), default=0) or 1
    each = (_RIGHT - _LEFT) / max(1, len(columns))
    for place, label in enumerate(columns):
        _text(root, (_LEFT + each * (place + 0.5), 14), label, "tick", "middle")
    for down, row in enumerate(rows):
        y = 22 + down * _STEP
        _text(root, (_LEFT - 8, y + 17), row.label, "tick", "end")
        for place, cell in enumerate(row.cells):
            x = _LEFT + each * place
            if cell.value is None:
                _box(root, (x + 1, y + 1, each - 2, _STEP - 2), "covered")
                continue
            shade = min(_SHADES, 1 + cell.value * _SHADES // (most + 1))
            _box(root, (x + 1, y + 1, each - 2, _STEP - 2), f"field shade{shade}")
            _text(root, (x + each / 2, y + 17), str(cell.value), f"tick on{shade}", "middle")
    return tostring(root, encoding="unicode")


def _start(words: Words, height: float) -> Element:
    root = Element("svg", {"class": "chart", "role": "img", "viewBox": f"0 0 {WIDTH} {height:g}"})
    root.set("aria-labelledby", f"{words.key}-judul {words.key}-isi")
    SubElement(root, "title", {"id": f"{words.key}-judul"}).text = words.title
    SubElement(root, "desc", {"id": f"{words.key}-isi"}).text = words.description
    return root


def _define_patterns(root: Element, key: str) -> None:
    """Hatching and dots; the first series is full and the last one empty."""
    definitions = SubElement(root, "defs")
    for number, drawn in ((1, "M0 6L6 0M-1 1L1 -1M5 7L7 5"), (2, "M1 1h2v2h-2zM4 4h2v2h-2z")):
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = SubElement(definitions, "pattern", {"id": f"{key}-corak-{number}", **size})
        SubElement(pattern, "rect", {"class": "ground", "width": "6", "height": "6"})
        SubElement(pattern, "path", {"class": f"mark{number}", "d": drawn})


def _fill(box: Element, key: str, number: int) -> None:
    """Hatched or dotted by an attribute, since an address in a style sheet would not be found from the page."""
    box.set("class", "bar " + ("solid", "patterned", "patterned", "open")[number % 4])
    if number % 4 in {1, 2}:
        box.set("fill", f"url(#{key}-corak-{number % 4})")


def _legend(root: Element, key: str, series: Sequence[str]) -> None:
    each = WIDTH / max(1, len(series))
    for number, name in enumerate(series):
        _fill(_box(root, (each * number + 0.5, 4, 12, 12), "bar"), key, number)
        _text(root, (each * number + 17, 14), name, "tick", "start")


def _height_of(row: Row) -> int:
    told = [cell.value or 0 for cell in row.cells]
    if row.total is None:
        return max([0, *told])
    return max(sum(told), row.total.value or 0)


def _round_up(most: int) -> int:
    """The end of the scale: even, and a number that reads easily."""
    size = 2 * int(f"1{'0' * (len(str(most)) - 2)}")
    return max(4, -(-most // size) * size)


def _scale(root: Element, top: int) -> None:
    for part in (0, 1, 2):
        y = _TOP + _HEIGHT - _HEIGHT * part / 2
        _line(root, (_LEFT, y), (_RIGHT, y), "grid")
        _text(root, (_LEFT - 5, y + 4), str(top * part // 2), "tick", "end")


def _stacked(root: Element, key: str, row: Row, place: tuple[float, float, int]) -> None:
    left, each, top = place
    x, width = left + each * 0.12, each * 0.76
    y = _TOP + _HEIGHT
    for number, cell in enumerate(row.cells):
        height = _HEIGHT * (cell.value or 0) / top
        y -= height
        if height:
            _fill(_box(root, (x, y, width, height), "bar"), key, number)
    if any(cell.value is None for cell in (*row.cells, *([row.total] if row.total else []))):
        told = sum(cell.value or 0 for cell in row.cells)
        left_over = _HINT if row.total is None or row.total.value is None else _HEIGHT * (row.total.value - told) / top
        _box(root, (x, y - left_over, width, max(left_over, 1)), "covered")


def _side_by_side(root: Element, key: str, row: Row, place: tuple[float, float, int]) -> None:
    left, each, top = place
    width = each * 0.84 / max(1, len(row.cells))
    for number, cell in enumerate(row.cells):
        x = left + each * 0.08 + width * number
        if cell.value is None:
            _box(root, (x, _TOP + _HEIGHT - _HINT, width, _HINT), "covered")
        elif cell.value:
            height = _HEIGHT * cell.value / top
            _fill(_box(root, (x, _TOP + _HEIGHT - height, width, height), "bar"), key, number)


def _box(root: Element, sides: tuple[float, float, float, float], kinds: str) -> Element:
    named = zip(("x", "y", "width", "height"), sides, strict=True)
    return SubElement(root, "rect", {"class": kinds, **{name: f"{side:.2f}" for name, side in named}})


def _line(root: Element, start: tuple[float, float], end: tuple[float, float], kinds: str) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    SubElement(root, "line", {"class": kinds, **{name: f"{at:.2f}" for name, at in ends}})


def _text(root: Element, at: tuple[float, float], said: str, kinds: str, anchor: str) -> None:
    place = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "class": kinds, "text-anchor": anchor}
    SubElement(root, "text", place).text = said

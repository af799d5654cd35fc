"""Two pictures beside one another as boxes and lines: what was compared, and what agreed. No pixel is in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from worker.matching.alignment import Layout
from worker.matching.comparing import Laid

_SCALE = 0.2
_GAP = 60.0
_TOP = 40.0
_AGREES, _ALONE, _GROUND = "#0b6e4f", "#8a8a8a", "#f4f4f4"


def draw_pair(laid: Laid, first_name: str, second_name: str) -> str:
    """An SVG document. The first picture lies in the form in which it agrees; agreeing elements are joined by lines."""
    first, second = laid.first, laid.second
    offset = first.width * _SCALE + _GAP
    width = offset + second.width * _SCALE
    height = _TOP + max(first.height, second.height) * _SCALE
    pairs = () if laid.alignment is None else (laid.alignment.line_pairs.tolist(), laid.alignment.point_pairs.tolist())
    lines, points = pairs or ([], [])
    parts = [
        *_side(first, 0.0, first_name, {own for own, _ in lines}, {own for own, _ in points}),
        *_side(second, offset, second_name, {other for _, other in lines}, {other for _, other in points}),
        *(_join(first.centres[own], second.centres[other], offset) for own, other in lines),
        *(_join(first.points[own], second.points[other], offset) for own, other in points),
    ]
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    title = escape(f"{first_name} / {second_name}")
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{title}</title>\n{body}\n</svg>\n'


def _side(layout: Layout, offset: float, name: str, lines: set[int], points: set[int]) -> Iterator[str]:
    width, height = layout.width * _SCALE, layout.height * _SCALE
    yield f'<text x="{offset:.1f}" y="24" font-family="sans-serif" font-size="14">{escape(name)}</text>'
    yield _rectangle(offset, _TOP, width, height, f"fill={quoteattr(_GROUND)} stroke={quoteattr(_ALONE)}")
    for number, (left, right, tall) in enumerate(zip(layout.lefts, layout.rights, layout.heights, strict=True)):
        colour = _AGREES if number in lines else _ALONE
        x, y = offset + left.real * _SCALE, _TOP + (left.imag - tall / 2) * _SCALE
        yield _rectangle(x, y, (right - left).real * _SCALE, tall * _SCALE, f'fill="none" stroke="{colour}"')
    for number, point in enumerate(layout.points):
        colour = _AGREES if number in points else _ALONE
        x, y = offset + point.real * _SCALE, _TOP + point.imag * _SCALE
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="none" stroke="{colour}"/>'


def _rectangle(x: float, y: float, width: float, height: float, style: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {style}/>'


def _join(own: complex, other: complex, offset: float) -> str:
    ends = own.real * _SCALE, _TOP + own.imag * _SCALE, offset + other.real * _SCALE, _TOP + other.imag * _SCALE
    x1, y1, x2, y2 = (f"{end:.1f}" for end in ends)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_AGREES}" stroke-opacity="0.5"/>'

"""Small pictures in SVG: stacked bars of what times are made of, and lines.

Plain text and shapes: no fonts fetched, no scripts; the same figures, the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

COLOURS = [
    "#1b4965", "#e07a3f", "#5a9a68", "#b5a642", "#8a5a9a", "#c14953", "#4f8fc0", "#8d8d8d",
    "#2f2f2f", "#d9a5b3",
]  # fmt: skip
WIDTH, MARGIN, BAR = 760, 20, 34
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'width="{width}" height="{height}" font-family="sans-serif" font-size="13" '
    'role="img" aria-label="{title}">\n'
    '<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
)


def draw_bars(
    path: Path, title: str, bars: Mapping[str, Mapping[str, float]], unit: str = "s"
) -> None:
    """Draw a bar for each entry, with its parts in order, each bar to its own full width.

    The same part has the same colour in each bar; a legend names parts and figures.
    """
    names = list(dict.fromkeys(name for parts in bars.values() for name in parts))
    colour = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)}
    body, top = [_text(MARGIN, 24, title, weight="bold")], 44
    for label, parts in bars.items():
        total = sum(parts.values())
        body.append(_text(MARGIN, top + 14, f"{label}: {_short(total)} {unit}"))
        left, full = float(MARGIN), WIDTH - 2 * MARGIN
        for name, size in parts.items():
            width = full * size / total if total else 0.0
            body.append(_box(left, top + 22, width, BAR, colour[name]))
            left += width
        top += 22 + BAR + 20
        for place, (name, size) in enumerate(parts.items()):
            x = MARGIN + place % 2 * (full // 2)
            body.append(_box(x, top - 11, 12, 12, colour[name]))
            share = f"{100 * size / total:.0f} %" if total else ""
            said = f"{name}: {_short(size)} {unit}, {share}"
            body.append(_text(x + 18, top, said))
            top += 19 if place % 2 or place == len(parts) - 1 else 0
        top += 16
    _write(path, title, top, body)


def draw_lines(
    path: Path,
    title: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    axes: tuple[str, str],
) -> None:
    """Draw points joined by lines, on axes that both go by powers of ten."""
    height, left, right, top, bottom = 340, 70, WIDTH - 190, 50, 290
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    if not xs:
        return
    x_low, x_high = _powers(xs)
    y_low, y_high = _powers(ys)

    def across(x: float) -> float:
        return left + (right - left) * (math.log10(x) - x_low) / (x_high - x_low)

    def up(y: float) -> float:
        return bottom - (bottom - top) * (math.log10(y) - y_low) / (y_high - y_low)

    body = [_text(MARGIN, 24, title, weight="bold")]
    for power in range(x_low, x_high + 1):
        x = across(10**power)
        body.append(_line((x, top), (x, bottom)))
        body.append(_text(x, bottom + 18, _short(10.0**power), anchor="middle"))
    for power in range(y_low, y_high + 1):
        y = up(10.0**power)
        body.append(_line((left, y), (right, y)))
        body.append(_text(left - 8, y + 4, _short(10.0**power), anchor="end"))
    body.append(_text((left + right) / 2, bottom + 40, axes[0], anchor="middle"))
    body.append(_text(MARGIN, top - 8, axes[1]))
    for i, (name, points) in enumerate(lines.items()):
        colour = COLOURS[i % len(COLOURS)]
        drawn = [(across(x), up(y)) for x, y in points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        body.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}" '
            'stroke-width="2.5"/>'
        )
        body += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
            for x, y in drawn
        ]
        body.append(_box(right + 16, top + 24 * i, 12, 12, colour))
        body.append(_text(right + 34, top + 11 + 24 * i, name))
    _write(path, title, height, body)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(min(values)) + 1e-9)
    return low, max(low + 1, math.ceil(math.log10(max(values)) - 1e-9))


def _short(value: float) -> str:
    """Return a figure with three digits that count, thousands set apart."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{min(digits, 4)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(
    x: float, y: float, said: str, *, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'font-weight="{weight}" fill="#222222">{escape(said)}</text>'
    )


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{colour}"/>'
    )


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" '
        f'y2="{end[1]:.1f}" stroke="#d5d5d5"/>'
    )


def _write(path: Path, title: str, height: float, body: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = HEAD.format(width=WIDTH, height=round(height), title=escape(title))
    path.write_text(head + "\n".join(body) + "\n</svg>\n", encoding="utf-8")

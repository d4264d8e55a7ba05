"""Charts to look at: SVG made by hand, with its numbers as a table below.

By hand and not by a plotting library, because the bytes are then the same on every machine (so that a test can hold
the notebooks to them), a chart has a few kilobytes, nothing is fetched, and nothing heavy is imported. Every line and
bar carries its own label; a colour never says anything alone, and each has a contrast of at least 3:1 on a light and on
a dark ground.

A notebook shows the drawing as an image in a data address. Of an SVG element, JupyterLab would leave only the words in
a heap until the notebook is trusted, that is, until its cells have run; an image stays, and so does its alternative
text. A style rule turns it light on dark under a dark theme; where rules are dropped, it stands on a white ground.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from workshop.views.table import AS_IT_IS, Table

WIDTH = 800
"""Units: about the pixels of a notebook's output on a projector of 1024."""
DARK = '[data-jp-theme-light="false"] .ff-chart img{background:none!important;filter:invert(1) hue-rotate(180deg)}'
IMAGE = f"background:#fff;padding:8px;box-sizing:border-box;width:100%;max-width:{WIDTH + 16}px"
BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"
"""Three of the colours that Okabe and Ito chose to be told apart with every kind of colour vision."""
COLOURS = (BLUE, ORANGE, GREEN)
DASHES = ("", "10 5", "2 5")
SIZE = 15
"""Font size."""


@dataclass(frozen=True)
class Chart:
    """A drawing with its title, its caption, what it shows in words (``alt``), and its numbers.

    ``svg`` stands by itself. ``numbers`` is the line that folds the table away.
    """

    title: str
    caption: str
    alt: str
    svg: str
    numbers: str
    table: Table

    def _repr_html_(self) -> str:
        caption = f"<br>{escape(self.caption)}" if self.caption else ""
        address = "data:image/svg+xml," + quote(self.svg, safe=" '(),/:;=")
        return (
            f'<style>{DARK}</style><figure class="ff-chart {AS_IT_IS}" style="margin:0"><figcaption>'
            f"<b>{escape(self.title)}</b>{caption}</figcaption>"
            f'<img alt="{escape(self.alt)}" src="{address}" style="{IMAGE}">'
            f'</figure><details class="{AS_IT_IS}"><summary>{escape(self.numbers)}</summary>'
            f"{self.table._repr_html_()}</details>"
        )

    def __repr__(self) -> str:
        return "\n\n".join(part for part in (self.title, self.caption, self.alt, repr(self.table)) if part)


Points = Sequence[tuple[float, float]]


class Bar(NamedTuple):
    """A bar: what it stands for, how long it is, and its length as a text."""

    label: str
    value: float
    text: str


class Span(NamedTuple):
    """A bar in time: its label, a second line below, where it starts and ends, its text; ``firm`` if it is certain."""

    label: str
    below: str
    start: float
    end: float
    text: str
    firm: bool


class Line(NamedTuple):
    """A line and its label, which stands ``at`` an x: on ``side`` -1 above it, 0 in a gap of the line, 1 below."""

    label: str
    points: Points
    at: float
    side: int


def columns_svg(title: str, alt: str, axis: str, bars: Sequence[Bar], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Upright bars with their texts on top. ``rows`` stand below, a heading and a text to a bar."""
    left, top, bottom = 150, 56, 290
    slot = (WIDTH - left) / len(bars)
    step = _every(slot, [bar.text for bar in bars] + [text for _, texts in rows for text in texts])
    highest = max(bar.value for bar in bars)
    parts = [_text(left, 20, axis)]
    for number, bar in enumerate(bars):
        x, height = left + slot * number, (bottom - top) * bar.value / highest
        parts.append(_rect(x + slot * 0.12, bottom - height, slot * 0.76, height, BLUE))
        if number % step == 0:
            parts.append(_text(x + slot / 2, bottom - height - 6, bar.text, "middle"))
    parts.append(_line(left, bottom, WIDTH, bottom))
    for below, (heading, texts) in enumerate(rows, 1):
        y = bottom + 26 * below
        parts.append(_text(left - 8, y, heading, "end"))
        parts += [_text(left + slot * (i + 0.5), y, texts[i], "middle") for i in range(0, len(bars), step)]
    return _svg(title, alt, bottom + 26 * len(rows) + 12, parts)


def spans_svg(
    title: str, alt: str, axis: str, spans: Sequence[Span], ticks: Sequence[tuple[float, str]], mark: tuple[float, str]
) -> str:
    """Bars in time, a row each, under an axis with ``ticks``. ``mark`` is a moment with its name.

    A firm span is filled; one that rests on a word given is an outline in dashes.
    """
    left, right, top, height, bar = 190, WIDTH - 40, 64, 58, 36
    bottom = top + height * len(spans)
    xs = [value for span in spans for value in (span.start, span.end)] + [mark[0]]
    scale = (right - left) / (max(xs) - min(xs))

    def at(x: float) -> float:
        return left + (x - min(xs)) * scale

    parts = [_text(left, bottom + 46, axis)]
    for x, name in ticks:
        for number, span in enumerate(spans):
            # The grid stays out of the bars, so that it doesn't cross their texts.
            y = top + height * number + (bar if span.start <= x <= span.end else 0)
            parts.append(_line(at(x), y, at(x), top + height * (number + 1), opacity=0.4))
        parts.append(_text(at(x), bottom + 20, name, "middle"))
    for number, span in enumerate(spans):
        y = top + height * number
        parts.append(_text(left - 14, y + 16, span.label, "end", bold=True))
        parts.append(_text(left - 14, y + 34, span.below, "end"))
        width = (span.end - span.start) * scale
        parts.append(_rect(at(span.start), y, width, bar, BLUE, outline=not span.firm))
        needed = _width(span.text) + 16
        if needed < width:
            colour = "#fff" if span.firm else ""
            parts.append(_text(at(span.start) + width / 2, y + 23, span.text, "middle", colour=colour))
        elif at(span.end) + needed < WIDTH:
            parts.append(_text(at(span.end) + 8, y + 23, span.text))
        else:
            parts.append(_text(at(span.start) - 8, y + 23, span.text, "end"))
    parts += [_line(at(mark[0]), top - 48, at(mark[0]), bottom, width=3, colour=ORANGE)]
    parts += [_text(at(mark[0]) - 8, top - 34, mark[1], "end", bold=True)]
    return _svg(title, alt, bottom + 58, parts)


def bars_svg(title: str, alt: str, axis: str, groups: Sequence[tuple[str, Sequence[Bar]]], *, left: float = 60) -> str:
    """Lying bars in groups, each group under its heading; ``left`` is the room for their labels."""
    row = 21
    scale = (WIDTH - left - 90) / max(bar.value for _, bars in groups for bar in bars)
    y, parts = 20, [_text(0, 16, axis)]
    for heading, bars in groups:
        y += 34
        parts.append(_text(0, y, heading, bold=True))
        y += 9
        for bar in bars:
            parts.append(_text(left - 10, y + 15, bar.label, "end"))
            parts.append(_rect(left, y + 2, bar.value * scale, row - 5, BLUE))
            parts.append(_text(left + bar.value * scale + 7, y + 15, bar.text))
            y += row
    return _svg(title, alt, y + 8, parts)


def lines_svg(title: str, alt: str, across: str, up: str, lines: Sequence[Line]) -> str:
    """Rising lines from a common zero, each with a dash of its own and its label beside it.

    Where the lines run too close for that, the labels stand in the corner above them, each behind a piece of its line.
    """
    left, right, top, bottom = 50, WIDTH - 20, 48, 380
    points = [point for line in lines for point in line.points]
    last, highest = max(x for x, _ in points), max(y for _, y in points)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (right - left) * x / last, bottom - (bottom - top) * y / highest

    parts = [_text(0, 20, up), _text(right, bottom + 48, across, "end")]
    for tick in _ticks(highest):
        y = at(0, tick)[1]
        parts += [_line(left, y, right, y, opacity=0.25), _text(left - 10, y + 5, f"{tick:g}", "end")]
    step = _every((right - left) / last, [str(int(last))])
    parts += [_text(at(x, 0)[0], bottom + 22, str(x), "middle") for x in range(0, int(last) + 1, step)]
    middles = sorted(at(last / 2, _height(line.points, last / 2))[1] for line in lines)
    crowded = any(below - above < 48 for above, below in pairwise(middles))
    for number, line in enumerate(lines):
        x, y = at(line.at, _height(line.points, line.at))
        gap = 0.0
        if crowded:
            x, y = left + 90, top + 26 + 26 * (len(lines) - number)
            parts += [_path([(left + 24, y - 5), (left + 80, y - 5)], number), _text(x, y, line.label, bold=True)]
        else:
            anchor = ("end", "middle", "start")[line.side + 1]
            parts.append(_text(x + 14 * line.side, y + 5 + 14 * line.side, line.label, anchor, bold=True))
            gap = 0 if line.side else (_width(line.label) / 2 + 4) * last / (right - left)
        pieces = _pieces(line.points, line.at, gap)
        parts += [_path([at(*point) for point in piece], number) for piece in pieces]
    return _svg(title, alt, bottom + 60, parts)


def _ticks(highest: float) -> list[float]:
    """Round heights from 0 to ``highest``, at most five steps."""
    power = 10.0 ** math.floor(math.log10(highest / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if highest / (power * factor) <= 5)
    return [step * number for number in range(int(highest / step) + 1)]


def _pieces(points: Points, middle: float, half: float) -> list[Points]:
    """The line, or what is left of it on both sides of a gap around ``middle``."""
    if not half:
        return [points]
    low, high = middle - half, middle + half
    before = [*(point for point in points if point[0] < low), (low, _height(points, low))]
    return [before, [(high, _height(points, high)), *(point for point in points if point[0] > high)]]


def _height(points: Points, x: float) -> float:
    """The line's height at ``x``, between its points."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    raise ValueError(f"the line doesn't reach {x}")


def _every(slot: float, texts: Sequence[str]) -> int:
    """Every how many slots there is room for these texts."""
    return math.ceil((max(map(_width, texts)) + 6) / slot)


def _width(text: str) -> float:
    """About the width of a text: sans-serif letters average a little over half their height."""
    return 0.58 * SIZE * len(text)


def _n(number: float) -> str:
    """A coordinate to a tenth: the same text from every machine's floating point."""
    return f"{round(number, 1):g}"


def _text(x: float, y: float, text: str, anchor: str = "start", *, bold: bool = False, colour: str = "") -> str:
    weight = ' font-weight="bold"' if bold else ""
    fill = f' fill="{colour}"' if colour else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{weight}{fill}>{escape(text)}</text>'


def _path(points: Points, number: int) -> str:
    """The chart's line ``number``, in its colour and dash."""
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    dash = f' stroke-dasharray="{DASHES[number]}" stroke-linecap="round"' if DASHES[number] else ""
    return f'<polyline points="{path}" fill="none" stroke="{COLOURS[number]}" stroke-width="4"{dash}/>'


def _rect(x: float, y: float, width: float, height: float, colour: str, *, outline: bool = False) -> str:
    paint = f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="7 4"' if outline else f'fill="{colour}"'
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" {paint}/>'


def _line(
    x1: float, y1: float, x2: float, y2: float, *, width: float = 1, colour: str = "currentColor", opacity: float = 1
) -> str:
    ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{_n(width)}" stroke-opacity="{opacity:g}"/>'


def _svg(title: str, alt: str, height: float, parts: Sequence[str]) -> str:
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {_n(height)}" '
        f'style="width:100%;max-width:{WIDTH}px;height:auto" font-family="system-ui,sans-serif" font-size="{SIZE}" '
        f'fill="currentColor"><title>{escape(title)}</title><desc>{escape(alt)}</desc>{body}</svg>'
    )

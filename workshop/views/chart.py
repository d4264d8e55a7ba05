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

from workshop.views import draw
from workshop.views.table import AS_IT_IS, Table

DARK = '[data-jp-theme-light="false"] .ff-chart img{background:none!important;filter:invert(1) hue-rotate(180deg)}'
IMAGE = f"background:#fff;padding:8px;box-sizing:border-box;width:100%;max-width:{draw.WIDTH + 16}px"


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
    points: draw.Points
    at: float
    side: int


def columns_svg(title: str, alt: str, axis: str, bars: Sequence[Bar], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Upright bars with their texts on top. ``rows`` stand below, a heading and a text to a bar."""
    left, top, bottom = 150, 56, 290
    slot = (draw.WIDTH - left) / len(bars)
    step = draw.every(slot, [bar.text for bar in bars] + [text for _, texts in rows for text in texts])
    highest = max(bar.value for bar in bars)
    parts = [draw.text(left, 20, axis)]
    for number, bar in enumerate(bars):
        x, height = left + slot * number, (bottom - top) * bar.value / highest
        parts.append(draw.rect(x + slot * 0.12, bottom - height, slot * 0.76, height, draw.BLUE))
        if number % step == 0:
            parts.append(draw.text(x + slot / 2, bottom - height - 6, bar.text, "middle"))
    parts.append(draw.line(left, bottom, draw.WIDTH, bottom))
    for below, (heading, texts) in enumerate(rows, 1):
        y = bottom + 26 * below
        parts.append(draw.text(left - 8, y, heading, "end"))
        parts += [draw.text(left + slot * (i + 0.5), y, texts[i], "middle") for i in range(0, len(bars), step)]
    return draw.svg(title, alt, bottom + 26 * len(rows) + 12, parts)


def spans_svg(
    title: str, alt: str, axis: str, spans: Sequence[Span], ticks: Sequence[tuple[float, str]], mark: tuple[float, str]
) -> str:
    """Bars in time, a row each, under an axis with ``ticks``. ``mark`` is a moment with its name.

    A firm span is filled; one that rests on a word given is an outline in dashes.
    """
    left, right, top, height, bar = 190, draw.WIDTH - 40, 64, 58, 36
    bottom = top + height * len(spans)
    xs = [value for span in spans for value in (span.start, span.end)] + [mark[0]]
    scale = (right - left) / (max(xs) - min(xs))

    def at(x: float) -> float:
        return left + (x - min(xs)) * scale

    parts = [draw.text(left, bottom + 46, axis)]
    for x, name in ticks:
        for number, span in enumerate(spans):
            # The grid stays out of the bars, so that it doesn't cross their texts.
            y = top + height * number + (bar if span.start <= x <= span.end else 0)
            parts.append(draw.line(at(x), y, at(x), top + height * (number + 1), opacity=0.4))
        parts.append(draw.text(at(x), bottom + 20, name, "middle"))
    for number, span in enumerate(spans):
        y = top + height * number
        parts.append(draw.text(left - 14, y + 16, span.label, "end", bold=True))
        parts.append(draw.text(left - 14, y + 34, span.below, "end"))
        width = (span.end - span.start) * scale
        parts.append(draw.rect(at(span.start), y, width, bar, draw.BLUE, outline=not span.firm))
        needed = draw.width_of(span.text) + 16
        if needed < width:
            colour = "#fff" if span.firm else ""
            parts.append(draw.text(at(span.start) + width / 2, y + 23, span.text, "middle", colour=colour))
        elif at(span.end) + needed < draw.WIDTH:
            parts.append(draw.text(at(span.end) + 8, y + 23, span.text))
        else:
            parts.append(draw.text(at(span.start) - 8, y + 23, span.text, "end"))
    parts += [draw.line(at(mark[0]), top - 48, at(mark[0]), bottom, width=3, colour=draw.ORANGE)]
    parts += [draw.text(at(mark[0]) - 8, top - 34, mark[1], "end", bold=True)]
    return draw.svg(title, alt, bottom + 58, parts)


def bars_svg(title: str, alt: str, axis: str, groups: Sequence[tuple[str, Sequence[Bar]]], *, left: float = 60) -> str:
    """Lying bars in groups, each group under its heading; ``left`` is the room for their labels."""
    row = 21
    scale = (draw.WIDTH - left - 90) / max(bar.value for _, bars in groups for bar in bars)
    y, parts = 20, [draw.text(0, 16, axis)]
    for heading, bars in groups:
        y += 34
        parts.append(draw.text(0, y, heading, bold=True))
        y += 9
        for bar in bars:
            parts.append(draw.text(left - 10, y + 15, bar.label, "end"))
            parts.append(draw.rect(left, y + 2, bar.value * scale, row - 5, draw.BLUE))
            parts.append(draw.text(left + bar.value * scale + 7, y + 15, bar.text))
            y += row
    return draw.svg(title, alt, y + 8, parts)


def lines_svg(title: str, alt: str, across: str, up: str, lines: Sequence[Line]) -> str:
    """Rising lines from a common zero, each with a dash of its own and its label beside it.

    Where the lines run too close for that, the labels stand in the corner above them, each behind a piece of its line.
    """
    left, right, top, bottom = 50, draw.WIDTH - 20, 48, 380
    points = [point for line in lines for point in line.points]
    last, highest = max(x for x, _ in points), max(y for _, y in points)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (right - left) * x / last, bottom - (bottom - top) * y / highest

    parts = [draw.text(0, 20, up), draw.text(right, bottom + 48, across, "end")]
    for tick in _ticks(highest):
        y = at(0, tick)[1]
        parts += [draw.line(left, y, right, y, opacity=0.25), draw.text(left - 10, y + 5, f"{tick:g}", "end")]
    step = draw.every((right - left) / last, [str(int(last))])
    parts += [draw.text(at(x, 0)[0], bottom + 22, str(x), "middle") for x in range(0, int(last) + 1, step)]
    middles = sorted(at(last / 2, _height(line.points, last / 2))[1] for line in lines)
    crowded = any(below - above < 48 for above, below in pairwise(middles))
    for number, line in enumerate(lines):
        x, y = at(line.at, _height(line.points, line.at))
        gap = 0.0
        if crowded:
            x, y = left + 90, top + 26 + 26 * (len(lines) - number)
            parts += [
                draw.polyline([(left + 24, y - 5), (left + 80, y - 5)], number),
                draw.text(x, y, line.label, bold=True),
            ]
        else:
            anchor = ("end", "middle", "start")[line.side + 1]
            parts.append(draw.text(x + 14 * line.side, y + 5 + 14 * line.side, line.label, anchor, bold=True))
            gap = 0 if line.side else (draw.width_of(line.label) / 2 + 4) * last / (right - left)
        pieces = _pieces(line.points, line.at, gap)
        parts += [draw.polyline([at(*point) for point in piece], number) for piece in pieces]
    return draw.svg(title, alt, bottom + 60, parts)


def _ticks(highest: float) -> list[float]:
    """Round heights from 0 to ``highest``, at most five steps."""
    power = 10.0 ** math.floor(math.log10(highest / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if highest / (power * factor) <= 5)
    return [step * number for number in range(int(highest / step) + 1)]


def _pieces(points: draw.Points, middle: float, half: float) -> list[draw.Points]:
    """The line, or what is left of it on both sides of a gap around ``middle``."""
    if not half:
        return [points]
    low, high = middle - half, middle + half
    before = [*(point for point in points if point[0] < low), (low, _height(points, low))]
    return [before, [(high, _height(points, high)), *(point for point in points if point[0] > high)]]


def _height(points: draw.Points, x: float) -> float:
    """The line's height at ``x``, between its points."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    raise ValueError(f"the line doesn't reach {x}")

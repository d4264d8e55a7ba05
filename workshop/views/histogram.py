"""A histogram with moments marked on it, drawn in the manner of ``workshop.views.chart``."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from workshop.views import draw

LEFT, RIGHT, ROW, HEIGHT = 14, draw.WIDTH - 14, 24, 220
"""Units: the drawing's edges, the height of a mark's row, the height of the highest bar."""
PAINT = {"plan": ("currentColor", ""), "model": (draw.GREEN, ""), "own": (draw.ORANGE, "7 4")}


class Bin(NamedTuple):
    """A bar: where it starts and ends on the axis, and the share of all cases that lie between."""

    start: float
    end: float
    share: float


class Mark(NamedTuple):
    """A moment on the axis with its name. Its kind decides on the line: the plan's, the model's, or one's own."""

    at: float
    label: str
    kind: Literal["plan", "model", "own"]


def histogram_svg(title: str, alt: str, axis: str, bins: Sequence[Bin], marks: Sequence[Mark]) -> str:
    """Bars side by side over an axis of numbers; above them the marks, the earliest on top, each in a row of its own.

    A mark beyond the last bar stands at the edge, with an arrow.
    """
    first, last = bins[0].start, bins[-1].end
    top = 12 + ROW * len(marks)
    bottom = top + HEIGHT
    highest = max(each.share for each in bins) or 1.0

    def at(x: float) -> float:
        return LEFT + (RIGHT - LEFT) * (min(x, last) - first) / (last - first)

    parts = []
    for each in bins:
        height = (HEIGHT - 10) * each.share / highest
        parts.append(
            draw.rect(at(each.start) + 1, bottom - height, at(each.end) - at(each.start) - 2, height, draw.BLUE)
        )
    parts.append(draw.line(LEFT, bottom, RIGHT, bottom))
    step = _tick((RIGHT - LEFT) / (last - first), last)
    ticks = range(math.ceil(first / step) * step, int(last) + 1, step)
    parts += [draw.text(at(tick), bottom + 20, str(tick), "middle") for tick in ticks]
    parts.append(draw.text(RIGHT, bottom + 46, axis, "end"))
    for row, mark in enumerate(sorted(marks)):
        parts += _mark(mark, at(mark.at), 12 + ROW * row, bottom, beyond=mark.at > last)
    return draw.svg(title, alt, bottom + 58, parts)


def _mark(mark: Mark, x: float, y: float, bottom: float, *, beyond: bool) -> list[str]:
    """The mark's line from its label down to the axis; the label stands on the side that has room."""
    colour, dash = PAINT[mark.kind]
    label = f"{mark.label} \N{RIGHTWARDS ARROW}" if beyond else mark.label
    right = x + 8 + draw.width_of(label) * 1.05 <= draw.WIDTH
    ground = draw.line(x, y - 8, x, bottom, width=7, colour="#fff")  # so that it stands out from the bars, too
    line = draw.line(x, y - 8, x, bottom, width=3, colour=colour)
    if dash:
        line = line.replace("/>", f' stroke-dasharray="{dash}"/>')
    return [ground, line, draw.text(x + (8 if right else -8), y + 5, label, "start" if right else "end", bold=True)]


def _tick(unit: float, last: float) -> int:
    """Every how many whole numbers there is room for one."""
    least = draw.every(unit, [str(int(last))])
    return next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step >= least)

"""A drawing of moments on a line: numbered dots in time, two marked days, and the moments' texts below."""

from collections.abc import Sequence
from typing import NamedTuple

from workshop.views import draw

RADIUS = 12
NEAR = 2 * RADIUS + 2
"""Dots nearer than this are set one above the other."""


class Moment(NamedTuple):
    """A moment: when it is, in any unit, the number in its dot, when as a text, and what happened."""

    at: float
    number: str
    when: str
    text: str


class Mark(NamedTuple):
    """A day that divides the line, and its name."""

    at: float
    name: str


def moments_svg(title: str, alt: str, axis: str, moments: Sequence[Moment], marks: tuple[Mark, Mark]) -> str:
    """The moments in order of time, as dots on a line, with the first mark and, named above it, the second.

    Moments near each other are stacked. Each moment has a line of text below, cut to the width.
    """
    left, right = 20.0, draw.WIDTH - 20.0
    times = [moment.at for moment in moments] + [mark.at for mark in marks]
    scale = (right - left) / ((max(times) - min(times)) or 1)

    def at(x: float) -> float:
        return left + (x - min(times)) * scale

    levels = _levels([at(moment.at) for moment in moments])
    base = 62.0 + NEAR * max(levels, default=0)
    parts = [draw.line(left - 12, base, right + 12, base, width=3)]
    for mark, height, colour in zip(marks, (38, 18), (draw.ORANGE, draw.BLUE), strict=True):
        x = at(mark.at)
        parts.append(draw.line(x, height - 12, x, base + 20, width=3, colour=colour))
        fits = x - 8 - draw.width_of(mark.name) > 0
        parts.append(draw.text(x + (-8 if fits else 8), height, mark.name, "end" if fits else "start", bold=True))
    for moment, level in zip(moments, levels, strict=True):
        x, y = at(moment.at), base - NEAR * level
        parts.append(f'<circle cx="{draw.number(x)}" cy="{draw.number(y)}" r="{RADIUS}" fill="{draw.BLUE}"/>')
        parts.append(draw.text(x, y + 5, moment.number, "middle", bold=True, colour="#fff"))
    parts.append(draw.text(left - 12, base + 40, axis))
    wide = max((draw.width_of(moment.when) for moment in moments), default=0)
    y = base + 46.0
    for moment in moments:
        y += 1.5 * draw.SIZE
        parts.append(draw.text(24, y, moment.number, "end", bold=True))
        parts.append(draw.text(36, y, moment.when))
        parts.append(draw.text(48 + wide, y, _cut(moment.text, draw.WIDTH - 48 - wide)))
    return draw.svg(title, alt, y + 14, parts)


def _levels(xs: Sequence[float]) -> list[int]:
    """For each place on the line, from left to right, the lowest level that no near dot before it has taken."""
    levels: list[int] = []
    for number, x in enumerate(xs):
        taken = {levels[before] for before in range(number) if x - xs[before] < NEAR}
        levels.append(next(level for level in range(number + 1) if level not in taken))
    return levels


def _cut(text: str, width: float) -> str:
    """The text, or as many of its words as fit with three dots."""
    if draw.width_of(text) <= width:
        return text
    words = text.split()
    while words and draw.width_of(" ".join(words) + " ...") > width:
        words.pop()
    return " ".join(words) + " ..."

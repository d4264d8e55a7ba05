"""Drawings of a decision: what each option is expected to lose, where the best one changes, and a tornado."""

from collections.abc import Sequence
from typing import NamedTuple

from workshop.views import draw
from workshop.views.chart import Bar


class Stretch(NamedTuple):
    """A part of a scale from 0 to 1, the name of what holds there, and the number of its colour."""

    start: float
    end: float
    label: str
    colour: int


class Reach(NamedTuple):
    """A bar of a tornado: its name, where it ends for the low and the high value, and these two as texts."""

    label: str
    low: float
    high: float
    low_text: str
    high_text: str


def losses_svg(
    title: str,
    alt: str,
    axes: tuple[str, str],
    bars: Sequence[tuple[int, Bar]],
    stretches: Sequence[Stretch],
    now: tuple[float, str],
) -> str:
    """Lying bars from zero, each below its label; then a scale from 0% to 100% in stretches, with a mark at ``now``.

    ``axes`` names the bars' measure and the scale. A bar comes with the number of its colour in ``draw.COLOURS``.
    """
    scale = (draw.WIDTH - 90) / max(0.01, *(bar.value for _, bar in bars))
    y, parts = 16.0, [draw.text(0, 16, axes[0], bold=True)]
    for colour, bar in bars:
        parts.append(draw.text(0, y + 28, bar.label))
        parts.append(draw.rect(0, y + 35, bar.value * scale, 18, draw.COLOURS[colour]))
        parts.append(draw.text(bar.value * scale + 7, y + 49, bar.text))
        y += 46
    y += 48
    parts.append(draw.text(0, y, axes[1], bold=True))
    left, right = 20, draw.WIDTH - 30
    for stretch in stretches:
        start, end = (left + (right - left) * edge for edge in (stretch.start, stretch.end))
        parts.append(draw.rect(start, y + 46, end - start, 16, draw.COLOURS[stretch.colour]))
        parts.append(draw.line(end, y + 42, end, y + 66, width=2))
        parts.append(draw.text(end, y + 82, f"{stretch.end:.0%}", "end" if stretch.end == 1 else "middle"))
    parts += [draw.line(left, y + 42, left, y + 66, width=2), draw.text(left, y + 82, "0%", "middle")]
    parts += _names(stretches, left, right, y + 102)
    at = left + (right - left) * now[0]
    parts += [
        draw.line(at, y + 30, at, y + 64, width=3),
        draw.text(at, y + 24, now[1], "start" if at < draw.WIDTH / 2 else "end"),
    ]
    return draw.svg(title, alt, y + 112 + 24 * (len(stretches) - 1), parts)


def _names(stretches: Sequence[Stretch], left: float, right: float, y: float) -> list[str]:
    """What holds in each stretch, one a line, with its colour and its ends before it."""
    parts = []
    for stretch in stretches:
        parts.append(draw.rect(left, y - 11, 12, 12, draw.COLOURS[stretch.colour]))
        parts.append(draw.text(left + 20, y, f"{stretch.start:.0%} - {stretch.end:.0%}: {stretch.label}"))
        y += 24
    return parts


def tornado_svg(title: str, alt: str, axis: str, base: tuple[float, str], zero: str, reaches: Sequence[Reach]) -> str:
    """Bars on both sides of ``base`` (a value and its name), one a row below its label.

    The part towards the low value is blue, the part towards the high one orange, and each end carries its text. A
    dashed line stands at zero, with ``zero`` at its head.
    """
    left, right, top, row = 80, draw.WIDTH - 80, 76, 46
    ends = [0.0, base[0], *(end for reach in reaches for end in (reach.low, reach.high))]
    scale = (right - left) / ((max(ends) - min(ends)) or 1)

    def at(value: float) -> float:
        return left + (value - min(ends)) * scale

    parts = [draw.text(0, 16, axis, bold=True), *_head(at(0), zero, 44), *_head(at(base[0]), base[1], 66)]
    for number, reach in enumerate(reaches):
        y, clear = top + row * number, True
        parts.append(draw.text(0, y + 14, reach.label))
        for end, text, colour in ((reach.low, reach.low_text, draw.BLUE), (reach.high, reach.high_text, draw.ORANGE)):
            side = 1 if end > base[0] else -1
            parts.append(draw.rect(min(at(end), at(base[0])), y + 21, abs(at(end) - at(base[0])), 16, colour))
            parts.append(draw.text(at(end) + 6 * side, y + 34, text, "start" if side > 0 else "end"))
            clear = clear and not 0 < side * (at(0) - at(end)) < draw.width_of(text) + 12
        # The lines stand beside the bars only and give way to their texts, so that they cross none.
        parts += [draw.line(at(0), y + dash, at(0), y + dash + 5, width=2) for dash in (18, 27, 36) if clear]
        parts.append(draw.line(at(base[0]), y + 18, at(base[0]), y + 41, width=2))
    return draw.svg(title, alt, top + row * len(reaches) + 8, parts)


def _head(x: float, text: str, y: float) -> list[str]:
    """A text at the head of an upright line, on the side where there is more room, and the head itself."""
    label = draw.text(x + 8, y, text) if x < draw.WIDTH / 2 else draw.text(x - 8, y, text, "end")
    return [label, draw.line(x, y - 12, x, y + 4, width=2)]

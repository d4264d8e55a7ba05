"""What every drawing is made of: SVG text, lines and bars in a few colours. ``chart`` says why by hand."""

import math
from collections.abc import Sequence
from html import escape

WIDTH = 800
"""Units: about the pixels of a notebook's output on a projector of 1024."""
BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"
"""Three of the colours that Okabe and Ito chose to be told apart with every kind of colour vision."""
COLOURS = (BLUE, ORANGE, GREEN)
DASHES = ("", "10 5", "2 5")
SIZE = 15
"""Font size."""

Points = Sequence[tuple[float, float]]


def every(slot: float, texts: Sequence[str]) -> int:
    """Every how many slots there is room for these texts."""
    return math.ceil((max(map(width_of, texts)) + 6) / slot)


def width_of(words: str) -> float:
    """About the width of a text: sans-serif letters average a little over half their height."""
    return 0.58 * SIZE * len(words)


def number(value: float) -> str:
    """A coordinate to a tenth: the same text from every machine's floating point."""
    return f"{round(value, 1):g}"


def text(x: float, y: float, words: str, anchor: str = "start", *, bold: bool = False, colour: str = "") -> str:
    """A text at a point, which is its ``anchor``: start, middle or end."""
    weight = ' font-weight="bold"' if bold else ""
    fill = f' fill="{colour}"' if colour else ""
    return f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"{weight}{fill}>{escape(words)}</text>'


def polyline(points: Points, nth: int) -> str:
    """The chart's line ``nth``, from 0, in its colour and dash."""
    path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    dash = f' stroke-dasharray="{DASHES[nth]}" stroke-linecap="round"' if DASHES[nth] else ""
    return f'<polyline points="{path}" fill="none" stroke="{COLOURS[nth]}" stroke-width="4"{dash}/>'


def rect(x: float, y: float, width: float, height: float, colour: str, *, outline: bool = False) -> str:
    """A filled bar, or its dashed outline."""
    paint = f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="7 4"' if outline else f'fill="{colour}"'
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" {paint}/>'


def line(
    x1: float, y1: float, x2: float, y2: float, *, width: float = 1, colour: str = "currentColor", opacity: float = 1
) -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{number(width)}" stroke-opacity="{opacity:g}"/>'


def svg(title: str, alt: str, height: float, parts: Sequence[str]) -> str:
    """The drawing: ``WIDTH`` wide, ``height`` high, with its title and what it shows in words."""
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {number(height)}" '
        f'style="width:100%;max-width:{WIDTH}px;height:auto" font-family="system-ui,sans-serif" font-size="{SIZE}" '
        f'fill="currentColor"><title>{escape(title)}</title><desc>{escape(alt)}</desc>{body}</svg>'
    )

"""A heat map: bands across, bands up, and numbered marks in their cells.

Nothing rests on colour: each cell carries its weight as a text, and each mark its number.
"""

from collections.abc import Sequence
from typing import NamedTuple

from workshop.views import draw

LEFT, TOP, HEIGHT = 120, 34, 84
"""Where the grid begins, and how high a cell is."""
RADIUS, GAP = 13, 30
"""Of a mark, and from mark to mark."""
PALEST, DARKEST = 0.04, 0.6
"""How much blue is in the lightest and in the heaviest cell; black text can be read on both."""


class Cell(NamedTuple):
    """A cell: how heavy it is (0 to 1), the text that says so, and the marks in it."""

    weight: float
    text: str
    marks: Sequence[str] = ()


def heat_svg(
    title: str,
    alt: str,
    across: str,
    up: str,
    columns: Sequence[str],
    rows: Sequence[str],
    cells: Sequence[Sequence[Cell]],
) -> str:
    """The grid of ``cells``, a row for each of ``rows`` from the bottom up; ``across`` and ``up`` name the axes."""
    width = (draw.WIDTH - LEFT) / len(columns)
    bottom = TOP + HEIGHT * len(rows)
    parts = [draw.text(0, 20, up, bold=True), draw.text(draw.WIDTH, bottom + 48, across, "end", bold=True)]
    for number, column in enumerate(columns):
        parts.append(draw.text(LEFT + width * (number + 0.5), bottom + 22, column, "middle"))
    for number, (label, line) in enumerate(zip(rows, cells, strict=True), 1):
        y = bottom - HEIGHT * number
        parts.append(draw.text(LEFT - 10, y + HEIGHT / 2 + 5, label, "end"))
        for place, cell in enumerate(line):
            parts += _cell(LEFT + width * place, y, width, cell)
    parts += [draw.line(LEFT, TOP, LEFT, bottom, width=2), draw.line(LEFT, bottom, draw.WIDTH, bottom, width=2)]
    return draw.svg(title, alt, bottom + 62, parts)


def _cell(x: float, y: float, width: float, cell: Cell) -> list[str]:
    """A shaded box with its text in the corner and its marks in lines above it, closer where they are many."""
    shade = PALEST + (DARKEST - PALEST) * cell.weight
    box = f'x="{draw.number(x)}" y="{draw.number(y)}" width="{draw.number(width)}" height="{HEIGHT}"'
    parts = [f'<rect {box} fill="{draw.BLUE}" fill-opacity="{shade:.2f}" stroke="currentColor" stroke-opacity="0.3"/>']
    parts.append(draw.text(x + width - 6, y + HEIGHT - 7, cell.text, "end"))
    to_a_line = int((width - 8) // GAP)
    lines = -(-len(cell.marks) // to_a_line)
    step = min(GAP, (HEIGHT - 2 * RADIUS - 4) / max(1, lines - 1))
    for number, mark in enumerate(cell.marks):
        line, place = divmod(number, to_a_line)
        parts += _mark(x + 4 + GAP * (place + 0.5), y + RADIUS + 3 + step * line, mark)
    return parts


def _mark(x: float, y: float, text: str) -> list[str]:
    at = f'cx="{draw.number(x)}" cy="{draw.number(y)}" r="{RADIUS}"'
    disc = f'<circle {at} fill="currentColor" stroke="#fff" stroke-width="1.5"/>'
    return [disc, draw.text(x, y + 5, text, "middle", bold=True, colour="#fff")]

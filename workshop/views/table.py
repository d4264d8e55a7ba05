"""A table to look at: HTML with its caption in place, and the same as aligned plain text.

Only markup and inline styles that JupyterLab keeps in a notebook it doesn't trust yet.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import zip_longest
from typing import Literal

AS_IT_IS = "mathjax_ignore tex2jax_ignore"
"""Classes that keep MathJax away: it would set everything between two dollar signs as a formula."""
KEYS_STAY = 'data-lm-suppress-shortcuts="true"'
"""The attribute by which JupyterLab leaves an element's keys alone; its name is JupyterLab's."""
WIDEST = 44
"""Characters: a longer cell is wrapped in plain text."""
LONG = 60
"""Characters: a column with a longer cell keeps room for a few words side by side, however narrow the page is."""
WIDE = 88
"""Characters in a line of the note."""


@dataclass(frozen=True)
class Column:
    """A column's heading, and what it holds: text, numbers (set flush right) or dates (never wrapped)."""

    label: str
    kind: Literal["text", "number", "date"] = "text"


@dataclass(frozen=True)
class Table:
    """A caption, columns, rows of ready texts, and a note below. The first cell of a row is its heading.

    With ``fold`` the table is folded away under that line, where a page can fold.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    note: str = ""
    fold: str = ""

    def _repr_html_(self) -> str:
        if self.fold:
            folded = replace(self, fold="")._repr_html_()
            return f'<details class="{AS_IT_IS}"><summary>{escape(self.fold)}</summary>{folded}</details>'
        heads = (f'<th scope="col" style="{_style(each)}">{escape(each.label)}</th>' for each in self.columns)
        body = "".join(f"<tr>{self._row_html(row)}</tr>" for row in self.rows)
        note = f'<p class="{AS_IT_IS}">{escape(self.note)}</p>' if self.note else ""
        # A table that scrolls sideways must be reachable by keyboard, hence the tab stop; and its arrow keys must not
        # mean JupyterLab's cells, hence the mark, which JupyterLab knows.
        caption = escape(self.caption)
        return (
            f'<div class="ff-table {AS_IT_IS}" role="group" tabindex="0" {KEYS_STAY} aria-label="{caption}" '
            'style="overflow-x:auto"><table style="margin-left:0">'
            f'<caption style="text-align:left;font-weight:bold">{caption}</caption>'
            f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody></table></div>{note}"
        )

    def _row_html(self, row: Sequence[str]) -> str:
        cells = []
        for number, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            long = ' class="ff-long"' if len(cell) > LONG else ""
            cells.append(f'<{tag}{scope}{long} style="{_style(column)};vertical-align:top">{escape(cell)}</{tag}>')
        return "".join(cells)

    def __repr__(self) -> str:
        labels = [column.label for column in self.columns]
        wrapped = [[textwrap.wrap(cell, WIDEST) or [""] for cell in row] for row in (labels, *self.rows)]
        widths = [max(len(line) for cell in column for line in cell) for column in zip(*wrapped, strict=True)]
        head, *body = ["\n".join(self._lines(row, widths)) for row in wrapped]
        rule = "  ".join("-" * width for width in widths)
        note = ["", *textwrap.wrap(self.note, WIDE)] if self.note else []
        return "\n".join([self.caption, "", head, rule, *body, *note])

    def _lines(self, row: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
        return [
            "  ".join(
                text.rjust(width) if column.kind == "number" else text.ljust(width)
                for column, text, width in zip(self.columns, line, widths, strict=True)
            ).rstrip()
            for line in zip_longest(*row, fillvalue="")
        ]


def _style(column: Column) -> str:
    align = "right" if column.kind == "number" else "left"
    return f"text-align:{align}" + (";white-space:nowrap" if column.kind == "date" else "")

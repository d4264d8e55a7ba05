"""What participants take along: their answers as Word, Markdown, HTML, or as a table for other tools."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workshop.exercises.base import Case, is_answer
from workshop.exercises.days import read_day
from workshop.views.card import Card, build_card, card_docx, card_html, card_markdown, plain_line
from workshop.views.chart import Chart
from workshop.views.reminders import reminders
from workshop.views.sheet import Spec, State, shown_groups, shown_value
from workshop.views.table import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


@dataclass(frozen=True)
class Document:
    """An exercise with its answers, and the tables and charts that follow from them."""

    spec: Spec
    state: State
    results: Sequence[Table | Chart] = ()
    case: Case = field(default_factory=Case)

    @cached_property
    def card(self) -> Card:
        """The answers as headings and texts."""
        return build_card(self.spec, self.state)


def as_markdown(document: Document) -> str:
    """The answers as CommonMark, then each result as a Markdown table."""
    tables = [result.table if isinstance(result, Chart) else result for result in document.results]
    return "\n".join([card_markdown(document.card), *(_markdown_table(table) for table in tables)])


def as_html(document: Document) -> str:
    """The answers as a page, then each result."""
    return card_html(document.card, below="".join(result._repr_html_() for result in document.results))


def _markdown_table(table: Table) -> str:
    rows = [[column.label for column in table.columns], ["---"] * len(table.columns), *table.rows]
    lines = (f"| {' | '.join(plain_line(' '.join(cell.split())) for cell in row)} |" for row in rows[2:])
    head = (f"| {' | '.join(row)} |" for row in rows[:2])
    note = f"\n{plain_line(table.note)}\n" if table.note else ""
    return "\n".join([f"## {plain_line(table.caption)}", "", *head, *lines, note])


def as_csv(document: Document) -> str:
    """The rows of the exercise, one a line below the columns' labels, for a spreadsheet or a tracker (RFC 4180).

    A number stands bare, its unit in the heading.
    """
    values, words = document.state["values"], document.spec["words"]
    groups = [group for group in shown_groups(document.spec, values) if group.get("rows")]
    text = io.StringIO()
    writer = csv.writer(text)
    for number, group in enumerate(groups):
        fields = group["fields"]
        if not number:
            writer.writerow([f"{each['label']} ({each['unit']})" if each["unit"] else each["label"] for each in fields])
        answers = [values.get(field["name"]) for field in fields]
        if any(is_answer(answer) for answer in answers):
            bare = [{**field, "unit": ""} for field in fields]
            cells = [shown_value(*pair, words) for pair in zip(bare, answers, strict=True)]
            texts = [isinstance(answer, str) for answer in answers]
            writer.writerow([_harmless(cell) if text else cell for cell, text in zip(cells, texts, strict=True)])
    return text.getvalue()


def actions_csv(document: Document) -> str:
    """The rows, for a tracker: days as 2026-03-16 where they can be read, and each action's grade with its reason."""
    head, *rows = csv.reader(io.StringIO(as_csv(document)))
    tables = [result for result in document.results if isinstance(result, Table)]
    graded = {_harmless(str(row[0])): row[1:] for table in tables for row in table.rows}
    more = [column.label for table in tables for column in table.columns[1:]]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*head, *more])
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        days = [day.isoformat() if (day := read_day(cell)) else cell for cell in cells]
        writer.writerow([*days, *graded.get(cells[0], [""] * len(more))])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


Writer = Callable[[Document], str | bytes]

WRITERS: Mapping[str, Writer] = {
    "docx": lambda document: card_docx(document.card),
    "md": as_markdown,
    "html": as_html,
    "csv": as_csv,
}
"""File suffix to the function that writes any exercise so."""


def _contract(document: Document) -> str:
    """The agreement as one OpenAPI 3.1 file."""
    from workshop.payments.document import write_text
    from workshop.payments.rfc import drafted

    return write_text(drafted(document.state["values"], round(document.case.facts["load.peak"].number)))


DOCUMENTS: Mapping[str, Mapping[str, Writer]] = {
    "promise": {"yaml": _contract},
    "actions": {"csv": actions_csv},
    "commitments": {"ics": reminders},
}
"""Exercise to the formats that it writes in its own way."""

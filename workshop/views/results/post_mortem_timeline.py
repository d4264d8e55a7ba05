"""The timeline as it stands: its entries in the order of time, drawn on a line with the alarm and the planned date."""

from collections.abc import Mapping
from datetime import date

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.post_mortem_timeline import Entry, alarm_week, place
from workshop.exercises.revenue import day_of_week
from workshop.facts import show_date
from workshop.views.chart import Chart
from workshop.views.moments import Mark, Moment, moments_svg
from workshop.views.table import Column, Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table | Chart]:
    """The line with its table; nothing before two entries have a time and a text."""
    entries = [entry for entry in place(answers, case) if entry.event]
    if len(entries) < 2:
        return []
    own = words["post-mortem-timeline"]
    labels = {name: " ".join(label.split()) for name, label in own.labels.items()}
    moments = [Moment(entry.week, str(n), _when(entry), entry.event) for n, entry in enumerate(entries, 1)]
    marks = (Mark(alarm_week(case), labels["alarm"]), Mark(0.0, labels["launch"]))
    svg = moments_svg(own.title, labels["alt"], labels["axis"], moments, marks)
    columns = [Column(labels["column_number"], "number"), Column(labels["column_when"], "date")]
    columns += [Column(labels[f"column_{name}"]) for name in ("what", "known", "source")]
    rows = [(m.number, _day(case, e), e.event, e.known, e.source) for m, e in zip(moments, entries, strict=True)]
    caption = " ".join(own.caption.split())
    return [Chart(own.title, caption, labels["alt"], svg, labels["numbers"], Table(own.title, columns, rows))]


def _when(entry: Entry) -> str:
    """The weeks from the planned date, signed."""
    return f"{entry.week:+.1f}".removesuffix(".0") if entry.week else "0"


def _day(case: Case, entry: Entry) -> str:
    """The entry's day with its weeks."""
    day: date = day_of_week(case.facts, entry.week)
    return f"{show_date(day)} ({_when(entry)})"

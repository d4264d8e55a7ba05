"""The tables and charts of the case, from a scenario and the words in ``content/figures.md``."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple

from workshop.course import FigureWords, Scenario
from workshop.errors import UnknownName
from workshop.exercises.revenue import day_of_week, in_weeks, revenue_by_week, weeks_of_revenue
from workshop.facts import MONTHS, show, show_date, show_number
from workshop.interface import DATA_SETS
from workshop.models.curve import DEMANDS, Demand, lost
from workshop.models.schedule import Schedule
from workshop.views.chart import Bar, Chart, Line, Span, bars_svg, columns_svg, lines_svg, spans_svg
from workshop.views.table import Column, Table

Words = Mapping[str, FigureWords]
Labels = Mapping[str, str]
Rows = Sequence[Sequence[str]]

OWN = ("plan.own", "plan.integration")
"""The facts of the team's own part of the plan."""


def build_table(name: str, scenario: Scenario, words: Words, *, known: str = "before") -> Table:
    """The table ``name``. The timeline shows the events that are ``known`` ``before`` the reveal, or ``all``.

    UnknownName for a name that is not in ``TABLES``, for a data set that the case doesn't have, and for another
    ``known``.
    """
    known_tables = [table for table in TABLES if table not in DATA_SETS or table in scenario.data]
    if name not in known_tables:
        raise UnknownName("table", name, known_tables)
    shown = as_known(scenario, known)
    columns, rows = TABLES[name]
    own = on_one_line(words[name])
    return worded_table(own, columns, rows(shown, own.labels))


def worded_table(words: FigureWords, columns: Sequence[str], rows: Rows, *, note: str | None = None) -> Table:
    """A table whose title, headings and note are ``words``; another ``note`` may stand for the caption."""
    own = on_one_line(words)
    headings = [Column(own.labels[f"column_{column}"], KINDS.get(column, "text")) for column in columns]
    return Table(own.title, headings, rows, own.caption if note is None else note)


def as_known(scenario: Scenario, known: str) -> Scenario:
    """The scenario with the events of its timeline that are known ``before`` the reveal, or with ``all``."""
    if known not in ("before", "all"):
        raise UnknownName("part of the timeline", known, ("before", "all"))
    return replace(scenario, timeline=[event for event in scenario.timeline if known in ("all", event.known)])


def build_chart(name: str, scenario: Scenario, words: Words) -> Chart:
    """The chart ``name``, with its table; UnknownName if it is not in ``CHARTS``."""
    if name not in CHARTS:
        raise UnknownName("chart", name, CHARTS)
    own = on_one_line(words[name])
    table = replace(build_table(name, scenario, words), note="")
    svg = CHARTS[name](scenario, own)
    return Chart(own.title, own.caption, own.labels["alt"], svg, own.labels["numbers"], table)


def on_one_line(words: FigureWords) -> FigureWords:
    """The words without the line breaks of their source."""
    labels = {name: " ".join(label.split()) for name, label in words.labels.items()}
    return FigureWords(words.title, " ".join(words.caption.split()), labels)


def _timeline_rows(scenario: Scenario, labels: Labels) -> Rows:
    rows = []
    for event in scenario.timeline:
        week = f"{event.week:+g}" if event.week else "0"
        day = show_date(day_of_week(scenario.facts, event.week))
        rows.append((week, day, event.title, " ".join(event.text.split())))
    return rows


class _Part(NamedTuple):
    """A part of the plan, from ``start`` to ``end`` in weeks after the planned launch."""

    title: str
    team: str
    start: float
    end: float
    promise: str


def _plan(scenario: Scenario, labels: Labels) -> list[_Part]:
    """The own work and every dependency from the kick-off on, then the integration when the last is done."""
    plan, own, integration = (in_weeks(scenario.facts[name]) for name in ("project.plan", *OWN))
    parts = [_Part(labels["own"], labels["own_team"], -plan, own - plan, "own")]
    for each in scenario.dependencies:
        parts.append(_Part(each.title, each.team, -plan, each.weeks - plan, each.promise))
    ready = max(part.end for part in parts)
    return [*parts, _Part(labels["integration"], labels["own_team"], ready, ready + integration, "own")]


def _dependency_rows(scenario: Scenario, labels: Labels) -> Rows:
    rows = []
    for part in _plan(scenario, labels):
        ready = show_date(day_of_week(scenario.facts, part.end))
        weeks = show_number(part.end - part.start, "count")
        rows.append((part.title, part.team, weeks, ready, labels[f"promise_{part.promise}"]))
    return rows


def _revenue_rows(scenario: Scenario, labels: Labels) -> Rows:
    rows = []
    for week in weeks_of_revenue(scenario.facts):
        size = show_number(week.weight, "x")
        rows.append((str(week.week), show_date(week.starts), size, _money(week.revenue), _money(week.total)))
    return rows


def _delay_rows(scenario: Scenario, labels: Labels) -> Rows:
    columns = zip(*(_losses(scenario, demand) for demand in DEMANDS), strict=True)
    return [(str(delay), *(_money(loss) for loss in losses)) for delay, losses in enumerate(columns)]


def _losses(scenario: Scenario, demand: Demand) -> list[float]:
    """The first quarter's revenue lost, $M, by whole weeks of delay from 0 to the quarter's length."""
    revenue = revenue_by_week(scenario.facts)
    return [lost(delay, demand, revenue) for delay in range(len(revenue) + 1)]


def _legs_rows(scenario: Scenario, labels: Labels) -> Rows:
    return [(str(parts), f"{100 * chance:.0f}%") for parts, chance in _legs(scenario)]


def _legs(scenario: Scenario) -> list[tuple[int, float]]:
    """Numbers of independent parts, twice as many as the plan has, and the chance that all of them are on time."""
    schedule = Schedule.of(scenario.data["schedule"], scenario.dependencies)
    return [(parts, schedule.leg_chance**parts) for parts in range(1, 2 * schedule.legs + 1)]


def _mix_rows(scenario: Scenario, labels: Labels) -> Rows:
    return [(row["kind"], _group(scenario, row["group"]), row["percent"]) for row in scenario.data["mix"]]


def _group(scenario: Scenario, name: str) -> str:
    """The group of the mix as readers see it: the case has a fact for it."""
    return show(scenario.facts[f"mix.{name}"])


def _money(value: float) -> str:
    return f"{value:.2f}"


def _revenue_svg(scenario: Scenario, words: FigureWords) -> str:
    weeks, labels = weeks_of_revenue(scenario.facts), words.labels
    bars = [Bar(str(week.week), week.revenue, _money(week.revenue)) for week in weeks]
    rows = [
        (labels["axis_week"], [str(week.week) for week in weeks]),
        (labels["axis_weight"], [f"{week.weight:.1f}".removesuffix(".0") + "x" for week in weeks]),
        (labels["axis_total"], [_money(week.total) for week in weeks]),
    ]
    return columns_svg(words.title, labels["alt"], labels["axis_revenue"], bars, rows)


def _dependencies_svg(scenario: Scenario, words: FigureWords) -> str:
    labels = words.labels
    spans = []
    for part in _plan(scenario, labels):
        weeks = show_number(part.end - part.start, "weeks")
        text = weeks if part.promise == "own" else f"{weeks}, {labels[f'promise_{part.promise}']}"
        spans.append(Span(part.title, part.team, part.start, part.end, text, part.promise != "verbal"))
    start, end = spans[0].start, max(0, *(span.end for span in spans))
    ticks = []
    for week in range(int(start), int(end) + 1, max(2, math.ceil((end - start) / 8))):
        day = day_of_week(scenario.facts, week)
        ticks.append((float(week), f"{day.day} {MONTHS[day.month - 1][:3]}"))
    return spans_svg(words.title, labels["alt"], labels["axis_date"], spans, ticks, (0, labels["launch"]))


def _delay_svg(scenario: Scenario, words: FigureWords) -> str:
    labels = words.labels
    lines = []
    for demand, side in zip(DEMANDS, (1, 0, -1), strict=True):
        points = [(float(delay), loss) for delay, loss in enumerate(_losses(scenario, demand))]
        lines.append(Line(labels[f"column_{demand}"], points, len(points) / 2 - 0.5 + side / 2, side))
    return lines_svg(words.title, labels["alt"], labels["axis_delay"], labels["axis_lost"], lines)


def _legs_svg(scenario: Scenario, words: FigureWords) -> str:
    legs, labels = _legs(scenario), words.labels
    bars = [Bar(str(parts), chance, f"{100 * chance:.0f}%") for parts, chance in legs]
    rows = [(labels["column_parts"], [bar.label for bar in bars])]
    return columns_svg(words.title, labels["alt"], labels["axis_chance"], bars, rows)


def _mix_svg(scenario: Scenario, words: FigureWords) -> str:
    groups = []
    for name in dict.fromkeys(row["group"] for row in scenario.data["mix"]):
        rows = [row for row in scenario.data["mix"] if row["group"] == name]
        total = sum((Decimal(row["percent"]) for row in rows), Decimal(0))
        bars = [Bar(row["kind"], float(row["percent"]), f"{row['percent']}%") for row in rows]
        groups.append((f"{_group(scenario, name)}: {show_number(total, '%')}", bars))
    return bars_svg(words.title, words.labels["alt"], words.labels["axis_share"], groups)


def _data_rows(name: str, *columns: str) -> tuple[tuple[str, ...], Callable[[Scenario, Labels], Rows]]:
    """The columns of a data set, and its rows as they stand."""

    def rows(scenario: Scenario, labels: Labels) -> Rows:
        return [tuple(row[column] for column in columns) for row in scenario.data[name]]

    return columns, rows


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Scenario, Labels], Rows]]] = {
    "timeline": (("week", "date", "event", "detail"), _timeline_rows),
    "dependencies": (("part", "team", "weeks", "ready", "promise"), _dependency_rows),
    "revenue": (("week", "date", "weight", "revenue", "total"), _revenue_rows),
    "delay": (("delay", *DEMANDS), _delay_rows),
    "mix": (("kind", "group", "percent"), _mix_rows),
    "currencies": _data_rows("currencies", "code", "decimals", "authorities", "withdrawn"),
    "decision": _data_rows("decision", "parameter", "meaning", "base", "low", "high", "unit"),
    "legs": (("parts", "chance"), _legs_rows),
    "schedule": _data_rows("schedule", "parameter", "meaning", "value", "unit"),
}
"""Table to its columns and the function that makes its rows."""

CHARTS: Mapping[str, Callable[[Scenario, FigureWords], str]] = {
    "revenue": _revenue_svg,
    "dependencies": _dependencies_svg,
    "delay": _delay_svg,
    "legs": _legs_svg,
    "mix": _mix_svg,
}
"""Chart to the function that draws it."""

KINDS: Mapping[str, Literal["number", "date"]] = {
    **dict.fromkeys(("week", "weeks", "weight", "revenue", "total", "delay", *DEMANDS), "number"),
    **dict.fromkeys(("percent", "decimals", "base", "low", "high", "value"), "number"),
    **dict.fromkeys(("number", "votes", "likelihood", "money", "odds", "days", "expected", "after"), "number"),
    **dict.fromkeys(("number", "votes", "likelihood", "money", "days", "expected", "after"), "number"),
    **dict.fromkeys(("parts", "share", "done", "chance", "half", "eighty", "points", "mean", "told"), "number"),
    **dict.fromkeys(("date", "ready", "check"), "date"),
}
"""What a column holds, where it isn't text."""

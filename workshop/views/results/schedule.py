"""What follows from the schedule model at a setting: when it is done, what each lever buys, what the waiting costs."""

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.forecast import closed, weeks_of
from workshop.exercises.revenue import in_weeks
from workshop.exercises.schedule import percent, schedule_of, setting
from workshop.models.schedule import Levers, Schedule
from workshop.models.trials import Runs, from_alarm, own_path, simulate
from workshop.views.chart import Chart
from workshop.views.figures import on_one_line, worded_table
from workshop.views.histogram import Bin, Mark, histogram_svg
from workshop.views.table import Table

SHOWN = 0.99
"""The histogram reaches to the week by which this share of the runs is done; the rest is in its table."""
MOST = 48
"""Bars: more would be no wider than their marks."""


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table | Chart]:
    """The histogram and the tables at this setting; nothing before the participant's own forecast is closed."""
    forecast = case.answers.get("forecast", {})
    if not closed(forecast):
        return []
    schedule = schedule_of(case)
    levers = setting(answers, schedule)
    return [
        _histogram(schedule, levers, weeks_of(forecast), on_one_line(words["schedule-runs"])),
        _levers(schedule, levers, on_one_line(words["schedule-levers"])),
        _waiting(schedule, levers, on_one_line(words["schedule-waiting"])),
        _alarm(schedule, levers, in_weeks(case.facts["delay.weeks"]), on_one_line(words["schedule-alarm"])),
    ]


def _histogram(schedule: Schedule, levers: Levers, own: Mapping[str, float], words: FigureWords) -> Chart:
    """The runs by week, with the planned date, the model's 50 and 80%, and the participant's own weeks."""
    runs, labels = simulate(schedule, levers), words.labels
    marks = [
        Mark(schedule.plan, f"{labels['plan']}: {schedule.plan:g}", "plan"),
        *(Mark(runs.week(s), f"{labels[n]}: {runs.week(s):.1f}", "model") for n, s in (("half", 0.5), ("eighty", 0.8))),
        *(Mark(week, f"{labels[f'own_{name}']}: {week:g}", "own") for name, week in own.items()),
    ]
    bins = _bins(runs)
    alt = f"{labels['alt']} {'; '.join(mark.label for mark in sorted(marks))}."
    rows = [(f"{b.start:g} \N{EN DASH} {b.end:g}", f"{100 * b.share:.1f}%", percent(runs.chance(b.end))) for b in bins]
    table = worded_table(words, ("weeks", "share", "done"), rows, note="")
    svg = histogram_svg(words.title, alt, labels["axis"], bins, marks)
    return Chart(words.title, words.caption, alt, svg, labels["numbers"], table)


def _bins(runs: Runs) -> list[Bin]:
    """The runs by whole weeks, or by several where there would be too many bars."""
    first, last = math.floor(runs.first), math.ceil(runs.week(SHOWN))
    width = math.ceil((last - first) / MOST)
    edges = range(first, last + width, width)
    return [Bin(a, b, runs.chance(b) - runs.chance(a)) for a, b in pairwise(edges)]


def _levers(schedule: Schedule, levers: Levers, words: FigureWords) -> Table:
    """Nothing done, each lever alone, both, with the same beliefs. The cut is the slider's, or else the case's."""
    cut = levers.cut or schedule.own - schedule.scope_cut
    rows = []
    nothing = simulate(schedule, replace(levers, contract=False, cut=0.0)).chance(schedule.plan)
    for name, contract, weeks in (
        ("none", False, 0.0),
        ("contract", True, 0.0),
        ("cut", False, cut),
        ("both", True, cut),
    ):
        each = replace(levers, contract=contract, cut=weeks)
        runs, label = simulate(schedule, each), words.labels[name]
        if weeks:
            label += f" ({weeks:g})"
        if each == levers:
            label += f" {words.labels['here']}"
        points = round(100 * runs.chance(schedule.plan)) - round(100 * nothing)
        rows.append((label, *_told(runs, schedule), f"{points:+d}".replace("-", "\N{MINUS SIGN}") if points else "0"))
    return worded_table(words, ("lever", "chance", "half", "eighty", "points"), rows)


def _waiting(schedule: Schedule, levers: Levers, words: FigureWords) -> Table:
    """The own path alone, and with everything that it has to wait for."""
    rows = [
        (words.labels[name], *_told(runs, schedule), f"{runs.mean:.1f}")
        for name, runs in (("alone", own_path(schedule, levers)), ("all", simulate(schedule, levers)))
    ]
    return worded_table(words, ("path", "chance", "half", "eighty", "mean"), rows)


def _alarm(schedule: Schedule, levers: Levers, delay: float, words: FigureWords) -> Table:
    """What the runs say that fit what is known on the day of the alarm, in weeks beyond the planned date."""
    runs, labels = from_alarm(schedule, levers), words.labels
    if runs is None:
        told = [labels["rare"]] * 3
    else:
        told = [f"{runs.week(share) - schedule.plan:.1f}" for share in (0.5, 0.8)]
        told.append(percent(runs.chance(schedule.plan + delay)))
    rows = list(zip((labels["half"], labels["eighty"], labels["enough"]), told, strict=True))
    return worded_table(words, ("what", "told"), rows)


def _told(runs: Runs, schedule: Schedule) -> tuple[str, str, str]:
    """The chance of the planned date, and the weeks of even odds and of 80%."""
    return percent(runs.chance(schedule.plan)), f"{runs.week(0.5):.1f}", f"{runs.week(0.8):.1f}"

"""What follows from a pre-mortem: the map of likelihood and impact, the ranking by expected loss, the tripwires."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.days import read_day
from workshop.exercises.risks import Risk, read_risks
from workshop.facts import show_about, show_date, show_number
from workshop.views.chart import Chart
from workshop.views.figures import on_one_line, worded_table
from workshop.views.heat import Cell, heat_svg
from workshop.views.table import Table

LIKELIHOODS = (0, 20, 40, 60, 80)
"""Percent: where each band of the map begins; the last ends at 100."""
IMPACTS = (0, 0.01, 0.05, 0.2, 0.5)
"""Shares of the first quarter's revenue: where each band begins; the last is open, and counted as the whole quarter."""
PLACED = ("number", "risk", "likelihood", "money")
RANKED = ("number", "risk", "theme", "votes", "odds", "days", "expected", "after")
ALWAYS = ("number", "risk", "expected")
"""Columns of the ranking that stay even when they are empty."""
THEMES = ("theme", "risks", "votes", "expected")
TRIPWIRES = ("check", "number", "indicator", "threshold", "then", "owner")


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table | Chart]:
    """The map once a risk can be placed, the ranking once there is one, themes once one is shared, tripwires if any."""
    risks = [risk for risk in read_risks(answers) if risk.title]
    ranked = sorted(risks, key=lambda risk: (-(risk.money or 0), -(risk.days or 0), risk.number))
    results: list[Table | Chart] = []
    if placed := [risk for risk in ranked if risk.money is not None]:
        results.append(_map(placed, case, on_one_line(words["heat"])))
    if ranked:
        results.append(_ranking(ranked, words["ranking"]))
    themes = _themes(risks)
    if any(len(shared) > 1 for shared in themes):
        results.append(_theme_table(themes, words["themes"]))
    if watched := [risk for risk in risks if risk["indicator"] or risk["then"]]:
        results.append(_tripwires(watched, words["tripwires"]))
    return results


def _map(risks: Sequence[Risk], case: Case, words: FigureWords) -> Chart:
    bounds = [share * case.facts["revenue.first_quarter"].number for share in IMPACTS]
    cells = []
    for row, low in enumerate(bounds):
        # The middle of the band; of the open one, twice its beginning.
        money = (low + (bounds[row + 1] if row + 1 < len(bounds) else 3 * low)) / 2
        line = []
        for column, chance in enumerate(LIKELIHOODS):
            expected = (chance + 10) / 100 * money
            here = [risk for risk in risks if _cell_of(risk, bounds) == (row, column)]
            marks = [str(risk.number) for risk in sorted(here, key=lambda risk: risk.number)]
            line.append(Cell(expected, show_about(expected, "$M"), marks))
        cells.append(line)
    columns = [f"{low}–{low + 20}%" for low in LIKELIHOODS]
    amounts = [show_number(bound, "$M") for bound in bounds]
    rows = [f"{low} – {high}" for low, high in pairwise(amounts)] + [f"{amounts[-1]} +"]
    labels = words.labels
    svg = heat_svg(
        words.title, labels["alt"], labels["axis_likelihood"], labels["axis_money"], columns, rows, _weighed(cells)
    )
    table = worded_table(words, PLACED, [[_shown(risk)[name] for name in PLACED] for risk in risks], note="")
    return Chart(words.title, words.caption, labels["alt"], svg, labels["numbers"], table)


def _cell_of(risk: Risk, bounds: Sequence[float]) -> tuple[int, int]:
    """Row and column of the map in which the risk lies; on a border it belongs to the higher one."""
    money, chance = risk.numbers["money"], risk.numbers["likelihood"]
    return sum(money >= bound for bound in bounds) - 1, sum(chance >= low for low in LIKELIHOODS) - 1


def _weighed(cells: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cells with their expected losses as shades from 0 to 1, in equal steps for equal factors."""
    lowest, highest = (math.log(end(cell.weight for line in cells for cell in line)) for end in (min, max))
    return [
        [cell._replace(weight=(math.log(cell.weight) - lowest) / (highest - lowest)) for cell in line] for line in cells
    ]


def _shown(risk: Risk) -> dict[str, str]:
    """Every column of the ranking as a text; "" where there is nothing to show."""
    numbers = {name: risk.numbers.get(name) for name in ("votes", "likelihood", "money", "days")}
    units = {"votes": "count", "likelihood": "%", "money": "$M", "days": "count", "expected": "$M", "after": "$M"}
    values = {**numbers, "expected": risk.money, "after": risk.after}
    texts = {name: "" if value is None else show_number(value, units[name]) for name, value in values.items()}
    odds = "" if risk.money is None else f"{texts['likelihood']} × {texts['money']}"
    return {"number": str(risk.number), "risk": risk.title, "theme": risk["theme"], "odds": odds, **texts}


def _ranking(risks: Sequence[Risk], words: FigureWords) -> Table:
    """Highest expected loss first; risks without one last. A column that nobody has filled in is left out."""
    rows = [_shown(risk) for risk in risks]
    columns = [name for name in RANKED if name in ALWAYS or any(row[name] for row in rows)]
    return worded_table(words, columns, [[row[name] for name in columns] for row in rows])


def _themes(risks: Sequence[Risk]) -> list[list[Risk]]:
    """The risks by theme, the one with most votes first. As on the board, capitals make no theme of their own."""
    heaps: dict[str, list[Risk]] = {}
    for risk in risks:
        if risk["theme"]:
            heaps.setdefault(risk["theme"].casefold(), []).append(risk)
    return sorted(heaps.values(), key=_votes, reverse=True)


def _theme_table(themes: Sequence[Sequence[Risk]], words: FigureWords) -> Table:
    """One line a theme, in the words in which it was first written."""
    rows = []
    for risks in themes:
        numbers = ", ".join(str(risk.number) for risk in risks)
        money = [risk.money for risk in risks if risk.money is not None]
        expected = show_number(sum(money), "$M") if money else ""
        rows.append([risks[0]["theme"], numbers, show_number(_votes(risks), "count"), expected])
    return worded_table(words, THEMES, rows)


def _votes(risks: Sequence[Risk]) -> float:
    return sum(risk.numbers.get("votes", 0) for risk in risks)


def _tripwires(risks: Sequence[Risk], words: FigureWords) -> Table:
    """The tripwires in the order of their days; a day that can't be read stands last, as it was typed."""

    def day(risk: Risk) -> date:
        return read_day(risk["check"]) or date.max

    rows = []
    for risk in sorted(risks, key=lambda risk: (day(risk), risk.number)):
        when = show_date(day(risk)) if day(risk) < date.max else risk["check"]
        texts = [risk[name] for name in ("indicator", "threshold", "then", "owner")]
        rows.append([when, str(risk.number), *texts])
    return worded_table(words, TRIPWIRES, rows)

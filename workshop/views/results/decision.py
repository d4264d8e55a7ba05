"""What follows from the decision model as it is set: the options, where the best changes, what would have to hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.decision import Weighed, weigh
from workshop.facts import show_number
from workshop.models.choice import least_weight, premium, reigns, swings, turn
from workshop.models.decision import OPTIONS, Parameter, expected, simulate
from workshop.views.chart import Bar, Chart
from workshop.views.figures import on_one_line
from workshop.views.table import Column, Table
from workshop.views.tornado import Reach, Stretch, losses_svg, tornado_svg

SLIGHT = 0.005
"""$M: a parameter that moves the premium by less than this is left out of the tornado."""


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table | Chart]:
    """The options, their losses with the break-even, the tornado, and what would have to be true for the delay."""
    weighed = weigh(answers, case)
    options = on_one_line(words["decision-options"])
    return [
        _options(weighed, options),
        _losses(weighed, options.labels, on_one_line(words["decision-losses"])),
        _tornado(weighed, on_one_line(words["decision-tornado"])),
        _turns(weighed, on_one_line(words["decision-turns"])),
    ]


def _options(weighed: Weighed, words: FigureWords) -> Table:
    """Each open option: its mean, the mean of its worst outcomes, a large loss, and what the weight makes of it."""
    labels, means, spreads = words.labels, expected(weighed.settings), simulate(weighed.settings)
    columns = ["option", "mean", "worst", "large"]
    rows = []
    for option in weighed.options:
        cells = [_money(means[option]), _money(spreads[option].worst), f"{100 * spreads[option].large:.1f}%"]
        rows.append((labels[option], *cells, *([_money(weighed.losses[option])] if weighed.weight else [])))
    return _table(words, [*columns, "seen"] if weighed.weight else columns, rows)


def _losses(weighed: Weighed, names: Mapping[str, str], words: FigureWords) -> Chart:
    """The expected losses as bars, and which option loses least at which chance of a defect."""
    labels, means = words.labels, expected(weighed.settings)
    colours = {option: number for number, option in enumerate(OPTIONS)}
    bars = [(colours[option], Bar(names[option], means[option], _money(means[option]))) for option in weighed.options]
    stretches = [
        Stretch(start, end, names[option], colours[option])
        for start, end, option in reigns(weighed.settings, weighed.limited)
    ]
    chance = weighed.settings.defect
    now = (chance, f"{labels['now']}: {_percent(chance)}")
    spans = [(_span(stretch.start, stretch.end), stretch.label) for stretch in stretches]
    rows = [(bar.label, bar.text, ", ".join(span for span, name in spans if name == bar.label)) for _, bar in bars]
    told = [f"{bar.label}: {bar.text}" for _, bar in bars] + [f"{span}: {name}" for span, name in spans]
    alt = f"{labels['alt']} {'; '.join(told)}."
    axes = labels["axis_loss"], f"{labels['axis_chance']}: {weighed.known['defect'].title}"
    svg = losses_svg(words.title, alt, axes, bars, stretches, now)
    table = replace(_table(words, ["option", "mean", "reign"], rows), note="")
    return Chart(words.title, words.caption, alt, svg, labels["numbers"], table)


def _tornado(weighed: Weighed, words: FigureWords) -> Chart:
    """What the delay loses more than the best other option, over the range of each parameter."""
    labels, base = words.labels, premium(weighed.settings, weighed.limited)
    found = [
        swing
        for swing in swings(weighed.settings, weighed.known, weighed.limited)
        if max(abs(swing.low - base), abs(swing.high - base)) >= SLIGHT
    ]
    reaches = [
        Reach(each.title, low, high, show_number(each.low, each.unit), show_number(each.high, each.unit))
        for each, low, high in found
    ]
    rows = [(each.title, _range(each), _money(low), _money(high)) for each, low, high in found]
    told = (f"{label}: {low} \N{EN DASH} {high}" for label, _, low, high in rows)
    alt = f"{labels['alt']} {'; '.join(told)}."
    head = (base, f"{labels['now']}: {_money(base)}")
    svg = tornado_svg(words.title, alt, labels["axis"], head, labels["zero"], reaches)
    table = replace(_table(words, ["parameter", "range", "low", "high"], rows), note="")
    return Chart(words.title, words.caption, alt, svg, labels["numbers"], table)


def _turns(weighed: Weighed, words: FigureWords) -> Table:
    """For each parameter alone, and for the weight on the worst, the value at which the delay becomes best.

    In two columns: with a limited launch, and without.
    """
    labels, settings = words.labels, weighed.settings

    def cell(limited: bool, value: float | None, unit: str) -> str:
        if premium(settings, limited) <= 0:
            return labels["already"]
        places = 2 if unit == "$M" else 1
        return labels["never"] if value is None else f"{labels['at']} {show_number(round(value, places), unit)}"

    weights = [cell(limited, least_weight(settings, limited), "%") for limited in (True, False)]
    rows = [(labels["weight"], _percent(weighed.weight), _span(0, 1), *weights)]
    for each in weighed.known.values():
        if each.ranged:
            turns = [cell(limited, turn(settings, each, limited), each.unit) for limited in (True, False)]
            now = show_number(weighed.moved.get(each.name, each.base), each.unit)
            rows.append((each.title, now, _range(each), *turns))
    return _table(words, ["parameter", "now", "range", "with", "without"], rows)


def _table(words: FigureWords, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table whose first column holds headings, and the others numbers."""
    headings = [Column(words.labels[f"column_{name}"], "number" if n else "text") for n, name in enumerate(columns)]
    return Table(words.title, headings, rows, words.caption)


def _range(parameter: Parameter) -> str:
    low, high = (show_number(end, parameter.unit) for end in (parameter.low, parameter.high))
    return f"{low} \N{EN DASH} {high}"


def _span(start: float, end: float) -> str:
    return f"{_percent(start)} \N{EN DASH} {_percent(end)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _money(value: float) -> str:
    return show_number(round(value, 2) + 0.0, "$M")

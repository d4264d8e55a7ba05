"""Choosing between the options: by the mean loss or with weight on the worst, and what would make the delay best.

Money is in millions of dollars. A weight on the worst outcomes is a fraction from 0 to 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import NamedTuple

from workshop.models.decision import (
    OPTIONS,
    SCALES,
    Option,
    Parameter,
    Settings,
    expected,
    simulate,
    with_one,
)

STEPS = 20
"""A range is searched in so many steps; a turn and a return within one step stay unseen."""


def judged(mean: float, worst: float, weight: float) -> float:
    """A loss as somebody sees it who gives ``weight`` (0 to 1) to the worst outcomes and the rest to the mean, $M.

    A mean and a mean of the tail, weighed: the mean-CVaR criterion (Rockafellar and Uryasev 2000).
    """
    return (1 - weight) * mean + weight * worst


def judge(settings: Settings, weight: float) -> dict[Option, float]:
    """Each option as ``judged`` with this weight, $M. Without any weight on the worst nothing is drawn."""
    means = expected(settings)
    if not weight:
        return means
    spreads = simulate(settings)
    return {option: judged(means[option], spreads[option].worst, weight) for option in OPTIONS}


def open_options(limited: bool) -> tuple[Option, ...]:
    """The options there are: all of them, or those without a limited launch where that isn't feasible."""
    return tuple(option for option in OPTIONS if limited or option != "limited")


def best(losses: Mapping[Option, float], options: Sequence[Option] = OPTIONS) -> Option:
    """The option that loses least; of equals, the first."""
    return min(options, key=lambda option: losses[option])


class Reign(NamedTuple):
    """The chances of a defect, from ``start`` to ``end``, at which one option is expected to lose least."""

    start: float
    end: float
    option: Option


def reigns(settings: Settings, limited: bool) -> list[Reign]:
    """Which option is expected to lose least at which chance of a defect, from 0 to 1; they change at a break-even."""
    options = open_options(limited)
    none, certain = (expected(replace(settings, defect=chance)) for chance in (0, 1))
    gaps = [(none[a] - none[b], certain[a] - certain[b]) for a, b in combinations(options, 2)]
    # Each expected loss is a straight line in this chance, so two of them cross once at most.
    crossings = sorted(before / (before - after) for before, after in gaps if before * after < 0)
    found: list[Reign] = []
    for start, end in pairwise([0.0, *crossings, 1.0]):
        option = best(expected(replace(settings, defect=(start + end) / 2)), options)
        if found and found[-1].option == option:
            start = found.pop().start
        found.append(Reign(start, end, option))
    return found


def premium(settings: Settings, limited: bool) -> float:
    """What the delay is expected to lose more than the best other option, $M; negative where the delay is best."""
    losses = expected(settings)
    return losses["delay"] - min(losses[option] for option in open_options(limited) if option != "delay")


class Swing(NamedTuple):
    """The premium of the delay with one parameter at the two ends of its range, $M."""

    parameter: Parameter
    low: float
    high: float


def swings(settings: Settings, known: Mapping[str, Parameter], limited: bool) -> list[Swing]:
    """A swing for each parameter that has a range, the others as they are set; the widest first."""
    found = [
        Swing(each, *(premium(with_one(settings, each, value), limited) for value in (each.low, each.high)))
        for each in known.values()
        if each.ranged
    ]
    return sorted(found, key=lambda swing: -abs(swing.high - swing.low))


def turn(settings: Settings, parameter: Parameter, limited: bool) -> float | None:
    """The value nearest to the present one at which the delay becomes best, the others as they are set.

    In the parameter's unit. None if no value of its range makes it so, and where the delay is best already.
    """
    now = getattr(settings, parameter.name) / SCALES[parameter.unit]

    def lead(value: float) -> float:
        return -premium(with_one(settings, parameter, value), limited)

    if lead(now) >= 0:
        return None
    turns = (_turn_towards(end, now, lead) for end in (parameter.low, parameter.high))
    return min((value for value in turns if value is not None), key=lambda value: abs(value - now), default=None)


def _turn_towards(end: float, start: float, lead: Callable[[float], float]) -> float | None:
    """The first value on the way from ``start`` to ``end`` where ``lead`` is no longer negative, by halving a step."""
    points = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    for behind, ahead in pairwise(points):
        if lead(ahead) >= 0:
            while abs(ahead - behind) > 1e-9 * (1 + abs(ahead)):
                middle = (behind + ahead) / 2
                behind, ahead = (behind, middle) if lead(middle) >= 0 else (middle, ahead)
            return ahead
    return None


def least_weight(settings: Settings, limited: bool) -> int | None:
    """The least weight on the worst outcomes, in whole percent, with which the delay is best; None if none does it."""
    options = open_options(limited)
    means, spreads = expected(settings), simulate(settings)
    for percent in range(101):
        losses = {option: judged(means[option], spreads[option].worst, percent / 100) for option in OPTIONS}
        if losses["delay"] <= min(losses[option] for option in options):
            return percent
    return None

"""The schedule model without drawing a number: chances, quantiles and means, and the facts that follow from them.

Given the common factor, the parts are independent, so that their chances multiply; what is left is an integral over
the factor, and one over the last step. Both are summed over evenly spaced nodes, which converges very fast for smooth
functions under a normal density (Trefethen and Weideman, SIAM Review 56, 2014).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from workshop.course import Fact, Place
from workshop.models.schedule import NORMAL, Levers, Part, Schedule

STEP = 0.6
REACH = 4.8
"""Values of a standard normal variable at which an integral over it is summed: how far apart, and how far out."""
NEGLIGIBLE = 1e-5


@lru_cache(maxsize=16)
def _nodes(step: float) -> list[tuple[float, float]]:
    """Evenly spaced values of a standard normal variable, each with its weight."""
    count = math.ceil(REACH / step)
    return [(number * step, NORMAL.pdf(number * step) * step) for number in range(-count, count + 1)]


def _split(rho: float) -> tuple[float, float, list[tuple[float, float]]]:
    """How much of a variable is shared and how much its own, and the common factor's nodes.

    The more is shared, the more steeply chances rise with the factor, and the closer its nodes must lie.
    """
    shared, apart = math.sqrt(rho), math.sqrt(1 - rho)
    return shared, apart, _nodes(STEP * min(1.0, apart / shared) if shared else STEP)


Window = tuple[float, float]
"""The weeks between which a part is known to end."""
ANY: Window = (0.0, math.inf)


def chance(schedule: Schedule, levers: Levers, by: float, known: Mapping[int, Window] | None = None) -> float:
    """P(T <= ``by``), given what is ``known`` of parts by their number (the own work is 0).

    ValueError if the parts can hardly be as they are known to be.
    """
    parts, last = levers.parts(schedule)
    shared, apart, factors = _split(levers.rho)
    windows = [(part, *(known or {}).get(number, ANY)) for number, part in enumerate(parts)]
    held = possible = 0.0
    for factor, weight in factors:
        shift = factor * shared
        before = [_done(part, low, shift, apart) for part, low, _ in windows]
        until = [_done(part, high, shift, apart) for part, _, high in windows]
        possible += weight * math.prod(map(float.__sub__, until, before))
        for node, node_weight in _nodes(STEP):
            left = by - last.weeks * math.exp(last.ratio.mu + last.ratio.sigma * (shift + node * apart))
            done = [_done(part, min(left, high), shift, apart) for part, _, high in windows]
            held += weight * node_weight * math.prod(max(0.0, d - b) for d, b in zip(done, before, strict=True))
    if possible < NEGLIGIBLE:
        raise ValueError("what is known of the parts can hardly be")
    return held / possible


def _done(part: Part, week: float, shift: float, apart: float) -> float:
    """The chance that ``part`` is done by ``week``, once the common factor is known."""
    if week <= 0 or week == math.inf:
        return float(week > 0)
    z = ((math.log(week / part.weeks) - part.ratio.mu) / part.ratio.sigma - shift) / apart
    return 0.5 * math.erfc(-z / math.sqrt(2))


def week_of(schedule: Schedule, levers: Levers, share: float, known: Mapping[int, Window] | None = None) -> float:
    """The week by which all is done with the chance ``share``, to a hundredth, by bisection."""
    low, high = 0.0, 2 * schedule.plan
    while chance(schedule, levers, high, known) < share:
        low, high = high, 2 * high
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if chance(schedule, levers, middle, known) < share else (low, middle)
    return (low + high) / 2


def mean_week(schedule: Schedule, levers: Levers) -> float:
    """The mean of T: that of the last step, and the integral of P(a parallel part ends later than t) over t."""
    parts, last = levers.parts(schedule)
    shared, apart, factors = _split(levers.rho)
    total, later, start = 0.0, 1.0, 0.0
    while later > NEGLIGIBLE:
        end = start * 1.02 or schedule.plan / 100
        middle = (start + end) / 2
        done = (weight * math.prod(_done(p, middle, node * shared, apart) for p in parts) for node, weight in factors)
        later = 1 - math.fsum(done)
        total, start = total + later * (end - start), end
    return total + last.weeks * last.ratio.mean


def known_at_alarm(schedule: Schedule) -> Mapping[int, Window]:
    """What is known on the day of the alarm: the late dependency isn't there yet, and the own work is done soon."""
    return {0: (0.0, schedule.late_own), 1 + schedule.late: (schedule.late_week, math.inf)}


Telling = Callable[[Schedule, Levers, float], float]


def _on_time(*, contract: bool = False, cut: bool = False) -> Telling:
    def percent(schedule: Schedule, base: Levers, delay: float) -> float:
        weeks = schedule.own - schedule.scope_cut if cut else 0.0
        return 100 * chance(schedule, replace(base, contract=contract, cut=weeks), schedule.plan)

    return percent


FACTS: Mapping[str, tuple[str, Telling]] = {
    "part_on_time": ("%", lambda s, base, delay: 100 * s.base.on_time),
    "part_median": ("x", lambda s, base, delay: s.base.quantile(0.5)),
    "part_mean": ("x", lambda s, base, delay: s.base.mean),
    "part_eighty": ("x", lambda s, base, delay: s.base.quantile(0.8)),
    "contract_median": ("x", lambda s, base, delay: s.contract.quantile(0.5)),
    "contract_eighty": ("x", lambda s, base, delay: s.contract.quantile(0.8)),
    "legs": ("count", lambda s, base, delay: s.legs),
    "leg_chance": ("%", lambda s, base, delay: 100 * s.leg_chance),
    "all_legs": ("%", lambda s, base, delay: 100 * s.all_legs),
    "chance": ("%", _on_time()),
    "contract": ("%", _on_time(contract=True)),
    "cut": ("%", _on_time(cut=True)),
    "both": ("%", _on_time(contract=True, cut=True)),
    "cut_weeks": ("weeks", lambda s, base, delay: s.own - s.scope_cut),
    "inside": ("%", lambda s, base, delay: 100 * chance(s, replace(base, ratio=s.inside), s.plan)),
    "apart": ("%", lambda s, base, delay: 100 * chance(s, replace(base, rho=s.rho_low), s.plan)),
    "together": ("%", lambda s, base, delay: 100 * chance(s, replace(base, rho=s.rho_high), s.plan)),
    "rho": ("count", lambda s, base, delay: s.rho),
    "rho_low": ("count", lambda s, base, delay: s.rho_low),
    "rho_high": ("count", lambda s, base, delay: s.rho_high),
    "half": ("weeks", lambda s, base, delay: week_of(s, base, 0.5)),
    "eighty": ("weeks", lambda s, base, delay: week_of(s, base, 0.8)),
    "mean": ("weeks", lambda s, base, delay: mean_week(s, base)),
    "own_mean": ("weeks", lambda s, base, delay: (s.own + s.integration) * s.base.mean),
    "late_week": ("count", lambda s, base, delay: s.late_week),
    "late_own": ("count", lambda s, base, delay: s.late_own),
    "beyond": ("weeks", lambda s, base, delay: week_of(s, base, 0.5, known_at_alarm(s)) - s.plan),
    "enough": ("%", lambda s, base, delay: 100 * chance(s, base, s.plan + delay, known_at_alarm(s))),
    "pert_low": ("weeks", lambda s, base, delay: s.pert.low),
    "pert_mode": ("weeks", lambda s, base, delay: s.pert.mode),
    "pert_high": ("weeks", lambda s, base, delay: s.pert.high),
    "pert_mean": ("weeks", lambda s, base, delay: s.pert.mean),
    "pert_deviation": ("count", lambda s, base, delay: s.pert.deviation),
    "pert_rule": ("count", lambda s, base, delay: s.pert.rule_of_thumb),
}
"""What prose may say of the schedule, as ``schedule.<name>``: its unit, and how it is computed.

The model's own figures are for the base rates at the correlation ``rho``, unless their name says otherwise.
"""


def facts_of(schedule: Schedule, delay: float, place: Place) -> dict[str, Fact]:
    """Every fact of ``FACTS`` by its name, at ``place``; ``delay`` is the case's own, in weeks."""
    return {
        f"schedule.{name}": Fact(f"schedule.{name}", value, FACTS[name][0], "derived", place)
        for name, value in _values_of(schedule, delay).items()
    }


@lru_cache(maxsize=8)
def _values_of(schedule: Schedule, delay: float) -> Mapping[str, Decimal]:
    base = Levers(schedule.base, schedule.rho)
    return {name: _rounded(tell(schedule, base, delay), unit) for name, (unit, tell) in FACTS.items()}


def _rounded(value: float, unit: str) -> Decimal:
    """Percent whole, or below ten to a tenth; weeks to a tenth; the rest to a hundredth. More would be no news."""
    places = {"%": 0 if value >= 9.95 else 1, "weeks": 1}.get(unit, 2)
    return Decimal(f"{value:.{places}f}")

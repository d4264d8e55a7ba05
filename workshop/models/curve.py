"""The revenue curve: what each week earns, and what a missed date costs.

Revenue follows a weekly weight that rises linearly from 1 in the first week after launch to a peak in the last week of
the quarter; the weights are scaled so that the quarter earns what was projected for it. What a delay costs then depends
on one assumption about demand, which participants are told and may vary:

``calendar``
    Demand grows by the calendar: a late launch misses the first, small weeks.
``uniform``
    Every week earns the same.
``shifted``
    Demand grows from the launch: the curve starts late, and the quarter misses its last, large weeks.

Money is in millions of dollars, time in weeks.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

Demand = Literal["calendar", "uniform", "shifted"]
DEMANDS: tuple[Demand, ...] = ("calendar", "uniform", "shifted")

WEEKS: Mapping[str, float] = {"days": 1 / 7, "weeks": 1, "months": 52 / 12}
"""How many weeks a unit of time has."""


def weights(weeks: int, peak: float) -> list[float]:
    """Each week's size relative to the first, rising linearly from 1 to ``peak``; ValueError below 2 weeks."""
    if weeks < 2:
        raise ValueError(f"a rise from first to last week needs at least 2 weeks, not {weeks}")
    return [1 + (peak - 1) * week / (weeks - 1) for week in range(weeks)]


def weekly(first_quarter: float, weeks: int, peak: float) -> list[float]:
    """Revenue of each week, $M: ``first_quarter`` shared out by ``weights``."""
    shares = weights(weeks, peak)
    # fsum, because sum() rounds differently from Python 3.12 on, and committed figures must not.
    total = math.fsum(shares)
    return [first_quarter * share / total for share in shares]


def earned(revenue: Sequence[float], until: float) -> float:
    """What the weeks from 0 to ``until`` earn, $M; a part of a week counts by its part, later weeks as the last one."""
    whole = min(int(until), len(revenue))
    rest = revenue[whole] if whole < len(revenue) else revenue[-1]
    return math.fsum(revenue[:whole]) + (until - whole) * rest


def lost(delay: float, demand: Demand, revenue: Sequence[float]) -> float:
    """What launching ``delay`` weeks late costs of the quarter's ``revenue``, $M; at most all of it."""
    weeks = len(revenue)
    late = min(delay, weeks)
    if demand == "calendar":
        return earned(revenue, late)
    if demand == "uniform":
        return math.fsum(revenue) * late / weeks
    return math.fsum(revenue) - earned(revenue, weeks - late)

"""The case's facts in its arithmetic: revenue by week, and every fact that is computed from others.

The curve itself is ``workshop.models.curve``. Money is in millions of dollars, time in weeks.
"""

import math
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from workshop.course import Dependency, Fact, Place
from workshop.errors import Problem
from workshop.models.curve import WEEKS, Demand, earned, lost, weekly

Inputs = Mapping[str, Fact]


class UnfitError(ValueError):
    """A fact that the arithmetic can't use, and why."""

    def __init__(self, fact: Fact, why: str) -> None:
        self.fact = fact
        super().__init__(f"{fact.name} is {fact.value} ({fact.unit}); {why}")


def in_weeks(fact: Fact) -> float:
    """The length of a fact in days, weeks or months, in weeks; UnfitError for any other unit and a negative length."""
    if fact.unit not in WEEKS:
        raise UnfitError(fact, f"a length of time is in {', '.join(WEEKS)}")
    if fact.number < 0:
        raise UnfitError(fact, "a length of time is not negative")
    return fact.number * WEEKS[fact.unit]


def moved(start: Fact, length: Fact, sign: int = 1) -> date:
    """The day ``length`` after ``start`` (before it, with ``sign`` -1). Months are whole months of the calendar."""
    if not isinstance(start.value, date):
        raise UnfitError(start, "a date is needed")
    days = sign * round(in_weeks(length) * 7)
    if length.unit == "months" and length.number % 1:
        raise UnfitError(length, "a date moves by whole months")
    try:
        if length.unit != "months":
            return start.value + timedelta(days=days)
        return _months_after(start.value, sign * int(length.number))
    except (OverflowError, ValueError):
        raise UnfitError(length, f"that is beyond the calendar, counted from {start.name}") from None


def _months_after(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def revenue_by_week(facts: Inputs) -> list[float]:
    """Revenue of each week of the first quarter, $M, from the scenario's facts."""
    weeks, quarter, peak = facts["market.quarter"], facts["revenue.first_quarter"], facts["load.peak"]
    if weeks.unit != "weeks" or weeks.number % 1 or weeks.number < 2:
        raise UnfitError(weeks, "the quarter is a whole number of weeks, at least 2")
    for fact, unit in ((quarter, "$M"), (peak, "x")):
        if in_unit(fact, unit) <= 0:
            raise UnfitError(fact, "it must be more than nothing")
    return weekly(quarter.number, int(weeks.number), peak.number)


class Week(NamedTuple):
    """A week of the first quarter after the planned launch. Money in $M."""

    week: int
    starts: date
    weight: float
    revenue: float
    total: float
    """Revenue from the launch to the end of this week."""


def weeks_of_revenue(facts: Inputs) -> list[Week]:
    """The quarter, week by week, from the scenario's facts."""
    revenue = revenue_by_week(facts)
    return [
        Week(number, day_of_week(facts, number - 1), earning / revenue[0], earning, math.fsum(revenue[:number]))
        for number, earning in enumerate(revenue, 1)
    ]


def day_of_week(facts: Inputs, week: float) -> date:
    """The day ``week`` weeks after the planned launch (negative: before it)."""
    launch = facts["project.launch"]
    if not isinstance(launch.value, date):
        raise UnfitError(launch, "a date is needed")
    return launch.value + timedelta(days=round(week * 7))


def in_unit(fact: Fact, unit: str) -> float:
    """The fact's number; UnfitError if it is in another unit."""
    if fact.unit != unit:
        raise UnfitError(fact, f"the unit {unit!r} is needed")
    return fact.number


@dataclass(frozen=True)
class Derivation:
    """How a fact is computed: its unit, the facts it needs, and the arithmetic."""

    unit: str
    inputs: tuple[str, ...]
    compute: Callable[[Inputs], float | date]


_REVENUE = ("revenue.first_quarter", "load.peak", "market.quarter")


def _late(demand: Demand) -> Derivation:
    def compute(facts: Inputs) -> float:
        return lost(in_weeks(facts["delay.weeks"]), demand, revenue_by_week(facts))

    return Derivation("$M", (*_REVENUE, "delay.weeks"), compute)


def _window(earn: Callable[[Sequence[float], float], float]) -> Derivation:
    def compute(facts: Inputs) -> float:
        return earn(revenue_by_week(facts), in_weeks(facts["window.delay"]))

    return Derivation("$M", (*_REVENUE, "window.delay"), compute)


def _day(length: str, sign: int = 1) -> Derivation:
    def compute(facts: Inputs) -> date:
        return moved(facts["project.launch"], facts[length], sign)

    return Derivation("date", ("project.launch", length), compute)


def _channels(facts: Inputs) -> float:
    people = facts["team.people"]
    if not isinstance(people.value, Decimal) or people.value % 1:
        raise UnfitError(people, "a whole number is needed")
    return people.number * (people.number - 1) / 2


def _bug_quarter(facts: Inputs) -> float:
    return in_unit(facts["bug.share"], "%") / 100 * in_unit(facts["revenue.first_quarter"], "$M")


DERIVED: Mapping[str, Derivation] = {
    "dates.kickoff": _day("project.plan", -1),
    "dates.alarm": _day("slip.notice", -1),
    "dates.launched": _day("delay.weeks"),
    "dates.window": _day("window.delay"),
    "team.channels": Derivation("count", ("team.people",), _channels),
    "revenue.first_week": Derivation("$M", _REVENUE, lambda facts: revenue_by_week(facts)[0]),
    "revenue.last_week": Derivation("$M", _REVENUE, lambda facts: revenue_by_week(facts)[-1]),
    "lost.calendar": _late("calendar"),
    "lost.uniform": _late("uniform"),
    "lost.shifted": _late("shifted"),
    "window.lost_uniform": _window(lambda revenue, weeks: math.fsum(revenue) * weeks / len(revenue)),
    "window.lost_ramp": _window(earned),
    "bug.quarter": Derivation("$M", ("bug.share", "revenue.first_quarter"), _bug_quarter),
    "bug.per_hundred": Derivation("count", ("bug.share",), lambda facts: in_unit(facts["bug.share"], "%")),
}
"""Every fact that is computed from facts, by name. Those about dependencies follow from ``dependencies.md`` instead."""


def derive(facts: Inputs, dependencies: Sequence[Dependency], place: Place, problems: list[Problem]) -> dict[str, Fact]:
    """Every derived fact, at the place of its first input, with the source ``derived``.

    ``place`` is the file of facts: a missing input is a problem there, an unsuitable one at its own place; what rests
    on either is left out.
    """
    derived = _of_dependencies(dependencies, place)
    wanting: dict[str, list[str]] = {}
    for name, derivation in DERIVED.items():
        if missing := [needed for needed in derivation.inputs if needed not in facts]:
            for needed in missing:
                wanting.setdefault(needed, []).append(name)
            continue
        try:
            value = _kept(derivation.compute(facts))
        except UnfitError as error:
            at = error.fact.place
            problems.append(Problem(at.path, at.line, f"{name} can't be computed: {error}", "mend the fact"))
            continue
        derived[name] = Fact(name, value, derivation.unit, "derived", facts[derivation.inputs[0]].place)
    for needed, names in wanting.items():
        message = f"the fact {needed!r} is missing, on which rest {', '.join(names)}"
        problems.append(Problem(place.path, place.line, message, f"add {needed} to the facts"))
    return derived


def inputs_of(names: Iterable[str]) -> set[str]:
    """The facts on which the derived facts among ``names`` rest."""
    return {needed for name in names if name in DERIVED for needed in DERIVED[name].inputs}


def _of_dependencies(dependencies: Sequence[Dependency], place: Place) -> dict[str, Fact]:
    verbal = [dependency for dependency in dependencies if dependency.promise == "verbal"]
    derived = {
        name: Fact(name, Decimal(len(counted)), "count", "derived", place)
        for name, counted in (("dependencies.count", dependencies), ("dependencies.verbal", verbal))
    }
    for dependency in dependencies:
        name = f"dependency.{dependency.key}"
        base = Fact(name, "", "text", "derived", dependency.place)
        for part in ("team", "title", "does"):
            derived[f"{name}.{part}"] = replace(base, name=f"{name}.{part}", value=getattr(dependency, part))
        weeks = _kept(dependency.weeks)
        derived[f"{name}.weeks"] = replace(base, name=f"{name}.weeks", value=weeks, unit="weeks")
    return derived


def _kept(value: float | date) -> Decimal | date:
    """A number to six decimals: a dollar in millions, and far above the noise of binary fractions."""
    return value if isinstance(value, date) else Decimal(f"{value:.6f}".rstrip("0").rstrip("."))

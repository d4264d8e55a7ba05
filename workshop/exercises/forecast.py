"""An own forecast in three dates, even odds, 80% and 99%, closed before any model is shown."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.revenue import day_of_week, in_weeks
from workshop.facts import show_date, show_number

NAMES = ("half", "eighty", "nearly")
"""The three dates, from even odds to nearly certain."""
NARROW = 0.25
"""From even odds to 99% in less than this share of the plan is asked about."""

Weeks = Mapping[str, float]


class Forecast(Exercise):
    """Three weeks, counted from the kick-off, by which the participant would be done with 50, 80 and 99%.

    Before the commitment it asks about the order, about a narrow spread, and about what the participant said in the
    estimate. It closes when ``commit`` is true, nothing is empty and the weeks rise; then it names the days.
    """

    name: ClassVar = "forecast"
    uses: ClassVar = ("project.launch", "project.plan")
    reads: ClassVar = ("estimate",)
    fields: ClassVar = (
        *(Field(name, "number", group="weeks", minimum=0, maximum=520, unit="weeks") for name in NAMES),
        Field("reason", "text"),
        Field("commit", "commit"),
    )
    keys: ClassVar = {
        "weeks.crossed": ("earlier", "later"),
        "weeks.narrow": ("width",),
        "half.early": ("half",),
        "half.planned": ("half",),
        "half.estimate": ("half", "on_time"),
        "eighty.estimate": ("eighty", "high"),
        "commit.early": (),
        "told.closed": ("half", "eighty", "nearly"),
    }

    def locked(self, answers: Answers) -> frozenset[str]:
        """Every field once the forecast is closed; none before, so that a commitment made too early blocks nothing."""
        return super().locked(answers) if closed(answers) else frozenset()

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about the weeks while they are open; once they are closed, the days that they mean."""
        weeks, plan = weeks_of(answers), in_weeks(case.facts["project.plan"])
        if closed(answers):
            days = {name: show_date(day_of_week(case.facts, weeks[name] - plan)) for name in NAMES}
            return [Advice("told.closed", "commit", "tell", values=days)]
        early = [Advice("commit.early", "commit")] if answers.get("commit") else []
        crossed = list(_ask_order(weeks))
        return [*crossed, *([] if crossed else _ask_spread(weeks, plan)), *_ask_estimate(weeks, plan, case), *early]


def weeks_of(answers: Answers) -> Weeks:
    """Those of the three weeks that have been answered."""
    return {name: float(value) for name in NAMES if isinstance(value := answers.get(name), int | float)}


def closed(answers: Answers) -> bool:
    """Whether the participant has committed to three weeks that rise."""
    weeks = list(weeks_of(answers).values())
    whole = answers.get("commit") is True and not Forecast().missing(answers)
    return whole and len(weeks) == len(NAMES) and weeks == sorted(weeks)


def _shown(week: float) -> str:
    return f"week {week:g}"


def _ask_order(weeks: Weeks) -> Iterator[Advice]:
    """About weeks that fall where they should rise."""
    for earlier, later in pairwise(NAMES):
        if weeks.get(earlier, 0) > weeks.get(later, float("inf")):
            yield Advice(
                "weeks.crossed", later, values={"earlier": _shown(weeks[earlier]), "later": _shown(weeks[later])}
            )


def _ask_spread(weeks: Weeks, plan: float) -> Iterator[Advice]:
    """About how far the last week lies from the first."""
    width = weeks.get("nearly", float("inf")) - weeks.get("half", 0)
    if width < NARROW * plan:
        yield Advice("weeks.narrow", "nearly", values={"width": show_number(width, "weeks")})


def _ask_estimate(weeks: Weeks, plan: float, case: Case) -> Iterator[Advice]:
    """About even odds, beside the plan and beside what the estimate said; about 80%, beside the estimate's range."""
    estimate = case.answers.get("estimate", {})
    half, on_time = weeks.get("half"), estimate.get("on_time")
    if half is not None and isinstance(on_time, int | float) and (half <= plan) != (on_time >= 50):
        yield Advice("half.estimate", "half", values={"half": _shown(half), "on_time": show_number(on_time, "%")})
    elif half is not None and half <= plan:
        yield Advice("half.early" if half < plan else "half.planned", "half", values={"half": _shown(half)})
    high = estimate.get("high")
    if "eighty" in weeks and isinstance(high, int | float) and weeks["eighty"] > plan + high:
        values = {"eighty": _shown(weeks["eighty"]), "high": _shown(plan + high)}
        yield Advice("eighty.estimate", "eighty", values=values)

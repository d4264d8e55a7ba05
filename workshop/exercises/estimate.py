"""An own estimate, committed before the reveal: chance, weeks, range and money; then the outcome beside it."""

from collections.abc import Iterator
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.revenue import in_weeks
from workshop.facts import show_number

CONFIDENCE = 80
"""Percent: how sure a participant is of the range from ``low`` to ``high``."""
NARROW = 2
"""Weeks: a range less wide than this, of a plan of months, is asked about."""
NEAR = 0.25
"""$M: money closer to the outcome than this counts as the same."""

Numbers = dict[str, float]


class Estimate(Exercise):
    """The chance of the planned date, the weeks late with a range, and the money lost, with a reason.

    Before the commitment it asks about certainty and contradictions. The estimate closes when ``commit`` is true,
    nothing is empty and the range runs upwards; then it tells what happened. One outcome is compared, never scored.
    """

    name: ClassVar = "estimate"
    uses: ClassVar = ("revenue.first_quarter", "delay.weeks", "lost.calendar")
    fields: ClassVar = (
        Field("on_time", "number", minimum=0, maximum=100, unit="%"),
        Field("late", "number", group="delay", minimum=0, maximum=104, unit="weeks"),
        Field("low", "number", group="delay", minimum=0, maximum=104, unit="weeks"),
        Field("high", "number", group="delay", minimum=0, maximum=104, unit="weeks"),
        Field("lost", "number", minimum=0, maximum=1000, unit="$M"),
        Field("reason", "text"),
        Field("commit", "commit"),
    )
    keys: ClassVar = {
        "on_time.certain": (),
        "on_time.impossible": (),
        "late.contradicts": ("on_time", "late"),
        "range.crossed": ("low", "high"),
        "range.outside": ("low", "high", "late"),
        "range.narrow": ("width",),
        "range.without_plan": ("on_time", "low"),
        "lost.nothing": ("late",),
        "lost.although_on_time": ("lost",),
        "lost.everything": ("lost",),
        "commit.early": (),
        "told.launch": (),
        "told.range_held": ("low", "high", "late"),
        "told.later": ("high", "late", "beyond"),
        "told.sooner": ("low", "late"),
        "told.chance": ("on_time",),
        "told.certain": (),
        "told.money": (),
        "told.money_less": ("lost", "gap"),
        "told.money_more": ("lost", "gap"),
        "told.money_near": ("lost",),
        "told.reason": (),
    }

    def locked(self, answers: Answers) -> frozenset[str]:
        """Every field once the estimate is closed; none before, so that a commitment made too early blocks nothing."""
        return super().locked(answers) if self._ready(answers) else frozenset()

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about the estimate while it is open; once it is closed, the outcome beside it."""
        numbers = {
            field.name: float(value)
            for field in self.fields
            if field.kind == "number" and isinstance(value := answers.get(field.name), int | float)
        }
        if self.locked(answers):
            quote = (str(answers["reason"]),)
            return [*_tell(numbers, case), Advice("told.reason", "reason", "tell", quotes=quote)]
        early = [Advice("commit.early", "commit")] if answers.get("commit") else []
        return [*_ask_time(numbers), *_ask_range(numbers), *_ask_money(numbers, case), *early]

    def _ready(self, answers: Answers) -> bool:
        """Nothing is empty and the range runs upwards."""
        low, high = answers.get("low"), answers.get("high")
        upwards = isinstance(low, int | float) and isinstance(high, int | float) and low <= high
        return upwards and not self.missing(answers)


def _shown(numbers: Numbers, *names: str) -> dict[str, str]:
    """These numbers as a reader sees them, each with its field's unit."""
    units = {field.name: field.unit for field in Estimate.fields}
    return {name: show_number(numbers[name], units[name]) for name in names}


def _ask_time(numbers: Numbers) -> Iterator[Advice]:
    """About the chance of the planned date, alone and beside the most likely delay."""
    if (on_time := numbers.get("on_time")) is None:
        return
    if on_time in (0, 100):
        yield Advice("on_time.certain" if on_time else "on_time.impossible", "on_time")
    if on_time > 50 and numbers.get("late", 0) > 0:
        yield Advice("late.contradicts", "late", values=_shown(numbers, "on_time", "late"))


def _ask_range(numbers: Numbers) -> Iterator[Advice]:
    """About the range: its order, its width, and what it leaves out."""
    if not {"low", "high"} <= numbers.keys():
        return
    low, high = numbers["low"], numbers["high"]
    if low > high:
        yield Advice("range.crossed", "high", values=_shown(numbers, "low", "high"))
        return
    if high - low < NARROW:
        yield Advice("range.narrow", "high", values={"width": show_number(high - low, "weeks")})
    if "late" in numbers and not low <= numbers["late"] <= high:
        yield Advice("range.outside", "high", values=_shown(numbers, "low", "high", "late"))
    if low > 0 and numbers.get("on_time", 0) > 100 - CONFIDENCE:
        yield Advice("range.without_plan", "low", values=_shown(numbers, "on_time", "low"))


def _ask_money(numbers: Numbers, case: Case) -> Iterator[Advice]:
    """About the money: beside the most likely delay, and beside the whole quarter's revenue."""
    if (lost := numbers.get("lost")) is None:
        return
    if lost > case.facts["revenue.first_quarter"].number:
        yield Advice("lost.everything", "lost", values=_shown(numbers, "lost"))
    if "late" in numbers and lost == 0 < numbers["late"]:
        yield Advice("lost.nothing", "lost", values=_shown(numbers, "late"))
    if numbers.get("late") == 0 < lost:
        yield Advice("lost.although_on_time", "lost", values=_shown(numbers, "lost"))


def _tell(numbers: Numbers, case: Case) -> Iterator[Advice]:
    """The outcome, then the range, the chance and the money of a closed estimate beside it."""
    delay, cost = in_weeks(case.facts["delay.weeks"]), case.facts["lost.calendar"].number
    yield Advice("told.launch", "late", "tell")
    if numbers["low"] <= delay <= numbers["high"]:
        yield Advice("told.range_held", "high", "tell", values=_shown(numbers, "low", "high", "late"))
    elif numbers["high"] < delay:
        beyond = show_number(delay - numbers["high"], "weeks")
        yield Advice("told.later", "high", "tell", values={**_shown(numbers, "high", "late"), "beyond": beyond})
    else:
        yield Advice("told.sooner", "low", "tell", values=_shown(numbers, "low", "late"))
    if numbers["on_time"] == 100:
        yield Advice("told.certain", "on_time", "tell")
    else:
        yield Advice("told.chance", "on_time", "tell", values=_shown(numbers, "on_time"))
    yield Advice("told.money", "lost", "tell")
    values = _shown(numbers, "lost")
    if abs(gap := numbers["lost"] - cost) < NEAR:
        yield Advice("told.money_near", "lost", "tell", values=values)
    else:
        values["gap"] = show_number(abs(gap), "$M")
        yield Advice("told.money_more" if gap > 0 else "told.money_less", "lost", "tell", values=values)

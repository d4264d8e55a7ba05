"""The schedule model in the participant's hands: what to believe of the parts, what to do about them, what it buys."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.forecast import NAMES, closed, weeks_of
from workshop.facts import show_number
from workshop.models.schedule import Levers, Schedule
from workshop.models.trials import Runs, own_path, simulate

HOPEFUL, CAREFUL = 0.65, 0.92
"""An own 80% week that is met in less or more of the runs than this is called early or late."""
INSIDE = "inside"
STEP = 0.5
"""Weeks: what the slider of the scope moves by."""


class ScheduleRisk(Exercise):
    """Beliefs (``view``, ``on_time``, ``rho``) and levers (``contract``, ``cut``), each with the model's reply.

    Nothing of the model is shown before the participant's own forecast is closed. Then it tells what the runs say of
    the planned date, of waiting for several parts, and of the levers in use. The participant's own weeks are for the
    plan as it is, so they are held against its runs whatever the levers.
    """

    name: ClassVar = "schedule"
    reads: ClassVar = ("estimate", "forecast")
    fields: ClassVar = (
        Field("view", "choice", group="beliefs", choices=("class", INSIDE)),
        Field("on_time", "slider", group="beliefs", minimum=5, maximum=95, step=1, unit="%"),
        Field("rho", "slider", group="beliefs", minimum=0, maximum=0.9, step=0.05),
        Field("contract", "choice", group="levers", choices=("no", "yes")),
        Field("cut", "slider", group="levers", minimum=0, step=STEP, unit="weeks"),
        Field("first", "text"),
    )
    keys: ClassVar = {
        "forecast.first": (),
        "contract.no_use": ("chance", "without"),
        "first.no_number": (),
        "told.chance": ("chance", "half", "eighty"),
        "told.estimate": ("chance", "on_time"),
        "told.own": (*NAMES, *(f"{name}_runs" for name in NAMES)),
        "told.inside": ("inside", "outside"),
        "told.hopeful": ("eighty", "model", "apart"),
        "told.careful": ("eighty", "model", "apart"),
        "told.close": ("eighty", "model"),
        "told.waiting": ("alone", "all", "gap"),
        "told.levers": ("chance", "without", "points"),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """The sliders stand where the case's own parameters are; at most half of the own work can be cut."""
        schedule = schedule_of(case)
        fitted = {
            "on_time": lambda field: replace(field, base=round(100 * schedule.base.on_time)),
            "rho": lambda field: replace(field, base=schedule.rho),
            "cut": lambda field: replace(field, maximum=max(STEP, schedule.own // 2)),
        }
        return tuple(fitted[field.name](field) if field.name in fitted else field for field in self.fields)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What the runs say at this setting, or a request to commit to a forecast first."""
        forecast = case.answers.get("forecast", {})
        if not closed(forecast):
            return [Advice("forecast.first", "", "tell")]
        schedule = schedule_of(case)
        levers = setting(answers, schedule)
        runs = simulate(schedule, levers)
        as_it_is = simulate(schedule, replace(levers, contract=False, cut=0.0))
        return [
            *_ask(answers, schedule, levers),
            *_tell_date(runs, as_it_is, schedule, case),
            *_tell_own(as_it_is, forecast),
            *_tell_view(as_it_is, answers, schedule, forecast),
            *_tell_waiting(runs, own_path(schedule, levers)),
            *_tell_levers(runs, as_it_is, schedule),
        ]


def schedule_of(case: Case) -> Schedule:
    """The schedule of the case."""
    return Schedule.of(case.data["schedule"], case.dependencies)


def setting(answers: Answers, schedule: Schedule) -> Levers:
    """The setting of the sliders and choices; what nobody has touched is the case's own, without a lever."""

    def moved(name: str, untouched: float) -> float:
        value = answers.get(name)
        return float(value) if isinstance(value, int | float) else untouched

    on_time = answers.get("on_time")
    ratio = schedule.base.with_on_time(on_time / 100) if isinstance(on_time, int | float) else schedule.base
    if answers.get("view") == INSIDE:
        ratio = schedule.inside
    return Levers(ratio, moved("rho", schedule.rho), answers.get("contract") == "yes", moved("cut", 0))


def percent(share: float) -> str:
    """A share of the runs, in whole percent: what lies behind that is the luck of the draw."""
    return f"{100 * share:.0f}%"


def _week(week: float) -> str:
    return f"week {week:.1f}".removesuffix(".0")


def _ask(answers: Answers, schedule: Schedule, levers: Levers) -> Iterator[Advice]:
    """About a contract that doesn't help, and about a conclusion without a figure."""
    if levers.contract:
        runs, without = simulate(schedule, levers), simulate(schedule, replace(levers, contract=False))
        if runs.chance(schedule.plan) <= without.chance(schedule.plan):
            values = {"chance": percent(runs.chance(schedule.plan)), "without": percent(without.chance(schedule.plan))}
            yield Advice("contract.no_use", "contract", values=values)
    first = str(answers.get("first") or "")
    if first.strip() and not any(letter.isdigit() for letter in first):
        yield Advice("first.no_number", "first")


def _tell_date(runs: Runs, as_it_is: Runs, schedule: Schedule, case: Case) -> Iterator[Advice]:
    """The planned date in the runs; and beside what the estimate gave it, in those of the plan as it is."""
    chance = percent(runs.chance(schedule.plan))
    values = {"chance": chance, "half": _week(runs.week(0.5)), "eighty": _week(runs.week(0.8))}
    yield Advice("told.chance", "", "tell", values=values)
    on_time = case.answers.get("estimate", {}).get("on_time")
    if isinstance(on_time, int | float):
        values = {"chance": percent(as_it_is.chance(schedule.plan)), "on_time": show_number(on_time, "%")}
        yield Advice("told.estimate", "", "tell", values=values)


def _tell_own(runs: Runs, forecast: Answers) -> Iterator[Advice]:
    """The participant's own weeks in the runs of the plan that they are for."""
    own = weeks_of(forecast)
    met = {f"{name}_runs": percent(runs.chance(week)) for name, week in own.items()}
    yield Advice("told.own", "", "tell", values={**{name: f"{week:g}" for name, week in own.items()}, **met})


def _tell_view(runs: Runs, answers: Answers, schedule: Schedule, forecast: Answers) -> Iterator[Advice]:
    """Which way the own 80% week errs, if the model is any guide; from inside, how the two views differ instead."""
    if answers.get("view") == INSIDE:
        outside = simulate(schedule, replace(setting({**answers, "view": None}, schedule), contract=False, cut=0.0))
        chances = {"inside": runs.chance(schedule.plan), "outside": outside.chance(schedule.plan)}
        yield Advice("told.inside", "", "tell", values={view: percent(share) for view, share in chances.items()})
        return
    own = weeks_of(forecast)
    share, model = runs.chance(own["eighty"]), runs.week(0.8)
    values = {"eighty": f"week {own['eighty']:g}", "model": _week(model)}
    if HOPEFUL <= share <= CAREFUL:
        yield Advice("told.close", "", "tell", values=values)
    else:
        values["apart"] = show_number(round(abs(own["eighty"] - model), 1), "weeks")
        yield Advice("told.hopeful" if share < HOPEFUL else "told.careful", "", "tell", values=values)


def _tell_waiting(runs: Runs, alone: Runs) -> Iterator[Advice]:
    """What it costs to wait for the slowest of several parts."""
    # Of the rounded weeks, since whoever reads both will subtract them.
    gap = show_number(round(round(runs.mean, 1) - round(alone.mean, 1), 1), "weeks")
    yield Advice("told.waiting", "", "tell", values={"alone": _week(alone.mean), "all": _week(runs.mean), "gap": gap})


def _tell_levers(runs: Runs, as_it_is: Runs, schedule: Schedule) -> Iterator[Advice]:
    """What the levers in use buy, in percentage points of the planned date."""
    chance, without = runs.chance(schedule.plan), as_it_is.chance(schedule.plan)
    if chance > without:
        points = str(round(100 * chance) - round(100 * without))
        values = {"chance": percent(chance), "without": percent(without), "points": points}
        yield Advice("told.levers", "", "tell", values=values)

"""The decision model within reach: a slider for every parameter that has a range, and what one's own settings say."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from workshop.course import Fact, Place, Value
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.revenue import revenue_by_week
from workshop.facts import show_number
from workshop.models.choice import best, judge, open_options
from workshop.models.decision import Option, Parameter, Settings, expected, parameters, settle, with_one

GROUPS: Mapping[str, tuple[str, ...]] = {
    "full": ("defect", "failing", "fix", "secondary", "stop", "window"),
    "limited": ("served", "leak", "stop_limited", "extra_limited"),
    "delay": ("delay", "extra_delay", "missed", "left"),
}
"""The parameters, under the option at which one meets them first."""
CLOSE = 0.15
"""$M: options that are expected to lose amounts closer together than this are told to be the same."""
ONE_WAY = 3
"""So many moved sliders, none of them against one's vote, are asked about."""


def _sliders(group: str) -> tuple[Field, ...]:
    return tuple(Field(name, "slider", group=group) for name in GROUPS[group])


@dataclass(frozen=True)
class Weighed:
    """The model as a participant has set it."""

    known: Mapping[str, Parameter]
    moved: Mapping[str, float]
    """The parameters moved away from their base, in their own units."""
    revenue: tuple[float, ...]
    limited: bool
    """Whether a limited launch is feasible. It counts as such until somebody says that it isn't."""
    weight: float
    """On the worst outcomes, 0 to 1."""

    @cached_property
    def settings(self) -> Settings:
        """What the model works with."""
        return settle(self.known, self.revenue, self.moved)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that are open."""
        return open_options(self.limited)

    @cached_property
    def losses(self) -> dict[Option, float]:
        """Each option's loss as this participant sees it, $M: its mean, with the chosen weight on its worst."""
        return judge(self.settings, self.weight)

    @property
    def best(self) -> Option:
        """The open option that loses least."""
        return best(self.losses, self.options)


def weigh(answers: Answers, case: Case) -> Weighed:
    """The model as these answers to the exercise ``decision`` set it; a number beyond its range counts as its end."""
    known = parameters(case.data["decision"])
    settings = {name: _within(answers.get(name), each.low, each.base, each.high) for name, each in known.items()}
    return Weighed(
        known,
        {name: value for name, value in settings.items() if value != known[name].base},
        tuple(revenue_by_week(case.facts)),
        answers.get("feasible") != "no",
        _within(answers.get("weight"), 0, 0, 100) / 100,
    )


def _within(value: Value, low: float, base: float, high: float) -> float:
    return min(max(float(value), low), high) if isinstance(value, int | float) else base


def losses_of(rows: Sequence[Mapping[str, str]], facts: Mapping[str, Fact], place: Place) -> dict[str, Fact]:
    """Each option's expected loss at the case's own settings as a fact, ``decision.full`` and so on, at ``place``.

    ValueError and KeyError say what the parameters or the facts lack.
    """
    settings = settle(parameters(rows), revenue_by_week(facts), {})
    return {
        (name := f"decision.{option}"): Fact(name, Decimal(f"{loss:.6f}"), "$M", "derived", place)
        for option, loss in expected(settings).items()
    }


class Decision(Exercise):
    """A slider for every parameter that has a range, whether a limited launch is feasible, and weight on the worst.

    What the settings lead to stands in the tables and charts below the form. The exercise itself says which option
    loses least, and asks about settings that all lean one way.
    """

    name: ClassVar = "decision"
    reads: ClassVar = ("vote",)
    uses: ClassVar = ("revenue.first_quarter", "load.peak", "market.quarter")
    fields: ClassVar = (
        *_sliders("full"),
        Field("feasible", "choice", group="limited", choices=("yes", "no")),
        *_sliders("limited"),
        *_sliders("delay"),
        Field("weight", "slider", group="worst", minimum=0, maximum=100, step=1, unit="%"),
        Field("reading"),
    )
    keys: ClassVar = {
        "moved.nothing": (),
        "moved.one_way": ("count",),
        "best.full": ("loss",),
        "best.limited": ("loss",),
        "best.delay": ("loss",),
        "best.close": ("gap",),
        "worst.turns": (),
        "worst.agrees": (),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """The fields with each slider's range, base and meaning from the case; without those that have no range."""
        known = parameters(case.data["decision"])
        fields = (_fitted(field, known[field.name]) if field.name in known else field for field in self.fields)
        return tuple(field for field in fields if field.name not in known or known[field.name].ranged)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Which option loses least, once anything is said; and questions about how the sliders were moved."""
        if not any(value not in (None, "") for value in answers.values()):
            return []
        weighed = weigh(answers, case)
        return [*_ask_moves(answers, weighed, case), *_tell_best(weighed)]


def _fitted(field: Field, parameter: Parameter) -> Field:
    low, base, high = parameter.low, parameter.base, parameter.high
    return replace(
        field,
        minimum=low,
        maximum=high,
        base=base,
        step=step_of(low, base, high),
        unit=parameter.unit,
        label=parameter.title,
    )


def step_of(low: float, base: float, high: float) -> float:
    """A slider's step: 1, 2 or 5 times a power of ten, at most 60 of them; less where it must, to meet base."""
    if low >= high:
        return 1.0
    power = 10.0 ** math.floor(math.log10((high - low) / 60))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if (high - low) / (power * factor) <= 60)
    steps = math.ceil(round((base - low) / step, 6))
    return round((base - low) / steps, 9) if steps else step


def _ask_moves(answers: Answers, weighed: Weighed, case: Case) -> list[Advice]:
    """About a reading without a moved slider, and about sliders that were all moved in favour of one's own vote."""
    if str(answers.get("reading") or "").strip() and not weighed.moved and not weighed.weight:
        return [Advice("moved.nothing", "reading")]
    vote = case.answers.get("vote", {}).get("choice")
    mine = next((option for option in weighed.options if option == vote), None)
    if mine is None or len(weighed.moved) < ONE_WAY:
        return []
    base = settle(weighed.known, weighed.revenue, {})
    before = _lead(base, mine, weighed)
    leans = [
        _lead(with_one(base, weighed.known[name], value), mine, weighed) - before
        for name, value in weighed.moved.items()
    ]
    if min(leans) > -1e-9 and max(leans) > 1e-9:  # some leave the lead as it is
        return [Advice("moved.one_way", "reading", values={"count": str(len(leans))})]
    return []


def _lead(settings: Settings, mine: Option, weighed: Weighed) -> float:
    """What the best of the other options is expected to lose more than ``mine``, $M."""
    losses = expected(settings)
    return min(losses[option] for option in weighed.options if option != mine) - losses[mine]


def _tell_best(weighed: Weighed) -> list[Advice]:
    """The option that loses least, how close the next is, and whether weight on the worst changes anything."""
    first, second = sorted(weighed.losses[option] for option in weighed.options)[:2]
    loss = {"loss": show_number(round(first, 6), "$M")}
    told = [Advice(f"best.{weighed.best}", "reading", "tell", values=loss)]
    if second - first < CLOSE:
        told.append(
            Advice("best.close", "reading", "tell", values={"gap": show_number(round(second - first, 6), "$M")})
        )
    if weighed.weight:
        by_mean = best(expected(weighed.settings), weighed.options)
        key = "worst.agrees" if by_mean == weighed.best else "worst.turns"
        told.append(Advice(key, "weight", "tell"))
    return told

"""The decision between a full launch, a limited one and a delay: what each is expected to lose, and how bad it may get.

With V(a, b) as the revenue between the weeks a and b after the planned launch, the expected losses are::

    fault(a) = failing * V(a, a + fix) * (1 + secondary)        what a defect costs that shows in week a
    rest     = left * (fault(delay) + stop * window)            a defect that is still in the late launch

    full     = defect * (fault(0) + stop * window)
    limited  = (1 - served) * V(0, delay) + extra_limited
               + defect * (leak * served * fault(0) + stop_limited * window) + rest
    delay    = V(0, delay) + extra_delay + missed * window + rest

Source: the case's own decision model; the structure is an assumption, and so is each number in the scenario's data.
Uncertain in it are events only (a defect, a stop, a window missed). The parameters are as good as they are: to doubt
one, move it.

Money is in millions of dollars, time in weeks, a chance or a share is a fraction from 0 to 1.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from workshop.models.curve import WEEKS, earned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Losses = NDArray[np.float64]

Option = Literal["full", "limited", "delay"]
OPTIONS: tuple[Option, ...] = get_args(Option)

SYMBOLS: Mapping[str, str] = {
    "p": "defect", "f": "failing", "d": "fix", "k": "secondary", "q": "stop", "C6": "window", "s": "served",
    "l": "leak", "qL": "stop_limited", "pr": "left", "cL": "extra_limited", "cD": "extra_delay", "m": "missed",
    "D": "delay",
}  # fmt: skip
"""The symbols of the scenario's data, and the name of each here."""
SCALES: Mapping[str, float] = {"%": 0.01, "x": 1, "$M": 1, **WEEKS}
"""Unit of the scenario's data to what one of it is in the units of this module."""

TAIL = 0.05
"""The share of all outcomes that counts as the worst."""
TRIALS, SEED = 200_000, 6


@dataclass(frozen=True)
class Parameter:
    """A parameter as the scenario states it, in its ``unit``. Without a range, ``low`` and ``high`` are the base."""

    name: str
    meaning: str
    base: float
    low: float
    high: float
    unit: str

    @property
    def title(self) -> str:
        """What it stands for, as a label."""
        return self.meaning[:1].upper() + self.meaning[1:]

    @property
    def ranged(self) -> bool:
        """Whether the scenario gives it a range."""
        return self.low < self.high


@dataclass(frozen=True)
class Settings:
    """A value for every parameter, in the units of this module, and the revenue of each week of the quarter."""

    defect: float
    failing: float
    fix: float
    secondary: float
    stop: float
    window: float
    served: float
    leak: float
    stop_limited: float
    left: float
    extra_limited: float
    extra_delay: float
    missed: float
    delay: float
    revenue: tuple[float, ...]

    def between(self, start: float, end: float) -> float:
        """V(start, end): the revenue of these weeks, $M."""
        return earned(self.revenue, end) - earned(self.revenue, start)

    def fault(self, week: float) -> float:
        """What a defect costs that shows at a launch in this week, $M."""
        return self.failing * self.between(week, week + self.fix) * (1 + self.secondary)

    @property
    def sure(self) -> dict[Option, float]:
        """What each option loses whatever happens, $M."""
        waiting = self.between(0, self.delay)
        return {
            "full": 0.0,
            "limited": (1 - self.served) * waiting + self.extra_limited,
            "delay": waiting + self.extra_delay,
        }


def parameters(rows: Sequence[Mapping[str, str]]) -> dict[str, Parameter]:
    """The parameters of the scenario's data set ``decision``, by name.

    ValueError names the first thing wrong with the rows: a symbol that is missing, unknown or there twice, a unit
    without a scale, a cell that is no number, or a base outside its range.
    """
    found: dict[str, Parameter] = {}
    for row in rows:
        symbol = row["parameter"]
        name = SYMBOLS.get(symbol)
        if name is None or name in found:
            raise ValueError(f"the parameter {symbol!r} is {'there twice' if name else 'unknown'}")
        if row["unit"] not in SCALES:
            raise ValueError(f"the parameter {symbol!r} is in {row['unit']!r}; units are {', '.join(SCALES)}")
        try:
            base = float(row["base"])
            low, high = (float(row[end] or base) for end in ("low", "high"))
        except ValueError:
            raise ValueError(f"the parameter {symbol!r} has a cell that is no number") from None
        if not low <= base <= high:
            raise ValueError(f"the parameter {symbol!r} has its base outside its range")
        found[name] = Parameter(name, row["meaning"], base, low, high, row["unit"])
    for symbol, name in SYMBOLS.items():
        if name not in found:
            raise ValueError(f"the parameter {symbol!r} is missing")
    return found


def settle(known: Mapping[str, Parameter], revenue: Sequence[float], moved: Mapping[str, float]) -> Settings:
    """The settings with each parameter at its base, or where it was ``moved`` to (by name, in the parameter's unit)."""
    values = {name: moved.get(name, each.base) * SCALES[each.unit] for name, each in known.items()}
    return Settings(**values, revenue=tuple(revenue))


def with_one(settings: Settings, parameter: Parameter, value: float) -> Settings:
    """The settings with one parameter at ``value``, in the parameter's unit."""
    return replace(settings, **{parameter.name: value * SCALES[parameter.unit]})  # type: ignore[arg-type]


def expected(settings: Settings) -> dict[Option, float]:
    """The expected loss of each option, $M."""
    s = settings
    rest = s.left * (s.fault(s.delay) + s.stop * s.window)
    return {
        "full": s.sure["full"] + s.defect * (s.fault(0) + s.stop * s.window),
        "limited": s.sure["limited"] + s.defect * (s.leak * s.served * s.fault(0) + s.stop_limited * s.window) + rest,
        "delay": s.sure["delay"] + s.missed * s.window + rest,
    }


class Spread(NamedTuple):
    """How an option's outcomes lie: their mean, the mean of the worst ``TAIL`` of them ($M), the chance of a large one.

    Large is a loss of the whole first quarter's revenue, or of more.
    """

    mean: float
    worst: float
    large: float


@lru_cache(maxsize=64)
def simulate(settings: Settings, trials: int = TRIALS, seed: int = SEED) -> dict[Option, Spread]:
    """The spread of each option's ``outcomes``. The worst are taken by sorting.

    Those at or above a quantile would be wrong: outcomes come in a few heaps of equal ones, and the heap in which the
    quantile lies would be taken whole, however large it is.

    Without numpy (in a browser) nothing is drawn: what the shares of the worlds come to is added up.
    """
    if find_spec("numpy") is None:
        return {option: _added_up(chances, math.fsum(settings.revenue)) for option, chances in lots(settings).items()}
    import numpy as np

    large, count = math.fsum(settings.revenue), max(1, round(trials * TAIL))
    return {
        option: Spread(float(losses.mean()), float(np.sort(losses)[-count:].mean()), float((losses >= large).mean()))
        for option, losses in outcomes(settings, trials, seed).items()
    }


Lots = Sequence[tuple[float, float]]
"""What may happen, as losses ($M) and their chances, which come to 1."""


def lots(settings: Settings) -> dict[Option, Lots]:
    """Every loss that each option may end with, and its chance: the worlds of ``outcomes``, each kind once."""
    s = settings

    def defect(chance: float, costs: float, stop: float) -> Lots:
        return [(0.0, 1 - chance), (costs, chance * (1 - stop)), (costs + s.window, chance * stop)]

    def either(one: Lots, other: Lots) -> Lots:
        return [(a + b, p * q) for a, p in one for b, q in other]

    late = defect(s.left, s.fault(s.delay), s.stop)
    limited = defect(s.defect, s.leak * s.served * s.fault(0), s.stop_limited)
    happens: dict[Option, Lots] = {
        "full": defect(s.defect, s.fault(0), s.stop),
        "limited": either(limited, late),
        "delay": either([(0.0, 1 - s.missed), (s.window, s.missed)], late),
    }
    return {option: [(s.sure[option] + loss, chance) for loss, chance in happens[option]] for option in OPTIONS}


def _added_up(chances: Lots, large: float) -> Spread:
    mean = math.fsum(loss * chance for loss, chance in chances)
    left, worst = TAIL, 0.0
    for loss, chance in sorted(chances, reverse=True):
        worst, left = worst + loss * min(chance, left), max(0.0, left - chance)
    return Spread(mean, worst / TAIL, math.fsum(chance for loss, chance in chances if loss >= large))


def outcomes(settings: Settings, trials: int = TRIALS, seed: int = SEED) -> "dict[Option, Losses]":
    """What each option loses in the same ``trials`` worlds, $M: arrays of ``trials`` losses.

    Three things are left to chance in a world: the launch, the late launch and the window. Each has a number from 0 to
    1: below the chance of a defect there is one, and below the chance of a defect that leads to a stop there is a stop
    as well. The numbers are evenly spread and shuffled with ``seed`` (a Latin hypercube: McKay, Beckman and Conover
    1979), so that each event happens as often as its chance says. Independent draws would scatter: over 200,000 of
    them the mean of the worst 5% has a standard error of about 0.1 to 0.2.
    """
    s = settings
    launch, late, window = _worlds(trials, seed)
    rest = (late < s.left) * s.fault(s.delay) + (late < s.left * s.stop) * s.window
    leaked = (launch < s.defect) * s.leak * s.served * s.fault(0)
    return {
        "full": s.sure["full"] + (launch < s.defect) * s.fault(0) + (launch < s.defect * s.stop) * s.window,
        "limited": s.sure["limited"] + leaked + (launch < s.defect * s.stop_limited) * s.window + rest,
        "delay": s.sure["delay"] + (window < s.missed) * s.window + rest,
    }


@lru_cache(maxsize=1)
def _worlds(trials: int, seed: int) -> "Losses":
    """Three rows of ``trials`` numbers between 0 and 1, evenly spread, each row shuffled by itself."""
    import numpy as np

    generator = np.random.default_rng(seed)
    return np.stack([(generator.permutation(trials) + 0.5) / trials for _ in range(3)])

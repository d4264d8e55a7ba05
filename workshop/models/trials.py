"""The schedule model, drawn: a couple of hundred thousand runs of the project, quick enough to follow a slider.

The normal variables are drawn once, from a seeded generator, and kept; a new setting only transforms them. So two
settings meet the same luck, and what differs between them is the setting.

Without numpy (in a browser) nothing is drawn: the same questions are answered by ``workshop.models.exact``, which takes
about a second a setting.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from importlib.util import find_spec
from typing import TYPE_CHECKING

from workshop.models.exact import Window, chance, known_at_alarm, mean_week, week_of
from workshop.models.schedule import Levers, Part, Schedule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float32]

TRIALS = 200_000
SEED = 52
"""One whose sample agrees with the exact figures of the first case in every digit that is shown."""
FEWEST = 500
"""Below this many runs, what they say of a rare case is mostly chance."""
SOONEST = 1e-5
"""The chance at which a distribution without runs begins."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The runs of a setting: weeks from the start to the end of the project, from the shortest to the longest."""

    weeks: "Draws"

    def chance(self, by: float) -> float:
        """The share of runs that are done by the week ``by``."""
        return float(self.weeks.searchsorted(by, side="right") / len(self.weeks))

    def week(self, share: float) -> float:
        """The week by which this share of runs is done."""
        return float(self.weeks[min(len(self.weeks) - 1, int(share * len(self.weeks)))])

    @property
    def first(self) -> float:
        """The week of the shortest run."""
        return float(self.weeks[0])

    @property
    def mean(self) -> float:
        return float(self.weeks.mean(dtype=float))


@dataclass(frozen=True, eq=False)
class Exact:
    """A setting without runs, asked in the same words as an ``Outcome``."""

    schedule: Schedule
    levers: Levers
    known: Mapping[int, Window] = field(default_factory=dict)
    _found: dict[float, float] = field(default_factory=dict)

    def chance(self, by: float) -> float:
        """The chance to be done by the week ``by``."""
        return chance(self.schedule, self.levers, by, self.known) if by > 0 else 0.0

    def week(self, share: float) -> float:
        """The week by which all is done with this chance."""
        if share not in self._found:
            self._found[share] = week_of(self.schedule, self.levers, share, self.known)
        return self._found[share]

    @property
    def first(self) -> float:
        """The week before which hardly anything is done."""
        return self.week(SOONEST)

    @property
    def mean(self) -> float:
        return mean_week(self.schedule, self.levers)


Runs = Outcome | Exact


def _drawn_here() -> bool:
    return find_spec("numpy") is not None


@lru_cache(maxsize=2)
def _drawn(count: int, trials: int, seed: int) -> tuple["Draws", "Draws"]:
    """The common factor, and ``count`` variables of their own: standard normal, shapes (trials,), (count, trials)."""
    import numpy as np

    generator = np.random.default_rng(seed)
    return generator.standard_normal(trials, np.float32), generator.standard_normal((count, trials), np.float32)


@lru_cache(maxsize=2)
def _correlated(count: int, rho: float, trials: int, seed: int) -> "Draws":
    """``count`` standard normal variables with the correlation ``rho`` between any two; shape (count, trials)."""
    common, own = _drawn(count, trials, seed)
    draws: Draws = own * math.sqrt(1 - rho) + common * math.sqrt(rho)
    return draws


def _paths(schedule: Schedule, levers: Levers, trials: int, seed: int) -> "tuple[list[Draws], Draws]":
    """The weeks of the parts side by side and of the last step, in each run."""
    import numpy as np

    parts, last = levers.parts(schedule)
    draws = _correlated(1 + len(parts), levers.rho, trials, seed)

    def weeks(part: Part, draw: "Draws") -> "Draws":
        ratio: Draws = np.exp(draw * np.float32(part.ratio.sigma) + np.float32(part.ratio.mu + math.log(part.weeks)))
        return ratio

    return [weeks(part, draw) for part, draw in zip(parts, draws, strict=False)], weeks(last, draws[-1])


@lru_cache(maxsize=16)
def simulate(schedule: Schedule, levers: Levers, *, trials: int = TRIALS, seed: int = SEED) -> Runs:
    """All runs of this setting."""
    if not _drawn_here():
        return Exact(schedule, levers)
    import numpy as np

    side_by_side, last = _paths(schedule, levers, trials, seed)
    return Outcome(np.sort(reduce(np.maximum, side_by_side) + last))


@lru_cache(maxsize=16)
def own_path(schedule: Schedule, levers: Levers, *, trials: int = TRIALS, seed: int = SEED) -> Runs:
    """The same runs if nothing but the own work had to be waited for."""
    if not _drawn_here():
        return Exact(replace(schedule, dependencies=()), levers)
    import numpy as np

    side_by_side, last = _paths(schedule, levers, trials, seed)
    return Outcome(np.sort(side_by_side[0] + last))


@lru_cache(maxsize=16)
def from_alarm(schedule: Schedule, levers: Levers, *, trials: int = TRIALS, seed: int = SEED) -> Runs | None:
    """Those of the runs that fit what is known on the day of the alarm; None where that is too rare to say anything."""
    if not _drawn_here():
        return _exact_from_alarm(schedule, levers)
    import numpy as np

    side_by_side, last = _paths(schedule, levers, trials, seed)
    fit = np.ones(trials, bool)
    for number, (low, high) in known_at_alarm(schedule).items():
        fit &= (low < side_by_side[number]) & (side_by_side[number] <= high)
    weeks = (reduce(np.maximum, side_by_side) + last)[fit]
    return Outcome(np.sort(weeks)) if len(weeks) >= FEWEST else None


def _exact_from_alarm(schedule: Schedule, levers: Levers) -> Exact | None:
    told = Exact(schedule, levers, known_at_alarm(schedule))
    try:
        told.chance(schedule.plan)
    except ValueError:
        return None
    return told

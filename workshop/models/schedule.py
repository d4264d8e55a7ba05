"""The schedule model: when a plan of parallel parts and a last step is done, if parts take as long as such parts do.

Each part has a planned duration and a ratio, actual over planned, that is log-normal. All parts that run side by side
must be done before the last step begins::

    T = max(own * R0, first dependency * R1, second * R2, ...) + integration * R

The logarithms of the ratios are normal with one common factor F: log R = mu + sigma * (sqrt(rho) F + sqrt(1-rho) e), so
that ``rho`` is the correlation of every pair (a one-factor Gaussian copula: Vasicek 1987, Li 2000). Time is in weeks
from the start of the project, and every parameter comes from the scenario's ``schedule`` data and its dependencies.

``workshop.models.exact`` integrates this, ``workshop.models.trials`` draws it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from workshop.course import Dependency

NORMAL = NormalDist()
LATE = "late"
"""The key of the dependency that slips."""


class Ratio(NamedTuple):
    """Actual over planned duration, log-normal: ``mu`` and ``sigma`` are mean and deviation of its logarithm.

    Source of the formulas: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), chapter 14.
    """

    mu: float
    sigma: float

    @property
    def on_time(self) -> float:
        """The share of such parts that take no longer than planned."""
        return NORMAL.cdf(-self.mu / self.sigma)

    @property
    def mean(self) -> float:
        return math.exp(self.mu + self.sigma**2 / 2)

    def quantile(self, share: float) -> float:
        """The ratio that this share of parts doesn't exceed; 0.5 gives the median."""
        return math.exp(self.mu + self.sigma * NORMAL.inv_cdf(share))

    def with_on_time(self, share: float) -> "Ratio":
        """As widely spread, but with this share on time: mu = -sigma * z(share)."""
        return Ratio(-self.sigma * NORMAL.inv_cdf(share), self.sigma)


class Pert(NamedTuple):
    """A three-point estimate as a beta distribution of shape 1+4(m-a)/(b-a), 1+4(b-m)/(b-a) between a and b.

    Source: Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959). The exact deviation follows from the
    variance of a beta distribution whose shapes add up to 6.
    """

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def deviation(self) -> float:
        return math.sqrt((self.mean - self.low) * (self.high - self.mean) / 7)

    @property
    def rule_of_thumb(self) -> float:
        """The deviation as it is usually taught, a sixth of the range, whatever the mode."""
        return (self.high - self.low) / 6


class Part(NamedTuple):
    """A part of the plan: its planned weeks, and how the actual ones relate to them."""

    weeks: float
    ratio: Ratio


@dataclass(frozen=True)
class Schedule:
    """The plan, and what is believed of its parts. Weeks from the start of the project."""

    plan: float
    own: float
    integration: float
    dependencies: tuple[float, ...]
    late: int
    """Which of the dependencies slips."""
    base: Ratio
    inside: Ratio
    contract: Ratio
    """A dependency under a contract (assumed)."""
    early: Ratio
    """The last step when it was begun early, under a contract (assumed)."""
    rho: float
    rho_low: float
    rho_high: float
    leg_chance: float
    late_week: float
    late_own: float
    scope_cut: float
    """What the own work comes to after a cut in scope."""
    pert: Pert

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]], dependencies: Sequence[Dependency]) -> "Schedule":
        """The schedule in the scenario's data; ValueError names the parameter that is missing or can't be used."""
        values = {row.get("parameter", ""): row.get("value", "") for row in rows}

        def number(name: str, least: float = -math.inf, most: float = math.inf) -> float:
            try:
                value = float(values[name])
            except KeyError:
                raise ValueError(f"the parameter {name!r} is missing") from None
            except ValueError:
                value = math.nan
            if not least <= value <= most:
                bounds = f"from {least:g} to {most:g}" if math.isfinite(most) else f"of at least {least:g}"
                within = f" {bounds}" if math.isfinite(least) else ""
                raise ValueError(f"the parameter {name!r} is {values[name]!r}, and must be a number{within}")
            return value

        def weeks(name: str) -> float:
            return number(name, 0.1, 1000)

        def ratio(median: str, sigma: str) -> Ratio:
            return Ratio(math.log(number(median, 0.01, 100)), number(sigma, 0.001, 2))

        if not dependencies or min(each.weeks for each in dependencies) <= 0:
            raise ValueError("there is no dependency to wait for, or one that takes no time")
        pert = Pert(weeks("pert_low"), weeks("pert_mode"), weeks("pert_high"))
        if not pert.low <= pert.mode <= pert.high or pert.low == pert.high:
            raise ValueError("the parameters pert_low, pert_mode and pert_high don't rise")
        keys = [each.key for each in dependencies]
        return cls(
            plan=weeks("plan"),
            own=weeks("own"),
            integration=weeks("integration"),
            dependencies=tuple(each.weeks for each in dependencies),
            late=keys.index(LATE) if LATE in keys else 0,
            base=Ratio(number("mu"), number("sigma", 0.001, 2)),
            inside=ratio("inside_median", "inside_sigma"),
            contract=ratio("contract_leg_median", "contract_leg_sigma"),
            early=ratio("contract_integration_median", "contract_integration_sigma"),
            rho=number("rho", 0, 0.99),
            rho_low=number("rho_low", 0, 0.99),
            rho_high=number("rho_high", 0, 0.99),
            leg_chance=number("leg_chance", 0.01, 0.99),
            late_week=weeks("late_week"),
            late_own=weeks("late_own"),
            scope_cut=weeks("scope_cut"),
            pert=pert,
        )

    @property
    def legs(self) -> int:
        """How many parts run side by side: the own work and every dependency."""
        return 1 + len(self.dependencies)

    @property
    def all_legs(self) -> float:
        """The chance that all of them are on time, if each has ``leg_chance`` and they are independent."""
        return self.leg_chance**self.legs


@dataclass(frozen=True)
class Levers:
    """One setting of the model: what is believed of the parts (``ratio``, ``rho``), and what is done about them."""

    ratio: Ratio
    rho: float
    contract: bool = False
    cut: float = 0.0
    """Weeks taken out of the own work."""

    def parts(self, schedule: Schedule) -> tuple[list[Part], Part]:
        """The parts that run side by side, own work first, and the last step, all under this setting."""
        outside = schedule.contract if self.contract else self.ratio
        last = schedule.early if self.contract else self.ratio
        own = Part(schedule.own - self.cut, self.ratio)
        return [own, *(Part(weeks, outside) for weeks in schedule.dependencies)], Part(schedule.integration, last)

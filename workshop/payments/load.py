"""Answer times under load: a queue in virtual time, from the capacity that a service states.

A measurement on the participant's machine would measure that machine, differently each time. A simulated queue gives
the same answer everywhere, in a moment, and shows the thing to see: nothing looks wrong until the work that arrives
exceeds what the workers can do, and then nothing is right any more. What it can't show is whether a stated capacity is
true; for that, a provider measures its own service.

Requests arrive at random (a Poisson process) and wait in one line for the first free worker. Serving takes the stated
time on average, with moderate scatter (a gamma distribution of shape 4). Assumed, and said so: the scatter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import ceil
from random import Random

from workshop.errors import UnknownName
from workshop.payments.contract import objectives
from workshop.payments.document import Contract

SECONDS = 60
"""How long the load lasts."""
SHAPE = 4
DELIVERED_WORKERS = 6
"""What was delivered has fewer workers than promised: enough for the usual load, too few for the peak."""

NAMES = ("mock", "reference", "delivered")


@dataclass(frozen=True)
class Capacity:
    """How many requests are served at once, and how long one takes on average."""

    workers: int
    service_ms: float

    @property
    def most_per_second(self) -> float:
        """Above this, the line only grows."""
        return self.workers * 1000 / self.service_ms


@dataclass(frozen=True)
class LoadResult:
    """Answer times at a load: the time that 50, 95 and 99 in a hundred requests stay below, and the objective."""

    load: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    objective_ms: int | None

    @property
    def met(self) -> bool | None:
        """Whether the objective is met; None where nothing is promised."""
        return None if self.objective_ms is None else self.p95_ms <= self.objective_ms


def capacity(contract: Contract, name: str) -> Capacity:
    """What the contract promises (``mock``, ``reference``), or what was ``delivered``; UnknownName for another.

    ValueError if the contract promises no capacity.
    """
    if name not in NAMES:
        raise UnknownName("service", name, NAMES)
    stated = contract.terms.get("capacity") or {}
    if not {"workers", "service_ms"} <= stated.keys():
        raise ValueError("the contract states no capacity: how many workers, and how long a request takes")
    workers = DELIVERED_WORKERS if name == "delivered" else int(stated["workers"])
    return Capacity(workers, float(stated["service_ms"]))


def under_load(contract: Contract, name: str, load: int, seed: int = 0) -> LoadResult:
    """Answer times of a service at ``load`` times the usual volume; ValueError if the contract names no volume."""
    promised = objectives(contract)
    if 1 not in promised:
        raise ValueError("the contract names no usual volume")
    at_load = promised.get(load)
    per_second = at_load.per_second if at_load else promised[1].per_second * load
    times = sorted(answer_times(capacity(contract, name), per_second, seed))
    p50, p95, p99 = (times[ceil(len(times) * part) - 1] for part in (0.50, 0.95, 0.99))
    return LoadResult(load, per_second, p50, p95, p99, at_load.p95_ms if at_load else None)


def load_curve(
    contract: Contract, name: str, loads: Sequence[int] = (1, 2, 3, 4, 5, 6), seed: int = 0
) -> tuple[LoadResult, ...]:
    """Answer times at growing load."""
    return tuple(under_load(contract, name, load, seed) for load in loads)


def answer_times(served: Capacity, per_second: float, seed: int, seconds: int = SECONDS) -> list[float]:
    """Waiting and serving together, in milliseconds, of every request of ``seconds`` seconds."""
    random = Random(seed)
    free_at = [0.0] * served.workers
    heapify(free_at)
    now = 0.0
    times: list[float] = []
    while True:
        now += random.expovariate(per_second) * 1000
        if now > seconds * 1000:
            return times
        done = max(now, free_at[0]) + random.gammavariate(SHAPE, served.service_ms / SHAPE)
        heapreplace(free_at, done)
        times.append(done - now)

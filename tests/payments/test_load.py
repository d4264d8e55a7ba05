import pytest

from workshop.errors import UnknownName
from workshop.payments.contract import agree
from workshop.payments.document import Contract
from workshop.payments.load import Capacity, answer_times, capacity, load_curve, under_load


def test_the_promise_holds_at_the_peak_and_the_delivery_does_not(contract: Contract) -> None:
    met = {name: [under_load(contract, name, load).met for load in (1, 5)] for name in ("mock", "delivered")}
    assert met == {"mock": [True, True], "delivered": [True, False]}


def test_the_curve_breaks_where_work_exceeds_the_workers(contract: Contract) -> None:
    delivered = load_curve(contract, "delivered")
    most = capacity(contract, "delivered").most_per_second
    slow = [result.p95_ms > 400 for result in delivered]
    assert slow == [result.per_second >= most for result in delivered]
    assert [result.objective_ms for result in delivered] == [250, None, None, None, 400, None]
    assert all(result.p50_ms <= result.p95_ms <= result.p99_ms for result in delivered)
    assert delivered[1].met is None


def test_the_same_seed_gives_the_same_times(contract: Contract) -> None:
    assert under_load(contract, "mock", 5, seed=1) == under_load(contract, "mock", 5, seed=1)
    assert under_load(contract, "mock", 5, seed=1) != under_load(contract, "mock", 5, seed=2)


def test_times_are_those_of_a_queue() -> None:
    # One worker, Poisson arrivals, gamma service of shape 4: the mean wait is rho*s*(1 + 1/4) / (2*(1 - rho)).
    times = answer_times(Capacity(1, 50), 10, seed=0, seconds=20_000)
    assert sum(times) / len(times) == pytest.approx(50 + 0.5 * 50 * 1.25 / (2 * 0.5), rel=0.02)
    alone = answer_times(Capacity(1000, 50), 10, seed=0, seconds=2000)
    assert sum(alone) / len(alone) == pytest.approx(50, rel=0.02)


def test_without_a_promise_there_is_nothing_to_hold_against(contract: Contract) -> None:
    with pytest.raises(ValueError, match="no capacity"):
        capacity(agree(contract, {"capacity": {}}), "mock")
    with pytest.raises(ValueError, match="no usual volume"):
        under_load(agree(contract, {"objectives": []}), "mock", 5)
    with pytest.raises(UnknownName, match="Did you mean 'delivered'"):
        under_load(contract, "deliverd", 5)

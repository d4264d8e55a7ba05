"""The decision model, held against the case's checked figures, a sum over every outcome, and a plain Monte Carlo."""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from workshop.course import Course
from workshop.exercises.revenue import revenue_by_week
from workshop.models import decision
from workshop.models.curve import weekly
from workshop.models.decision import (
    OPTIONS,
    SYMBOLS,
    TAIL,
    Option,
    Settings,
    expected,
    outcomes,
    parameters,
    settle,
    simulate,
    with_one,
)

QUARTER = weekly(10, 13, 5)
UNITS = {"d": "weeks", "D": "weeks", "k": "x", "C6": "$M", "cL": "$M", "cD": "$M"}
CASE = {
    "p": "50 20 80", "f": "15 5 25", "d": "3 1 6", "k": "2 0.5 6", "q": "8 0 25", "C6": "20 10 26.7", "s": "63 45 85",
    "l": "10 0 50", "qL": "1", "pr": "5", "cL": "0.15 0.05 0.4", "cD": "0.2", "m": "3 0 15", "D": "4",
}  # fmt: skip


def rows(**changes: str) -> list[dict[str, str]]:
    """The case's parameters as rows, each ``base low high``; ``p="40"`` changes one."""
    found = []
    for symbol, numbers in {**CASE, **changes}.items():
        base, low, high = [*numbers.split(" "), "", ""][:3]
        unit = UNITS.get(symbol, "%")
        found.append(
            {"parameter": symbol, "meaning": f"~{symbol}~", "base": base, "low": low, "high": high, "unit": unit}
        )
    return found


def case(**moved: float) -> Settings:
    """The case's settings; ``defect=40`` moves one, in the unit of its row."""
    return settle(parameters(rows()), QUARTER, moved)


def enumerated(s: Settings) -> Mapping[Option, list[tuple[float, float]]]:
    """Every outcome of each option as (chance, loss), event by event, with the formulas of the case written out."""

    def earned(weeks: float) -> float:
        return sum(QUARTER[: int(weeks)]) + (weeks % 1) * QUARTER[int(weeks)]

    def worlds() -> Iterator[tuple[float, tuple[bool, ...]]]:
        # defect, stop of a full launch, stop of a limited one, defect left, stop of the late launch, window missed
        chances = (s.defect, s.stop, s.stop_limited, s.left, s.stop, s.missed)
        for world in product((True, False), repeat=6):
            yield math.prod(c if happens else 1 - c for c, happens in zip(chances, world, strict=True)), world

    fault = s.failing * earned(s.fix) * (1 + s.secondary)
    late = s.failing * (earned(s.delay + s.fix) - earned(s.delay)) * (1 + s.secondary)
    found: dict[Option, list[tuple[float, float]]] = {option: [] for option in OPTIONS}
    for chance, (defect, stop, stop_limited, left, stop_late, missed) in worlds():
        rest = left * (late + stop_late * s.window)
        limited = s.leak * s.served * fault + stop_limited * s.window
        found["full"].append((chance, defect * (fault + stop * s.window)))
        known = (1 - s.served) * earned(s.delay) + s.extra_limited
        found["limited"].append((chance, known + defect * limited + rest))
        found["delay"].append((chance, earned(s.delay) + s.extra_delay + missed * s.window + rest))
    return found


def worst(found: list[tuple[float, float]]) -> float:
    """The mean of the worst 5%: the largest losses first, until their chances fill it."""
    open_share, total = TAIL, 0.0
    for chance, loss in sorted(found, key=lambda outcome: -outcome[1]):
        share = min(chance, open_share)
        total, open_share = total + share * loss, open_share - share
    return total / TAIL


OTHER = case(defect=80, failing=25, fix=5.5, secondary=4, stop=20, window=12, served=50, leak=45, missed=12)


def test_the_expected_losses_are_those_of_the_case() -> None:
    assert expected(case()) == pytest.approx({"full": 1.03, "limited": 0.96, "delay": 2.46}, abs=0.005)
    assert expected(case())["full"] == pytest.approx(1.031, abs=0.0005)


@pytest.mark.parametrize("settings", [case(), OTHER])
def test_the_formulas_are_the_means_of_every_outcome(settings: Settings) -> None:
    means = {option: sum(chance * loss for chance, loss in found) for option, found in enumerated(settings).items()}
    assert expected(settings) == pytest.approx(means, abs=1e-12)


def test_the_spread_is_that_of_the_case() -> None:
    spreads = simulate(case())
    assert spreads["full"].mean == pytest.approx(1.033, abs=0.003)
    # The case's own figures come from independent draws, which scatter by 0.1 to 0.2; summed over every outcome the
    # limited launch has 5.17.
    tails = {"full": (16.5, 0.1), "limited": (5.3, 0.2), "delay": (15.7, 0.1)}
    for option, (figure, tolerance) in tails.items():
        assert spreads[option].worst == pytest.approx(figure, abs=tolerance)
    large = {option: 100 * spread.large for option, spread in spreads.items()}
    assert large == pytest.approx({"full": 4.0, "limited": 0.9, "delay": 3.4}, abs=0.05)


@pytest.mark.parametrize("settings", [case(), OTHER])
def test_the_simulation_agrees_with_every_outcome(settings: Settings) -> None:
    for option, found in enumerated(settings).items():
        spread = simulate(settings)[option]
        assert spread.mean == pytest.approx(expected(settings)[option], rel=0.003)
        assert spread.worst == pytest.approx(worst(found), rel=0.006)
        assert spread.large == pytest.approx(sum(c for c, loss in found if loss >= 10), abs=0.0005)


def test_a_plain_monte_carlo_finds_the_same_mean() -> None:
    settings, chance, trials = case(), random.Random(1), 200_000
    fault, total = settings.fault(0), 0.0
    for _ in range(trials):
        if chance.random() < settings.defect:
            total += fault + (settings.window if chance.random() < settings.stop else 0)
    assert total / trials == pytest.approx(1.031, abs=0.02)  # two standard errors of 0.0088


def test_a_cut_at_the_quantile_is_wrong_under_ties() -> None:
    losses = outcomes(case())["full"]
    cut = losses[losses >= np.quantile(losses, 1 - TAIL)].mean()
    assert cut == pytest.approx(2.07, abs=0.01)
    assert simulate(case())["full"].worst > 7 * cut


def test_the_same_seed_draws_the_same_worlds() -> None:
    first, again, other = (outcomes(case(), 1000, seed)["limited"] for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()
    assert sorted(first) == pytest.approx(sorted(other), abs=2.5)


@pytest.mark.parametrize("chances", [0, 100])
def test_chances_of_nothing_and_of_certainty_are_kept(chances: float) -> None:
    names = [SYMBOLS[symbol] for symbol in CASE if symbol not in UNITS]
    settings = case(**dict.fromkeys(names, chances))
    assert simulate(settings)["full"].mean == pytest.approx(expected(settings)["full"], abs=1e-9)
    assert simulate(settings)["delay"].worst == pytest.approx(expected(settings)["delay"], abs=1e-9)


def test_a_parameter_is_read_in_its_unit() -> None:
    known = parameters(rows(D="28"))
    known = {**known, "delay": replace(known["delay"], unit="days")}
    assert settle(known, QUARTER, {}).delay == pytest.approx(4)
    assert settle(known, QUARTER, {"defect": 40}).defect == pytest.approx(0.4)
    assert with_one(case(), known["stop"], 25).stop == pytest.approx(0.25)
    assert (known["defect"].meaning, known["defect"].low, known["defect"].high) == ("~p~", 20, 80)
    assert [name for name, each in known.items() if not each.ranged] == ["stop_limited", "left", "extra_delay", "delay"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"p": "50 60 80"}, "'p' has its base outside its range"),
        ({"p": "50 x 80"}, "'p' has a cell that is no number"),
        ({"p": ""}, "'p' has a cell that is no number"),
        ({"z": "1"}, "'z' is unknown"),
    ],
)
def test_an_unreadable_row_is_named(changes: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parameters(rows(**changes))


def test_every_parameter_stands_there_once() -> None:
    with pytest.raises(ValueError, match="'D' is missing"):
        parameters(rows()[:-1])
    with pytest.raises(ValueError, match="'p' is there twice"):
        parameters([*rows(), rows()[0]])
    with pytest.raises(ValueError, match=r"'p' is in 'weights'; units are %, x, \$M, days, weeks, months"):
        parameters([{**rows()[0], "unit": "weights"}])


def test_the_scenario_holds_the_parameters_of_the_case(course: Course) -> None:
    shipped = settle(parameters(course.scenario.data["decision"]), revenue_by_week(course.scenario.facts), {})
    assert shipped == case()


@pytest.mark.parametrize("settings", [case(), OTHER])
def test_without_numpy_every_outcome_is_added_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision, "find_spec", lambda name: None)
    simulate.cache_clear()
    spreads = simulate(settings)
    simulate.cache_clear()
    for option, found in enumerated(settings).items():
        assert spreads[option].mean == pytest.approx(expected(settings)[option], abs=1e-12)
        assert spreads[option].worst == pytest.approx(worst(found), abs=1e-9)
        assert spreads[option].large == pytest.approx(sum(c for c, loss in found if loss >= 10), abs=1e-12)

"""The schedule model: every checked figure of the case, from its parameters, by formula and by drawing."""

import math
import random
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from workshop.course import Course, Dependency, Place
from workshop.models import trials
from workshop.models.exact import FACTS, chance, facts_of, known_at_alarm, mean_week, week_of
from workshop.models.schedule import Levers, Pert, Ratio, Schedule
from workshop.models.trials import from_alarm, own_path, simulate

PLACE = Place("schedule.yaml", 1)
EXACT = 0.001
"""How far the exact figures may lie from those that the case was checked with, which are rounded to three digits."""
DRAWN = 0.003
"""How far a share of 200,000 runs may lie from the exact one: more than four standard errors."""


@pytest.fixture(scope="module")
def schedule(course: Course) -> Schedule:
    return Schedule.of(course.scenario.data["schedule"], course.scenario.dependencies)


@pytest.fixture(scope="module")
def base(schedule: Schedule) -> Levers:
    return Levers(schedule.base, schedule.rho)


def test_one_part_is_on_time_in_three_cases_of_ten_and_late_by_a_third_on_average(schedule: Schedule) -> None:
    ratio = schedule.base
    assert ratio.on_time == pytest.approx(0.30, abs=0.002)
    assert ratio.mean == pytest.approx(1.33, abs=0.005)
    assert ratio.quantile(0.5) == pytest.approx(1.23, abs=0.005)
    assert ratio.quantile(0.8) == pytest.approx(1.71, abs=0.006)


def test_a_share_on_time_gives_back_the_ratio_that_has_it() -> None:
    ratio = Ratio(0.1, 0.4).with_on_time(0.25)
    assert ratio.on_time == pytest.approx(0.25)
    assert ratio.sigma == 0.4


def test_three_legs_at_four_in_five(schedule: Schedule) -> None:
    assert schedule.legs == 3
    assert schedule.all_legs == pytest.approx(0.51, abs=0.003)


def test_the_beta_distribution_behind_three_points(schedule: Schedule) -> None:
    assert schedule.pert == (8, 10, 18)
    assert schedule.pert.mean == 11
    assert schedule.pert.deviation == pytest.approx(1.732, abs=0.0005)
    assert schedule.pert.rule_of_thumb == pytest.approx(1.667, abs=0.0005)


def test_the_beta_distribution_has_the_moments_of_its_own_sample() -> None:
    pert, draw = Pert(2, 3, 9), random.Random(4)
    shapes = (1 + 4 * (3 - 2) / 7, 1 + 4 * (9 - 3) / 7)
    sample = [2 + 7 * draw.betavariate(*shapes) for _ in range(40_000)]
    assert pert.mean == pytest.approx(statistics.fmean(sample), abs=0.02)
    assert pert.deviation == pytest.approx(statistics.stdev(sample), abs=0.02)


@pytest.mark.parametrize(("rho", "share"), [(0.0, 0.046), (0.3, 0.111), (0.6, 0.182)])
def test_the_planned_date_by_correlation(schedule: Schedule, base: Levers, rho: float, share: float) -> None:
    levers = replace(base, rho=rho)
    assert chance(schedule, levers, schedule.plan) == pytest.approx(share, abs=EXACT)
    assert simulate(schedule, levers).chance(schedule.plan) == pytest.approx(share, abs=DRAWN)


def test_the_correlations_of_the_case_are_those(schedule: Schedule) -> None:
    assert (schedule.rho_low, schedule.rho, schedule.rho_high) == (0, 0.3, 0.6)


def test_even_odds_and_eighty_percent(schedule: Schedule, base: Levers) -> None:
    runs = simulate(schedule, base)
    assert week_of(schedule, base, 0.5) == pytest.approx(17.4, abs=0.05)
    assert week_of(schedule, base, 0.8) == pytest.approx(22.6, abs=0.05)
    assert runs.week(0.5) == pytest.approx(17.4, abs=0.1)
    assert runs.week(0.8) == pytest.approx(22.6, abs=0.1)


def test_waiting_for_the_slowest_costs_more_than_two_weeks(schedule: Schedule, base: Levers) -> None:
    assert mean_week(schedule, base) == pytest.approx(18.3, abs=0.05)
    assert (schedule.own + schedule.integration) * schedule.base.mean == pytest.approx(16.0, abs=0.05)
    assert simulate(schedule, base).mean == pytest.approx(18.3, abs=0.1)
    assert own_path(schedule, base).mean == pytest.approx(16.0, abs=0.1)


@pytest.mark.parametrize(
    ("changes", "share"),
    [({}, 0.111), ({"contract": True}, 0.19), ({"contract": True, "cut": 2.0}, 0.29)],
)
def test_what_the_levers_buy(schedule: Schedule, base: Levers, changes: Mapping[str, float], share: float) -> None:
    levers = replace(base, **changes)
    assert schedule.own - levers.cut in (schedule.own, schedule.scope_cut)
    assert chance(schedule, levers, schedule.plan) == pytest.approx(share, abs=0.005)
    assert simulate(schedule, levers).chance(schedule.plan) == pytest.approx(share, abs=0.006)


def test_the_inside_view(schedule: Schedule, base: Levers) -> None:
    inside = replace(base, ratio=schedule.inside)
    assert chance(schedule, inside, schedule.plan) == pytest.approx(0.45, abs=0.003)
    assert simulate(schedule, inside).chance(schedule.plan) == pytest.approx(0.45, abs=0.005)


def test_the_day_of_the_alarm(schedule: Schedule, base: Levers, course: Course) -> None:
    assert course.scenario.dependencies[schedule.late].key == "late"
    known, runs = known_at_alarm(schedule), from_alarm(schedule, base)
    assert known == {0: (0, 11), 1: (10, math.inf)}
    assert week_of(schedule, base, 0.5, known) - schedule.plan == pytest.approx(4.25, abs=0.05)
    assert chance(schedule, base, schedule.plan + 4, known) == pytest.approx(0.47, abs=0.005)
    assert runs is not None
    assert runs.week(0.5) - schedule.plan == pytest.approx(4.25, abs=0.1)
    assert runs.chance(schedule.plan + 4) == pytest.approx(0.47, abs=0.02)


def other(**changes: str) -> Schedule:
    """A plan of another case: four dependencies, other weeks and other beliefs; ``late`` is the third."""
    values = {
        "plan": "30", "own": "20", "integration": "6", "mu": "0.05", "sigma": "0.3", "rho": "0.5", "rho_low": "0.1",
        "rho_high": "0.8", "inside_median": "1", "inside_sigma": "0.05", "leg_chance": "0.9", "late_week": "21",
        "late_own": "22", "contract_leg_median": "1", "contract_leg_sigma": "0.2", "contract_integration_median": "1",
        "contract_integration_sigma": "0.2", "scope_cut": "17", "pert_low": "1", "pert_mode": "2", "pert_high": "4",
    }  # fmt: skip
    rows = [{"parameter": name, "value": value} for name, value in {**values, **changes}.items() if value]
    weeks = {"a": 12.0, "b": 19.0, "late": 18.0, "d": 20.0}
    return Schedule.of(rows, [Dependency(key, "", week, "verbal", "", "", PLACE) for key, week in weeks.items()])


@pytest.mark.parametrize("contract", [True, False])
@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_drawing_agrees_with_the_formula_for_any_number_of_dependencies(rho: float, contract: bool) -> None:
    schedule = other()
    levers = Levers(schedule.base, rho, contract, cut=3.0)
    runs = simulate(schedule, levers)
    for week in (24, 30, 40):
        assert runs.chance(week) == pytest.approx(chance(schedule, levers, week), abs=2 * DRAWN)
    assert runs.mean == pytest.approx(mean_week(schedule, levers), abs=0.1)
    alarm = from_alarm(schedule, levers)
    assert alarm is not None
    assert alarm.chance(34) == pytest.approx(chance(schedule, levers, 34, known_at_alarm(schedule)), abs=0.02)


def test_the_same_seed_gives_the_same_runs_and_another_one_others() -> None:
    schedule = other()
    levers = Levers(schedule.base, 0.2)
    first = simulate(schedule, levers, trials=1000, seed=1).weeks.copy()
    simulate.cache_clear()
    assert (first == simulate(schedule, levers, trials=1000, seed=1).weeks).all()
    assert (first != simulate(schedule, levers, trials=1000, seed=2).weeks).any()


def test_a_case_too_rare_to_say_anything_of_is_not_told() -> None:
    schedule = other(late_week="200")
    base = Levers(schedule.base, schedule.rho)
    assert from_alarm(schedule, base) is None
    with pytest.raises(ValueError, match="can hardly be"):
        chance(schedule, base, 300, known_at_alarm(schedule))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mu": ""}, "the parameter 'mu' is missing"),
        ({"sigma": "wide"}, "the parameter 'sigma' is 'wide', and must be a number from 0.001 to 2"),
        ({"rho": "1"}, "the parameter 'rho' is '1', and must be a number from 0 to 0.99"),
        ({"own": "0"}, "the parameter 'own' is '0', and must be a number from 0.1 to 1000"),
        ({"mu": "nan"}, "the parameter 'mu' is 'nan', and must be a number"),
        ({"pert_mode": "5"}, "pert_low, pert_mode and pert_high don't rise"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(changes: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=f"{message}$"):
        other(**changes)


def test_a_plan_that_waits_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="no dependency"):
        Schedule.of([], [])


def test_the_facts_are_the_models_figures_rounded(schedule: Schedule, course: Course) -> None:
    told = {name: (float(fact.number), fact.unit) for name, fact in course.scenario.facts.items()
            if name.startswith("schedule.")}  # fmt: skip
    assert told.keys() == {f"schedule.{name}" for name in FACTS}
    expected = {
        "part_on_time": (30, "%"), "part_mean": (1.33, "x"), "legs": (3, "count"), "all_legs": (51, "%"),
        "chance": (11, "%"), "inside": (45, "%"), "apart": (4.6, "%"), "together": (18, "%"), "contract": (19, "%"),
        "both": (29, "%"), "cut_weeks": (2, "weeks"), "half": (17.4, "weeks"), "eighty": (22.6, "weeks"),
        "mean": (18.3, "weeks"), "own_mean": (16, "weeks"), "beyond": (4.2, "weeks"), "enough": (47, "%"),
        "pert_deviation": (1.73, "count"), "pert_rule": (1.67, "count"),
    }  # fmt: skip
    assert {name: told[f"schedule.{name}"] for name in expected} == expected
    assert facts_of(other(), 6, PLACE)["schedule.legs"].number == 5


@pytest.fixture
def without_numpy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The model as a browser has it; what was kept of the drawn one is forgotten, before and after."""
    kept = (simulate, own_path, from_alarm)
    monkeypatch.setattr(trials, "find_spec", lambda name: None)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


def _told(schedule: Schedule, levers: Levers) -> dict[str, list[float]]:
    """What is shown of the model: chances, weeks and means, of the whole, of the own path, and from the alarm on."""
    runs, alone, alarm = simulate(schedule, levers), own_path(schedule, levers), from_alarm(schedule, levers)
    assert alarm is not None
    every = (runs, alone, alarm)
    return {
        "chances": [each.chance(week) for each in every for week in (0, schedule.plan, 1.5 * schedule.plan)],
        "weeks": [each.week(share) for each in every for share in (0.5, 0.8)],
        "means": [runs.mean, alone.mean],
        "first": [float(math.floor(runs.first))],
    }


def test_without_numpy_the_same_is_told(schedule: Schedule, base: Levers, request: pytest.FixtureRequest) -> None:
    drawn = _told(schedule, base)
    request.getfixturevalue("without_numpy")
    exact = _told(schedule, base)
    assert exact["chances"] == pytest.approx(drawn["chances"], abs=0.02)
    assert exact["weeks"] == pytest.approx(drawn["weeks"], abs=0.15)
    assert exact["means"] == pytest.approx(drawn["means"], abs=0.1)
    assert exact["first"] == pytest.approx(drawn["first"], abs=1)


@pytest.mark.usefixtures("without_numpy")
def test_without_numpy_a_case_too_rare_is_not_told_either() -> None:
    schedule = other(late_week="200")
    assert from_alarm(schedule, Levers(schedule.base, schedule.rho)) is None

"""The case's arithmetic, held against the figures of the case as they were worked out by hand."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from workshop.course import Dependency, Fact, Place
from workshop.errors import Problem
from workshop.exercises.revenue import (
    DERIVED,
    day_of_week,
    derive,
    in_weeks,
    inputs_of,
    moved,
    weeks_of_revenue,
)
from workshop.facts import read_fact, show
from workshop.models.curve import DEMANDS, earned, lost, weekly, weights

FILE = Place("content/scenarios/case/facts.yaml", 1)
GIVEN = {
    "project.launch": ("2026-03-02", "date"),
    "project.plan": ("12", "weeks"),
    "market.quarter": ("13", "weeks"),
    "revenue.first_quarter": ("10", "$M"),
    "load.peak": ("5", "x"),
    "window.delay": ("6", "months"),
    "team.people": ("12", "engineers"),
    "slip.notice": ("2", "weeks"),
    "delay.weeks": ("4", "weeks"),
    "bug.share": ("15", "%"),
}


def facts(**changes: tuple[str, str]) -> dict[str, Fact]:
    """The case's facts, each on a line of its own; a change is named with ``_`` for the dot."""
    given = GIVEN | {name.replace("_", ".", 1): value for name, value in changes.items()}
    return {
        name: read_fact(name, value, unit, "brief", Place(FILE.path, line))
        for line, (name, (value, unit)) in enumerate(given.items(), 10)
    }


def derived(given: dict[str, Fact], dependencies: tuple[Dependency, ...] = ()) -> tuple[dict[str, Fact], list[Problem]]:
    problems: list[Problem] = []
    return derive(given, dependencies, FILE, problems), problems


QUARTER = weekly(10, 13, 5)


def test_the_weights_rise_from_one_to_the_peak() -> None:
    assert weights(13, 5) == pytest.approx([1 + week / 3 for week in range(13)], abs=1e-12)
    assert math.fsum(weights(13, 5)) == pytest.approx(39, abs=1e-12)
    assert math.fsum(weights(13, 5)[:4]) == pytest.approx(6, abs=1e-12)
    with pytest.raises(ValueError, match="at least 2 weeks"):
        weights(1, 5)


def test_the_quarter_earns_what_was_projected() -> None:
    assert math.fsum(QUARTER) == pytest.approx(10, abs=1e-12)
    assert QUARTER[12] / QUARTER[0] == pytest.approx(5, abs=1e-12)


@pytest.mark.parametrize(("demand", "million"), [("calendar", 60 / 39), ("uniform", 40 / 13), ("shifted", 180 / 39)])
def test_four_weeks_late_costs_what_the_case_says(demand: str, million: float) -> None:
    assert lost(4, demand, QUARTER) == pytest.approx(million, abs=1e-9)  # type: ignore[arg-type]
    assert round(million, 2) == {"calendar": 1.54, "uniform": 3.08, "shifted": 4.62}[demand]


@pytest.mark.parametrize("demand", DEMANDS)
def test_no_delay_costs_nothing_and_a_quarter_costs_all(demand: str) -> None:
    assert lost(0, demand, QUARTER) == pytest.approx(0, abs=1e-12)  # type: ignore[arg-type]
    assert lost(13, demand, QUARTER) == pytest.approx(10, abs=1e-12)  # type: ignore[arg-type]
    assert lost(40, demand, QUARTER) == pytest.approx(10, abs=1e-12)  # type: ignore[arg-type]
    steps = [lost(weeks / 2, demand, QUARTER) for weeks in range(27)]  # type: ignore[arg-type]
    assert steps == sorted(steps)


def test_a_part_of_a_week_counts_by_its_part_and_the_ramp_ends_in_a_plateau() -> None:
    assert earned(QUARTER, 0.5) == pytest.approx(QUARTER[0] / 2)
    assert earned(QUARTER, 4.25) == pytest.approx(sum(QUARTER[:4]) + QUARTER[4] / 4)
    assert earned(QUARTER, 26) == pytest.approx(10 + 13 * 50 / 39)


def test_every_derived_fact_of_the_case() -> None:
    found, problems = derived(facts())
    assert problems == []
    assert {name: show(fact) for name, fact in found.items()} == {
        "dates.kickoff": "8 December 2025",
        "dates.alarm": "16 February 2026",
        "dates.launched": "30 March 2026",
        "dates.window": "2 September 2026",
        "team.channels": "66",
        "revenue.first_week": "$0.26M",
        "revenue.last_week": "$1.28M",
        "lost.calendar": "$1.54M",
        "lost.uniform": "$3.08M",
        "lost.shifted": "$4.62M",
        "window.lost_uniform": "$20M",
        "window.lost_ramp": "$26.67M",
        "bug.quarter": "$1.5M",
        "bug.per_hundred": "15",
        "dependencies.count": "0",
        "dependencies.verbal": "0",
    }
    assert found["lost.calendar"].value == Decimal("1.538462")
    assert found["lost.calendar"].source == "derived"


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_fact_stands_at_its_first_input_and_needs_no_other(name: str) -> None:
    given = facts()
    inputs = DERIVED[name].inputs
    alone, _ = derived({needed: given[needed] for needed in inputs})
    assert alone[name] == derived(given)[0][name]
    assert alone[name].place == given[inputs[0]].place
    for needed in inputs:
        without, problems = derived({other: fact for other, fact in given.items() if other != needed})
        assert name not in without
        assert any(needed in problem.message and name in problem.message for problem in problems)


@pytest.mark.parametrize("name", GIVEN)
def test_each_input_changes_exactly_the_facts_that_rest_on_it(name: str) -> None:
    given = facts()
    value = given[name].value
    other = date(2026, 3, 9) if isinstance(value, date) else Decimal(value) + 1
    before, after = derived(given)[0], derived(given | {name: replace(given[name], value=other)})[0]
    changed = {key for key in before if before[key].value != after[key].value}
    resting = {key for key in DERIVED if name in DERIVED[key].inputs}
    # What a quarter loses to even demand doesn't hang on the peak, nor 26 weeks of it.
    assert changed == resting - ({"lost.uniform", "window.lost_uniform"} if name == "load.peak" else set())


def test_a_missing_fact_is_one_problem_that_names_what_rests_on_it() -> None:
    given = facts()
    del given["bug.share"]
    found, problems = derived(given)
    assert "bug.quarter" not in found
    message = "the fact 'bug.share' is missing, on which rest bug.quarter, bug.per_hundred"
    assert problems == [Problem(FILE.path, FILE.line, message, "add bug.share to the facts")]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("project.launch", ("66", "count"), "project.launch is 66 (count); a date is needed"),
        ("project.plan", ("3", "engineers"), "a length of time is in days, weeks, months"),
        ("delay.weeks", ("-1", "weeks"), "a length of time is not negative"),
        ("window.delay", ("6.5", "months"), "a date moves by whole months"),
        ("window.delay", ("200000", "months"), "beyond the calendar"),
        ("slip.notice", ("900000000000", "weeks"), "beyond the calendar"),
        ("market.quarter", ("3", "months"), "the quarter is a whole number of weeks"),
        ("market.quarter", ("1", "weeks"), "at least 2"),
        ("revenue.first_quarter", ("10", "%"), "the unit '$M' is needed"),
        ("revenue.first_quarter", ("0", "$M"), "more than nothing"),
        ("load.peak", ("-2", "x"), "more than nothing"),
        ("team.people", ("twelve", ""), "a whole number is needed"),
        ("bug.share", ("15", "count"), "the unit '%' is needed"),
    ],
)
def test_an_unsuitable_fact_is_a_problem_at_its_own_line(name: str, value: tuple[str, str], says: str) -> None:
    given = facts(**{name.replace(".", "_", 1): value})
    found, problems = derived(given)
    assert problems
    assert {problem.line for problem in problems} == {given[name].place.line}
    assert all(says in problem.message for problem in problems)
    assert found.keys().isdisjoint(problem.message.split()[0] for problem in problems)


def test_dates_move_by_the_calendar() -> None:
    given = facts(project_launch=("2024-01-31", "date"), delay_weeks=("1", "months"), slip_notice=("10", "days"))
    assert moved(given["project.launch"], given["delay.weeks"]) == date(2024, 2, 29)
    assert moved(given["project.launch"], given["delay.weeks"], -1) == date(2023, 12, 31)
    assert moved(given["project.launch"], given["slip.notice"]) == date(2024, 2, 10)
    assert in_weeks(given["window.delay"]) == pytest.approx(26)


def test_the_weeks_of_the_quarter() -> None:
    weeks = weeks_of_revenue(facts())
    assert [week.week for week in weeks] == list(range(1, 14))
    assert weeks[0].starts == date(2026, 3, 2)
    assert weeks[12].starts == date(2026, 5, 25)
    assert weeks[3].total == pytest.approx(60 / 39)
    assert weeks[12].weight == pytest.approx(5)
    assert day_of_week(facts(), -2.5) == date(2026, 2, 12)


def test_dependencies_become_facts() -> None:
    rates = Dependency("rates", "Rates", 8.0, "verbal", "FX quote API", "On a call.", Place("dependencies.md", 5))
    found, _ = derived(facts(), (rates,))
    assert show(found["dependencies.count"]) == "1"
    assert show(found["dependency.rates.team"]) == "Rates"
    assert show(found["dependency.rates.title"]) == "FX quote API"
    assert show(found["dependency.rates.weeks"]) == "8 weeks"
    assert found["dependency.rates.weeks"].place == rates.place


def test_using_a_derived_fact_uses_its_inputs() -> None:
    assert inputs_of({"bug.quarter", "team.channels", "no.derived"}) == {
        "bug.share",
        "revenue.first_quarter",
        "team.people",
    }

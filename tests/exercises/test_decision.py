"""Vote, model and second vote: what they ask, what they tell, and that the case's numbers stand behind it."""

from collections.abc import Mapping

import pytest

from tests.models.test_decision_model import rows
from workshop.course import Course, Place, Value
from workshop.exercises.base import Advice, Answers, Case, Exercise
from workshop.exercises.decision import Decision, losses_of, step_of, weigh
from workshop.exercises.revote import Revote
from workshop.exercises.vote import Vote
from workshop.facts import read_fact, show
from workshop.models.decision import OPTIONS

FACTS = {
    name: read_fact(name, value, unit, "brief", Place("facts.yaml", 1))
    for name, value, unit in (
        ("revenue.first_quarter", "10", "$M"),
        ("market.quarter", "13", "weeks"),
        ("load.peak", "5", "x"),
    )
}
VOTED = {"choice": "delay", "sure": 60, "why": "I fear the stop.", "change": "A test.", "commit": True}


def case(numbers: Mapping[str, str] | None = None, /, **answers: Answers) -> Case:
    """The case with its decision data, a row of which may be changed, and with what other exercises hold."""
    return Case(FACTS, data={"decision": rows(**(numbers or {}))}, answers=answers)


def said(exercise: Exercise, answers: Answers, within: Case | None = None) -> dict[str, Advice]:
    found = exercise.advise(answers, within or case())
    for item in found:
        assert set(item.values) | set(item.quotes and ["quote"]) >= set(exercise.keys[item.key]), item.key
        assert not item.field or item.field in [field.name for field in exercise.fields]
    return {item.key: item for item in found}


# The first vote


def test_a_vote_says_nothing_before_it_is_begun_and_keeps_quiet_about_a_sound_one() -> None:
    assert said(Vote(), {}) == {}
    assert said(Vote(), {**VOTED, "commit": None}) == {}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"sure": 100}, "sure.certain"),
        ({"sure": 20}, "sure.coin"),
        ({"change": "Nothing."}, "change.nothing"),
        ({"change": "No, I don't think so"}, "change.nothing"),
    ],
)
def test_a_vote_that_nothing_can_move_is_asked_about_while_it_is_open(changes: dict[str, Value], key: str) -> None:
    assert list(said(Vote(), {**VOTED, **changes, "commit": None})) == [key]
    assert list(said(Vote(), {**VOTED, **changes})) == ["told.kept"]


@pytest.mark.parametrize("change", ["Nothing but a test by noon that covers all of it.", "Noise tests by Friday", "34"])
def test_a_fact_that_would_change_it_is_left_alone(change: str) -> None:
    assert said(Vote(), {**VOTED, "change": change, "commit": None, "sure": 34}) == {}


def test_a_commitment_closes_the_vote_and_leaves_the_rooms_counts_open() -> None:
    assert Vote().locked(VOTED) == {"choice", "sure", "why", "change", "commit"}
    assert Vote().locked({**VOTED, "commit": False}) == frozenset()
    assert Vote().missing({**VOTED, "room_full": 3}) == ()


@pytest.mark.parametrize(
    ("counts", "values"),
    [
        ({"room_full": 2, "room_limited": 6}, {"share": "75%", "total": "8"}),
        ({"room_delay": 1}, {"share": "100%", "total": "1"}),
        ({"room_full": 0, "room_limited": 0, "room_delay": 0}, None),
    ],
)
def test_the_room_is_counted(counts: dict[str, Value], values: dict[str, str] | None) -> None:
    told = said(Vote(), counts)
    assert (dict(told["told.room"].values) if "told.room" in told else None) == values


# The model


def test_every_parameter_with_a_range_has_a_slider_of_the_cases_own() -> None:
    sliders = {field.name: field for field in Decision().fitted(case()) if field.kind == "slider"}
    assert set(sliders) == {
        *("defect", "failing", "fix", "secondary", "stop", "window"),
        *("served", "leak", "extra_limited", "missed", "weight"),
    }
    stop = sliders["stop"]
    assert (stop.minimum, stop.base, stop.maximum, stop.unit, stop.label) == (0, 8, 25, "%", "~q~")
    ranged = Decision().fitted(case({"pr": "5 0 20"}))
    assert "left" in {field.name for field in ranged}


@pytest.mark.parametrize(
    ("low", "base", "high", "step"),
    [(20, 50, 80, 1), (0, 8, 25, 0.5), (1, 3, 6, 0.1), (10, 20, 26.7, 0.5), (0.05, 0.15, 0.4, 0.01), (3, 3, 3, 1)],
)
def test_a_slider_moves_in_round_steps_and_meets_its_base(low: float, base: float, high: float, step: float) -> None:
    assert step_of(low, base, high) == pytest.approx(step)
    assert (base - low) / step == pytest.approx(round((base - low) / step))


def test_a_base_between_two_round_steps_is_met_by_a_smaller_one() -> None:
    step = step_of(10, 13.37, 110)
    assert 1 < step <= 2
    assert 3.37 / step == pytest.approx(round(3.37 / step))


def test_untouched_sliders_count_as_the_cases_base() -> None:
    weighed = weigh({"defect": 50, "stop": None, "reading": "x"}, case())
    assert (weighed.moved, weighed.limited, weighed.weight, weighed.best) == ({}, True, 0, "limited")
    assert weigh({"feasible": "no"}, case()).best == "full"
    assert weigh({"feasible": "no", "weight": 80}, case()).best == "delay"
    assert weigh({"defect": 30}, case()).best == "full"


def test_nothing_is_said_before_anything_is_set() -> None:
    assert said(Decision(), {}) == {}
    assert said(Decision(), {"reading": "", "defect": None}) == {}


def test_the_best_option_is_told_with_its_loss_and_how_close_the_next_one_is() -> None:
    told = said(Decision(), {"feasible": "yes"})
    assert dict(told["best.limited"].values) == {"loss": "$0.96M"}
    assert dict(told["best.close"].values) == {"gap": "$0.07M"}
    assert list(said(Decision(), {"defect": 80})) == ["best.limited"]


def test_weight_on_the_worst_is_told_when_it_turns_the_order_and_when_not() -> None:
    assert "worst.turns" in said(Decision(), {"feasible": "no", "weight": 90})
    assert "worst.agrees" in said(Decision(), {"weight": 90})


def test_a_reading_without_a_moved_slider_is_asked_about() -> None:
    assert "moved.nothing" in said(Decision(), {"reading": "Limited it is."})
    assert "moved.nothing" not in said(Decision(), {"reading": "Limited it is.", "defect": 40})
    assert "moved.nothing" not in said(Decision(), {"reading": "Limited it is.", "weight": 10})


def test_sliders_that_all_speak_for_the_own_vote_are_asked_about() -> None:
    for_delay = {"defect": 80, "stop": 25, "leak": 50}
    assert dict(said(Decision(), for_delay, case(vote=VOTED))["moved.one_way"].values) == {"count": "3"}
    assert "moved.one_way" not in said(Decision(), for_delay, case(vote={"choice": "full"}))
    assert "moved.one_way" not in said(Decision(), {**for_delay, "missed": 10}, case(vote=VOTED))
    assert "moved.one_way" not in said(Decision(), {"defect": 80, "stop": 25}, case(vote=VOTED))
    assert "moved.one_way" not in said(Decision(), for_delay)
    infeasible = case(vote={"choice": "limited"})
    assert "moved.one_way" not in said(Decision(), {**for_delay, "feasible": "no"}, infeasible)


def test_the_expected_losses_are_facts_for_prose(course: Course) -> None:
    found = losses_of(rows(), FACTS, Place("decision.yaml", 1))
    assert {name: show(fact) for name, fact in found.items()} == {
        "decision.full": "$1.03M",
        "decision.limited": "$0.96M",
        "decision.delay": "$2.46M",
    }
    assert {name: course.scenario.facts[name].value for name in found} == {n: fact.value for n, fact in found.items()}


# The second vote


AGAIN = {"choice": "limited", "sure": 70, "moved": "The wait costs for certain.", "commit": True}


def open_vote(choice: str, **settings: Value) -> dict[str, Advice]:
    return said(Revote(), {"choice": choice}, case(decision=settings))


def test_an_open_second_vote_is_held_against_the_own_settings() -> None:
    assert said(Revote(), {}) == {}
    assert open_vote("limited") == {}
    assert dict(open_vote("delay")["choice.dearer"].values) == {"gap": "$1.5M"}
    assert list(open_vote("limited", feasible="no")) == ["choice.infeasible"]
    assert open_vote("delay", feasible="no", weight=80) == {}


@pytest.mark.parametrize(
    ("moved", "quote"),
    [("Because they found a bug.", "they found"), ("It turned out badly.", "turned out"), ("The bill.", None)],
)
def test_an_argument_from_the_outcome_is_asked_about(moved: str, quote: str | None) -> None:
    told = said(Revote(), {"moved": moved})
    assert ([*told["moved.outcome"].quotes] if told else []) == ([quote] if quote else [])


@pytest.mark.parametrize(
    ("first", "key"),
    [(VOTED, "told.changed"), ({**VOTED, "choice": "limited"}, "told.held"), ({}, "told.first")],
)
def test_a_closed_second_vote_stands_beside_the_first(first: Answers, key: str) -> None:
    told = said(Revote(), AGAIN, case(vote=first))
    values = {"sure": "70%"} if key == "told.first" else {"sure": "70%", "before": "60%"}
    assert dict(told[key].values) == values
    assert [item.kind for item in told.values()] == ["tell"] * len(told)


def test_the_grounds_for_the_delay_are_those_of_the_case_whatever_was_moved() -> None:
    told = said(Revote(), AGAIN, case(vote=VOTED, decision={"stop": 25, "defect": 80, "feasible": "no"}))
    assert list(told) == ["told.changed", "told.grounds", "with.never", "without.weight", "told.luck"]
    assert dict(told["without.weight"].values) == {"weight": "67%"}


@pytest.mark.parametrize(
    ("numbers", "keys"),
    [
        ({"q": "30"}, ["with.never", "without.best"]),
        ({"q": "30", "s": "0", "cL": "9"}, ["with.best", "without.best"]),
        ({"m": "15"}, ["with.never", "without.never"]),
        ({"qL": "8", "s": "30"}, ["with.weight", "without.weight"]),
    ],
)
def test_other_numbers_have_other_grounds(numbers: dict[str, str], keys: list[str]) -> None:
    told = said(Revote(), AGAIN, case(numbers))
    assert [key for key in told if key.startswith("with")] == keys


@pytest.mark.parametrize("exercise", [Vote(), Decision(), Revote()])
@pytest.mark.parametrize("value", [0, -1, 1e9, 50])
def test_no_number_upsets_the_advice(exercise: Exercise, value: float) -> None:
    numbers = {field.name: value for field in exercise.fields if field.kind in ("number", "slider")}
    for choice in OPTIONS:
        said(
            exercise, {**numbers, "choice": choice, "commit": True, "reading": "x"}, case(vote=VOTED, decision=numbers)
        )
        said(exercise, {"commit": True, "choice": choice}, case(vote={"choice": choice}))

"""Assumptions: what is asked about each, and the chance that all of them hold."""

import pytest

from workshop.course import Value
from workshop.exercises.assumptions import Assumptions
from workshop.exercises.base import Case

SOUND: dict[str, Value] = {
    "first": "Rates delivers by week 8",
    "first_sure": 60,
    "first_test": "Call a sandbox in week 2",
    "second": "Integration takes no more than 2 weeks",
    "second_sure": 50,
    "second_test": "Integrate against mock servers in week 4",
    "third": "The old suite stands for the new payments",
    "third_sure": 40,
    "third_test": "Count the share of the mix that it covers",
}


def keys(**answers: Value) -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in Assumptions().advise(answers, Case())]


def test_sound_assumptions_get_only_their_joint_chance() -> None:
    (told,) = Assumptions().advise(SOUND, Case())
    assert (told.key, told.kind, dict(told.values)) == ("together", "tell", {"together": "12%"})


def test_the_joint_chance_waits_for_all_three() -> None:
    assert keys(**{**SOUND, "third_sure": None}) == []


def test_equal_certainty_is_questioned() -> None:
    same = {name: 90.0 if name.endswith("_sure") else value for name, value in SOUND.items()}
    questioned, told = Assumptions().advise(same, Case())
    assert (questioned.key, questioned.kind, dict(questioned.values)) == ("sure.same", "ask", {"sure": "90%"})
    assert dict(told.values) == {"together": "73%"}


@pytest.mark.parametrize(("sure", "key"), [(100, "sure.certain"), (0, "sure.impossible")])
def test_certainty_is_questioned_either_way(sure: float, key: str) -> None:
    assert keys(second_sure=sure) == [(key, "second_sure")]


@pytest.mark.parametrize("stated", ["The APIs are ready on time", "Capacity is enough", "Rollout goes smoothly"])
def test_a_vague_assumption_is_quoted(stated: str) -> None:
    (said,) = Assumptions().advise({"first": stated}, Case())
    assert (said.key, said.field) == ("assumption.vague", "first")
    assert said.quotes[0] in stated


@pytest.mark.parametrize("stated", ["The APIs are ready on time, by week 9", "The old suite covers the mix"])
def test_an_assumption_that_can_be_wrong_is_left_alone(stated: str) -> None:
    assert keys(first=stated) == []


def test_a_missing_test_is_asked_for_once_the_certainty_is_given() -> None:
    assert keys(first="The old suite covers the mix") == []
    assert keys(first="The old suite covers the mix", first_sure=40) == [("test.none", "first_test")]


@pytest.mark.parametrize("test", ["Weekly status", "Ask them again", "E-mail their lead", "A sync every Monday"])
def test_asking_is_no_test(test: str) -> None:
    assert keys(third_test=test) == [("test.asking", "third_test")]


@pytest.mark.parametrize("test", ["Call their sandbox", "Ask for a signed contract", "Measure it under load", ""])
def test_what_can_be_run_or_seen_is_a_test(test: str) -> None:
    assert keys(third_test=test) == []


@pytest.mark.parametrize("demand", ["calendar", "uniform", "shifted"])
def test_each_demand_has_its_own_question(demand: str) -> None:
    assert keys(demand=demand) == [(f"demand.{demand}", "demand")]

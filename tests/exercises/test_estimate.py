"""The estimate: questions while it is open, no change once it is closed, and the outcome beside it."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from workshop.course import Fact, Place, Value
from workshop.exercises.base import Advice, Case
from workshop.exercises.estimate import Estimate

FIELDS = tuple(field.name for field in Estimate.fields)


def case(delay: str = "4", unit: str = "weeks", cost: str = "1.538462") -> Case:
    known = (("delay.weeks", delay, unit), ("lost.calendar", cost, "$M"), ("revenue.first_quarter", "10", "$M"))
    return Case({name: Fact(name, Decimal(value), unit, "test", Place("facts.yaml", 1)) for name, value, unit in known})


def answers(changes: Mapping[str, Value] | None = None, /, **more: Value) -> dict[str, Value]:
    sound: dict[str, Value] = {"on_time": 25, "late": 3, "low": 0, "high": 9, "lost": 1, "reason": "Two promises."}
    return {**sound, **(changes or {}), **more}


def said(changes: Mapping[str, Value] | None = None, /, within: Case | None = None, **more: Value) -> list[Advice]:
    return Estimate().advise(answers(changes, **more), within or case())


def test_a_sound_open_estimate_is_left_alone_and_open() -> None:
    assert said() == []
    assert Estimate().locked(answers()) == frozenset()
    assert Estimate().advise({}, case()) == []


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        ({"on_time": 100, "late": 0, "lost": 0}, "on_time.certain", {}),
        ({"on_time": 0}, "on_time.impossible", {}),
        ({"on_time": 60}, "late.contradicts", {"on_time": "60%", "late": "3 weeks"}),
        ({"low": 5, "high": 1, "late": None}, "range.crossed", {"low": "5 weeks", "high": "1 week"}),
        ({"high": 2}, "range.outside", {"low": "0 weeks", "high": "2 weeks", "late": "3 weeks"}),
        ({"low": 2.5, "high": 3.5, "on_time": 10}, "range.narrow", {"width": "1 week"}),
        ({"low": 1}, "range.without_plan", {"on_time": "25%", "low": "1 week"}),
        ({"lost": 0}, "lost.nothing", {"late": "3 weeks"}),
        ({"late": 0}, "lost.although_on_time", {"lost": "$1M"}),
        ({"lost": 10.5}, "lost.everything", {"lost": "$10.5M"}),
    ],
)
def test_a_contradiction_is_asked_about(changes: dict[str, Value], key: str, values: dict[str, str]) -> None:
    (question,) = said(changes)
    assert (question.key, question.kind, dict(question.values)) == (key, "ask", values)


@pytest.mark.parametrize(
    "changes", [{"low": 1, "on_time": 20}, {"low": 1, "high": 3}, {"on_time": 50}, {"lost": 10}, {"on_time": None}]
)
def test_what_is_just_consistent_is_left_alone(changes: dict[str, Value]) -> None:
    assert said({"on_time": 20, **changes}) == []


@pytest.mark.parametrize("changes", [{"reason": ""}, {"lost": None}, {"low": 9, "high": 1, "late": 3}])
def test_a_commitment_made_too_early_closes_nothing_and_tells_nothing(changes: dict[str, Value]) -> None:
    early = answers(changes, commit=True)
    assert Estimate().locked(early) == frozenset()
    advice = Estimate().advise(early, case())
    assert advice[-1].key == "commit.early"
    assert all(item.kind == "ask" for item in advice)


def test_a_commitment_closes_every_field() -> None:
    assert Estimate().locked(answers(commit=True)) == frozenset(FIELDS)
    assert Estimate().locked(answers(commit=False)) == frozenset()


def test_the_outcome_stands_beside_a_closed_estimate() -> None:
    told = said(commit=True)
    assert [item.key for item in told] == [
        "told.launch",
        "told.range_held",
        "told.chance",
        "told.money",
        "told.money_less",
        "told.reason",
    ]
    assert {item.kind for item in told} == {"tell"}
    values = {item.key: dict(item.values) for item in told}
    assert values["told.range_held"] == {"low": "0 weeks", "high": "9 weeks", "late": "3 weeks"}
    assert values["told.chance"] == {"on_time": "25%"}
    assert values["told.money_less"] == {"lost": "$1M", "gap": "$0.54M"}
    assert told[-1].quotes == ("Two promises.",)


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        ({"high": 4}, "told.range_held", {"low": "0 weeks", "high": "4 weeks", "late": "3 weeks"}),
        ({"high": 3}, "told.later", {"high": "3 weeks", "late": "3 weeks", "beyond": "1 week"}),
        ({"low": 5, "late": 6}, "told.sooner", {"low": "5 weeks", "late": "6 weeks"}),
        ({"on_time": 100}, "told.certain", {}),
        ({"lost": 4}, "told.money_more", {"lost": "$4M", "gap": "$2.46M"}),
        ({"lost": 1.5}, "told.money_near", {"lost": "$1.5M"}),
    ],
)
def test_each_way_of_missing_or_hitting_is_told(changes: dict[str, Value], key: str, values: dict[str, str]) -> None:
    told = {item.key: dict(item.values) for item in said(changes, commit=True)}
    assert told[key] == values


def test_the_comparison_follows_the_facts_of_the_case() -> None:
    told = {item.key: dict(item.values) for item in said(within=case("70", "days", "6.5"), commit=True)}
    assert told["told.later"]["beyond"] == "1 week"
    assert told["told.money_less"]["gap"] == "$5.5M"


def test_everything_said_is_declared_with_its_values() -> None:
    exercise = Estimate()
    cases: tuple[dict[str, Value], ...] = (
        {},
        {"on_time": 100},
        {"high": 2},
        {"low": 5, "late": 6},
        {"lost": 0},
        {"lost": 20},
        {"late": 0},
    )
    for changes in cases:
        for commit in (True, False):
            for item in said(changes, commit=commit):
                assert set(item.values) == set(exercise.keys[item.key])
                assert item.field in FIELDS

"""The forecast: questions while it is open, no change once it is closed, and the days that the weeks mean."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from workshop.course import Fact, Place, Value
from workshop.exercises.base import Advice, Case
from workshop.exercises.forecast import Forecast, closed

PLACE = Place("facts.yaml", 1)
FACTS = {
    "project.launch": Fact("project.launch", date(2026, 3, 2), "date", "test", PLACE),
    "project.plan": Fact("project.plan", Decimal(12), "weeks", "test", PLACE),
}


def answers(changes: Mapping[str, Value] | None = None) -> dict[str, Value]:
    return {"half": 16.0, "eighty": 22.0, "nearly": 36.0, "reason": "Four earlier ones.", **(changes or {})}


def said(changes: Mapping[str, Value] | None = None, **estimate: Value) -> list[Advice]:
    return Forecast().advise(answers(changes), Case(FACTS, answers={"estimate": estimate}))


def test_a_sound_open_forecast_is_left_alone() -> None:
    assert said() == []
    assert said(on_time=20, high=12) == []
    assert Forecast().advise({}, Case(FACTS)) == []
    assert Forecast().locked(answers()) == frozenset()


@pytest.mark.parametrize(
    ("changes", "field", "key", "values"),
    [
        ({"half": 23}, "eighty", "weeks.crossed", {"earlier": "week 23", "later": "week 22"}),
        ({"nearly": 20.5}, "nearly", "weeks.crossed", {"earlier": "week 22", "later": "week 20.5"}),
        ({"eighty": 17, "nearly": 18.5}, "nearly", "weeks.narrow", {"width": "2.5 weeks"}),
        ({"half": 11}, "half", "half.early", {"half": "week 11"}),
        ({"half": 12}, "half", "half.planned", {"half": "week 12"}),
    ],
)
def test_what_does_not_fit_is_asked_about(
    changes: dict[str, Value], field: str, key: str, values: dict[str, str]
) -> None:
    (question,) = said(changes)
    assert (question.field, question.key, question.kind, dict(question.values)) == (field, key, "ask", values)


@pytest.mark.parametrize("changes", [{"eighty": 16, "nearly": 19}, {"half": 12.5}, {"nearly": None}, {"eighty": None}])
def test_what_just_fits_is_left_alone(changes: dict[str, Value]) -> None:
    assert said(changes) == []


@pytest.mark.parametrize(
    ("changes", "on_time", "keys"),
    [
        ({}, 60, ["half.estimate"]),
        ({"half": 12}, 40, ["half.estimate"]),
        ({"half": 12}, 50, ["half.planned"]),
        ({}, 49, []),
    ],
)
def test_even_odds_are_held_against_the_estimate(changes: dict[str, Value], on_time: float, keys: list[str]) -> None:
    assert [item.key for item in said(changes, on_time=on_time)] == keys


def test_eighty_percent_is_held_against_the_end_of_the_estimates_range() -> None:
    (question,) = said(high=9)
    assert (question.key, dict(question.values)) == ("eighty.estimate", {"eighty": "week 22", "high": "week 21"})
    assert said(high=10) == []


@pytest.mark.parametrize("changes", [{"half": 40}, {"reason": " "}, {"nearly": None}])
def test_a_commitment_made_too_early_closes_nothing(changes: dict[str, Value]) -> None:
    early = answers({**changes, "commit": True})
    assert not closed(early)
    assert Forecast().locked(early) == frozenset()
    assert said({**changes, "commit": True})[-1].key == "commit.early"


def test_a_commitment_closes_every_field_and_names_the_days() -> None:
    done = answers({"commit": True})
    assert Forecast().locked(done) == {field.name for field in Forecast.fields}
    (told,) = said({"commit": True}, on_time=90, high=1)
    assert (told.key, told.kind) == ("told.closed", "tell")
    assert dict(told.values) == {"half": "30 March 2026", "eighty": "11 May 2026", "nearly": "17 August 2026"}


def test_equal_weeks_are_asked_about_and_can_be_closed() -> None:
    same = {"half": 14, "eighty": 14, "nearly": 14}
    assert [item.key for item in said(same)] == ["weeks.narrow"]
    assert closed(answers({**same, "commit": True}))


def test_everything_said_is_declared_with_its_values() -> None:
    for changes in ({"half": 12}, {"half": 30}, {"nearly": 16}, {"commit": True}, {"half": None, "commit": True}):
        for item in said(changes, on_time=99, high=0):
            assert set(item.values) == set(Forecast.keys[item.key])

"""Contributing conditions: several, with reasons, and nobody's carelessness."""

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Answers, Case
from workshop.exercises.conditions import Conditions, described

WHOLE: dict[str, Value] = {
    "what": "The plan had no week to spare.",
    "sense": "The date came from outside.",
    "met": "A promise that nobody had written down.",
}


@pytest.fixture
def case(course: Course) -> Case:
    return Case(course.scenario.facts, course.wording, review=course.review)


def listed(*rows: dict[str, Value]) -> dict[str, Value]:
    return {f"condition.{n}.{column}": value for n, row in enumerate(rows, 1) for column, value in row.items()}


def said(answers: Answers, case: Case) -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in Conditions().advise(answers, case)]


def test_one_condition_is_a_culprit_two_are_a_quarrel_and_three_are_enough(case: Case) -> None:
    assert said(listed(WHOLE), case) == [("few.one", "")]
    assert said(listed(WHOLE, WHOLE), case) == [("few.two", "")]
    assert said(listed(WHOLE, WHOLE, {"what": "The report had three colours."}), case) == []
    assert said(listed({"what": "The plan was tight."}), case) == [], "not while the first is still being written"


@pytest.mark.parametrize(
    ("column", "text", "key"),
    [
        ("what", "The root cause was the plan.", "look.single_cause"),
        ("met", "It all came down to the plan.", "look.single_cause"),
        ("what", "The night shift was careless.", "wording.human_error"),
        ("what", "The tester forgot the list.", "wording.human_error"),
        ("sense", "It was obvious that it would fail.", "wording.hindsight"),
        ("what", "Dave had the only key.", "look.named"),
        ("sense", "It didn't.", "sense.none"),
        ("sense", "no reason", "sense.none"),
        ("sense", "-", "sense.none"),
    ],
)
def test_what_is_asked_about_a_condition(case: Case, column: str, text: str, key: str) -> None:
    field = f"condition.1.{column}"
    assert (key, field) not in said(listed(WHOLE), case)
    assert (key, field) in said(listed({**WHOLE, column: text}), case)


def test_a_quotation_of_root_cause_is_fine(case: Case) -> None:
    assert said(listed({**WHOLE, "what": 'The form asked for a "root cause".'}, WHOLE, WHOLE), case) == []


def test_what_is_described_keeps_its_number(case: Case) -> None:
    answers = listed({"sense": "so far only this"}, {"what": "Two\nlines "}, {"what": "Third"})
    assert described(answers) == {"2": "Two lines", "3": "Third"}
    assert said({}, case) == []

"""The questions after the course: reasons, what moved, and how little it proves."""

import pytest

from workshop.course import Course
from workshop.exercises.after import CONFIDENCE, LEADS_TO, After
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.before import Before
from workshop.views.results.after import show

THERE = {**dict.fromkeys(CONFIDENCE, "3"), **LEADS_TO}
ELSEWHERE = {**dict.fromkeys(CONFIDENCE, "3"), "sentence": "others", "luck": "right", "ranges": "ten", "fix": "unsure"}


def said(after: Answers, before: Answers) -> dict[str, Advice]:
    return {item.key: item for item in After().advise(after, Case(answers={"before": before}))}


def test_the_questions_are_those_from_before_word_for_word(course: Course) -> None:
    assert After.fields == Before.fields
    before, after = course.words["before"], course.words["after"]
    assert (after.fields, after.groups) == (before.fields, before.groups)


def test_what_the_course_leads_to_can_be_chosen() -> None:
    choices = {field.name: field.choices for field in Before.fields if field.group == "judgement"}
    assert LEADS_TO.keys() == choices.keys()
    assert all(choice in choices[name] and choice != "unsure" for name, choice in LEADS_TO.items())


@pytest.mark.parametrize("name", list(THERE))
def test_nothing_is_said_until_everything_is_answered(name: str) -> None:
    assert said({**THERE, name: None}, ELSEWHERE) == {}


def test_the_reasons_come_whatever_was_answered() -> None:
    for answers in (THERE, ELSEWHERE):
        assert {f"why.{name}" for name in LEADS_TO} <= said(answers, {}).keys()


@pytest.mark.parametrize("before", [{}, {**ELSEWHERE, "fix": None}])
def test_without_the_first_answers_nothing_is_compared(before: Answers) -> None:
    found = said(THERE, before)
    assert "before.open" in found
    assert not {"moved", "judged", "proves", "lower"} & found.keys()


def test_lines_that_moved_are_counted_and_a_lower_one_gets_a_word() -> None:
    found = said({**THERE, "tell": "5", "early": "4", "range": "2"}, ELSEWHERE)
    assert found["moved"].values == {"up": "2", "down": "1", "same": "1"}
    assert (found["lower"].field, found["lower"].values) == ("range", {"before": "3", "after": "2"})
    assert {item.kind for item in found.values()} == {"tell"}, "no question, and no verdict"


def test_judgements_are_counted_both_times_and_called_little() -> None:
    found = said(THERE, {**ELSEWHERE, "luck": "open"})
    assert found["judged"].values == {"before": "1", "after": "4", "count": "4"}
    assert "proves" in found
    assert "lower" not in found


def test_the_report_has_a_row_for_each_objective(course: Course) -> None:
    after = {**THERE, "tell": "5", "ranges": "unsure", "fix": "training"}
    (table,) = show(after, Case(answers={"before": ELSEWHERE}), course.figures)
    labels = course.figures["after"].labels
    assert [row[0] for row in table.rows] == [labels[field.name] for field in Before.fields]
    cells = {field.name: row[1:] for field, row in zip(Before.fields, table.rows, strict=True)}
    assert cells["tell"] == [f"{labels['level']} 3", f"{labels['level']} 5"]
    assert cells["sentence"] == [labels["elsewhere"], labels["there"]]
    assert cells["ranges"] == [labels["elsewhere"], labels["unsure"]]
    assert cells["fix"] == [labels["unsure"], labels["elsewhere"]]


def test_there_is_no_report_of_half_the_answers(course: Course) -> None:
    assert show({**THERE, "fix": None}, Case(answers={"before": ELSEWHERE}), course.figures) == ()
    assert show(THERE, Case(answers={"before": {}}), course.figures) == ()
    assert show(THERE, Case(), course.figures) == ()

"""The two-week check: a row for each commitment, in its own words, and what each state is asked."""

from workshop.course import Course
from workshop.exercises.base import Answers, Case
from workshop.exercises.two_weeks import TwoWeeks

COMMITTED = {
    "commitment.1.trigger": "If Ana calls",
    "commitment.1.action": "I will write it down.",
    "commitment.1.seen": "A line in the plan",
    "commitment.2.trigger": "begun and left",
    "commitment.4.trigger": "a date moves",
    "commitment.4.action": "say so by noon",
}


def case(course: Course, **answers: str) -> Case:
    return Case(wording=course.wording, answers={"commitments": COMMITTED, **answers})


def asked(answers: Answers, course: Course) -> list[tuple[str, str]]:
    return [(item.field, item.key) for item in TwoWeeks().advise(answers, case(course))]


def test_every_whole_commitment_has_its_row_in_its_own_words(course: Course) -> None:
    fields = TwoWeeks().fitted(case(course))
    assert [field.name for field in fields if field.kind == "choice"] == ["check.1.state", "check.4.state"]
    quotes = [field.quote for field in fields if field.quote]
    assert quotes == ["Ana calls → write it down", "a date moves → say so by noon"]


def test_every_row_wants_its_state(course: Course) -> None:
    wanted = [name for name in TwoWeeks().missing({}) if name in {f.name for f in TwoWeeks().fitted(case(course))}]
    assert wanted == ["check.1.state", "check.4.state"]


def test_without_a_commitment_it_says_where_to_write_one() -> None:
    assert TwoWeeks().fitted(Case()) == ()
    assert [(item.key, item.kind) for item in TwoWeeks().advise({}, Case())] == [("none", "tell")]


def test_what_is_done_has_been_seen_by_somebody(course: Course) -> None:
    assert asked({"check.1.state": "done"}, course) == [("check.1.state", "done.seen")]
    assert asked({"check.4.state": "done"}, course) == [("check.4.state", "done.unseen")]


def test_what_is_not_done_is_asked_what_was_there_instead_and_what_comes_next(course: Course) -> None:
    for state in ("partly", "open"):
        found = asked({"check.1.state": state}, course)
        assert found == [("check.1.way", "way.open"), ("check.1.next", "next.open")]
    assert asked({"check.1.state": "dropped"}, course) == [("check.1.way", "way.open")]
    told = {"check.1.state": "open", "check.1.way": "I forgot it twice.", "check.1.next": "call on Monday"}
    assert asked(told, course) == []


def test_a_next_step_is_no_attempt_and_an_obstacle_is_nobodys_fault(course: Course) -> None:
    answers = {"check.1.way": "They never told me.", "check.1.next": "try again"}
    assert asked(answers, course) == [("check.1.way", "wording.blame_shift"), ("check.1.next", "next.trying")]


def test_it_is_finished_when_every_commitment_has_its_state(course: Course) -> None:
    assert ("", "finished") not in asked({"check.1.state": "done"}, course)
    assert ("", "finished") in asked({"check.1.state": "done", "check.4.state": "dropped"}, course)


def test_an_answer_to_a_row_that_has_no_commitment_is_left_alone(course: Course) -> None:
    assert asked({"check.2.state": "open"}, course) == []

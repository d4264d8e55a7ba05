"""How far somebody has come, as their journal tells it."""

from pathlib import Path

import pytest

from workshop.course import Course
from workshop.journal import Journal
from workshop.progress import last, progress
from workshop.run import seed


@pytest.fixture
def journal(tmp_path: Path, course: Course) -> Journal:
    return Journal.of(tmp_path, "me", course.version)


def test_before_any_answer_everything_is_open(course: Course, journal: Journal) -> None:
    assert last(course, journal) is None
    for each in progress(course, journal):
        assert (each.begun, each.done) == ((), ())
        assert each.open == tuple(each.module.exercises)


def test_an_exercise_is_begun_with_its_first_answer_and_done_with_its_last(course: Course, journal: Journal) -> None:
    journal.write("goal", "setting", "alone")
    start = progress(course, journal)[0]
    assert (start.begun, start.done) == (("goal",), ())
    assert "goal" in start.open
    for field, value in {"purpose": "team", "worth": "A practice that stays."}.items():
        journal.write("goal", field, value)
    start = progress(course, journal)[0]
    assert (start.begun, start.done) == (("goal",), ("goal",))
    assert "goal" not in start.open


def test_an_answer_taken_back_begins_nothing(course: Course, journal: Journal) -> None:
    journal.write("goal", "setting", "alone")
    journal.write("goal", "setting", None)
    journal.write("goal", "dismissed/worth.vague", True)
    assert progress(course, journal)[0].begun == ()


def test_the_strong_persona_has_done_all_that_it_answers(course: Course, journal: Journal) -> None:
    seed(course, course.scenario.personas["strong"], journal)
    for each in progress(course, journal):
        assert each.begun == each.done == tuple(each.module.exercises), each.module.slug


def test_where_somebody_stopped_is_what_they_answered_last(course: Course, journal: Journal) -> None:
    journal.write("story", "situation", "We had 12 days.")
    journal.write("goal", "setting", "alone")
    journal.write("story", "situation", "We had 12 days left.")
    journal.write("of-another-course", "first", "Something.")
    found = last(course, journal)
    assert found
    assert (found[0].slug, found[1]) == ("your-story", "story")


def test_a_late_line_that_lost_is_not_where_somebody_stopped(course: Course, journal: Journal) -> None:
    journal.write("story", "situation", "First.")
    journal.write("goal", "setting", "alone")
    journal.append([journal.entry("story", "situation", "Typed long ago.", over="unknown")])
    found = last(course, journal)
    assert found
    assert found[1] == "goal"

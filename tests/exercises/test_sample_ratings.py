"""Three sample stories on the rubric: when the reference shows, and what the agreement says."""

import re

import pytest

from workshop.course import Course
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.rubric import DIMENSIONS, LEVELS, overall
from workshop.exercises.sample_ratings import RATED, REFERENCE, SampleRatings

STORIES = tuple(REFERENCE)


def rated(*stories: str, by: int = 0) -> dict[str, str]:
    """These stories rated as in the reference, or ``by`` so many levels higher."""
    return {f"{story}_{dimension}": str(REFERENCE[story][dimension] + by) for story in stories for dimension in RATED}


def advice(answers: Answers) -> list[Advice]:
    return SampleRatings().advise(answers, Case())


def said(answers: Answers) -> dict[str, Advice]:
    return {item.key: item for item in advice(answers)}


def test_only_what_needs_a_follow_up_question_is_left_out() -> None:
    assert set(DIMENSIONS) - set(RATED) == {"under_probing"}
    assert len(SampleRatings.fields) == len(STORIES) * len(RATED)


def test_the_three_stories_are_of_clearly_different_quality() -> None:
    ungated = [found.ungated for levels in REFERENCE.values() if (found := overall(levels))]
    assert ungated == [1, 2, 4]


def test_a_story_shows_its_reference_only_when_it_is_rated_in_full() -> None:
    assert advice({}) == []
    assert advice({**rated("market"), "market_result": ""}) == []
    found = said({**rated("market"), "clinic_stakes": "3"})
    shown = [key for key in found if key.startswith(STORIES)]
    assert shown == [f"market.{dimension}" for dimension in RATED]
    assert (found["market.stakes"].kind, found["market.stakes"].field) == ("tell", "market_stakes")
    assert found["market.stakes"].values == {"level": "2"}


def test_two_levels_apart_are_asked_about_and_one_is_not() -> None:
    found = advice({**rated("market"), "market_result": "3", "market_causes": "2"})
    far = [(item.field, item.kind, dict(item.values)) for item in found if item.key == "far"]
    assert far == [("market_result", "ask", {"distance": "2"})]


def test_one_story_gives_shares_and_the_reason_why_there_is_no_kappa() -> None:
    found = said({**rated("clinic"), "clinic_stakes": "4", "clinic_causes": "4", "clinic_result": "1"})
    assert found["agreement"].values == {
        "ratings": "7",
        "exact": "57%",
        "within_one": "86%",
        "higher": "2",
        "lower": "1",
    }
    assert found["kappa.few"].values == {"ratings": "7", "fewest": "12"}
    assert "kappa" not in found


def test_from_two_stories_on_there_is_a_kappa() -> None:
    found = said(rated("market", "pool"))
    assert found["agreement"].values["ratings"] == "14"
    assert found["kappa"].values == {"kappa": "1.00"}
    assert "kappa.few" not in found


def test_one_level_for_everything_agrees_as_chance_would() -> None:
    found = said(dict.fromkeys(rated("market", "clinic"), "2"))
    assert found["kappa"].values == {"kappa": "0.00"}


def test_a_kappa_worked_out_by_hand() -> None:
    """One level too high throughout: observed 1; by chance twice the reference's variance and 1.

    The market's and the clinic's 14 levels sum to 9 + 16 = 25, their squares to 13 + 38 = 51: a variance of
    51 / 14 - (25 / 14) ** 2 = 0.4541. So 1 - 1 / (2 * 0.4541 + 1) = 0.48.
    """
    assert said(rated("market", "clinic", by=1))["kappa"].values == {"kappa": "0.48"}


def test_what_is_told_of_the_whole_stands_with_no_field_and_asks_nothing() -> None:
    for item in advice(rated(*STORIES)):
        if item.key in ("agreement", "kappa"):
            assert (item.field, item.kind) == ("", "tell")


def test_everything_said_is_declared_with_its_values() -> None:
    for answers in (rated("pool"), rated(*STORIES), dict.fromkeys(rated(*STORIES), "1")):
        for item in advice(answers):
            assert set(item.values) == set(SampleRatings.keys[item.key])


@pytest.mark.parametrize("story", STORIES)
def test_the_anchors_are_those_of_the_rubric(course: Course, story: str) -> None:
    rubric, words = course.words["self-rating"].fields, course.words["sample-ratings"].fields
    for dimension in RATED:
        anchors = rubric[dimension].choices
        shown = words[f"{story}_{dimension}"].choices
        assert shown == {str(level): f"{level}: {anchors[str(level)]}" for level in LEVELS}


def test_the_notes_give_the_levels_of_the_code(course: Course) -> None:
    (solution,) = [
        child
        for module in course.modules
        for block in module.walk()
        if block.kind == "exercise" and block.name == "sample-ratings"
        for child in block.children
        if child.kind == "solution"
    ]
    rows = re.findall(r"^\| ([a-z ]+) \| (\d) \| (\d) \| (\d) \|$", solution.prose, re.MULTILINE)
    assert [(name.replace(" ", "_"), *map(int, levels)) for name, *levels in rows] == [
        (dimension, *(REFERENCE[story][dimension] for story in STORIES)) for dimension in RATED
    ]

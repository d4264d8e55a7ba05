"""The rubric's arithmetic, and the self-rating that stands on it."""

import pytest

from workshop.course import Course
from workshop.exercises.base import Advice, Case
from workshop.exercises.rubric import DIMENSIONS, LEVELS, UNTESTED, Overall, next_step, overall
from workshop.exercises.self_rating import SelfRating


def levels(*values: int) -> dict[str, int]:
    """These levels for the dimensions in order; the last dimension may be left out."""
    return dict(zip(DIMENSIONS, values, strict=False))


def advice(*values: int) -> dict[str, Advice]:
    """What the self-rating says back to these levels, by key."""
    answers = {dimension: str(level) for dimension, level in levels(*values).items()}
    return {item.key: item for item in SelfRating().advise(answers, Case())}


def test_the_overall_level_is_the_middle_one() -> None:
    assert overall(levels(4, 2, 3, 3, 2, 4, 3)) == Overall(3, 3, ())


def test_of_two_middle_levels_the_lower_counts() -> None:
    assert overall(levels(2, 2, 2, 2, 3, 3, 3, 3)) == Overall(2, 2, ())


def test_a_rating_of_half_the_dimensions_has_no_overall_level() -> None:
    assert overall(levels(4, 4, 4, 4)) is None


def test_probing_may_be_left_open_and_counts_when_it_is_rated() -> None:
    open_rating = levels(3, 3, 3, 2, 2, 2, 3)
    assert UNTESTED not in open_rating
    assert overall(open_rating) == Overall(3, 3, ())
    assert overall(open_rating | {UNTESTED: 1}) == Overall(2, 2, ())


@pytest.mark.parametrize(("gate", "rated"), [("stakes", (1, 4)), ("ownership", (4, 1))])
def test_a_gate_at_level_1_caps_the_whole_at_2(gate: str, rated: tuple[int, int]) -> None:
    assert overall(levels(*rated, 4, 4, 4, 4, 4, 4)) == Overall(2, 4, (gate,))


def test_a_gate_lifts_nothing() -> None:
    assert overall(levels(1, 1, 1, 1, 1, 1, 1)) == Overall(1, 1, ("stakes", "ownership"))


def test_another_dimension_at_level_1_is_no_gate() -> None:
    assert overall(levels(4, 4, 1, 4, 4, 4, 4)) == Overall(4, 4, ())


def test_the_next_step_is_the_lowest_dimension() -> None:
    assert next_step(levels(3, 3, 3, 3, 2, 3, 3)) == "bad_news"


def test_among_equals_a_gate_comes_first_and_then_the_order_of_the_story() -> None:
    assert next_step(levels(3, 2, 2, 3, 2, 3, 3)) == "ownership"
    assert next_step(levels(3, 3, 3, 2, 2, 3, 3)) == "decision"


def test_at_the_top_there_is_no_next_step() -> None:
    assert next_step(levels(4, 4, 4, 4, 4, 4, 4, 4)) is None


def test_a_closed_gate_is_told_before_the_rating_is_complete() -> None:
    said = advice(2, 1)
    assert list(said) == ["gate"]
    assert (said["gate"].field, said["gate"].values) == ("ownership", {"cap": "2"})


def test_a_complete_rating_tells_the_overall_level_and_asks_about_the_next_step() -> None:
    said = advice(3, 3, 2, 3, 3, 3, 3)
    assert list(said) == ["overall", "next.causes"]
    assert (said["overall"].kind, said["overall"].values) == ("tell", {"level": "3"})
    assert (said["next.causes"].field, said["next.causes"].values) == ("causes", {"level": "2", "next": "3"})


def test_a_cap_is_told_with_the_level_that_it_holds_down() -> None:
    said = advice(3, 1, 3, 3, 3, 3, 3)
    assert list(said) == ["gate", "overall.capped", "next.ownership"]
    assert said["overall.capped"].values == {"level": "2", "ungated": "3"}


def test_an_empty_rating_is_told_nothing() -> None:
    assert advice() == {}


def test_only_what_waits_for_somebody_else_may_stay_open() -> None:
    assert [field.name for field in SelfRating.fields if field.optional] == [UNTESTED]


def test_every_level_of_every_dimension_has_an_anchor_of_its_own(course: Course) -> None:
    words = course.words["self-rating"]
    anchors = [words.fields[dimension].choices[str(level)] for dimension in DIMENSIONS for level in LEVELS]
    assert len(set(anchors)) == len(DIMENSIONS) * len(LEVELS)

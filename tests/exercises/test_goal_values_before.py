"""The exercises of the first module: what they ask, and how little they say back."""

import pytest

from workshop.exercises.base import Case
from workshop.exercises.before import Before
from workshop.exercises.goal import Goal
from workshop.exercises.values import Values


def test_the_values_note_gets_no_comment() -> None:
    values = Values()
    assert values.missing({"value": "Being fair"}) == ("moment",)
    assert values.advise({"value": "Being fair", "moment": "I gave the credit away."}, Case()) == []


def test_a_goal_tells_what_to_keep_ready() -> None:
    said = Goal().advise({"setting": "room", "purpose": "interview", "worth": "A story on one page"}, Case())
    assert [(item.key, item.field, item.kind) for item in said] == [
        ("setting.room", "setting", "tell"),
        ("purpose.interview", "purpose", "tell"),
    ]
    assert Goal().advise({}, Case()) == []


@pytest.mark.parametrize("worth", ["Learn more about failure", "Some insight", "Be BETTER at this"])
def test_a_mere_wish_is_asked_how_one_would_see_it(worth: str) -> None:
    (said,) = Goal().advise({"worth": worth}, Case())
    assert (said.key, said.field, said.kind) == ("worth.wish", "worth", "ask")
    assert said.quotes[0] in worth


@pytest.mark.parametrize(
    "worth", ["I have told my story to 2 colleagues", "Learn it and tell it to 2 colleagues", None]
)
def test_a_goal_that_can_be_seen_is_left_alone(worth: str | None) -> None:
    assert Goal().advise({"worth": worth}, Case()) == []


def test_every_question_before_the_course_is_a_choice_and_offers_a_way_out() -> None:
    before = Before()
    assert {field.kind for field in before.fields} == {"choice"}
    assert all("unsure" in field.choices for field in before.fields if field.group == "judgement")
    assert before.advise({"luck": "right", "fix": "training"}, Case()) == []
    assert before.missing({}) == tuple(field.name for field in before.fields)

"""The rounds: how they are held, the time, and a listener's sentence."""

import pytest

from workshop.course import Course
from workshop.exercises.base import Answers, Case
from workshop.exercises.rounds import Rounds

STORY = {"situation": "word " * 140, "task": "word " * 140, "assumptions": "word " * 500}


def keys(answers: Answers, **story: str) -> list[tuple[str, str]]:
    return [(item.field, item.key) for item in Rounds().advise(answers, Case(answers={"story": story}))]


@pytest.mark.parametrize("setting", ["triad", "pair", "alone"])
def test_every_setting_says_how_it_goes(setting: str) -> None:
    assert keys({"setting": setting}) == [("setting", f"setting.{setting}")]


@pytest.mark.parametrize(("whose", "told"), [("case", True), ("listen", True), ("own", False)])
def test_nobody_has_to_tell_a_story_of_their_own(whose: str, told: bool) -> None:
    assert keys({"whose": whose}) == [("whose", f"whose.{whose}")] * told
    assert "keep" not in Rounds().missing({"whose": whose})


@pytest.mark.parametrize(
    ("minutes", "key"), [(0, "minutes.short"), (1.9, "minutes.short"), (2, ""), (3, ""), (3.1, "minutes.long")]
)
def test_a_telling_takes_two_to_three_minutes(minutes: float, key: str) -> None:
    assert keys({"minutes": minutes}) == [("minutes", key)] * bool(key)


def test_the_clock_stands_beside_the_written_story() -> None:
    advice = Rounds().advise({"minutes": 2.5, "whose": "own"}, Case(answers={"story": STORY}))
    values = [item.values for item in advice if item.key == "minutes.beside"]
    assert values == [{"minutes": "2.5 minutes", "written": "2 minutes"}]


@pytest.mark.parametrize(("whose", "story"), [("case", STORY), ("own", {}), ("own", {"task": " "})])
def test_without_a_story_of_ones_own_there_is_nothing_beside_the_clock(whose: str, story: dict[str, str]) -> None:
    assert ("minutes", "minutes.beside") not in keys({"minutes": 2.5, "whose": whose}, **story)


@pytest.mark.parametrize(
    ("keep", "asked"),
    [("It went well", True), ("All of it", True), ("My status report stayed green.", False), ("", False),
     ("The good thing was that I named the date first.", False)],
)  # fmt: skip
def test_praise_is_asked_for_the_words_that_earned_it(keep: str, asked: bool) -> None:
    assert keys({"keep": keep}) == [("keep", "keep.praise")] * asked


@pytest.mark.parametrize(
    ("heard", "asked"),
    [
        ("You should have asked.", True),
        ("It was wrong to wait.", True),
        ("I'd have called her.", True),
        ("You decided to wait, because asking would have cost days.", False),
        ('You wrote "I should have known" and went on.', False),
    ],
)
def test_a_listener_hands_back_what_was_decided_and_no_verdict(heard: str, asked: bool) -> None:
    assert keys({"heard.2.decision": heard}) == [("heard.2.decision", "heard.verdict")] * asked


def test_three_rounds_of_twelve_minutes_run_on_the_clock(course: Course) -> None:
    minutes = [timer.minutes for timer in course.words["rounds"].timers]
    assert minutes == [3, 4, 3, 2] * 3
    assert len({timer.label for timer in course.words["rounds"].timers}) == 12

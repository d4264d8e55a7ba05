"""Spot the blame: what is asked about a rewrite, and what is held back until it stands there."""

import re

import pytest

from workshop.course import Course
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.spot_the_blame import READINGS, REFERENCE, SpotTheBlame
from workshop.exercises.wording import check, check_part

REWRITE = "I ordered the flour for Friday."
BAKERY: dict[str, str] = {"bakery_reading": "shifts", "bakery_why": "The mill acts.", "bakery_rewrite": REWRITE}
FULL = {
    name: value
    for item, reading in REFERENCE.items()
    for name, value in ((f"{item}_reading", reading), (f"{item}_why", "The verb."), (f"{item}_rewrite", REWRITE))
}
REVEALED = [("bakery_rewrite", "bakery.reading"), ("bakery_rewrite", "bakery.models")]


def advice(answers: Answers, course: Course | None = None) -> list[Advice]:
    return SpotTheBlame().advise(answers, Case(wording=course.wording if course else ()))


def said(answers: Answers, course: Course | None = None) -> list[tuple[str, str]]:
    """What is said back, as (field, key)."""
    return [(item.field, item.key) for item in advice(answers, course)]


def test_there_are_twelve_items_and_every_reading_occurs() -> None:
    assert len(REFERENCE) >= 12
    assert set(REFERENCE.values()) == set(READINGS)


def test_every_item_wants_a_reading_a_reason_and_a_rewrite() -> None:
    assert SpotTheBlame().missing(BAKERY) == tuple(
        f"{item}_{part}" for item in REFERENCE if item != "bakery" for part in ("reading", "why", "rewrite")
    )


def test_an_empty_exercise_is_told_nothing() -> None:
    assert said({}) == []
    assert said({"bakery_rewrite": " \n", "ward_reading": None}) == []


def test_an_answered_item_gets_the_reading_and_the_models() -> None:
    assert said(BAKERY) == REVEALED
    assert {item.kind for item in advice(BAKERY)} == {"tell"}


@pytest.mark.parametrize("missing", ["bakery_reading", "bakery_why"])
def test_nothing_is_shown_before_the_own_answer(missing: str) -> None:
    assert said({**BAKERY, missing: ""}) == [("bakery_rewrite", "waiting")]


@pytest.mark.parametrize(
    "rewrite", ["I ordered the flour for Friday", "I ordered 2.5 sacks for Friday", "I ordered it late. So"]
)
def test_a_rewrite_that_is_still_being_written_waits(rewrite: str) -> None:
    assert said({**BAKERY, "bakery_rewrite": rewrite}) == [("bakery_rewrite", "waiting")]


def test_the_models_stay_while_a_second_sentence_is_written() -> None:
    assert said({**BAKERY, "bakery_rewrite": f"{REWRITE} The cake was"}) == REVEALED


@pytest.mark.parametrize("rewrite", ["", "I.", "I ordered it late."])
def test_a_few_words_are_no_rewrite(rewrite: str) -> None:
    assert said({**BAKERY, "bakery_rewrite": rewrite}) == []


@pytest.mark.parametrize("end", [".", "!", "?", "…", '."', ".”", ".)", ".\n"])
def test_a_sentence_may_end_in_several_ways(end: str) -> None:
    assert said({**BAKERY, "bakery_rewrite": f"I ordered the flour for Friday{end}"}) == REVEALED


def test_another_reading_is_asked_about_and_never_called_wrong() -> None:
    asked = advice({**BAKERY, "bakery_reading": "hides"})
    assert (asked[0].key, asked[0].kind) == ("reading.other", "ask")
    assert [(item.field, item.key) for item in asked[1:]] == REVEALED


def test_a_rewrite_is_asked_about_its_wording_before_it_is_finished(course: Course) -> None:
    (asked,) = advice({"ward_rewrite": "They let us down and I"}, course)[:1]
    assert (asked.key, asked.field, asked.kind) == ("wording.blame_shift", "ward_rewrite", "ask")
    assert asked.quotes == ("They let us down",)
    assert asked.values == {"quote": "They let us down"}


def test_a_rewrite_without_an_i_is_asked_where_its_author_is(course: Course) -> None:
    ask = [item for item in advice({"ward_rewrite": "We planned without a reserve."}, course) if item.kind == "ask"]
    assert [(item.key, item.quotes) for item in ask] == [("wording.no_first_person", ())]


def test_the_same_words_are_asked_about_once(course: Course) -> None:
    rewrite = "They should have told us that I had no sockets."
    assert len({finding.flag for finding in check(rewrite, "story", course.wording)}) == 2
    asked = [item for item in advice({"theatre_rewrite": rewrite}, course) if item.kind == "ask"]
    assert len(asked) == 1


def test_the_end_is_told_when_every_item_is_done() -> None:
    assert said(FULL)[-1] == ("", "finished")
    assert ("", "finished") not in said({**FULL, "museum_why": ""})


def test_everything_said_is_declared_with_its_values(course: Course) -> None:
    rewrites = ("They let us down.", "We did what we always do here.", "I was sort of late again, sorry.", REWRITE)
    for rewrite in rewrites:
        for item in advice({**FULL, "lab_rewrite": rewrite, "lab_reading": "owns", "farm_why": ""}, course):
            assert set(item.values) == set(SpotTheBlame.keys[item.key])


@pytest.mark.parametrize("item", REFERENCE)
def test_each_item_has_one_sentence_and_two_models_that_raise_no_question(course: Course, item: str) -> None:
    words = course.words["spot-the-blame"]
    assert len(quoted(words.groups[item].label)) == 1
    models = quoted(words.advice[f"{item}.models"])
    assert len(models) == 2
    for model in models:
        assert check(model, "story", course.wording) == []
        assert check_part(model, course.wording, "no_first_person") == []


def test_the_notes_give_the_reference_of_the_code(course: Course) -> None:
    (solution,) = [
        child
        for module in course.modules
        for block in module.walk()
        if block.kind == "exercise" and block.name == "spot-the-blame"
        for child in block.children
        if child.kind == "solution"
    ]
    assert re.findall(r"^\| \d+ \| (\w+) \| (\w+) \|", solution.prose, re.MULTILINE) == list(REFERENCE.items())


def quoted(text: str) -> list[str]:
    return re.findall(r'"([^"]+)"', " ".join(text.split()))

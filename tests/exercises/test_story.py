"""The STAR(L) builder: which questions it asks about which texts, and which it doesn't."""

import re

import pytest

from workshop.course import Course, Place
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.story import SPOKEN, Story, spoken_minutes
from workshop.exercises.telling import bad_news, balance, reach
from workshop.exercises.wording import Lack, Phrase, Rule

CARD_ORDER = [
    *("question", "failure_kind", "control", "clarifying", "assumptions"),
    *("ownership", "self_awareness", "growth", "real_failure", "situation", "task"),
    *("oversight", "failure", "mitigation", "course_correction", "result", "learning"),
]

HEDGING = Rule(
    flag="hedging",
    title="",
    modes=("story",),
    question="",
    place=Place("", 1),
    phrases=(Phrase(re.compile("sort of"), ("story",)),),
)
NO_FIRST_PERSON = Rule("no_first_person", "", ("story",), "", Place("", 1), lack=Lack(re.compile(r"\bi\b", re.I)))
NO_NUMBERS = Rule("no_numbers", "", ("story",), "", Place("", 1), lack=Lack(re.compile(r"\d")))
RULES = Case(wording=(HEDGING, NO_FIRST_PERSON, NO_NUMBERS))


def said(answers: Answers, case: Case = RULES) -> list[tuple[str, str]]:
    """What the story says back, as (field, key)."""
    return [(advice.field, advice.key) for advice in Story().advise(answers, case)]


def words(count: int) -> str:
    """A text of so many words."""
    return " ".join(["word"] * count)


def told(count: int) -> dict[str, str]:
    """A story whose spoken parts have ``count`` words together."""
    return dict.fromkeys(SPOKEN, words(1)) | {"task": words(count - len(SPOKEN) + 1)}


def test_the_fields_stand_in_the_order_of_the_card() -> None:
    assert [field.name for field in Story.fields] == CARD_ORDER


def test_only_the_listeners_sentences_may_stay_open() -> None:
    assert [field.name for field in Story.fields if field.optional] == ["ownership", "self_awareness", "growth"]


def test_an_empty_story_is_asked_nothing() -> None:
    assert said({}) == []
    assert said({"situation": "  \n", "mitigation": None, "result": ""}) == []


@pytest.mark.parametrize("name", ["real_failure", *SPOKEN])
def test_wording_is_asked_about_where_the_story_is_told(name: str) -> None:
    assert (name, "wording.hedging") in said({name: "It sort of slipped."})


@pytest.mark.parametrize("name", ["question", "clarifying", "assumptions"])
def test_questions_and_assumptions_may_hedge(name: str) -> None:
    assert said({name: "Something sort of technical?"}) == []


def test_a_wording_question_quotes_the_words_that_it_means() -> None:
    advice = next(item for item in Story().advise({"task": "It sort of slipped."}, RULES) if item.field == "task")
    assert advice == Advice("wording.hedging", "task", quotes=("sort of",), values={"quote": "sort of"})


def test_a_question_about_a_whole_part_stays_the_same_while_the_part_grows() -> None:
    texts = ("The tests went red.", "The tests went red. Nobody saw it.")
    asked = [Story().advise({"oversight": text}, RULES)[0] for text in texts]
    assert [(item.key, item.quotes) for item in asked] == [("wording.no_first_person", ())] * 2


@pytest.mark.parametrize(
    ("name", "asked"),
    [("oversight", True), ("mitigation", True), ("course_correction", True), ("failure", False), ("situation", False)],
)
def test_the_teller_belongs_into_the_beats_that_are_choices(name: str, asked: bool) -> None:
    assert ((name, "wording.no_first_person") in said({name: "The tests went red."})) == asked
    assert (name, "wording.no_first_person") not in said({name: "I saw the tests go red."})


@pytest.mark.parametrize(("name", "asked"), [("situation", True), ("result", True), ("task", False)])
def test_a_quantity_belongs_into_situation_and_result(name: str, asked: bool) -> None:
    assert ((name, "wording.no_numbers") in said({name: "Much was at stake."})) == asked
    assert (name, "wording.no_numbers") not in said({name: "5 weeks were at stake."})


def test_a_story_told_in_we_is_asked_whose_steps_they_were() -> None:
    advice = Story().advise({"task": "We ran it. Our team built it for us, and I watched."}, Case())
    asked = [item.values for item in advice if item.key == "voice.we"]
    assert asked == [{"we": "3", "i": "1"}]


@pytest.mark.parametrize("task", ["We ran it, our way.", "We ran it, our way, for us. I decided on my own."])
def test_a_little_we_is_nobodys_business(task: str) -> None:
    assert ("", "voice.we") not in said({"task": task})


def test_a_listeners_sentence_that_nobody_will_hear_is_asked_about() -> None:
    answers = {"task": "The date was my promise.", "ownership": "I took it upon me."}
    assert ("ownership", "listener.unspoken") in said(answers)


@pytest.mark.parametrize("line", ["The date was my promise", "the DATE was  my promise!"])
def test_a_listeners_sentence_that_is_told_is_left_in_peace(line: str) -> None:
    assert ("ownership", "listener.unspoken") not in said({"task": "So: the date was my promise.", "ownership": line})


def test_a_listeners_sentence_may_come_before_the_story() -> None:
    assert said({"growth": "I ask for a contract now."}) == []


def test_a_part_of_a_word_is_not_the_sentence() -> None:
    assert ("growth", "listener.unspoken") in said({"task": "It was art.", "growth": "was a"})


@pytest.mark.parametrize(
    ("count", "key", "minutes"),
    [(272, "short", "1.9"), (280, "fine", "2.0"), (420, "fine", "3.0"), (434, "long", "3.1")],
)
def test_the_told_parts_should_take_two_to_three_minutes(count: int, key: str, minutes: str) -> None:
    advice = [item for item in Story().advise(told(count), Case()) if item.key.startswith("spoken.")]
    values = {"words": str(count), "minutes": minutes, "pace": "140"}
    assert [(item.key, item.values) for item in advice] == [(f"spoken.{key}", values)]


def test_what_is_not_told_takes_no_time() -> None:
    assert ("", "spoken.fine") in said(told(300) | {"assumptions": words(500), "real_failure": words(500)})


def test_half_a_story_is_not_called_short_but_may_be_long_already() -> None:
    half = told(300)
    del half["learning"]
    assert [key for _, key in said(half) if key.startswith("spoken.")] == ["spoken.so_far"]
    assert ("", "spoken.long") in said({"situation": words(500)})


def test_minutes_count_words_at_140_a_minute() -> None:
    assert spoken_minutes([words(140), words(70)]) == 1.5


MITIGATIONS = {
    "We all worked through the weekend to catch up.": {"news.nobody", "news.ask"},
    "I told the stakeholders that the date was lost.": {"news.when", "news.ask"},
    "The same day I told the stakeholders that the date was lost.": {"news.ask"},
    "Within an hour I called Maria and asked her to choose between two dates.": set(),
    "Eventually I informed my manager and proposed a new date.": {"news.late"},
    "I told our sponsor at the next weekly status meeting and recommended a delay.": {"news.late"},
    "When my manager asked, I told her and offered two options.": {"news.late"},
    "I did not wait until we were sure: the same day I told our sponsor and asked for a decision.": set(),
    "That morning I wrote to the customers: “we waited too long”. They had two options.": set(),
}


@pytest.mark.parametrize(("text", "keys"), MITIGATIONS.items(), ids=range(len(MITIGATIONS)))
def test_bad_news_wants_a_person_a_time_and_a_request(text: str, keys: set[str]) -> None:
    assert {hint.key for hint in bad_news(text)} == keys


def test_questions_about_bad_news_quote_the_words_or_the_sentence() -> None:
    text = "It was bad. I told the board. Eventually they agreed."
    assert {hint.key: hint.quote for hint in bad_news(text)} == {
        "news.late": "Eventually",
        "news.ask": "I told the board.",
    }


RESULTS = {
    "We lost 1.5 million.": "result.loss_only",
    "We launched 4 weeks late.": "result.loss_only",
    "The bug was caught and everyone was happy.": "result.benefit_only",
    "We saved a month without losing a customer.": "result.benefit_only",
    "We caught a bug that would have failed many payments.": "result.benefit_only",
    "It didn't help. We lost a month.": "result.loss_only",
    "We lost a month and caught a bug.": "",
    "The project ended.": "",
}


@pytest.mark.parametrize(("text", "key"), RESULTS.items(), ids=range(len(RESULTS)))
def test_a_result_wants_loss_and_benefit(text: str, key: str) -> None:
    assert [hint.key for hint in balance(text)] == [key] * bool(key)


LEARNINGS = {
    "I learned to be more careful.": "learning.self",
    "I learned that you can't rely on other teams.": "learning.team",
    "Our team now writes contracts.": "learning.team",
    "Every team now starts with a contract.": "",
    "The protocol is used across the organisation.": "",
    "9 teams work with it.": "",
    "Two other teams use it.": "",
}


@pytest.mark.parametrize(("text", "key"), LEARNINGS.items(), ids=range(len(LEARNINGS)))
def test_a_learning_wants_to_reach_beyond_the_teller(text: str, key: str) -> None:
    assert [hint.key for hint in reach(text, "")] == [key] * bool(key)


def test_the_reach_of_the_course_correction_counts() -> None:
    answers = {"learning": "I ask earlier.", "course_correction": "I made a contract mandatory for every project."}
    assert ("learning", "learning.self") not in said(answers)
    assert ("learning", "learning.self") in said({"learning": "I ask earlier."})


def persona_advice(course: Course, name: str) -> set[str]:
    answers = course.scenario.personas[name].answers["story"]
    return {item.key for item in Story().advise(answers, Case(course.scenario.facts, course.wording))}


def test_the_strong_persona_tells_the_case_without_a_question(course: Course) -> None:
    assert persona_advice(course, "strong") == {"spoken.fine"}


def test_the_weak_persona_is_asked_what_a_coach_would_ask(course: Course) -> None:
    assert persona_advice(course, "weak") >= {
        "wording.blame_shift",
        "wording.fake_failure",
        "wording.hedging",
        "wording.hindsight",
        "wording.individual_fix",
        "wording.non_apology",
        "wording.no_first_person",
        "wording.no_numbers",
        "voice.we",
        "listener.unspoken",
        "news.late",
        "news.ask",
        "result.benefit_only",
        "learning.self",
        "spoken.short",
    }


def test_the_empty_persona_has_no_answers(course: Course) -> None:
    assert course.scenario.personas["empty"].answers == {}


def test_the_same_words_are_asked_about_once(course: Course) -> None:
    case = Case(course.scenario.facts, course.wording)
    asked = Story().advise({"oversight": "They should have told us on 3 May, and I knew."}, case)
    quotes = [advice.quotes[0] for advice in asked if advice.key.startswith("wording.") and advice.quotes]
    assert len(quotes) == 1

"""Clarifying questions: which are asked back, with which words, and which must be left alone."""

import pytest

from workshop.exercises.base import Case
from workshop.exercises.clarify import Clarify


def said(**answers: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.key, item.field, item.quotes) for item in Clarify().advise(answers, Case())]


@pytest.mark.parametrize(
    ("question", "key", "quote"),
    [
        ("Is everything on track?", "closed", "Is"),
        ("Aren't the dates fixed?", "closed", "Aren't"),
        ("Aren’t the dates fixed?", "closed", "Aren’t"),
        ("Can you confirm the date?", "closed", "Can"),
        ("We should use feature flags", "none", "We should use feature flags"),
        ("What is tested? And who signs?", "two", "What is tested? And who signs?"),
        ("Whose fault would it be?", "blame", "Whose fault"),
        ("Who forgot the contract?", "blame", "Who forgot"),
        ("Which team is to blame?", "blame", "Which team is to blame"),
        ("Why didn't they write it down?", "blame", "Why didn't they"),
        ("Why is the Rates team always late?", "blame", "Why is the Rates team"),
        ("What were they thinking?", "blame", "What were they thinking"),
    ],
)
def test_a_question_is_asked_back_with_its_words(question: str, key: str, quote: str) -> None:
    assert said(first=question) == [(f"question.{key}", "first", (quote,))]


@pytest.mark.parametrize(
    "question",
    [
        "What exactly have the two teams agreed to deliver?",
        "Who decides if we have to drop a feature?",
        "Why is the date fixed?",
        "Is it a technical failure or one of expectations?",
        "Could you tell me what has been tested?",
        "Would you walk me through how a quote is made?",
        "Who has seen the promise in writing?",
        "",
    ],
)
def test_a_good_question_is_left_alone(question: str) -> None:
    assert said(second=question) == []


def test_the_same_question_twice_is_noticed_whatever_its_capitals() -> None:
    assert said(first="What is tested?", third="what is TESTED? ") == [
        ("question.repeated", "third", ("what is TESTED?",))
    ]


def test_each_choice_leads_back_to_the_questions() -> None:
    assert said(kind="project", control="mine") == [("kind.project", "kind", ()), ("control.mine", "control", ())]

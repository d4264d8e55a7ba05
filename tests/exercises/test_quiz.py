"""A quiz answers each choice at once, counts nothing, and names what to read again."""

from workshop.exercises.base import Case
from workshop.exercises.quiz import Question, make_quiz

FIRST = Question("first", ("a", "b", "c"), frozenset("a"), "One")
SECOND = Question("second", ("d", "e", "f"), frozenset("de"), "Two")
THIRD = Question("third", ("g", "h", "i"), frozenset("g"), "Two")
QUIZ = make_quiz("quiz-x", (FIRST, SECOND, THIRD))


def keys(**answers: str | None) -> list[str]:
    return [advice.key for advice in QUIZ.advise(answers, Case())]


def test_each_choice_is_answered_by_its_own_feedback() -> None:
    assert keys() == []
    assert keys(first="b") == ["first.b"]
    assert keys(first="a", third=None) == ["first.a"]
    (said,) = QUIZ.advise({"second": "f"}, Case())
    assert (said.field, said.kind) == ("second", "tell")


def test_when_all_are_answered_each_section_of_a_wrong_choice_is_named_once() -> None:
    assert keys(first="b", second="f") == ["first.b", "second.f"], "nothing is named before the last answer"
    assert keys(first="a", second="e", third="g")[-1] == "understood"
    for answers, sections in (
        ({"first": "b", "second": "d", "third": "g"}, '"One"'),
        ({"first": "b", "second": "f", "third": "h"}, '"One", "Two"'),
        ({"first": "a", "second": "f", "third": "i"}, '"Two"'),
    ):
        last = QUIZ.advise(answers, Case())[-1]
        assert (last.key, last.field, last.values) == ("reread", "", {"sections": sections})


def test_a_second_try_is_welcome_and_a_stale_choice_is_no_answer() -> None:
    assert QUIZ.locked({"first": "b"}) == frozenset()
    assert keys(first="a choice of an older course", second="d", third="g") == ["second.d", "third.g"]


def test_two_quizzes_keep_their_own_questions() -> None:
    other = make_quiz("quiz-y", (SECOND,))
    assert [field.name for field in other.fields] == ["second"]
    assert [field.name for field in QUIZ.fields] == ["first", "second", "third"]
    assert set(other.keys) == {"second.d", "second.e", "second.f", "reread", "understood"}

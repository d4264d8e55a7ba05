"""Quizzes and objectives in a module's source: what they become, and what `workshop check` says of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from workshop.attempt import Attempt
from workshop.content.modules import read_modules
from workshop.content.quizzes import read_quizzes
from workshop.content.reading import Reading
from workshop.content.scenario import read_scenario
from workshop.content.words import read_messages
from workshop.content.yaml import Node
from workshop.course import Course, ExerciseWords
from workshop.exercises.quiz import Quiz
from workshop.journal import Journal

MODULE = """---
title: A new one
after: []
objectives:
  see: See it.
  say: Say it.
---

# A new one

## Where it stands

::: facilitator part=say
x
:::

::: facilitator part=do
x
:::

::: facilitator part=watch-for
x
:::

::: exercise clarify minutes=3 objective=see,say

x

:::

::: quiz minutes=2-3

Three minutes.

::: question early objective=see,say section="Where it stands"

When is {{ project.name }} late?

The whole project, please.

::: choice sooner right=yes

When the first promise slips.

From then on the date rests on luck.

:::

::: choice later

On the day itself.

By then it has been late for weeks.

:::

::: choice never

Never.

The calendar says something else.

:::

:::

::: hint

Look at the promises.

:::

:::
"""
FILE = "content/modules/42-a-new-one.md"
NAME = "quiz-a-new-one"
Read = tuple[dict[str, Quiz], dict[str, ExerciseWords], list[str]]


def read(content: Path, text: str) -> Read:
    """The quizzes and words of a course whose only module is ``text``, and the problems of that module."""
    (content / "modules/42-a-new-one.md").write_text(text)
    reading = Reading(content)
    read_scenario(reading, content / "scenarios/payment-migration")
    modules = read_modules(reading, [Node("42-a-new-one", 1)], "content/course.yaml")
    quizzes, words = read_quizzes(reading, modules, read_messages(reading, content / "interface.md"))
    return quizzes, words, [str(problem) for problem in reading.problems if problem.path == FILE]


QUESTION = MODULE[MODULE.index("::: question") : MODULE.index("::: hint")]
CHOICE = "::: choice never\n\nNever.\n\nThe calendar says something else.\n\n:::\n"
WORDS = "When is {{ project.name }} late?\n\nThe whole project, please.\n"
HINT = "::: hint\n\nLook at the promises.\n\n:::\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("  say: Say it.", "  say: Say it.\n  do: Do it.", 7, "no exercise serves the objective 'do'"),
        ("  say: Say it.", "  say: Say it.\n  do: Do it.", 7, "no question asks about the objective 'do'"),
        ("minutes=3 objective=see,say", "minutes=3 objective=se,say", 25, "unknown objective 'se'; did you mean 'see'"),
        ("minutes=3 objective=see,say", "minutes=3", 5, "no exercise serves the objective 'see'"),
        ("early objective=see,say", "early objective=see,sya", 35, "unknown objective 'sya'; did you mean 'say'"),
        ("early objective=see,say", "early objective=see", 6, "no question asks about the objective 'say'"),
        ("early objective=see,say", "early", 35, "the question 'early' serves no objective"),
        (' section="Where it stands"', "", 35, "doesn't say where its answer stands"),
        ('section="Where it stands"', 'section="Where it is"', 35, "unknown heading 'Where it is'; did you mean"),
        ("question early", "question too-early", 35, "'too-early' is unreadable"),
        ("question early", "question", 35, "the question has no name"),
        (" right=yes", "", 35, "the question 'early' has no right choice"),
        (" right=yes", " right=no", 41, "right=no has no meaning"),
        (CHOICE, "", 35, "the question 'early' has 2 choices"),
        ("From then on the date rests on luck.\n", "", 41, "the choice 'sooner' has no feedback"),
        ("choice later", "choice", 49, "the choice has no name"),
        ("choice later", "choice never", 57, "the choice 'never' stands twice (first on line 49)"),
        (WORDS, "", 35, "the question 'early' is empty"),
        (QUESTION, QUESTION + QUESTION, 67, "the question 'early' stands twice (first on line 35)"),
        (QUESTION, "", 31, "the quiz has no questions"),
        (HINT, HINT + "\n:::\n\n::: quiz minutes=2\n\nx\n", 75, "a second quiz (the first is on line 31)"),
        ("quiz minutes=2-3", "quiz", 31, "the quiz has no minutes"),
        ("quiz minutes=2-3", "quiz minutes=soon", 31, "minutes=soon can't be read"),
        ("::: hint", "::: solution", 67, "unknown fence in a quiz 'solution'"),
    ],
)
def test_what_a_quiz_lacks_is_named_at_its_line(content: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in MODULE
    problems = read(content, MODULE.replace(old, new, 1))[2]
    assert any(found.startswith(f"{FILE}:{line}: ") and message in found for found in problems), problems


def test_a_quiz_becomes_an_exercise_with_its_words(course: Course, content: Path, tmp_path: Path) -> None:
    quizzes, all_words, problems = read(content, MODULE)
    assert problems == [], "or else every case above would find what is always there"
    words, (field,) = all_words[NAME], quizzes[NAME].fields
    assert (field.name, field.kind, field.choices) == ("early", "choice", ("sooner", "later", "never"))
    assert words.fields["early"].label == "When is Meridian late?"
    assert words.fields["early"].help == "The whole project, please."
    assert words.fields["early"].choices["later"] == "On the day itself."
    assert words.title == "Quiz: A new one"
    assert words.advice["early.sooner"] == "That's right. From then on the date rests on luck."
    assert words.advice["early.later"].startswith("Not this one. By then it has been late for weeks.")
    with_it = replace(course, quizzes=quizzes, words=all_words)
    quiz = Attempt.of(with_it, NAME, Journal.of(tmp_path, "ana", "1")).answer(early="never")
    assert "Worth reading once more before you go on: Where it stands." in quiz.advice[-1]
    assert "On the day itself." not in str(quiz)
    assert "Not this one. The calendar says something else." in str(quiz)
    assert quiz.answer(early="sooner").advice[0] == words.advice["early.sooner"]

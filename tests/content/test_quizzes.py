"""Quizzes and objectives in a module's source: what they become, and what `workshop check` says of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from workshop import Lab
from workshop.attempt import Attempt
from workshop.build.notebook import build_notebook
from workshop.build.notes import build_notes
from workshop.content.modules import read_modules
from workshop.content.quizzes import read_quizzes
from workshop.content.reading import Reading
from workshop.content.scenario import read_scenario
from workshop.content.words import read_messages
from workshop.content.yaml import Node
from workshop.course import Course, ExerciseWords, Module
from workshop.exercises.quiz import Quiz, quiz_name
from workshop.journal import Journal
from workshop.run import find_persona, seed
from workshop.workspace import WORKSPACE

MODULE = """---
title: A new one
summary: What one does in it.
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
    modules = read_modules(reading, [Node("42-a-new-one", 1)], "content/course.yaml", {})
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
        (MODULE[MODULE.index("::: quiz") :], "", 5, "no question asks about the objective 'see'"),
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
    assert 'Worth reading once more before you go on: "Where it stands".' in quiz.advice[-1]
    assert "On the day itself." not in str(quiz)
    assert "Not this one. The calendar says something else." in str(quiz)
    assert quiz.answer(early="sooner").advice[0] == words.advice["early.sooner"]


def quiz_modules(course: Course) -> list[Module]:
    return [module for module in course.modules if quiz_name(module.slug) in course.quizzes]


def said(course: Course, persona: str, module: Module, folder: Path) -> list[str]:
    """What the module's quiz says back to the persona, in the order of the questions and then as a whole."""
    journal = Journal.of(folder, f"{persona}-{module.slug}", course.version)
    seed(course, find_persona(course, persona), journal)
    return Attempt.of(course, quiz_name(module.slug), journal).advice


def test_the_strong_persona_has_nothing_to_read_again_and_the_weak_one_a_section(
    course: Course, tmp_path: Path
) -> None:
    for module in quiz_modules(course):
        strong, weak = (said(course, persona, module, tmp_path) for persona in ("strong", "weak"))
        assert strong[-1] == course.interface["quiz_understood"]
        assert all(sentence.startswith("That's right. ") for sentence in strong[:-1])
        headings = re.findall(r"^## (.+)$", "\n".join(block.text for block in module.walk()), re.MULTILINE)
        sections = re.findall(r'"([^"]+)"', weak[-1])
        assert sections
        assert set(sections) <= set(headings)
        assert any(sentence.startswith("Not this one. ") for sentence in weak)


def test_the_right_choice_stands_now_here_now_there(course: Course) -> None:
    """A quiz that can be passed by always taking the same line asks nothing."""
    for module in quiz_modules(course):
        questions = course.quizzes[quiz_name(module.slug)].questions
        assert 2 <= len(questions) <= 4
        assert len({question.choices.index(min(question.right)) for question in questions}) > 1, module.slug


def test_a_notebook_holds_the_quiz_in_one_short_cell_and_gives_nothing_away(course: Course) -> None:
    for module in quiz_modules(course):
        cells = build_notebook(course, module)["cells"]
        (cell,) = [cell for cell in cells if cell["id"] == "quiz"]
        assert (cell["cell_type"], cell["source"]) == ("code", "lab.quiz()")
        sources = "\n".join(cell["source"] for cell in cells)
        words = course.words[quiz_name(module.slug)]
        for sentence in words.advice.values():
            assert sentence not in sources
        for field in words.fields.values():
            assert field.label not in sources


def test_notes_show_each_choice_with_what_it_is_told_and_which_question_serves_which_objective(course: Course) -> None:
    for module in quiz_modules(course):
        notes, name = build_notes(course, module), quiz_name(module.slug)
        words = course.words[name]
        for number, question in enumerate(course.quizzes[name].questions, 1):
            assert f"#### {number}. {words.fields[question.name].label}" in notes
            for choice in question.choices:
                feedback = " ".join(words.advice[question.key(choice)].split())
                assert f"- **{words.fields[question.name].choices[choice]}** {feedback}\n" in notes
        rows = {cells[1].strip(): cells for line in notes.splitlines() if len(cells := line.split("|")) == 5}
        for key, sentence in module.objectives.items():
            _, _, exercises, numbers, _ = rows[sentence]
            titles = [course.words[block.name].title for block in module.serving(key, "exercise")]
            asked = [block.name for block in module.serving(key, "question")]
            names = [question.name for question in course.quizzes[name].questions]
            assert exercises.strip() == ", ".join(titles) != ""
            assert [names[int(number) - 1] for number in numbers.split(",")] == asked


def test_lab_opens_the_quiz_of_its_own_module(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WORKSPACE, str(tmp_path))
    lab = Lab("the-case", "ana")
    assert repr(lab.quiz().answer(three_things="half")).startswith("Quiz: ")
    assert lab.exercise("quiz-the-case").answers["three_things"] == "half"

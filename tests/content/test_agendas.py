"""Agendas: what the loader makes of them, and what it says where they don't hold."""

from dataclasses import replace
from pathlib import Path

import pytest

from workshop.agenda import Agenda
from workshop.content import check_course
from workshop.content.agendas import read_agendas
from workshop.content.reading import Reading
from workshop.course import Course, Minutes
from workshop.errors import Problem

GOOD = """---
title: An hour
minutes: 44
net: 39
without: [start-here]
---

For those who try it.

::: slot the-case minutes=9

::: facilitator part=materials

A line on a flip chart.

:::

::: late saves=2

Drop the reading.

:::

::: step "Meet the case" minutes=4 reads="Meet the case" shows="dependencies; delay"

::: facilitator part=say

> "From now on it is yours."

:::

:::

::: use estimate minutes=5

:::

:::

::: break minutes=5

:::

::: slot your-story minutes=30 run=whole without="quiz-your-story"

::: use story minutes=20 asks="oversight; learning"

:::

:::
"""


def read(root: Path, course: Course, text: str) -> tuple[Agenda, list[Problem]]:
    """The agenda of this text, beside the course's modules, and its problems."""
    (root / "agendas").mkdir(parents=True, exist_ok=True)
    (root / "agendas/hour.md").write_text(text)
    reading = Reading(root, facts=course.scenario.facts)
    return read_agendas(reading, course.modules, course.interface)["hour"], reading.problems


@pytest.fixture
def agenda(tmp_path: Path, course: Course) -> Agenda:
    agenda, problems = read(tmp_path / "content", course, GOOD)
    assert problems == []
    return agenda


def test_an_agenda_knows_its_slots_steps_and_cuts(agenda: Agenda) -> None:
    (day,) = agenda.days
    case, rest, story = day.slots
    assert (agenda.minutes, agenda.net, day.minutes, day.net) == (44, 39, 44, 39)
    assert [slot.minutes for slot in day.slots] == [9, 5, 30]
    assert [(cut.saves, cut.text) for cut in case.cuts] == [(2, "Drop the reading.")]
    meet, estimate = case.steps
    assert (meet.reads, meet.shows) == (("Meet the case",), ("dependencies", "delay"))
    assert (estimate.exercise, estimate.minutes, estimate.span) == ("estimate", 5, Minutes(4, 5))
    assert rest.rest
    assert story.whole
    assert [step.exercise for step in story.steps] == ["", "story", "self-rating", ""]
    assert story.steps[1].asks == ("oversight", "learning")
    assert story.steps[0].parts[0].attributes["part"] == "say"


def test_short_and_long_come_from_the_exercises(agenda: Agenda, course: Course) -> None:
    module = next(module for module in course.modules if module.slug == "your-story")
    quiz = module.exercises["quiz-your-story"]
    assert agenda.days[0].slots[2].span == Minutes(module.minutes.low - quiz.low, module.minutes.high - quiz.high)
    assert agenda.days[0].slots[1].span == Minutes(5, 5)


@pytest.mark.parametrize(
    ("old", "new", "line_of", "said"),
    [
        ("minutes: 44", "minutes: 45", "minutes: 45", "take 44 minutes with its breaks, and the head says 45"),
        ("net: 39", "net: 40", "minutes: 44", "take 39 minutes without its breaks, and the head says 40"),
        ("minutes: 44", "minutes: soon", "minutes: soon", "minutes: soon can't be read"),
        ("minutes: 44\n", "", "---", "the head has no 'minutes'"),
        ("slot the-case minutes=9", "slot the-case minutes=8", "::: slot the-case", "take 9 minutes, not 8"),
        ("slot the-case", "slot the-cse", "::: slot the-cse", "unknown module 'the-cse'; did you mean 'the-case'?"),
        ("use estimate", "use estimat", "::: use estimat", "did you mean 'estimate'?"),
        ("use estimate", "use values", "::: use values", "the exercise 'values' belongs to another module"),
        ("estimate minutes=5", "estimate minutes=9", "::: use estimate", "9 minutes for 'estimate', which takes 4-5"),
        ("estimate minutes=5", "estimate minutes=2", "::: use estimate", "say what is left out"),
        ("estimate minutes=5", 'estimate minutes=5 cut="all"', "::: use estimate", "no words for the facilitator"),
        ("estimate minutes=5", "estimate", "::: use estimate", "'::: use' has no minutes"),
        ("estimate minutes=5", "estimate minutes=five", "::: use estimate", "minutes=five can't be read"),
        ('"Meet the case" minutes', "minutes", "::: step", "the step has no title"),
        ("part=say", "part=sing", "::: facilitator part=sing", "unknown facilitator part 'sing'"),
        ('reads="Meet', 'reads="Meat', "::: step", "did you mean 'Meet the case'?"),
        ("dependencies; delay", "dependencies; dely", "::: step", "unknown table or chart 'dely'"),
        ("oversight; learning", "oversigt", "::: use story", "did you mean 'oversight'?"),
        ("run=whole", "run=all", "::: slot your-story", "unknown way to run a module 'all'"),
        ("quiz-your-story", "quiz-yours", "::: slot your-story", "unknown exercise in 'your-story' 'quiz-yours'"),
        ("late saves=2", "late saves=20", "::: slot the-case", "the cuts save 20 of 9 minutes"),
        ("late saves=2", "late save=2", "::: late", "unknown attribute of '::: late' 'save'"),
        ("::: break minutes=5", "::: pause minutes=5", "::: pause", "unknown fence in an agenda 'pause'"),
        ("::: slot the-case", '::: slot title="A"', "::: use estimate", "stands in a slot that names no module"),
        ("::: slot the-case", "::: slot", "::: slot minutes=9", "the slot names no module and has no title"),
        ("without: [start-here]\n", "", "::: slot the-case", "builds on 'start-here', which this agenda doesn't use"),
        ("[start-here]", "[start-her]", "without:", "unknown module 'start-her'"),
        ("[start-here]", "[start-here, the-case]", "without:", "'the-case' is left out and used"),
        ("title: An hour", "title: An hour\ndays: 2", "---", "the head says days: 2, and the file has 1"),
        ("title: An hour", "title: An hour\ncolour: red", "colour:", "unknown key 'colour'"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(
    tmp_path: Path, course: Course, old: str, new: str, line_of: str, said: str
) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    _, problems = read(tmp_path / "content", course, text)
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(line_of))
    assert all(problem.path == "content/agendas/hour.md" for problem in problems)
    assert any(said in f"{problem.message}; {problem.fix}" and problem.line == line for problem in problems), problems


def test_a_module_may_not_come_before_the_one_it_builds_on(tmp_path: Path, course: Course) -> None:
    case, rest = GOOD[: GOOD.index("::: slot the-case")], GOOD[GOOD.index("::: slot the-case") :]
    first, last = rest.split("::: break minutes=5\n\n:::\n")
    _, (problem,) = read(tmp_path, course, f"{case}{last}\n::: break minutes=5\n\n:::\n\n{first}")
    assert "'your-story' builds on 'the-case', which comes later in this agenda" in problem.message


def test_text_outside_the_fences_of_a_slot_is_refused(tmp_path: Path, course: Course) -> None:
    _, (problem,) = read(tmp_path, course, GOOD.replace("::: use estimate", "Lost words.\n\n::: use estimate"))
    assert problem.message == "text stands in '::: slot' outside its fences"


def test_several_sessions_each_take_the_minutes_of_the_head(tmp_path: Path, course: Course) -> None:
    head, _, slots = GOOD.partition("For those who try it.\n")
    text = head.replace("minutes: 44", "minutes: 44\ndays: 2")
    days = f'::: day "First"\n{slots}\n:::\n\n::: day "Second"\n{slots}\n:::\n'
    agenda, problems = read(tmp_path, course, text + days)
    assert problems == []
    assert [(day.title, day.minutes) for day in agenda.days] == [("First", 44), ("Second", 44)]
    _, (problem,) = read(tmp_path, course, text + days.replace("break minutes=5", "break minutes=6", 1))
    assert "the slots of 'First' take 45 minutes" in problem.message


def test_workshop_check_looks_at_the_agendas(content: Path) -> None:
    (content / "agendas").mkdir(exist_ok=True)
    (content / "agendas/hour.md").write_text(GOOD.replace("minutes: 44", "minutes: 45"))
    (problem,) = check_course(content)
    assert str(problem).startswith("content/agendas/hour.md:3: the slots of 'An hour' take 44 minutes")


def test_a_slot_of_a_module_that_the_case_leaves_out_falls_away_with_its_minutes(
    tmp_path: Path, course: Course
) -> None:
    (tmp_path / "agendas").mkdir()
    (tmp_path / "agendas/hour.md").write_text(GOOD)
    reading = Reading(tmp_path, facts=course.scenario.facts)
    kept = [replace(module, after=()) for module in course.modules if module.slug != "the-case"]
    agenda = read_agendas(reading, kept, course.interface, {"the-case"})["hour"]
    assert reading.problems == []
    assert (agenda.minutes, agenda.net) == (35, 30)
    assert [slot.module for slot in agenda.days[0].slots] == ["", "your-story"], "the break and the other module"

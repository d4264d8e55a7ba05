"""`workshop check`: every problem in one run, each at its line, with its fix."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.content import HEAD, check_course, load_course
from workshop.errors import ContentError

Append = Callable[[Path, str], int]

PACK = "scenarios/payment-migration"
BROKEN = {
    # file: (text to append, the line of it that is at fault, what the problem says)
    "modules/00-start-here.md": (
        "::: exercise valuess minutes=5\n\nx\n\n:::", 0, "unknown exercise 'valuess'; did you mean 'values'"
    ),
    "modules/02-the-case.md": (
        "a\n\nb {{ project.nmae }}", 2, "no fact 'project.nmae'; Did you mean 'project.name'"
    ),
    "modules/08-your-story.md": ("::: note\n\n[x](09-nowhere.md)\n\n:::", 2, "broken link '09-nowhere.md'"),
    "exercises/values.md": ("::: group whatever\n\nx", 0, "the fence '::: group' is never closed"),
    "exercises/goal.md": ("::: warning\n\nx\n\n:::", 0, "unknown fence 'warning'"),
    "exercises/before.md": ("::: advice fine.words\n\nx\n\n:::", 0, "unknown advice 'fine.words'"),
    "exercises/clarify.md": ("::: field first\n\nx\n\n:::", 0, "the field 'first' stands twice"),
    "exercises/assumptions.md": ("![](chart.png)", 0, "the image 'chart.png' has no alternative text"),
    "exercises/estimate.md": ("# One\n\n### Three", 2, "a level-3 heading follows a level-1 one"),
    "exercises/story.md": (":::", 0, "closes a fence, but none is open"),
    "exercises/self-rating.md": ("::: field situation\n\nx\n\n:::", 0, "unknown field 'situation'"),
    "rubrics/story.md": ("[x](#nothing-here)", 0, "no heading answers to '#nothing-here'"),
    f"{PACK}/facts.yaml": ("  weather: {value: rain, source: brief}", 0, "the fact 'weather' is used nowhere"),
    f"{PACK}/timeline.md": ("::: event x week=soon known=before\n\nx\n\n:::", 0, "has week='soon'"),
    f"{PACK}/dependencies.md": (
        "::: dependency late team=A weeks=1 promise=verbal\n\nx\n\n:::", 0, "the dependency 'late' stands twice"
    ),
    f"{PACK}/mix.yaml": ("rows: []", 0, "the key 'rows' stands twice"),
    f"{PACK}/schedule.yaml": ("x: [1", 0, "unreadable YAML"),
    f"{PACK}/personas/weak.md": ("::: answers storry\n\n:::", 0, "unknown exercise 'storry'"),
    f"{PACK}/personas/empty.md": (
        "::: answers goal\n\n::: answer setting\n\nouter space\n\n:::\n\n:::", 2, "'setting' is one of"
    ),
    "interface.md": ("::: message savd\n\nx\n\n:::", 0, "unknown message 'savd'; did you mean 'saved'"),
}  # fmt: skip


def test_the_shipped_content_is_clean(content: Path) -> None:
    assert check_course(content) == ()


def test_twenty_files_broken_in_twenty_ways_are_all_named_in_one_run(content: Path, append: Append) -> None:
    wanted = []
    for name, (text, offset, message) in BROKEN.items():
        wanted.append((f"content/{name}", append(content / name, text) + offset, message))
    assert len(wanted) == 20
    found = check_course(content)
    for path, line, message in wanted:
        here = [problem for problem in found if (problem.path, problem.line) == (path, line)]
        assert any(message in f"{problem.message}; {problem.fix}" for problem in here), (path, line, message, found)
    assert {problem.path for problem in found} == {path for path, _, _ in wanted}, "and no other file is blamed"


def test_every_problem_says_where_what_and_what_to_do(content: Path, append: Append) -> None:
    for name, (text, _, _) in BROKEN.items():
        append(content / name, text)
    for problem in check_course(content):
        assert re.fullmatch(r"content/[^:]+:\d+: .+; .+", str(problem)), problem


def test_loading_raises_all_problems_together(content: Path, append: Append) -> None:
    append(content / "modules/00-start-here.md", "{{ nothing.at.all }}")
    append(content / "interface.md", "::: message other\n\nx\n\n:::")
    with pytest.raises(ContentError) as caught:
        load_course(content)
    assert len(caught.value.problems) == 2


MODULE = """---
title: A new one
after: [start-here]
summary: What one does in it.
---

# A new one

::: facilitator part=say
x
:::

::: facilitator part=do
x
:::

::: facilitator part=watch-for
x
:::
"""


@pytest.fixture
def module(content: Path) -> Path:
    course = content / "course.yaml"
    course.write_text(course.read_text() + "  - 99-a-new-one\n")
    file = content / "modules/99-a-new-one.md"
    file.write_text(MODULE)
    return file


def test_a_new_module_of_the_least_size_is_clean(content: Path, module: Path) -> None:
    assert check_course(content) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("after: [start-here]", "after: [start-hre]", 1, "unknown prerequisite 'start-hre'; did you mean 'start-here'"),
        ("after: [start-here]", "after: [a-new-one]", 1, "run in a circle: a-new-one -> a-new-one"),
        ("title: A new one\n", "", 1, "the head has no 'title'"),
        ("summary: What one does in it.\n", "", 1, "the head has no 'summary'"),
        ("title: A new one\n", "title: A\nsubtitle: B\n", 3, "unknown key 'subtitle'"),
        ("title: A new one\n", "title: A\ntitle: B\n", 3, "the key 'title' stands twice (first on line 2)"),
        ("---\n\n# A", "\n# A", 1, "the head opens with '---' and never closes"),
        ("# A new one", "## A new one", 7, "starts at level 2"),
        ("# A new one", "A new one", 1, "doesn't begin with a heading"),
        ("part=say", "part=shout", 9, "unknown facilitator part 'shout'"),
        ("part=watch-for", "part=debrief", 1, "no facilitator part 'watch-for'"),
        ("part=do", "part=do minutes=long", 13, "minutes=long can't be read"),
        ("part=do", "part=do minutes=20-10", 13, "minutes=20-10 can't be read"),
        ("part=do\nx\n", "part=do\n", 13, "is empty"),
        ('part=do', 'part="do', 13, "unreadable fence"),
        ("# A new one", "# A new one\n\n::: exercise estimate\n\nx\n\n:::", 9, "exercise 'estimate' has no minutes"),
        ("# A new one", "# A new one\n\n::: exercise estimate minutes=5\n\nx\n\n:::", 9, "'estimate' stands twice"),
        ("# A new one", "# A new one\n\n::: hint\n\nx\n\n:::", 9, "unknown fence in a module 'hint'"),
        ("# A new one", "# A new one\n\n```python\na\nb\nc\nd\n```", 9, "the code cell has 4 lines"),
        ("# A new one", "# A new one\n\n```python\nlab.(\n```", 10, "the code is no Python"),
        ("# A new one", "# A new one\n\n```\nnever closed", 9, "the code block is never closed"),
        ("# A new one", "# A new one\n\n![x](https://example.org/x.png)", 9, "lies outside the course"),
        ("# A new one", "# A new one\n\n{{ project.name | shout }}", 9, "no filter 'shout'"),
        ("# A new one", "# A new one\n\n{{ project.name", 9, "unreadable braces"),
    ],
)  # fmt: skip
def test_a_broken_module(content: Path, module: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in MODULE
    module.write_text(MODULE.replace(old, new, 1))
    found = check_course(content)
    assert any(
        p.path == "content/modules/99-a-new-one.md" and p.line == line and message in p.message + "; " + p.fix
        for p in found
    ), found


def test_bad_encoding_is_found_at_its_line(content: Path, module: Path) -> None:
    module.write_bytes(MODULE.encode().replace(b"# A new one", b"# A \xe9ne"))
    (problem,) = [p for p in check_course(content) if "UTF-8" in p.message]
    assert (problem.path, problem.line) == ("content/modules/99-a-new-one.md", 7)


def test_a_module_that_the_course_forgets_and_one_that_is_not_there(content: Path) -> None:
    file = content / "course.yaml"
    file.write_text(file.read_text().replace("08-your-story", "08-our-story"))
    line = 1 + file.read_text().splitlines().index("  - 08-our-story")
    found = {(p.path, p.line): p.message for p in check_course(content)}
    assert "unknown module file '08-our-story'" in found["content/course.yaml", line]
    assert "doesn't list this module" in found["content/modules/08-your-story.md", 1]


def test_a_circle_of_two(content: Path, module: Path) -> None:
    story = content / "modules/08-your-story.md"
    story.write_text(re.sub(r"after: \[.*\]", "after: [a-new-one]", story.read_text()))
    module.write_text(MODULE.replace("start-here", "your-story"))
    messages = [p.message for p in check_course(content) if "circle" in p.message]
    assert sorted(messages) == [
        "the prerequisites run in a circle: a-new-one -> your-story -> a-new-one",
        "the prerequisites run in a circle: your-story -> a-new-one -> your-story",
    ]


def test_words_without_a_key_and_a_key_without_words(content: Path) -> None:
    file = content / "exercises/estimate.md"
    file.write_text(file.read_text().replace("::: advice commit.early", "::: advice commit.erly"))
    messages = {p.message for p in check_course(content)}
    assert messages == {"unknown advice 'commit.erly'", "the advice 'commit.early' has no words"}


def test_a_fact_that_cannot_be_read_is_one_problem_and_not_many(content: Path) -> None:
    file = content / f"{PACK}/facts.yaml"
    file.write_text(file.read_text().replace("value: 2026-03-02", "value: 2 March"))
    (problem,) = check_course(content)
    assert "'2 March' is no date of the form 2026-03-02" in problem.message


def test_a_missing_course_file_is_one_clear_problem_among_others(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    problems = check_course(tmp_path / "content")
    assert any(p.path == "content/course.yaml" and "can't be read" in p.message for p in problems)


def test_an_empty_course_file_and_one_with_a_gap_are_told_by_what_they_lack(content: Path) -> None:
    file = content / "course.yaml"
    whole = file.read_text()
    file.write_text("")
    lacks = {key: f"content/course.yaml:1: there is no '{key}'; add a line '{key}: ...'" for key in HEAD}
    assert sorted(map(str, check_course(content))) == sorted(lacks.values())
    file.write_text(re.sub("^scenario: .*$", "scenario:", whole, flags=re.M))
    assert list(map(str, check_course(content))) == [lacks["scenario"]]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("interface.md", "::: message saved\n\nx\n\n:::", "the message 'saved' stands twice"),
        ("figures.md", "::: figure revenue\n\nx\n\n:::", "the figure 'revenue' stands twice"),
        (f"{PACK}/personas/weak.md", "::: answers goal\n\n:::", "the answers 'goal' stands twice"),
    ],
)
def test_a_name_that_stands_twice_is_found_in_every_file(
    content: Path, append: Append, name: str, text: str, message: str
) -> None:
    line = append(content / name, text)
    (problem,) = check_course(content)
    assert (problem.path, problem.line) == (f"content/{name}", line)
    assert message in problem.message

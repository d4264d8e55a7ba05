"""What the set-up cell says first, and the line that counts what is done."""

from pathlib import Path
from typing import Any

import pytest

from workshop import Lab
from workshop.build.notebook import build_notebook
from workshop.course import Course
from workshop.workspace import WORKSPACE


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.setenv(WORKSPACE, str(tmp_path))
    return Lab("start-here", "ann")


@pytest.fixture
def updates(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What a display was brought up to date with."""
    seen: list[dict[str, str]] = []

    class Handle:
        def update(self, bundle: dict[str, str], **_: Any) -> None:
            seen.append(bundle)

    monkeypatch.setattr("IPython.display.display", lambda *_, **__: Handle())
    return seen


def answer_goal(lab: Lab) -> None:
    lab.exercise("goal").answer(setting="alone", purpose="team", worth="A practice that stays.")


def test_at_first_the_set_up_cell_says_where_answers_go(lab: Lab) -> None:
    shown = lab._repr_html_()
    assert "answers/ann.jsonl" in shown
    assert "href" not in shown


def test_later_it_says_where_one_was_with_a_link_to_that_cell(lab: Lab, course: Course) -> None:
    answer_goal(lab)
    shown = Lab("your-story", "ann")._repr_html_()
    assert '<a href="00-start-here.ipynb#cell-id=exercise-goal">' in shown
    assert "exercise-goal" in {cell["id"] for cell in build_notebook(course, course.modules[0])["cells"]}


def test_every_linked_cell_is_in_its_notebook(lab: Lab, course: Course) -> None:
    for module in course.modules:
        shown = Lab(module.slug, "ann").progress()._repr_html_()
        ids = {cell["id"] for cell in build_notebook(course, module)["cells"]}
        linked = {part.split('"')[0] for part in shown.split(f"{module.stem}.ipynb#cell-id=")[1:]}
        assert len(linked) == len(module.exercises)
        assert linked <= ids


def test_progress_counts_what_is_done_and_names_what_is_open(lab: Lab) -> None:
    assert repr(lab.progress()).startswith("In this module you have done 0 of 4.\nStill open: ")
    answer_goal(lab)
    text = repr(lab.progress())
    assert text.startswith("In this module you have done 1 of 4.")
    assert lab.course.words["goal"].title not in text
    assert lab.course.words["values"].title in text
    assert "0 Start here" in text


def test_what_is_on_screen_follows_the_answers_and_only_what_they_change(
    lab: Lab, updates: list[dict[str, str]]
) -> None:
    lab.progress()._ipython_display_()
    lab.exercise("goal").answer(worth="A practice.")
    assert updates == [], "begun, and not done"
    answer_goal(lab)
    (update,) = updates
    assert update["text/plain"].startswith("In this module you have done 1 of 4.")
    Lab("start-here", "bob").exercise("goal").answer(worth=None)
    assert len(updates) == 1, "somebody else's answer"


def test_the_card_follows_the_story_and_a_cell_run_again_takes_its_place(
    lab: Lab, updates: list[dict[str, str]]
) -> None:
    for _ in range(2):
        lab.card()._ipython_display_()
    lab.exercise("story").answer(task="Mine was the plan.")
    (update,) = updates
    assert "Mine was the plan." in update["text/plain"]
    assert "<p>Mine was the plan.</p>" in update["text/html"]
    lab.exercise("goal").answer(worth="A practice.")
    assert len(updates) == 1, "no answer of the card's"


def test_the_style_holds_for_notebooks_of_the_course_only(lab: Lab) -> None:
    style = lab._repr_html_().split("<style>")[1].split("</style>")[0]
    blocks = [block for block in style.split("\n}\n") if block.strip()]
    assert blocks
    assert all(".jp-Notebook:has(.ff-page)" in block for block in blocks)
    assert "url(" not in style
    assert "@import" not in style

"""``workshop start`` as it is shipped: its own settings, its own address, a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.starting import Started, started
from workshop.course import Course
from workshop.journal import Journal
from workshop.start import LAB_SETTINGS, prepare

from .conftest import new_page
from .outside import asked_outside

pytestmark = pytest.mark.browser

TABS = ".lm-DockPanel-tabBar .lm-TabBar-tab"


def last_answered(folder: Path, course: Course, exercise: str, field: str) -> None:
    Journal.of(folder, "me", course.version).write(exercise, field, "Something.")


def open_lab(page: Page, server: Started) -> None:
    page.goto(server.address)
    page.locator(".jp-Notebook").first.wait_for()


def test_it_opens_quietly_at_the_right_notebook_with_our_settings(page: Page, tmp_path: Path, course: Course) -> None:
    folder = tmp_path / "course"
    prepare(folder)
    last_answered(folder, course, "story", "situation")
    cells = json.loads((folder / "08-your-story.ipynb").read_text())["cells"]
    with started(tmp_path, folder) as server:
        assert "You were last in 'Your story'" in server.said
        asked = asked_outside(page)
        open_lab(page, server)
        expect(page.locator(f"{TABS}.lm-mod-current")).to_have_text("08-your-story.ipynb")
        expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(len(cells))  # each of them, wherever one looks
        expect(page.get_by_text("Idle").first).to_be_attached()
        for name, ours in LAB_SETTINGS.items():
            plugin = name.removesuffix(".jupyterlab-settings").replace("/", ":").replace(":", "/", 1)
            theirs = page.evaluate(
                "async (url) => (await fetch(url)).json()", f"{server.base}lab/api/settings/{plugin}"
            )
            assert ours.items() <= theirs["settings"].items()
        expect(page.locator("dialog[open], .jp-Dialog, .Toastify__toast")).to_have_count(0)
        assert asked == []


def test_a_second_start_brings_the_tabs_back_with_the_last_answer_in_front(
    browser: Browser, tmp_path: Path, course: Course
) -> None:
    folder = tmp_path / "course"
    with started(tmp_path, folder) as server, new_page(browser) as page:
        open_lab(page, server)
        page.get_by_role("listitem").filter(has_text="03-pre-mortem.ipynb").dblclick()
        expect(page.locator(TABS)).to_have_count(2)
        with page.expect_response(lambda answer: "lab/api/workspaces" in answer.url and answer.request.method == "PUT"):
            page.get_by_role("listitem").filter(has_text="01-fail-forward.ipynb").dblclick()
        expect(page.locator(TABS)).to_have_count(3)
    last_answered(folder, course, "goal", "goal")
    with started(tmp_path, folder) as server, new_page(browser) as page:
        open_lab(page, server)
        expect(page.locator(f"{TABS}.lm-mod-current")).to_have_text("00-start-here.ipynb")
        expect(page.locator(TABS).filter(has_text="03-pre-mortem.ipynb")).to_have_count(1)

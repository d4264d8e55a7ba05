"""*Your story* as a participant meets it: the shipped notebook, JupyterLab, Chromium and the journal, all real."""

import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from workshop.course import Course
from workshop.journal import Journal

from .conftest import Server, kill_kernels, new_page, open_notebook, run_all

pytestmark = pytest.mark.browser

NOTEBOOK = "course/08-your-story.ipynb"
KILLS = 8
HALF_A_SECOND = 500
"""Milliseconds of typing that a kill may cost the journal (the browser's outbox keeps even those)."""


def story(page: Page, course: Course) -> Locator:
    return page.get_by_role("region", name=course.words["story"].title, exact=True)


def field(form: Locator, course: Course, name: str) -> Locator:
    return form.get_by_role("textbox", name=course.words["story"].fields[name].label, exact=True)


def start(page: Page, server: Server, course: Course, path: str = NOTEBOOK) -> Locator:
    open_notebook(page, server, path)
    run_all(page)
    form = story(page, course)
    form.wait_for()
    return form


def on_disk(folder: Path, name: str = "situation") -> str:
    return str(Journal.of(folder, "me", "1").answers("story").get(name) or "")


def test_typed_text_survives_a_killed_kernel_and_a_reload(
    page: Page, lab_server: Server, folder: Path, course: Course
) -> None:
    form = start(page, lab_server, course)
    expect(form.get_by_role("status")).to_have_text(course.interface["empty"])
    field(form, course, "situation").focus()
    page.keyboard.type("We had 12 days left, ", delay=20)
    expect(form.get_by_role("status")).to_have_text(course.interface["saved"])
    assert on_disk(folder) == "We had 12 days left, "
    page.keyboard.type("and one test env", delay=20)
    kill_kernels(lab_server)
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()  # JupyterLab tells of the dead kernel
    field(form, course, "situation").focus()
    page.keyboard.press("End")
    page.keyboard.type("ironment for 3 teams.", delay=20)
    expect(form.get_by_role("status")).to_have_text(course.interface["unsaved"])
    form = start(page, lab_server, course)
    whole = "We had 12 days left, and one test environment for 3 teams."
    expect(field(form, course, "situation")).to_have_value(whole)
    expect(form.get_by_role("status")).to_have_text(re.compile(r"^Saved"))
    assert on_disk(folder) == whole


def test_kills_at_random_moments_cost_the_journal_half_a_second_at_most_and_the_person_nothing(
    page: Page, lab_server: Server, folder: Path, course: Course
) -> None:
    chance = random.Random(1515)
    typed = ""
    for number in range(KILLS):
        form = start(page, lab_server, course)
        box = field(form, course, "task")
        expect(box).to_have_value(typed)
        box.focus()
        page.keyboard.press("End")
        # The page itself notes when each key arrived, so that the test's own delays count for nothing.
        box.evaluate("""box => { window.keys = []; box.addEventListener('input', () =>
            window.keys.push([Date.now(), box.value])); }""")
        text = f"{number} " + "".join(chance.choice("abcdefgh ") for _ in range(chance.randrange(10, 60))).strip() + "."
        page.keyboard.type(text, delay=chance.randrange(5, 40))
        page.wait_for_timeout(chance.randrange(0, 300))
        killed_at = page.evaluate("Date.now()")
        kill_kernels(lab_server)
        surely = [value for at, value in page.evaluate("window.keys") if at <= killed_at - HALF_A_SECOND]
        typed = box.input_value()
        kept = on_disk(folder, "task")
        assert typed.startswith(kept)
        assert kept.startswith(surely[-1] if surely else ""), "more than half a second of typing is not on disk"
    form = start(page, lab_server, course)
    expect(field(form, course, "task")).to_have_value(typed)
    expect(form.get_by_role("status")).to_have_text(re.compile(r"^Saved"))
    ids = [json.loads(line)["id"] for line in (folder / "answers/me.jsonl").read_text().splitlines()]
    assert len(ids) == len(set(ids))


def test_a_renamed_notebook_and_a_second_window_show_the_same_answers(
    page: Page, browser: Browser, lab_server: Server, folder: Path, course: Course
) -> None:
    form = start(page, lab_server, course)
    field(form, course, "result").fill("Late by 3 weeks, $40,000 lost.")
    expect(form.get_by_role("status")).to_have_text(course.interface["saved"])
    (folder / "my own name.ipynb").write_bytes((folder / "08-your-story.ipynb").read_bytes())
    with new_page(browser) as other:
        second = start(other, lab_server, course, "course/my own name.ipynb")
        expect(field(second, course, "result")).to_have_value("Late by 3 weeks, $40,000 lost.")
        field(second, course, "learning").fill("A promise is a risk until a test encodes it.")
        expect(second.get_by_role("status")).to_have_text(course.interface["saved"])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(field(form, course, "learning")).to_have_value("A promise is a risk until a test encodes it.")
    (folder / "my own name.ipynb").unlink()


def test_a_question_comes_back_while_typing_and_the_card_can_be_taken_along(
    page: Page, lab_server: Server, folder: Path, course: Course
) -> None:
    form = start(page, lab_server, course)
    field(form, course, "failure").focus()
    page.keyboard.type("The vendor let us down.", delay=10)
    expect(form.get_by_text(re.compile("“?let us down|let us down"))).not_to_have_count(0)
    expect(page.locator(".ff-card").get_by_text("The vendor let us down.")).to_have_count(1)
    form.get_by_role("button", name=course.interface["export"].partition("(")[0]).click()
    expect(form.get_by_text("exports/story-me.docx")).to_be_visible()
    for suffix in ("docx", "md", "html"):
        assert (folder / f"exports/story-me.{suffix}").stat().st_size > 500


def test_the_printed_copy_stands_in_the_saved_notebook(
    page: Page, lab_server: Server, folder: Path, course: Course
) -> None:
    form = start(page, lab_server, course)
    field(form, course, "task").fill("Mine was the order of the waves.")
    expect(form.get_by_role("status")).to_have_text(course.interface["saved"])
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert "Mine was the order of the waves." in (folder / "08-your-story.ipynb").read_text()
    kill_kernels(lab_server)
    open_notebook(page, lab_server, NOTEBOOK)
    expect(page.get_by_role("cell", name="Mine was the order of the waves.").first).to_be_visible()
    expect(page.get_by_text(course.interface["reopen"]).first).to_be_visible()
    expect(page.get_by_text("Error displaying widget").filter(visible=True)).to_have_count(0)


def test_nothing_is_asked_of_the_outside(page: Page, lab_server: Server, folder: Path, course: Course) -> None:
    outside: list[str] = []
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(local) else outside.append(request.url))
    for path in sorted(folder.glob("*.ipynb")):
        open_notebook(page, lab_server, f"course/{path.name}")
        run_all(page)
    assert outside == []


def test_money_is_no_formula(page: Page, lab_server: Server, folder: Path) -> None:
    open_notebook(page, lab_server, "course/02-the-case.ipynb")
    run_all(page)
    page.get_by_text("from $0.26M in the first week to $1.28M").wait_for()
    assert page.locator("mjx-container, .MathJax").count() == 0

"""``workshop start --app``: every module as a page by Voila, in a real browser."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.starting import Started, started
from workshop.content import load_course
from workshop.course import Course
from workshop.journal import Journal
from workshop.start import prepare
from workshop.workspace import content_root

from .outside import asked_outside

pytest.importorskip("voila", reason="The app needs Voila: pip install 'failforward-workshop[app]'")
pytestmark = pytest.mark.browser

MODULES = {module.stem: module for module in load_course(content_root()).modules}
LONG = 120_000
"""Milliseconds that a page may take: a kernel starts, and all cells run before the forms are there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("app") / "course"
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[Started]:
    with started(folder.parent, folder, "--app") as server:
        yield server


def show(page: Page, app: Started, notebook: str) -> None:
    page.goto(f"{app.base}voila/render/{notebook}.ipynb?token={app.token}", wait_until="commit")
    wait(page)


def wait(page: Page) -> None:
    """Until all cells have run and the widgets are there."""
    expect(page.locator("main h1").first).to_be_visible(timeout=LONG)
    page.wait_for_function("!document.getElementById('loading')", timeout=LONG)


def field(page: Page, course: Course, exercise: str, name: str) -> Locator:
    form = page.get_by_role("region", name=course.words[exercise].title, exact=True)
    return form.get_by_label(course.words[exercise].fields[name].label, exact=True)


@pytest.mark.parametrize("stem", MODULES)
def test_a_module_is_a_page_with_its_forms_and_asks_no_other_machine(
    page: Page, app: Started, course: Course, stem: str
) -> None:
    asked = asked_outside(page)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    show(page, app, stem)
    for exercise in MODULES[stem].exercises:
        form = page.get_by_role("region", name=course.words[exercise].title, exact=True)
        expect(form).to_have_count(1, timeout=LONG)
    expect(page.locator(".ff-copy").filter(visible=True)).to_have_count(0)
    expect(page.locator("[data-mime-type='application/vnd.jupyter.stderr'], .jp-mod-error")).to_have_count(0)
    expect(page.locator(".jp-CodeCell .jp-InputArea")).to_have_count(0)
    assert page.title() == page.locator("h1").first.inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
    assert asked == []
    assert problems == []


def test_an_answer_is_saved_and_there_again_and_no_key_does_harm(
    page: Page, app: Started, folder: Path, course: Course
) -> None:
    show(page, app, "08-your-story")
    cells = page.locator(".jp-Cell").count()
    field(page, course, "story", "situation").fill("12 days left, 3 teams, one test environment.")
    status = page.get_by_role("region", name=course.words["story"].title, exact=True).get_by_role("status").first
    expect(status).to_have_text(course.interface["saved"])
    kept = Journal.of(folder, "me", course.version).answers("story")
    assert kept["situation"] == "12 days left, 3 teams, one test environment."
    page.locator(".ff-form input[type=radio], .ff-form input[type=checkbox], .ff-form button").first.focus()
    for key in ("d", "d", "b", "a", "x", "0", "0", "Escape"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    page.reload(wait_until="commit")
    wait(page)
    expect(field(page, course, "story", "situation")).to_have_value("12 days left, 3 teams, one test environment.")


def test_the_list_leads_to_each_module_and_a_module_to_the_next(page: Page, app: Started, course: Course) -> None:
    asked = asked_outside(page)
    page.goto(f"{app.base}voila/tree?token={app.token}")
    items = page.get_by_role("listitem")
    expect(items).to_have_count(len(MODULES))
    for number, module in enumerate(MODULES.values()):
        link = items.nth(number).get_by_role("link", name=module.title, exact=True)
        assert str(link.get_attribute("href")).endswith(f"/voila/render/{module.stem}.ipynb")
    items.nth(0).get_by_role("link").click(no_wait_after=True)
    wait(page)
    following = page.get_by_role("link", name=MODULES["01-fail-forward"].title).last
    following.click(no_wait_after=True)
    page.wait_for_url("**/voila/render/01-fail-forward.ipynb*", wait_until="commit", timeout=LONG)
    wait(page)
    lab = page.get_by_role("link", name=course.interface["app_lab"])
    assert lab.get_attribute("href") == "/lab/tree/01-fail-forward.ipynb"
    page.get_by_role("link", name=course.interface["app_modules"], exact=True).click()
    expect(items).to_have_count(len(MODULES))
    assert asked == []


def test_a_link_to_an_exercise_of_the_page_stays_on_it(page: Page, app: Started, course: Course) -> None:
    show(page, app, "03-pre-mortem")
    page.evaluate("window.same = true")
    page.locator("main a[href='03-pre-mortem.ipynb#cell-id=exercise-reveal']").first.click()
    expect(page.get_by_role("region", name=course.words["reveal"].title, exact=True)).to_be_in_viewport()
    assert page.evaluate("window.same")
    assert len(page.context.pages) == 1


def test_it_is_dark_where_the_system_is(browser: Browser, app: Started) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            show(page, app, "00-start-here")
            colours = "e => [e, document.body].map(each => getComputedStyle(each).backgroundColor)"
            grounds[scheme] = page.locator(".ff-form").first.evaluate(colours)
    assert grounds == {"light": ["rgb(255, 255, 255)"] * 2, "dark": ["rgb(33, 33, 33)"] * 2}


def test_the_kernel_of_a_page_ends_when_somebody_leaves_it(page: Page, app: Started, course: Course) -> None:
    show(page, app, "00-start-here")
    own = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    assert own in kernels(app)
    page.get_by_role("link", name=course.interface["app_modules"], exact=True).click()
    for _ in range(120):
        if own not in kernels(app):
            return
        page.wait_for_timeout(250)
    raise AssertionError("the kernel still runs")


def kernels(app: Started) -> list[str]:
    request = urllib.request.Request(f"{app.base}api/kernels", headers={"Authorization": f"token {app.token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return [kernel["id"] for kernel in json.load(answer)]

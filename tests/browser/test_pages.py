"""Exported pages: the answers are there, and nothing is asked of anybody."""

import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.starting import started
from workshop.course import Course
from workshop.journal import Journal
from workshop.pages import to_page, write_pages
from workshop.run import WIDGET
from workshop.start import prepare
from workshop.workspace import shipped

from .outside import asked_outside

pytestmark = pytest.mark.browser

TOLD = "12 days left, 3 teams, one test environment."


@pytest.mark.notebooks
def test_a_filled_notebook_is_one_page_that_needs_nothing_else(
    browser: Browser, tmp_path: Path, course: Course
) -> None:
    folder = tmp_path / "course"
    prepare(folder)
    Journal.of(folder, "ana", course.version).write("story", "situation", TOLD)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said: list[str] = []
    pages = list(write_pages(folder, "ana", None, said.append, everything=False, bar=False))
    assert [path.relative_to(folder).as_posix() for path in pages] == ["exports/pages-ana/08-your-story.html"]
    assert said == ["[1/1] Your story"]
    assert {path: path.read_bytes() for path in before} == before, "notebooks and answers stay as they are"
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        asked = asked_outside(page)
        alone = tmp_path / "elsewhere.html"
        alone.write_bytes(pages[0].read_bytes())
        page.goto(alone.as_uri())
        expect(page).to_have_title("Your story")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("main")).to_have_count(1)
        expect(page.get_by_role("cell", name=TOLD).first).to_be_visible()
        expect(page.get_by_text(course.interface["reopen"]).filter(visible=True)).to_have_count(0)
        expect(page.get_by_text("lab.exercise(")).to_have_count(0)
        expect(page.locator("a[href$='.ipynb']")).to_have_count(0)
        assert page.locator("script").count() == 0
        assert asked == []


def test_every_notebook_of_the_course_is_a_page_that_asks_no_other_machine(page: Page, tmp_path: Path) -> None:
    asked = asked_outside(page)
    paths = sorted(shipped("notebooks").glob("*.ipynb"))
    for path in paths:
        html = to_page(nbformat.read(path, as_version=4), path.stem, [each.stem for each in paths])
        assert "<script" not in html
        (tmp_path / f"{path.stem}.html").write_text(html, encoding="utf-8")
    for path in paths:
        page.goto((tmp_path / f"{path.stem}.html").as_uri())
        expect(page.locator(".ff-copy").first).to_be_visible()
        for link in page.locator("a[href$='.html']").all():
            assert (tmp_path / str(link.get_attribute("href"))).is_file()
    assert asked == []


def test_what_jupyterlab_exports_itself_asks_no_other_machine_even_with_widgets_saved(
    page: Page, tmp_path: Path, course: Course
) -> None:
    folder = tmp_path / "course"
    prepare(folder)
    path = folder / "08-your-story.ipynb"
    notebook = nbformat.read(path, as_version=4)
    view = {WIDGET: {"version_major": 2, "version_minor": 0, "model_id": "f0"}}
    cell = next(cell for cell in notebook.cells if cell.source == 'lab.exercise("story")')
    cell.outputs.insert(0, nbformat.v4.new_output("display_data", view))
    model = {"model_name": "IntSliderModel", "model_module": "@jupyter-widgets/controls", "state": {}}
    saved = {"version_major": 2, "version_minor": 0, "state": {"f0": model}}
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": saved}
    nbformat.write(notebook, path)
    with started(tmp_path, folder) as server:
        address = f"{server.base}nbconvert/html/{path.name}"
        request = urllib.request.Request(address, headers={"Authorization": f"token {server.token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            (tmp_path / "exported.html").write_bytes(answer.read())
    asked = asked_outside(page)
    page.goto((tmp_path / "exported.html").as_uri())
    expect(page.get_by_role("cell", name=course.words["story"].fields["situation"].label).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert asked == []

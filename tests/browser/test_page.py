"""The page around the forms: read in a comfortable width, at home on a narrow screen, and honest about what is done."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Server, open_notebook, run_all, wait_for_kernel, write_notebook
from .pieces import COURSE, form_of

pytestmark = pytest.mark.browser
FIRST = COURSE.modules[0]
CASE = COURSE.modules[2]
CHARACTERS = """(paragraph) => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = getComputedStyle(paragraph).font;
  const text = paragraph.textContent.replace(/\\s+/g, " ");
  return (paragraph.clientWidth / context.measureText(text).width) * text.length;
}"""
"""How many characters of a paragraph's own text fit into one of its lines."""


def open_module(page: Page, server: Server, folder: Path, stem: str) -> None:
    path = (folder / f"{stem}.ipynb").relative_to(server.root)
    open_notebook(page, server, path.as_posix())
    run_all(page)
    expect(page.locator(".ff-page")).to_be_visible()


def test_a_line_has_about_75_characters_also_on_a_wide_screen(lab_server: Server, folder: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1900, "height": 900})
    open_module(page, lab_server, folder, CASE.stem)
    long = page.locator(".jp-MarkdownOutput > p").filter(has_text="The team.").first
    expect(long).to_be_visible()
    assert 65 < long.evaluate(CHARACTERS) < 90


def test_other_notebooks_in_the_same_window_keep_their_look(lab_server: Server, folder: Path, page: Page) -> None:
    cells = ["from IPython.display import Markdown, display", "display(Markdown('> A note.'))"]
    write_notebook(lab_server, "course/own.ipynb", cells)
    open_module(page, lab_server, folder, CASE.stem)
    ours = page.locator(".jp-MarkdownOutput blockquote").first
    expect(ours).to_be_visible()
    page.evaluate("window.jupyterapp.commands.execute('docmanager:open', { path: 'course/own.ipynb' }).then(() => {})")
    expect(ours).to_be_hidden()
    wait_for_kernel(page)
    run_all(page)
    theirs = page.locator(".jp-OutputArea-output blockquote")
    expect(theirs).to_have_text("A note.")
    ground = "quote => getComputedStyle(quote).backgroundColor"
    assert theirs.evaluate(ground) == "rgba(0, 0, 0, 0)"
    assert ours.evaluate(ground) != "rgba(0, 0, 0, 0)"


def test_on_a_narrow_screen_tables_scroll_and_the_page_does_not(lab_server: Server, folder: Path, page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    open_module(page, lab_server, folder, CASE.stem)
    expect(page.locator(".ff-table").first).to_be_visible()
    form_of(page, list(CASE.exercises)[-1]).wait_for()
    wider = """notebook => [...notebook.querySelectorAll(".jp-Cell")].filter(
        (cell) => cell.getBoundingClientRect().right > notebook.getBoundingClientRect().right + 1).length"""
    assert page.locator(".jp-Notebook").evaluate(wider) == 0
    long = page.locator(".jp-RenderedHTML .ff-table .ff-long").first
    assert long.evaluate("cell => cell.clientWidth") >= 200, "a few words side by side"


def test_the_line_at_the_end_counts_what_is_done_and_leads_to_what_is_open(
    lab_server: Server, folder: Path, page: Page
) -> None:
    open_module(page, lab_server, folder, FIRST.stem)
    progress = page.locator(".ff-progress")
    expect(progress).to_contain_text("you have done 0 of 4")
    values = form_of(page, "values")
    for box in values.get_by_role("textbox").all():
        box.fill("Being fair. I gave the credit to the person who had done the work.")
    expect(progress).to_contain_text("you have done 1 of 4")
    expect(progress.get_by_role("link", name=COURSE.words["values"].title, exact=True)).to_have_count(0)
    progress.get_by_role("link", name=COURSE.words["goal"].title, exact=True).click()
    expect(form_of(page, "goal")).to_be_in_viewport()

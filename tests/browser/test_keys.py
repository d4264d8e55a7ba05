"""Keys in a form mean the form: none of JupyterLab's own for cells gets out, Ctrl+S and Escape keep their meaning."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from workshop.attempt import Attempt
from workshop.journal import Journal
from workshop.start import prepare

from .conftest import Server, new_page, open_notebook, run_all, write_notebook
from .pieces import COURSE, form_of, on_disk, open_pieces, write_pieces

pytestmark = pytest.mark.browser

CONTROLS = {
    "line": ("story", "input[type=text]"),
    "text": ("story", "textarea"),
    "number": ("assumptions", "input[inputmode=decimal]"),
    "choice": ("story", "input[type=radio]"),
    "choice of a quiz": ("quiz-your-story", "input[type=radio]"),
    "slider": ("decision", "input[type=range]"),
    "slider's way back": ("decision", ".ff-slide button:visible"),
    "folded part of results": ("decision", ".ff-results summary"),
    "table in results": ("decision", ".ff-results .ff-table:visible"),
    "commit": ("forecast", "input[type=checkbox]"),
    "timer": ("premortem", ".ff-timer button"),
    "row": ("premortem", ".ff-row > summary"),
    "order of a board": ("premortem", ".ff-board select"),
    "fold all": ("premortem", ".ff-board button:visible"),
    "a vote": ("premortem", ".ff-votes button:visible"),
    "one row less": ("actions", ".ff-row > button:visible"),
    "one row more": ("premortem", ".ff-rows > .ff-actions > button"),
    "dismiss": ("actions", ".ff-ask button:visible"),
    "still open": ("story", ".ff-missing summary"),
    "a field still open": ("story", ".ff-missing[open] li button"),
    "export": ("story", ":scope > .ff-actions > button"),
    "locked number": ("estimate", "input[inputmode=decimal]"),
    "locked text": ("estimate", "textarea"),
    "locked choice": ("vote", "input[type=radio]"),
    "locked commit": ("vote", "input[type=checkbox]"),
    "the form itself": ("forecast", ""),
}
"""Every kind of thing in a form that can have the focus: the piece that has it, and where it is there."""
OPENED = tuple(dict.fromkeys(piece for piece, _ in CONTROLS.values()))

SPY = """() => {
    window.commanded = [];
    window.jupyterapp.commands.commandExecuted.connect((_, { id }) => window.commanded.push(id));
}"""
ABOUT_CELLS = """() => {
    const notebook = document.querySelector(".jp-Notebook");
    const found = new Set();
    for (const place of notebook.querySelectorAll(".jp-MarkdownCell, .jp-CodeCell")) {
        place.focus();
        for (const { keys, selector } of window.jupyterapp.commands.keyBindings)
            for (let node = place; node !== notebook.parentElement; node = node.parentElement)
                if (node.matches(selector)) found.add(keys.join(" , "));
    }
    return [...found];
}"""
"""The keys that mean something to JupyterLab with the focus on a cell and not everywhere on the page."""
NOTEBOOK = """() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const cells = content.widgets.map((cell) => [cell.model.type, cell.model.sharedModel.source, cell.model.id,
        content.isSelectedOrActive(cell)]);
    return { cells, at: content.activeCellIndex, mode: content.mode };
}"""


@pytest.fixture(scope="module")
def folder(lab_server: Server) -> Path:
    """A workspace in which an estimate and a vote are locked, and an action is asked about."""
    folder = lab_server.root / "keys"
    prepare(folder)
    journal = Journal.of(folder, "me", COURSE.version)
    strong, weak = (COURSE.scenario.personas[name].answers for name in ("strong", "weak"))
    for piece in ("estimate", "vote"):
        Attempt.of(COURSE, piece, journal).answer(strong[piece])
    Attempt.of(COURSE, "actions", journal).answer(weak["actions"])
    for piece in ("decision", "premortem"):
        Attempt.of(COURSE, piece, journal).answer(strong[piece])
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server, folder: Path) -> Iterator[Page]:
    """The pieces, above them a heading; a copied cell, and a deleted one that could be brought back."""
    with new_page(browser) as page:
        open_pieces(page, lab_server, write_pieces(lab_server, folder, "keys", *OPENED), *OPENED)
        page.evaluate(
            """async () => {
                const { commands, shell } = window.jupyterapp;
                shell.currentWidget.content.activeCellIndex = 0;
                for (const command of ["insert-cell-above", "change-cell-to-heading-1", "copy-cell",
                    "insert-cell-below", "delete-cell", "enter-command-mode"])
                    await commands.execute(`notebook:${command}`);
            }"""
        )
        page.evaluate(SPY)
        yield page


@pytest.fixture(scope="module")
def keys(page: Page) -> list[str]:
    """What JupyterLab hears at a cell, as a keyboard sends it; those that press a button come last."""
    found = page.evaluate(ABOUT_CELLS)
    assert {"D , D", "B", "0 , 0", "Ctrl Z", "Ctrl A", "Shift Enter", "Ctrl Enter", "ArrowDown", "1"} <= set(found)
    return sorted(found, key=lambda key: "Enter" in key)


def press(page: Page, keys: str) -> None:
    """Press keys as JupyterLab writes them, such as ``D , D`` or ``Ctrl Shift M``."""
    for chord in keys.split(" , "):
        *held, key = chord.split(" ")
        named = key if len(key) > 1 or "Shift" in held else key.lower()
        page.keyboard.press("+".join(["Control" if each == "Ctrl" else each for each in held] + [named]))


def control(page: Page, name: str) -> Locator:
    piece, selector = CONTROLS[name]
    form = form_of(page, piece)
    return form.locator(selector).first if selector else form


@pytest.mark.parametrize("name", CONTROLS)
def test_no_key_for_cells_gets_out_of_a_form(page: Page, keys: list[str], name: str) -> None:
    target = control(page, name)
    page.evaluate("window.commanded = []")
    target.focus()
    before = page.evaluate(NOTEBOOK)
    for key in keys:
        press(page, key)
        if target.count():  # a key may have moved the focus on, or have pressed the button away
            target.focus()
    assert page.evaluate("window.commanded") == []
    assert page.evaluate(NOTEBOOK) == before
    if name == "still open":
        target.evaluate("(summary) => { summary.parentElement.open = true; }")


def test_outside_the_form_the_same_keys_reach_the_cell(page: Page, keys: list[str]) -> None:
    before = page.evaluate(NOTEBOOK)
    control(page, "text").focus()
    page.keyboard.press("Escape")
    page.evaluate("window.commanded = []")
    press(page, "B")
    assert page.evaluate("window.commanded") == ["notebook:insert-cell-below"]
    press(page, "D , D")
    assert len(page.evaluate(NOTEBOOK)["cells"]) == len(before["cells"])


@pytest.mark.parametrize(
    "name", ["line", "text", "choice", "slider", "export", "row", "locked text", "the form itself"]
)
def test_escape_leaves_the_form_for_its_cell_and_tab_leads_back(page: Page, name: str) -> None:
    control(page, name).focus()
    page.keyboard.press("Escape")
    cell = page.locator(".jp-CodeCell", has=form_of(page, CONTROLS[name][0]))
    expect(cell).to_be_focused()
    assert page.evaluate(NOTEBOOK)["mode"] == "command"
    page.keyboard.press("Tab")  # the cell's own buttons
    page.keyboard.press("Tab")
    expect(form_of(page, CONTROLS[name][0]).locator(":focus")).to_have_count(1)


def test_escape_loses_nothing_that_was_typed(page: Page, folder: Path) -> None:
    control(page, "text").fill("")
    page.keyboard.type("Half a sentence that")
    page.keyboard.press("Escape")
    expect(form_of(page, "story").get_by_role("status")).to_have_text(COURSE.interface["saved"])
    assert "Half a sentence that" in on_disk(folder, "story").values()
    expect(control(page, "text")).to_have_value("Half a sentence that")


@pytest.mark.parametrize("name", ["text", "choice", "slider", "export", "row", "locked commit"])
def test_ctrl_s_saves_the_notebook_and_leaves_the_focus(
    page: Page, lab_server: Server, folder: Path, name: str
) -> None:
    line = control(page, "line")
    line.fill(f"Saved from {name}")
    expect(form_of(page, "story").get_by_role("status")).to_have_text(COURSE.interface["saved"])
    target = control(page, name)
    target.focus()
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert f"Saved from {name}" in json.dumps(json.loads((folder / "keys.ipynb").read_text()))
    expect(target).to_be_focused()


def test_ctrl_z_takes_back_what_was_typed_and_no_code(page: Page, folder: Path) -> None:
    code = page.locator(".jp-CodeCell", has=form_of(page, "story")).locator(".cm-content")
    code.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("  # mine")
    text = control(page, "text")
    text.fill("Kept.")
    page.keyboard.type(" Not meant.")
    page.keyboard.press("Control+z")
    expect(text).not_to_have_value("Kept. Not meant.")
    left = text.input_value()
    page.keyboard.press("Control+Shift+z")
    expect(text).to_have_value("Kept. Not meant.")
    page.keyboard.press("Control+z")
    expect(text).to_have_value(left)
    expect(code).to_contain_text("# mine")
    expect(form_of(page, "story").get_by_role("status")).to_have_text(COURSE.interface["saved"])
    assert left in on_disk(folder, "story").values()


@pytest.mark.parametrize("key", ["Control+Enter", "Shift+Enter", "Alt+Enter"])
def test_a_key_that_runs_cells_leaves_form_text_and_focus_alone(page: Page, key: str) -> None:
    cell = page.locator(".jp-CodeCell", has=form_of(page, "story"))
    prompt = cell.locator(".jp-InputPrompt").inner_text()
    text = control(page, "line")
    text.fill("Not yet sent")
    text.evaluate("(node) => { node.same = true; }")
    page.keyboard.press(key)
    expect(text).to_be_focused()
    expect(text).to_have_value("Not yet sent")
    assert text.evaluate("(node) => node.same")
    assert cell.locator(".jp-InputPrompt").inner_text() == prompt


def test_tab_walks_through_a_form_and_out_and_shift_tab_the_same_way_back(page: Page) -> None:
    form = form_of(page, "quiz-your-story")
    here = """(form) => {
        const { activeElement } = document;
        if (!form.contains(activeElement)) return "";
        return activeElement.closest("[data-field]")?.dataset.field ?? activeElement.textContent;
    }"""

    def walk(key: str) -> list[str]:
        stops = [form.evaluate(here)]
        while stops[-1] and len(stops) < 60:
            page.keyboard.press(key)
            stops.append(form.evaluate(here))
        return stops[:-1]

    def enter(key: str) -> None:
        for _ in range(5):  # the cell may have buttons of its own
            page.keyboard.press(key)
            if form.evaluate(here):
                return

    form.locator("input").first.focus()
    page.keyboard.press("Escape")
    enter("Tab")
    forth = walk("Tab")
    assert forth[:-1] == list(COURSE.words["quiz-your-story"].fields)
    enter("Shift+Tab")
    assert walk("Shift+Tab") == forth[::-1]


def test_a_table_outside_of_a_form_scrolls_by_arrow_keys(browser: Browser, lab_server: Server, folder: Path) -> None:
    wide = "Table('Wide', [Column('n' * 30)] * 20, [['1' * 30] * 20])"
    write_notebook(lab_server, "keys/table.ipynb", ["from workshop.views.table import Column, Table", wide])
    with new_page(browser) as page:
        open_notebook(page, lab_server, "keys/table.ipynb")
        run_all(page)
        table = page.get_by_role("group", name="Wide")
        table.focus()
        page.evaluate(SPY)
        for key in ("ArrowRight", "ArrowDown", "d", "d"):
            page.keyboard.press(key)
        page.wait_for_function("(table) => table.scrollLeft > 0", arg=table.element_handle())
        assert page.evaluate("window.commanded") == []
        expect(table).to_be_focused()

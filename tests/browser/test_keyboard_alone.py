"""Every exercise and every quiz, answered from end to end by somebody who has a keyboard and nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from workshop.attempt import Attempt
from workshop.course import Value
from workshop.exercises.base import Field
from workshop.journal import Journal
from workshop.start import prepare

from .conftest import Server, new_page, open_notebook
from .pieces import COURSE, PIECES, form_of, on_disk, write_pieces

pytestmark = pytest.mark.browser

STRONG = COURSE.scenario.personas["strong"].answers
IN_ORDER = tuple(STRONG)
"""The pieces in the order of the course: some ask about what was answered in an earlier one."""
MOST_STOPS = 300

HERE = """() => {
    const node = document.activeElement;
    const form = node.closest(".ff-form");
    const field = node.closest("[data-field]");
    const fields = (row) => [...row.querySelectorAll("[data-field]")].map(({ dataset }) => dataset.field);
    const more = node.matches(".ff-rows > .ff-actions > button:first-child");
    const rows = more ? [...node.closest(".ff-rows").querySelectorAll("details.ff-row")] : [];
    const next = rows.find((row) => !row.checkVisibility());
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return {
        lost: node === document.body,
        cell: window.jupyterapp.shell.currentWidget.content.activeCellIndex,
        outside: node.closest(".jp-Notebook") === null,
        form: form?.querySelector("h3").textContent ?? "",
        field: field?.dataset.field ?? "",
        folded: node.matches(".ff-row > summary") && !node.parentElement.open ? fields(node.parentElement) : [],
        next: next ? fields(next) : [],
        export: node.matches(".ff-form > .ff-actions > button"),
        ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        text: node.innerText,
    };
}"""
"""What has the focus: its cell, form and field, the rows that could be opened from here, and whether it can be seen."""


@pytest.fixture(scope="module")
def folder(lab_server: Server) -> Path:
    folder = lab_server.root / "keyboard"
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server, folder: Path) -> Iterator[Page]:
    """A notebook with a cell for each piece, none run yet, and the focus on the first."""
    with new_page(browser) as page:
        open_notebook(page, lab_server, write_pieces(lab_server, folder, "keyboard", *IN_ORDER))
        page.evaluate(
            """() => {
                const { commands } = window.jupyterapp;
                window.commanded = [];
                commands.commandExecuted.connect((_, { id }) => window.commanded.push(id));
            }"""
        )
        for _ in range(2):
            page.keyboard.press("Shift+Enter")  # the two cells that everything needs
        yield page


def type_answer(page: Page, field: Field, value: Value) -> None:
    """Answer the field that has the focus."""
    if field.kind == "choice":
        place = field.choices.index(str(value))
        for key in ["ArrowDown"] * place or ["Space"]:
            page.keyboard.press(key)
    elif field.kind == "commit":
        page.keyboard.press("Space")
    elif field.kind == "slider":
        page.keyboard.press("Home")
        for _ in range(round((float(str(value)) - field.minimum) / field.step)):
            page.keyboard.press("ArrowRight")
    else:
        text = f"{value:.10g}" if isinstance(value, float) else str(value)
        page.keyboard.type(text[0])
        page.keyboard.insert_text(text[1:])


def answer_by_keyboard(page: Page, piece: str, fields: Mapping[str, Field], answers: Mapping[str, Value]) -> list[str]:
    """Walk through the piece's form by Tab and answer it; returns the fields in the order in which they were met."""
    met: list[str] = []
    here: dict[str, Any] = page.evaluate(HERE)
    form = here["form"]
    for _ in range(MOST_STOPS):
        assert here["ring"], here
        if here["field"] not in ("", *met):
            met.append(here["field"])
            if here["field"] in answers:
                type_answer(page, fields[here["field"]], answers[here["field"]])
        elif answers.keys() & here["folded"]:
            page.keyboard.press("Enter")
        elif answers.keys() & here["next"]:
            page.keyboard.press("Enter")
            wanted = here["next"][0]
            here = page.evaluate(HERE)
            assert here["field"] == wanted
            continue
        elif here["export"]:
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert not here["lost"]
        if here["form"] != form:
            return met
    pytest.fail(f"Tab never leaves {piece}")


def go_to_cell(page: Page, number: int) -> None:
    """From wherever the focus is to a cell of the notebook, in command mode."""
    for _ in range(10):
        if not page.evaluate(HERE)["outside"]:
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    steps = number - int(page.evaluate(HERE)["cell"])
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    assert page.evaluate(HERE)["cell"] == number


@pytest.mark.parametrize("piece", IN_ORDER)
def test_a_piece_is_run_answered_and_taken_along_with_the_keyboard_alone(page: Page, folder: Path, piece: str) -> None:
    go_to_cell(page, 2 + IN_ORDER.index(piece))
    page.keyboard.press("Control+Enter")
    form = form_of(page, piece)
    form.wait_for()
    page.evaluate("window.commanded = []")
    for _ in range(3):  # the cell's own buttons come first
        page.keyboard.press("Tab")
        if page.evaluate(HERE)["form"]:
            break
    expect(form.locator(":focus")).to_have_count(1)
    attempt = Attempt.of(COURSE, piece, Journal.of(folder, "me", COURSE.version))
    fields = {field.name: field for field in attempt.fields}
    given = {name: value for name in STRONG[piece] if (value := fields[name].read(STRONG[piece][name])) is not None}
    met = answer_by_keyboard(page, piece, fields, given)
    assert page.evaluate("window.commanded") == []
    order = [field["name"] for group in attempt.spec["groups"] for field in group["fields"]]
    assert met == [name for name in order if name in met], "the tab order is not that of reading"
    expect(form.get_by_role("status")).to_have_text(COURSE.interface["saved"])
    assert on_disk(folder, piece) == given
    if attempt.exercise.exports:
        expect(form.locator(".ff-outcome:not(.ff-failed)")).to_contain_text("exports/")
        for suffix in attempt.exercise.exports:
            assert (folder / f"exports/{piece}-me.{suffix}").stat().st_size > 0


def test_every_piece_has_been_there() -> None:
    assert set(IN_ORDER) == set(PIECES)

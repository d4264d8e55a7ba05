"""How fast a form opens, beside the same form in plain ipywidgets, and how soon it answers a key. In one run.

Deselected by default: ``uv run pytest -m benchmark -s`` runs it and prints the figures. Ratios of one run are asserted,
and the time between a key and its feedback, for which issue and eye have the same limit: a frame.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, new_page, open_notebook, wait_for_kernel, write_notebook

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]

HERE = Path(__file__).parent
ROUNDS = 9
FASTER = 4.0
CELLS = [
    f"import sys; sys.path.insert(0, {str(HERE)!r}); import same_form",
    "same_form.ours()",
    "same_form.plain()",
    "from ipywidgets import Widget; Widget.close_all()",
]
OURS, PLAIN, CLOSE = 1, 2, 3

OPENING = """async (number) => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const cell = notebook.widgets[number];
    const controls = "textarea, input:not([type=radio]), fieldset, select, .noUi-handle";
    const usable = () => {
        const found = [...cell.outputArea.node.querySelectorAll(controls)];
        const texts = found.filter((control) => control.matches("textarea") && control.value && control.offsetHeight);
        return found.length === 25 && texts.length === 8;
    };
    notebook.activeCellIndex = number;
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    window.jupyterapp.commands.execute("notebook:run-cell");
    await new Promise((done) => {
        const look = () => usable() && (watch.disconnect(), done());
        const watch = new MutationObserver(look);
        watch.observe(cell.outputArea.node, { subtree: true, childList: true, attributes: true });
    });
    return performance.now() - start;
}"""
"""Runs a cell, and gives the milliseconds until all its 25 fields are there, laid out, with their answers in them."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for both sides."""
    with new_page(browser) as page:
        yield page


def run_cell(page: Page, number: int) -> None:
    page.evaluate(
        """async (number) => {
            window.jupyterapp.shell.currentWidget.content.activeCellIndex = number;
            await window.jupyterapp.commands.execute("notebook:run-cell");
        }""",
        number,
    )
    wait_for_kernel(page)


def opened(page: Page, number: int) -> float:
    """Milliseconds from running the cell to a usable form, on a page and in a kernel without any other form."""
    took = float(page.evaluate(OPENING, number))
    wait_for_kernel(page)
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    run_cell(page, CLOSE)
    return took


def test_a_form_opens_at_least_four_times_as_fast_as_in_plain_ipywidgets(page: Page, lab_server: Server) -> None:
    write_notebook(lab_server, "opening.ipynb", CELLS)
    open_notebook(page, lab_server, "opening.ipynb")
    run_cell(page, 0)
    first = {number: opened(page, number) for number in (PLAIN, OURS)}
    took = {number: [] for number in first}  # type: dict[int, list[float]]
    for _ in range(ROUNDS):
        for number in took:
            took[number].append(opened(page, number))
    ours, plain = (statistics.median(took[number]) for number in (OURS, PLAIN))
    print(f"\n25 fields, run cell to usable form, median of {ROUNDS} (the first time):")
    print(f"  plain ipywidgets {plain:6.0f} ms ({first[PLAIN]:.0f})")
    print(f"  ours             {ours:6.0f} ms ({first[OURS]:.0f})   {plain / ours:.1f} times as fast")
    assert plain >= FASTER * ours

"""How fast a form opens, beside the same form in plain ipywidgets, and how soon it answers a key. In one run.

Deselected by default: ``uv run pytest -m benchmark -s`` runs it and prints the figures. Ratios of one run are asserted,
and the time between a key and its feedback, for which issue and eye have the same limit: a frame.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import (
    CHROMIUM,
    CHROMIUM_FLAGS,
    Server,
    new_page,
    open_notebook,
    wait_for_kernel,
    write_notebook,
)
from tests.browser.pieces import COURSE, open_pieces, write_pieces
from tests.needs import need
from workshop.attempt import Attempt
from workshop.exercises.premortem import MOST
from workshop.journal import Journal
from workshop.run import seed

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]

HERE = Path(__file__).parent
ROUNDS = 15
FASTER = 4.0
"""How many times as fast a form is to open, from running its cell to the last field in place."""
CELLS = [
    f"import sys; sys.path.insert(0, {str(HERE)!r}); import same_form",
    "same_form.ours()",
    "same_form.plain()",
    "from IPython.display import HTML; HTML('<p class=bare>A cell</p>')",
    "from ipywidgets import Widget; Widget.close_all()",
]
OURS, PLAIN, BARE, CLOSE = 1, 2, 3, 4

OPENING = """async (number) => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const cell = notebook.widgets[number];
    const controls = "textarea, input:not([type=radio]), fieldset, select, .noUi-handle";
    const usable = () => {
        if (cell.outputArea.node.querySelector(".bare")) return true;
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
"""Runs a cell, and gives the milliseconds until all its 25 fields are there, laid out, with their answers in them; or
until the one line is there that a bare cell shows."""


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
    first = {number: opened(page, number) for number in (PLAIN, OURS, BARE)}
    took = {number: [] for number in first}  # type: dict[int, list[float]]
    for _ in range(ROUNDS):
        for number in took:
            took[number].append(opened(page, number))
    ours, plain, bare = (statistics.median(took[number]) for number in (OURS, PLAIN, BARE))
    print(f"\n25 fields, run cell to usable form, median of {ROUNDS} (the first time):")
    print(f"  plain ipywidgets {plain:6.0f} ms ({first[PLAIN]:.0f})")
    print(f"  ours             {ours:6.0f} ms ({first[OURS]:.0f})   {plain / ours:.1f} times as fast")
    print(f"  a bare cell      {bare:6.0f} ms   without it {(plain - bare) / (ours - bare):.1f} times as fast")
    assert plain >= FASTER * ours


ROUNDS_OF_KEYS, TYPED = 6, "and so it went " * 4
FRAME = 16.0
"""Milliseconds from a key's input event to its feedback, in place and laid out, at the 95th percentile.

What comes after, the painting, is printed beside the painting of a bare box: most of it is the browser's.
"""
UNLIMITED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
"""Frames come when there is something to paint, so that waiting for a screen's next one isn't measured."""
LARGEST = {"premortem": "risk.7.event", "decision": "reading", "story": "learning"}
"""Of the course's largest forms, the field to type in."""
WATCH = """(box) => {
    const painted = new MessageChannel();
    const keys = [];
    window.took = [];
    painted.port1.onmessage = () => {
        const now = performance.now();
        for (const { start, there } of keys.splice(0)) window.took.push([there - start, now - start]);
    };
    box.addEventListener("input", ({ timeStamp }) => {
        document.body.getBoundingClientRect();
        keys.push({ start: timeStamp, there: performance.now() });
        requestAnimationFrame(() => painted.port2.postMessage(""));
    });
}"""
"""Notes, for each key in a box, the milliseconds until all feedback is laid out (the form's listeners come first), and
until it is painted."""


def write_answers(folder: Path) -> None:
    """Everything is filled in: the strong persona's answers, and its risks again in the rows that it leaves open."""
    journal = Journal.of(folder, "me", COURSE.version)
    persona = COURSE.scenario.personas["strong"]
    seed(COURSE, persona, journal)
    written = persona.answers["premortem"]
    last = max(int(name.split(".")[1]) for name in written)
    risks = Attempt.of(COURSE, "premortem", journal)
    for row in range(last + 1, MOST + 1):
        copied = {name.replace("risk.1.", f"risk.{row}."): each for name, each in written.items() if "risk.1." in name}
        risks.answer(copied)


def percentile(times: Sequence[float], percent: int) -> float:
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1]


def calmest(page: Page, box: Locator) -> list[tuple[float, float]]:
    """Milliseconds at the 50th and the 95th percentile until the feedback is laid out, and until it is painted.

    Whatever else the machine does only adds to a round's times, so the calmest round says most about the form.
    """
    rounds = []
    box.evaluate(WATCH)
    box.focus()
    for _ in range(ROUNDS_OF_KEYS):
        page.keyboard.press("End")
        page.evaluate("window.took.length = 0")
        page.keyboard.type(TYPED, delay=40)
        rounds.append(page.evaluate("window.took"))
    found = []
    for part in (0, 1):
        times = [[key[part] for key in keys] for keys in rounds]
        found.append((min(percentile(each, 50) for each in times), min(percentile(each, 95) for each in times)))
    return found


@pytest.mark.parametrize("piece", LARGEST)
def test_a_key_is_answered_within_a_frame(piece: str, browser: Browser, lab_server: Server, folder: Path) -> None:
    write_answers(folder)
    flags = [*CHROMIUM_FLAGS, *UNLIMITED]
    swift = browser.browser_type.launch(executable_path=need("chromium", *CHROMIUM), args=flags)
    with new_page(swift) as page:
        (form,) = open_pieces(page, lab_server, write_pieces(lab_server, folder, "keys", piece), piece)
        form.locator("details").evaluate_all("(rows) => rows.forEach((row) => { row.open = true; })")
        fields = form.locator(".ff-field").count()
        there, painted = calmest(page, form.locator(f"[data-field='{LARGEST[piece]}'] textarea"))
        form.evaluate("(form) => form.after(document.createElement('textarea'))")
        _, bare = calmest(page, page.locator(".ff-form + textarea"))
    swift.close()
    print(f"\n{piece}, {fields} fields, milliseconds from a key on, at the 50th and 95th percentile:")
    print("  until the feedback is there {:5.1f} {:5.1f}".format(*there))
    print("  until it is painted         {:5.1f} {:5.1f}".format(*painted))
    print("  the same in a bare box      {:5.1f} {:5.1f}".format(*bare))
    assert there[1] < FRAME

"""Notebooks opened one after the other in one window, filled in by a persona, to be looked at in many ways.

Starting JupyterLab takes longer than opening a notebook in it, so a window is opened once and its notebooks in turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from workshop.journal import Journal
from workshop.run import seed
from workshop.start import prepare

from .conftest import Server, new_page, run_all, wait_for_kernel
from .pieces import COURSE, PIECES, write_pieces

THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
MODULES = tuple(module.stem for module in COURSE.modules)
SHEETS = ("nothing-answered", "all-answered", *MODULES)
"""All pieces on one page, as nobody and as the strong persona have them, and the notebook of each module."""

EVERY_CELL_RAN = """() => window.jupyterapp.shell.currentWidget.content.widgets.every(({ model }) =>
    model.type !== "code" || !model.sharedModel.source.trim() || model.executionCount)"""
"""None was left out after an error in another."""


@contextmanager
def window(browser: Browser, server: Server) -> Iterator[Page]:
    """JupyterLab with nothing open."""
    with new_page(browser) as page:
        page.goto(f"{server.url}/lab?token={server.token}&reset")
        page.wait_for_function("async () => window.jupyterapp && (await window.jupyterapp.restored, true)")
        yield page


def filled_folder(server: Server, name: str) -> Path:
    """A workspace in which the strong persona has answered everything; two notebooks there hold all pieces."""
    folder = server.root / name
    prepare(folder)
    journal = Journal.of(folder, "me", COURSE.version)
    seed(COURSE, COURSE.scenario.personas["strong"], journal)
    write_pieces(server, folder, "nothing-answered", *PIECES, participant="nobody")
    write_pieces(server, folder, "all-answered", *PIECES)
    return folder


@contextmanager
def sheet(page: Page, path: str) -> Iterator[Page]:
    """The window with the notebook open, all of its cells run and everything unfolded; closed again afterwards."""
    page.evaluate("(path) => void window.jupyterapp.commands.execute('docmanager:open', { path })", path)
    page.wait_for_function("(path) => window.jupyterapp.shell.currentWidget?.context?.path === path", arg=path)
    wait_for_kernel(page)
    run_all(page)
    page.wait_for_function(EVERY_CELL_RAN)
    wait_for_kernel(page)
    unfold(page)
    yield page
    page.evaluate("""() => {
        const panel = window.jupyterapp.shell.currentWidget;
        void panel.sessionContext.shutdown();
        panel.context.model.dirty = false; // JupyterLab asks nothing then
        panel.close();
    }""")


def unfold(page: Page) -> None:
    """Opens rows, hints, tables of numbers and lists of what is still open."""
    page.locator(".jp-Notebook details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")


def change_theme(page: Page, theme: str) -> None:
    """Puts JupyterLab into another of its themes."""
    page.evaluate("(theme) => void window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.wait_for_function("(theme) => document.body.dataset.jpThemeName === theme", arg=theme)

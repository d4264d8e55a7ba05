"""The static site in a real Chromium that has no network: the forms, the journal, and every cell of the course."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.needs import need
from workshop.course import Course
from workshop.site import build_site
from workshop.workspace import built

from .conftest import CHROMIUM, CHROMIUM_FLAGS, browser_processes, kill_browser, run_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 240_000
"""Milliseconds: Python has to start in the browser, on a machine that may have other things to do."""
HERE_ONLY = "default-src 'self' blob: data: 'unsafe-inline' 'unsafe-eval'; report-uri /asked-outside"
"""What the browser is told of every page and worker: all comes from here, and what is asked of others is reported."""
DONE = """() => {
    const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
    const cells = [...content.model.cells].filter(cell => cell.type === "code");
    return cells.every(cell => cell.executionCount) && sessionContext.session.kernel.status === "idle";
}"""
TROUBLE = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
    .filter(cell => cell.type === "code")
    .flatMap(cell => cell.outputs.toJSON())
    .filter(output => output.output_type === "error" || output.output_type === "stream")
    .map(output => output.evalue || output.text)"""


@dataclass
class Site:
    """A site that is served, and what its pages and workers have asked of any other place."""

    url: str = ""
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A fresh site. All that it asks of another place is refused by the browser, and reported."""
    need("npm", "npm")
    folder = tmp_path_factory.mktemp("static") / "site"
    build_site(folder, None, lambda line: None)
    config = json.loads((folder / "jupyter-lite.json").read_text())
    config["jupyter-config-data"]["exposeAppInBrowser"] = True
    (folder / "jupyter-lite.json").write_text(json.dumps(config))
    site = Site()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Says nothing."""

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", HERE_ONLY)
            super().end_headers()

        def do_POST(self) -> None:
            report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            site.outside.append(report["csp-report"]["blocked-uri"])
            self.send_response(204)
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


@contextmanager
def opened(browser: Browser, profile: Path) -> Iterator[Page]:
    """A page in a browser with this profile, for which no other machine has an address; in the end it is killed."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=need("chromium", *CHROMIUM),
        args=[*CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        kill_browser(browser_processes(profile))


def run(page: Page) -> None:
    """Wait for Python, and run every cell of the notebook on the page."""
    page.locator(".jp-Notebook").wait_for()
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
    run_all(page)
    page.wait_for_function(DONE)


def story(page: Page, course: Course) -> tuple[Locator, Locator]:
    """The story's form, and the first of its fields."""
    form = page.get_by_role("region", name=course.words["story"].title, exact=True)
    return form, form.get_by_role("textbox", name=course.words["story"].fields["situation"].label, exact=True)


def test_a_story_outlives_the_page_and_the_browser_and_nothing_is_asked_of_the_outside(
    site: Site, browser: Browser, course: Course, tmp_path: Path
) -> None:
    profile, told = tmp_path / "profile", "We had 12 days left, and one test environment."
    notebook = f"{site.url}/lab/index.html?path=08-your-story.ipynb"
    with opened(browser, profile) as page:
        page.goto(site.url)
        link = page.get_by_role("link", name=course.interface["site_open"])
        expect(link).to_have_attribute("href", f"lab/index.html?path={course.modules[0].stem}.ipynb")
        page.goto(notebook)
        run(page)
        form, box = story(page, course)
        box.focus()
        page.keyboard.type(told)
        expect(form.get_by_role("status")).to_have_text(course.interface["saved"], timeout=PATIENCE)
        page.goto(notebook)
        run(page)
        form, box = story(page, course)
        expect(box).to_have_value(told)
        form.get_by_role("button", name=course.interface["export"].partition("(")[0]).click()
        said = form.get_by_text("exports/story-me.md")
        expect(said).to_contain_text(course.interface["site_exported"], timeout=PATIENCE)
        expect(said).to_contain_text(course.interface["no_word"])
        box.focus()
        page.keyboard.press("End")
        page.keyboard.type(" I chose it.")
        expect(form.get_by_role("status")).to_have_text(course.interface["saved"], timeout=PATIENCE)
    with opened(browser, profile) as page:
        page.goto(notebook)
        run(page)
        _, box = story(page, course)
        expect(box).to_have_value(f"{told} I chose it.")
        assert site.outside == []
        # A request to the outside is heard, so that none says something.
        page.evaluate("fetch('http://somewhere.example/').catch(() => null)")
        for _ in range(300):
            if site.outside:
                break
            page.wait_for_timeout(100)
        assert site.outside == ["http://somewhere.example/"]
        site.outside.clear()


def test_every_cell_of_the_course_runs(site: Site, browser: Browser, course: Course, tmp_path: Path) -> None:
    cells = []
    for path in sorted(built("notebooks").glob("*.ipynb")):
        cells += [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells):
        cell |= {"outputs": [], "execution_count": None, "id": f"cell-{number}"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "cells": cells}
    notebook["metadata"] = {"kernelspec": {"name": "python", "display_name": "Python", "language": "python"}}
    with opened(browser, tmp_path / "profile") as page:
        page.goto(f"{site.url}/lab/index.html")
        page.wait_for_function("window.jupyterapp?.serviceManager.isReady")
        save = """content => window.jupyterapp.serviceManager.contents.save("all.ipynb", {
            type: "notebook", format: "json", name: "all.ipynb", path: "all.ipynb", content})"""
        page.evaluate(save, notebook)
        page.goto(f"{site.url}/lab/index.html?path=all.ipynb")
        run(page)
        assert page.evaluate(TROUBLE) == []
        assert page.get_by_text(course.interface["no_frame"]).count() == 1
        assert site.outside == []

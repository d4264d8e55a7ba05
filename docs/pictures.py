"""The guide: every module in two pictures, light and dark, as somebody sees it who has done it well.

``uv run python -m docs.pictures`` starts the course as a participant would, in a folder of its own with the answers of
the strong persona, runs every notebook in Chromium, and writes ``docs/pictures/`` and ``docs/guide.md``. The README
shows a first draft instead, the weak persona's. Run it after a change to how the course looks; a test holds that no
module and no picture is missing.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jupyter_server.serverapp import list_running_servers
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, Server, open_notebook, run_all
from workshop.content import load_course
from workshop.course import Course, Module
from workshop.journal import Journal
from workshop.run import seed
from workshop.workspace import content_root

DOCS = Path(__file__).parent
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
DRAFT = "pictures/first-draft.webp"
"""The README's picture, below ``docs/``."""
VIEWPORT = {"width": 1180, "height": 1300}
QUALITY = 80
"""Of WebP: text stays crisp, and a picture has some 70 KB."""
STARTUP, PATIENCE = 60, 60_000
"""Seconds that JupyterLab may take to start; milliseconds for a page to be there."""
SECTION_TO_TOP = """(form) => {
  let cell = form.closest(".jp-Cell");
  while (cell && !cell.querySelector(".jp-MarkdownOutput h2")) cell = cell.previousElementSibling;
  (cell ?? form).scrollIntoView({ block: "start" });
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
INTRO = """# What it looks like

Each module in a light and a dark theme, filled in by somebody who does it well. `uv run python -m docs.pictures` takes
the pictures anew.
"""


def guide(course: Course) -> str:
    """The guide as Markdown."""
    parts = [INTRO]
    for module in course.modules:
        pictures = " ".join(
            f'<img src="{picture(module, theme)}" width="49%" alt="{module.title}, in a {theme} theme">'
            for theme in THEMES
        )
        heading = f"## [{module.number} {module.title}](../notebooks/{module.stem}.ipynb)"
        parts += [f"{heading}\n", f"{module.summary}\n", f"{pictures}\n"]
    return "\n".join(parts)


def picture(module: Module, theme: str) -> str:
    """The file of a module's picture, below ``docs/``."""
    return f"pictures/{module.stem}-{theme}.webp"


def shown(course: Course, module: Module) -> str:
    """The title of the exercise that the picture shows, the module's longest; "" for the top of the first module."""
    if module is course.modules[0]:
        return ""
    return course.words[max(module.exercises, key=lambda name: module.exercises[name].high)].title


@contextmanager
def started(course: Course, persona: str) -> Iterator[Server]:
    """``workshop start`` in a folder that the persona has filled, with no settings but its own."""
    with tempfile.TemporaryDirectory() as temporary:
        home, folder = Path(temporary), Path(temporary) / "my-course"
        seed(course, course.scenario.personas[persona], Journal.of(folder, "me", course.version))
        config = home / "config" / "jupyter_lab_config.json"
        config.parent.mkdir()
        config.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
        runtime = {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-c", "from workshop.cli import main; main()"]
        command += ["start", str(folder), "--no-browser", "--port", str(port)]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=home, env={**os.environ, **runtime}, stdout=log, stderr=log)
        try:
            yield _server(process, runtime, folder)
        finally:
            process.terminate()
            process.wait(30)


def _server(process: subprocess.Popen[bytes], runtime: Mapping[str, str], folder: Path) -> Server:
    deadline = time.monotonic() + STARTUP
    while time.monotonic() < deadline and process.poll() is None:
        for server in list_running_servers(runtime["JUPYTER_RUNTIME_DIR"]):
            return Server(server["url"].rstrip("/"), server["token"], folder, process)
        time.sleep(0.2)
    raise SystemExit("JupyterLab did not start.")


def take(browser: Browser, server: Server, course: Course, module: Module) -> Iterator[tuple[str, bytes]]:
    """The module's notebook after all its cells have run, in each theme, as WebP."""
    with browser.new_context(viewport=VIEWPORT) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        open_notebook(page, server, f"{module.stem}.ipynb")
        page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        run_all(page)
        for name in module.exercises:
            _form(page, course.words[name].title).wait_for()
        for theme, name in THEMES.items():
            page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
            page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)
            if title := shown(course, module):
                _form(page, title).evaluate(SECTION_TO_TOP)
            else:
                page.locator(".jp-Cell").first.evaluate("cell => cell.scrollIntoView()")
            box = page.locator(".jp-Notebook").bounding_box()
            assert box, "the notebook is in sight"
            yield theme, _webp(page, clip={**box, "scale": 1})


def take_draft(browser: Browser, server: Server, course: Course) -> bytes:
    """JupyterLab with the story's form, at the questions about its oversight, as WebP."""
    module = next(each for each in course.modules if "story" in each.exercises)
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        open_notebook(page, server, f"{module.stem}.ipynb")
        run_all(page)
        words = course.words["story"]
        box = _form(page, words.title).get_by_role("textbox", name=words.fields["oversight"].label, exact=True)
        box.evaluate("box => box.closest('.ff-field').scrollIntoView({ block: 'start' })")
        return _webp(page)


def _form(page: Page, title: str) -> Locator:
    return page.locator(".ff-form").filter(has=page.get_by_role("heading", name=title, exact=True))


def _webp(page: Page, **options: object) -> bytes:
    options |= {"format": "webp", "quality": QUALITY}
    return base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", options)["data"])


def main() -> None:
    """Write every picture and the guide."""
    course = load_course(content_root())
    shutil.rmtree(DOCS / "pictures", ignore_errors=True)
    (DOCS / "pictures").mkdir()
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        with started(course, "weak") as server:
            (DOCS / DRAFT).write_bytes(take_draft(browser, server, course))
            print(DRAFT)
        with started(course, "strong") as server:
            for module in course.modules:
                for theme, image in take(browser, server, course, module):
                    (DOCS / picture(module, theme)).write_bytes(image)
                    print(picture(module, theme))
        browser.close()
    (DOCS / "guide.md").write_text(guide(course), encoding="utf-8")


if __name__ == "__main__":
    main()

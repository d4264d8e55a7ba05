"""What Voila's pages say around the notebooks: their titles, the list of modules and how far each is."""

from pathlib import Path
from typing import Any

from workshop.content import load_course
from workshop.course import Course
from workshop.errors import WorkshopError
from workshop.progress import ModuleProgress, progress
from workshop.start import newest_journal
from workshop.workspace import content_root, scenario_root, workspace

WORDS = ("app_title", "app_about", "app_modules", "app_lab", "app_lab_about", "app_wait", "app_running")


def complete_page(page_config: dict[str, Any], *, notebook_path: str = "", **_: object) -> dict[str, Any]:
    """Voila's hook for each page: what our templates show, in ``page_config``, which is returned.

    The two None are how Voila is told to draw formulas by itself and to ask no other machine for it.
    """
    folder = workspace()
    course = load_course(content_root(), scenario_root(folder))
    modules = [] if notebook_path.endswith(".ipynb") else _modules(course, folder)
    words = {name: course.interface[name] for name in WORDS}
    ours = {"title": course.title, "words": words, "modules": modules, "notebook": notebook_path}
    page_config.update({"fullMathjaxUrl": None, "mathjaxConfig": None, "workshop": ours})
    return page_config


def complete_notebook(request: Any, notebook: Any, cwd: str) -> Any:
    """Voila's hook for each notebook: its page is called what its first heading says, and ends its kernel when left."""
    request.xsrf_token  # noqa: B018  reading it sets the cookie without which the page may not end anything
    notebook.metadata.title = title_of(notebook)
    return notebook


def title_of(notebook: Any) -> str:
    """The first heading of a notebook, or ""."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "")


def _modules(course: Course, folder: Path) -> list[dict[str, str]]:
    try:
        journal = newest_journal(folder, course)
        known = {each.module.stem: each for each in progress(course, journal)} if journal else {}
    except WorkshopError:
        known = {}  # the forms say what is wrong with the file
    return [
        {
            "title": module.title,
            "notebook": f"{module.stem}.ipynb",
            "state": course.interface[_state(known.get(module.stem))],
        }
        for module in course.modules
    ]


def _state(known: ModuleProgress | None) -> str:
    if known is None or not known.begun:
        return "app_new"
    return "app_begun" if known.open else "app_done"

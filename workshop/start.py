"""A participant's folder: made, brought up to date, and the place in it where somebody goes on."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from workshop.content import load_course
from workshop.course import Course
from workshop.errors import JournalError, WorkspaceError
from workshop.files import write_file
from workshop.journal import NAME, Journal
from workshop.progress import last, module_progress
from workshop.workspace import KEPT_SCENARIO, MARKER, built, content_root, scenario_root

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    # Forms far down the page must exist to show that they are saved.
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none", "recordTiming": False},
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosaveInterval": 30},
}
"""What a course wants of JupyterLab. Written once; a participant's own changes stay."""


@dataclass(frozen=True)
class Prepared:
    """What was done to a folder: notebooks new there, brought up to date, and laid beside a participant's own."""

    folder: Path
    added: tuple[str, ...]
    updated: tuple[str, ...]
    beside: tuple[str, ...]


def prepare(folder: Path) -> Prepared:
    """Make ``folder`` a workspace with the course's notebooks.

    A notebook that the participant has edited is never touched: a newer one is laid beside it as ``NAME.new.ipynb``.
    The folder remembers the scenario pack in use. WorkspaceError if the folder can't be written to.
    """
    source, own = built("notebooks", folder), scenario_root(folder)
    notebooks = sorted(source.glob("*.ipynb"))
    if not notebooks:
        raise WorkspaceError(f"There are no notebooks in {source}. Make them with 'workshop build'.")
    if folder.resolve() == source.resolve():
        raise WorkspaceError(
            f"{folder} holds the built notebooks. Name another folder, as in: workshop start my-course"
        )
    record = folder / MARKER / "notebooks.json"
    done: dict[str, list[str]] = {"added": [], "updated": [], "beside": []}
    try:
        (folder / MARKER).mkdir(parents=True, exist_ok=True)
        if own:
            write_file(folder / KEPT_SCENARIO, f"{own.resolve()}\n")
        known = json.loads(record.read_text()) if record.exists() else {}
        for path in notebooks:
            what = _place(path, folder, known)
            if what:
                done[what].append(path.name)
            known[path.name] = _digest(path)
        write_file(record, json.dumps(known, indent=1, sort_keys=True) + "\n")
        for name, settings in LAB_SETTINGS.items():
            target = folder / MARKER / "lab-settings" / name
            if not target.exists():
                write_file(target, json.dumps(settings, indent=1) + "\n")
    except OSError as error:
        message = f"{folder} can't be used: {error.strerror}. Name a folder that you may write to."
        raise WorkspaceError(message) from error
    return Prepared(folder, *(tuple(done[key]) for key in ("added", "updated", "beside")))


def _place(path: Path, folder: Path, known: dict[str, str]) -> str:
    """Bring one notebook into the folder; returns which list of ``Prepared`` it belongs to, or ""."""
    mine = folder / path.name
    what = "added"
    if mine.exists():
        now = _digest(mine)
        if now == _digest(path):
            return ""
        what = "updated" if now == known.get(path.name) else "beside"
        if what == "beside":
            mine = mine.with_suffix(".new.ipynb")
            if known.get(path.name) == _digest(path) or (mine.exists() and _digest(mine) == _digest(path)):
                return ""  # the course hasn't changed since; only the participant's own copy has
    write_file(mine, path.read_bytes())
    # Our own notebooks are trusted, so that their charts show before any cell has run.
    NotebookNotary().sign(nbformat.read(mine, as_version=4))
    return what


def _digest(path: Path) -> str:
    """A notebook's cells without their outputs: what running it does not change."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return ""  # no notebook any more: a participant's business
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where somebody goes on: a notebook of the folder, and the sentence that says so."""

    notebook: str
    said: str


def newest_journal(folder: Path, course: Course) -> Journal | None:
    """The journal in the folder that was written to last; None before any answer."""
    answers = [path for path in (folder / "answers").glob("*.jsonl") if NAME.fullmatch(path.stem)]
    # Lines are only ever appended, so the file that has changed last holds the newest one.
    newest = max(answers, key=lambda path: path.stat().st_mtime, default=None)
    return Journal.of(folder, newest.stem, course.version) if newest else None


def find_place(folder: Path) -> Place:
    """Where the last answer in the folder was given; the next module where that one is finished; else the beginning."""
    course = load_course(content_root(), scenario_root(folder))
    try:
        journal = newest_journal(folder, course)
        place = _stopped(course, journal) if journal else None
    except JournalError:
        place = None  # the forms will say what is wrong with the file
    first = course.modules[0]
    return place or Place(f"{first.stem}.ipynb", f"It opens at '{first.title}'.")


def _stopped(course: Course, journal: Journal) -> Place | None:
    found = last(course, journal)
    if found is None:
        return None
    module, exercise = found
    following = course.modules[course.modules.index(module) + 1 :]
    if following and not module_progress(course, module, journal).open:
        said = f"You have finished '{module.title}', so it opens at '{following[0].title}'."
        return Place(f"{following[0].stem}.ipynb", said)
    said = f"You were last in '{module.title}', at '{course.words[exercise].title}', so it opens there."
    return Place(f"{module.stem}.ipynb", said)

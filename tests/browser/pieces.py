"""Every exercise and every quiz of the course, each as the form that a participant meets."""

from pathlib import Path

from playwright.sync_api import Locator, Page

from workshop.content import load_course
from workshop.course import Value
from workshop.journal import Journal
from workshop.workspace import content_root

from .conftest import Server, open_notebook, run_all, write_notebook

COURSE = load_course(content_root())
PIECES = tuple(COURSE.words)
"""The names of all exercises and quizzes, as ``Lab.exercise`` takes them."""


def write_pieces(server: Server, folder: Path, name: str, *pieces: str, participant: str = "me") -> str:
    """A notebook in a workspace below the server's folder, with a cell for each piece; returns its path there."""
    cells = ["from workshop import Lab", f'lab = Lab("start-here", {participant!r})']
    path = (folder / f"{name}.ipynb").relative_to(server.root).as_posix()
    write_notebook(server, path, [*cells, *(f"lab.exercise({piece!r})" for piece in pieces)])
    return path


def open_pieces(page: Page, server: Server, path: str, *pieces: str) -> list[Locator]:
    """Open the notebook, run its cells, and return the pieces' forms once they are there."""
    open_notebook(page, server, path)
    run_all(page)
    forms = [form_of(page, piece) for piece in pieces]
    for form in forms:
        form.wait_for()
    return forms


def form_of(page: Page, piece: str) -> Locator:
    """The piece's form on the page; a table in it may have the same title."""
    return page.locator(".ff-form").and_(page.get_by_role("region", name=COURSE.words[piece].title, exact=True))


def on_disk(folder: Path, piece: str, participant: str = "me") -> dict[str, Value]:
    """The piece's answers as the participant's journal has them."""
    answers = Journal.of(folder, participant, COURSE.version).answers(piece)
    return {name: value for name, value in answers.items() if value is not None}

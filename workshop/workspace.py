"""Where things are: the course's files, and a participant's folder."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workshop.errors import WorkspaceError

MARKER = ".workshop"
"""The hidden folder that makes a folder a workspace."""

CONTENT, WORKSPACE, SCENARIO = "WORKSHOP_CONTENT", "WORKSHOP_WORKSPACE", "WORKSHOP_SCENARIO"
"""Environment variables that name the two and the case's pack, for kernels that a command of ours started."""

KEPT_SCENARIO = f"{MARKER}/scenario"
"""The file in a workspace that remembers with which pack it was started."""

IN_BROWSER = sys.platform == "emscripten"
"""Whether Python runs in a browser (the site that ``workshop site`` makes)."""

_PACKAGE = Path(__file__).parent

TEMPLATES = _PACKAGE / "templates"
TEMPLATE = "fail-forward"
"""Our own templates for Voila and for exported pages, and their name, in folders as Jupyter looks for them."""


def shipped(name: str) -> Path:
    """A folder that comes with the package: ``content``, ``notebooks`` or ``facilitator_notes``.

    In an installed wheel they lie inside the package, in a clone beside it.
    """
    inside = _PACKAGE / "_course" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def content_root() -> Path:
    """The content folder of the course in use."""
    return Path(os.environ[CONTENT]) if os.environ.get(CONTENT) else shipped("content")


def scenario_root(folder: Path | None = None) -> Path | None:
    """The folder of the pack that takes the place of the course's own case, or None.

    The environment names it, or else the workspace ``folder`` (default: the current one) that was started with it.
    WorkspaceError if it isn't there any more.
    """
    kept = (folder or workspace()) / KEPT_SCENARIO
    name = os.environ.get(SCENARIO) or (kept.read_text(encoding="utf-8").strip() if kept.is_file() else "")
    if name and not (Path(name) / "facts.yaml").is_file():
        raise WorkspaceError(f"{name} is no scenario pack: it has no facts.yaml. Name another one with --scenario.")
    return Path(name) if name else None


def built(name: str, folder: Path | None = None) -> Path:
    """The folder of what was built of the course in use, ``notebooks`` or ``facilitator_notes``.

    What is built for a pack of one's own lies in the pack. ``folder`` is the workspace, as in ``scenario_root``.
    """
    own = scenario_root(folder)
    return own / name if own else shipped(name)


def workspace() -> Path:
    """The participant's folder: the one that ``workshop start`` made around the notebook, or else the current one.

    Found by its marker, not by the notebook's name, so that a renamed or moved notebook keeps its answers.
    WorkspaceError where a browser keeps no files: answers would seem to be saved there, and be gone after a reload.
    """
    if os.environ.get(WORKSPACE):
        named = Path(os.environ[WORKSPACE])
        if IN_BROWSER and not named.is_dir():
            raise WorkspaceError(
                "This browser keeps no files for this page, so your answers would be lost. Open the page in a window "
                "that isn't private, at an address that begins with https:// or with http://127.0.0.1."
            )
        return named
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / MARKER).is_dir()), here)


@contextmanager
def environment(names: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while: kernels that start meanwhile inherit them."""
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

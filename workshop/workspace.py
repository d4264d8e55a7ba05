"""Where things are: the course's files, and a participant's folder."""

import os
from pathlib import Path

MARKER = ".workshop"
"""The hidden folder that makes a folder a workspace."""

CONTENT, WORKSPACE = "WORKSHOP_CONTENT", "WORKSHOP_WORKSPACE"
"""Environment variables that name the two, for kernels that a command of ours started."""

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """A folder that comes with the package: ``content``, ``notebooks`` or ``facilitator_notes``.

    In an installed wheel they lie inside the package, in a clone beside it.
    """
    inside = _PACKAGE / "_course" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def content_root() -> Path:
    """The content folder of the course in use."""
    return Path(os.environ[CONTENT]) if os.environ.get(CONTENT) else shipped("content")


def workspace() -> Path:
    """The participant's folder: the one that ``workshop start`` made around the notebook, or else the current one.

    Found by its marker, not by the notebook's name, so that a renamed or moved notebook keeps its answers.
    """
    if os.environ.get(WORKSPACE):
        return Path(os.environ[WORKSPACE])
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / MARKER).is_dir()), here)

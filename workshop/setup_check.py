"""The set-up check of the first notebook: what must work before a room fills up."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from workshop.course import FigureWords
from workshop.errors import JournalError
from workshop.files import write_file
from workshop.journal import Journal
from workshop.views.table import Column, Table
from workshop.workspace import IN_BROWSER

OLDEST_PYTHON = (3, 11)
NOT_IN_BROWSERS = ("frames", "card")
"""What is nobody's mistake where Python runs in a browser."""


def check_setup(journal: Journal, words: FigureWords) -> Table:
    """One row for each thing that must work: what it is, whether it does, and what to do if it doesn't."""
    checks: dict[str, Callable[[], bool]] = {
        "python": lambda: sys.version_info >= OLDEST_PYTHON,
        "saving": lambda: _can_save(journal.path.parent.parent),
        "reading": lambda: _can_read(journal),
        "forms": lambda: find_spec("anywidget") is not None,
        "frames": lambda: find_spec("pandas") is not None,
        "card": lambda: find_spec("docx") is not None,
    }
    labels = words.labels
    rows: list[tuple[str, ...]] = []
    for name, check in checks.items():
        fine = check()
        trouble = labels["elsewhere" if IN_BROWSER and name in NOT_IN_BROWSERS else "trouble"]
        rows.append((labels[name], labels["fine"] if fine else trouble, "" if fine else labels[f"{name}_fix"]))
    columns = [Column(labels[f"column_{name}"]) for name in ("what", "state", "fix")]
    if all(not row[2] for row in rows):
        columns, rows = columns[:2], [row[:2] for row in rows]
    return Table(words.title, columns, rows, words.caption)


def _can_save(folder: Path) -> bool:
    """Whether a file can be written in the workspace; it is gone again afterwards."""
    probe = folder / ".saving-check"
    try:
        write_file(probe, "can be written")
        probe.unlink()
    except OSError:
        return False
    return True


def _can_read(journal: Journal) -> bool:
    try:
        journal.refresh()
    except JournalError:
        return False
    return not journal.unreadable

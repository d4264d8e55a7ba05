"""The story card from the command line."""

from collections.abc import Iterator
from pathlib import Path

from workshop.attempt import Attempt
from workshop.content import load_course
from workshop.course import Course
from workshop.errors import UnknownName, WorkspaceError
from workshop.exercises import CARD
from workshop.journal import Journal
from workshop.workspace import MARKER, content_root, scenario_root


def open_answers(
    folder: Path | None, participant: str, default: Path = Path("my-course")
) -> tuple[Path, Course, Journal]:
    """A participant's folder (default: the current one if it is one, or else ``default``), its course, the journal.

    WorkspaceError if there is no such folder, UnknownName if the participant has no journal in it.
    """
    workspace = folder or (Path() if (Path() / MARKER).is_dir() else default)
    if not workspace.is_dir():
        raise WorkspaceError(f"There is no folder {workspace}. Name the one that 'workshop start' made.")
    course = load_course(content_root(), scenario_root(workspace))
    journal = Journal.of(workspace, participant, course.version)
    if not journal.path.exists():
        known = [path.stem for path in sorted(journal.path.parent.glob("*.jsonl"))]
        raise UnknownName("participant", participant, known, journal.path.parent)
    return workspace, course, journal


def export_story(folder: Path | None, participant: str, formats: tuple[str, ...], out: Path | None) -> Iterator[str]:
    """Write the card and yield what there is to say: each file, then what the story still lacks."""
    _, course, journal = open_answers(folder, participant)
    story = Attempt.of(course, CARD, journal)
    written = story.export(*formats, folder=out)
    yield from (str(path) for path in written)
    yield story.export_report(written)
    if notice := story.state["notice"]:
        yield notice

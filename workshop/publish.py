"""The whole build: every notebook with its outputs, every page of notes; written, or held against what is there."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat

from workshop.build.agendas import build_agenda, build_guide
from workshop.build.compare import Difference, compare_files
from workshop.build.notebook import Notebook, build_notebook, notebook_text
from workshop.build.notes import build_evidence, build_notes
from workshop.content import load_course
from workshop.course import Course, Module
from workshop.errors import RunError
from workshop.files import write_file
from workshop.run import execute
from workshop.workspace import scenario_root

NOTEBOOKS, NOTES = "notebooks", "facilitator_notes"
BUILT = ((NOTEBOOKS, "*.ipynb"), (NOTES, "*.md"))


def build_files(content: Path, progress: Callable[[str], None]) -> dict[str, str]:
    """Every built file of the course in ``content``, as path to text. ContentError if the source has problems.

    Outputs are those of an empty journal, computed by executing each notebook in an empty folder.
    """
    course = load_course(content, scenario_root())
    files = {}
    for number, module in enumerate(course.modules, 1):
        progress(f"[{number}/{len(course.modules)}] {module.stem}")
        files[f"{NOTEBOOKS}/{module.stem}.ipynb"] = notebook_text(_with_outputs(course, module, content))
        files[f"{NOTES}/{module.stem}.md"] = build_notes(course, module)
    files[f"{NOTES}/evidence.md"] = build_evidence(course)
    files[f"{NOTES}/session-guide.md"] = build_guide(course)
    files |= {f"{NOTES}/agenda-{name}.md": build_agenda(course, agenda) for name, agenda in course.agendas.items()}
    return files


def _with_outputs(course: Course, module: Module, content: Path) -> Notebook:
    """The module's notebook, executed; RunError at the source line of a cell that fails."""
    notebook = build_notebook(course, module, lambda source: (content / "modules" / source).read_bytes())
    with tempfile.TemporaryDirectory() as workspace:
        executed, failure = execute(nbformat.from_dict(notebook), Path(workspace), content, {})
    if failure:
        raise RunError(failure)
    ran = {cell.id: cell for cell in executed.cells}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = ran[cell["id"]].outputs, ran[cell["id"]].execution_count
    return notebook


def find_files(root: Path) -> dict[str, str]:
    """The built files that lie in ``root`` now."""
    paths = [path for folder, pattern in BUILT for path in sorted((root / folder).glob(pattern))]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def write_files(files: Mapping[str, str], root: Path) -> list[str]:
    """Write what has changed, delete what no module builds any more, and return the paths of both."""
    found = find_files(root)
    changed = [path for path in sorted(files.keys() | found.keys()) if files.get(path) != found.get(path)]
    for path in changed:
        if path in files:
            write_file(root / path, files[path])
        else:
            (root / path).unlink()
    return changed


def check_files(files: Mapping[str, str], root: Path) -> list[Difference]:
    """What differs between ``files`` and those in ``root``."""
    return compare_files(files, find_files(root))

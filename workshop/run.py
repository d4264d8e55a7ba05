"""Notebooks executed without a person: by papermill, with a persona's answers, in a folder of their own."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from workshop.attempt import Attempt
from workshop.build.notebook import build_notebook, notebook_text
from workshop.content import load_course
from workshop.course import Course, Persona
from workshop.errors import RunError, UnknownName, WorkspaceError
from workshop.files import write_file
from workshop.journal import Journal
from workshop.workspace import CONTENT, MARKER, SCENARIO, WORKSPACE, built, content_root, environment, scenario_root

WIDGET = "application/vnd.jupyter.widget-view+json"
Progress = Callable[[str], None]


def find_notebooks(names: tuple[str, ...]) -> list[Path]:
    """The notebooks of these names: files, or the stems or slugs of modules. All of the course's if none is named.

    UnknownName for a name that is neither, WorkspaceError for a file that is no notebook.
    """
    source = built("notebooks")
    shelf = {path.stem: path for path in sorted(source.glob("*.ipynb"))}
    if not shelf:
        raise WorkspaceError(f"There are no notebooks in {source}. Make them with 'workshop build'.")
    if not names:
        return list(shelf.values())
    by_name = {**{stem.partition("-")[2]: path for stem, path in shelf.items()}, **shelf}
    found = []
    for name in names:
        path = Path(name) if Path(name).is_file() else by_name.get(name.removesuffix(".ipynb"))
        if path is None:
            raise UnknownName("notebook", name, by_name)
        try:
            nbformat.read(path, as_version=4)
        except (ValueError, nbformat.ValidationError) as error:
            raise WorkspaceError(f"{path} is no notebook. Name an .ipynb file, or a module.") from error
        found.append(path)
    return found


def find_persona(course: Course, name: str) -> Persona:
    """The scenario's persona of this name."""
    personas = course.scenario.personas
    if name not in personas:
        raise UnknownName("persona", name, personas)
    return personas[name]


def check_parameters(notebooks: list[Path], parameters: Mapping[str, str]) -> None:
    """Refuse a parameter that a notebook doesn't have; papermill itself only warns."""
    for path in notebooks if parameters else ():
        known = _parameters(path)
        for name in parameters:
            if name not in known:
                raise UnknownName("parameter", name, known, path.name)


def _parameters(path: Path) -> list[str]:
    import papermill

    return list(papermill.inspect_notebook(str(path)))


def check_out(out: Path) -> None:
    """Refuse to write executed notebooks over a participant's own, or where nothing can be written."""
    if (out / MARKER).is_dir() or (out / "answers").is_dir():
        raise WorkspaceError(
            f"{out} is a participant's folder. Name another one with --out, so that nothing is overwritten."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{out} can't be made: {error.strerror}. Name another folder with --out.") from error


def run_notebooks(
    notebooks: list[Path],
    out: Path,
    persona: str,
    parameters: Mapping[str, str],
    progress: Progress,
    *,
    bar: bool = False,
    content: Path | None = None,
) -> list[Path]:
    """Execute ``notebooks`` with the persona's answers and write them to ``out``.

    The course is that of ``content``, or else the one in use.

    Everything is checked before anything runs. The answers go to a journal in a temporary folder, so no real
    participant's is ever touched. RunError names the place in the Markdown source of a cell that fails; the notebook
    as far as it got is written all the same.
    """
    root = content or content_root()
    course = load_course(root, scenario_root())
    chosen = find_persona(course, persona) if persona else None
    check_parameters(notebooks, parameters)
    given = {"participant": persona or "me", **parameters}
    written = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        journal = Journal.of(folder, given["participant"], course.version)
        check_out(out)
        if chosen:
            seed(course, chosen, journal)
        for number, path in enumerate(notebooks, 1):
            progress(f"[{number}/{len(notebooks)}] {path.stem}")
            target = out / path.name
            executed, failure = execute(nbformat.read(path, as_version=4), folder, root, given, bar=bar)
            write_file(target, nbformat.writes(executed) + "\n")
            if failure:
                raise RunError(f"{failure}\nThe notebook as far as it got: {target}")
            written.append(target)
    return written


def run_worked(
    content: Path, names: Sequence[str], persona: str, out: Path, progress: Progress, *, bar: bool = False
) -> list[Path]:
    """Build the worked notebooks of these modules (all, if none is named), execute them as the persona, write them.

    They have the participants' cells, and each exercise's worked answer in a cell of its own. UnknownName for a module
    or persona that doesn't exist.
    """
    course = load_course(content, scenario_root())
    modules = {key: module for module in course.modules for key in (module.slug, module.stem)}
    for name in names:
        if name not in modules:
            raise UnknownName("module", name, modules)
    find_persona(course, persona)

    def image(source: str) -> bytes:
        return (content / "modules" / source).read_bytes()

    with tempfile.TemporaryDirectory() as temporary:
        paths = []
        for module in [modules[name] for name in names] or course.modules:
            notebook = build_notebook(course, module, image, worked=True)
            paths.append(Path(temporary) / f"{module.stem}.ipynb")
            write_file(paths[-1], notebook_text(notebook))
        return run_notebooks(paths, out, persona, {}, progress, bar=bar, content=content)


def seed(course: Course, persona: Persona, journal: Journal) -> None:
    """Answer every exercise as the persona would, by the same way as plain Python."""
    for name, answers in persona.answers.items():
        Attempt.of(course, name, journal).answer(**answers)


def execute(
    notebook: NotebookNode, workspace: Path, content: Path, parameters: Mapping[str, str], *, bar: bool = False
) -> tuple[NotebookNode, str]:
    """The notebook executed, without live widgets (their printed copies stay), and what failed, or ""."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    failure = ""
    where = {WORKSPACE: str(workspace), CONTENT: str(content.resolve())}
    if own := scenario_root():
        where[SCENARIO] = str(own.resolve())
    with tempfile.TemporaryDirectory() as temporary, environment(where):
        source, target = Path(temporary) / "in.ipynb", Path(temporary) / "out.ipynb"
        nbformat.write(notebook, source)
        try:
            papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters),
                kernel_name="python3",
                cwd=str(workspace),
                progress_bar=bar,
                autosave_cell_every=0,
                store_widget_state=False,
                extra_arguments=["--IPKernelApp.log_level=50"],  # a cell that fails is reported by us
            )
        except PapermillExecutionError as error:
            failure = f"{error.ename}: {error.evalue}"
        executed = nbformat.read(target, as_version=4)
    if failure:
        failure = f"{_place(executed)}: {failure}"
    for cell in executed.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if WIDGET not in output.get("data", {})]
    return executed, failure


def _place(executed: NotebookNode) -> str:
    """Where the failing cell stands in the Markdown source."""
    for cell in executed.cells:
        failed = any(output.get("output_type") == "error" for output in cell.get("outputs", ()))
        if failed and "workshop" in cell.metadata:
            return str(cell.metadata.workshop.source)
    return "the parameters"

"""A participant's notebooks as pages: one HTML file each, with the answers in it, to be read anywhere."""

import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from workshop.errors import ExportError, WorkspaceError
from workshop.export import open_answers
from workshop.files import write_file
from workshop.progress import progress
from workshop.run import execute
from workshop.workspace import SCENARIO, TEMPLATE, TEMPLATES, built, content_root, environment, scenario_root

SHOWS_A_PIECE = re.compile(r"lab\.\w+\(.*\)|participant = .*|from workshop import Lab\s+lab = .*(\s+lab)?")
"""Code that only fetches what stands below it, or is the same in each notebook. Readers need no such code."""
PARAMETERS = "injected-parameters"
"""The tag of the cell that papermill puts in."""
LINK = re.compile(r'(<a [^>]*?)href="(?P<stem>[\w.-]+)\.ipynb(?P<anchor>#[^"]*)?"')


def write_pages(
    folder: Path | None, participant: str, out: Path | None, told: Callable[[str], None], *, everything: bool, bar: bool
) -> Iterator[Path]:
    """Run the participant's notebooks on a copy of the answers, write each as a page, and yield the pages.

    Those of the modules that have an answer are written, or ``everything``. The notebooks and the journal stay as they
    are. ``told`` is given what there is to say meanwhile. WorkspaceError or UnknownName for a folder or participant
    that isn't there, WorkspaceError if nothing is answered yet, ExportError if a page can't be written.
    """
    workspace, course, journal = open_answers(folder, participant)
    modules = [each.module for each in progress(course, journal) if everything or each.begun]
    if not modules:
        raise WorkspaceError(f"{participant} has not answered anything yet. For the pages all the same, add --all.")
    target = out or workspace / "exports" / f"pages-{participant}"
    own = scenario_root(workspace)
    with tempfile.TemporaryDirectory() as temporary, environment({SCENARIO: str(own.resolve())} if own else {}):
        copy = Path(temporary)
        shutil.copytree(journal.path.parent, copy / "answers")
        for number, module in enumerate(modules, 1):
            told(f"[{number}/{len(modules)}] {module.title}")
            path = workspace / f"{module.stem}.ipynb"
            source = path if path.is_file() else built("notebooks", workspace) / path.name
            notebook = nbformat.read(source, as_version=4)
            executed, failure = execute(notebook, copy, content_root(), {"participant": participant}, bar=bar)
            if failure:
                told(f"A cell failed, and the page ends there: {failure}")
            page = to_page(executed, module.title, {each.stem for each in modules})
            try:
                write_file(target / f"{module.stem}.html", page)
            except OSError as error:
                message = f"{target} can't be written to: {error.strerror}. Name another folder with --out."
                raise ExportError(message) from error
            yield target / f"{module.stem}.html"


def to_page(notebook: NotebookNode, title: str, pages: Collection[str] = ()) -> str:
    """An executed notebook as one HTML file that needs no script and no other file.

    A link to a notebook in ``pages`` (stems) leads to its page; to any other, it is plain text.
    """
    from nbconvert import HTMLExporter

    notebook.metadata.title = title
    notebook.cells = [cell for cell in notebook.cells if PARAMETERS not in cell.metadata.get("tags", ())]
    for cell in notebook.cells:
        if cell.cell_type == "code" and SHOWS_A_PIECE.fullmatch(cell.source.strip()):
            cell.metadata["transient"] = {"remove_source": True}
    exporter = HTMLExporter(
        template_name=TEMPLATE,
        extra_template_basedirs=[str(TEMPLATES / "nbconvert" / "templates")],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    html, _ = exporter.from_notebook_node(notebook)

    def lead(match: re.Match[str]) -> str:
        known = match["stem"] in pages
        return f'{match[1]}href="{match["stem"]}.html{match["anchor"] or ""}"' if known else match[1]

    return LINK.sub(lead, str(html))

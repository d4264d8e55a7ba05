"""A module as a notebook for participants.

The notebook *selects* what participants see (prose, exercises, hints, notes, code). Facilitator parts are never looked
at here, and solutions only for a worked notebook, so nothing has to be stripped and nothing can leak.
"""

import base64
import hashlib
import json
import mimetypes
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop.build.way import course_map, end, head
from workshop.course import ANSWERED, Block, Course, Evidence, Module, Place
from workshop.facts import fill_in
from workshop.sections import pieces, unwrapped

Notebook = dict[str, Any]
"""A notebook in format 4.5, as JSON has it. Plain data, because importing nbformat costs two seconds."""

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
DOLLAR = re.compile(r"(`+).*?\1|(?P<dollar>(?<!\\)\$)", re.DOTALL)
"""A dollar sign outside code. JupyterLab would read what stands between two of them as a formula."""
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<source>[^)\s]+)\)")
MODULE_LINK = re.compile(r"\]\((?P<stem>\d\d-[\w-]+)\.md(?P<anchor>#[^)]*)?\)")


@dataclass
class _Cells:
    """The cells so far, and how often each identity has occurred."""

    seen: Counter[str] = field(default_factory=Counter)
    cells: list[dict[str, Any]] = field(default_factory=list)

    def add(self, cell: dict[str, Any], identity: str, place: Place) -> None:
        self.seen[identity] += 1
        cell["id"] = identity if self.seen[identity] == 1 else f"{identity}-{self.seen[identity]}"
        cell["metadata"]["workshop"] = {"source": str(place)}
        self.cells.append(cell)


def build_notebook(
    course: Course, module: Module, image: Callable[[str], bytes] | None = None, *, worked: bool = False
) -> Notebook:
    """The module's notebook, without outputs; ``image`` gives the bytes of an image that the prose shows.

    A ``worked`` one is for facilitators: it selects the exercises' solutions, too, as cells of their own.

    Cell ids come from what stands in the source (before facts are filled in), so they survive edits elsewhere and new
    numbers.
    """
    cells = _Cells()
    first, *rest = list(pieces(module))
    title, _, text = first.text.partition("\n")
    _add_prose(cells, "\n\n".join((_built_from(module), title, head(course, module), text.strip())), first, image)
    while rest and rest[0].kind == "evidence":  # a source stands below its claim, and not below the set-up
        _add_block(cells, rest.pop(0), course, image)
    parameters = _code_cell('participant = "me"', tags=["parameters"])
    cells.add(parameters, "parameters", module.place)
    # Its value brings the page's style. Code stays in sight: it is short, and people who read code want to read it.
    set_up = f'from workshop import Lab\nlab = Lab("{module.slug}", participant)\nlab'
    cells.add(_code_cell(set_up), "lab", module.place)
    if worked:
        cells.add(_markdown_cell(f"> **{course.interface['worked']}**"), "worked", module.place)
    for block in rest:
        _add_block(cells, block, course, image)
        for child in block.children if worked and block.kind == "exercise" else ():
            if child.kind == "solution":
                _add_prose(cells, f"**{course.interface['solution']}**\n\n{child.prose}", child, image)
    if module.exercises:
        cells.add(_code_cell("lab.progress()"), "progress", module.place)
    if module.slug == course.modules[0].slug:
        cells.add(_markdown_cell(course_map(course)), "map", module.place)
    if onward := end(course, module):
        cells.add(_markdown_cell(onward), "next", module.place)
    metadata = {
        "kernelspec": KERNEL,
        "language_info": LANGUAGE,
        "workshop": {"built_from": module.place.path, "edit": "edit the source and run `workshop build`"},
    }
    return {"cells": cells.cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebook_text(notebook: Notebook) -> str:
    """The notebook as the text of an ``.ipynb`` file: texts by lines, sorted keys, one trailing newline."""
    return json.dumps(_by_lines(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _by_lines(value: Any, key: str = "") -> Any:
    """Sources and texts of outputs as lists of lines, as Jupyter itself writes them."""
    if key == "metadata":
        return value
    if isinstance(value, dict):
        return {name: _by_lines(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_by_lines(item) for item in value]
    if isinstance(value, str) and (key in ("source", "text") or key.startswith("text/")):
        return value.splitlines(keepends=True)
    return value


def _markdown_cell(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code_cell(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}


def _built_from(module: Module) -> str:
    return f"<!-- Built from {module.place.path} by `workshop build`. Edit that file, not this notebook. -->"


def _add_block(cells: _Cells, block: Block, course: Course, image: Callable[[str], bytes] | None) -> None:
    if block.kind == "prose":
        _add_prose(cells, block.text, block, image)
    elif block.kind == "code":
        cells.add(_code_cell(block.text), f"code-{_digest(block.raw)}", block.place)
    elif block.kind == "note":
        quoted = "\n".join(f"> {line}".rstrip() for line in block.prose.split("\n"))
        _add_prose(cells, quoted, block, image)
    elif block.kind == "evidence":
        _add_evidence(cells, block, course)
    elif block.kind in ANSWERED:
        inside = list(unwrapped(block.children))
        shown = [_shown(child, course, inside) for child in inside if child.kind in ("prose", "hint", "evidence")]
        if shown:
            _add_prose(cells, "\n\n".join(shown), block, image)
        quiz = block.kind == "quiz"
        code = "lab.quiz()" if quiz else f'lab.exercise("{block.name}")'
        cells.add(_code_cell(code), "quiz" if quiz else f"exercise-{block.name}", block.place)


def _shown(block: Block, course: Course, beside: Sequence[Block] = ()) -> str:
    if block.kind == "prose":
        return block.text
    if block.kind == "evidence":
        return evidence_line(course, course.evidence[block.name])
    return f"<details>\n<summary>{hint_line(course, block, beside)}</summary>\n\n{block.prose}\n\n</details>"


def hint_line(course: Course, hint: Block, beside: Iterable[Block]) -> str:
    """What stands on a folded hint. Where its exercise has several, it says which one it is."""
    hints = [block for block in beside if block.kind == "hint"]
    if len(hints) < 2:
        return course.interface["hint"]
    return fill_in(course.interface["hint_of"], n=str(hints.index(hint) + 1), count=str(len(hints)))


def _add_evidence(cells: _Cells, block: Block, course: Course) -> None:
    """The line goes into the cell that makes the claim; only where none stands above it, it is a cell of its own."""
    line, above = _shown(block, course), cells.cells[-1]
    if above["cell_type"] == "markdown":
        above["source"] += f"\n\n{line}"
    else:
        cells.add(_markdown_cell(line), f"evidence-{block.name}", block.place)


def evidence_line(course: Course, evidence: Evidence) -> str:
    """One line under a claim: how well it is supported, and by whom."""
    label = course.interface[f"evidence_{evidence.label}"]
    return fill_in(course.interface["evidence_line"], label=label, source=evidence.source)


def _add_prose(cells: _Cells, text: str, block: Block, image: Callable[[str], bytes] | None) -> None:
    attachments: dict[str, Any] = {}

    def attach(match: re.Match[str]) -> str:
        source = match["source"]
        kind = mimetypes.guess_type(source)[0] or "image/png"
        assert image, "a course with images is built with their bytes"
        attachments[source] = {kind: base64.b64encode(image(source)).decode()}
        return f"![{match['alt']}](attachment:{source})"

    text = MODULE_LINK.sub(lambda match: f"]({match['stem']}.ipynb{match['anchor'] or ''})", IMAGE.sub(attach, text))
    cell = _markdown_cell(plain_dollars(text))
    if attachments:
        cell["attachments"] = attachments
    raw = block.raw or "".join(piece.raw for piece in block.walk() if piece.kind == "prose")
    cells.add(cell, f"prose-{_digest(raw)}", block.place)


def plain_dollars(text: str) -> str:
    """``text`` with each dollar sign outside code kept from being read as the start of a formula.

    The backslash keeps it from JupyterLab's Markdown, the element around it from MathJax, which sees the result.
    """
    return DOLLAR.sub(lambda match: "<span>\\$</span>" if match["dollar"] else match[0], text)


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()[:12]

"""Course -> notebook: deterministic, valid, and without anything that is meant for the facilitator."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
import pytest

from workshop.build.notebook import build_notebook, notebook_text, plain_dollars
from workshop.build.notes import build_notes
from workshop.content import load_course
from workshop.course import Block, Course, Module
from workshop.views.figures import build_table

ROOT = Path(__file__).parent.parent.parent
MODULES = [file.stem[3:] for file in sorted((ROOT / "content" / "modules").glob("*.md"))]


def module_of(course: Course, slug: str) -> Module:
    return next(module for module in course.modules if module.slug == slug)


def secret_blocks(course: Course) -> list[Block]:
    return [b for m in course.modules for b in m.walk() if b.kind in ("facilitator", "solution")]


def shown_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The prose that participants may read; a sentence that also stands there is no secret."""
    for block in blocks:
        if block.kind == "prose":
            yield block
        elif block.kind in ("exercise", "quiz", "hint", "note"):
            yield from shown_blocks(block.children)


def sentences(text: str) -> set[str]:
    """The sentences of a text as bare words, long enough to be nobody else's by chance."""
    plain = (re.sub(r"[\W_]+", " ", sentence).strip().lower() for sentence in re.split(r"(?<=[.?!:])\s", text))
    return {sentence for sentence in plain if len(sentence.split()) >= 7}


@pytest.mark.parametrize("slug", MODULES)
def test_a_notebook_is_valid_and_the_same_every_time(course: Course, slug: str) -> None:
    notebook = build_notebook(course, module_of(course, slug))
    nbformat.validate(nbformat.from_dict(notebook))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    again = build_notebook(load_course(ROOT / "content"), module_of(course, slug))
    assert notebook_text(notebook) == notebook_text(again)


@pytest.mark.parametrize("slug", MODULES)
def test_each_cell_names_its_line_in_the_source(course: Course, slug: str) -> None:
    for cell in build_notebook(course, module_of(course, slug))["cells"]:
        path, line = cell["metadata"]["workshop"]["source"].split(":")
        lines = (ROOT / path).read_text().splitlines()
        assert 1 <= int(line) <= len(lines)
        if cell["id"].startswith("exercise-"):
            assert lines[int(line) - 1].startswith(f"::: exercise {cell['id'].removeprefix('exercise-')}")
        if cell["id"].startswith("code-"):
            assert lines[int(line)] == cell["source"].splitlines()[0]


@pytest.mark.parametrize("slug", MODULES)
def test_code_cells_have_at_most_three_lines(course: Course, slug: str) -> None:
    for cell in build_notebook(course, module_of(course, slug))["cells"]:
        if cell["cell_type"] == "code":
            assert len(cell["source"].splitlines()) <= 3


def test_cell_ids_survive_an_edit_above_and_a_new_number(content: Path) -> None:
    before = [cell["id"] for cell in build_notebook(*with_module(content))["cells"]]
    file = content / "modules/02-the-case.md"
    file.write_text(file.read_text().replace("# {{ case.title }}\n", "# {{ case.title }}\n\nA new line.\n", 1))
    facts = content / "scenarios/payment-migration/facts.yaml"
    facts.write_text(facts.read_text().replace("value: 12, unit: engineers", "value: 13, unit: engineers"))
    after = [cell["id"] for cell in build_notebook(*with_module(content))["cells"]]
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1, "only the edited cell has a new identity"


def with_module(content: Path) -> tuple[Course, Module]:
    course = load_course(content)
    return course, module_of(course, "the-case")


def test_no_facilitator_or_solution_text_is_in_a_participant_notebook(course: Course) -> None:
    """In cells, metadata and outputs of the committed notebooks, sentence by sentence."""
    shown = {s for m in course.modules for b in shown_blocks(m.blocks) for s in sentences(b.text)}
    secrets = {s for block in secret_blocks(course) for s in sentences(block.prose)} - shown
    # Worked answers quote the case's timeline, which participants are shown after the reveal.
    timeline = build_table("timeline", course.scenario, course.figures, known="all")._repr_html_()
    told = re.sub(r"[\W_]+", " ", re.sub(r"<[^>]+>", " ", timeline)).lower()
    secrets = {secret for secret in secrets if secret not in told}
    assert len(secrets) > 300
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        everything = json.dumps(json.loads(path.read_text()), ensure_ascii=False).replace("\\n", " ")
        plain = re.sub(r"[\W_]+", " ", re.sub(r"<[^>]+>", " ", everything)).lower()
        leaked = {secret for secret in secrets if secret in plain}
        assert not leaked, (path.name, leaked)


def test_the_leak_test_would_see_a_leak(course: Course) -> None:
    """The same search finds the secrets where they belong: in the notes."""
    for module in course.modules:
        notes = re.sub(r"[\W_]+", " ", build_notes(course, module).replace("\n> ", "\n")).lower()
        secrets = {s for b in module.walk() if b.kind in ("facilitator", "solution") for s in sentences(b.prose)}
        assert secrets
        assert {s for s in secrets if s in notes} == secrets


def test_hints_are_folded_and_links_lead_to_notebooks(content: Path) -> None:
    file = content / "modules/00-start-here.md"
    file.write_text(file.read_text() + "\nGo to [the case](02-the-case.md#Meet-the-case).\n")
    course = load_course(content)
    story = build_notebook(course, module_of(course, "the-case"))
    assert any(f"<summary>{course.interface['hint']}</summary>" in cell["source"] for cell in story["cells"])
    risks = "\n".join(cell["source"] for cell in build_notebook(course, module_of(course, "pre-mortem"))["cells"])
    assert re.findall(r"<summary>Hint (\d of \d)", risks) == ["1 of 3", "2 of 3", "3 of 3"]
    start = build_notebook(course, module_of(course, "start-here"))
    assert any("[the case](02-the-case.ipynb#Meet-the-case)" in cell["source"] for cell in start["cells"])


def test_the_committed_notebooks_name_their_source_in_one_piece() -> None:
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text())["cells"]:
            assert cell["metadata"]["workshop"]["source"].startswith(f"content/modules/{path.stem}.md:")
            assert isinstance(cell["source"], list)


def test_an_image_travels_inside_the_notebook(content: Path) -> None:
    (content / "modules/dot.png").write_bytes(b"\x89PNG dot")
    file = content / "modules/00-start-here.md"
    file.write_text(file.read_text() + "\n![A dot](dot.png)\n")
    course = load_course(content)
    notebook = build_notebook(
        course, module_of(course, "start-here"), lambda name: (content / "modules" / name).read_bytes()
    )
    nbformat.validate(nbformat.from_dict(notebook))
    (cell,) = [cell for cell in notebook["cells"] if "attachments" in cell]
    assert "![A dot](attachment:dot.png)" in cell["source"]
    assert cell["attachments"]["dot.png"]["image/png"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("from $1M to $2M", r"from <span>\$</span>1M to <span>\$</span>2M"),
        ("in `$HOME` and $1M", r"in `$HOME` and <span>\$</span>1M"),
        ("```\n$ ls\n```\n$1M", "```\n$ ls\n```\n" + r"<span>\$</span>1M"),
    ],
)
def test_dollar_signs_are_no_formula(text: str, plain: str) -> None:
    assert plain_dollars(text) == plain

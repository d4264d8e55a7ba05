"""Worked notebooks: the participants' cells with an excellent participant's answers, and the worked answers."""

import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from tests.building.test_notebook import module_of, sentences
from workshop.build.notebook import build_notebook
from workshop.cli import main
from workshop.course import Course


def text_of(notebook: dict[str, object]) -> str:
    return "\n\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")  # type: ignore[attr-defined]


def test_a_worked_notebook_has_the_participants_cells_and_the_solutions_besides(course: Course) -> None:
    for module in course.modules:
        plain, worked = (build_notebook(course, module, worked=each) for each in (False, True))
        nbformat.validate(nbformat.from_dict(worked))
        ids = [cell["id"] for cell in worked["cells"]]
        assert [cell["id"] for cell in plain["cells"]] == [i for i in ids if i in {c["id"] for c in plain["cells"]}]
        assert course.interface["worked"] in text_of(worked)
        solutions = [block for block in module.walk() if block.kind == "solution"]
        assert len(worked["cells"]) == len(plain["cells"]) + len(solutions) + 1
        said = text_of(worked)
        for solution in solutions:
            assert all(line.replace("$", "<span>\\$</span>") in said for line in solution.prose.split("\n"))
        secret = {s for block in solutions for s in sentences(block.prose)}
        shown = {s for block in module.walk() if block.kind == "prose" for s in sentences(block.text)}
        assert not secret & sentences(text_of(plain)) - shown


def test_facilitator_parts_stay_out_of_worked_notebooks(course: Course) -> None:
    module = module_of(course, "your-story")
    said = text_of(build_notebook(course, module, worked=True))
    parts = [block for block in module.walk() if block.kind == "facilitator"]
    assert parts
    assert not any(block.prose in said for block in parts)


@pytest.mark.notebooks
def test_worked_notebooks_are_executed_with_the_strong_persona(course: Course, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["worked", "the-case", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    notebook = json.loads((tmp_path / "02-the-case.ipynb").read_text())
    outputs = json.dumps([cell.get("outputs") for cell in notebook["cells"]], ensure_ascii=False)
    answer = course.scenario.personas["strong"].answers["estimate"]["reason"]
    assert answer.split("\n")[0] in outputs
    assert course.interface["solution"] in json.dumps(notebook["cells"], ensure_ascii=False)


def test_an_unknown_module_or_persona_is_refused_before_anything_runs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for arguments, near in ((["the-cse"], "'the-case'"), (["--persona", "stong"], "'strong'")):
        result = CliRunner().invoke(main, ["worked", *arguments, "--out", str(out)])
        assert result.exit_code == 1
        assert f"Did you mean {near}?" in result.output
    assert not out.exists()

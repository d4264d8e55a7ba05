"""Headless runs: refused before anything runs, or executed with a persona's answers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from workshop.build.notebook import build_notebook
from workshop.cli import main
from workshop.course import Course
from workshop.errors import UnknownName, WorkspaceError
from workshop.journal import Journal
from workshop.run import check_out, check_parameters, execute, find_notebooks, find_persona, seed
from workshop.workspace import shipped

ROOT = Path(__file__).parent.parent
PERSONAS = ("strong", "weak", "empty")


def test_notebooks_by_file_stem_and_slug() -> None:
    story = shipped("notebooks") / "08-your-story.ipynb"
    assert find_notebooks(("your-story",)) == find_notebooks(("08-your-story.ipynb",)) == [story]
    assert find_notebooks((str(story),)) == [story]
    assert len(find_notebooks(())) == len(list(shipped("notebooks").glob("*.ipynb")))


@pytest.mark.parametrize(
    ("refuse", "near"),
    [
        (lambda course: find_notebooks(("yuor-story",)), "Did you mean 'your-story'"),
        (lambda course: find_persona(course, "stong"), "Did you mean 'strong'"),
        (lambda course: check_parameters(find_notebooks(()), {"participnat": "x"}), "Did you mean 'participant'"),
    ],
)
def test_what_is_misspelt_is_refused_with_the_nearest(
    course: Course, refuse: Callable[[Course], object], near: str
) -> None:
    with pytest.raises(UnknownName, match=near):
        refuse(course)


@pytest.mark.parametrize(
    "arguments",
    [["-p", "participnat", "x"], ["--persona", "stong"], ["yuor-story"]],
)
def test_the_command_refuses_before_anything_is_written(tmp_path: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["run", "--out", str(tmp_path / "out"), *arguments])
    assert result.exit_code == 1
    assert "Did you mean" in result.output
    assert not (tmp_path / "out").exists()


def test_what_is_no_notebook_and_a_folder_that_cannot_be_made_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text("hello")
    (tmp_path / "in-the-way").write_text("")
    said = CliRunner().invoke(main, ["run", str(tmp_path / "x.ipynb")])
    assert (said.exit_code, "is no notebook" in said.output) == (1, True)
    said = CliRunner().invoke(main, ["run", "your-story", "--out", str(tmp_path / "in-the-way" / "x")])
    assert (said.exit_code, "can't be made" in said.output) == (1, True)
    said = CliRunner().invoke(main, ["run", "your-story", "--out", str(tmp_path / "out"), "-p", "participant", "../me"])
    assert (said.exit_code, "can't name a participant" in said.output) == (1, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [".workshop", "answers"])
def test_a_participants_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(WorkspaceError, match="--out"):
        check_out(tmp_path)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_persona_answers_by_the_same_way_as_a_person(course: Course, tmp_path: Path, name: str) -> None:
    journal = Journal.of(tmp_path, name, course.version)
    persona = find_persona(course, name)
    seed(course, persona, journal)
    for exercise, answers in persona.answers.items():
        assert journal.answers(exercise).keys() == answers.keys()


def texts(path: Path) -> str:
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(output["data"].get("text/plain", "") for output in outputs if "data" in output)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The whole course run for each persona, in a folder where a real participant's answers lie."""
    folder = tmp_path_factory.mktemp("runs")
    Journal.of(folder, "strong", "1").write("story", "task", "a real participant's answer")
    for name in PERSONAS:
        command = [
            sys.executable,
            "-c",
            "from workshop.cli import main; main()",
            "run",
            "--persona",
            name,
            "--out",
            name,
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ)
        assert done.returncode == 0, done.stderr
        assert "[1/" in done.stderr, "progress is shown"
    return {"": folder, **{name: folder / name for name in PERSONAS}}


@pytest.mark.notebooks
class TestPersonas:
    def test_every_notebook_is_there_without_live_widgets_and_without_errors(self, runs: Mapping[str, Path]) -> None:
        for name in PERSONAS:
            written = sorted(path.name for path in runs[name].iterdir())
            assert written == sorted(path.name for path in shipped("notebooks").glob("*.ipynb"))
            for path in runs[name].iterdir():
                assert "widget-view" not in path.read_text()
                outputs = [o for cell in nbformat.read(path, as_version=4).cells for o in cell.get("outputs", ())]
                assert not [output for output in outputs if output.output_type == "error"]

    def test_the_strong_story_is_complete(self, runs: Mapping[str, Path], course: Course) -> None:
        shown = texts(runs["strong"] / "08-your-story.ipynb")
        assert course.interface["unanswered"] not in shown
        assert course.interface["card_missing"] not in shown
        assert course.scenario.facts["protocol.name"].value in shown

    def test_the_weak_story_is_asked_what_a_coach_would_ask(self, runs: Mapping[str, Path], course: Course) -> None:
        shown = texts(runs["weak"] / "08-your-story.ipynb")
        assert course.interface["questions"] in shown
        asked = {
            rule.flag for rule in course.wording if rule.question.split("{{")[0].split("?")[0][:40].strip() in shown
        }
        assert len(asked) >= 3, shown

    def test_the_empty_one_shows_empty_forms(self, runs: Mapping[str, Path], course: Course) -> None:
        shown = texts(runs["empty"] / "08-your-story.ipynb")
        assert shown.count(course.interface["unanswered"]) >= len(course.words["story"].fields) - 3
        assert course.interface["questions"] not in shown

    def test_a_real_participants_answers_are_untouched(self, runs: Mapping[str, Path]) -> None:
        answers = Journal.of(runs[""], "strong", "1").answers("story")
        assert answers == {"task": "a real participant's answer"}
        assert [path.name for path in (runs[""] / "answers").iterdir()] == ["strong.jsonl"]


@pytest.mark.notebooks
def test_a_failing_cell_is_reported_at_its_line_in_the_source(content: Path, course: Course, tmp_path: Path) -> None:
    module = next(module for module in course.modules if module.slug == "the-case")
    notebook = nbformat.from_dict(build_notebook(course, module))
    (cell,) = [cell for cell in notebook.cells if cell.source == 'lab.chart("delay")']
    cell.source = 'lab.chart("dealy")'
    executed, failure = execute(notebook, tmp_path, content, {})
    line = (ROOT / "content/modules/02-the-case.md").read_text().splitlines().index('lab.chart("delay")')
    assert failure.startswith(f"content/modules/02-the-case.md:{line}: UnknownName")
    assert "Did you mean 'delay'" in failure
    assert executed.cells, "the notebook as far as it got"


@pytest.mark.notebooks
def test_the_command_reports_a_failing_cell_and_keeps_the_notebook(tmp_path: Path, course: Course) -> None:
    notebook = nbformat.from_dict(build_notebook(course, course.modules[0]))
    next(cell for cell in notebook.cells if cell.id == "lab").source += "\n1 / 0"
    nbformat.write(notebook, tmp_path / "broken.ipynb")
    result = CliRunner().invoke(main, ["run", "--out", str(tmp_path / "out"), str(tmp_path / "broken.ipynb")])
    assert result.exit_code == 1
    assert "content/modules/00-start-here.md:1: ZeroDivisionError" in result.output
    assert json.loads((tmp_path / "out/broken.ipynb").read_text())["cells"]

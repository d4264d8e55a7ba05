"""The command line: help that teaches, errors in one sentence, and a README that is true."""

import json
import os
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop.cli import main
from workshop.course import Course
from workshop.journal import Journal
from workshop.run import find_persona, seed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS = sorted(main.commands)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_example_and_stands_in_the_readme(command: str) -> None:
    code, said = run(command, "--help")
    assert code == 0
    assert "Examples:" in said
    assert f"  workshop {command}" in said
    assert f"`workshop {command}" in README


def test_help_lists_every_command() -> None:
    code, said = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", said, re.MULTILINE)


def test_the_beginning_of_a_name_is_enough_to_be_offered_the_whole() -> None:
    assert "Did you mean '05-dependency-contract'?" in run("handouts", "05-dep")[1]


def test_a_misspelt_command_is_offered_the_nearest() -> None:
    code, said = run("strat")
    assert code == 2
    assert "There is no command 'strat'. Did you mean 'start'?" in said


def test_check_is_clean_and_says_so() -> None:
    assert run("check", "--content", str(ROOT / "content")) == (0, "No problems.\n")


def test_check_as_text_and_as_annotations(content: Path) -> None:
    file = content / "modules/00-start-here.md"
    file.write_text(file.read_text() + "\n{{ project.nmae }}\n")
    line = len(file.read_text().splitlines())
    code, said = run("check", "--content", str(content))
    assert code == 1
    assert f"content/modules/00-start-here.md:{line}: there is no fact 'project.nmae'" in said
    assert "1 problem." in said
    code, said = run("check", "--content", str(content), "--format", "github")
    assert code == 1
    assert f"::error file=content/modules/00-start-here.md,line={line}::there is no fact" in said


def test_commands_on_a_broken_course_list_its_problems(content: Path) -> None:
    (content / "course.yaml").write_text("title: [")
    code, said = run("build", "--content", str(content))
    assert code == 1
    assert "content/course.yaml:1: unreadable YAML" in said


@pytest.mark.slow
def test_the_matrix_finds_by_law_what_the_narrow_suite_does_not() -> None:
    code, said = run("contract", "matrix", "--json")
    rows = json.loads(said[said.index("[") :])
    assert code == 0
    assert len(rows) > 20
    assert not any(row["found"]["narrow"] for row in rows), "the narrow suite is green under every bug"
    assert sum(not row["found"]["laws"] for row in rows) == 1, "one gap is left open on purpose"


@pytest.fixture
def workspace(tmp_path: Path, course: Course) -> Path:
    (tmp_path / ".workshop").mkdir()
    seed(course, find_persona(course, "strong"), Journal.of(tmp_path, "me", course.version))
    return tmp_path


def test_export_writes_the_card_and_says_where(workspace: Path, course: Course) -> None:
    code, said = run("export", str(workspace))
    assert code == 0, said
    for suffix in ("docx", "md", "html"):
        assert str(workspace / "exports" / f"story-me.{suffix}") in said
        assert (workspace / "exports" / f"story-me.{suffix}").stat().st_size > 1000
    assert course.interface["card_complete"] in said


def test_the_strong_card_holds_every_part_in_the_order_of_the_case(workspace: Path, course: Course) -> None:
    run("export", str(workspace), "--format", "md", "--out", str(workspace / "card"))
    headings = re.findall(r"^#+ (.+)$", (workspace / "card/story-me.md").read_text(), re.MULTILINE)
    fields = course.words["story"].fields
    order = ["question", "clarifying", "assumptions", "real_failure", "situation", "task", "oversight", "failure"]
    order += ["mitigation", "course_correction", "result", "learning"]
    places = [headings.index(fields[name].label) for name in order]
    assert places == sorted(places)
    listener = headings.index(course.words["story"].groups["listener"].label)
    assert headings.index(fields["assumptions"].label) < listener < headings.index(fields["real_failure"].label)


def test_an_unfinished_card_says_what_is_missing(tmp_path: Path, course: Course) -> None:
    Journal.of(tmp_path, "me", course.version).write("story", "situation", "12 days.")
    code, said = run("export", str(tmp_path), "--format", "md")
    assert code == 0
    assert course.words["story"].fields["learning"].label in said
    assert course.interface["card_missing"] in (tmp_path / "exports/story-me.md").read_text()


def test_export_reports_a_line_that_could_not_be_read(workspace: Path) -> None:
    with (workspace / "answers/me.jsonl").open("a") as file:
        file.write('{"id": "torn')
    assert "could not be read" in run("export", str(workspace), "--format", "md")[1]


def test_export_refuses_what_it_cannot_do_in_one_sentence(workspace: Path) -> None:
    assert "Did you mean 'docx'" in run("export", str(workspace), "--format", "doc")[1]
    assert "There is no participant" in run("export", str(workspace), "--participant", "mee")[1]
    assert "Did you mean 'me'" in run("export", str(workspace), "--participant", "mee")[1]
    assert "There is no folder" in run("export", str(workspace / "nowhere"))[1]
    (workspace / "in-the-way").write_text("")
    code, said = run("export", str(workspace), "--out", str(workspace / "in-the-way" / "x"))
    assert code == 1
    assert "NOT written" in said


def test_the_readmes_commands_are_what_ci_runs() -> None:
    commands = re.findall(r"^pip install uv && uv run .+$", README, re.MULTILINE)
    assert len(commands) == 2
    script = ROOT / ".ci" / "run"
    assert commands[1] in script.read_text().splitlines()
    assert script.stat().st_mode & stat.S_IXUSR


def test_no_machine_and_no_registry_is_named_in_any_file() -> None:
    names = [path for path in ROOT.rglob("*") if path.is_file() and not set(path.parts) & SKIPPED]
    assert len(names) > 100
    registry = "pypi" + ".org"
    for path in names:
        raw = path.read_bytes()
        assert str(ROOT).encode() + b"/" not in raw, path
        assert registry.encode() not in raw, path


SKIPPED = {
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    "my-course",
    "executed",
    "uv.lock",
}


def test_the_environment_chooses_the_course(content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setitem(os.environ, "WORKSHOP_CONTENT", str(content))
    (content / "course.yaml").write_text("title: [")
    assert "content/course.yaml:1: unreadable YAML" in run("check")[1]

"""The committed notebooks and notes are what the source gives; nbval holds their outputs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop.cli import main
from workshop.journal import Journal
from workshop.publish import build_files, check_files, find_files, write_files

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.notebooks


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return build_files(ROOT / "content", lambda line: None)


def test_the_committed_files_are_what_the_source_gives(built: dict[str, str]) -> None:
    assert [str(difference) for difference in check_files(built, ROOT)] == [], "run: workshop build"


def test_building_twice_gives_the_same_bytes(built: dict[str, str], tmp_path: Path) -> None:
    """In another folder, too: nothing of this machine is in a built file."""
    shutil.copytree(ROOT / "content", tmp_path / "elsewhere" / "content")
    again = build_files(tmp_path / "elsewhere" / "content", lambda line: None)
    assert again == built
    for path, text in built.items():
        assert str(ROOT) not in text, path


def test_committed_notebooks_carry_outputs(built: dict[str, str]) -> None:
    for path, text in built.items():
        if path.endswith(".ipynb"):
            cells = [
                c for c in json.loads(text)["cells"] if c["cell_type"] == "code" and c["source"][0].startswith("lab.")
            ]
            assert cells
            assert all(cell["outputs"] for cell in cells), path


def test_a_new_number_changes_every_place_that_rests_on_it_and_nothing_else(
    built: dict[str, str], content: Path, tmp_path: Path
) -> None:
    facts = content / "scenarios/payment-migration/facts.yaml"
    old = "revenue.first_quarter: {value: 10,"
    assert old in facts.read_text()
    facts.write_text(facts.read_text().replace(old, "revenue.first_quarter: {value: 26,"))
    changed = build_files(content, lambda line: None)
    sources = "".join(file.read_text() for file in content.rglob("*.md"))
    assert "{{ revenue.first_quarter }}" in sources
    # Everything in $M that rests on the quarter's revenue grows by the same factor, so none of the old figures is left.
    old_figures = [r"\$10M", r"\$1\.54M", r"\$3\.08M", r"\$4\.62M", r"\$0\.26M", r"\$1\.28M"]
    for path, text in changed.items():
        for figure in old_figures:
            assert not re.search(figure, _certain(path, text)), (path, figure)
    written = write_files(changed, tmp_path)
    assert set(written) == set(changed)
    for difference in check_files(built, tmp_path):
        assert re.search(r"\d", difference.detail), difference
    # And what changed is numbers alone: with the digits taken out, both builds are the same, drawings aside.
    for path in built:
        assert _without_numbers(_certain(path, built[path])) == _without_numbers(_certain(path, changed[path])), path


def _certain(path: str, text: str) -> str:
    """The file; of the decision's notebook the cells alone, since its model may come to say something else."""
    if path != "notebooks/06-decide-and-tell.ipynb":
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def _without_numbers(text: str) -> str:
    without_drawings = re.sub(r"data:image/svg\+xml,[^\\]*", "", text.replace("\n", " "))
    return re.sub(r"\s+", " ", re.sub(r"[\d.,]+", "#", without_drawings))


def test_build_check_names_prose_code_and_output_and_the_mending_command(content: Path, built: dict[str, str]) -> None:
    root = content.parent
    write_files(built, root)
    path = root / "notebooks/02-the-case.ipynb"
    notebook = json.loads(path.read_text())
    prose = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    code = next(cell for cell in notebook["cells"] if cell["id"].startswith("code-"))
    output = [cell for cell in notebook["cells"] if cell["id"].startswith("code-")][-1]
    prose["source"][-1] += " and more"
    code["source"] = ["1 + 1"]
    output["outputs"][0]["data"]["text/plain"] = ["another"]
    path.write_text(json.dumps(notebook))
    result = CliRunner().invoke(main, ["build", "--check", "--content", str(content)])
    assert result.exit_code == 1
    for kind, cell in (("prose", prose), ("code", code), ("output", output)):
        place = cell["metadata"]["workshop"]["source"]
        assert f"notebooks/02-the-case.ipynb: {kind} differs at {place}" in result.output
    assert "workshop build" in result.output
    assert CliRunner().invoke(main, ["build", "--content", str(content)]).exit_code == 0
    assert find_files(root) == built


def nbval(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", folder.name]
    return subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)


def test_nbval_holds_the_committed_notebooks_twice_in_a_row() -> None:
    for _ in range(2):
        done = nbval(ROOT / "notebooks")
        assert done.returncode == 0, done.stdout


def test_nbval_starts_from_an_empty_journal_even_where_somebody_has_answered(
    built: dict[str, str], tmp_path: Path
) -> None:
    """In a clone, that is: with its own conftest.py and pytest's settings above the notebooks."""
    write_files({"notebooks/08-your-story.ipynb": built["notebooks/08-your-story.ipynb"]}, tmp_path)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    Journal.of(tmp_path / "notebooks", "me", "1").write("story", "task", "An answer from an earlier day.")
    done = nbval(tmp_path / "notebooks")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("02-the-case", "1.54", "1.55"),
        ("08-your-story", "STORY_LABEL", "Another label"),
    ],
)
def test_nbval_fails_when_a_computed_value_or_a_sentence_is_altered(
    built: dict[str, str], tmp_path: Path, name: str, old: str, new: str, course: object
) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    notebook = json.loads(built[f"notebooks/{name}.ipynb"])
    if old == "STORY_LABEL":
        old = course.words["story"].fields["situation"].label  # type: ignore[attr-defined]
    outputs = json.dumps([cell.get("outputs") for cell in notebook["cells"]])
    assert old in outputs
    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell["outputs"] = json.loads(json.dumps(cell["outputs"]).replace(old, new))
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
    done = nbval(folder)
    assert done.returncode == 1, done.stdout
    assert "mismatch" in done.stdout

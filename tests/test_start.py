"""A participant's folder: made once, brought up to date, and never overwritten."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import pytest

from workshop.errors import WorkspaceError
from workshop.start import prepare
from workshop.workspace import MARKER, SCENARIO, built, environment, scenario_root, shipped

FIRST = "00-start-here.ipynb"


@pytest.fixture(autouse=True)
def _own_jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing notebooks writes to Jupyter's data folder; keep the tests out of the developer's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def edit(path: Path) -> None:
    notebook = json.loads(path.read_text())
    notebook["cells"].append(nbformat.v4.new_markdown_cell("My own note."))
    path.write_text(json.dumps(notebook))


def run_it(path: Path) -> None:
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"], cell["outputs"] = 7, []
    path.write_text(json.dumps(notebook))


def test_an_empty_folder_gets_every_notebook(tmp_path: Path) -> None:
    done = prepare(tmp_path / "new" / "course")
    assert done.added == tuple(path.name for path in sorted(shipped("notebooks").glob("*.ipynb")))
    assert (tmp_path / "new/course" / MARKER).is_dir()
    assert not (tmp_path / "new/course/answers").exists(), "nobody has answered yet"


def test_starting_again_leaves_everything_as_it_was(tmp_path: Path) -> None:
    prepare(tmp_path)
    run_it(tmp_path / FIRST)
    edit(tmp_path / "08-your-story.ipynb")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.ipynb")}
    done = prepare(tmp_path)
    assert (done.added, done.updated, done.beside) == ((), (), ())
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.ipynb")} == before


def newer_course(folder: Path) -> None:
    """Make the folder look as if the course that was put there had been an older one."""
    record = folder / MARKER / "notebooks.json"
    path = folder / FIRST
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = "An older first cell."
    path.write_text(json.dumps(notebook))
    from workshop.start import _digest

    record.write_text(json.dumps({**json.loads(record.read_text()), FIRST: _digest(path)}))


def test_a_newer_course_replaces_what_nobody_has_edited(tmp_path: Path) -> None:
    prepare(tmp_path)
    newer_course(tmp_path)
    run_it(tmp_path / FIRST)
    assert prepare(tmp_path).updated == (FIRST,)
    assert (tmp_path / FIRST).read_bytes() == (shipped("notebooks") / FIRST).read_bytes()


def test_a_newer_course_is_laid_beside_what_somebody_has_edited(tmp_path: Path) -> None:
    prepare(tmp_path)
    newer_course(tmp_path)
    edit(tmp_path / FIRST)
    mine = (tmp_path / FIRST).read_bytes()
    assert prepare(tmp_path).beside == (FIRST,)
    assert (tmp_path / FIRST).read_bytes() == mine
    assert (tmp_path / "00-start-here.new.ipynb").read_bytes() == (shipped("notebooks") / FIRST).read_bytes()
    assert prepare(tmp_path).beside == (), "said once"


def test_a_folder_remembers_the_pack_that_it_was_started_with(tmp_path: Path) -> None:
    pack, folder = tmp_path / "our-case", tmp_path / "course"
    (pack / "notebooks").mkdir(parents=True)
    (pack / "facts.yaml").write_text("title: Ours")
    shutil.copy(shipped("notebooks") / FIRST, pack / "notebooks")
    with environment({SCENARIO: str(pack)}):
        assert prepare(folder).added == (FIRST,)
    assert scenario_root(folder) == pack
    assert built("notebooks", folder) == pack / "notebooks"
    assert prepare(folder).added == (), "and not the course's own ones"
    (pack / "facts.yaml").unlink()
    with pytest.raises(WorkspaceError, match="is no scenario pack"):
        prepare(folder)


def test_the_folder_of_the_built_notebooks_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="Name another folder"):
        prepare(shipped("notebooks"))


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "course").write_text("in the way")
    with pytest.raises(WorkspaceError, match="can't be used"):
        prepare(tmp_path / "course")


def test_start_serves_without_a_browser_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"), "BROWSER": ""}
    command = [
        sys.executable,
        "-c",
        "from workshop.cli import main; main()",
        "start",
        str(tmp_path / "course"),
        "--no-browser",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    try:
        info = wait_for(tmp_path / "runtime", process)
        names = {item["name"] for item in ask(f"{info['url']}api/contents?token={info['token']}")["content"]}
        assert FIRST in names
        assert info["hostname"] == "127.0.0.1"
    finally:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[0]
    assert "lab/tree/00-start-here.ipynb?token=" in said
    assert process.returncode == 0, said


def ask(url: str) -> dict[str, Any]:
    """What the server answers, once it listens: it writes of itself a moment before."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return dict(json.load(answer))
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("JupyterLab does not listen")


def wait_for(runtime: Path, process: subprocess.Popen[str]) -> dict[str, str]:
    """What the server writes about itself once it serves."""
    for _ in range(600):
        for file in runtime.glob("jpserver-*.json"):
            if (text := file.read_text()).endswith("}"):  # else it is still being written
                info: dict[str, str] = json.loads(text)
                return info
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start within a minute")

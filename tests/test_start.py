"""A participant's folder: made once, brought up to date, and never overwritten."""

import json
import os
import shutil
import signal
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import psutil  # type: ignore[import-untyped]
import pytest

from tests.starting import Started, command, own_jupyter, started
from workshop.attempt import Attempt
from workshop.course import Course
from workshop.errors import WorkspaceError
from workshop.journal import Journal
from workshop.run import find_persona
from workshop.server import app_page
from workshop.start import Place, find_place, prepare
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


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    prepare(tmp_path / "course")
    return tmp_path / "course"


def answer(folder: Path, course: Course, exercise: str, participant: str = "me") -> None:
    persona = find_persona(course, "strong").answers[exercise]
    Attempt.of(course, exercise, Journal.of(folder, participant, course.version)).answer(**persona)


def test_a_new_folder_opens_at_the_beginning(course_folder: Path) -> None:
    assert find_place(course_folder) == Place(FIRST, "It opens at 'Start here'.")


def test_it_opens_where_the_last_answer_was_given(course_folder: Path, course: Course) -> None:
    answer(course_folder, course, "story")
    answer(course_folder, course, "premortem")
    place = find_place(course_folder)
    assert place.notebook == "03-pre-mortem.ipynb"
    assert course.words["premortem"].title in place.said


def test_after_a_finished_module_the_next_one_opens(course_folder: Path, course: Course) -> None:
    for exercise in course.modules[3].exercises:
        answer(course_folder, course, exercise)
    place = find_place(course_folder)
    assert place.notebook == "04-schedule-risk.ipynb"
    assert "finished" in place.said


def test_after_the_last_module_the_last_one_opens(course_folder: Path, course: Course) -> None:
    for exercise in ("story", *course.modules[-1].exercises):
        answer(course_folder, course, exercise)
    assert find_place(course_folder).notebook == "09-rehearse-and-commit.ipynb"


def test_of_several_participants_the_one_who_wrote_last_counts(course_folder: Path, course: Course) -> None:
    answer(course_folder, course, "story", "ana")
    answer(course_folder, course, "premortem", "ben")
    os.utime(course_folder / "answers/ben.jsonl", (1, 1))
    assert find_place(course_folder).notebook == "08-your-story.ipynb"


def test_answers_that_cannot_be_read_keep_nobody_from_starting(course_folder: Path) -> None:
    (course_folder / "answers").mkdir()
    (course_folder / "answers/me.jsonl").write_text("torn\n")
    (course_folder / "answers/not a name.jsonl").write_text("")
    (course_folder / "answers/dir.jsonl").mkdir()
    assert find_place(course_folder).notebook == FIRST


@pytest.mark.slow
def test_it_serves_says_where_and_ends_with_its_kernels(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    with started(tmp_path, folder) as server:
        assert "It opens at 'Start here'." in server.said
        assert f"/lab/tree/{FIRST}?token=" in server.address
        assert server.base.startswith("http://127.0.0.1:")
        names = {item["name"] for item in ask(server, "api/contents")["content"]}
        assert FIRST in names
        ask(server, "api/kernels", b"{}")
        kernels = psutil.Process(server.process.pid).children()
        assert kernels
        code, said = server.end(signal.SIGTERM)
    assert code == 0, said
    assert "JupyterLab has stopped." in said
    assert "Traceback" not in said
    assert not [kernel for kernel in kernels if kernel.is_running()]


@pytest.mark.slow
def test_ctrl_c_twice_ends_it_at_once_and_says_nothing_strange(tmp_path: Path) -> None:
    with started(tmp_path, tmp_path / "course") as server:
        ask(server, "api/kernels", b"{}")
        kernels = psutil.Process(server.process.pid).children()
        code, said = server.end(signal.SIGINT, signal.SIGINT)
        assert psutil.wait_procs(kernels, timeout=60)[1] == [], "kernels follow their parent"
    assert code == 0, said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_folder_that_is_open_and_a_port_that_is_taken_are_one_sentence(tmp_path: Path) -> None:
    with started(tmp_path, tmp_path / "course") as server:
        again = run(tmp_path, "start", str(tmp_path / "course"), "--no-browser")
        assert again.returncode == 0
        assert f"This folder is open already: {server.address}" in again.stdout
        port = server.base.rsplit(":", 1)[1].strip("/")
        other = run(tmp_path, "start", str(tmp_path / "other"), "--no-browser", "--port", port)
        assert other.returncode == 1
        assert f"Error: Port {port} is in use." in other.stdout
        with started(tmp_path, tmp_path / "other") as beside:
            assert beside.base != server.base, "without --port a free one is found"


def test_without_voila_the_app_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.server.find_spec", lambda name: None)
    with pytest.raises(WorkspaceError, match=r"pip install 'failforward-workshop\[app\]'"):
        app_page(FIRST)


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=own_jupyter(home),
        check=False,
        timeout=120,
    )


def ask(server: Started, path: str, data: bytes | None = None) -> dict[str, Any]:
    """What the server answers."""
    request = urllib.request.Request(server.base + path, data, {"Authorization": f"token {server.token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return dict(json.load(answer))

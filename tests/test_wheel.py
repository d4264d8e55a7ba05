"""The wheel carries the course: it works in an empty folder, without a clone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.notebooks


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, as an installer would lay them out."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(["uv", "build", "--wheel", "-q", "--out-dir", str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "JUPYTER_DATA_DIR": str(folder / "jupyter")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_course_is_found_inside_the_package(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "import workshop.workspace as w; print(w.content_root())")
    assert Path(said.strip()) == installed / "workshop/_course/content"


def test_the_installed_course_is_clean_and_fills_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "from workshop.cli import main; main(['check'])")
    run(installed, tmp_path, "from pathlib import Path; from workshop.start import prepare; prepare(Path('course'))")
    built = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert sorted(path.name for path in (tmp_path / "course").glob("*.ipynb")) == built


def test_an_installed_lab_answers_in_plain_python(installed: Path, tmp_path: Path) -> None:
    code = "from workshop import Lab; s = Lab('your-story').exercise('story'); s.answer(task='Mine.'); print(s)"
    assert "Mine." in run(installed, tmp_path, code)
    assert (tmp_path / "answers/me.jsonl").exists()


def test_the_contract_and_what_a_gate_takes_along_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from workshop.payments.document import fx_quote; print(len(fx_quote().operations))"
    assert int(run(installed, tmp_path, code)) > 3
    assert list((installed / "workshop/payments/take_home").iterdir())

"""What several tests share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.content import load_course
from workshop.course import Course

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="session")
def course() -> Course:
    """The course as shipped."""
    return load_course(CONTENT)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the course's source, to be changed at will."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


Append = Callable[[Path, str], int]


@pytest.fixture
def append() -> Append:
    """Adds text at the end of a file and returns the number of the text's first line."""

    def add(file: Path, text: str) -> int:
        before = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
        file.write_text(before + text + "\n", encoding="utf-8")
        return before.count("\n") + 1

    return add

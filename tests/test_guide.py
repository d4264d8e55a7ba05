"""The guide names every module as it is called today, and shows each in two pictures."""

from pathlib import Path

import pytest

from docs.pictures import DRAFT, THEMES, guide, picture
from workshop.course import Course

DOCS = Path(__file__).parent.parent / "docs"
MOST = 3_000_000
"""Bytes of all pictures together: a clone is not to be slow for their sake."""


def test_the_guide_is_what_the_command_writes(course: Course) -> None:
    text = (DOCS / "guide.md").read_text(encoding="utf-8")
    assert text == guide(course)
    for module in course.modules:
        assert f"[{module.number} {module.title}](../notebooks/{module.stem}.ipynb)" in text
        assert module.summary in text


def test_every_picture_is_there_and_none_is_left_over(course: Course) -> None:
    wanted = {picture(module, theme) for module in course.modules for theme in THEMES}
    assert {path.relative_to(DOCS).as_posix() for path in (DOCS / "pictures").iterdir()} == wanted | {DRAFT}
    assert f"](docs/{DRAFT})" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert len(wanted) == 2 * len(course.modules)


@pytest.mark.parametrize("theme", THEMES)
def test_pictures_are_pictures_of_a_moderate_size(course: Course, theme: str) -> None:
    contents = [(DOCS / picture(module, theme)).read_bytes() for module in course.modules]
    assert all(content[:4] == b"RIFF" and content[8:12] == b"WEBP" for content in contents)
    assert sum(map(len, contents)) < MOST / len(THEMES)

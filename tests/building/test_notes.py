"""Course -> facilitator notes."""

import re
from pathlib import Path

import pytest

from workshop.build.notes import build_notes
from workshop.course import Course

MODULES = Path(__file__).parent.parent.parent / "content" / "modules"
SLUGS = [file.stem[3:] for file in sorted(MODULES.glob("*.md"))]


@pytest.mark.parametrize("slug", SLUGS)
def test_notes_hold_every_part_and_a_clock_that_adds_up(course: Course, slug: str) -> None:
    module = next(module for module in course.modules if module.slug == slug)
    notes = build_notes(course, module)
    for block in module.walk():
        if block.kind == "facilitator":
            assert block.prose in notes
    for name in module.exercises:
        assert f"## {course.words[name].title}" in notes
    last = re.findall(r"^\| (\S+) \|  ?\|", notes, re.MULTILINE)[-1]
    assert last == str(module.minutes)


def test_a_module_is_as_long_as_its_timed_parts(course: Course) -> None:
    for module in course.modules:
        kinds = ("exercise", "quiz", "facilitator")
        timed = [b for b in module.walk() if b.kind in kinds and "minutes" in b.attributes]
        low = sum(int(b.attributes["minutes"].split("-")[0]) for b in timed)
        high = sum(int(b.attributes["minutes"].split("-")[-1]) for b in timed)
        assert (module.minutes.low, module.minutes.high) == (low, high)

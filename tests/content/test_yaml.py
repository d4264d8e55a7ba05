"""YAML as text: the C parser and the one in Python, which a browser has, read the same."""

import pytest
import yaml

from workshop.content import load_course
from workshop.content import yaml as ours
from workshop.course import Course
from workshop.workspace import content_root


def test_the_whole_course_is_read_alike_without_the_c_parser(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "LOADER", yaml.BaseLoader)
    slowly = load_course(content_root())
    assert slowly.words == course.words
    assert slowly.scenario == course.scenario
    assert slowly.agendas == course.agendas

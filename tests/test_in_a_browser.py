"""Where Python runs in a browser: what can't be had there is said in a sentence, and nothing seems to be saved."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from workshop import attempt, lab, setup_check, workspace
from workshop.attempt import Attempt
from workshop.course import Course
from workshop.errors import UnknownName, WorkspaceError
from workshop.journal import Journal
from workshop.lab import Lab
from workshop.views import sheet


def test_a_frame_is_a_sentence_without_pandas(course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(workspace.WORKSPACE, str(tmp_path))
    monkeypatch.setattr(lab, "find_spec", lambda name: None if name == "pandas" else find_spec(name))
    shown = Lab("the-case").frame("revenue")
    assert repr(shown) == course.interface["no_frame"]
    assert shown._repr_html_() == f"<p>{course.interface['no_frame'].replace(chr(39), '&#x27;')}</p>"


def test_without_word_the_story_is_written_in_the_other_formats(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sheet, "find_spec", lambda name: None)
    story = Attempt.of(course, "story", Journal.of(tmp_path, "me", course.version))
    (button,) = story.spec["actions"]
    assert "Markdown" in button["label"]
    assert "Word" not in button["label"]
    written = story.export()
    assert [path.suffix for path in written] == [".md", ".html"]
    assert story.export_report(written).endswith(course.interface["no_word"])
    with pytest.raises(UnknownName, match="There is no format 'docx'"):
        story.export("docx")


def test_a_file_that_the_browser_keeps_comes_with_the_way_to_have_it(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story = Attempt.of(course, "story", Journal.of(tmp_path, "me", course.version))
    assert course.interface["site_exported"] not in story.export_report([])
    monkeypatch.setattr(attempt, "IN_BROWSER", True)
    assert course.interface["site_exported"] in story.export_report([])


def test_the_set_up_check_has_no_alarm_for_what_no_browser_has(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    journal, words = Journal.of(tmp_path, "me", course.version), course.figures["check"]
    monkeypatch.setattr(setup_check, "find_spec", lambda name: object() if name == "anywidget" else None)
    assert repr(setup_check.check_setup(journal, words)).count(words.labels["trouble"]) == 2
    monkeypatch.setattr(setup_check, "IN_BROWSER", True)
    shown = repr(setup_check.check_setup(journal, words))
    assert shown.count(words.labels["elsewhere"]) == 2
    assert words.labels["trouble"] not in shown


def test_a_browser_that_keeps_no_files_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workspace, "IN_BROWSER", True)
    monkeypatch.setenv(workspace.WORKSPACE, str(tmp_path / "drive"))
    with pytest.raises(WorkspaceError, match="This browser keeps no files for this page"):
        workspace.workspace()
    (tmp_path / "drive").mkdir()
    assert workspace.workspace() == tmp_path / "drive"

"""An attempt: typing and plain Python do the same, and nothing is said to be saved that isn't."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from workshop.attempt import Attempt
from workshop.course import Course
from workshop.errors import AnswerError, ExportError, UnknownName
from workshop.journal import Journal

ESTIMATE = {"on_time": 30, "late": 3, "low": 0, "high": 9, "lost": 1, "reason": "Two promises, nothing written."}


def attempt(course: Course, folder: Path, name: str = "story") -> Attempt:
    return Attempt.of(course, name, Journal.of(folder, "ana", course.version))


def event(field: str, value: object, id: str = "e1", **more: object) -> dict[str, Any]:
    return {"type": "answer", "events": [{"id": id, "field": field, "value": value, "over": None, **more}]}


def kinds(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["type"] for reply in replies]


def test_plain_python_and_the_form_write_the_same_journal(course: Course, tmp_path: Path) -> None:
    attempt(course, tmp_path / "a").answer(situation="We had 12 days.")
    attempt(course, tmp_path / "b").receive(event("situation", "We had 12 days."))
    lines = [json.loads((tmp_path / f / "answers/ana.jsonl").read_text()) for f in "ab"]
    assert [{k: line[k] for k in ("exercise", "field", "value", "course")} for line in lines] == [
        {"exercise": "story", "field": "situation", "value": "We had 12 days.", "course": course.version}
    ] * 2


def test_saved_is_said_when_it_is_on_disk(course: Course, tmp_path: Path) -> None:
    (reply,) = attempt(course, tmp_path).receive(event("task", "Mine."))
    assert reply == {"type": "saved", "ids": ["e1"]}
    assert attempt(course, tmp_path).answers["task"] == "Mine."


def test_an_event_sent_twice_is_one_answer(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.receive(event("task", "Mine."))
    assert kinds(story.receive(event("task", "Mine."))) == ["saved"]
    assert len((tmp_path / "answers/ana.jsonl").read_text().splitlines()) == 1


def test_answers_and_their_commitment_may_come_in_one_message(course: Course, tmp_path: Path) -> None:
    """As they do after a crash, when the browser sends all it has kept."""
    estimate = attempt(course, tmp_path, "estimate")
    values = {**ESTIMATE, "commit": True}
    events = [{"id": name, "field": name, "value": value, "over": None} for name, value in values.items()]
    late = {"id": "too late", "field": "on_time", "value": 90, "over": None}
    saved, refused = estimate.receive({"type": "answer", "events": [*events, late]})
    assert saved == {"type": "saved", "ids": list(values)}
    assert (refused["type"], refused["id"]) == ("refused", "too late")
    assert estimate.receive({"type": "answer", "events": events}) == [saved], "sent again, it is saved already"


def test_an_impossible_value_is_refused_and_not_written(course: Course, tmp_path: Path) -> None:
    (reply,) = attempt(course, tmp_path).receive(event("control", "nobody"))
    assert (reply["type"], reply["id"]) == ("refused", "e1")
    assert "mine" in reply["text"]
    assert not (tmp_path / "answers").exists()


def test_a_field_that_the_exercise_does_not_have(course: Course, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'situation'"):
        attempt(course, tmp_path).answer(situaton="x")
    assert kinds(attempt(course, tmp_path).receive(event("situaton", "x"))) == ["refused"]


def test_a_failed_save_says_why_and_keeps_the_form_alive(course: Course, tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("in the way")
    story = attempt(course, tmp_path)
    (reply,) = story.receive(event("task", "Mine."))
    assert (reply["type"], reply["ids"]) == ("failed", ["e1"])
    assert "could not be" in reply["text"]
    (tmp_path / "answers").unlink()
    assert kinds(story.receive(event("task", "Mine."))) == ["saved"]


def test_a_late_draft_yields_to_a_newer_answer_and_a_live_one_does_not(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.answer(task="newer")
    story.receive(event("task", "typed before that", over="an older line", late=True))
    assert story.answers["task"] == "newer"
    story.receive(event("task", "typed now, elsewhere", "e2", over="an older line"))
    assert story.answers["task"] == "typed now, elsewhere"


def test_questions_quote_and_a_dismissal_is_remembered(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.answer(situation="The vendor let us down and 40 shops could not open.")
    (asked,) = [a for a in story.state["advice"] if "wording.blame_shift" in a["id"]]
    assert "let us down" in asked["text"]
    assert asked["quotes"] == [], "the sentence quotes it already"
    assert asked["dismissable"]
    story.receive({"type": "dismiss", "advice": asked["id"]})
    again = attempt(course, tmp_path)
    assert asked["id"] not in [a["id"] for a in again.state["advice"]]
    assert "The vendor let us down" in again.answers["situation"], "the answer itself is untouched"


def test_a_commitment_locks_and_only_then_reveals(course: Course, tmp_path: Path) -> None:
    estimate = attempt(course, tmp_path, "estimate")
    launched = "30 March 2026"
    with pytest.raises(AnswerError, match="Before you commit"):
        estimate.answer(commit=True)
    estimate.answer(**ESTIMATE)
    assert launched not in repr(estimate)
    estimate.answer(commit=True)
    assert launched in repr(estimate)
    with pytest.raises(AnswerError, match="committed"):
        estimate.answer(on_time=90)
    assert attempt(course, tmp_path, "estimate").answers["on_time"] == 30


def test_an_answer_of_an_older_course_that_no_longer_fits_is_kept_aside(course: Course, tmp_path: Path) -> None:
    Journal.of(tmp_path, "ana", "0").write("story", "control", "the weather")
    story = attempt(course, tmp_path)
    assert story.answers["control"] is None
    assert "the weather" in story.journal.path.read_text()


def test_a_torn_line_is_reported_in_the_form_and_in_print(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.answer(task="Mine.")
    with story.journal.path.open("a") as file:
        file.write('{"id": "x", "exer')
    story = attempt(course, tmp_path)
    assert "Line 2 of ana.jsonl" in story.state["notice"]
    assert "Line 2 of ana.jsonl" in repr(story)
    assert "Mine." in repr(story)


def test_html_escapes_what_a_participant_typed(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.answer(task="<script>alert(1)</script> & co\nsecond line")
    html = story._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co<br>second line" in html


def test_the_card_is_written_in_three_formats_and_says_what_is_missing(course: Course, tmp_path: Path) -> None:
    story = attempt(course, tmp_path)
    story.answer(situation="12 days.")
    written = story.export()
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        f"exports/story-ana.{suffix}" for suffix in ("docx", "md", "html")
    ]
    assert course.interface["card_missing"] in written[1].read_text()
    assert "Still open" in story.export_report(written)


def test_the_button_reports_where_the_card_is(course: Course, tmp_path: Path) -> None:
    (reply,) = attempt(course, tmp_path).receive({"type": "action", "name": "export"})
    assert (reply["type"], reply["ok"]) == ("done", True)
    assert "exports/story-ana.docx" in reply["text"]


def test_an_export_that_fails_says_so_loudly_and_leaves_the_old_card(course: Course, tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("in the way")
    story = attempt(course, tmp_path)
    with pytest.raises(ExportError, match="NOT written"):
        story.export("md")
    (reply,) = story.receive({"type": "action", "name": "export"})
    assert not reply["ok"]
    assert "NOT written" in reply["text"]


def test_unknown_formats_and_exercises_without_a_card(course: Course, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'docx'"):
        attempt(course, tmp_path).export("doc")
    with pytest.raises(ExportError, match="nothing to take along"):
        attempt(course, tmp_path, "goal").export()


def test_an_answer_that_the_disk_took_but_did_not_keep_is_flushed_before_it_is_called_saved(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = attempt(course, tmp_path)
    flushed: list[int] = []

    def failing(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("workshop.journal.os.fsync", failing)
    assert kinds(story.receive(event("task", "Mine."))) == ["failed"]
    assert kinds(story.receive(event("task", "Mine."))) == ["failed"], "the line is there, and not yet on disk"
    monkeypatch.setattr("workshop.journal.os.fsync", flushed.append)
    assert kinds(story.receive(event("task", "Mine."))) == ["saved"]
    assert flushed
    assert len((tmp_path / "answers/ana.jsonl").read_text().splitlines()) == 1


def test_what_another_exercise_holds_becomes_a_choice_at_the_next_look(course: Course, tmp_path: Path) -> None:
    reveal = attempt(course, tmp_path, "reveal")
    assert reveal.state["values"] == {}
    attempt(course, tmp_path, "premortem").answer({"risk.1.cause": "Nobody had the keys."})
    assert "cause_1" in reveal.state["values"]
    assert "1. Nobody had the keys." in str(reveal.spec)

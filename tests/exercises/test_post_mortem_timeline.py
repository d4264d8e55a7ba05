"""The timeline of the post-mortem: when an entry is, what is asked about it, and where the story begins."""

from datetime import date

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Answers, Case
from workshop.exercises.post_mortem_timeline import PostMortemTimeline, alarm_week, place, read_when

LAUNCH = date(2026, 3, 2)


@pytest.fixture
def case(course: Course) -> Case:
    return Case(course.scenario.facts, course.wording, review=course.review)


def entries(*rows: tuple[Value, ...]) -> dict[str, Value]:
    columns = ("when", "what", "known", "source")
    return {
        f"event.{number}.{column}": value
        for number, row in enumerate(rows, 1)
        for column, value in zip(columns, row, strict=False)
    }


def said(answers: Answers, case: Case) -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in PostMortemTimeline().advise(answers, case)]


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("-12", -12),
        ("week -12", -12),
        ("W−2", -2),
        ("12 weeks before the launch", -12),
        ("2.5 weeks earlier", -2.5),
        ("+3", 3),
        ("3 weeks after", 3),
        ("0", 0),
        ("2026-03-02", 0),
        ("9 February 2026", -3),
        ("Wed 4 March 2026", 0.29),
        ("15 March", None),
        ("mid February", None),
        ("-9999", None),
        ("2026-02-30", None),
        ("3 blind mice", None),
        ("", None),
        ("nan", None),
    ],
)
def test_a_time_is_a_day_or_weeks_from_the_planned_date(text: str, week: float | None) -> None:
    assert read_when(text, LAUNCH) == week


def test_entries_stand_in_the_order_of_time(case: Case) -> None:
    answers = entries(("1", "late"), ("soon", "never"), ("-12", "first"), ("-12", "second"), (None, "no time"))
    assert [(entry.number, entry.event) for entry in place(answers, case)] == [(3, "first"), (4, "second"), (1, "late")]


def test_a_story_that_begins_on_the_day_of_the_alarm_is_asked_what_came_before(case: Case) -> None:
    alarm = alarm_week(case)
    late = entries((f"{alarm:g}", "It is late."), ("0", "The date passes."))
    assert ("begins.late", "event.1.when") in said(late, case)
    early = entries((f"{alarm - 0.5:g}", "A few more days."), ("0", "The date passes."))
    assert "begins.late" not in {key for key, _ in said(early, case)}
    assert "begins.late" not in {key for key, _ in said(entries((f"{alarm:g}", "It is late.")), case)}, (
        "one is no story"
    )


def test_a_whole_timeline_is_told_how_much_of_it_lies_before(case: Case) -> None:
    row = ("Somebody said yes.", "It sounded like a date.", "minutes")
    answers = entries(("-13", *row), ("-12", *row), ("-2", *row), ("0", *row))
    (told,) = PostMortemTimeline().advise(answers, case)
    assert (told.key, told.kind) == ("told.span", "tell")
    assert told.values == {"count": "4", "before": "2", "first": "11 weeks"}


@pytest.mark.parametrize(
    ("column", "text", "key"),
    [
        ("when", "some day", "when.unread"),
        ("known", "It was obvious that it would fail.", "wording.hindsight"),
        ("what", "The vendor let us down.", "wording.blame_shift"),
        ("what", "Priya moved the date.", "look.named"),
        ("known", "Mr Jones thought that it would hold.", "look.named"),
        ("source", "", "source.none"),
    ],
)
def test_what_is_asked_about_an_entry(case: Case, column: str, text: str, key: str) -> None:
    row = {"when": "-12", "what": "The plan was agreed.", "known": "The date can't move.", "source": "the plan"}
    clean = {f"event.1.{name}": value for name, value in row.items()}
    assert said(clean, case) == [], "a passive sentence is fine in a timeline"
    assert (key, f"event.1.{column}") in said({**clean, f"event.1.{column}": text}, case)


def test_an_untouched_timeline_is_asked_nothing(case: Case) -> None:
    assert said({}, case) == []
    assert said({"event.9.when": "∞", "event.14.source": "x"}, case) == [("when.unread", "event.9.when")]

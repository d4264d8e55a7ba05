"""What is drawn from a post-mortem: the timeline, the strengths beside published ones, and the list for a tracker."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workshop.attempt import Attempt
from workshop.course import Course
from workshop.journal import Journal
from workshop.views.chart import Chart
from workshop.views.draw import WIDTH
from workshop.views.moments import NEAR, Mark, Moment, moments_svg
from workshop.views.table import Table

SVG = "{http://www.w3.org/2000/svg}"
PARTS = ("post-mortem-timeline", "conditions", "actions")


@pytest.fixture
def attempts(course: Course, tmp_path: Path) -> dict[str, Attempt]:
    """The strong persona's post-mortem."""
    journal = Journal.of(tmp_path, "me", course.version)
    answers = course.scenario.personas["strong"].answers
    return {name: Attempt.of(course, name, journal).answer(dict(answers[name])) for name in PARTS}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_timeline_is_drawn_in_the_order_of_time_with_both_marks(
    course: Course, attempts: dict[str, Attempt]
) -> None:
    (chart,) = attempts["post-mortem-timeline"].results
    assert isinstance(chart, Chart)
    shown = texts(chart.svg)
    words = course.figures["post-mortem-timeline"].labels
    assert {words["alarm"], words["launch"], words["axis"]} <= {text.strip() for text in shown}
    weeks = [float(match[1]) for row in chart.table.rows if (match := re.search(r"\(([-+.\d]+)\)", row[1]))]
    assert weeks == sorted(weeks)
    assert len(weeks) == 6
    assert all(any(text.startswith(row[2][:20]) for text in shown) for row in chart.table.rows)


def test_moments_near_each_other_do_not_cover_one_another() -> None:
    moments = [Moment(week, str(n), f"{week:g}", "w " * 200) for n, week in enumerate((-12, -12, -11.9, -5, 0), 1)]
    svg = moments_svg("t", "a", "axis", moments, (Mark(-2, "alarm"), Mark(0, "launch")))
    dots = [
        (float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in ElementTree.fromstring(svg).iter(f"{SVG}circle")
    ]
    assert len(dots) == 5
    for number, (x, y) in enumerate(dots):
        assert 0 < x < WIDTH
        for other_x, other_y in dots[:number]:
            assert abs(x - other_x) >= NEAR or abs(y - other_y) >= NEAR
    assert all(text.endswith("...") for text in texts(svg) if text.startswith("w w"))


def test_nothing_is_drawn_before_there_is_something_to_see(course: Course, tmp_path: Path) -> None:
    journal = Journal.of(tmp_path, "me", course.version)
    for name, answers in (
        ("post-mortem-timeline", {"event.1.when": "-3", "event.1.what": "A few more days", "event.2.when": "-2"}),
        ("actions", {"action.1.owner": "Tech Lead"}),
    ):
        assert Attempt.of(course, name, journal).answer(answers).results == []


def test_two_entries_at_one_time_are_drawn(course: Course, tmp_path: Path) -> None:
    answers = {f"event.{n}.{column}": value for n in (1, 2) for column, value in (("when", "0"), ("what", "Late"))}
    attempt = Attempt.of(course, "post-mortem-timeline", Journal.of(tmp_path, "me", course.version)).answer(answers)
    assert len(attempt.results) == 1


def test_the_strengths_stand_beside_the_published_ones(course: Course, attempts: dict[str, Attempt]) -> None:
    chart, table = attempts["actions"].results
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    labels = course.figures["action-strength"].labels
    assert [tuple(row) for row in chart.table.rows] == [
        (labels["stronger"], "3 of 4", "8%"),
        (labels["intermediate"], "1 of 4", "44%"),
        (labels["weaker"], "0 of 4", "48%"),
    ]
    assert course.review.published["source"].value in chart.caption
    assert [row[1] for row in table.rows] == ["stronger", "stronger", "stronger", "intermediate"]
    assert all(row[2] for row in table.rows), "each grade has its reason"


def test_an_unclear_action_is_counted_as_such(course: Course, tmp_path: Path) -> None:
    attempt = Attempt.of(course, "actions", Journal.of(tmp_path, "me", course.version))
    chart, table = attempt.answer({"action.1.what": "Improve\nthe plan"}).results
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert tuple(chart.table.rows[-1]) == (course.figures["action-strength"].labels["unclear"], "1 of 1", "")
    assert tuple(table.rows[0]) == ("Improve the plan", "unclear", "")


def test_a_tracker_can_import_the_actions(course: Course, attempts: dict[str, Attempt], tmp_path: Path) -> None:
    news = {"action.1.due": "1 June 2026", "action.2.due": "in May", "action.3.metric": "none\nin two quarters"}
    attempts["actions"].answer({**news, "action.4.what": "=HYPERLINK(1) monitor, with a comma"})
    (path,) = attempts["actions"].export("csv", folder=tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert list(rows[0]) == [
        *("Action", "Removes or detects", "Owner", "Due date", "Verified by", "Condition that it answers"),
        *("Tracker number", "Strength", "Reason"),
    ]
    assert [row["Due date"] for row in rows[:3]] == ["2026-06-01", "in May", "2026-07-01"]
    assert [row["Strength"] for row in rows] == ["stronger", "stronger", "stronger", "intermediate"]
    assert rows[0]["Condition that it answers"].startswith("1: A spoken promise")
    assert rows[0]["Tracker number"] == "PLAT-214"
    assert rows[3]["Action"].startswith("'=HYPERLINK")
    assert all(row["Reason"] for row in rows)
    assert all("\n" not in cell for row in rows for cell in row.values())


def test_an_empty_list_exports_to_its_headings_and_the_others_to_their_rows(
    course: Course, attempts: dict[str, Attempt], tmp_path: Path
) -> None:
    empty = Attempt.of(course, "actions", Journal.of(tmp_path / "new", "me", course.version))
    (path,) = empty.export("csv", folder=tmp_path)
    assert path.read_text(encoding="utf-8").count("\n") == 1
    unfinished = empty.answer({"action.1.owner": "Tech Lead"})
    (path,) = unfinished.export("csv", folder=tmp_path)
    assert path.read_text(encoding="utf-8").splitlines()[1] == ",,Tech Lead,,,,"
    for name, count in (("post-mortem-timeline", 6), ("conditions", 4)):
        table, prose = attempts[name].export("csv", "md", folder=tmp_path)
        assert len(list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"))))) == count + 1
        assert prose.read_text(encoding="utf-8").startswith("# ")

"""Repeating groups and sliders: which fields they give, what they want, and how they are read back."""

import pytest

from workshop.course import Course
from workshop.errors import AnswerError
from workshop.exercises import EXERCISES
from workshop.exercises.base import Case, Exercise, Field, Row, filled, is_answer, rows

COLUMNS = (Field("cause"), Field("odds", "number", minimum=0, maximum=100, unit="%"), Field("note", optional=True))
KINDS = ("line", "text", "number", "slider", "choice", "commit")


class Risks(Exercise):
    name = "risks"
    fields = (*rows("risk", 3, COLUMNS, least=2), Field("share", "slider", minimum=0, maximum=1, base=0.5))


def test_every_row_has_every_column_and_one_label_serves_them_all() -> None:
    fields = rows("risk", 12, COLUMNS)
    assert [field.name for field in fields[:4]] == ["risk.1.cause", "risk.1.odds", "risk.1.note", "risk.2.cause"]
    assert {field.words for field in fields} == {"risk.cause", "risk.odds", "risk.note"}
    assert fields[-1].group == "risk.12"
    assert fields[-1].row == 12


def test_the_first_rows_are_asked_for_and_the_others_once_they_are_begun() -> None:
    assert Risks().missing({}) == ("risk.1.cause", "risk.1.odds", "risk.2.cause", "risk.2.odds")
    assert Risks().missing({"risk.3.note": "late"})[-2:] == ("risk.3.cause", "risk.3.odds")
    done = {f"risk.{n}.{column}": 0 for n in (1, 2) for column in ("cause", "odds")}
    assert Risks().missing(done) == (), "zero is an answer"


def test_rows_are_read_back_without_their_empty_cells() -> None:
    answers = {"risk.3.cause": "rain", "risk.1.odds": 0, "risk.1.cause": " ", "risk.2.note": None, "share": 0.2}
    assert filled(answers, "risk") == [Row(1, {"odds": 0}), Row(3, {"cause": "rain"})]
    assert filled(answers, "action") == []


@pytest.mark.parametrize(("value", "holds"), [(0, True), ("no", True), (True, True), ("", False), (" \n", False)])
def test_what_counts_as_an_answer(value: str | int, holds: bool) -> None:
    assert is_answer(value) is holds
    assert not is_answer(None)
    assert not is_answer(False)


def test_a_slider_is_a_number_within_its_bounds_and_is_never_missing() -> None:
    slider = Risks.fields[-1]
    assert slider.read("0.25") == 0.25
    with pytest.raises(AnswerError, match="from 0 to 1"):
        slider.read(2)
    assert "share" not in Risks().missing({})


BOARDS = {
    # exercise: the columns that group its rows, that are voted on, that its rows are put in the order of
    "premortem": ("theme", "votes", ("votes", "likelihood", "money", "check")),
    "actions": ("owner", "", ("due",)),
    "post-mortem-timeline": ("", "", ("when",)),
}


@pytest.mark.parametrize("name", EXERCISES)
def test_what_a_board_may_do_with_its_rows(name: str) -> None:
    first = [field for field in EXERCISES[name].fields if field.row in (0, 1)]
    columns = {field.name.rpartition(".")[2]: field for field in first}
    roles = {field.role: column for column, field in columns.items()}
    ordered = tuple(column for column, field in columns.items() if field.order)
    assert (roles.get("theme", ""), roles.get("votes", ""), ordered) == BOARDS.get(name, ("", "", ()))
    assert sum(field.role != "" for field in columns.values()) == len(roles.keys() - {""}), "one column for each role"
    kinds = {"theme": ("line",), "votes": ("number",), "highest": ("number",), "earliest": ("line",), "": KINDS}
    assert all(field.kind in kinds[field.role] and field.kind in kinds[field.order] for field in columns.values())
    assert all(field.row for field in first if field.role or field.order)


def test_days_are_told_apart_from_what_is_no_day(course: Course) -> None:
    case, premortem, timeline = Case(course.scenario.facts), EXERCISES["premortem"], EXERCISES["post-mortem-timeline"]
    answers = {"risk.1.check": "16 March 2026", "risk.2.check": "soon", "risk.3.cause": "15 March 2026"}
    days = premortem.moments({**answers, "risk.4.check": "2026-03-15"}, case)
    assert days == {"risk.1.check": days["risk.4.check"] + 1, "risk.4.check": days["risk.4.check"]}
    launch = str(course.scenario.facts["project.launch"].value)
    weeks = {"event.1.when": "3 weeks before", "event.2.when": launch, "event.3.when": "then", "event.4.when": "+2"}
    assert timeline.moments(weeks, case) == {"event.1.when": -3, "event.2.when": 0, "event.4.when": 2}

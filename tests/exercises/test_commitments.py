"""If-then commitments: what is asked about each part, the day of the check, and the calendar file."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from workshop.attempt import Attempt
from workshop.course import Course
from workshop.errors import ExportError
from workshop.exercises.base import Answers, Case
from workshop.exercises.commitments import CHECK_AFTER, MANY, Commitments, action_of, commitments, trigger_of
from workshop.journal import Journal

WHOLE = {
    "commitment.1.trigger": "another team gives me a date",
    "commitment.1.action": "send them two lines on the same day",
    "commitment.1.by": "12 June 2026",
    "commitment.1.partner": "Ana",
    "commitment.1.seen": "A link in the plan",
    "first_day": "2026-06-01",
}


def asked(answers: Answers, course: Course) -> list[tuple[str, str]]:
    """What is asked or told, as (field, key)."""
    case = Case(course.scenario.facts, course.wording)
    return [(item.field, item.key) for item in Commitments().advise(answers, case)]


def about(column: str, text: str, course: Course) -> list[str]:
    """The keys of what is asked about one cell of an otherwise whole commitment."""
    field = f"commitment.1.{column}"
    return [key for name, key in asked({**WHOLE, field: text}, course) if name == field]


def test_a_whole_commitment_is_asked_nothing_and_told_the_day_of_its_check(course: Course) -> None:
    advice = Commitments().advise(WHOLE, Case(course.scenario.facts, course.wording))
    (said,) = advice
    assert (said.key, said.field, said.kind) == ("check", "first_day", "tell")
    assert said.values == {"check": "Monday 15 June 2026", "count": "1"}
    assert Commitments().missing(WHOLE) == ()


def test_one_commitment_and_a_first_day_are_asked_for() -> None:
    assert len(Commitments().missing({})) == 6
    assert asked_fields(Commitments().missing(WHOLE | {"commitment.3.trigger": "x"})) == {"commitment.3"}


def asked_fields(missing: tuple[str, ...]) -> set[str]:
    return {name.rpartition(".")[0] for name in missing}


@pytest.mark.parametrize(
    ("trigger", "vague"),
    [
        ("there are problems with another team", True),
        ("If I have time", True),
        ("when necessary", True),
        ("things get difficult", True),
        ("soon", True),
        ("as soon as the plan has a date", False),
        ("the next time a team promises me something", False),
        ("Ana says 'sometime'", False),
        ("I change a date in my own head", False),
    ],
)
def test_a_trigger_is_something_that_one_would_notice(trigger: str, vague: bool, course: Course) -> None:
    assert about("trigger", trigger, course) == ["trigger.vague"] * vague


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("try to say it earlier", "action.trying"),
        ("I will do my best", "action.trying"),
        ("think about the plan", "action.trying"),
        ("try it with Ana on the same day", ""),
        ("ask what I can try out in week 1", ""),
        ("the team writes it down", "action.others"),
        ("they will call me", "action.others"),
        ("my manager has to decide", "action.others"),
        ("make sure that everybody knows", "action.others"),
        ("get them to sign", "action.others"),
        ("be more careful", "action.trying"),
        ("pay more attention to dates", "wording.individual_fix"),
        ("double-check every date", "wording.individual_fix"),
        ("send the team two lines", ""),
        ("call my manager before lunch", ""),
    ],
)
def test_an_action_is_ones_own_and_can_be_done(action: str, key: str, course: Course) -> None:
    assert about("action", action, course) == [key] * bool(key)


def test_a_question_quotes_the_words_as_they_were_typed(course: Course) -> None:
    answers = WHOLE | {"commitment.1.action": "I’ll TRY to ask", "commitment.1.trigger": "I’m late and Things Get bad"}
    advice = Commitments().advise(answers, Case(wording=course.wording))
    assert [item.quotes[0] for item in advice if item.quotes] == ["Things Get bad", "TRY"]
    for item in advice:
        assert all(quote in str(answers[item.field]) for quote in item.quotes)


@pytest.mark.parametrize(("seen", "inward"), [("I will notice it", True), ("I feel better", True), ("A link", False)])
def test_a_sign_lies_in_front_of_somebody_else(seen: str, inward: bool, course: Course) -> None:
    assert about("seen", seen, course) == ["seen.inward"] * inward


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ("", "day.missing"),
        ("soon", "day.unread"),
        ("12 June", "day.unread"),
        ("6/12/2026", "day.unread"),
        ("31 May 2026", "by.past"),
        ("1 June 2026", ""),
        ("15 June 2026", ""),
        ("16 June 2026", "by.late"),
    ],
)
def test_a_day_is_a_day_between_the_first_and_the_check(by: str, key: str, course: Course) -> None:
    assert about("by", by, course) == [key] * bool(key)


def test_a_row_that_is_only_begun_is_not_asked_for_its_day(course: Course) -> None:
    assert asked({"commitment.2.trigger": "Ana calls"}, course) == []


def test_a_first_day_that_cant_be_read_is_asked_about_and_nothing_rests_on_it(course: Course) -> None:
    assert asked({**WHOLE, "first_day": "Monday"}, course) == [("first_day", "day.unread")]


def test_more_than_a_few_compete(course: Course) -> None:
    rows = {
        key.replace(".1.", f".{n}."): text for key, text in WHOLE.items() for n in range(1, MANY + 2) if ".1." in key
    }
    assert ("", "many") in asked(rows, course)
    assert ("", "many") not in asked({key: text for key, text in rows.items() if ".4." not in key}, course)


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("If another team calls.", "another team calls"),
        ("when  The plan moves", "the plan moves"),
        ("Ana promises", "Ana promises"),
        ("I hear a date", "I hear a date"),
        ("iffy dates come", "iffy dates come"),
        ("if", ""),
        ("", ""),
    ],
)
def test_a_trigger_reads_on_after_if(typed: str, core: str) -> None:
    assert trigger_of(typed) == core


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("Then I will call Ana.", "call Ana"),
        ("I'll call Ana", "call Ana"),
        ("I’ll call Ana", "call Ana"),
        ("to ask", "ask"),
        ("Send it", "send it"),
        ("RFC first", "RFC first"),
        ("", ""),
    ],
)
def test_an_action_reads_on_after_i_will(typed: str, core: str) -> None:
    assert action_of(typed) == core


# The calendar file


def exported(course: Course, folder: Path, answers: dict[str, str]) -> Calendar:
    attempt = Attempt.of(course, "commitments", Journal.of(folder, "ana", course.version))
    attempt.answer(answers)
    markdown, calendar = attempt.export()
    assert markdown.suffix == ".md"
    assert calendar.name == "commitments-ana.ics"
    return Calendar.from_ical(calendar.read_bytes())


def test_the_calendar_holds_the_check_and_each_day(course: Course, tmp_path: Path) -> None:
    second = {key.replace(".1.", ".2."): text for key, text in WHOLE.items() if ".1." in key}
    answers = {
        **WHOLE,
        **second,
        "commitment.2.by": "8.6.2026",
        "commitment.2.action": "Then I'll call, or write; both",
    }
    check, first, other = exported(course, tmp_path, answers).walk("VEVENT")
    assert check["DTSTART"].dt == date(2026, 6, 1) + CHECK_AFTER == date(2026, 6, 15)
    assert [event["DTSTART"].dt for event in (first, other)] == [date(2026, 6, 12), date(2026, 6, 8)]
    assert "call, or write; both" in other["SUMMARY"]
    sentence = "If another team gives me a date, then I will send them two lines on the same day."
    for event in (check, first):
        assert event["DESCRIPTION"].startswith(sentence)
        assert "Ana" in event["DESCRIPTION"]
        assert "A link in the plan" in event["DESCRIPTION"]
    for event in (check, first, other):
        assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=9)
        assert event["DTSTAMP"].dt.date() == date(2026, 6, 1)


def test_a_commitment_without_a_readable_day_is_in_the_check_only(course: Course, tmp_path: Path) -> None:
    (check,) = exported(course, tmp_path, WHOLE | {"commitment.1.by": "soon"}).walk("VEVENT")
    assert "two lines" in check["DESCRIPTION"]


def test_a_commitment_that_is_only_begun_is_left_out(course: Course, tmp_path: Path) -> None:
    answers = {"commitment.1.trigger": "Ana calls", "commitment.1.by": "12 June 2026", "first_day": "1 June 2026"}
    (check,) = exported(course, tmp_path, answers).walk("VEVENT")
    assert "DESCRIPTION" not in check


def test_equal_answers_give_equal_bytes(course: Course, tmp_path: Path) -> None:
    for name in ("a", "b"):
        exported(course, tmp_path / name, WHOLE)
    one, other = (tmp_path / name / "exports/commitments-ana.ics" for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("first_day", [None, "Monday"])
def test_without_a_first_day_the_calendar_says_what_it_needs(
    course: Course, tmp_path: Path, first_day: str | None
) -> None:
    attempt = Attempt.of(course, "commitments", Journal.of(tmp_path, "ana", course.version))
    attempt.answer({**WHOLE, "first_day": first_day})
    with pytest.raises(ExportError, match="first day"):
        attempt.export()
    assert not (tmp_path / "exports/commitments-ana.ics").exists()
    (reply,) = attempt.receive({"type": "action", "name": "export"})
    assert (reply["ok"], reply["text"]) == (False, course.interface["calendar_undated"])


def test_what_is_typed_in_the_form_is_what_the_sentence_says() -> None:
    (row,) = commitments({"commitment.3.trigger": "If Ana calls", "commitment.3.by": "2026-06-08"})
    assert (row.number, row.trigger, row.action, row.by) == (3, "Ana calls", "", date(2026, 6, 8))

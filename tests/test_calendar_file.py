"""Calendar files: what RFC 5545 asks of their bytes, and what a parser that isn't ours reads in them."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from workshop.calendar_file import Event, calendar

STAMP = date(2026, 3, 2)
CHECK = Event("Two-week check", date(2026, 3, 16), remind=timedelta(hours=9))
MEETING = Event("Pre-mortem", datetime(2026, 3, 2, 9, 30), datetime(2026, 3, 2, 10, 10), remind=timedelta(minutes=-10))
NASTY = "Ask Ana; tell Ben, then stop\\wait.\nÄöü 你好 🙂 " * 6


def read(*events: Event) -> list:
    """The events of the file, as the independent parser reads them."""
    return Calendar.from_ical(calendar(events, STAMP)).walk("VEVENT")


def test_a_day_is_read_back_as_a_day() -> None:
    (event,) = read(CHECK)
    assert event["SUMMARY"] == "Two-week check"
    assert event["DTSTART"].dt == date(2026, 3, 16)
    assert type(event["DTSTART"].dt) is date
    assert event.end == date(2026, 3, 17)


def test_a_time_of_day_is_read_back_without_a_zone() -> None:
    (event,) = read(MEETING)
    assert event["DTSTART"].dt == datetime(2026, 3, 2, 9, 30)
    assert event["DTEND"].dt == datetime(2026, 3, 2, 10, 10)


@pytest.mark.parametrize(("event", "offset"), [(CHECK, timedelta(hours=9)), (MEETING, timedelta(minutes=-10))])
def test_a_reminder_goes_off_when_it_was_asked_to(event: Event, offset: timedelta) -> None:
    (alarm,) = read(event)[0].walk("VALARM")
    assert alarm["TRIGGER"].dt == offset
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"] == event.summary


def test_every_sign_survives_in_summary_and_description() -> None:
    (event,) = read(Event(NASTY.strip(), STAMP, description=NASTY))
    assert event["SUMMARY"] == NASTY.strip()
    assert event["DESCRIPTION"] == NASTY


def test_line_ends_of_any_kind_become_one_kind() -> None:
    (event,) = read(Event("a", STAMP, description="one\r\ntwo\rthree\nfour"))
    assert event["DESCRIPTION"] == "one\ntwo\nthree\nfour"


def test_control_characters_are_left_out() -> None:
    (event,) = read(Event("a\x00b\x07c\td", STAMP))
    assert event["SUMMARY"] == "abc\td"


def test_lines_end_as_the_standard_says_and_none_is_too_long() -> None:
    raw = calendar([Event(NASTY, STAMP, description=NASTY), MEETING], STAMP)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(len(line) for line in lines) == 75
    for line in lines:
        line.decode()  # no line ends within a character


def test_equal_events_give_equal_bytes_and_each_event_is_itself() -> None:
    assert calendar([CHECK, MEETING], STAMP) == calendar([CHECK, MEETING], STAMP)
    uids = [event["UID"] for event in read(CHECK, CHECK, MEETING)]
    assert len(set(uids)) == 3
    assert uids[0] == read(CHECK)[0]["UID"] == read(Event(CHECK.summary, CHECK.start, description="new"))[0]["UID"]


def test_the_stamp_is_the_day_that_was_given() -> None:
    (event,) = read(CHECK)
    assert f"{event['DTSTAMP'].dt:%Y-%m-%dT%H:%M:%S%z}" == "2026-03-02T00:00:00+0000"


def test_a_day_that_is_due_is_not_taken() -> None:
    day, meeting = read(CHECK, MEETING)
    assert day["TRANSP"] == "TRANSPARENT"
    assert "TRANSP" not in meeting


def test_a_calendar_without_events_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        calendar([], STAMP)


def test_what_the_parser_reads_has_all_that_the_standard_requires() -> None:
    parsed = Calendar.from_ical(calendar([CHECK, MEETING], STAMP))
    assert parsed["VERSION"] == "2.0"
    assert parsed["PRODID"]
    assert not parsed.errors
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(event) and not event.errors for event in parsed.walk("VEVENT"))

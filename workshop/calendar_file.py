"""A calendar file (iCalendar, RFC 5545) that every calendar program can open. Pure text, without a clock.

The subset that a course needs is a page long, which is why no library is loaded for it; a test reads the files back
with the field's own parser.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

PRODUCT = "-//failforward-workshop//course//EN"
LONGEST = 75
"""Octets in a line, without its end (section 3.1); what is longer goes on in the next line, after a space."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that a text may not hold (section 3.1, CONTROL)."""


@dataclass(frozen=True)
class Event:
    """Something that happens on a day or at a time of day.

    A ``start`` that is a date means the whole day; a datetime (without a zone) is a time on the reader's own clock.
    ``end`` is of the same kind and is the first moment or day after the event; without it a day lasts that day, and a
    time of day has no length. ``remind`` is how long after the start a reminder goes off: nine hours into a whole day,
    ten minutes before a meeting.
    """

    summary: str
    start: date
    end: date | None = None
    description: str = ""
    remind: timedelta | None = None


def calendar(events: Iterable[Event], stamp: date) -> bytes:
    """The calendar file of these events, in their order; ValueError if there are none, for such a file isn't valid.

    ``stamp`` is the day to which the file says that it was made; equal events and an equal stamp give equal bytes. An
    event that is written again keeps its identity as long as its start and its summary stay the same, so that opening
    the file twice doesn't make two of it.
    """
    events = list(events)
    if not events:
        raise ValueError("A calendar needs at least one event.")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    seen: dict[tuple[date, str], int] = {}
    for event in events:
        key = (event.start, event.summary)
        seen[key] = seen.get(key, 0) + 1
        lines += _event(event, seen[key], stamp)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(event: Event, occurrence: int, stamp: date) -> Iterator[str]:
    identity = sha256("\n".join((event.start.isoformat(), event.summary, str(occurrence))).encode()).hexdigest()
    yield "BEGIN:VEVENT"
    yield f"UID:{identity[:32]}@failforward-workshop"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART{_moment(event.start)}"
    if event.end is not None:
        yield f"DTEND{_moment(event.end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if not isinstance(event.start, datetime):
        yield "TRANSP:TRANSPARENT"  # a day on which something is due is not a day that is taken
    if event.remind is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_duration(event.remind)}")
        yield from (f"DESCRIPTION:{_text(event.summary)}", "END:VALARM")
    yield "END:VEVENT"


def _moment(moment: date) -> str:
    """A date or a local time with what stands between the property's name and its value (sections 3.3.4, 3.3.5)."""
    if isinstance(moment, datetime):
        return f":{moment:%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _duration(length: timedelta) -> str:
    """Whole minutes as a duration (section 3.3.6): ``PT540M``, ``-PT10M``."""
    minutes = round(length.total_seconds() / 60)
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes)}M"


def _text(text: str) -> str:
    r"""``text`` as a value (section 3.3.11): ``\``, ``;`` and ``,`` with a backslash, a line break as ``\n``."""
    plain = UNPRINTABLE.sub("", "\n".join(text.splitlines()))
    return re.sub(r"[\\;,]", r"\\\g<0>", plain).replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most ``LONGEST`` octets, none of which ends within a character."""
    piece = b""
    for character in line:
        raw = character.encode()
        if len(piece) + len(raw) > LONGEST:
            yield piece
            piece = b" "
        piece += raw
    yield piece

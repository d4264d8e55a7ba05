"""A day as people write it: ``2026-03-16``, ``16 March 2026``, ``Mon 16 Mar 2026``, ``March 16, 2026``, ``16.3.2026``.

A day without a year, or with slashes (3/4 is two days, depending on the reader), is not read: its writer is asked.
"""

import re
from datetime import date

from workshop.facts import MONTHS

FIRST_YEAR, LAST_YEAR = 1900, 3000
"""Outside of these a year is a slip of the finger, and some sums of days would leave the calendar."""

MONTH = {name: number for number, full in enumerate(MONTHS, 1) for name in (full.casefold(), full[:3].casefold())}
MONTH["sept"] = 9
WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month>[a-z]+)\.?,?\s+(?P<year>\d{4})", re.I)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})", re.I)


def read_day(text: str) -> date | None:
    """The day that ``text`` means, or None if it means none, or none for certain."""
    plain = WEEKDAY.sub("", text.strip())
    for form in (ISO, DOTS, NAMED, MONTH_FIRST):
        if match := form.fullmatch(plain):
            month = match["month"]
            number = int(month) if month.isdigit() else MONTH.get(month.casefold(), 0)
            try:
                day = date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                return None
            return day if FIRST_YEAR <= day.year < LAST_YEAR else None
    return None

"""The timeline of a post-mortem: what happened, what was known then, where that is written; from before the event."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, Row, filled, rows
from workshop.exercises.days import read_day
from workshop.exercises.post_mortem import KEYS, ask
from workshop.facts import show_number

MOST, WANTED = 14, 4
"""Entries that there is room for, and that are asked for."""
FARTHEST = 520
"""Weeks: what lies farther from the planned date than ten years is a slip of the finger."""
WEEK = re.compile(
    r"(?:weeks?|wks?|w|t)?\s*(?P<sign>[-+−–]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?:weeks?|wks?|w)?\s*"
    r"(?:(?P<side>before|earlier|after|later)(?:\s+(?:the\s+)?\w+(?:\s+\w+)?)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """An entry that could be placed: its row, and its weeks from the planned date (negative: before)."""

    number: int
    week: float
    event: str
    known: str
    source: str


class PostMortemTimeline(Exercise):
    """Entries with when, what, what was known then, and a source. When is a day, or weeks from the planned date.

    It asks where the story begins: a timeline that starts on the day of the alarm explains nothing. Passive sentences
    are fine here, and so are quotations; names, hindsight and blame are asked about.
    """

    name: ClassVar = "post-mortem-timeline"
    exports: ClassVar = ("md", "csv")
    uses: ClassVar = ("project.launch", "dates.alarm")
    fields: ClassVar = rows(
        "event",
        MOST,
        (Field("when", "line", order="earliest"), Field("what"), Field("known"), Field("source")),
        least=WANTED,
    )
    keys: ClassVar = {
        **KEYS,
        "when.unread": ("when",),
        "begins.late": ("when",),
        "source.none": (),
        "told.span": ("count", "before", "first"),
    }

    def moment(self, text: str, case: Case) -> float | None:
        """Weeks from the planned date: people write days and weeks side by side."""
        return read_when(text, _day(case, "project.launch"))

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What to ask about each entry; then where the story begins."""
        advice = [item for row in filled(answers, "event") for item in _about(row, case)]
        entries = place(answers, case)
        if len(entries) < 2:
            return advice
        first, alarm = entries[0], alarm_week(case)
        if first.week >= alarm:
            when = str(answers[f"event.{first.number}.when"])
            advice.append(Advice("begins.late", f"event.{first.number}.when", values={"when": when}))
        elif len(entries) >= WANTED:
            before = sum(entry.week < alarm for entry in entries)
            values = {
                "count": str(len(entries)),
                "before": str(before),
                "first": show_number(abs(round(alarm - first.week, 1)), "weeks"),
            }
            advice.append(Advice("told.span", kind="tell", values=values))
        return advice


def alarm_week(case: Case) -> float:
    """The day of the alarm, in weeks from the planned date."""
    return _weeks(_day(case, "dates.alarm"), _day(case, "project.launch"))


def place(answers: Answers, case: Case) -> Sequence[Entry]:
    """The entries whose time can be read, in the order of time; those of one day in the order of their rows."""
    launch, entries = _day(case, "project.launch"), []
    for row in filled(answers, "event"):
        if (week := read_when(str(row.values.get("when", "")), launch)) is not None:
            texts = (" ".join(str(row.values.get(name, "")).split()) for name in ("what", "known", "source"))
            entries.append(Entry(row.number, week, *texts))
    return sorted(entries, key=lambda entry: (entry.week, entry.number))


def read_when(text: str, launch: date) -> float | None:
    """The weeks from ``launch`` to the time that ``text`` means (negative: before), or None if it means none.

    A time is a day (``workshop.exercises.days``), or a number of weeks: "-12", "week -12", "12 weeks before", "0".
    """
    if day := read_day(text):
        week = _weeks(day, launch)
    elif match := WEEK.fullmatch(text.strip()):
        week = float(match["number"].replace(",", "."))
        if match["sign"] in ("-", "−", "–") or (match["side"] or "").lower() in ("before", "earlier"):
            week = -week
    else:
        return None
    return week if abs(week) <= FARTHEST else None


def _about(row: Row, case: Case) -> list[Advice]:
    name, values = f"event.{row.number}", row.values
    when, what, known = (str(values.get(column, "")) for column in ("when", "what", "known"))
    advice = []
    if when and read_when(when, _day(case, "project.launch")) is None:
        advice.append(Advice("when.unread", f"{name}.when", quotes=(when,), values={"when": when}))
    advice += ask(f"{name}.what", what, case, but=("hidden_actor",))
    advice += ask(f"{name}.known", known, case, but=("hidden_actor",))
    if what and known and not values.get("source"):
        advice.append(Advice("source.none", f"{name}.source"))
    return advice


def _day(case: Case, fact: str) -> date:
    value = case.facts[fact].value
    if not isinstance(value, date):
        raise ValueError(f"{fact} is no date but {value!r}")
    return value


def _weeks(day: date, launch: date) -> float:
    return round((day - launch).days / 7, 2)

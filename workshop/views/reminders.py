"""The commitments as a calendar file: the two-week check, and a day for each commitment that has one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from workshop.calendar_file import Event, calendar
from workshop.errors import ExportError
from workshop.exercises.commitments import CHECK_AFTER, Commitment, commitments, first_day
from workshop.facts import fill_in

if TYPE_CHECKING:
    from workshop.views.documents import Document

MORNING = timedelta(hours=9)
"""When a reminder of a whole day goes off."""


def reminders(document: "Document") -> bytes:
    """The calendar file. Its stamp is the participant's first day, so that equal answers give equal bytes.

    ExportError if there is no first day that can be read.
    """
    answers, words = document.state["values"], document.spec["words"]
    start = first_day(answers)
    if start is None:
        raise ExportError(words["calendar_undated"])
    kept = [each for each in commitments(answers) if each.trigger and each.action]
    texts = [_described(each, words) for each in kept]
    events = [Event(words["calendar_check"], start + CHECK_AFTER, description="\n\n".join(texts), remind=MORNING)]
    for each, text in zip(kept, texts, strict=True):
        if each.by:
            summary = fill_in(words["calendar_due"], action=each.action)
            events.append(Event(summary, each.by, description=text, remind=MORNING))
    return calendar(events, start)


def _described(commitment: Commitment, words: Mapping[str, str]) -> str:
    """The commitment as a sentence, then who is in it and what can be seen, as far as it says so."""
    lines = [fill_in(words["calendar_sentence"], trigger=commitment.trigger, action=commitment.action)]
    if commitment.partner:
        lines.append(fill_in(words["calendar_partner"], partner=commitment.partner))
    if commitment.seen:
        lines.append(fill_in(words["calendar_seen"], seen=commitment.seen))
    return "\n".join(lines)

"""An agenda with a running clock: as Markdown, and as events for a calendar."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from workshop.agenda import Agenda, Day, Slot, Step
from workshop.calendar_file import Event
from workshop.course import Course
from workshop.errors import WorkshopError
from workshop.facts import fill_in, show_date, show_number

MIDNIGHT = 24 * 60


def clock(start: time, minutes: int) -> str:
    """The time of day ``minutes`` after ``start``: ``09:35``."""
    now = start.hour * 60 + start.minute + minutes
    return f"{now // 60:02d}:{now % 60:02d}"


def check_start(agenda: Agenda, start: time) -> None:
    """WorkshopError if a session would run past midnight, even at its longest."""
    longest = max(day.span.high for day in agenda.days)
    if start.hour * 60 + start.minute + longest > MIDNIGHT:
        latest = MIDNIGHT - longest
        hint = f"start at {latest // 60:02d}:{latest % 60:02d} or before"
        raise WorkshopError(f"{agenda.title} takes up to {longest} minutes and would run past midnight: {hint}.")


def session_dates(agenda: Agenda, given: Sequence[date]) -> list[date]:
    """The date of each session: those given, or from a single one on a week apart; none if none is given.

    WorkshopError if there are several and not one for each session.
    """
    if len(given) in (0, len(agenda.days)):
        return list(given)
    if len(given) > 1:
        count = f"{len(agenda.days)} sessions" if len(agenda.days) > 1 else "a single session"
        raise WorkshopError(f"{agenda.title} has {count}, and {len(given)} dates are given. Give one for each, or one.")
    return [given[0] + timedelta(weeks=number) for number in range(len(agenda.days))]


def timed_slots(day: Day) -> Iterator[tuple[int, Slot]]:
    """Each slot with the minutes from the day's start to its own."""
    at = 0
    for slot in day.slots:
        yield at, slot
        at += slot.minutes


def timed_steps(slot: Slot, at: int) -> Iterator[tuple[int, Step]]:
    """Each step with the minutes from the day's start to its own; the slot begins at ``at``."""
    for step in slot.steps:
        yield at, step
        at += step.minutes


def step_title(course: Course, step: Step) -> str:
    """What a step is called: an exercise by its own title."""
    return course.words[step.exercise].title if step.exercise else step.title


def agenda_markdown(
    course: Course,
    agenda: Agenda,
    start: time,
    dates: Sequence[date] = (),
    *,
    links: Mapping[str, str] | None = None,
) -> str:
    """The agenda as Markdown: for each session a table with its clock, and where to cut.

    ``links`` gives the address of a module's own notes, by slug.
    """
    blocks = [f"# {agenda.title}", agenda.intro]
    for number, day in enumerate(agenda.days):
        when = show_date(dates[number], weekday=True) if dates else ""
        if len(agenda.days) > 1:
            blocks += [f"## {', '.join(part for part in (day.title, when) if part)}", day.intro]
        elif when:
            blocks += [f"**{when}**"]
        blocks += ["\n".join(_table(course, day, start, links or {})), _summary(course, day, start)]
        blocks += ["\n".join(_late(course, day, start))]
    return "\n\n".join(block for block in blocks if block) + "\n"


NINE = time(9)
"""When the committed pages begin: a facilitator who prints their own says when."""


def build_agenda(course: Course, agenda: Agenda) -> str:
    """The agenda as a page of the facilitator's notes, from nine o'clock, with links to the modules' own notes."""
    links = {module.slug: f"{module.stem}.md" for module in course.modules}
    printed = fill_in(course.interface["agenda_printed"], command=f"`workshop notes {agenda.name}`")
    return f"{_built_from(agenda.place.path)}\n\n{agenda_markdown(course, agenda, NINE, links=links)}\n{printed}\n"


def build_guide(course: Course) -> str:
    """The session guide as a page of the facilitator's notes."""
    return f"{_built_from('content/guide.md')}\n\n{course.guide}\n"


def _built_from(path: str) -> str:
    return f"<!-- Built from {path} by `workshop build`. Edit that file, not this one. -->"


def _table(course: Course, day: Day, start: time, links: Mapping[str, str]) -> Iterator[str]:
    words = course.interface
    heads = ("agenda_from", "agenda_to", "notes_length", "agenda_span", "notes_what")
    yield f"| {' | '.join(words[head] for head in heads)} |"
    yield "| --- | --- | ---: | ---: | --- |"
    for at, slot in timed_slots(day):
        title = _cell(slot.title)
        what = f"**[{title}]({links[slot.module]})**" if slot.module in links else f"**{title}**"
        steps = " · ".join(f"{_cell(step_title(course, step))} {step.minutes}" for step in slot.steps)
        what += f": {steps}" if len(slot.steps) > 1 else ""
        times = f"{clock(start, at)} | {clock(start, at + slot.minutes)}"
        yield f"| {times} | {slot.minutes} | {slot.span} | {what} |"
    yield f"| {clock(start, day.minutes)} | | {day.minutes} | {day.span} | {words['agenda_end']} |"


def _summary(course: Course, day: Day, start: time) -> str:
    """When it ends, also if everything runs short or long; how long the breaks are; what the cuts can save."""
    words = course.interface
    end, early, late = (clock(start, minutes) for minutes in (day.minutes, day.span.low, day.span.high))
    saves = sum(cut.saves for slot in day.slots for cut in slot.cuts)
    said = [fill_in(words["agenda_ends"], end=end)]
    if early != late:
        said.append(fill_in(words["agenda_spread"], early=early, late=late))
    if rest := day.minutes - day.net:
        said.append(fill_in(words["agenda_breaks"], net=show_number(day.net, "minutes"), breaks=str(rest)))
    if saves:
        said.append(fill_in(words["agenda_cuts"], minutes=show_number(saves, "minutes")))
    return " ".join(said)


def _late(course: Course, day: Day, start: time) -> Iterator[str]:
    words = course.interface
    rows = [(at, slot, cut) for at, slot in timed_slots(day) for cut in slot.cuts]
    if rows:
        yield f"**{words['agenda_late']}**"
        yield ""
    for at, slot, cut in rows:
        saves = fill_in(words["agenda_saves"], minutes=show_number(cut.saves, "minutes"))
        yield f"- {clock(start, at)} **{slot.title}:** {' '.join(cut.text.split())} *({saves})*"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def agenda_events(course: Course, agenda: Agenda, start: time, dates: Sequence[date]) -> list[Event]:
    """One event for each slot of each session, in local time; the steps and the cuts are its description."""
    words = course.interface
    events = []
    for day, on in zip(agenda.days, dates, strict=True):
        begin = datetime.combine(on, start)
        for at, slot in timed_slots(day):
            steps = timed_steps(slot, at)
            lines = [f"{clock(start, when)} {step_title(course, step)} ({step.minutes})" for when, step in steps]
            for cut in slot.cuts:
                saves = fill_in(words["agenda_saves"], minutes=show_number(cut.saves, "minutes"))
                lines.append(f"{words['agenda_late']}: {' '.join(cut.text.split())} ({saves})")
            ends = begin + timedelta(minutes=at + slot.minutes)
            summary = f"{course.title}: {slot.title}"
            events.append(Event(summary, begin + timedelta(minutes=at), ends, "\n".join(lines)))
    return events

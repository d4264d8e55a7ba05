"""What a facilitator prints: notes for an agenda, and handouts; written as HTML, and as PDF if asked."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path

from workshop.agenda import Agenda
from workshop.build.agendas import agenda_events, agenda_markdown, check_start, session_dates
from workshop.build.handouts import agenda_handout, module_handout
from workshop.build.page import page_html
from workshop.build.session import notes_html
from workshop.calendar_file import calendar
from workshop.content import load_course
from workshop.course import Course, Module
from workshop.errors import ExportError, UnknownName, WorkshopError
from workshop.files import write_file
from workshop.markdown import markdown_html
from workshop.pdf import find_browser, print_pdf
from workshop.workspace import scenario_root


def find_agenda(course: Course, name: str) -> Agenda:
    """The agenda of this name, or the only one that takes so many minutes; UnknownName if there is none."""
    agendas = course.agendas
    by_length = [
        each for each in agendas.values() if len(each.days) == 1 and name in (f"{each.minutes}", f"{each.net}")
    ]
    if name not in agendas and len(by_length) == 1:
        return by_length[0]
    if name not in agendas:
        raise UnknownName("agenda", name, agendas)
    return agendas[name]


def list_agendas(content: Path) -> list[str]:
    """A line for each agenda, the shortest first: its name, its length and its title."""
    agendas = load_course(content, scenario_root()).agendas.values()
    lines = []
    for each in sorted(agendas, key=lambda each: (each.minutes * len(each.days), each.name)):
        length = f"{len(each.days)} x {each.minutes}" if len(each.days) > 1 else f"{each.minutes}"
        breaks = f" ({each.net} without breaks)" if each.net != each.minutes else ""
        lines.append(f"{each.name:14} {length:>8} minutes  {each.title}{breaks}")
    return lines


def write_agenda(content: Path, name: str, start: time, dates: Sequence[date], form: str) -> bytes:
    """The agenda as ``md``, ``html`` or ``ics``; WorkshopError if a calendar is asked for without a date."""
    course = load_course(content, scenario_root())
    agenda = find_agenda(course, name)
    check_start(agenda, start)
    on = session_dates(agenda, dates)
    if form == "ics":
        if not on:
            raise WorkshopError("A calendar needs a date: add --date 2026-03-02.")
        return calendar(agenda_events(course, agenda, start, on), stamp=on[0])
    text = agenda_markdown(course, agenda, start, on)
    if form == "html":
        return page_html(f"{course.title}: {agenda.title}", markdown_html(text)).encode()
    return text.encode()


def write_notes(
    content: Path, names: Sequence[str], start: time, dates: Sequence[date], out: Path, paper: str
) -> list[Path]:
    """The notes of these agendas (of all, if none is named) in ``out``; as PDF too if ``paper`` names a size."""
    course = load_course(content, scenario_root())
    agendas = [find_agenda(course, name) for name in names or course.agendas]
    pages = {}
    for agenda in agendas:
        check_start(agenda, start)
        on = session_dates(agenda, dates)
        pages[f"notes-{agenda.name}"] = [notes_html(course, agenda, start, on, size) for size in _sizes(paper)]
    return _write(pages, out)


def write_handouts(content: Path, names: Sequence[str], out: Path, paper: str) -> list[Path]:
    """The handouts of these agendas and modules (of each module, if none is named) in ``out``."""
    course = load_course(content, scenario_root())
    pages = {}
    for each in [_find(course, name) for name in names] or list(course.modules):
        make = agenda_handout if isinstance(each, Agenda) else module_handout
        stem = each.name if isinstance(each, Agenda) else each.stem
        pages[f"handouts-{stem}"] = [make(course, each, size) for size in _sizes(paper)]  # type: ignore[arg-type]
    return _write(pages, out)


def _sizes(paper: str) -> list[str]:
    """The page once without a size, for the printer's paper; and once with the size that a PDF must have."""
    return ["", paper] if paper else [""]


def _find(course: Course, name: str) -> Agenda | Module:
    modules = {key: module for module in course.modules for key in (module.slug, module.stem)}
    if name in modules:
        return modules[name]
    try:
        return find_agenda(course, name)
    except UnknownName as error:
        raise UnknownName("agenda or module", name, [*course.agendas, *modules]) from error


def _write(pages: Mapping[str, Sequence[str]], out: Path) -> list[Path]:
    if any(len(sizes) > 1 for sizes in pages.values()):
        find_browser()  # before anything is written
    written = []
    for stem, (page, *sized) in pages.items():
        files: dict[Path, str | bytes] = {out / f"{stem}.html": page}
        files |= {out / f"{stem}.pdf": print_pdf(each) for each in sized}
        for path, data in files.items():
            try:
                write_file(path, data)
            except OSError as error:
                reason = f"{path} can't be written: {error.strerror}. Name another folder with --out."
                raise ExportError(reason) from error
            written.append(path)
    return written

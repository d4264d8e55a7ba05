"""Agenda, notes and handouts on paper: a clock that adds up, words for every minute, and nothing for the wrong eyes."""

import re
from datetime import date, time, timedelta
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.building.test_notebook import secret_blocks, sentences, shown_blocks
from workshop.agenda import Agenda
from workshop.build.agendas import agenda_events, agenda_markdown, check_start, clock, session_dates
from workshop.build.handouts import agenda_handout, module_handout
from workshop.build.session import notes_html, slot_parts, step_parts
from workshop.calendar_file import calendar
from workshop.content import load_course
from workshop.course import Course
from workshop.errors import WorkshopError
from workshop.markdown import markdown_html
from workshop.views.figures import build_table

AGENDA = """---
title: An hour
minutes: 54
net: 49
without: [start-here]
---

For those who try it.

::: slot the-case minutes=9

::: facilitator part=watch-for

Only this.

:::

::: late saves=2

Drop the reading.

:::

::: step "Meet the case" minutes=4 reads="Meet the case" shows="dependencies"

::: facilitator part=say

> "From now on it is yours."

:::

:::

::: use estimate minutes=5

:::

:::

::: break minutes=5

:::

::: slot fail-forward minutes=8

::: use spot-the-blame minutes=8 cut="Two sentences of the twelve." asks="depot_rewrite"

::: facilitator part=say

> "Number 8, and no other."

:::

:::

:::

::: slot your-story minutes=32 run=whole

::: use story minutes=20

:::

:::
"""
NINE = time(9)


@pytest.fixture(scope="module")
def course_and_agenda(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Agenda]:
    import shutil

    root = tmp_path_factory.mktemp("agenda") / "content"
    shutil.copytree(Path(__file__).parent.parent.parent / "content", root)
    (root / "agendas").mkdir(exist_ok=True)
    (root / "agendas/hour.md").write_text(AGENDA)
    course = load_course(root)
    return course, course.agendas["hour"]


def plain(html: str) -> str:
    """The words of a page, without its styles and its markup."""
    body = re.sub(r"<(style|head)>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def rows(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.split("\n") if re.match(r"\| \d\d:", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_clock_runs_on_without_a_gap_and_adds_up(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    for each in course.agendas.values():
        for day, table in zip(
            each.days,
            re.split(r"^## ", agenda_markdown(course, each, NINE), flags=re.M)[-len(each.days) :],
            strict=True,
        ):
            *slots, end = rows(table)
            assert [row[0] for row in slots[1:]] + [end[0]] == [row[1] for row in slots]
            assert sum(int(row[2]) for row in slots) == int(end[2]) == each.minutes
            assert slots[0][0] == "09:00"
            assert end[0] == clock(NINE, each.minutes)
            low, _, high = end[3].partition("-")
            assert int(low) <= each.minutes <= int(high or low)
            assert sum(slot.minutes for slot in day.slots if not slot.rest) == each.net
    assert rows(agenda_markdown(course, agenda, time(9, 30)))[-1][0] == "10:24"


def test_the_agenda_names_its_cuts_and_its_breaks(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    text = agenda_markdown(course, agenda, NINE, [date(2026, 3, 2)])
    assert "Monday 2 March 2026" in text
    assert "The breaks take 5 minutes; 49 minutes remain" in text
    assert "The cuts below save 2 minutes in all." in text
    assert "- 09:00 **The payment migration:** Drop the reading. *(saves 2 minutes)*" in text


def test_dates_of_sessions_and_a_start_that_is_too_late(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    monday = date(2026, 3, 2)
    assert session_dates(agenda, [monday]) == [monday]
    with pytest.raises(WorkshopError, match="has a single session, and 2 dates are given"):
        session_dates(agenda, [monday, monday])
    with pytest.raises(WorkshopError, match="would run past midnight: start at 22:5"):
        check_start(agenda, time(23, 30))
    for each in course.agendas.values():
        apart = [monday + timedelta(weeks=number) for number in range(len(each.days))]
        assert session_dates(each, [monday]) == apart


def test_the_calendar_has_an_event_for_each_slot(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    events = agenda_events(course, agenda, time(9, 30), [date(2026, 3, 2)])
    read = Calendar.from_ical(calendar(events, stamp=date(2026, 3, 2)))
    slots = [component for component in read.walk() if component.name == "VEVENT"]
    assert len(slots) == len(agenda.days[0].slots)
    starts = [event.decoded("dtstart") for event in slots]
    assert [start.strftime("%H:%M") for start in starts] == ["09:30", "09:39", "09:44", "09:52"]
    assert all(start.tzinfo is None for start in starts), "a time on the reader's own clock"
    assert slots[-1].decoded("dtend").strftime("%H:%M") == "10:24"
    assert "09:34 Your estimate (5)" in str(slots[0]["description"])


def test_a_whole_slot_prints_every_word_of_the_modules_notes(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    said = re.sub(r"\W+", " ", plain(notes_html(course, agenda, NINE))).lower()
    module = next(module for module in course.modules if module.slug == "your-story")
    wanted = [block for block in module.walk() if block.kind in ("facilitator", "solution")]
    missing = {s for block in wanted for s in sentences(plain(markdown_html(block.prose))) if s not in said}
    assert not missing


def test_a_cut_exercise_keeps_what_stays_true_and_takes_its_words_from_the_agenda(
    course_and_agenda: tuple[Course, Agenda],
) -> None:
    course, agenda = course_and_agenda
    modules = {module.slug: module for module in course.modules}
    cut = agenda.days[0].slots[2]
    parts = {part.attributes["part"]: part.prose for part in step_parts(cut.steps[0], modules["fail-forward"])}
    assert parts["say"] == '> "Number 8, and no other."'
    assert {"goal", "watch-for", "expected-answers"} <= parts.keys()
    assert not {"do", "debrief", "cut", "extend"} & parts.keys()
    case = agenda.days[0].slots[0]
    kept = [part.prose for part in slot_parts(case, modules["the-case"]) if part.attributes["part"] == "watch-for"]
    assert kept == ["Only this."]
    estimate = {part.attributes["part"] for part in step_parts(case.steps[1], modules["the-case"])}
    assert {"say", "do", "debrief"} <= estimate, "within its own minutes an exercise is run as its module says"


def test_notes_show_what_people_have_in_front_of_them(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    html = notes_html(course, agenda, NINE)
    words = course.words["spot-the-blame"]
    assert words.groups["depot"].label in plain(html)
    assert words.groups["farm"].label not in plain(html)
    assert "What you don't build." in plain(html), "the text of Meet the case"
    assert f"<b>{course.figures['dependencies'].title}</b>" in html
    assert re.findall(r'<span class="clock">(\d\d:\d\d)', html)[:4] == ["09:00", "09:04", "09:14", "09:22"]
    assert plain(course.guide.split("\n")[0].lstrip("# ")) in plain(html)


@pytest.mark.parametrize("kind", ["notes", "handouts"])
def test_a_printed_page_asks_nothing_of_the_network(course_and_agenda: tuple[Course, Agenda], kind: str) -> None:
    course, agenda = course_and_agenda
    html = notes_html(course, agenda, NINE) if kind == "notes" else agenda_handout(course, agenda)
    sources = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert all(source.startswith(("data:", "#")) or source.endswith(".md") for source in sources)
    assert "url(" not in html
    assert "<script" not in html


def test_handouts_hold_no_facilitator_text(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, _ = course_and_agenda
    shown = {s for module in course.modules for block in shown_blocks(module.blocks) for s in sentences(block.text)}
    for words in course.words.values():
        fields = (*words.fields.values(), *words.groups.values())
        shown |= {s for text in (words.intro, *(field.help for field in fields)) for s in sentences(text)}
    secrets = {s for block in secret_blocks(course) for s in sentences(block.prose)} - shown
    timeline = build_table("timeline", course.scenario, course.figures, known="all")._repr_html_()
    told = re.sub(r"[\W_]+", " ", plain(timeline)).lower()
    secrets = {secret for secret in secrets if secret not in told}
    pages = [module_handout(course, module) for module in course.modules]
    pages += [agenda_handout(course, agenda) for agenda in course.agendas.values()]
    assert len(secrets) > 500
    for page in pages:
        text = re.sub(r"[\W_]+", " ", plain(page)).lower()
        assert not {secret for secret in secrets if secret in text}


def test_a_handout_has_every_exercise_with_its_labels_and_choices(course: Course) -> None:
    for module in course.modules:
        text = plain(module_handout(course, module))
        for name in module.exercises:
            words = course.words[name]
            assert words.title in text
            for group in words.groups.values():
                assert plain(group.label) in text, name
        assert not re.search(r"\blab\.\w+\(", text)
        assert "Shift and Enter" not in text, "what makes sense on a screen only is left out"


def test_an_agendas_handouts_hold_what_it_uses_and_no_more(course_and_agenda: tuple[Course, Agenda]) -> None:
    course, agenda = course_and_agenda
    text = plain(agenda_handout(course, agenda))
    assert course.words["spot-the-blame"].groups["depot"].label in text
    assert course.words["spot-the-blame"].groups["farm"].label not in text
    assert course.words["story"].fields["oversight"].label in text
    assert course.words["clarify"].title not in text
    assert course.figures["dependencies"].title in text
    assert course.figures["mix"].title not in text


def test_notes_name_the_causes_that_the_form_shows_only_to_somebody_with_risks(course: Course) -> None:
    text = plain(notes_html(course, course.agendas["half-day"], NINE))
    assert all(cause["title"] in text for cause in course.scenario.data["causes"])
    assert not re.search(r"risk\.\d", text)
    handout = plain(agenda_handout(course, course.agendas["half-day"]))
    assert course.words["reveal"].fields["cause_1"].label in handout
    assert not re.search(r"risk\.\d", handout)

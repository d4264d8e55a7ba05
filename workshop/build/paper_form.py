"""An exercise on paper: what its form asks, with boxes to tick and lines to write on; or in short, to be looked up."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from workshop.course import Course, Value
from workshop.exercises import EXERCISES
from workshop.exercises.base import Case, Exercise
from workshop.facts import fill_in, show_number
from workshop.views.sheet import Spec, build_spec

LINES = {"line": 1, "text": 5}
"""Lines to write on, by the kind of field."""
FEW_LINES = 3
"""Lines at the most where the same is asked several times."""
MOST_COLUMNS = 5
"""Columns of a repeating group that fit side by side."""
PAPER_ROWS, PAPER_BLOCKS = 6, 2
"""Rows of a repeating group on a sheet, as a table or one below the other; whoever has more takes a second sheet."""
SIDE_BY_SIDE = 70
"""Characters of all choices together that still stand side by side."""
TICKS = 10
"""Intervals on the scale of a slider, at the most."""
NUMBERED = re.compile(r"^\d+\.\s+")

CSS = """
.group { break-inside: auto; margin: 1.1em 0 0; }
.group > h3 { border-top: 2px solid var(--mark); padding-top: .4em; margin: 1.2em 0 .3em; }
.field { break-inside: avoid; margin: .7em 0 .9em; }
.field > .label { font-weight: 600; margin: 0; break-after: avoid; }
.help { color: var(--quiet); font-size: .93em; }
.help p { margin: .1em 0 .3em; }
.half { display: inline-block; width: 48%; vertical-align: top; margin-right: 1.5%; }
.write { border-bottom: 1px solid #777; height: 1.9em; }
.tick { display: inline-block; width: .95em; height: .95em; border: 1.4px solid var(--ink); margin: 0 .55em -.1em 0; }
.choices { list-style: none; padding: 0; margin: .3em 0 0; }
.choices.short li { display: inline-block; margin-right: 1.6em; }
.blank { display: inline-block; border-bottom: 1px solid #777; min-width: 6em; height: 1.6em; }
.rows td { height: 4.6em; }
.rows th { font-size: .9em; }
.rows th .help { font-weight: 400; }
.scale { position: relative; margin: .9em 1.2em 2.2em; border-top: 1.5px solid var(--ink); height: .5em; }
.scale span { position: absolute; top: -.35em; border-left: 1.5px solid var(--ink); height: .7em; }
.scale i { position: absolute; font-style: normal; font-size: .8em; top: .8em; transform: translateX(-50%);
  white-space: nowrap; }
.scale b { position: absolute; top: -.62em; width: .5em; height: .9em; margin-left: -.25em;
  border: 1.5px solid var(--ink); background: #fff; }
"""


def form_spec(course: Course, name: str, asks: Collection[str] | None = None, *, told: bool = False) -> Spec:
    """The exercise's form with nothing answered, as the case has it.

    ``asks`` names the groups and fields that are wanted; None stands for all of them. With ``told`` the form follows
    from answers that the case's persona gave elsewhere, so that it shows what it asks somebody who has come so far.
    """
    known: Mapping[str, Exercise] = {**EXERCISES, **course.quizzes}
    exercise, scenario = known[name], course.scenario
    before = {other: _told(course, other) if told else {} for other in exercise.reads}
    case = Case(scenario.facts, course.wording, scenario.data, scenario.dependencies, scenario.timeline, answers=before)
    # What is fitted to one's own answers asks nothing yet: paper holds all that it could ask.
    fields = exercise.fitted(case) or exercise.fields
    if asks is not None:
        fields = tuple(field for field in fields if {field.words, field.rows or field.group} & set(asks))
    return build_spec(exercise, fields, course.words[name], course.interface, "")


def _told(course: Course, name: str) -> dict[str, Value]:
    """What the first persona that answers the exercise says in it."""
    personas = (persona.answers.get(name, {}) for persona in course.scenario.personas.values())
    answers = next((each for each in personas if each), {})
    return {field.name: field.read(answers[field.name]) for field in EXERCISES[name].fields if field.name in answers}


def form_html(spec: Spec) -> str:
    """The form as a sheet to write on: labels and help, boxes for choices, lines, tables for rows, scales.

    Choices that come again and again are explained once; after that their names alone stand side by side.
    """
    words: Mapping[str, str] = spec["words"]
    parts = [f'<div class="intro">{spec["intro"]}</div>' if spec["intro"] else ""]
    seen: set[str] = set()
    for group in spec["groups"]:
        title = f"<h3>{escape(group['title'])}</h3>" if group["title"] else ""
        help_text = f'<div class="help">{group["help"]}</div>' if group["help"] else ""
        rows = group.get("rows", "")
        if rows and rows not in seen:
            parts.append(_rows_html(spec, rows))
        elif not rows:
            fields = "".join(_field_html(field, words, seen) for field in group["fields"])
            parts.append(f'<section class="group">{title}{help_text}{fields}</section>')
        seen.add(rows)
    return "\n".join(part for part in parts if part)


def _rows_html(spec: Spec, rows: str) -> str:
    """A repeating group: a table if its columns are few and written on lines, else one block of fields for each row."""
    groups = [group for group in spec["groups"] if group.get("rows") == rows]
    fields = groups[0]["fields"]
    help_text = f'<div class="help">{groups[0]["help"]}</div>' if groups[0]["help"] else ""
    if len(fields) > MOST_COLUMNS or any(field["choices"] or field["kind"] == "slider" for field in fields):
        blocks: list[str] = []
        for group in groups[:PAPER_BLOCKS]:
            asked = "".join(_field_html(field, spec["words"], set(), in_row=True) for field in group["fields"])
            blocks.append(f'<section class="group"><h3>{escape(group["title"])}</h3>{asked}</section>')
        return help_text + "".join(blocks)
    heads = "".join(f'<th scope="col">{escape(field["label"])}{_help(field)}</th>' for field in fields)
    body = f"<tr>{'<td></td>' * len(fields)}</tr>" * min(PAPER_ROWS, len(groups))
    title = f"<h3>{escape(groups[0]['title'].removesuffix(' 1'))}</h3>"
    table = f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return f'<section class="group">{title}{help_text}{table}</section>'


def _help(field: Mapping[str, Any]) -> str:
    return f'<div class="help">{field["help"]}</div>' if field["help"] else ""


def _field_html(field: Mapping[str, Any], words: Mapping[str, str], seen: set[str], *, in_row: bool = False) -> str:
    """A field; ``seen`` holds what has been asked already, and grows. Short ones stand side by side."""
    optional = f" <i>({escape(words['optional'])})</i>" if field["optional"] else ""
    label = f'<p class="label">{escape(field["label"])}{optional}</p>'
    asked = NUMBERED.sub("", field["label"]) + "".join(each["label"] for each in field["choices"])
    again = in_row or asked in seen
    seen.add(asked)
    half = " half" if field["kind"] == "number" or (in_row and field["kind"] in ("line", "choice")) else ""
    return f'<div class="field{half}">{label}{_help(field)}{_room(field, words, again)}</div>'


def _room(field: Mapping[str, Any], words: Mapping[str, str], again: bool) -> str:
    """Where the answer is written."""
    kind = field["kind"]
    # A choice that refers to a row of the participant's own has no words yet: it is written down.
    labels = _labels(field)
    if kind == "choice" and labels:
        own = '<div class="write"></div>' if len(labels) == 1 else ""  # the others are the participant's own rows
        return _choices(labels, again) + own
    if kind == "commit":
        return f'<p><span class="tick"></span>{escape(words["handout_commit"])}</p>'
    if kind == "number":
        return f'<p><span class="blank"></span> {escape(field["unit"])}</p>'
    if kind == "slider":
        return _scale(field, words)
    lines = LINES.get(kind, 1)
    return '<div class="write"></div>' * (min(lines, FEW_LINES) if again else lines)


def _labels(field: Mapping[str, Any]) -> list[str]:
    """The choices that are there for everybody: one that refers to an own row has a dot in its name."""
    return [str(each["label"]) for each in field["choices"] if "." not in each["value"]]


def _choices(labels: Sequence[str], again: bool) -> str:
    if again and all(":" in label for label in labels):
        labels = [label.partition(":")[0] for label in labels]
    items = "".join(f'<li><span class="tick"></span>{escape(label)}</li>' for label in labels)
    short = " short" if sum(map(len, labels)) < SIDE_BY_SIDE else ""
    return f'<ul class="choices{short}">{items}</ul>'


def _scale(field: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """A slider as a printed scale: a tick at even steps, a box at the base."""
    low, high, base = field["minimum"], field["maximum"], field["base"]
    if high <= low:
        return '<div class="write"></div>'
    step = _tick_step(high - low, field["step"])
    count = math.floor((high - low) / step + 1e-9)
    values = [low + step * number for number in range(count + 1)]
    marks = "".join(f'<span style="left:{100 * (v - low) / (high - low):.2f}%"></span>' for v in values)
    shown = [v for n, v in enumerate(values) if n % max(1, math.ceil(len(values) / 6)) == 0]
    marks += "".join(f'<i style="left:{100 * (v - low) / (high - low):.2f}%">{v:g}</i>' for v in shown)
    marks += f'<b style="left:{100 * (base - low) / (high - low):.2f}%"></b>'
    text = fill_in(words["handout_scale"], base=show_number(base, field["unit"] or "count"))
    return f'<div class="scale">{marks}</div><p class="help">{escape(text)}</p>'


def _tick_step(width: float, step: float) -> float:
    """The smallest multiple 1, 2 or 5 of a power of ten of the slider's own step that gives few enough ticks."""
    size = step or width / TICKS
    for power in range(12):
        for factor in (1, 2, 5):
            if width / (size * factor * 10**power) <= TICKS + 1e-9:
                return float(size * factor * 10**power)
    return width


def form_summary(spec: Spec) -> str:
    """What the form asks, in short: each group's text once, and what is asked about each of several alike once."""
    parts: list[str] = []
    before: list[str] = []
    for group in spec["groups"]:
        if group.get("row", 0) > 1:
            continue
        lines = [_asked(field) for field in group["fields"]]
        title = f"<b>{escape(group['title'])}</b>" if group["title"] else ""
        asked = "" if lines == before else f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        before = lines
        parts.append(f'<div class="asks">{title}{group["help"]}{asked}</div>')
    return "".join(parts)


def _asked(field: Mapping[str, Any]) -> str:
    label = escape(NUMBERED.sub("", field["label"]))
    choices = " / ".join(escape(label) for label in _labels(field))
    unit = f" ({escape(field['unit'])})" if field["unit"] else ""
    return f"{label}{unit}" + (f": <i>{choices}</i>" if choices else "")

"""Runs in the benchmark's notebook: one form of 25 fields, as the course shows it and in plain ipywidgets.

Both show a title, for each field its label, help, control and a line for what is wrong with it, at the end what is
still open and whether all is saved, and below a printed copy that stays in the notebook. Both hold the answers given
before and save each change to the same kind of journal. The plain one is written as its documentation would have it,
and has less to do: it knows no outbox and no advice.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import HTML, display

from workshop.attempt import Attempt
from workshop.content import load_course
from workshop.course import ExerciseWords, FieldWords, Place
from workshop.errors import JournalError
from workshop.exercises.base import Exercise, Field
from workshop.journal import Journal
from workshop.workspace import content_root

KINDS = ["text"] * 8 + ["line"] * 8 + ["choice"] * 4 + ["number"] * 3 + ["slider", "commit"]
CHOICES = ("mine", "shared", "theirs")
TITLE, HELP = "Twenty-five questions", "Two or three sentences, as you would tell them to a friend."


def field(number: int, kind: Any) -> Field:
    """A field of this kind, with what the kind needs."""
    scale = {"minimum": 0.0, "maximum": 100.0, "unit": "weeks"} if kind in ("number", "slider") else {}
    slider = {"step": 1.0, "base": 50.0} if kind == "slider" else {}
    return Field(f"field_{number}", kind, choices=CHOICES if kind == "choice" else (), **scale, **slider)


class Questions(Exercise):
    """25 fields of every kind."""

    name = "questions"
    fields = tuple(field(number, kind) for number, kind in enumerate(KINDS))


LABELS = {field.name: f"What happened in part {number}?" for number, field in enumerate(Questions.fields)}
ANSWERS: dict[str, Any] = {
    field.name: {"text": "We had twelve days. " * 8, "line": "Twelve days", "choice": "mine", "number": 12.0}[
        field.kind
    ]
    for field in Questions.fields
    if field.kind not in ("slider", "commit")
}


def journal(name: str) -> Journal:
    """A fresh journal that holds the answers."""
    Journal.of(Path.cwd(), name, "1").path.unlink(missing_ok=True)
    journal = Journal.of(Path.cwd(), name, "1")
    journal.append([journal.entry(Questions.name, *answer) for answer in ANSWERS.items()])
    return journal


COURSE = load_course(content_root())
WORDS = ExerciseWords(
    Questions.name,
    TITLE,
    Place("", 1),
    fields={name: FieldWords(label, HELP, {choice: choice for choice in CHOICES}) for name, label in LABELS.items()},
)
COURSE = replace(COURSE, words={**COURSE.words, Questions.name: WORDS})
OURS, PLAIN = journal("ours"), journal("plain")


def ours() -> None:
    """The form as the course shows it."""
    display(Attempt(Questions(), COURSE, OURS))


def plain() -> None:
    """The same form in plain ipywidgets."""
    answers = PLAIN.answers(Questions.name)
    rows = [widgets.HTML(f"<h3>{TITLE}</h3>")]
    still_open, status = widgets.HTML(), widgets.HTML()

    def sum_up() -> None:
        left = [label for name, label in LABELS.items() if name not in answers]
        still_open.value = f"Still open: {len(left)}<ul>{''.join(f'<li>{label}</li>' for label in left)}</ul>"
        status.value = "Saved"

    def save(name: str, value: Any, problem: widgets.HTML) -> None:
        try:
            PLAIN.write(Questions.name, name, value)
        except JournalError as error:
            problem.value = str(error)
        else:
            answers[name] = value
            sum_up()

    for each in Questions.fields:
        control, problem = CONTROLS[each.kind](each), widgets.HTML()
        if (value := answers.get(each.name)) is not None:
            control.value = value
        control.observe(lambda change, name=each.name, line=problem: save(name, change["new"], line), "value")
        rows.append(widgets.VBox([widgets.HTML(f"<b>{LABELS[each.name]}</b><br>{HELP}"), control, problem]))
    sum_up()
    display(widgets.VBox([*rows, still_open, status]))
    display(HTML(Attempt(Questions(), COURSE, PLAIN)._repr_html_()))


WIDE = {"width": "100%"}
CONTROLS: dict[str, Any] = {
    "text": lambda _: widgets.Textarea(layout=WIDE, rows=3),
    "line": lambda _: widgets.Text(layout=WIDE),
    "choice": lambda each: widgets.Dropdown(options=[("", None), *((choice, choice) for choice in each.choices)]),
    "number": lambda each: widgets.BoundedFloatText(min=each.minimum, max=each.maximum),
    "slider": lambda each: widgets.FloatSlider(min=each.minimum, max=each.maximum, step=each.step, value=each.base),
    "commit": lambda _: widgets.Checkbox(description="I commit to it", indent=False),
}

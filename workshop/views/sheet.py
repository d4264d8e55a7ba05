"""An exercise as plain data for its views: ``spec`` is its structure and words, ``state`` what is in it now.

The live form, the printed copy and the plain text all show these two, so that they can't differ.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from itertools import groupby
from typing import Any

from workshop.course import ExerciseWords, FieldWords, Value
from workshop.exercises.base import Advice, Exercise, Field, is_answer
from workshop.exercises.rules import MARKS, Length, spellings
from workshop.facts import fill_in, show_number, singular
from workshop.markdown import markdown_html

Spec = dict[str, Any]
State = dict[str, Any]

FORMAT_NAMES = {"docx": "Word", "md": "Markdown", "html": "HTML", "csv": "CSV", "ics": "calendar", "yaml": "OpenAPI"}
"""File suffix to the name that people know the format by."""


def writable(formats: Sequence[str]) -> tuple[str, ...]:
    """Those of the formats that can be written here: Word needs python-docx, and that doesn't run in a browser."""
    return tuple(name for name in formats if name != "docx" or find_spec("docx") is not None)


def build_spec(
    exercise: Exercise, fields: Sequence[Field], words: ExerciseWords, interface: Mapping[str, str], copy: str
) -> Spec:
    """The form's structure and words, for the exercise's fields as the case has them (``Exercise.fitted``).

    ``copy`` ties the live form to its printed copy.
    """
    groups = []
    for name, members in groupby(fields, key=lambda field: field.group):
        group = list(members)
        first = group[0]
        heading = words.groups.get(first.rows or name, FieldWords(""))
        row = {"rows": first.rows, "row": first.row, "spare": first.spare} if first.row else {}
        title = f"{heading.label} {first.row}" if first.row else heading.label
        # Rows share their help, which stands once, above the first.
        text = heading.help if first.row in (0, 1) else ""
        described = [_field(field, words.fields[field.words]) for field in group]
        groups.append({"name": name, "title": title, "help": markdown_html(text), "fields": described, **row})
    formats = ", ".join(FORMAT_NAMES[name] for name in writable(exercise.exports))
    label = fill_in(interface["export"], formats=formats)
    return {
        "title": words.title,
        "intro": markdown_html(words.intro),
        "words": dict(interface),
        "timers": [{"label": timer.label, "minutes": timer.minutes} for timer in words.timers],
        "groups": groups,
        "actions": [{"name": "export", "label": label}] if exercise.exports else [],
        "length": _length(exercise.length, words.advice) if exercise.length else None,
        "copy": copy,
    }


def _length(length: Length, sentences: Mapping[str, str]) -> dict[str, Any]:
    """The rule as the browser applies it; its sentences by the ids of the advice that they are (see ``say``)."""
    said = {f"/{key}": " ".join(text.split()) for key, text in sentences.items() if key.startswith(f"{length.name}.")}
    return {**asdict(length), "marks": MARKS, "sentences": said}


def _field(field: Field, words: FieldWords) -> dict[str, Any]:
    own = dict(zip(field.choices, field.labels, strict=True)) if field.labels else {}
    choices = [{"value": each, "label": own.get(each) or words.choices.get(each, each)} for each in field.choices]
    bounds = {name: value for name in ("minimum", "maximum") if abs(value := getattr(field, name)) != float("inf")}
    slider = {"step": field.step, "base": field.base} if field.kind == "slider" else {}
    label = field.label or words.label
    return {
        "name": field.name,
        "kind": field.kind,
        "label": f"“{field.quote}” {label}" if field.quote else label,
        "help": markdown_html(words.help),
        "choices": choices,
        "unit": field.unit,
        "one": singular(field.unit),
        "spellings": list(spellings(field.unit)),
        "optional": field.optional,
        "role": field.role,
        "order": field.order,
        **bounds,
        **slider,
    }


def shown_groups(spec: Spec, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """The form's groups without the spare rows that hold nothing."""
    return [
        group
        for group in spec["groups"]
        if not group.get("spare") or any(is_answer(values.get(field["name"])) for field in group["fields"])
    ]


def say(advice: Advice, sentences: Mapping[str, str]) -> dict[str, Any]:
    """A piece of advice with its sentence. Its id names field, key and quotation, so that a dismissal holds."""
    values = {"quote": advice.quotes[0] if advice.quotes else "", **advice.values}
    text = " ".join(fill_in(sentences[advice.key], **values).split())
    return {
        "id": "/".join((advice.field, advice.key, *advice.quotes)),
        "field": advice.field,
        "kind": advice.kind,
        "text": text,
        "quotes": [quote for quote in advice.quotes if quote not in text],
        "dismissable": advice.kind == "ask",
    }


def fields_of(spec: Spec) -> list[dict[str, Any]]:
    """The form's fields, in order."""
    return [field for group in spec["groups"] for field in group["fields"]]


def shown_value(field: Mapping[str, Any], value: Value, interface: Mapping[str, str]) -> str:
    """A value as a reader sees it: a choice by its label, a number with its unit, a commitment by its own label."""
    if field["kind"] == "slider":
        return show_number(float(field["base"] if value is None else value), field["unit"]).strip()
    if not is_answer(value):
        return ""
    if field["kind"] == "choice":
        return next((str(c["label"]) for c in field["choices"] if c["value"] == value), str(value))
    if field["kind"] == "number":
        return f"{value:g} {field['unit']}".strip()
    return interface["locked"] if field["kind"] == "commit" else str(value)


def labels_of(spec: Spec, names: Collection[str]) -> str:
    """The labels of these fields, as a list in a sentence."""
    return ", ".join(field["label"] for field in fields_of(spec) if field["name"] in names)

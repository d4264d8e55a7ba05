"""An exercise as plain data for its views: ``spec`` is its structure and words, ``state`` what is in it now.

The live form, the printed copy and the plain text all show these two, so that they can't differ.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from workshop.course import ExerciseWords, FieldWords, Value
from workshop.exercises.base import Advice, Exercise, Field
from workshop.facts import fill_in
from workshop.markdown import markdown_html

Spec = dict[str, Any]
State = dict[str, Any]


def build_spec(exercise: Exercise, words: ExerciseWords, interface: Mapping[str, str], copy: str) -> Spec:
    """The form's structure and words; ``copy`` ties the live form to its printed copy."""
    groups = []
    for name, fields in groupby(exercise.fields, key=lambda field: field.group):
        heading = words.groups.get(name, FieldWords(""))
        rows = [_field(field, words.fields[field.name]) for field in fields]
        groups.append({"name": name, "title": heading.label, "help": markdown_html(heading.help), "fields": rows})
    actions = [{"name": "export", "label": interface["export"]}] if exercise.card else []
    return {
        "title": words.title,
        "intro": markdown_html(words.intro),
        "words": dict(interface),
        "groups": groups,
        "actions": actions,
        "copy": copy,
    }


def _field(field: Field, words: FieldWords) -> dict[str, Any]:
    choices = [{"value": choice, "label": words.choices[choice]} for choice in field.choices]
    bounds = {name: value for name in ("minimum", "maximum") if abs(value := getattr(field, name)) != float("inf")}
    return {
        "name": field.name,
        "kind": field.kind,
        "label": words.label,
        "help": markdown_html(words.help),
        "choices": choices,
        "unit": field.unit,
        "optional": field.optional,
        **bounds,
    }


def build_state(
    exercise: Exercise,
    answers: Mapping[str, Value],
    newest: Mapping[str, str],
    advice: Sequence[Mapping[str, Any]],
    notice: str,
) -> State:
    """What the form shows: values, locked fields, what the exercise says back, and trouble with the journal."""
    return {
        "values": dict(answers),
        "newest": dict(newest),
        "locked": sorted(exercise.locked(answers)),
        "missing": list(exercise.missing(answers)),
        "advice": list(advice),
        "notice": notice,
    }


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
    if value in (None, "") or value is False:
        return ""
    if field["kind"] == "choice":
        return next((str(c["label"]) for c in field["choices"] if c["value"] == value), str(value))
    if field["kind"] == "number":
        return f"{value:g} {field['unit']}".strip()
    return interface["locked"] if field["kind"] == "commit" else str(value)


def labels_of(spec: Spec, names: Collection[str]) -> str:
    """The labels of these fields, as a list in a sentence."""
    return ", ".join(field["label"] for field in fields_of(spec) if field["name"] in names)

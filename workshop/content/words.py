"""An exercise's own words, held against the names that its code uses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workshop.content.reading import Reading, first_paragraph
from workshop.content.yaml import Node
from workshop.course import Block, ExerciseWords, FieldWords, FigureWords, Place, Timer
from workshop.exercises import EXERCISES
from workshop.exercises.base import Exercise
from workshop.exercises.wording import Rule
from workshop.interface import MESSAGE_KEYS, MESSAGE_VALUES
from workshop.sections import unwrapped

SHARED = ("wording.", "look.")
"""Advice keys that begin so have their sentence in ``content/wording/`` or ``content/looks/``, for every exercise."""


def read_words(
    reading: Reading, rules: Sequence[Rule], looks: Sequence[Rule], absent: Collection[str] = ()
) -> dict[str, ExerciseWords]:
    """The words of every exercise but those ``absent`` from this case, by name.

    Problems where code and words name different things.

    An exercise that asks about wording gets the questions of the rules, and of the looks, among its advice.
    """
    listed = zip(SHARED, (rules, looks), strict=True)
    questions = {f"{prefix}{rule.flag}": rule.question for prefix, some in listed for rule in some}
    files = {file.stem: file for file in sorted((reading.root / "exercises").glob("*.md"))}
    for name in sorted(files.keys() - EXERCISES.keys()):
        reading.unknown(Place(reading.path(files[name]), 1), "exercise", name, EXERCISES)
    words = {}
    for name, exercise in EXERCISES.items():
        if name in absent:
            continue
        file = files.get(name, reading.root / "exercises" / f"{name}.md")
        own = _exercise_words(reading, exercise, file)
        shared = {key: questions[key] for key in exercise.keys if key in questions}
        words[name] = replace(own, advice={**own.advice, **shared})
    return words


def _exercise_words(reading: Reading, exercise: Exercise, file: Path) -> ExerciseWords:
    document = reading.document(file, keep=exercise.keys)
    place = Place(document.path, 1)
    if not file.is_file():
        return ExerciseWords(exercise.name, exercise.name, place)
    reading.allow(document.head, ("title", "rubric", "same-as"), document.path)
    title = reading.text(document.head, "title", place)
    fences = [block for block in document.blocks if block.kind not in ("prose", "screen")]
    fences = [*_shared_fences(reading, exercise, document.head, place), *fences]
    kinds = ("field", "group", "advice", "timer")
    for block in fences:
        if block.kind not in kinds:
            reading.unknown(block.place, "fence", block.kind, (*kinds, "screen"))
    by_kind = {kind: reading.distinct(block for block in fences if block.kind == kind) for kind in kinds[:3]}
    groups = {field.rows or field.group for field in exercise.fields if field.group}
    own_keys = {key for key in exercise.keys if not key.startswith(SHARED)}
    match_names(reading, "field", by_kind["field"], (field.words for field in exercise.fields), place)
    match_names(reading, "group", by_kind["group"], groups, place)
    match_names(reading, "advice", by_kind["advice"], own_keys, place)
    # A choice with a dot in its name refers to a row, and shows the participant's own words.
    choices = {field.words: [choice for choice in field.choices if "." not in choice] for field in exercise.fields}
    return ExerciseWords(
        name=exercise.name,
        title=title,
        place=place,
        intro="\n\n".join(block.text for block in unwrapped(document.blocks) if block.kind == "prose"),
        on_paper=document.intro,
        fields={name: _field_words(reading, block, choices.get(name, ())) for name, block in by_kind["field"].items()},
        groups={name: _field_words(reading, block, ()) for name, block in by_kind["group"].items()},
        advice={name: _sentence(reading, block) for name, block in by_kind["advice"].items()},
        timers=[_timer(reading, block) for block in fences if block.kind == "timer"],
    )


def _shared_fences(reading: Reading, exercise: Exercise, head: Node, place: Place) -> list[Block]:
    """What the head takes from elsewhere: a rubric's fields, and the fields and groups of another exercise.

    A rubric's field stands for the field of its name, or for the column of its name in a repeating group.
    """
    fences: list[Block] = []
    if rubric := reading.text(head, "rubric", place, required=False):
        shared = reading.document(reading.root / "rubrics" / f"{rubric}.md")
        reading.allow(shared.head, ("title",), shared.path)
        columns = {field.words.rpartition(".")[2]: field.words for field in exercise.fields}
        fences += [
            replace(each, name=columns.get(each.name, each.name)) for each in shared.blocks if each.kind != "prose"
        ]
    if other := reading.text(head, "same-as", place, required=False):
        if other not in EXERCISES:
            reading.unknown(place, "exercise", other, EXERCISES)
            return fences
        shared = reading.document(reading.root / "exercises" / f"{other}.md", keep=EXERCISES[other].keys)
        fences += [block for block in shared.blocks if block.kind in ("field", "group")]
    return fences


def _timer(reading: Reading, block: Block) -> Timer:
    minutes = block.attributes.get("minutes", "")
    if not minutes.isdecimal() or not int(minutes):
        message = f"the timer has minutes={minutes}" if minutes else "the timer has no minutes"
        reading.problem(block.place, message, "write whole minutes, as in '::: timer minutes=8'")
        return Timer("", 1)
    return Timer(" ".join(_sentence(reading, block).split()), int(minutes))


def match_names(reading: Reading, kind: str, found: Mapping[str, Block], wanted: Iterable[str], place: Place) -> None:
    """Add a problem for each name that has words and no code, and for each that has code and no words."""
    wanted = list(wanted)
    for name in found.keys() - set(wanted):
        reading.unknown(found[name].place, kind, name, wanted)
    for name in sorted(set(wanted) - found.keys()):
        reading.problem(place, f"the {kind} {name!r} has no words", f"add '::: {kind} {name}' with its words")


def _field_words(reading: Reading, block: Block, choices: Collection[str]) -> FieldWords:
    for child in block.children:
        if child.kind not in ("prose", "choice"):
            reading.unknown(child.place, "fence", child.kind, ("choice",))
    labels = reading.distinct(child for child in block.children if child.kind == "choice")
    match_names(reading, "choice", labels, choices, block.place)
    label, help_text = first_paragraph(_sentence(reading, block))
    return FieldWords(label, help_text, {name: " ".join(_sentence(reading, labels[name]).split()) for name in labels})


def _sentence(reading: Reading, block: Block) -> str:
    """The prose of a fence that must hold some."""
    if not block.prose.strip():
        reading.problem(block.place, f"'::: {block.kind} {block.name}' is empty", "write its words inside the fence")
    return block.prose.strip()


def read_messages(reading: Reading, file: Path) -> dict[str, str]:
    """The interface's sentences, by key: what a form says of itself."""
    document = reading.document(file, keep=MESSAGE_VALUES)
    messages = reading.distinct(document.fences("message"))
    for block in document.blocks:
        if block.kind not in ("prose", "message"):
            reading.unknown(block.place, "fence", block.kind, ("message",))
    match_names(reading, "message", messages, MESSAGE_KEYS, Place(document.path, 1))
    return {key: " ".join(_sentence(reading, block).split()) for key, block in messages.items()}


def read_figures(reading: Reading, file: Path, labels: Mapping[str, Collection[str]]) -> dict[str, FigureWords]:
    """The words of tables and charts, by figure; ``labels`` names the labels that each figure's code uses."""
    document = reading.document(file)
    figures = reading.distinct(document.fences("figure"))
    match_names(reading, "figure", figures, labels, Place(document.path, 1))
    words = {}
    for name, block in figures.items():
        found = reading.distinct(child for child in block.children if child.kind == "label")
        match_names(reading, "label", found, labels.get(name, ()), block.place)
        title, caption = first_paragraph(_sentence(reading, block))
        words[name] = FigureWords(title, caption, {key: _sentence(reading, child) for key, child in found.items()})
    return words

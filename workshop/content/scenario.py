"""A scenario pack: facts, timeline, dependencies, data sets and personas."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from workshop.content.reading import STRONG, Reading, first_paragraph
from workshop.content.yaml import Node
from workshop.course import Block, Dependency, Event, Fact, Persona, Place, Scenario
from workshop.errors import AnswerError
from workshop.exercises import EXERCISES
from workshop.exercises.base import Exercise
from workshop.exercises.decision import losses_of
from workshop.exercises.revenue import DERIVED, derive, in_weeks, inputs_of
from workshop.facts import NUMBER, read_fact, show
from workshop.interface import DATA_SETS
from workshop.models.decision import OPTIONS
from workshop.models.exact import FACTS, facts_of
from workshop.models.schedule import Schedule

T = TypeVar("T")
FACT_KEYS = ("value", "unit", "source")
FILLED = ("percent", "base", "value", "decimals")
NUMBERS = (*FILLED, "low", "high")
"""The columns of a data set that hold numbers; only a range may be left open."""


def read_facts(reading: Reading, folder: Path) -> tuple[str, dict[str, Fact], dict[str, str]]:
    """The pack's title, its facts as given, and its sources."""
    file = folder / "facts.yaml"
    root, path = reading.yaml(file), reading.path(file)
    reading.allow(root, ("title", "sources", "facts"), path)
    sources = {key: node.text for key, node in root.mapping.get("sources", Node({}, 1))}
    facts: dict[str, Fact] = {}
    for name, node in root.mapping.get("facts", Node({}, 1)):
        place = Place(path, node.line)
        for key, part in node:
            if key not in FACT_KEYS:
                reading.unknown(Place(path, part.line), "key", key, FACT_KEYS)
        parts = {key: part.text for key, part in node}
        if parts.get("source") not in sources:
            reading.unknown(place, "source", parts.get("source", ""), sources)
        try:
            facts[name] = read_fact(name, parts.get("value", ""), parts.get("unit", ""), parts.get("source", ""), place)
        except ValueError as error:
            reading.problem(place, str(error), "mend the value or its unit")
            reading.absent.add(name)
    return root.mapping.get("title", Node("", 1)).text, facts, sources


def read_scenario(reading: Reading, folder: Path) -> Scenario:
    """The scenario in ``folder``, without its personas. From here on ``reading`` fills prose with its facts."""
    reading.pack, reading.examples = folder, _examples(reading, folder)
    title, given, sources = read_facts(reading, folder)
    _check_kinds(reading, given)
    place = Place(reading.path(folder / "facts.yaml"), 1)
    given["case.title"] = Fact("case.title", title, "text", "derived", place)
    # The dependencies' own text may use what follows from the given facts; what follows from them comes after.
    reading.absent |= {name for name in DERIVED if inputs_of([name]) & reading.absent}
    without = derive(given, (), place, [])
    reading.facts = given | {name: fact for name, fact in without.items() if name in DERIVED}
    dependencies = _read_all(reading, folder / "dependencies.md", "dependency", _dependency)
    # With a fact that can't be read, that others can't be computed from it is no news.
    reading.facts = given | derive(given, dependencies, place, [] if reading.absent else reading.problems)
    data = {file.stem: _rows(reading, file) for file in sorted(folder.glob("*.yaml")) if file.stem != "facts"}
    if "schedule" in data:
        reading.facts |= _of_schedule(reading, Place(reading.path(folder / "schedule.yaml"), 1), data, dependencies)
    if "decision" in data:
        reading.facts |= _of_decision(reading, Place(reading.path(folder / "decision.yaml"), 1), data)
    scenario = Scenario(
        name=folder.name,
        title=title,
        facts=reading.facts,
        sources=sources,
        timeline=sorted(_read_all(reading, folder / "timeline.md", "event", _event), key=lambda event: event.week),
        dependencies=dependencies,
        data=data,
    )
    reading.facts = {**scenario.facts, **_strong_answers(reading, folder)}
    return scenario


def read_personas(
    reading: Reading, folder: Path, quizzes: Mapping[str, Exercise], absent: Collection[str] = ()
) -> dict[str, Persona]:
    """The personas of the scenario in ``folder``, by name. They answer the course's exercises and these quizzes.

    Answers to what is ``absent`` from this case are passed over.
    """
    known = {**EXERCISES, **quizzes}
    return {file.stem: _persona(reading, file, known, absent) for file in sorted((folder / "personas").glob("*.md"))}


def _of_schedule(
    reading: Reading, place: Place, data: Mapping[str, list[Mapping[str, str]]], dependencies: list[Dependency]
) -> dict[str, Fact]:
    """The facts that follow from the schedule model; a problem at ``place`` if its parameters can't be used."""
    try:
        delay = in_weeks(reading.facts["delay.weeks"])
        return facts_of(Schedule.of(data["schedule"], dependencies), delay, place)
    except (KeyError, ValueError) as error:
        _not_computed(reading, place, f"the schedule can't be computed: {error}")
        reading.absent |= {f"schedule.{name}" for name in FACTS}
        return {}


def _of_decision(reading: Reading, place: Place, data: Mapping[str, list[Mapping[str, str]]]) -> dict[str, Fact]:
    """The facts that follow from the decision model; a problem at ``place`` if its parameters can't be used."""
    try:
        return losses_of(data["decision"], reading.facts, place)
    except (KeyError, ValueError) as error:
        _not_computed(reading, place, f"the decision can't be computed: {error}")
        reading.absent |= {f"decision.{option}" for option in OPTIONS}
        return {}


def _not_computed(reading: Reading, place: Place, message: str) -> None:
    """Add the problem of a model's parameters, unless a fact or a cell on which they rest has been reported."""
    if not reading.absent and all(problem.path != place.path for problem in reading.problems):
        reading.problem(place, message, "mend the parameter")


def _examples(reading: Reading, folder: Path) -> dict[str, Fact]:
    """The facts of the other packs that lie in the content folder."""
    others = [other for other in sorted((reading.root / "scenarios").glob("*/")) if other.resolve() != folder.resolve()]
    return {name: fact for other in others for name, fact in read_facts(Reading(reading.root), other)[1].items()}


def _check_kinds(reading: Reading, given: dict[str, Fact]) -> None:
    """Take out each fact that is a text where another pack has a number or a date, or the other way round."""
    for name, fact in list(given.items()):
        example = reading.examples.get(name)
        if example and type(fact.value) is not type(example.value):
            here, there = ("text" if each.unit == "text" else f"in {each.unit!r}" for each in (fact, example))
            message = f"the fact {name!r} is {here}, and in another pack {there}"
            reading.problem(fact.place, message, f"write it like {show(example)!r}")
            reading.absent.add(name)
            del given[name]


def _strong_answers(reading: Reading, folder: Path) -> dict[str, Fact]:
    """The strong persona's answers as facts, ``strong.story.task``: what a worked answer quotes.

    Read ahead of the modules that quote them; whether they suit their fields is checked after those.
    """
    file = folder / "personas" / "strong.md"
    document = Reading(reading.root, facts=reading.facts, pack=folder).document(file)
    answers = {
        f"{STRONG}{block.name}.{child.name}": child.prose
        for block in document.fences("answers")
        for child in block.children
    }
    place = Place(document.path, 1)
    return {name: Fact(name, text, "text", "derived", place) for name, text in answers.items() if text}


def _read_all(reading: Reading, file: Path, kind: str, make: Callable[[Reading, Block], T]) -> list[T]:
    """Every fence of the one kind that the file may hold."""
    blocks = _of_kind(reading, reading.document(file).blocks, kind)
    return [make(reading, block) for block in blocks.values()]


def _of_kind(reading: Reading, blocks: Sequence[Block], kind: str) -> dict[str, Block]:
    """The fences of the one kind that may stand among these blocks, by name."""
    for block in blocks:
        if block.kind not in ("prose", kind):
            reading.unknown(block.place, "fence", block.kind, (kind,))
    return reading.distinct(block for block in blocks if block.kind == kind)


def _event(reading: Reading, block: Block) -> Event:
    known = block.attributes.get("known", "")
    if known not in ("before", "after"):
        reading.problem(block.place, f"the event is known={known!r}", "write known=before or known=after")
    title, text = first_paragraph(block.prose)
    return Event(block.name, _number(reading, block, "week"), known, title, text, block.place)


def _dependency(reading: Reading, block: Block) -> Dependency:
    title, text = first_paragraph(block.prose)
    team, does, promise = (block.attributes.get(name, "") for name in ("team", "does", "promise"))
    return Dependency(block.name, team, _number(reading, block, "weeks"), promise, title, text, block.place, does)


def _number(reading: Reading, block: Block, name: str) -> float:
    try:
        return float(block.attributes[name])
    except (KeyError, ValueError):
        given = block.attributes.get(name)
        message = f"'::: {block.kind} {block.name}' has " + (f"{name}={given!r}" if given else f"no {name}")
        reading.problem(block.place, message, f"write {name}= and a number")
        return 0.0


def _rows(reading: Reading, file: Path) -> list[Mapping[str, str]]:
    """A data set's rows; a problem for columns that the course doesn't know, and for a cell that is no number."""
    root, path = reading.yaml(file), reading.path(file)
    reading.allow(root, ("source", "columns", "rows"), path)
    declared = root.mapping.get("columns", Node({}, 1))
    columns = set(declared.mapping)
    if file.stem not in DATA_SETS:
        reading.unknown(Place(path, 1), "data set", file.stem, DATA_SETS)
    elif columns != set(DATA_SETS[file.stem]):
        message = f"the data set {file.stem!r} has the columns {', '.join(sorted(columns))}"
        reading.problem(Place(path, declared.line), message, f"give it {', '.join(DATA_SETS[file.stem])}")
    rows: list[Mapping[str, str]] = []
    for node in root.mapping.get("rows", Node([], 1)).items:
        row = {key: reading.text(node, key, Place(path, node.line), required=False) for key, _ in node}
        for key in sorted(columns ^ row.keys()):
            message = f"the row has {'an undeclared' if key in row else 'no'} column {key!r}"
            reading.problem(Place(path, node.line), message, "give every row the columns declared under 'columns:'")
        for key, cell in row.items():
            # Braces that could not be filled have been reported as what they are.
            if key in NUMBERS and not NUMBER.fullmatch(cell) and (cell or key in FILLED) and "{{" not in cell:
                message = f"{key} is {cell!r}, and has to be a number" if cell else f"{key} is empty"
                reading.problem(Place(path, node.line), message, "write a number such as 4 or 0.15")
        rows.append(row)
    return rows


def _persona(reading: Reading, file: Path, known: Mapping[str, Exercise], absent: Collection[str]) -> Persona:
    document = reading.document(file)
    reading.allow(document.head, ("title",), document.path)
    place = Place(document.path, 1)
    answers = {}
    for name, block in _of_kind(reading, document.blocks, "answers").items():
        if name in absent:
            continue
        if name in known:
            answers[name] = _answers(reading, block, known[name])
        else:
            reading.unknown(block.place, "exercise", name, known)
    return Persona(file.stem, reading.text(document.head, "title", place), place, answers)


def _answers(reading: Reading, block: Block, exercise: Exercise) -> dict[str, str]:
    fields = {field.name: field for field in exercise.fields}
    answers = {}
    for name, child in _of_kind(reading, block.children, "answer").items():
        if name not in fields:
            reading.unknown(child.place, f"field of {block.name!r}", name, fields)
            continue
        try:
            fields[name].read(child.prose)
        except AnswerError as error:
            reading.problem(child.place, str(error).rstrip("."), "give an answer that the field can take")
        answers[name] = child.prose
    return answers
